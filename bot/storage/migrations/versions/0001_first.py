"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "awards",
        sa.Column("game", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("community", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("question", WORDS, nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("game", "number", "player"),
    )
    op.create_index("awards_of_channel", "awards", ["channel", "at"], unique=False)
    op.create_index("awards_of_community", "awards", ["community", "at"], unique=False)
    op.create_index("awards_of_player", "awards", ["player"], unique=False)
    op.create_table(
        "channels",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("community", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=True),
        sa.Column("spoilers", WORDS, nullable=False),
        sa.Column("pack", WORDS, nullable=True),
        sa.Column("quiz", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "cursors",
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("pool", WORDS, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "pool"),
    )
    op.create_table(
        "dailies",
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("community", WORDS, nullable=False),
        sa.Column("time", WORDS, nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column("weekdays", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("set_by", WORDS, nullable=False),
        sa.Column("set_by_name", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("next_date", sa.String(10), nullable=False),
        sa.Column("next_run_at", sa.BigInteger(), nullable=False),
        sa.Column("zone_data", WORDS, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_index(
        "dailies_due",
        "dailies",
        ["next_run_at"],
        unique=False,
        sqlite_where=sa.text("state = 'on'"),
        postgresql_where=sa.text("state = 'on'"),
    )
    op.create_index(op.f("ix_dailies_community"), "dailies", ["community"], unique=False)
    op.create_table(
        "daily_answers",
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("local_date", sa.String(10), nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dedupe_key", WORDS, nullable=False),
        sa.Column("first_key", WORDS, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "local_date", "player"),
    )
    op.create_table(
        "daily_days",
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("local_date", sa.String(10), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("pack", WORDS, nullable=True),
        sa.Column("fact", WORDS, nullable=True),
        sa.Column("question", WORDS, nullable=True),
        sa.Column("order", WORDS, nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "local_date"),
    )
    op.create_table(
        "daily_streaks",
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_date", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("channel", "player"),
    )
    op.create_table(
        "games",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("community", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("wake_at", sa.BigInteger(), nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "games_waking",
        "games",
        ["wake_at"],
        unique=False,
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )
    op.create_index(
        "one_running_game_a_channel",
        "games",
        ["channel"],
        unique=True,
        sqlite_where=sa.text("NOT ended"),
        postgresql_where=sa.text("NOT ended"),
    )
    op.create_table(
        "guesses",
        sa.Column("game", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("option", sa.Integer(), nullable=True),
        sa.Column("text", WORDS, nullable=True),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dedupe_key", WORDS, nullable=False),
        sa.Column("first_key", WORDS, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("game", "number", "player"),
    )
    op.create_table(
        "notes",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "players",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "pool_order",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("pack", WORDS, nullable=False),
        sa.Column("pool", WORDS, nullable=False),
        sa.Column("item", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pack", "pool", "item"),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("card", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("edits", WORDS, nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("message", WORDS, nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("error", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "posts_due",
        "posts",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'sending')"),
        postgresql_where=sa.text("state IN ('due', 'sending')"),
    )
    op.create_index(
        "posts_waiting",
        "posts",
        ["channel", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'sending')"),
        postgresql_where=sa.text("state IN ('due', 'sending')"),
    )
    op.create_table(
        "recent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("item", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("recent_of_channel", "recent", ["channel", "id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("question", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dedupe_key", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dedupe_key"),
    )
    op.create_table(
        "room_members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("room", WORDS, nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("room", "player"),
    )
    op.create_table(
        "room_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("room", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("author", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("room", "key"),
    )
    op.create_table(
        "rounds",
        sa.Column("game", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("game", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seen",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_seen_at"), "seen", ["at"], unique=False)
    op.create_table(
        "wins",
        sa.Column("game", WORDS, nullable=False),
        sa.Column("player", WORDS, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("community", WORDS, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("game", "player"),
    )
    op.create_index("wins_of_player", "wins", ["player"], unique=False)
