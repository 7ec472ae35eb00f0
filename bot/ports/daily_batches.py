"""Many daily posts at once: what a batch of schedules needs to know, and all that it changes, in a few statements each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.domain.channels import Channel
from bot.domain.daily import Daily, Day, DayAnswer, DayState, DayStreak
from bot.domain.ids import ChannelId, FactId, PlayerId
from bot.domain.selection import Cursor

DayKey = tuple[ChannelId, date]
CursorKey = tuple[ChannelId, str]
"""A channel and a pool, with its pack."""


@dataclass(frozen=True, slots=True)
class LastPost:
    """The newest day of a channel that was posted, if it asked a question: who was right, and how they stood before."""

    day: Day
    previous: date | None
    """The channel's last date with a question before that one."""
    was_answered: bool
    right: tuple[DayAnswer, ...] = ()
    """In order of arrival."""
    streaks: Mapping[PlayerId, DayStreak] = field(default_factory=dict)

    @property
    def is_unseen(self) -> bool:
        """Nobody may have seen it."""
        return self.day.state is DayState.UNCERTAIN and not self.was_answered


@dataclass(slots=True)
class DailyChanges:
    """What a batch writes, but for its posts."""

    dailies: list[Daily] = field(default_factory=list)
    claimed: list[Day] = field(default_factory=list)
    """New, or in the place of a date that was recorded as missed."""
    missed: list[Day] = field(default_factory=list)
    """Left as they are where they are known."""
    revealed: list[Day] = field(default_factory=list)
    streaks: list[tuple[ChannelId, DayStreak]] = field(default_factory=list)
    cursors: list[tuple[ChannelId, str, Cursor]] = field(default_factory=list)
    told: list[tuple[ChannelId, FactId]] = field(default_factory=list)


class DailyBatchStore(Protocol):
    async def held(self, channels: Collection[ChannelId]) -> Mapping[ChannelId, Daily]:
        """Their schedules, which no other process changes until this transaction ends; without those that another holds now."""
        ...

    async def settings(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, Channel]:
        """Every channel of these, as set or with the defaults."""
        ...

    async def days(self, wanted: Collection[DayKey]) -> Mapping[DayKey, Day]:
        """Those of the wanted that are known."""
        ...

    async def cursors(self, wanted: Collection[CursorKey]) -> Mapping[CursorKey, Cursor]:
        """By channel and pool; a pool that was never drawn from is left out."""
        ...

    async def recent(self, channels: Collection[ChannelId]) -> Mapping[ChannelId, tuple[str, ...]]:
        """As ``CursorStore.recent``; channels that were told nothing are left out."""
        ...

    async def last_posts(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, LastPost]:
        """Before each schedule's next date; only where that post asked a question."""
        ...

    async def unseen(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, FactId]:
        """The fact of each channel's newest day with one, before its schedule's next date, where that day came to nothing."""
        ...

    async def told_days(self, channels: Collection[ChannelId], *, since: date) -> Mapping[DayKey, FactId]:
        """Which fact was posted on which date, on that date or later."""
        ...

    async def write(self, changes: DailyChanges) -> None: ...
