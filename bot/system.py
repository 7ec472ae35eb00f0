"""Real time and real chance: the one place where the machine is asked for either."""

import asyncio
import random
import secrets
import string
from collections.abc import Sequence
from datetime import UTC, datetime

_TOKEN_LETTERS = string.ascii_lowercase + string.digits


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, when: datetime) -> None:
        # The event loop's clock stands still for changes of the wall clock: look again after each nap.
        while (left := (when - self.now()).total_seconds()) > 0:
            await asyncio.sleep(min(left, 30.0))


class SystemChance:
    """Not to be guessed, not even by somebody who saw all that came before."""

    def __init__(self) -> None:
        self._random = random.SystemRandom()

    def token(self, length: int) -> str:
        return "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(length))

    def shuffled(self, items: Sequence[int]) -> tuple[int, ...]:
        return tuple(self._random.sample(items, len(items)))
