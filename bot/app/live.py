"""The count of answers on a running question: refreshed at once, and then at most once in the platform's interval."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.app.tasks import Tasks
from bot.domain.ids import GameId
from bot.ports.time import Clock


class LiveCounts:
    """Coalesces any number of answers to one refresh a game and interval."""

    def __init__(self, clock: Clock, tasks: Tasks, refresh: Callable[[GameId], Awaitable[None]]) -> None:
        self._clock = clock
        self._tasks = tasks
        self._refresh = refresh
        self._last: dict[GameId, datetime] = {}
        self._waiting: set[GameId] = set()

    def touch(self, game: GameId, *, interval_s: float) -> None:
        """Somebody answered."""
        if game not in self._waiting:
            self._waiting.add(game)
            now = self._clock.now()
            at = max(now, self._last.get(game, now - timedelta(seconds=interval_s)) + timedelta(seconds=interval_s))
            self._tasks.later(self._clock, at, lambda: self._now(game), f"live {game}")

    def forget(self, game: GameId) -> None:
        self._last.pop(game, None)

    async def _now(self, game: GameId) -> None:
        self._waiting.discard(game)
        self._last[game] = self._clock.now()
        await self._refresh(game)
