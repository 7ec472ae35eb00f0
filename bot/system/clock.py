"""Real time: the one place where the machine is asked for it."""

import asyncio
import os
import zoneinfo
from datetime import UTC, datetime


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, when: datetime) -> None:
        # The event loop's clock stands still for changes of the wall clock: look again after each nap.
        while (left := (when - self.now()).total_seconds()) > 0:
            await asyncio.sleep(min(left, 30.0))

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def use_shipped_zones() -> None:
    """Reads the zones of the locked ``tzdata``, not the machine's own, so that all processes of one release agree on every instant.

    ``PYTHONTZPATH`` still goes before. Call it before any zone is read.
    """
    if "PYTHONTZPATH" not in os.environ:
        zoneinfo.reset_tzpath(to=())
