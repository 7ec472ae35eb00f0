"""Rows of one language as a pack: each question with a fact of its own, and those left out that could not be played."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.facts import QuestionKind, Spoiler
from bot.domain.language import Language
from bot.packs.draft import Draft, Filed
from bot.packs.format import (
    FACTS_FOLDER,
    ID_LIMIT,
    NAME_LIMIT,
    QUESTIONS_FOLDER,
    SOURCE_NAME_LIMIT,
    TRUTH_WORDS,
    FactEntry,
    LocalList,
    LocalText,
    PackFile,
    QuestionEntry,
    SourceEntry,
    TopicEntry,
)
from bot.packs.importers.rows import NotTaken, Reading, Row
from bot.packs.lint import lint_draft
from bot.packs.problems import errors_of
from bot.packs.quality import QUESTION_CHECKS, options_are_alike_in_length, plain_words
from bot.packs.writing import shortened, slug, unused

_PREFIX: Final = "row"
_QUESTION_SUFFIX: Final = "-q"
_SUFFIX_ROOM: Final = 8
_LINK: Final = re.compile(r"https?://|<@|@everyone|@here", re.IGNORECASE)
_FATAL_CHECKS: Final = tuple(check for check in QUESTION_CHECKS if check is not options_are_alike_in_length)
"""An option that stands out by its length is for the importer's user to mend: most lists would shrink by half."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the new pack is to be."""

    pack_id: str
    name: str
    language: Language


def draft_of(reading: Reading, target: Target) -> tuple[Draft, tuple[NotTaken, ...]]:
    """A draft without errors but for the options' lengths, and what had to be left out. It may hold nothing."""
    rows, not_taken = _playable(reading.rows)
    while True:
        draft = _draft(rows, reading.credit, target)
        faults = {problem.id: problem for problem in reversed(errors_of(lint_draft(draft, _FATAL_CHECKS)))}
        kept: list[Row] = []
        for row, fact, question in zip(rows, draft.facts, draft.questions, strict=True):
            fault = faults.get(question.entry.id) or faults.get(fact.entry.id)
            if fault is None:
                kept.append(row)
            else:
                not_taken.append(_left(row, fault.what))
        if len(kept) == len(rows):
            return draft, tuple(not_taken)
        rows = kept


def _playable(rows: Iterable[Row]) -> tuple[list[Row], list[NotTaken]]:
    """Without what stands there twice, and without what a card cannot show."""
    kept: list[Row] = []
    not_taken: list[NotTaken] = []
    first: dict[tuple[str, ...], str] = {}
    for row in rows:
        earlier = first.setdefault((row.kind, *plain_words(row.prompt)), row.where)
        if _LINK.search(" ".join((row.prompt, row.answer, row.hint, row.fact, *row.distractors))):
            not_taken.append(_left(row, "it needs a link or a picture, or mentions everyone"))
        elif earlier != row.where:
            not_taken.append(_left(row, f"the same question stands at {earlier}"))
        else:
            kept.append(row)
    return kept, not_taken


def _left(row: Row, reason: str) -> NotTaken:
    return NotTaken(row.where, shortened(row.prompt, 60), reason)


def _draft(rows: Sequence[Row], credit: str, target: Target) -> Draft:
    names = list(dict.fromkeys(shortened(row.topic or target.name, NAME_LIMIT) for row in rows))
    topics: dict[str, str] = {}
    for name in names:
        topics[name] = unused(slug(name, limit=ID_LIMIT - _SUFFIX_ROOM) or "topic", topics.values())
    facts: list[Filed[FactEntry]] = []
    questions: list[Filed[QuestionEntry]] = []
    taken: set[str] = set()
    width = len(str(len(rows)))
    for number, row in enumerate(rows, start=1):
        topic = topics[shortened(row.topic or target.name, NAME_LIMIT)]
        identifier = unused(slug(row.prompt, limit=ID_LIMIT - _SUFFIX_ROOM) or "question", taken)
        taken.add(identifier)
        paragraph = f"{_PREFIX}-{number:0{width}}"
        facts.append(Filed(f"{FACTS_FOLDER}/{topic}.toml", _fact(row, identifier, paragraph, target.language)))
        questions.append(Filed(f"{QUESTIONS_FOLDER}/{topic}.toml", _question(row, identifier, target.language)))
    return Draft(_pack(topics, len(rows), credit, target), tuple(facts), tuple(questions))


def _pack(topics: dict[str, str], row_count: int, credit: str, target: Target) -> PackFile:
    language = target.language
    source = SourceEntry(
        prefix=_PREFIX, paragraphs=row_count, name=_text(shortened(credit, SOURCE_NAME_LIMIT), language)
    )
    return PackFile(
        id=target.pack_id,
        name=_text(shortened(target.name, NAME_LIMIT), language),
        languages=(language,),
        topic=tuple(TopicEntry(id=identifier, name=_text(name, language)) for name, identifier in topics.items()),
        source=(source,) if row_count else (),
    )


def _fact(row: Row, identifier: str, paragraph: str, language: Language) -> FactEntry:
    return FactEntry(
        id=identifier,
        text=_text(row.fact or _told(row, language), language),
        spoiler=Spoiler.NONE,
        sources=(paragraph,),
    )


def _told(row: Row, language: Language) -> str:
    """The question and its answer in a line, where the list tells nothing more."""
    if row.truth is not None:
        return f"{TRUTH_WORDS[row.truth][language]}: {row.prompt}"
    link = " " if row.prompt[-1:] in "?!.:…" else ": "
    stop = "" if row.answer[-1:] in "?!.…" else "."
    return f"{row.prompt}{link}{row.answer}{stop}"


def _question(row: Row, identifier: str, language: Language) -> QuestionEntry:
    return QuestionEntry(
        id=f"{identifier}{_QUESTION_SUFFIX}",
        fact=identifier,
        kind=row.kind,
        difficulty=row.difficulty,
        prompt=_text(row.prompt, language),
        answer=LocalText() if row.kind is QuestionKind.TRUE_FALSE else _text(row.answer, language),
        truth=row.truth,
        accept=_texts(row.accept, language),
        distractors=_texts(row.distractors, language),
        hint=_text(row.hint, language) if row.hint else None,
    )


def _text(text: str, language: Language) -> LocalText:
    return LocalText(pt_br=text) if language is Language.PT_BR else LocalText(en=text)


def _texts(texts: tuple[str, ...], language: Language) -> LocalList:
    return LocalList(pt_br=texts) if language is Language.PT_BR else LocalList(en=texts)
