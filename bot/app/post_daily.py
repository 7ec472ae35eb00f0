"""The daily post: claims the dates that are due, and writes what is owed for each in the same transaction.

The date of a channel is one unique row, written before anything is sent; the message is a row of ``posts`` with the key
``daily:<date>:<channel>``, delivered like every other. So a crash at any point, a restart, a second process or a clock set back can
neither repeat a date nor lose one, but for an outage beyond the catch-up window, which is recorded.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.app.core import Core
from bot.app.plan_daily import Plan, Planner
from bot.app.tell_manager import owe_failing, owe_running_low
from bot.domain.daily import Day
from bot.domain.ids import FactId
from bot.domain.selection import Cursor
from bot.ports.daily_batches import DailyChanges, LastPost
from bot.ports.store import Work

BATCH: Final = 10
"""So many schedules share a transaction; what waits for the database meanwhile, a press above all, is not to wait long."""


async def post_due(core: Core) -> int:
    """One batch; answers how many schedules were due, ``BATCH`` if there may be more."""
    now = core.clock.now()
    async with core.store.view() as work:
        due = await work.dailies.due(now=now, platforms=tuple(core.gateways), limit=BATCH)
        plans = await Planner(core, work, now).plans(due) if due else []
    if not plans:
        return 0
    async with core.outbox.bulk, core.store.begin() as work:
        carried_out = await _standing(work, plans)
        await _write(work, carried_out, now)
    for plan in carried_out:
        if plan.post:
            core.outbox.kick(plan.channel)
    return len(plans)


async def _standing(work: Work, plans: Sequence[Plan]) -> list[Plan]:
    """Those whose grounds are as they were found. What a manager, a player or another process has changed since is planned anew."""
    held = await work.daily_batches.held([plan.channel for plan in plans])
    cursors = await work.daily_batches.cursors({drawn.key for plan in plans for drawn in plan.drawn})
    last = await work.daily_batches.last_posts([plan.before for plan in plans if plan.post])
    return [
        plan
        for plan in plans
        if held.get(plan.channel) == plan.before
        and last.get(plan.channel) == plan.last
        and all(cursors.get(drawn.key, Cursor()) == drawn.before for drawn in plan.drawn)
    ]


async def _write(work: Work, plans: Sequence[Plan], now: datetime) -> None:
    changes = DailyChanges(
        dailies=[plan.after for plan in plans],
        claimed=[plan.claimed for plan in plans if plan.claimed],
        missed=[day for plan in plans for day in plan.missed],
        revealed=[_closed(plan.last) for plan in plans if plan.last],
        streaks=[(plan.channel, streak) for plan in plans for streak in plan.streaks],
        cursors=[(*drawn.key, drawn.after) for plan in plans for drawn in plan.drawn],
        told=[(plan.channel, _fact_of(plan.claimed)) for plan in plans if plan.claimed and plan.post],
    )
    await work.daily_batches.write(changes)
    await work.posts.add([plan.post for plan in plans if plan.post], now=now)
    for plan in plans:
        if plan.has_given_up:
            await owe_failing(work, plan.after, missing="", is_empty=not plan.has_facts)
        if plan.low_turn:
            await owe_running_low(work, plan.before, plan.low_turn)


def _fact_of(day: Day) -> FactId:
    assert day.fact is not None, "a day with a post has a fact"
    return day.fact


def _closed(last: LastPost) -> Day:
    """It takes no answers any more; a question that perhaps never arrived counts as never asked, so that it breaks no streak."""
    day = replace(last.day, revealed=True)
    return replace(day, question=None, order=()) if last.is_unseen else day
