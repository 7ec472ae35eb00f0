"""The calendar against every IANA zone, at every half hour of the day, 2010-2040: ``make calendar-proof``.

For each zone and time, the occurrences must be those that a walk over the zone's instants finds (``calendar_oracle``), in strict order,
one for every date that exists. The oracle's instant is the first whose reading is not before the time on the date; therefore at any
earlier instant the local date is not past it, which is what ``next_occurrence`` starts from. That it is right for any instant thus
follows; it is checked directly around every change of every zone's clocks, with a choice of weekdays that differs from time to time.

The data are the ``tzdata`` wheel's, whatever the machine has. Names whose data are the same bytes are one zone, checked once.
"""

import sys
import zoneinfo
from bisect import bisect_right
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import count
from time import perf_counter

import tzdata

from bot.domain.calendar import (
    EVERY_DAY,
    WEEK,
    Occurrence,
    Schedule,
    Weekday,
    ZoneId,
    next_occurrence,
    occurrences_from,
)
from tests.proofs.calendar_oracle import Walk, walk

FIRST, LAST = date(2010, 1, 1), date(2040, 12, 31)
HALF_HOURS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))
AROUND_A_CHANGE = tuple(timedelta(seconds=s) for s in (-90_000, -3600, -1, 0, 1, 1800, 90_000))


class Disproof(Exception):
    """The calendar and the walk disagree."""


@dataclass(frozen=True)
class Proved:
    names: tuple[str, ...]
    occurrences: int
    steps: int
    """Calls of ``next_occurrence`` around changes."""
    changes: int
    lost: tuple[date, ...]
    pushed_over_midnight: int
    """Occurrences whose instant is of the date after the one they are for."""


def zones_by_data() -> list[tuple[str, ...]]:
    """Every IANA name of the wheel, those of the same data together."""
    root = files("tzdata").joinpath("zoneinfo")
    groups: defaultdict[bytes, list[str]] = defaultdict(list)
    for name in files("tzdata").joinpath("zones").read_text().split():
        groups[root.joinpath(*name.split("/")).read_bytes()].append(name)
    return [tuple(names) for names in groups.values()]


def prove(
    names: tuple[str, ...], times: tuple[time, ...] = HALF_HOURS, first: date = FIRST, last: date = LAST
) -> Proved:
    zone_id = ZoneId(names[0])
    zone = zoneinfo.ZoneInfo(zone_id)
    clocks = walk(zone, first, last)
    occurrences = steps = pushed = 0
    for index, at_time in enumerate(times):
        due = check_every_date(zone_id, at_time, clocks)
        occurrences += len(due)
        pushed += sum(instant.astimezone(zone).date() > day for day, instant in near_changes(due, clocks))
        steps += check_next(Schedule(at_time, zone_id, weekdays_of(index, zone_id)), due, clocks)
    return Proved(names, occurrences, steps, len(clocks.changes), clocks.lost_dates(), pushed)


def check_every_date(zone: ZoneId, at_time: time, clocks: Walk) -> list[tuple[date, datetime]]:
    due = list(clocks.due(at_time))
    calendar = occurrences_from(Schedule(at_time, zone, EVERY_DAY), clocks.first, len(due))
    before = datetime.min.replace(tzinfo=UTC)
    for (day, instant), occurrence in zip(due, calendar, strict=True):
        if occurrence.local_date != day or occurrence.at != instant or instant <= before:
            raise Disproof(f"{zone} {at_time} {day}: due {instant} (after {before}), the calendar says {occurrence}")
        before = instant
    return due


def check_next(schedule: Schedule, due: list[tuple[date, datetime]], clocks: Walk) -> int:
    chosen = [(day, instant) for day, instant in due if WEEK[day.weekday()] in schedule.weekdays]
    instants = [instant for _, instant in chosen]
    steps = 0
    for after in (change + shift for change in clocks.changes for shift in AROUND_A_CHANGE):
        index = bisect_right(instants, after)
        if after < due[0][1] or index == len(instants):
            continue
        occurrence = next_occurrence(schedule, after=after)
        if occurrence != Occurrence(*chosen[index]):
            raise Disproof(f"{schedule} after {after}: {chosen[index]}, the calendar says {occurrence}")
        steps += 1
    return steps


def near_changes(due: list[tuple[date, datetime]], clocks: Walk) -> list[tuple[date, datetime]]:
    """The occurrences at the very instant of a change: those that a gap has pushed, and a few more."""
    changes = frozenset(clocks.changes)
    return [(day, instant) for day, instant in due if instant in changes]


def weekdays_of(index: int, zone: ZoneId) -> frozenset[Weekday]:
    """One of the 127 choices; over the zones and times, each of them."""
    choice = (index * 37 + sum(zone.encode())) % 127 + 1
    return frozenset(weekday for bit, weekday in enumerate(WEEK) if choice >> bit & 1)


def main() -> None:
    zoneinfo.reset_tzpath(to=())
    started = perf_counter()
    groups = zones_by_data()
    names = sum(map(len, groups))
    print(
        f"tzdata {tzdata.IANA_VERSION}: {names} names, {len(groups)} zones of different data; {len(HALF_HOURS)} times; {FIRST} to {LAST}"
    )
    proved: list[Proved] = []
    with ProcessPoolExecutor(initializer=zoneinfo.reset_tzpath, initargs=((),)) as pool:
        for done, result in zip(count(1), pool.map(prove, groups), strict=False):
            proved.append(result)
            if done % 25 == 0:
                print(f"  {done} zones, {perf_counter() - started:.0f} s", flush=True)
    for result in proved:
        if result.lost:
            print(f"lost: {', '.join(map(str, result.lost))} in {', '.join(result.names)}")
    print(
        f"proved: {sum(result.occurrences for result in proved):,} occurrences over {sum(result.changes for result in proved):,} changes"
        f" of clocks, {sum(result.pushed_over_midnight for result in proved):,} of them pushed over midnight;"
        f" {sum(result.steps for result in proved):,} steps around changes; {perf_counter() - started:.0f} s"
    )


if __name__ == "__main__":
    try:
        main()
    except Disproof as disproof:
        sys.exit(f"disproved: {disproof}")
