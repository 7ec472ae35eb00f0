"""The judge of typed answers: the rules of "Judging a typed answer", pure and total. The same guess always gets the same verdict.

A guess is accepted where all its words are accounted for: by one right form, by filler around it, and by nothing else. So lists,
corrections and negations need no rule of their own to be refused; :func:`_explain` only finds the kindest true reason.

Decisions that the rules leave open:

* "Gosling, Ryan" and "Gosling Ryan" are Ryan Gosling, spelt exactly, where no other known name is that.
* Two right forms side by side are one answer ("Speed (Velocidade Máxima)", "7 (seven)" in brackets).
* "No planetário" answers "onde?"; as English "no planetarium" is a negation, so it needs a form that is Portuguese only.
* A guess that is another known name or title as a whole is that, whatever could be ignored in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from bot.domain.answers.dates import month_and_year, read_days
from bot.domain.answers.folding import LONGEST_GUESS, addresses_somebody, fold
from bot.domain.answers.key import Key
from bot.domain.answers.lexicon import bare, canonical
from bot.domain.answers.numbers import DIGITS_OF_WORD, NUMBER_WORDS, tokenize
from bot.domain.answers.quantities import read_quantities
from bot.domain.answers.spelling import Form, edits
from bot.domain.answers.verdict import Reason, Verdict
from bot.domain.answers.vocabulary import ARTICLES, NEGATIONS, SEVERAL, without_excuses

_RIGHT: Final = Verdict(accepted=True, reason=Reason.RIGHT)
_REFUSED: Final[Mapping[Reason, Verdict]] = {
    reason: Verdict(accepted=False, reason=reason) for reason in Reason if reason is not Reason.RIGHT
}
_MOST_IGNORED: Final = 9
_LONGEST_FORM: Final = 24
_SIGNS: Final = re.compile(r"[<>+^~]|(?:^|\s)-\s?\w")
_LIST_MARKS: Final = re.compile(r"\w[^\w/;]*[/;][^\w/;]*\w|\w\s?,\s?\w|\w \+ \w|\d\s?(?:-|to|a)\s?\d")
_LONG_WORD: Final = re.compile(r"[a-z]{4}")
_LABEL: Final = re.compile(r"^\s*(?:r|resposta|answer)\s*:\s*")
_BRACKETED: Final = re.compile(r"([^()]+)\(([^()]+)\)\W*")


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of the guess; ``said_no`` where "no" was dropped before it."""

    words: tuple[str, ...]
    said_no: bool


def judge(key: Key, guess: str) -> Verdict:
    """Whether the guess says the answer, and the reason that its player may see."""
    if len(guess) > LONGEST_GUESS:
        return _REFUSED[Reason.TOO_LONG]
    folded = fold(guess)
    if len(folded) > LONGEST_GUESS:
        return _REFUSED[Reason.TOO_LONG]
    if addresses_somebody(folded):
        return _REFUSED[Reason.MENTION]
    folded = _LABEL.sub("", without_excuses(folded))
    spoken = canonical(folded)
    if not spoken:
        return _REFUSED[Reason.EMPTY]
    if _is_figure(key, folded) or (_may_be_text(key, folded) and _is_text(key, spoken)):
        return _RIGHT
    return _REFUSED[_explain(key, folded, spoken)]


def _is_figure(key: Key, folded: str) -> bool:
    """Whether the guess is the right number or date."""
    if not key.quantities and not key.days:
        return False
    if folded in key.listed or folded.rstrip(" .!?") in key.listed:
        return True
    return _is_number(key, folded) or _is_date(key, folded)


def _is_number(key: Key, folded: str) -> bool:
    if not key.quantities:
        return False
    halves = _BRACKETED.fullmatch(folded)
    if halves is not None and _is_number(key, halves[1]) and _is_number(key, halves[2]):
        return halves[1].strip().isdigit() != halves[2].strip().isdigit()
    for mend in (False, True) if _LONG_WORD.search(folded) else (False,):
        for said in read_quantities(folded, key.asked, mend=mend):
            if any(right.is_met_by(said, bare_unit=key.bare_unit, asked=key.asked) for right in key.quantities):
                return True
    return False


def _is_date(key: Key, folded: str) -> bool:
    if not key.days:
        return False
    by_month = month_and_year(folded)
    said = frozenset((by_month,)) if by_month else read_days(folded) or read_days(folded, mend=True)
    return len(said) == 1 and any(right.is_met_by(*said, given_years=key.asked.years) for right in key.days)


def _may_be_text(key: Key, folded: str) -> bool:
    """Not where a sign makes another number of a title such as ``8½``."""
    return not key.quantities or _SIGNS.search(folded) is None


def _is_text(key: Key, spoken: tuple[str, ...]) -> bool:
    words = bare(spoken)
    text = " ".join(words)
    if text in key.exact:
        return True
    if text in key.known_texts or not key.forms:
        return False
    spans = tuple(_spans(key, spoken))
    return (
        any(_is_exact(key, span) for span in spans)
        or _is_pair(key, words)
        or any(_is_misspelt(key, span) for span in spans)
    )


def _spans(key: Key, spoken: tuple[str, ...]) -> Iterator[_Span]:
    """The guess without ever more filler around it, the least first."""
    most = min(_MOST_IGNORED, len(spoken) - 1)
    opening = 0
    while opening < most and (spoken[opening] in key.opening or spoken[opening] in ARTICLES):
        opening += 1
    closing = 0
    while closing < most and (spoken[-1 - closing] in key.closing):
        closing += 1
    for start in range(opening + 1):
        for end in range(len(spoken), len(spoken) - closing - 1, -1):
            if 0 < end - start <= _LONGEST_FORM:
                yield _Span(spoken[start:end], said_no="no" in spoken[:start])


def _is_exact(key: Key, span: _Span) -> bool:
    spoken, said_no = span.words, span.said_no
    words = bare(spoken)
    for text in (" ".join(words), " ".join(spoken), " ".join(DIGITS_OF_WORD.get(word, word) for word in words)):
        if text in key.exact and (key.exact[text] or not said_no):
            return True
    joined = "".join(spoken)
    single = sum(len(word) == 1 for word in words)
    return not said_no and joined in key.joined and single <= 2 and len(spoken) <= 6


def _is_pair(key: Key, words: tuple[str, ...]) -> bool:
    """Two different right forms side by side."""
    if len(words) > _LONGEST_FORM:
        return False
    halves = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return any(one != other and one in key.exact and other in key.exact for one, other in halves)


def _is_misspelt(key: Key, span: _Span) -> bool:
    words = bare(span.words)
    text = " ".join(words)
    if span.said_no or text in key.known_texts:
        return False
    likely = key.by_initials.get("".join(word[0] for word in words), ())
    return any(_misspells(words, text, form, key) for form in (likely or key.forms))


def _misspells(words: tuple[str, ...], text: str, form: Form, key: Key) -> bool:
    if words[0][0] != form.words[0][0] or abs(len(text) - len(form.text)) > 4:
        return False
    spent = edits(words, form, key.known_words)
    return spent is not None and not any(
        OSA.distance(text, other, score_cutoff=spent) <= spent for other in form.neighbours
    )


def _explain(key: Key, folded: str, spoken: tuple[str, ...]) -> Reason:
    words = bare(spoken)
    said = set(words)
    if said & NEGATIONS:
        return Reason.NEGATED
    if key.days and len(read_days(folded)) > 1:
        return Reason.AMBIGUOUS_DATE
    if said & SEVERAL or _LIST_MARKS.search(folded) or (key.quantities and _counts_several(folded)):
        return Reason.SEVERAL
    if all(word in key.opening or word in ARTICLES for word in spoken):
        return Reason.EMPTY
    if _is_incomplete(key, folded, spoken):
        return Reason.INCOMPLETE
    return Reason.CLOSE if _is_close(key, spoken) else Reason.WRONG


def _counts_several(folded: str) -> bool:
    tokens = tokenize(folded)
    return sum(token[0].isdigit() for token in tokens) > 1 or sum(token in NUMBER_WORDS for token in tokens) > 3


def _is_incomplete(key: Key, folded: str, spoken: tuple[str, ...]) -> bool:
    if any(" ".join(bare(span.words)) in key.incomplete for span in _spans(key, spoken)):
        return True
    said = read_days(folded) if key.days else frozenset()
    return len(said) == 1 and any(right.misses_only_its_year(*said) for right in key.days)


def _is_close(key: Key, spoken: tuple[str, ...]) -> bool:
    """Within three edits, and a third of the letters, of a form; never where it is somebody else's name."""
    for span in _spans(key, spoken):
        text = " ".join(bare(span.words))
        if text in key.known_texts or any(word.isdigit() for word in span.words):
            return False
        if any(OSA.distance(text, form.text, score_cutoff=3) <= min(3, len(form.text) // 3) for form in key.forms):
            return True
    return False
