"""Rule 5, the rest of it: one number with the right unit or none, out of a whole guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rapidfuzz.distance import OSA

from bot.domain.answers.numbers import NUMBER_WORDS, Number, number_at, tokenize
from bot.domain.answers.prompts import Asked
from bot.domain.answers.vocabulary import ARTICLES, CLOSING_FILLER, OPENING_FILLER, listed, singular, synonyms

_LINKING: Final = frozenset(("ao", "of", "de", "a", "do", "da"))
_UNITS: Final = {
    word: unit
    for unit, text in {
        "hour": "hour hours h hr hrs hora horas",
        "minute": "minute minutes min mins minuto minutos",
        "second": "seconds sec secs s segundos",
        "day": "day days dia dias",
        "week": "week weeks semana semanas weekday",
        "month": "month months mes meses",
        "year": "year years yr yrs ano anos yo",
        "decade": "decades decadas",
        "century": "century centuries seculo seculos",
        "foot": "foot feet ft pe pes",
        "metre": "metre metres meter meters m metro metros",
        "kilometre": "kilometre kilometres kilometer kilometers km kms quilometro quilometros",
        "centimetre": "centimetre centimetres centimeter centimeters cm centimetro centimetros",
        "inch": "inch inches polegada polegadas",
        "mile": "mile miles milha milhas",
        "yard": "yard yards jarda jardas",
        "kilogram": "kilogram kilograms kilo kilos kg quilo quilos quilograma quilogramas",
        "pound": "lb lbs",
        "dollar": "dollar dollars usd $ dolar dolares bucks",
        "euro": "euro euros eur €",
        "sterling": "gbp £",
        "real": "real reais brl",
        "percent": "percent % porcento",
        "time": "time times vez vezes x",
    }.items()
    for word in text.split()
}
_PHRASES: Final = {
    ("years", "old"): "year",
    ("year", "old"): "year",
    ("years", "of", "age"): "year",
    ("anos", "de", "idade"): "year",
    ("of", "age"): "year",
    ("por", "cento"): "percent",
    ("per", "cent"): "percent",
    ("us", "dollars"): "dollar",
    ("u", "s", "dollars"): "dollar",
    ("american", "dollars"): "dollar",
    ("dolares", "americanos"): "dollar",
    ("de", "dolares"): "dollar",
    ("of", "dollars"): "dollar",
    ("de", "reais"): "real",
    ("de", "euros"): "euro",
    ("de", "dolares", "americanos"): "dollar",
    ("hours", "long"): "hour",
    ("minutes", "long"): "minute",
    ("feet", "high"): "foot",
    ("feet", "tall"): "foot",
}
_CURRENCIES: Final = {
    ("$",): "dollar",
    ("us", "$"): "dollar",
    ("u", "$"): "dollar",
    ("usd",): "dollar",
    ("r", "$"): "real",
    ("€",): "euro",
    ("£",): "sterling",
    ("#",): None,
    ("number",): None,
    ("numero",): None,
}
_FOREIGN_DOLLARS: Final = re.compile(r"(?<![a-z])(?!us?\$|r\$)[a-z]{1,4}\$")
_HYPHEN: Final = "-"
_SOFT: Final = frozenset(".,!?;:\"()[]='{}")
_OPENING: Final = (
    OPENING_FILLER | ARTICLES | listed("e in em nos na at aos com age aged idade of de only just apenas somente ao")
)
_CLOSING: Final = CLOSING_FILLER
_YEARLY: Final = frozenset(("year", "ano"))
_DECADE_NOUNS: Final = listed("anos decada decade")
_ABOUT: Final = listed("about around roughly approximately cerca de aproximadamente uns umas")
_UNLIKELY_LENGTH: Final = 5


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as an answer. ``unit`` is a key of the unit, or a singular noun; ``None`` where none is given."""

    value: Fraction
    unit: str | None = None
    decade: bool = False
    ordinal: bool = False

    def is_met_by(self, guess: "Quantity", *, bare_unit: str | None, asked: Asked) -> bool:
        """Whether a guess says the same; a guess without a unit means ``bare_unit``, that of the question's main answer."""
        if self.decade or guess.decade:
            return self.decade and guess.decade and _same_decade(self.value, guess.value)
        if self.value != guess.value or (self.unit is not None and self.ordinal != guess.ordinal):
            return False
        if guess.unit is None:
            return self.unit is None or self.unit == bare_unit or self.unit in asked.counted
        if self.ordinal != guess.ordinal:
            return False
        return guess.unit == self.unit or (self.unit is None and guess.unit in asked.counted)


def _same_decade(one: Fraction, other: Fraction) -> bool:
    return one == other or (min(one, other) < 100 and one % 100 == other % 100)


def read_quantities(folded: str, asked: Asked, *, mend: bool = False) -> tuple[Quantity, ...]:
    """Every reading of a text that is one number with at most a unit; none where anything else is said.

    ``15m`` has two readings. ``mend`` reads only what is misspelt: a number word or a unit.
    """
    if _FOREIGN_DOLLARS.search(folded):
        return ()
    tokens = tuple(token for token in _joined(tokenize(folded)) if token not in _SOFT)
    if mend:
        mended = _mended(tokens, asked)
        if mended == tokens:
            return ()
        tokens = mended
    for start in range(min(len(tokens), 12)):
        currency, at = _currency(tokens, start)
        decade = tokens[at] in _DECADE_NOUNS if at < len(tokens) else False
        skip = decade + (tokens[at + 1 : at + 2] in (("de",), ("of",)) if decade else 0)
        read = number_at(tokens, at + skip)
        if read is not None:
            return tuple(_readings(tokens, read, currency=currency, decade=decade, asked=asked))
        if not _may_open(tokens, start, asked):
            break
    return ()


def _joined(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the hyphen of "two-hour" and of a bullet; keep a sign and a range."""
    kept: list[str] = []
    for before, token, after in zip(("", *tokens), tokens, (*tokens[1:], ""), strict=False):
        compound = after.isalpha() and before.isalnum() and not (before in NUMBER_WORDS and after in NUMBER_WORDS)
        if token != _HYPHEN or not compound:
            kept.append(token)
    return tuple(kept)


def _currency(tokens: tuple[str, ...], start: int) -> tuple[str | None, int]:
    for length in (2, 1):
        if (sign := tuple(tokens[start : start + length])) in _CURRENCIES and len(sign) == length:
            return _CURRENCIES[sign], start + length
    return None, start


def _may_open(tokens: tuple[str, ...], at: int, asked: Asked) -> bool:
    token = tokens[at]
    if token in _OPENING or singular(token) in asked.nouns or (asked.approximate and token in _ABOUT):
        return True
    return token in _YEARLY and tokens[at + 1 : at + 2] != () and tokens[at + 1].isdigit() and len(tokens[at + 1]) == 4


def _readings(
    tokens: tuple[str, ...], read: Number, *, currency: str | None, decade: bool, asked: Asked
) -> Iterable[Quantity]:
    if decade and not (read.decade or (read.value % 10 == 0 and 10 <= read.value < 2100)):
        return
    rest = tokens[read.end :]
    for end in range(len(rest), -1, -1):
        if currency is None or not rest[:end]:
            for unit in _unit(rest[:end], read, asked):
                yield Quantity(read.value, unit or currency, read.decade or decade, read.ordinal)
        elif _UNITS.get(rest[end - 1]) == currency:
            yield Quantity(read.value, currency)
        if end and rest[end - 1] not in _CLOSING and not (read.ordinal and rest[end - 1] in ("one", "1")):
            break
    if rest[:1] == ("m",) and len(rest) == 1 and not decade:
        yield Quantity(read.value * 1_000_000, currency)
    if read.decade and tokens[read.end - 1].isdigit() is False and tokens[read.end - 1][:-1].isdigit() and not rest:
        yield Quantity(read.value, "second")


def _unit(rest: tuple[str, ...], read: Number, asked: Asked) -> tuple[str | None, ...]:
    """The unit that ``rest`` is: empty where it is no unit, ``(None,)`` where there is nothing to be one."""
    if not rest:
        return (None,)
    if rest in _PHRASES:
        return (_PHRASES[rest],)
    if len(rest) > 1 and rest[0] in ("of", "de") and _scaled(read):
        rest = rest[1:]
    if (
        len(rest) >= 3
        and rest[-2] in ("a", "per", "por", "each", "every", "ao", "cada", "an")
        and rest[-1] in asked.per
    ):
        rest = rest[:-2]
    head, *others = sorted(rest, key=lambda word: (word in _LINKING, word in asked.beside))
    if len(rest) == 1:
        unit = _UNITS.get(head)
        if unit is not None:
            return (unit,)
    nouns = asked.counted | asked.nouns if read.ordinal else asked.counted
    key = singular(head)
    if key in nouns and all(word in asked.beside or word in _LINKING or singular(word) in nouns for word in others):
        return (None if read.ordinal else key,)
    return ()


def _scaled(read: Number) -> bool:
    return read.value >= 1_000_000


def _mended(tokens: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """Replace at most two misspelt number words or units by the one word that is nearest, if it is the only one."""
    known = NUMBER_WORDS | _UNITS.keys() | _OPENING | _CLOSING
    mended: list[str] = []
    spent = 0
    for token in tokens:
        best = (
            None
            if token in known or len(token) < 4 or not token.isalpha() or singular(token) in asked.counted
            else _nearest(token, asked)
        )
        spent += best[1] if best else 0
        mended.append(best[0] if best and spent <= 2 else token)
    return tuple(mended)


def _nearest(token: str, asked: Asked) -> tuple[str, int] | None:
    """The nearest number word or unit within the typos that its length allows, unless two are as near."""
    found: list[tuple[int, str]] = []
    for word in (*NUMBER_WORDS, *_UNITS, *asked.counted):
        if abs(len(word) - len(token)) <= 2 and len(word) >= _UNLIKELY_LENGTH:
            distance = OSA.distance(token, word, score_cutoff=2)
            if distance <= (2 if len(word) >= 8 else 1) or distance == 1:
                found.append((distance, word))
    found.sort()
    best = [word for distance, word in found if distance == found[0][0]]
    if not found or len({_meaning(word) for word in best}) > 1 or best[0][0] != token[0]:
        return None
    return best[0], found[0][0]


def _meaning(word: str) -> object:
    unit = _UNITS.get(word)
    if unit is not None:
        return unit
    read = number_at((word,), 0)
    return (read.value, read.decade) if read is not None else min(synonyms(word))
