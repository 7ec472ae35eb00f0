"""What the core remembers of the daily posts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.daily import Daily, Day, DayAnswer, DayState, DayStreak
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, FactId, PlayerId


class DailyStore(Protocol):
    async def load(self, channel: ChannelId) -> Daily | None: ...

    async def save(self, daily: Daily) -> None:
        """New or changed."""
        ...

    async def remove(self, channel: ChannelId) -> None:
        """The schedule goes; its days stay, so that switching on again never posts twice on one date."""
        ...

    async def due(self, *, now: datetime, limit: int) -> tuple[Daily, ...]:
        """Schedules that are on with ``next`` at or before ``now``, the earliest first; within ``begin()`` no other process takes
        them at the same time."""
        ...

    async def outdated(self, *, zone_data: str, limit: int) -> tuple[Daily, ...]:
        """Schedules whose next instant was worked out with other data of the zones."""
        ...

    async def of_community(self, community: CommunityId, *, limit: int) -> tuple[Daily, ...]:
        """By channel."""
        ...

    async def add_day(self, day: Day) -> bool:
        """``False`` if that date of the channel is there already: one unique row decides."""
        ...

    async def save_day(self, day: Day) -> None: ...

    async def set_day_state(self, channel: ChannelId, local_date: date, state: DayState) -> None: ...

    async def day(self, channel: ChannelId, local_date: date) -> Day | None: ...

    async def last_days(self, channel: ChannelId, *, limit: int) -> tuple[Day, ...]:
        """The newest first."""
        ...

    async def questions_before(self, channel: ChannelId, local_date: date, *, limit: int) -> tuple[Day, ...]:
        """Days with a question that was posted, before that date, the newest first."""
        ...

    async def answer(self, channel: ChannelId, local_date: date, answer: DayAnswer, *, dedupe_key: str) -> GuessOutcome:
        """As for a guess: one answer, which may be changed once; ``CLOSED`` once the day is revealed."""
        ...

    async def answers(self, channel: ChannelId, local_date: date) -> tuple[DayAnswer, ...]: ...

    async def streaks(self, channel: ChannelId, players: Sequence[PlayerId]) -> tuple[DayStreak, ...]: ...

    async def save_streaks(self, channel: ChannelId, streaks: Sequence[DayStreak]) -> None: ...

    async def told_since(self, channel: ChannelId, local_date: date) -> tuple[FactId, ...]:
        """The facts posted on that date or later."""
        ...
