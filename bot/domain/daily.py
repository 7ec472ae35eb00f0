"""The daily post of a channel: its schedule, its days, and the streaks of those who answer."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.calendar import Occurrence, Schedule, next_occurrence, next_occurrence_after_date
from bot.domain.ids import ChannelId, CommunityId, FactId, PackId, PlayerId, QuestionId
from bot.domain.language import Language

CATCH_UP: Final = timedelta(hours=6)
"""A post later than this is not worth making: it is recorded as missed."""
LATE_AFTER: Final = timedelta(minutes=15)
"""A post later than this says so."""
FAILING_DAYS: Final = 3
"""So many days in a row without a post switch the schedule off."""
MISSED_KEPT: Final = 14
"""After a long outage so many missed dates are recorded; those before them are passed over."""


class DailyKind(StrEnum):
    FACT = "fact"
    FACT_AND_QUESTION = "fact+question"


class DailyState(StrEnum):
    ON = "on"
    PAUSED = "paused"
    FAILED = "failed"
    """Switched off by the bot after several days of failures; everything is kept."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A channel's schedule. ``next`` is the calendar's answer, stored; a paused or failed one keeps its place in the calendar."""

    channel: ChannelId
    community: CommunityId
    schedule: Schedule
    kind: DailyKind
    state: DailyState
    set_by: PlayerId
    set_by_name: str
    language: Language
    """What the channel spoke when it was set up; what its managers set since goes before it."""
    next: Occurrence
    zone_data: str
    """The version of the zones' data that ``next`` was worked out with."""
    failures: int = 0
    """Days in a row that came to nothing."""

    def upcoming(self, now: datetime) -> Occurrence:
        """``next``, but for a schedule that stood still while its dates went by."""
        if self.state is DailyState.ON:
            return self.next
        ahead = next_occurrence(self.schedule, after=now)
        return max(self.next, ahead, key=lambda occurrence: occurrence.local_date)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What a schedule owes at an instant."""

    missed: tuple[Occurrence, ...]
    """Too late to be worth a post; the newest, the oldest of them first."""
    current: Occurrence | None
    """To be posted now."""
    following: Occurrence
    """Still to come."""


def overdue(daily: Daily, now: datetime) -> Overdue:
    """Every date since the last one that was claimed. Of those within the catch-up window only the newest is worth a post."""
    missed: list[Occurrence] = []
    current: Occurrence | None = None
    occurrence = daily.next
    while occurrence.at <= now:
        missed += [current] if current else []
        current = occurrence
        occurrence = next_occurrence_after_date(daily.schedule, occurrence.local_date)
    if current is not None and now - current.at >= CATCH_UP:
        missed.append(current)
        current = None
    return Overdue(tuple(missed[-MISSED_KEPT:]), current, occurrence)


class DayState(StrEnum):
    """What became of one local date."""

    CLAIMED = "claimed"
    POSTED = "posted"
    LATE = "late"
    MISSED = "missed"
    """The bot or the platform was away beyond the catch-up window."""
    SKIPPED = "skipped"
    """At a manager's wish."""
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """Nobody can know whether it arrived; it is not repeated."""


@dataclass(frozen=True, slots=True)
class Day:
    """One local date of a channel: unique, and written before anything is sent."""

    channel: ChannelId
    local_date: date
    due_at: datetime
    state: DayState
    pack: PackId | None = None
    fact: FactId | None = None
    question: QuestionId | None = None
    order: tuple[int, ...] = ()
    """The question's options as shown; empty without a question."""
    revealed: bool = False
    """It takes no answers any more."""

    @property
    def is_untried(self) -> bool:
        """It went by without any post of it: should the clock come to it again, it may be posted."""
        return self.state is DayState.MISSED and self.fact is None


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """A player's answer to a day's question."""

    player: PlayerId
    name: str
    option: int
    right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class DayStreak:
    """Days in a row that a player answered right, and the last of them."""

    player: PlayerId
    name: str
    days: int
    last_date: date


def extend_streak(before: DayStreak | None, answer: DayAnswer, day: date, previous: date | None) -> DayStreak:
    """The streak after a right answer. ``previous`` is the channel's last date with a question before this one: whatever lies
    between the two (weekends off, days that the bot missed) breaks nothing. A day that is counted again counts once."""
    if before is not None and before.last_date == day:
        return replace(before, name=answer.name)
    unbroken = before is not None and before.last_date == previous
    days = before.days + 1 if before is not None and unbroken else 1
    return DayStreak(answer.player, answer.name, days, day)


def counted(daily: Daily, *, delivered: bool) -> Daily:
    """With a day's outcome: so many that came to nothing, one after the other, switch the schedule off, and keep it."""
    if delivered:
        return replace(daily, failures=0)
    failures = daily.failures + 1
    gives_up = failures >= FAILING_DAYS and daily.state is DailyState.ON
    return replace(daily, failures=failures, state=DailyState.FAILED if gives_up else daily.state)
