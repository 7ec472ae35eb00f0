"""A clock that stands still until a test moves it."""

import asyncio
import heapq
from datetime import datetime, timedelta
from itertools import count

from tests.factories import NOON

_TURNS = 12
"""Turns of the event loop without any news from the database's thread that count as settled."""


class FakeClock:
    """Wakes its sleepers one by one, in the order of their instants, and lets all that follows happen before the next."""

    def __init__(self, now: datetime = NOON):
        self._now = now
        self._sleepers: list[tuple[datetime, int, asyncio.Future]] = []
        self._numbers = count()

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Moves the clock, also backwards, and wakes nobody."""
        self._now = now

    async def sleep_until(self, when: datetime) -> None:
        if when > self._now:
            woken = asyncio.get_running_loop().create_future()
            heapq.heappush(self._sleepers, (when, next(self._numbers), woken))
            await woken

    async def pause(self, seconds: float) -> None:
        """Others have their turn, and no time passes."""
        await asyncio.sleep(0)

    async def advance(self, seconds: float) -> None:
        end = self._now + timedelta(seconds=seconds)
        await self.settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            when, _, woken = heapq.heappop(self._sleepers)
            self._now = max(self._now, when)
            if not woken.done():
                woken.set_result(None)
            await self.settle()
        self._now = max(self._now, end)
        await self.settle()

    async def settle(self) -> None:
        """Returns once every task waits for this clock, or for something that a test does."""
        idle = 0
        while idle < _TURNS:
            before = self._busy()
            await asyncio.sleep(0)
            idle = idle + 1 if before == self._busy() == 0 else 0
            if self._busy():
                await asyncio.sleep(0.0005)

    def _busy(self) -> int:
        """How many tasks wait for the database's thread, or are about to run."""
        busy = 0
        asleep = {woken for _, _, woken in self._sleepers}
        for task in asyncio.all_tasks():
            if task is asyncio.current_task() or task.done():
                continue
            waits_for = getattr(task, "_fut_waiter", None)
            busy += not _rests(waits_for, asleep)
        return busy


def _rests(waits_for, asleep) -> bool:
    """Whether a task waits for nothing that is on its way by itself."""
    seen = set()
    while isinstance(waits_for, asyncio.Task) and waits_for not in seen:
        seen.add(waits_for)
        waits_for = getattr(waits_for, "_fut_waiter", None)
    return waits_for is not None and (waits_for in asleep or getattr(waits_for, "rests", False))
