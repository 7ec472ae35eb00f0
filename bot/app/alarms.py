"""When games move by themselves: exact timers in this process, one sleeping task for all of them."""

import heapq
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.app.tasks import Tasks
from bot.domain.ids import GameId
from bot.ports.time import Clock

log = logging.getLogger(__name__)


class Alarms:
    """Rings for a game at the last instant set for it. A tick over the database finds what no process holds."""

    def __init__(self, clock: Clock, tasks: Tasks, ring: Callable[[GameId], Awaitable[None]]) -> None:
        self._clock = clock
        self._tasks = tasks
        self._ring = ring
        self._due: dict[GameId, datetime] = {}
        self._heap: list[tuple[datetime, GameId]] = []
        self._sleep_until: datetime | None = None
        self._turn = 0

    def set(self, game: GameId, when: datetime | None) -> None:
        """``None``: the game moves by itself no more."""
        if when is None:
            self._due.pop(game, None)
            return
        if self._due.get(game) == when:
            return
        self._due[game] = when
        heapq.heappush(self._heap, (when, game))
        if self._sleep_until is None or when < self._sleep_until:
            self._sleep(when)

    def stop(self) -> None:
        """Rings for nobody any more."""
        self._turn += 1
        self._heap.clear()
        self._due.clear()

    def _sleep(self, when: datetime) -> None:
        # An earlier alarm starts a new sleeper; the old one sees that its turn has passed and ends.
        self._turn += 1
        self._sleep_until = when
        turn = self._turn
        self._tasks.later(self._clock, when, lambda: self._wake(turn), "alarms")

    async def _wake(self, turn: int) -> None:
        if turn != self._turn:
            return
        self._sleep_until = None
        self._ring_due()
        if self._heap:
            self._sleep(self._heap[0][0])

    def _ring_due(self) -> None:
        now = self._clock.now()
        while self._heap and self._heap[0][0] <= now:
            when, game = heapq.heappop(self._heap)
            if self._due.get(game) == when:
                del self._due[game]
                self._tasks.spawn(self._rung(game), f"alarm {game}")

    async def _rung(self, game: GameId) -> None:
        await self._ring(game)
