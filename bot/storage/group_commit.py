"""Guesses are written together: whatever waits goes into one transaction of a constant number of statements.

Thread hops and commits cost far more than SQL, so nothing is gained by a timer: a flush takes all that is pending at its start, and
what arrives meanwhile waits for the next. Nothing runs while nothing is pending.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from bot.domain.guesses import Guess, GuessOutcome
from bot.domain.ids import GameId, PlayerId

MAX_PENDING: Final = 10_000
MAX_BATCH: Final = 500

Write = Callable[[list[Guess]], Awaitable[list[GuessOutcome]]]
"""Writes guesses, no two of them of one player and round, and answers once they are durable; in the same order."""
Waiter = tuple[Guess, "asyncio.Future[GuessOutcome]"]


class GroupCommit:
    def __init__(self, write: Write) -> None:
        self._write = write
        self._pending: deque[Waiter] = deque()
        self._flusher: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(MAX_PENDING)

    async def submit(self, guess: Guess) -> GuessOutcome:
        """Waits where too much is pending already. A caller that is cancelled leaves its guess to be written."""
        async with self._room:
            loop = asyncio.get_running_loop()
            future: asyncio.Future[GuessOutcome] = loop.create_future()
            self._pending.append((guess, future))
            if self._flusher is None:
                self._flusher = loop.create_task(self._flush(), name="guesses")
            return await future

    async def drain(self) -> None:
        """Returns once nothing is pending."""
        while self._flusher is not None:
            await asyncio.shield(self._flusher)

    async def _flush(self) -> None:
        try:
            while self._pending:
                await self._flush_batch(self._take())
        finally:
            self._flusher = None

    def _take(self) -> list[Waiter]:
        """The oldest, but one only of each player and round: a second one is decided by what became of the first."""
        batch: list[Waiter] = []
        later: list[Waiter] = []
        taken: set[tuple[GameId, int, PlayerId]] = set()
        while self._pending and len(batch) < MAX_BATCH:
            guess, future = self._pending.popleft()
            key = (guess.game, guess.number, guess.player)
            (later if key in taken else batch).append((guess, future))
            taken.add(key)
        self._pending.extendleft(reversed(later))
        return batch

    async def _flush_batch(self, batch: list[Waiter]) -> None:
        try:
            outcomes = await self._write([guess for guess, _ in batch])
        except Exception as error:
            await self._flush_alone(batch, error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)

    async def _flush_alone(self, batch: list[Waiter], error: Exception) -> None:
        """One bad guess must not cost the others theirs: each is tried alone, and keeps its own error."""
        if len(batch) == 1:
            future = batch[0][1]
            if not future.done():
                future.set_exception(error)
            return
        for waiter in batch:
            await self._flush_batch([waiter])
