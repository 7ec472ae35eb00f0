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
    def __init__(self, write: Write, is_fault_of_one: Callable[[Exception], bool]) -> None:
        """``is_fault_of_one`` tells an error that one guess of a batch may have caused from one that none could help."""
        self._write = write
        self._is_fault_of_one = is_fault_of_one
        self._pending: deque[Waiter] = deque()
        self._flusher: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(MAX_PENDING)

    async def submit(self, guess: Guess) -> GuessOutcome:
        """Waits where too much is pending already. A caller that is cancelled after that leaves its guess to be written."""
        await self._room.acquire()
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
        batch: list[Waiter] = []
        try:
            while self._pending:
                batch = self._take()
                await self._flush_batch(batch)
        finally:
            self._flusher = None
            # Only where the loop itself is being torn down is anybody left to be told.
            for _, future in (*batch, *self._pending):
                future.cancel()

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
        for _ in batch:
            self._room.release()
        return batch

    async def _flush_batch(self, batch: list[Waiter]) -> None:
        """One bad guess must not cost the others theirs: its batch is halved until it stands alone, with its own error."""
        try:
            outcomes = await self._write([guess for guess, _ in batch])
        except Exception as error:
            if len(batch) > 1 and self._is_fault_of_one(error):
                middle = len(batch) // 2
                await self._flush_batch(batch[:middle])
                await self._flush_batch(batch[middle:])
                return
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)
