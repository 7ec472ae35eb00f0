"""The rules that a pack must keep to be loaded at all: nothing missing, nothing too long, every reference good.

Each rule is a small function in one of the tables at the end. The rules on what makes a good question are in ``quality``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from bot.domain.facts import QuestionKind
from bot.packs.draft import Draft, Filed
from bot.packs.format import (
    DISTRACTOR_COUNT,
    FACT_TEXT_LIMIT,
    FACTS_FOLDER,
    HINT_LIMIT,
    ID_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    OPTION_LIMIT,
    PACK_FILE,
    PROMPT_LIMIT,
    SOURCE_NAME_LIMIT,
    FactEntry,
    LocalList,
    LocalText,
    QuestionEntry,
)
from bot.packs.problems import Problem, Spot
from bot.packs.scope import Scope

Problems = Iterator[Problem]
PackCheck = Callable[[Scope], Problems]
FactCheck = Callable[[Scope, Filed[FactEntry]], Problems]
QuestionCheck = Callable[[Scope, Filed[QuestionEntry]], Problems]

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"(\d\d)-(\d\d)")
_LEAP_YEAR: Final = 2000


# --- texts and ids, whatever they belong to


def _id_faults(spot: Spot, identifier: str) -> Problems:
    if not _ID.fullmatch(identifier):
        yield spot.error(f"the id {identifier!r} is not usable", "lower-case letters, digits and single hyphens")
    elif len(identifier) > ID_LIMIT:
        yield spot.error(f"the id has {len(identifier)} characters, over {ID_LIMIT}", "shorten it")


def _text_faults(scope: Scope, spot: Spot, field: str, text: LocalText, limit: int) -> Problems:
    for language, words in scope.texts(text):
        if not words.strip():
            yield spot.error(f"the {language} {field} is missing", f"add {field}.{language}")
        else:
            yield from _wording_faults(spot, f"{language} {field}", words, limit)


def _list_faults(scope: Scope, spot: Spot, field: str, texts: LocalList) -> Problems:
    for language, rows in scope.lists(texts):
        for words in rows:
            if not words.strip():
                yield spot.error(f"an empty text in {field}.{language}", "write it or remove it")
            else:
                yield from _wording_faults(spot, f"{language} {field} {words[:20]!r}", words, OPTION_LIMIT)


def _wording_faults(spot: Spot, name: str, words: str, limit: int) -> Problems:
    if len(words) > limit:
        yield spot.error(f"the {name} has {len(words)} characters, over {limit}", "shorten it")
    if words != words.strip():
        yield spot.error(f"the {name} begins or ends with a blank", "remove it")
    if not words.isprintable() and any(unicodedata.category(character) == "Cc" for character in words):
        yield spot.error(f"the {name} holds a line break or a control character", "write it in one line")


def _twice(spots: Iterable[Spot]) -> Problems:
    first: dict[tuple[str, str], Spot] = {}
    for spot in spots:
        earlier = first.setdefault((spot.kind, spot.id), spot)
        if earlier is not spot:
            where = "above" if earlier.file == spot.file else f"in {earlier.file}"
            yield spot.error(f"the id already stands {where}", "give one of them another id")


# --- pack.toml


def pack_is_named(scope: Scope) -> Problems:
    spot = Spot(PACK_FILE)
    yield from _id_faults(spot, scope.draft.pack.id)
    yield from _text_faults(scope, spot, "name", scope.draft.pack.name, NAME_LIMIT)
    if not scope.languages:
        yield spot.error("no language", 'write languages = ["en"], ["pt-BR"], or both')


def topics_are_sound(scope: Scope) -> Problems:
    spots = [Spot(PACK_FILE, "topic", topic.id) for topic in scope.draft.pack.topic]
    yield from _twice(spots)
    for spot, topic in zip(spots, scope.draft.pack.topic, strict=True):
        yield from _id_faults(spot, topic.id)
        yield from _text_faults(scope, spot, "name", topic.name, NAME_LIMIT)


def sources_are_sound(scope: Scope) -> Problems:
    spots = [Spot(PACK_FILE, "source", source.prefix) for source in scope.draft.pack.source]
    yield from _twice(spots)
    for spot, source in zip(spots, scope.draft.pack.source, strict=True):
        yield from _id_faults(spot, source.prefix)
        yield from _text_faults(scope, spot, "name", source.name, SOURCE_NAME_LIMIT)
        if source.paragraphs < 1:
            yield spot.error(f"{source.paragraphs} paragraphs", "say how many paragraphs the document has")


def works_are_titled(scope: Scope) -> Problems:
    spots = [
        Spot(PACK_FILE, "work", work.title.en or work.title.pt_br or f"number {place}")
        for place, work in enumerate(scope.draft.pack.work, start=1)
    ]
    for spot, work in zip(spots, scope.draft.pack.work, strict=True):
        yield from _text_faults(scope, spot, "title", work.title, OPTION_LIMIT)


def omissions_are_explained(scope: Scope) -> Problems:
    for omitted in scope.draft.pack.omitted:
        spot = Spot(PACK_FILE, "omitted", omitted.paragraph)
        if omitted.paragraph not in scope.paragraph_ids:
            yield spot.error("no source has this paragraph", "correct the number, or paragraphs in [[source]]")
        if not omitted.reason.strip():
            yield spot.error("no reason is given", "add reason")


def ids_stand_once(scope: Scope) -> Problems:
    yield from _twice(filed.spot for filed in scope.draft.facts)
    yield from _twice(filed.spot for filed in scope.draft.questions)


def files_are_topics(scope: Scope) -> Problems:
    places = [(filed.file, filed.topic) for filed in scope.draft.facts]
    places += [(filed.file, filed.topic) for filed in scope.draft.questions]
    for file, topic in dict.fromkeys(places):
        if topic not in scope.topic_ids:
            yield Spot(file).error(
                f'{PACK_FILE} has no topic "{topic}"', "add it as a [[topic]], or name the file after one that exists"
            )


def something_is_told(scope: Scope) -> Problems:
    if not scope.draft.facts and not scope.draft.unreadable_ids:
        yield Spot(FACTS_FOLDER).error("the pack has no facts", f"write one in {FACTS_FOLDER}/<topic>.toml")


# --- facts


def fact_is_worded(scope: Scope, fact: Filed[FactEntry]) -> Problems:
    yield from _id_faults(fact.spot, fact.entry.id)
    yield from _text_faults(scope, fact.spot, "text", fact.entry.text, FACT_TEXT_LIMIT)
    if fact.entry.note is not None:
        yield from _text_faults(scope, fact.spot, "note", fact.entry.note, NOTE_LIMIT)


def fact_is_sourced(scope: Scope, fact: Filed[FactEntry]) -> Problems:
    if not fact.entry.sources:
        yield fact.spot.error("no source", 'add sources = ["<prefix>-<number>"]')
    for source in fact.entry.sources:
        if source not in scope.paragraph_ids:
            yield fact.spot.error(f'unknown source "{source}"', f"correct it, or add its document to {PACK_FILE}")


def fact_names_the_known(scope: Scope, fact: Filed[FactEntry]) -> Problems:
    for person in fact.entry.people:
        if person not in scope.people:
            yield fact.spot.error(f'unknown person "{person}"', f"correct the name, or add it to people in {PACK_FILE}")
    for title in fact.entry.films:
        if title not in scope.titles:
            yield fact.spot.error(
                f'unknown film "{title}"', f"correct the title, or add it as a [[work]] to {PACK_FILE}"
            )


def fact_is_dated_well(scope: Scope, fact: Filed[FactEntry]) -> Problems:
    del scope
    as_of, day = fact.entry.as_of, fact.entry.day
    if as_of is not None and not _YEAR.fullmatch(as_of):
        yield fact.spot.error(f'as_of "{as_of}" is not a year', 'write it as "2017"')
    if day is not None and month_and_day(day) is None:
        yield fact.spot.error(f'day "{day}" is no day of the year', 'write month and day as "08-31"')


def month_and_day(day: str) -> tuple[int, int] | None:
    """``08-31`` as its numbers; ``None`` where no year has such a day."""
    if not (match := _DAY.fullmatch(day)):
        return None
    month, number = int(match[1]), int(match[2])
    try:
        date(_LEAP_YEAR, month, number)
    except ValueError:
        return None
    return month, number


# --- questions


def question_is_worded(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    spot, entry = question.spot, question.entry
    yield from _id_faults(spot, entry.id)
    yield from _text_faults(scope, spot, "prompt", entry.prompt, PROMPT_LIMIT)
    if entry.kind is not QuestionKind.TRUE_FALSE:
        yield from _text_faults(scope, spot, "answer", entry.answer, OPTION_LIMIT)
    if entry.hint is not None:
        yield from _text_faults(scope, spot, "hint", entry.hint, HINT_LIMIT)
    yield from _list_faults(scope, spot, "accept", entry.accept)
    yield from _list_faults(scope, spot, "distractors", entry.distractors)


def question_has_a_fact(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    known = scope.fact(question.entry.fact) or question.entry.fact in scope.draft.unreadable_ids
    if not known:
        yield question.spot.error(f'unknown fact "{question.entry.fact}"', "correct the id, or write the fact")


def question_is_as_secret_as_its_fact(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    own, fact = question.entry.spoiler, scope.fact(question.entry.fact)
    if own is None or fact is None or own.allows(fact.entry.spoiler):
        return
    yield question.spot.error(
        f'its spoiler level "{own}" is lower than "{fact.entry.spoiler}", its fact\'s', "remove it, or raise it"
    )


def question_is_graded(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    del scope
    if question.entry.difficulty not in (1, 2, 3):
        yield question.spot.error(f"difficulty {question.entry.difficulty}", "write 1, 2 or 3")


def question_suits_its_kind(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    match question.entry.kind:
        case QuestionKind.CHOICE:
            yield from _choice_faults(scope, question)
        case QuestionKind.TYPED:
            yield from _foreign_fields(question, distractors=True, truth=True)
        case QuestionKind.TRUE_FALSE:
            yield from _foreign_fields(question, distractors=True, accept=True, answer=True)
            if question.entry.truth is None:
                yield question.spot.error("truth is missing", "add truth = true or truth = false")


def _choice_faults(scope: Scope, question: Filed[QuestionEntry]) -> Problems:
    yield from _foreign_fields(question, accept=True, truth=True)
    for language, distractors in scope.lists(question.entry.distractors):
        if len(distractors) != DISTRACTOR_COUNT:
            yield question.spot.error(
                f"{len(distractors)} {language} distractors", f"write {DISTRACTOR_COUNT} in distractors.{language}"
            )


def _foreign_fields(
    question: Filed[QuestionEntry],
    *,
    answer: bool = False,
    accept: bool = False,
    distractors: bool = False,
    truth: bool = False,
) -> Problems:
    entry = question.entry
    found = (
        ("answer", answer and bool(entry.answer.en or entry.answer.pt_br)),
        ("accept", accept and bool(entry.accept)),
        ("distractors", distractors and bool(entry.distractors)),
        ("truth", truth and entry.truth is not None),
    )
    for field, is_there in found:
        if is_there:
            yield question.spot.error(f"a {entry.kind} question has no {field}", f"remove {field}, or change kind")


PACK_CHECKS: Final[tuple[PackCheck, ...]] = (
    pack_is_named,
    topics_are_sound,
    sources_are_sound,
    works_are_titled,
    omissions_are_explained,
    files_are_topics,
    ids_stand_once,
    something_is_told,
)
FACT_CHECKS: Final[tuple[FactCheck, ...]] = (
    fact_is_worded,
    fact_is_sourced,
    fact_names_the_known,
    fact_is_dated_well,
)
QUESTION_CHECKS: Final[tuple[QuestionCheck, ...]] = (
    question_is_worded,
    question_has_a_fact,
    question_is_as_secret_as_its_fact,
    question_is_graded,
    question_suits_its_kind,
)


def structure_problems(draft: Draft) -> Problems:
    """Every breach of this module's rules, entry by entry."""
    scope = Scope(draft)
    for check in PACK_CHECKS:
        yield from check(scope)
    for fact in draft.facts:
        for fact_check in FACT_CHECKS:
            yield from fact_check(scope, fact)
    for question in draft.questions:
        for question_check in QUESTION_CHECKS:
            yield from question_check(scope, question)
