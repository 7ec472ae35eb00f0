"""Standings: whose points count over which time, and who is level with whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.ids import PlayerId, TopicId


class Period(StrEnum):
    """Weeks begin on Monday, seasons are the quarters of the year; all in UTC."""

    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


class Scope(StrEnum):
    CHANNEL = "channel"
    COMMUNITY = "community"


def period_start(period: Period, now: datetime) -> datetime | None:
    """The instant from which points count; ``None`` for all time."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case Period.WEEK:
            return today - timedelta(days=today.weekday())
        case Period.MONTH:
            return today.replace(day=1)
        case Period.SEASON:
            return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        case Period.ALL:
            return None


@dataclass(frozen=True, slots=True)
class Standing:
    """A player's sums over a period; ``rank`` counts from 1 and is shared in a tie."""

    rank: int
    player: PlayerId
    name: str
    points: int
    right: int
    answers: int
    wins: int
    """Games won against at least one other player."""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    topic: TopicId
    right: int
    answers: int


@dataclass(frozen=True, slots=True)
class PlayerRecord:
    """A player's own sums in one community, over all time."""

    points: int
    right: int
    answers: int
    games: int
    wins: int
    best_streak: int
    fastest_ms: int | None
    topics: tuple[TopicRecord, ...]
