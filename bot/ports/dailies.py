"""What the core remembers of the daily posts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.daily import Daily, Day, DayAnswer, DayState
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, FactId


class DailyStore(Protocol):
    async def load(self, channel: ChannelId) -> Daily | None: ...

    async def save(self, daily: Daily) -> None:
        """New or changed."""
        ...

    async def remove(self, channel: ChannelId) -> None:
        """The schedule goes; its days stay, so that switching on again never posts twice on one date."""
        ...

    async def due(self, *, now: datetime, platforms: Collection[str], limit: int) -> tuple[Daily, ...]:
        """Schedules of these platforms' channels that are on with ``next`` at or before ``now``, the earliest first.

        Within ``begin()`` no other process takes them at the same time.
        """
        ...

    async def following(self, channel: ChannelId | None, *, limit: int) -> tuple[Daily, ...]:
        """All schedules by channel, from the first behind that one on."""
        ...

    async def of_community(self, community: CommunityId, *, limit: int) -> tuple[Daily, ...]:
        """By channel."""
        ...

    async def add_day(self, day: Day) -> bool:
        """``False`` if that date of the channel is there already: one unique row decides."""
        ...

    async def settle_days(self, outcomes: Sequence[tuple[ChannelId, date, DayState]]) -> None:
        """What became of days that are CLAIMED; any other is left as it is."""
        ...

    async def clear_failures(self, channels: Collection[ChannelId]) -> None:
        """These were posted to."""
        ...

    async def day(self, channel: ChannelId, local_date: date) -> Day | None: ...

    async def last_days(self, channel: ChannelId, *, limit: int) -> tuple[Day, ...]:
        """The newest first."""
        ...

    async def answer(self, channel: ChannelId, local_date: date, answer: DayAnswer, *, dedupe_key: str) -> GuessOutcome:
        """As for a guess: one answer, which may be changed once; ``CLOSED`` once the day is revealed."""
        ...

    async def told_since(self, channel: ChannelId, when: datetime) -> tuple[FactId, ...]:
        """The facts of the posts that were due at that instant or later, and were sent."""
        ...
