"""The names and titles that a pack knows, so that nobody is taken for somebody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.answers.dates import MONTH_WORDS
from bot.domain.answers.folding import fold, words
from bot.domain.answers.numbers import NUMBER_WORDS, ROMAN
from bot.domain.answers.vocabulary import ARTICLES, NAME_SUFFIXES
from bot.domain.facts import Pack, Work

_CANONICAL = {"e": "and", "et": "and", **ROMAN}


def canonical(folded: str) -> tuple[str, ...]:
    """The words of a folded text as they are compared: "e", "et" and "&" are "and", roman numerals are figures."""
    return tuple(_CANONICAL.get(word, word) for word in words(folded))


def bare(spoken: tuple[str, ...]) -> tuple[str, ...]:
    """The words without articles, unless articles are all that there is."""
    return tuple(word for word in spoken if word not in ARTICLES) or spoken


def comparable(text: str) -> str:
    """What two spellings of one title or name share."""
    return " ".join(bare(canonical(fold(text))))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name taken apart: ``core`` without "Jr." and the like."""

    core: tuple[str, ...]
    suffix: str | None = None

    @classmethod
    def of(cls, text: str) -> "PersonName":
        core = canonical(fold(text))
        if len(core) > 2 and (core[-1] in NAME_SUFFIXES or core[-1] in ("2", "3")):
            return cls(core[:-1], NAME_SUFFIXES.get(core[-1], core[-1]))
        return cls(core)

    def tails(self) -> tuple[tuple[str, ...], ...]:
        """What may pass for the surname, longest first: of three names the last two, and the last."""
        return tuple(self.core[start:] for start in range(1, len(self.core)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that a guess might name, built once a pack. All texts are as :func:`comparable` gives them."""

    people: frozenset[tuple[str, ...]]
    bearers: Mapping[tuple[str, ...], frozenset[tuple[str, ...]]]
    """Who bears a surname; somebody of one name only bears that."""
    works: Mapping[str, tuple[Work, ...]]
    texts: frozenset[str]
    """Full names, surnames, titles and their forms."""
    words: frozenset[str]
    """Single words that a misspelling must not hit: names, months, numbers."""
    by_length: Mapping[int, tuple[str, ...]]
    """``texts`` and ``words`` by their length, sorted."""

    @classmethod
    def of(cls, people: Iterable[str] = (), works: Iterable[Work] = ()) -> "Lexicon":
        """The lexicon of these names and titles; months and numbers are always in it."""
        names = {name.core for name in map(PersonName.of, people) if name.core}
        bearers: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for core in names:
            for tail in (*PersonName(core).tails(), *([core] if len(core) == 1 else [])):
                bearers.setdefault(tail, set()).add(core)
        titles: dict[str, list[Work]] = {}
        for work in works:
            for text in {comparable(form) for form in (*work.title, *work.forms)} - {""}:
                titles.setdefault(text, []).append(work)
        single = {word for core in names for word in core if len(word) > 1} | MONTH_WORDS | NUMBER_WORDS
        texts = {" ".join(core) for core in names} | {" ".join(tail) for tail in bearers} | titles.keys()
        by_length: dict[int, list[str]] = {}
        for text in sorted(texts | single):
            by_length.setdefault(len(text), []).append(text)
        return cls(
            people=frozenset(names),
            bearers={tail: frozenset(cores) for tail, cores in bearers.items()},
            works={text: tuple(found) for text, found in titles.items()},
            texts=frozenset(texts),
            words=frozenset(single),
            by_length={length: tuple(found) for length, found in by_length.items()},
        )

    @classmethod
    def of_packs(cls, packs: Iterable[Pack]) -> "Lexicon":
        """The lexicon of everything that these packs name, facts included."""
        listed = tuple(packs)
        people = [
            name for pack in listed for name in (*pack.people, *(name for fact in pack.facts for name in fact.people))
        ]
        return cls.of(people, [work for pack in listed for work in pack.works])

    def others_bear(self, tail: tuple[str, ...], name: PersonName) -> bool:
        """Whether somebody else has this surname."""
        return bool(self.bearers.get(tail, frozenset()) - {name.core})

    def near(self, text: str, *, within: int) -> Iterable[str]:
        """The known texts whose length lets them be within so many edits of this one."""
        for length in range(len(text) - within, len(text) + within + 1):
            yield from self.by_length.get(length, ())
