"""When a daily post is due: the instants of one wall-clock time in one zone, one for every local date.

The rule is the *first passage*: on a local date, the occurrence is the first instant at which that zone's clocks show the time or,
where they jump over it, a later one. So a time that is shown twice counts once, the first time, and a time that is skipped falls
on the first instant after the gap. A date that no instant of the zone belongs to (Apia, 30 December 2011) has no occurrence.

What follows from the rule, whatever the zone:

- Occurrences are in the order of their dates: clocks that pass a reading have passed every earlier one.
- Two dates share an instant only where one jump covers both readings, so only a jump of 24 hours or more that leaves a part of both
  dates. No zone has one in 2010-2040; ``tests/proofs/calendar_proof.py`` shows it, and the rest, for all of them.
- At an instant of local date D, every occurrence of an earlier date is past. So the next one is of D or later, though its instant
  may be of the following date: in Nuuk, 23:30 of 30 March 2024 is skipped and falls on 00:00 of the 31st.

So **the intended local date, not the instant, says which post a post is**. Whoever claims posts claims dates, and steps with
``next_occurrence_after_date`` from the last one claimed: dates then neither repeat nor go missing, also where a law moves the instants
between two runs. ``next_occurrence`` is for a schedule that has just been set, and for showing.

The zones' data are ``zoneinfo``'s; a zone is read once a process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Final, NewType
from zoneinfo import ZoneInfo

ZoneId = NewType("ZoneId", str)
"""An IANA name that ``zoneinfo`` knows: see ``bot.domain.zones`` for how one is found."""

FIRST_DATE: Final = date(1, 1, 4)
LAST_DATE: Final = date(9999, 12, 29)
"""Beyond these, a date's instants may not be representable in every zone; no schedule has an occurrence there."""

_DAY: Final = timedelta(days=1)
_SURELY_BEFORE: Final = timedelta(hours=26)
"""More than any offset, which Python keeps under 24 hours."""
_SECOND: Final = timedelta(seconds=1)


class Weekday(StrEnum):
    """In the order of ``date.weekday()``."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


WEEK: Final = tuple(Weekday)
EVERY_DAY: Final = frozenset(Weekday)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wall-clock time (naive) in a zone, on at least one weekday. ``ValueError`` for what could have no occurrence."""

    time: time
    zone: ZoneId
    weekdays: frozenset[Weekday] = EVERY_DAY

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise ValueError("a schedule needs a weekday")
        if self.time.tzinfo is not None:
            raise ValueError("a schedule's time is in its zone, and carries none of its own")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One post that is due."""

    local_date: date
    """The date that the post is for; unique in a schedule. A gap may put ``at`` on the next one."""
    at: datetime
    """UTC."""


def occurrence_on(schedule: Schedule, local_date: date) -> Occurrence | None:
    """``None`` where the weekday is not chosen or the zone has no such date."""
    if WEEK[local_date.weekday()] not in schedule.weekdays or not FIRST_DATE <= local_date <= LAST_DATE:
        return None
    zone = zone_info(schedule.zone)
    at = _first_reaching(zone, datetime.combine(local_date, schedule.time, tzinfo=UTC))
    if at.astimezone(zone).date() != local_date and not _date_exists(zone, local_date):
        return None
    return Occurrence(local_date, at)


def next_occurrence(schedule: Schedule, *, after: datetime) -> Occurrence:
    """The first one strictly later than ``after`` (aware). ``OverflowError`` past ``LAST_DATE``."""
    if after.tzinfo is None:
        raise ValueError("an instant has a zone")
    today = after.astimezone(zone_info(schedule.zone)).date()
    return _first(occurrence for occurrence in _occurrences(schedule, today) if occurrence.at > after)


def next_occurrence_after_date(schedule: Schedule, local_date: date) -> Occurrence:
    """The first one of a later local date, be its instant past or to come. ``OverflowError`` past ``LAST_DATE``."""
    return _first(_occurrences(schedule, local_date + _DAY))


def occurrences_from(schedule: Schedule, first_date: date, count: int) -> Iterator[Occurrence]:
    """Lazily, the first ``count`` of ``first_date`` or later, in order; fewer where the calendar ends."""
    return islice(_occurrences(schedule, first_date), count)


def preview_lines(schedule: Schedule, first_date: date, days: int) -> Iterator[str]:
    """A line an occurrence: its local date, a tab, its instant as ``2026-03-08T05:00:00Z``."""
    for occurrence in occurrences_from(schedule, first_date, days):
        at = occurrence.at.replace(tzinfo=None).isoformat(timespec="seconds")
        yield f"{occurrence.local_date.isoformat()}\t{at}Z"


@cache
def zone_info(zone: ZoneId) -> ZoneInfo:
    """Kept for good: ``ZoneInfo`` itself keeps the last eight, and reading one takes longer than all that is done with it."""
    return ZoneInfo(zone)


def _occurrences(schedule: Schedule, first_date: date) -> Iterator[Occurrence]:
    local_date = first_date
    while local_date <= LAST_DATE:
        occurrence = occurrence_on(schedule, local_date)
        if occurrence is not None:
            yield occurrence
        local_date += _DAY


def _first(occurrences: Iterator[Occurrence]) -> Occurrence:
    for occurrence in occurrences:
        return occurrence
    raise OverflowError("the calendar ends before the next occurrence")


def _first_reaching(zone: ZoneInfo, reading: datetime) -> datetime:
    """The first instant at which the clocks show ``reading`` (written as if it were UTC) or a later one.

    From an instant that is surely before it: if the offset there still holds when it would bring the reading, that is the instant;
    else the clocks change on the way, and either the change itself passes the reading or the search goes on from there. (Two changes
    that undo each other within two days could be missed; in 2010-2040 no two are closer than a week less an hour.)

    Only UTC is turned into local time. The way back is not to be trusted: ``zoneinfo`` (CPython 3.11.7) reads 23:30 of
    28 October 2023 in Nuuk an hour early, where the last change that is listed meets the rule for the years after.
    """
    start = reading - _SURELY_BEFORE
    while True:
        offset = _offset_at(zone, start)
        at = reading - offset
        if at <= start:
            return start
        if _offset_at(zone, at) == offset:
            return at
        start = _first_change(zone, start, at)


def _first_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The whole second after ``before``, and until ``after``, from which the offset is another one; by halving."""
    offset = _offset_at(zone, before)
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _offset_at(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _date_exists(zone: ZoneInfo, local_date: date) -> bool:
    midnight = datetime.combine(local_date, time.min, tzinfo=UTC)
    return _first_reaching(zone, midnight).astimezone(zone).date() == local_date


def _offset_at(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
