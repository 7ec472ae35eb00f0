"""Work that goes on after its caller was answered: held until it is done, and its failure logged."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime

from bot.ports.time import Clock

log = logging.getLogger(__name__)


class Tasks:
    """Background tasks of one event loop."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._asleep: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[object, object, None], name: str) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    def later(
        self, clock: Clock, when: datetime, work: Callable[[], Coroutine[object, object, None]], name: str
    ) -> "asyncio.Task[None]":
        """The same, at an instant; :meth:`finish` does not wait for what still sleeps."""

        async def sleep_and_work() -> None:
            await clock.sleep_until(when)
            self._asleep.discard(task)
            await work()

        task = self.spawn(sleep_and_work(), name)
        self._asleep.add(task)
        return task

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._asleep.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background work failed", extra={"task": task.get_name()}, exc_info=error)

    async def finish(self, timeout_s: float) -> None:
        """Wakes nothing any more, waits for what is running, then cancels what is left."""
        for task in set(self._asleep):
            task.cancel()
        if self._running:
            await asyncio.wait(set(self._running), timeout=timeout_s)
        left = set(self._running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
