"""How fast the bot's own requests go out: under Discord's limit for all of them, for every refusal counts towards a ban.

Answers to presses and commands are not among them: that limit does not bind interactions.
"""

import asyncio
import heapq
from itertools import count

from bot.ports.time import Clock


class Pace:
    """A queue of requests. What can wait, such as ten thousand daily posts, stands behind whatever a game needs now."""

    def __init__(self, clock: Clock, per_second: float) -> None:
        self._clock = clock
        self._interval_s = 1 / per_second
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._usher: asyncio.Task[None] | None = None

    async def turn(self, *, can_wait: bool = False) -> None:
        """Returns when a request may go."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (can_wait, next(self._numbers), mine))
        if self._usher is None:
            self._usher = loop.create_task(self._admit(), name="pace")
        await mine

    async def _admit(self) -> None:
        try:
            while self._waiting:
                *_, first = heapq.heappop(self._waiting)
                if not first.done():
                    first.set_result(None)
                    await self._clock.pause(self._interval_s)
        finally:
            self._usher = None
            # Only where the loop itself is being torn down is anybody left.
            for *_, left in self._waiting:
                left.cancel()
