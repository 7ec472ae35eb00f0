"""The TOML of a pack, field by field, as ``seeds/README.md`` tells it. Nothing here knows what the texts mean.

Every text may be empty here: the checks say which are missing, all of them at once, where a required field would name one and stop.
"""

from typing import ClassVar, Final

from msgspec import Struct

from bot.domain.facts import QuestionKind, Spoiler, WorkKind
from bot.domain.language import Language, Localized

PACK_FILE: Final = "pack.toml"
FACTS_FOLDER: Final = "facts"
QUESTIONS_FOLDER: Final = "questions"

FACT_TEXT_LIMIT: Final = 300
PROMPT_LIMIT: Final = 200
OPTION_LIMIT: Final = 70
"""Answers and wrong options: Slack's buttons end at 75 characters, and the letter of the option must fit too."""
HINT_LIMIT: Final = 150
NOTE_LIMIT: Final = 200
NAME_LIMIT: Final = 30
"""Topics, and the pack itself: they stand in menus."""
SOURCE_NAME_LIMIT: Final = 75
ID_LIMIT: Final = 48
"""An id travels in buttons, whose own limit is 100 characters on Discord."""
DISTRACTOR_COUNT: Final = 3

TRUTH_WORDS: Final = {True: Localized("True", "Verdadeiro"), False: Localized("False", "Falso")}


class LocalText(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"pt_br": "pt-BR"}):
    """One text by language; empty where it is not given."""

    en: str = ""
    pt_br: str = ""

    def __getitem__(self, language: Language) -> str:
        return self.pt_br if language is Language.PT_BR else self.en


class LocalList(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"pt_br": "pt-BR"}):
    """Several texts by language, which need not correspond."""

    en: tuple[str, ...] = ()
    pt_br: tuple[str, ...] = ()

    def __getitem__(self, language: Language) -> tuple[str, ...]:
        return self.pt_br if language is Language.PT_BR else self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.pt_br)


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every table of the format shares: an unknown key is an error."""


class TopicEntry(Entry, frozen=True, kw_only=True):
    id: str
    name: LocalText = LocalText()


class SourceEntry(Entry, frozen=True, kw_only=True):
    prefix: str
    paragraphs: int
    digits: int = 0
    """0: as many as ``paragraphs`` has."""
    name: LocalText = LocalText()

    def paragraph_ids(self) -> tuple[str, ...]:
        width = self.digits or len(str(self.paragraphs))
        return tuple(f"{self.prefix}-{number:0{width}}" for number in range(1, self.paragraphs + 1))


class WorkEntry(Entry, frozen=True, kw_only=True):
    title: LocalText = LocalText()
    year: int | None = None
    kind: WorkKind = WorkKind.FILM
    forms: tuple[str, ...] = ()


class OmittedEntry(Entry, frozen=True, kw_only=True):
    paragraph: str
    reason: str = ""


class PackFile(Entry, frozen=True, kw_only=True):
    """``pack.toml``."""

    id: str
    name: LocalText = LocalText()
    languages: tuple[Language, ...] = tuple(Language)
    people: tuple[str, ...] = ()
    topic: tuple[TopicEntry, ...] = ()
    source: tuple[SourceEntry, ...] = ()
    work: tuple[WorkEntry, ...] = ()
    omitted: tuple[OmittedEntry, ...] = ()


class FactEntry(Entry, frozen=True, kw_only=True):
    NOUN: ClassVar[str] = "fact"

    id: str
    text: LocalText = LocalText()
    people: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    spoiler: Spoiler
    sources: tuple[str, ...] = ()
    as_of: str | None = None
    note: LocalText | None = None
    day: str | None = None
    unasked: str | None = None
    """Why no question asks it, where that is meant."""


class QuestionEntry(Entry, frozen=True, kw_only=True):
    NOUN: ClassVar[str] = "question"

    id: str
    fact: str
    kind: QuestionKind
    difficulty: int
    prompt: LocalText = LocalText()
    answer: LocalText = LocalText()
    truth: bool | None = None
    accept: LocalList = LocalList()
    distractors: LocalList = LocalList()
    hint: LocalText | None = None
    spoiler: Spoiler | None = None
    """``None``: the fact's."""
