"""What a pack holds: facts, the questions on them, and the names that the judge must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.domain.ids import FactId, PackId, ParagraphId, QuestionId, TopicId
from bot.domain.language import Language, Localized


class Spoiler(StrEnum):
    """How much of the film a text gives away, judged by its words. Ordered: see :attr:`level`."""

    NONE = "none"
    PLOT = "plot"
    ENDING = "ending"

    @property
    def level(self) -> int:
        """0 for ``none``, 1 for ``plot``, 2 for ``ending``: a channel sees everything at or under its own level."""
        return tuple(Spoiler).index(self)

    def allows(self, other: "Spoiler") -> bool:
        """Whether a channel set to this level may see a text of the other."""
        return other.level <= self.level


class QuestionKind(StrEnum):
    CHOICE = "choice"
    TRUE_FALSE = "truefalse"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of any year (31 August), for a fact that fits a date."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing worth telling, of at most 300 characters in each language."""

    id: FactId
    topic: TopicId
    text: Localized
    spoiler: Spoiler
    sources: tuple[ParagraphId, ...]
    people: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    as_of: str | None = None
    """The year (``YYYY``) when the text was true, where time has overtaken it or may."""
    note: Localized | None = None
    """Where the sources disagree, or what has changed since."""
    day: CalendarDay | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question on one fact. ``accept`` and ``distractors`` are tuples in each language's own words."""

    id: QuestionId
    fact: FactId
    kind: QuestionKind
    difficulty: int
    """1 (anyone who saw the film), 2 (a fan), 3 (a scholar)."""
    prompt: Localized
    answer: Localized
    accept: tuple[Localized, ...] = ()
    """Further right answers; one that exists in one language only stands in both."""
    distractors: tuple[Localized, ...] = ()
    """The wrong options: three for a choice, the other truth value for true or false, none for a typed question."""
    hint: Localized | None = None
    spoiler: Spoiler = Spoiler.NONE


def gives_away(fact: Fact, question: Question) -> bool:
    """Whether somebody who has just read the fact, and what is noted on it, knows the answer, in either language."""
    if question.fact == fact.id:
        return True
    texts = (fact.text, fact.note) if fact.note else (fact.text,)
    return any(question.answer[lang].casefold() in text[lang].casefold() for lang in Language for text in texts)


class WorkKind(Enum):
    FILM = "film"
    SONG = "song"
    SHOW = "show"
    BOOK = "book"
    ALBUM = "album"


@dataclass(frozen=True, slots=True)
class Work:
    """A title that answers may name: ``forms`` are further right ways to write it, in either language."""

    title: Localized
    kind: WorkKind = WorkKind.FILM
    year: int | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    id: TopicId
    name: Localized


@dataclass(frozen=True, slots=True)
class Source:
    """A document the facts come from; its paragraphs are ``<prefix>-<number>``."""

    prefix: str
    name: Localized


@dataclass(frozen=True, slots=True)
class Omission:
    """A source paragraph that yields no fact, and why."""

    paragraph: ParagraphId
    reason: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A body of facts and questions that a channel may choose. Tuples keep the order of the files."""

    id: PackId
    name: Localized
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    people: tuple[str, ...] = ()
    """Everyone whom an answer may name, wrong answers included."""
    works: tuple[Work, ...] = ()
    omissions: tuple[Omission, ...] = ()

    def by_fact_id(self) -> Mapping[FactId, Fact]:
        return {fact.id: fact for fact in self.facts}
