"""Rule 5: numbers in digits and in the words of both languages, with their units.

Decisions that the rule leaves open:

* An ordinal equals its cardinal, except beside a unit: "second" is no "2 hours".
* ``1.500`` and ``1,500`` are fifteen hundred; a separator before any other count of digits is a decimal.
* A sign, a comparison or an approximation (``-7``, ``>7``, ``~7``, "about 7", "7+") is not the number, unless the prompt says "about".
* A decade is not its first year: ``1930s`` equals "the thirties", "anos 30", "década de 1930", and not ``1930``.
* Digits take no typo. A number word of five letters or more does, if only one number is nearest.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.domain.answers.vocabulary import in_order, listed

_CARDINALS: Final = {
    word: value
    for value, text in (
        (1, "one um uma"),
        (2, "two dois duas"),
        (3, "three tres"),
        (4, "four quatro"),
        (5, "five cinco"),
        (6, "six seis"),
        (7, "seven sete"),
        (8, "eight oito"),
        (9, "nine nove"),
        (10, "ten dez"),
        (11, "eleven onze"),
        (12, "twelve doze"),
        (13, "thirteen treze"),
        (14, "fourteen catorze quatorze"),
        (15, "fifteen quinze"),
        (16, "sixteen dezesseis dezasseis"),
        (17, "seventeen dezessete dezassete"),
        (18, "eighteen dezoito"),
        (19, "nineteen dezenove dezanove"),
        (20, "twenty vinte"),
        (30, "thirty trinta"),
        (40, "forty fourty quarenta"),
        (50, "fifty cinquenta"),
        (60, "sixty sessenta"),
        (70, "seventy setenta"),
        (80, "eighty oitenta"),
        (90, "ninety ninty noventa"),
        (100, "cem cento"),
        (200, "duzentos duzentas"),
        (300, "trezentos trezentas"),
        (400, "quatrocentos quatrocentas"),
        (500, "quinhentos quinhentas"),
        (600, "seiscentos seiscentas"),
        (700, "setecentos setecentas"),
        (800, "oitocentos oitocentas"),
        (900, "novecentos novecentas"),
    )
    for word in text.split()
}
_PORTUGUESE_ORDINALS: Final = (
    (1, "primeir"),
    (2, "segund"),
    (3, "terceir"),
    (4, "quart"),
    (5, "quint"),
    (6, "sext"),
    (7, "setim"),
    (8, "oitav"),
    (9, "non"),
    (10, "decim"),
    (11, "undecim"),
    (12, "duodecim"),
    (20, "vigesim"),
    (30, "trigesim"),
    (40, "quadragesim"),
    (50, "quinquagesim"),
    (60, "sexagesim"),
    (70, "septuagesim"),
    (70, "setuagesim"),
    (80, "octogesim"),
    (90, "nonagesim"),
    (100, "centesim"),
)
_ORDINALS: Final = {
    **{
        word: value
        for value, word in enumerate(
            in_order(
                "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
                "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
            ),
            start=1,
        )
    },
    **{
        word: value
        for value, word in zip(
            range(30, 101, 10),
            in_order("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"),
            strict=True,
        )
    },
    **{stem + ending: value for value, stem in _PORTUGUESE_ORDINALS for ending in ("o", "a")},
}
_SCALES: Final = {
    word: scale
    for scale, text in (
        (1_000, "thousand mil k"),
        (1_000_000, "million millions milhao milhoes mi mio mln"),
        (1_000_000_000, "billion billions bilhao bilhoes bi bn"),
    )
    for word in text.split()
}
_AFTER_DIGITS_ONLY: Final = listed("k mi mio mln bi bn")
_DOZENS: Final = frozenset(("dozen", "duzia", "duzias"))
_HALVES: Final = frozenset(("half", "meio", "meia"))
_REPEATS: Final = {"once": 1, "twice": 2, "thrice": 3}
_DECADES: Final = {
    f"{stem}ies": value
    for stem, value in zip(in_order("twent thirt fort fift sixt sevent eight ninet"), range(20, 100, 10), strict=True)
}
NUMBER_WORDS: Final = frozenset(
    (
        *_CARDINALS,
        *_ORDINALS,
        *(_SCALES.keys() - _AFTER_DIGITS_ONLY),
        *_DOZENS,
        *_DECADES,
        "zero",
        "hundred",
        "thousandth",
        "milionesimo",
    ),
)
DIGITS_OF_WORD: Final = {word: str(value) for word, value in _CARDINALS.items() if value > 1}
"""For titles: "Ocean's Eleven" is "Ocean's 11". One is left out: in Portuguese it is the article."""
ROMAN: Final = {
    roman: str(value)
    for value, roman in enumerate(
        in_order("ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"), start=2
    )
    if roman not in {"v", "x"}
}
"""Numerals of one letter are letters."""

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th|\.?[oa]|s)(?![^\W\d_]))?|[^\W\d_]+|[^\s\w]")
_DIGITS: Final = re.compile(r"(\d+(?:[.,]\d+)*)(st|nd|rd|th|\.?[oa]|s)?")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+)")
_MOST_TOKENS: Final = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens; ``end`` is the index after its last token."""

    value: Fraction
    end: int
    ordinal: bool = False
    decade: bool = False
    scale: int = 1


def tokenize(folded: str) -> tuple[str, ...]:
    """Numbers with their ordinal endings, words, and single marks."""
    return tuple(_TOKEN.findall(folded))[:_MOST_TOKENS]


def number_at(tokens: tuple[str, ...], start: int) -> Number | None:
    """The longest number that begins at ``start``, or ``None``."""
    if start >= len(tokens):
        return None
    token = tokens[start]
    if token[0].isdigit():
        read = _digits(tokens, start)
    elif token in _DECADES:
        return Number(Fraction(_DECADES[token]), start + 1, decade=True)
    elif token in _HALVES:
        return _half_of(tokens, start)
    else:
        read = _spelled(tokens, start)
    return read and _with_half(tokens, read)


def _digits(tokens: tuple[str, ...], start: int) -> Number | None:
    match = _DIGITS.fullmatch(tokens[start])
    value = match and _value(match[1])
    if match is None or value is None:
        return None
    suffix = (match[2] or "").lstrip(".")
    if suffix == "s":
        decade = value.denominator == 1 and value % 10 == 0 and len(match[1]) in (2, 4)
        return Number(value, start + 1, decade=True) if decade else None
    if suffix:
        good = suffix in ("o", "a") or suffix == _english_suffix(int(value))
        return Number(value, start + 1, ordinal=True) if good and value.denominator == 1 else None
    end = start + 1
    while (
        end < len(tokens)
        and len(tokens[end]) == 3
        and tokens[end].isdigit()
        and value < 10**9
        and len(tokens[start]) <= 3
    ):
        value, end = value * 1000 + int(tokens[end]), end + 1
    return _scaled(tokens, Number(value, end))


def _scaled(tokens: tuple[str, ...], read: Number) -> Number:
    """Digits followed by "million" and the like."""
    if read.end < len(tokens) and (scale := _SCALES.get(tokens[read.end])):
        return Number(read.value * scale, read.end + 1, scale=scale)
    if read.end < len(tokens) and tokens[read.end] in _DOZENS:
        return Number(read.value * 12, read.end + 1)
    return read


def _value(digits: str) -> Fraction | None:
    if digits.isdigit():
        return None if len(digits) > 15 or digits.startswith("00") else Fraction(int(digits))
    if _THOUSANDS.fullmatch(digits):
        return Fraction(int(re.sub(r"\D", "", digits)))
    whole, *rest = re.split(r"[.,]", digits)
    return Fraction(f"{whole}.{rest[0]}") if len(rest) == 1 and len(digits) <= 15 else None


def _english_suffix(value: int) -> str:
    return "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _half_of(tokens: tuple[str, ...], start: int) -> Number | None:
    """ "Half a million", "meia dúzia"."""
    end = start + 1 + (tokens[start + 1 : start + 2] == ("a",))
    if end >= len(tokens):
        return None
    whole = _SCALES.get(tokens[end]) or (12 if tokens[end] in _DOZENS else None)
    return Number(Fraction(whole, 2), end + 1) if whole else None


def _with_half(tokens: tuple[str, ...], read: Number) -> Number:
    """ "Eight and a half", "dois milhões e meio"."""
    tail = tuple(tokens[read.end : read.end + 3])
    if not read.ordinal and (
        tail == ("and", "a", "half") or (len(tail) > 1 and tail[0] == "e" and tail[1] in ("meio", "meia"))
    ):
        return Number(read.value + Fraction(read.scale, 2), read.end + (3 if tail[0] == "and" else 2))
    if not read.ordinal and tail == ("1", "/", "2") and read.value.denominator == 1:
        return Number(read.value + Fraction(1, 2), read.end + 3)
    return read


class _Speller:
    """Adds up number words. ``room`` is what the next word must be smaller than."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.room = 10**12
        self.scale = 10**12
        self.read_any = False
        self.ordinal = False
        self.last = ""

    def take(self, word: str) -> bool:
        """Add one word, or say that it does not belong to this number."""
        if self.ordinal and word not in _ORDINALS:
            return False
        value = _CARDINALS.get(word) or _ORDINALS.get(word)
        if value is not None and word != "hundredth":
            taken = self._add(value, ordinal=word in _ORDINALS)
        elif word in ("hundred", "hundredth"):
            taken = self._hundred(ordinal=word == "hundredth")
        else:
            taken = word not in _AFTER_DIGITS_ONLY and self._multiply(_SCALES.get(word))
        self.read_any |= taken
        self.last = word if taken else self.last
        return taken

    def _add(self, value: int, *, ordinal: bool) -> bool:
        if value >= self.room:
            return False
        self.group += value
        self.room = 100 if value >= 100 else 10 if value >= 20 or (ordinal and value == 10) else 0
        self.ordinal |= ordinal
        return True

    def _hundred(self, *, ordinal: bool) -> bool:
        if self.group >= 100 or (self.read_any and not self.group):
            return False
        self.group = max(self.group, 1) * 100
        self.room, self.ordinal = 100, ordinal
        return True

    def _multiply(self, scale: int | None) -> bool:
        if scale is None or scale >= self.scale or (self.read_any and not self.group):
            return False
        self.total += max(self.group, 1) * scale
        self.group, self.room, self.scale = 0, min(scale, 1000), scale
        return True

    def links(self, word: str) -> bool:
        """Whether "and" or "e" may stand after what has been read."""
        return (word == "and" and self.room >= 100) or (word == "e" and self.room >= 10 and self.last != "cem")


def _spelled(tokens: tuple[str, ...], start: int) -> Number | None:
    if tokens[start] == "zero":
        return Number(Fraction(0), start + 1)
    at = start
    if tokens[at] == "a" and tokens[at + 1 : at + 2] and tokens[at + 1] in (_SCALES.keys() | _DOZENS | {"hundred"}):
        at += 1
    speller = _Speller()
    end = start
    while at < len(tokens):
        step = (
            1 if speller.read_any and (tokens[at] == "-" or speller.links(tokens[at])) and at + 1 < len(tokens) else 0
        )
        if not speller.take(tokens[at + step]):
            break
        at += step + 1
        end = at
    value = speller.total + speller.group
    if end < len(tokens) and tokens[end] in _DOZENS and value < 100 and not speller.ordinal:
        return Number(Fraction((value or 1) * 12), end + 1)
    if not speller.read_any:
        return None
    scale = speller.scale if speller.scale < 10**12 and not speller.group else 1
    read = Number(Fraction(value), end, ordinal=speller.ordinal, scale=scale)
    return _spoken_year(tokens, read) or read


def _spoken_year(tokens: tuple[str, ...], read: Number) -> Number | None:
    """ "Nineteen sixty-four", "twenty sixteen", "nineteen thirties"."""
    if read.ordinal or not 11 <= read.value <= 20 or read.value == 12:
        return None
    at = read.end + (tokens[read.end : read.end + 1] == ("-",))
    if at >= len(tokens) or tokens[at][0].isdigit():
        return None
    if tokens[at] in _DECADES:
        return Number(read.value * 100 + _DECADES[tokens[at]], at + 1, decade=True)
    zero = tokens[at] in ("oh", "o") and at + 1 < len(tokens)
    rest = _spelled(tokens, at + zero)
    if rest is None or rest.ordinal or not ((1 <= rest.value < 10) if zero else (10 <= rest.value < 100)):
        return None
    return Number(read.value * 100 + rest.value, rest.end)
