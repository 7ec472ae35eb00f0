"""Times of day and weekdays as people type them, in both languages."""

import re
from datetime import time
from enum import StrEnum
from typing import Final

from bot.domain.calendar import EVERY_DAY, WEEK, Weekday


class WallTimeProblem(StrEnum):
    """Why a text is no time of day; each has a phrase in every language under ``wall_time.<value>``."""

    UNREADABLE = "unreadable"
    HOUR = "hour"
    """Past 23. 24:00 too: it may mean either end of a day."""
    MINUTE = "minute"
    """Past 59."""
    HALF_DAY = "half_day"
    """``am`` or ``pm`` with an hour that is not 1-12."""


_WORDS: Final = {
    "noon": time(12),
    "midday": time(12),
    "meio-dia": time(12),
    "meio dia": time(12),
    "midnight": time(0),
    "meia-noite": time(0),
    "meia noite": time(0),
}
_TIME: Final = re.compile(
    r"(?:at |às |as )?(?P<hour>\d{1,2})"
    r"(?:\s?(?:h|hs|hrs|horas?)|\s?h\s?(?P<h_minute>\d{2})(?:m|min)?|[:.](?P<minute>\d{2})\s?h?|(?<=\d\d)(?P<bare_minute>\d{2}))?"
    r"\s*(?P<half>a\.?m\.?|p\.?m\.?|da manhã|da manha|da tarde|da noite)?"
)
_HALF: Final = {"a": 0, "p": 12, "da manhã": 0, "da manha": 0, "da tarde": 12, "da noite": 12}

_DAY_STEMS: Final = {
    stem: weekday
    for weekday, stems in zip(
        WEEK,
        (
            "m mo mon monday mondays seg segunda",
            "tu tue tues tuesday tuesdays ter terça terca",
            "w we wed weds wednesday wednesdays qua quarta",
            "th thu thur thurs thursday thursdays qui quinta",
            "f fr fri friday fridays sex sexta",
            "sa sat saturday saturdays sáb sab sábado sabado",
            "su sun sunday sundays dom domingo",
        ),
        strict=True,
    )
    for stem in stems.split()
}
_WORKING: Final = frozenset(WEEK[:5])
_DAY_SETS: Final = {
    **dict.fromkeys(("all", "daily", "every day", "everyday", "todos", "todos os dias"), EVERY_DAY),
    **dict.fromkeys(("weekdays", "workdays", "dias úteis", "dias uteis"), _WORKING),
    **dict.fromkeys(("weekend", "weekends", "fim de semana", "fins de semana"), EVERY_DAY - _WORKING),
}
_RANGE: Final = re.compile(r"\s*(?:-|–|\bto\b|\ba\b)\s*")


def parse_wall_time(text: str) -> time | WallTimeProblem:
    """Of ``9``, ``9:00``, ``9.30``, ``0930``, ``9am``, ``9 p.m.``, ``21h``, ``21h30``, ``9 da noite``, ``noon``, ``meia-noite``."""
    typed = " ".join(text.casefold().split())
    if typed in _WORDS:
        return _WORDS[typed]
    match = _TIME.fullmatch(typed)
    if match is None:
        return WallTimeProblem.UNREADABLE
    hour = int(match["hour"])
    minute = int(match["h_minute"] or match["minute"] or match["bare_minute"] or 0)
    half = match["half"]
    if half is not None:
        if not 1 <= hour <= 12:
            return WallTimeProblem.HALF_DAY
        hour = hour % 12 + _HALF[half if half.startswith("da") else half[0]]
    if hour > 23:
        return WallTimeProblem.HOUR
    return time(hour, minute) if minute < 60 else WallTimeProblem.MINUTE


def parse_weekdays(text: str) -> frozenset[Weekday] | None:
    """Of ``mon,fri``, ``seg a sex``, ``sat-mon``, ``weekdays``, ``fim de semana``; ``None`` for what names no day, or one unknown."""
    typed = " ".join(text.casefold().replace("-feira", "").split())
    if typed in _DAY_SETS:
        return _DAY_SETS[typed]
    chosen: set[Weekday] = set()
    for part in re.split(r"\s*[,;/+]\s*|\s+(?:and|e)\s+", typed):
        days = _days(part)
        if days is None:
            return None
        chosen.update(days)
    return frozenset(chosen)


def _days(part: str) -> frozenset[Weekday] | None:
    """One day; a run of them (``fri-mon`` is one over the weekend); or several parted by blanks."""
    ends = _named_days(_RANGE.split(part))
    if ends is not None and len(ends) == 2:
        first, last = map(WEEK.index, ends)
        return frozenset(WEEK[(first + step) % 7] for step in range((last - first) % 7 + 1))
    days = _named_days(part.split())
    return frozenset(days) if days else None


def _named_days(words: list[str]) -> list[Weekday] | None:
    days = [_DAY_STEMS[word.rstrip(".")] for word in words if word.rstrip(".") in _DAY_STEMS]
    return days if len(days) == len(words) else None
