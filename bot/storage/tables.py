"""The schema, one for SQLite and PostgreSQL. Instants are microseconds since 1970, UTC; texts are the core's own values."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware instant, to the microsecond, comparable in SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class LocalDate(TypeDecorator[date]):
    """A date without a zone, as ``YYYY-MM-DD``: it sorts as a date does."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


_BIG_SERIAL = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only for its own INTEGER."""

metadata = MetaData()

channels = Table(
    "channels",
    metadata,
    Column("id", Text, primary_key=True),
    Column("community", Text, nullable=False),
    Column("language", Text),
    Column("spoilers", Text, nullable=False),
    Column("pack", Text),
    Column("quiz", Text, nullable=False),
)

games = Table(
    "games",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("wake_at", Instant),
    Column("state", Text, nullable=False),
    Index(
        "one_running_game_a_channel",
        "channel",
        unique=True,
        sqlite_where=text("NOT ended"),
        postgresql_where=text("NOT ended"),
    ),
    Index(
        "games_waking",
        "wake_at",
        sqlite_where=text("wake_at IS NOT NULL"),
        postgresql_where=text("wake_at IS NOT NULL"),
    ),
)

rounds = Table(
    "rounds",
    metadata,
    Column("game", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("closes_at", Instant, nullable=False),
    PrimaryKeyConstraint("game", "number"),
)

guesses = Table(
    "guesses",
    metadata,
    Column("game", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("player", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("option", Integer),
    Column("text", Text),
    Column("is_right", Boolean, nullable=False),
    Column("elapsed_ms", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    PrimaryKeyConstraint("game", "number", "player"),
)

awards = Table(
    "awards",
    metadata,
    Column("game", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("player", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("points", Integer, nullable=False),
    Column("streak", Integer, nullable=False),
    Column("elapsed_ms", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("game", "number", "player"),
    Index("awards_of_channel", "channel", "at"),
    Index("awards_of_community", "community", "at"),
    Index("awards_of_player", "player"),
)

wins = Table(
    "wins",
    metadata,
    Column("game", Text, nullable=False),
    Column("player", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("game", "player"),
    Index("wins_of_player", "player"),
)

players = Table(
    "players",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("channel", Text, nullable=False),
    Column("pool", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    PrimaryKeyConstraint("channel", "pool"),
)

pool_order = Table(
    "pool_order",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("pack", Text, nullable=False),
    Column("pool", Text, nullable=False),
    Column("item", Text, nullable=False),
    UniqueConstraint("pack", "pool", "item"),
)

recent = Table(
    "recent",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("item", Text, nullable=False),
    Index("recent_of_channel", "channel", "id"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("edits", Text),
    Column("expires_at", Instant),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("message", Text),
    Column("posted_at", Instant),
    Column("error", Text, nullable=False),
    Index(
        "posts_waiting",
        "channel",
        "id",
        sqlite_where=text("state IN ('due', 'sending')"),
        postgresql_where=text("state IN ('due', 'sending')"),
    ),
)

reports = Table(
    "reports",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("question", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("player", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", Text, nullable=False, unique=True),
)

seen = Table(
    "seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

room_messages = Table(
    "room_messages",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("room", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("room", "key"),
)

room_members = Table(
    "room_members",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("room", Text, nullable=False),
    Column("player", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("room", "player"),
)

notes = Table(
    "notes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

dailies = Table(
    "dailies",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("community", Text, nullable=False, index=True),
    Column("time", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_by_name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("next_date", LocalDate, nullable=False),
    Column("next_run_at", Instant, nullable=False),
    Column("zone_data", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Index("dailies_due", "next_run_at", sqlite_where=text("state = 'on'"), postgresql_where=text("state = 'on'")),
)

daily_days = Table(
    "daily_days",
    metadata,
    Column("channel", Text, nullable=False),
    Column("local_date", LocalDate, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("pack", Text),
    Column("fact", Text),
    Column("question", Text),
    Column("order", Text, nullable=False),
    Column("revealed", Boolean, nullable=False),
    PrimaryKeyConstraint("channel", "local_date"),
)

daily_answers = Table(
    "daily_answers",
    metadata,
    Column("channel", Text, nullable=False),
    Column("local_date", LocalDate, nullable=False),
    Column("player", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("option", Integer, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    PrimaryKeyConstraint("channel", "local_date", "player"),
)

daily_streaks = Table(
    "daily_streaks",
    metadata,
    Column("channel", Text, nullable=False),
    Column("player", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("last_date", LocalDate, nullable=False),
    PrimaryKeyConstraint("channel", "player"),
)
