"""The schema, one for SQLite and PostgreSQL. Instants are microseconds since 1970, UTC; texts are the core's own values."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
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

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared by its bytes, as SQLite does, whatever a server's locale: faster, and prefixes are found by an index."""


def begins(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Whether a text begins so, to the letter: LIKE takes a capital for a small one in SQLite, and asks no index."""
    return and_(column >= prefix, column < prefix + "\U0010ffff")


metadata = MetaData()

channels = Table(
    "channels",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("community", WORDS, nullable=False),
    Column("language", WORDS),
    Column("spoilers", WORDS, nullable=False),
    Column("pack", WORDS),
    Column("quiz", WORDS, nullable=False),
)

games = Table(
    "games",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("channel", WORDS, nullable=False),
    Column("community", WORDS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("wake_at", Instant),
    Column("state", WORDS, nullable=False),
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
    Column("game", WORDS, nullable=False),
    Column("number", Integer, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("closes_at", Instant, nullable=False),
    PrimaryKeyConstraint("game", "number"),
    sqlite_with_rowid=False,  # every answer looks its round up: one search, not two
)

guesses = Table(
    "guesses",
    metadata,
    Column("game", WORDS, nullable=False),
    Column("number", Integer, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("option", Integer),
    Column("text", WORDS),
    Column("is_right", Boolean, nullable=False),
    Column("elapsed_ms", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", WORDS, nullable=False),
    Column("first_key", WORDS, nullable=False),
    Column("changes", Integer, nullable=False),
    PrimaryKeyConstraint("game", "number", "player"),
)

awards = Table(
    "awards",
    metadata,
    Column("game", WORDS, nullable=False),
    Column("number", Integer, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("channel", WORDS, nullable=False),
    Column("community", WORDS, nullable=False),
    Column("topic", WORDS, nullable=False),
    Column("question", WORDS, nullable=False),
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
    Column("game", WORDS, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("channel", WORDS, nullable=False),
    Column("community", WORDS, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("game", "player"),
    Index("wins_of_player", "player"),
)

players = Table(
    "players",
    metadata,
    Column("id", WORDS, primary_key=True),
    Column("name", WORDS, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("channel", WORDS, nullable=False),
    Column("pool", WORDS, nullable=False),
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
    Column("pack", WORDS, nullable=False),
    Column("pool", WORDS, nullable=False),
    Column("item", WORDS, nullable=False),
    UniqueConstraint("pack", "pool", "item"),
)

recent = Table(
    "recent",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("channel", WORDS, nullable=False),
    Column("item", WORDS, nullable=False),
    Index("recent_of_channel", "channel", "id"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("key", WORDS, nullable=False, unique=True),
    Column("channel", WORDS, nullable=False),
    Column("card", WORDS, nullable=False),  # empty once it is settled: names of players stand in it
    Column("subject", WORDS, nullable=False),
    Column("edits", WORDS),
    Column("expires_at", Instant),
    Column("state", WORDS, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("message", WORDS),
    Column("posted_at", Instant),
    Column("error", WORDS, nullable=False),
    Index(
        "posts_waiting",
        "channel",
        "id",
        sqlite_where=text("state IN ('due', 'sending')"),
        postgresql_where=text("state IN ('due', 'sending')"),
    ),
    Index(
        "posts_due",
        "due_at",
        sqlite_where=text("state IN ('due', 'sending')"),
        postgresql_where=text("state IN ('due', 'sending')"),
    ),
    Index(
        "posts_settled",
        "due_at",
        sqlite_where=text("state NOT IN ('due', 'sending')"),
        postgresql_where=text("state NOT IN ('due', 'sending')"),
    ),
)

reports = Table(
    "reports",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("question", WORDS, nullable=False),
    Column("channel", WORDS, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("text", WORDS, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", WORDS, nullable=False, unique=True),
)

seen = Table(
    "seen",
    metadata,
    Column("key", WORDS, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
)

room_messages = Table(
    "room_messages",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("room", WORDS, nullable=False),
    Column("key", WORDS, nullable=False),
    Column("author", WORDS, nullable=False),
    Column("body", WORDS, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("room", "key"),
    Index("room_messages_of_room", "room", "id"),
)

room_members = Table(
    "room_members",
    metadata,
    Column("id", _BIG_SERIAL, primary_key=True, autoincrement=True),
    Column("room", WORDS, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("room", "player"),
)

notes = Table(
    "notes",
    metadata,
    Column("key", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

dailies = Table(
    "dailies",
    metadata,
    Column("channel", WORDS, primary_key=True),
    Column("community", WORDS, nullable=False, index=True),
    Column("time", WORDS, nullable=False),
    Column("zone", WORDS, nullable=False),
    Column("weekdays", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("set_by", WORDS, nullable=False),
    Column("set_by_name", WORDS, nullable=False),
    Column("language", WORDS, nullable=False),
    Column("next_date", LocalDate, nullable=False),
    Column("next_run_at", Instant, nullable=False),
    Column("zone_data", WORDS, nullable=False),
    Column("failures", Integer, nullable=False),
    Index("dailies_due", "next_run_at", sqlite_where=text("state = 'on'"), postgresql_where=text("state = 'on'")),
)

daily_days = Table(
    "daily_days",
    metadata,
    Column("channel", WORDS, nullable=False),
    Column("local_date", LocalDate, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("pack", WORDS),
    Column("fact", WORDS),
    Column("question", WORDS),
    Column("order", WORDS, nullable=False),
    Column("revealed", Boolean, nullable=False),
    PrimaryKeyConstraint("channel", "local_date"),
)

daily_answers = Table(
    "daily_answers",
    metadata,
    Column("channel", WORDS, nullable=False),
    Column("local_date", LocalDate, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("option", Integer, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("dedupe_key", WORDS, nullable=False),
    Column("first_key", WORDS, nullable=False),
    Column("changes", Integer, nullable=False),
    PrimaryKeyConstraint("channel", "local_date", "player"),
)

daily_streaks = Table(
    "daily_streaks",
    metadata,
    Column("channel", WORDS, nullable=False),
    Column("player", WORDS, nullable=False),
    Column("name", WORDS, nullable=False),
    Column("days", Integer, nullable=False),
    Column("last_date", LocalDate, nullable=False),
    PrimaryKeyConstraint("channel", "player"),
)
