"""Rule 6: dates in any usual order, in figures and in the words of both languages.

Decisions that the rule leaves open:

* ``05/06/2016`` has two readings and is refused, in Portuguese too; ``31/08/2016``, ``08/31/2016`` and ``05/05/2016`` have one.
* A year of two figures is a year only at the end of day, month and year (``31/08/16``). A weekday must be the right one.
* A date without its day, or with a day more than asked, is another answer.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA

from bot.domain.answers.numbers import number_at, tokenize
from bot.domain.answers.vocabulary import CLOSING_FILLER, OPENING_FILLER, listed

_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "january jan janeiro",
            "february feb fevereiro fev",
            "march mar marco",
            "april apr abril abr",
            "may maio mai",
            "june jun junho",
            "july jul julho",
            "august aug agosto ago",
            "september sep sept setembro set",
            "october oct outubro out",
            "november nov novembro",
            "december dec dezembro dez",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_WORDS: Final = frozenset(_MONTHS)
_WEEKDAYS: Final = {
    name: day
    for day, names in enumerate(
        (
            "monday mon segunda",
            "tuesday tue terca",
            "wednesday wed quarta",
            "thursday thu quinta",
            "friday fri sexta",
            "saturday sat sabado",
            "sunday sun domingo",
        ),
    )
    for name in names.split()
}
_NUMERIC: Final = re.compile(r"(?<![\w/.-])(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?(?![\w/-]|\.\d)")
_SOFT: Final = frozenset(".,!?;:\"()[]'{}") | listed(
    "of de do da the on em in no e day dia date data year ano month mes feira o"
)
_FILLER: Final = (OPENING_FILLER | CLOSING_FILLER) - _MONTHS.keys()
_JOINTS: Final = frozenset("-/")
_MOST_ITEMS: Final = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A date of which the day or the year may be left open."""

    month: int
    day: int | None = None
    year: int | None = None

    def is_met_by(self, guess: "Day", *, given_years: frozenset[int]) -> bool:
        """Whether a guess names this date; a year that the question gives may be left out, and only such a one may be added."""
        if (self.month, self.day) != (guess.month, guess.day):
            return False
        if guess.year is None:
            return self.year is None or self.year in given_years
        return guess.year == self.year if self.year is not None else guess.year in given_years

    def misses_only_its_year(self, guess: "Day") -> bool:
        """Whether the guess is this date as far as it goes."""
        return self.year is not None and guess.year is None and (self.month, self.day) == (guess.month, guess.day)


def read_days(folded: str, *, mend: bool = False) -> frozenset[Day]:
    """Every date that a text which says nothing else can mean: none, one, or two where the order is ambiguous.

    ``mend`` also takes misspelt months.
    """
    match = _NUMERIC.search(folded)
    if match is not None:
        rest = _items(tokenize(folded[: match.start()] + " " + folded[match.end() :]), mend=mend)
        found = (
            _numeric_readings(match) if rest is not None and all(kind == "weekday" for kind, _ in rest) else frozenset()
        )
        return frozenset(day for day in found if _falls_on(day, rest or []))
    items = _items(tokenize(folded), mend=mend)
    if items is None or sum(kind == "month" for kind, _ in items) != 1 or len(items) > _MOST_ITEMS:
        return frozenset()
    dated = _worded_reading([item for item in items if item[0] != "weekday"])
    return frozenset((dated,)) if dated is not None and _falls_on(dated, items) else frozenset()


def _items(tokens: tuple[str, ...], *, mend: bool) -> list[tuple[str, int]] | None:
    """The numbers, months and weekdays in order; ``None`` where any other word stands."""
    items: list[tuple[str, int]] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if len(items) > _MOST_ITEMS:
            return None
        month = _MONTHS.get(token) or (_nearest_month(token) if mend else None)
        if month is not None:
            items.append(("month", month))
        elif token in _WEEKDAYS and (
            token not in ("segunda", "terca", "quarta", "quinta", "sexta") or "feira" in tokens
        ):
            items.append(("weekday", _WEEKDAYS[token]))
        elif (read := number_at(tokens, at)) is not None:
            if read.decade or read.value.denominator != 1:
                return None
            items.append(("number", int(read.value)))
            at = read.end
            continue
        elif token not in _SOFT and token not in _FILLER and not (token in _JOINTS and items):
            return None
        at += 1
    return items


def _worded_reading(items: list[tuple[str, int]]) -> Day | None:
    """Day, month and year with the month in letters; the month stands first or second, or second of three."""
    at = [kind for kind, _ in items].index("month")
    month = items[at][1]
    numbers = [value for kind, value in items if kind == "number"]
    days = [value for value in numbers if 1 <= value <= 31]
    years = [value for value in numbers if 1000 <= value <= 2999]
    if len(days) + len(years) != len(numbers) or len(days) > 1 or len(years) > 1:
        return None
    day, year = next(iter(days), None), next(iter(years), None)
    if day is not None and year is not None and at == 2:
        return None
    return _real(Day(month, day, year))


def _numeric_readings(match: re.Match[str]) -> frozenset[Day]:
    first, _, second, third = match.groups()
    if third is None:
        if len(first) == 4:
            candidates = [Day(int(second), None, int(first))]
        else:
            candidates = [Day(int(second), int(first)), Day(int(first), int(second))] if len(first) <= 2 else []
    elif len(first) == 4:
        candidates = [Day(int(second), int(third), int(first))] if len(third) <= 2 else []
    elif len(first) <= 2 and len(third) in (2, 4):
        year = int(third) if len(third) == 4 else _full_year(int(third))
        candidates = [Day(int(second), int(first), year), Day(int(first), int(second), year)]
    else:
        candidates = []
    return frozenset(day for candidate in candidates if (day := _real(candidate)) is not None)


def month_and_year(folded: str) -> Day | None:
    """``05/2015``: no day, so no order to be in doubt about."""
    match = re.fullmatch(r"(0?[1-9]|1[0-2])[/.-]([12]\d{3})", folded.strip(" .!?"))
    return Day(int(match[1]), None, int(match[2])) if match else None


def _full_year(short: int) -> int:
    return short + (2000 if short < 50 else 1900)


def _real(day: Day) -> Day | None:
    try:
        date(day.year or 2000, day.month, day.day or 1)
    except ValueError:
        return None
    return day


def _falls_on(day: Day, items: list[tuple[str, int]]) -> bool:
    """Whether the weekday that was named, if any, is that of the date."""
    named = [value for kind, value in items if kind == "weekday"]
    if not named:
        return True
    return day.year is not None and day.day is not None and named == [date(day.year, day.month, day.day).weekday()]


def _nearest_month(token: str) -> int | None:
    if len(token) < 4 or not token.isalpha():
        return None
    near: dict[int, int] = {}
    for name, month in _MONTHS.items():
        distance = OSA.distance(token, name, score_cutoff=2)
        if len(name) >= 5 and name[0] == token[0] and distance <= (2 if len(name) >= 8 else 1):
            near[month] = min(distance, near.get(month, 2))
    best = [month for month, distance in near.items() if distance == min(near.values())]
    return best[0] if len(best) == 1 else None
