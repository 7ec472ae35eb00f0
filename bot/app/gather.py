"""Calls that come while others are being worked on wait, and are then worked on together: no timer, and no wait for one alone."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.app.tasks import Tasks

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Gather(Generic[ItemT, ResultT]):
    """``work`` answers for several items in their order. Where it fails, each is tried alone, and bears its own error."""

    def __init__(
        self, tasks: Tasks, name: str, work: Callable[[list[ItemT]], Awaitable[list[ResultT]]], *, at_most: int
    ) -> None:
        self._tasks = tasks
        self._name = name
        self._work = work
        self._at_most = at_most
        self._waiting: deque[tuple[ItemT, asyncio.Future[ResultT]]] = deque()
        self._is_working = False

    async def __call__(self, item: ItemT) -> ResultT:
        future: asyncio.Future[ResultT] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if not self._is_working:
            self._is_working = True
            self._tasks.spawn(self._work_off(), self._name)
        return await future

    async def _work_off(self) -> None:
        batch: list[tuple[ItemT, asyncio.Future[ResultT]]] = []
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(self._at_most, len(self._waiting)))]
                await self._work_on(batch)
        finally:
            self._is_working = False
            # Only where this is cut short is anybody left.
            for _, future in (*batch, *self._waiting):
                future.cancel()

    async def _work_on(self, batch: list[tuple[ItemT, "asyncio.Future[ResultT]"]]) -> None:
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:
            if len(batch) > 1:
                for one in batch:
                    await self._work_on([one])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
