"""Rule 4: which misspellings of one form are forgiven.

A word joined or split counts as one edit; a word is not cut into single letters, unless they are initials. Only whole words are compared:
``chair`` is never found in ``air``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

MOST_EDITS: Final = 2
_MOST_PARTS: Final = 4


def allowed_edits(word: str) -> int:
    """How many typos a word of an answer forgives, by its length; none where it holds a digit."""
    if len(word) <= 3 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) <= 7 else 2


@dataclass(frozen=True, slots=True)
class Form:
    """One right way to say the answer, ready to be compared. ``words`` are canonical, without articles."""

    words: tuple[str, ...]
    text: str
    allowed: tuple[int, ...]
    neighbours: tuple[str, ...]
    """Other known texts so near that a misspelling of this form might be one of theirs."""

    @classmethod
    def of(cls, words: tuple[str, ...], neighbours: tuple[str, ...]) -> "Form":
        short = len(words) == 1 and len(words[0]) <= 4
        return cls(words, " ".join(words), tuple(0 if short else allowed_edits(word) for word in words), neighbours)

    @property
    def budget(self) -> int:
        return min(MOST_EDITS, sum(self.allowed))


def edits(guess: tuple[str, ...], form: Form, known: frozenset[str]) -> int | None:
    """How many edits make the form out of the guess, 1 or 2; ``None`` if that is not forgiven.

    ``known`` are the words that a misspelling must not be: other names, months, numbers.
    """
    if not any(form.allowed) or abs(len(guess) - len(form.words)) > MOST_EDITS * (_MOST_PARTS - 1):
        return None
    if len(guess) == len(form.words):
        spent = _word_by_word(guess, form, known)
        if spent is not None:
            return spent
    return _Alignment(guess, form, known).cost(0, 0, MOST_EDITS)


def _word_by_word(guess: tuple[str, ...], form: Form, known: frozenset[str]) -> int | None:
    spent = 0
    for said, meant, allowed in zip(guess, form.words, form.allowed, strict=True):
        if said != meant:
            distance = _distance(said, meant, allowed, known)
            if distance is None or (spent := spent + distance) > MOST_EDITS:
                return None
    return spent


def _distance(said: str, meant: str, allowed: int, known: frozenset[str]) -> int | None:
    if not allowed or said[0] != meant[0] or said in known or any(character.isdigit() for character in said):
        return None
    distance = OSA.distance(said, meant, score_cutoff=allowed)
    return distance if distance <= allowed else None


@dataclass(frozen=True, slots=True)
class _Alignment:
    """A guess laid against a form, where words may be joined or split."""

    guess: tuple[str, ...]
    form: Form
    known: frozenset[str]

    def cost(self, i: int, j: int, left: int) -> int | None:
        """The cheapest way on from word ``i`` of the guess and ``j`` of the form, with so many edits left."""
        if i == len(self.guess) or j == len(self.form.words):
            return 0 if i == len(self.guess) and j == len(self.form.words) else None
        ways: list[int] = []
        for spent, taken, matched in self._steps(i, j):
            if spent <= left and (rest := self.cost(i + taken, j + matched, left - spent)) is not None:
                ways.append(spent + rest)
        return min(ways, default=None)

    def _steps(self, i: int, j: int) -> Iterator[tuple[int, int, int]]:
        """What may be laid together here: edits spent, words of the guess, words of the form."""
        said, meant, allowed = self.guess[i], self.form.words[j], self.form.allowed[j]
        here = 0 if said == meant else _distance(said, meant, allowed, self.known)
        if here is not None:
            yield here, 1, 1
        for parts in range(2, _MOST_PARTS + 1):
            if j + parts <= len(self.form.words) and said == "".join(self.form.words[j : j + parts]):
                yield 1, 1, parts
            if i + parts <= len(self.guess) and _is_split(self.guess[i : i + parts], meant, allowed):
                yield 1, parts, 1


def _is_split(pieces: tuple[str, ...], word: str, allowed: int) -> bool:
    if "".join(pieces) != word or any(character.isdigit() for character in word):
        return False
    initials = all(len(piece) == 1 for piece in pieces)
    return len(word) <= 3 if initials else allowed > 0 and len(pieces) <= 3
