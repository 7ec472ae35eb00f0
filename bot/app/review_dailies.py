"""Works stored schedules out again, where the zones' data changed, or the clock: at every start, and when the clock was set back."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import Final

from bot.app.core import Core
from bot.app.outbox import LEASE, LONGEST_RETRY_S
from bot.domain.calendar import Occurrence, next_occurrence, next_occurrence_after_date, occurrence_on
from bot.domain.daily import CATCH_UP, Daily, DailyState
from bot.domain.ids import ChannelId
from bot.ports.store import Work

log = logging.getLogger(__name__)

PAGE: Final = 200


@cache
def zone_data() -> str:
    """The version of the zones' data at hand."""
    return version("tzdata")


async def review_dailies(core: Core) -> None:
    """Every schedule; nothing is written for one that stands as it should."""
    last: ChannelId | None = None
    while True:
        async with core.store.begin() as work:
            page = await work.dailies.following(last, limit=PAGE)
            for daily in page:
                await _review(work, daily, core.clock.now())
        if len(page) < PAGE:
            return
        last = page[-1].channel


async def after_clock_set_back(core: Core) -> None:
    """What was put off until instants that are far ahead now is owed now, and dates that were passed over come again."""
    now = core.clock.now()
    async with core.store.begin() as work:
        await work.posts.bring_forward(
            now=now, retry_at=now + timedelta(seconds=LONGEST_RETRY_S), lease_until=now + LEASE
        )
    await review_dailies(core)


async def _review(work: Work, daily: Daily, now: datetime) -> None:
    try:
        upcoming = await _upcoming(work, daily, now)
    except (LookupError, ValueError, OverflowError):
        log.exception("a schedule has no next date", extra={"channel": daily.channel})
        return
    reviewed = replace(daily, next=upcoming, zone_data=zone_data())
    if reviewed != daily:
        await work.dailies.save(reviewed)


async def _upcoming(work: Work, daily: Daily, now: datetime) -> Occurrence:
    """What is stored, at its instant by today's data; or an earlier date that the clock, set back, is again in time for.

    That a date still to come was passed over shows that the clock ran ahead; then one within the window that nothing is known of
    was passed over too, and not perhaps before the schedule was set.
    """
    stored = _again(daily)
    if daily.state is not DailyState.ON or stored.at <= now:
        return stored
    passed: Occurrence | None = None
    candidate = next_occurrence(daily.schedule, after=now - CATCH_UP)
    while candidate.local_date < stored.local_date:
        day = await work.dailies.day(daily.channel, candidate.local_date)
        if day is None and candidate.at <= now:
            passed = passed or candidate
        elif day is None or day.is_untried:
            return passed or candidate
        candidate = next_occurrence_after_date(daily.schedule, candidate.local_date)
    return stored


def _again(daily: Daily) -> Occurrence:
    """The stored date's occurrence, or that of the first later date if the zone has lost this one."""
    if daily.zone_data == zone_data():
        return daily.next
    day_before = daily.next.local_date - timedelta(days=1)
    return occurrence_on(daily.schedule, daily.next.local_date) or next_occurrence_after_date(
        daily.schedule, day_before
    )
