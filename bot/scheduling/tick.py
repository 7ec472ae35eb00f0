"""The tick: one coalesced job that finds what no timer holds, and nothing a channel or game of its own."""

from collections.abc import Awaitable, Callable
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

TICK_S: Final = 2


class Ticker:
    """Calls ``tick`` every two seconds, never twice at once; a late tick is made up for by one."""

    def __init__(self, tick: Callable[[], Awaitable[None]]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            tick,
            IntervalTrigger(seconds=TICK_S, timezone="UTC"),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
