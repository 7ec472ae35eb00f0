"""PostgreSQL: any number of processes; its own rows' locks say who waits for whom."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.domain.errors import StorageError
from bot.storage.guess_writer import GuessRow, StoredRow

# A guess shares its round's row, so that it waits for whoever is about to close the round, and then finds it closed.
_INSERT: Final = """
INSERT INTO guesses (game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key, first_key, changes)
SELECT new.*, new.dedupe_key, 0
FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bool[], $8::int[], $9::bigint[], $10::text[])
    AS new (game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key)
JOIN rounds ON rounds.game = new.game AND rounds.number = new.number
WHERE rounds.is_open AND rounds.closes_at >= new.at
ORDER BY new.game, new.number, new.player
FOR SHARE OF rounds
ON CONFLICT (game, number, player) DO UPDATE SET
    name = excluded.name, option = excluded.option, text = excluded.text, is_right = excluded.is_right,
    elapsed_ms = excluded.elapsed_ms, at = excluded.at, dedupe_key = excluded.dedupe_key, changes = 1
WHERE guesses.changes = 0 AND guesses.dedupe_key <> excluded.dedupe_key
  AND (guesses.option IS DISTINCT FROM excluded.option OR guesses.text IS DISTINCT FROM excluded.text)
"""
_READ: Final = """
SELECT game, number, player, option, text, dedupe_key, first_key, changes
FROM unnest($1::text[], $2::int[], $3::text[]) AS wanted (game, number, player) JOIN guesses USING (game, number, player)
"""


class PostgresqlConnections:
    is_shared: Final = True

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(url, pool_pre_ping=True)
        self._views = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._closed = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        self._require_open()
        async with self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncConnection]:
        self._require_open()
        async with self._views.connect() as connection:
            yield connection

    async def exchange_guesses(self, rows: Sequence[GuessRow]) -> Sequence[StoredRow]:
        """Past SQLAlchemy, which has no word for a batch as columns."""
        self._require_open()
        columns = [list(column) for column in zip(*rows, strict=True)]
        async with self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            async with driver.transaction():
                await driver.execute(_INSERT, *columns)
                stored = await driver.fetch(_READ, *columns[:3])
        return [tuple(row) for row in stored]

    @staticmethod
    def is_fault_of_one(error: Exception) -> bool:
        """Whether a batch may fare better in parts: SQLSTATE 22 is a value, 23 a constraint, 40 a deadlock; or what no value can be."""
        state = getattr(error, "sqlstate", None) or ""
        return isinstance(error, (ValueError, OverflowError, TypeError)) or state[:2] in {"22", "23", "40"}

    async def close(self) -> None:
        self._closed = True
        await self._engine.dispose()

    def _require_open(self) -> None:
        """An engine that was disposed of would quietly connect again."""
        if self._closed:
            raise StorageError("the database was closed")
