"""A pack laid out for play: every pool that a channel may ask for, worked out once, so that a pick costs the same at any size.

Pools are tuples in the pack's own order. A position in a pool keeps its meaning as long as new entries come at the end of their files.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, TypeVar

from bot.domain.facts import CalendarDay, Fact, Pack, Question, QuestionKind, Source, Spoiler, Topic
from bot.domain.ids import FactId, PackId, ParagraphId, QuestionId, TopicId
from bot.domain.rules import AnswerStyle

Kinds = frozenset[QuestionKind]
ALL_KINDS: Final[Kinds] = frozenset(QuestionKind)
KINDS: Final[Mapping[AnswerStyle, Kinds]] = {
    AnswerStyle.CHOICE: frozenset((QuestionKind.CHOICE, QuestionKind.TRUE_FALSE)),
    AnswerStyle.TYPED: frozenset((QuestionKind.TYPED,)),
    AnswerStyle.MIXED: ALL_KINDS,
}
_KIND_SETS: Final = tuple(frozenset(kinds) for size in (1, 2, 3) for kinds in combinations(QuestionKind, size))

KeyT = TypeVar("KeyT", bound=Hashable)
ItemT = TypeVar("ItemT")


class Catalogue:
    """One pack's pools. Every method takes constant time, but for the length of what it returns."""

    def __init__(self, pack: Pack) -> None:
        self.pack: Final = pack
        self._facts: Final[Mapping[FactId, Fact]] = pack.by_fact_id()
        self._questions: Final[Mapping[QuestionId, Question]] = {question.id: question for question in pack.questions}
        self._topics: Final = {topic.id: topic for topic in pack.topics}
        self._sources: Final = {source.prefix: source for source in pack.sources}
        self._fact_pools: Final = _group(_fact_keys(pack.facts))
        self._day_pools: Final = _group(_day_keys(pack.facts))
        self._question_pools: Final = _group(_question_keys(pack.questions, self._facts))
        self._asked_pools: Final = _group(_asked_keys(pack.questions))
        self._told_topics: Final = {level: self._topics_told(level) for level in Spoiler}
        self._people: Final = {level: _PeopleIndex(pack.facts, level) for level in Spoiler}

    @property
    def id(self) -> PackId:
        return self.pack.id

    def fact(self, fact_id: FactId) -> Fact | None:
        return self._facts.get(fact_id)

    def question(self, question_id: QuestionId) -> Question | None:
        return self._questions.get(question_id)

    def topic(self, topic_id: TopicId) -> Topic | None:
        return self._topics.get(topic_id)

    def topic_of(self, question: Question) -> TopicId:
        """The topic of its fact."""
        return self._facts[question.fact].topic

    def source(self, paragraph: ParagraphId) -> Source | None:
        """The document that the paragraph stands in."""
        return self._sources.get(paragraph.rpartition("-")[0])

    def facts(self, spoilers: Spoiler, *, topic: TopicId | None = None, person: str | None = None) -> tuple[Fact, ...]:
        """What a channel at this level may be told, of one topic or on one person if they are given.

        The person is a full name, in any case and with or without its accents; an unknown topic or person has no facts.
        """
        return self._fact_pools.get((spoilers, topic, None if person is None else fold_name(person)), ())

    def facts_on(self, day: CalendarDay, spoilers: Spoiler) -> tuple[Fact, ...]:
        """The facts that fit the date."""
        return self._day_pools.get((spoilers, day), ())

    def questions(
        self, spoilers: Spoiler, *, topic: TopicId | None = None, kinds: Kinds = ALL_KINDS
    ) -> tuple[Question, ...]:
        """What a channel at this level may be asked, in any of these ways."""
        return self._question_pools.get((spoilers, topic, kinds), ())

    def questions_on(self, fact_id: FactId, spoilers: Spoiler, *, kinds: Kinds = ALL_KINDS) -> tuple[Question, ...]:
        """The questions on this very fact."""
        asked = self._asked_pools.get((spoilers, fact_id), ())
        return tuple(question for question in asked if question.kind in kinds)

    def topics(self, spoilers: Spoiler) -> tuple[Topic, ...]:
        """The topics of which a channel at this level may be told something."""
        return self._told_topics[spoilers]

    def people(self, spoilers: Spoiler) -> tuple[str, ...]:
        """Everyone of whom a channel at this level may be told something, by the alphabet."""
        return self._people[spoilers].names

    def complete_person(self, typed: str, spoilers: Spoiler, *, limit: int = 25) -> tuple[str, ...]:
        """The people one of whose names begins with what was typed; those whose first name does come first."""
        return self._people[spoilers].complete(typed, limit)

    def _topics_told(self, level: Spoiler) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.pack.topics if self._fact_pools.get((level, topic.id, None)))


def fold_name(name: str) -> str:
    """The name without case, accents and extra blanks."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def _group(pairs: Iterable[tuple[KeyT, ItemT]]) -> dict[KeyT, tuple[ItemT, ...]]:
    pools: dict[KeyT, list[ItemT]] = {}
    for key, item in pairs:
        pools.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in pools.items()}


_LEVELS: Final = {spoiler: tuple(level for level in Spoiler if level.allows(spoiler)) for spoiler in Spoiler}
"""The channel levels that may see a text."""


def _fact_keys(facts: Iterable[Fact]) -> Iterator[tuple[tuple[Spoiler, TopicId | None, str | None], Fact]]:
    for fact in facts:
        names = (None, *dict.fromkeys(map(fold_name, fact.people)))
        for level in _LEVELS[fact.spoiler]:
            for name in names:
                yield (level, None, name), fact
                yield (level, fact.topic, name), fact


def _day_keys(facts: Iterable[Fact]) -> Iterator[tuple[tuple[Spoiler, CalendarDay], Fact]]:
    for fact in facts:
        if fact.day is not None:
            for level in _LEVELS[fact.spoiler]:
                yield (level, fact.day), fact


def _question_keys(
    questions: Iterable[Question], facts: Mapping[FactId, Fact]
) -> Iterator[tuple[tuple[Spoiler, TopicId | None, Kinds], Question]]:
    for question in questions:
        for level in _LEVELS[question.spoiler]:
            for kinds in _SETS_WITH[question.kind]:
                yield (level, None, kinds), question
                yield (level, facts[question.fact].topic, kinds), question


def _asked_keys(questions: Iterable[Question]) -> Iterator[tuple[tuple[Spoiler, FactId], Question]]:
    for question in questions:
        for level in _LEVELS[question.spoiler]:
            yield (level, question.fact), question


_SETS_WITH: Final = {kind: tuple(kinds for kinds in _KIND_SETS if kind in kinds) for kind in QuestionKind}


class _PeopleIndex:
    """Names by every word that they hold, sorted, so that what begins alike stands together."""

    def __init__(self, facts: Iterable[Fact], level: Spoiler) -> None:
        told = {fold_name(name): name for fact in facts if level.allows(fact.spoiler) for name in fact.people}
        self.names: Final = tuple(told[folded] for folded in sorted(told))
        self._full: Final = tuple((folded, told[folded]) for folded in sorted(told))
        self._later: Final = tuple(sorted(_later_words(told)))

    def complete(self, typed: str, limit: int) -> tuple[str, ...]:
        start = fold_name(typed)
        found: dict[str, None] = {}
        for name in self._beginning(self._full, start):
            if len(found) == limit:
                return tuple(found)
            found[name] = None
        for name in self._beginning(self._later, start) if start else ():
            if len(found) == limit:
                break
            found[name] = None
        return tuple(found)

    @staticmethod
    def _beginning(index: tuple[tuple[str, str], ...], start: str) -> Iterator[str]:
        at = bisect_left(index, (start, ""))
        while at < len(index) and index[at][0].startswith(start):
            yield index[at][1]
            at += 1


def _later_words(told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for folded, name in told.items():
        words = folded.split(" ")
        yield from ((" ".join(words[start:]), name) for start in range(1, len(words)))
