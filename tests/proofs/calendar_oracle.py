"""When posts are due, found the slow way round: by walking the instants of a zone and reading its clocks.

The calendar goes from a local date to an instant; this goes from instants to local dates, uses only the conversion from UTC (the one
that is never ambiguous), and knows nothing of folds and gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=30)
MARGIN = timedelta(days=3)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Stretch:
    """The instants from ``start`` until ``end`` (both UTC), through which the zone's clocks run evenly."""

    start: datetime
    end: datetime
    offset: timedelta

    @property
    def shows_from(self) -> datetime:
        return self.start.replace(tzinfo=None) + self.offset

    @property
    def shows_until(self) -> datetime:
        return self.end.replace(tzinfo=None) + self.offset


@dataclass(frozen=True)
class Walk:
    """What a zone's clocks showed from before ``first`` until after ``last``."""

    first: date
    last: date
    stretches: tuple[Stretch, ...]

    @cached_property
    def changes(self) -> tuple[datetime, ...]:
        return tuple(stretch.start for stretch in self.stretches[1:])

    @cached_property
    def dates(self) -> frozenset[date]:
        """Every date that was shown at any instant."""
        shown = set()
        for stretch in self.stretches:
            day, last = stretch.shows_from.date(), (stretch.shows_until - SECOND).date()
            while day <= last:
                shown.add(day)
                day += DAY
        return frozenset(shown)

    def lost_dates(self) -> tuple[date, ...]:
        span = (self.last - self.first).days + 1
        return tuple(day for day in (self.first + n * DAY for n in range(span)) if day not in self.dates)

    def due(self, at_time: time) -> Iterator[tuple[date, datetime]]:
        """For every date shown: the first instant whose reading is ``at_time`` on it, or a later one."""
        day, reading = self.first, datetime.combine(self.first, at_time)
        dates, last = self.dates, self.last
        for stretch in self.stretches:
            start, shows_from, shows_until = stretch.start, stretch.shows_from, stretch.shows_until
            to_utc = start - shows_from.replace(tzinfo=UTC)
            while reading < shows_until and day <= last:
                if day in dates:
                    yield day, start if reading < shows_from else reading.replace(tzinfo=UTC) + to_utc
                day += DAY
                reading += DAY


def walk(zone: ZoneInfo, first: date, last: date) -> Walk:
    """Reads the clocks every half hour, and every second (by halving) where two readings do not agree."""
    start = datetime.combine(first, time.min, tzinfo=UTC) - MARGIN
    end = datetime.combine(last, time.min, tzinfo=UTC) + MARGIN
    stretches = []
    now, offset = start, _offset(zone, start)
    while now < end:
        after = now + STEP
        if _offset(zone, after) != offset:
            change = _change_between(zone, now, after)
            stretches.append(Stretch(start, change, offset))
            start, offset = change, _offset(zone, after)
        now = after
    return Walk(first, last, (*stretches, Stretch(start, end, offset)))


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = _offset(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after
