"""Time and chance, from outside: nothing in the core asks the machine for either."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""
        ...

    async def sleep_until(self, when: datetime) -> None:
        """Returns at ``when`` by this clock, at once if that has passed."""
        ...

    async def pause(self, seconds: float) -> None:
        """Lets others work for a moment, however the clock is set meanwhile."""
        ...


class Chance(Protocol):
    def token(self, length: int) -> str:
        """So many lower-case letters and digits, not to be guessed."""
        ...

    def shuffled(self, items: Sequence[int]) -> tuple[int, ...]: ...
