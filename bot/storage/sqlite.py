"""SQLite: one process a file, one writer, any number of readers beside it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.domain.errors import StorageError
from bot.storage.guess_writer import GuessRow, StoredRow, first_of
from bot.storage.locking import DatabaseLock
from bot.storage.one_hop import OneHop
from bot.storage.unbroken import unbroken

_WRITER_CACHE_KIB: Final = 32_000
"""At most; with SQLite's own 2 MB an answer costs half as much again once ten thousand games are open."""
_ADD: Final = """
INSERT INTO guesses (game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key, first_key, changes)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, 0
FROM rounds WHERE game = ?1 AND number = ?2 AND is_open AND closes_at >= ?9
ON CONFLICT (game, number, player) DO """
_ADD_NEW: Final = f"{_ADD} NOTHING"
_ADD_OR_CHANGE: Final = f"""{_ADD} UPDATE SET
    name = excluded.name, option = excluded.option, text = excluded.text, is_right = excluded.is_right,
    elapsed_ms = excluded.elapsed_ms, at = excluded.at, dedupe_key = excluded.dedupe_key, changes = 1
WHERE guesses.changes = 0 AND guesses.dedupe_key <> excluded.dedupe_key
  AND (guesses.option IS NOT excluded.option OR guesses.text IS NOT excluded.text)
"""
_READ: Final = """
SELECT game, number, player, option, text, dedupe_key, first_key, changes
FROM json_each(?1) AS wanted CROSS JOIN guesses
  ON game = json_extract(wanted.value, '$[0]') AND number = json_extract(wanted.value, '$[1]')
 AND player = json_extract(wanted.value, '$[2]')
"""


def file_of(url: URL) -> Path | None:
    """``None`` for ``sqlite+aiosqlite://``, which is gone when it is closed: for tests, and for trying things out."""
    return Path(url.database).resolve() if url.database and url.database != ":memory:" else None


class SqliteConnections:
    """The writer's connection is kept, and waited for on this side. A database in memory lives in it alone, so there views wait too."""

    is_shared: Final = False

    def __init__(self, url: URL, lock: DatabaseLock | None) -> None:
        """``lock`` is held on the file; ``None`` for a database in memory."""
        self._lock = lock
        # Transactions are begun by our own BEGIN: the driver's would begin at the first write only.
        pool = StaticPool if lock is None else None
        self._engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=pool, module=OneHop())
        event.listen(self._engine.sync_engine, "connect", _prepare)
        self._writing = asyncio.Lock()
        self._writer: AsyncConnection | None = None
        self._closed = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        async with self._writing:
            connection = await self._the_writer()
            driver = await _driver(connection)
            try:
                await _run(driver, "BEGIN IMMEDIATE")
                yield connection
                await _run(driver, "COMMIT")
            except BaseException:
                await _undo(driver)
                raise

    @asynccontextmanager
    async def view(self) -> AsyncIterator[AsyncConnection]:
        if self._lock is None:
            async with self._writing, _looking(await self._the_writer()) as looking:
                yield looking
            return
        self._require_open()
        connection = self._engine.connect()
        try:
            await unbroken(connection.start())
            async with _looking(connection) as looking:
                yield looking
        finally:
            if connection.sync_connection is not None:
                await unbroken(connection.close())

    async def exchange_guesses(self, rows: Sequence[GuessRow]) -> Sequence[StoredRow]:
        """Past SQLAlchemy, for each of its statements costs as much as a dozen rows; a step is a hop to the driver's thread and back."""
        async with self._writing:
            driver = await _driver(await self._the_writer())
            try:
                await driver.execute_fetchall("BEGIN IMMEDIATE")
                stored = await _exchange(driver, rows)
                await driver.execute_fetchall("COMMIT")
            except BaseException:
                await _undo(driver)
                raise
        return stored

    @staticmethod
    def is_fault_of_one(error: Exception) -> bool:
        """Whether a batch may fare better in parts: a value that cannot be stored is one guess's, a full disk everybody's."""
        faults = (ValueError, OverflowError, TypeError, sqlite3.IntegrityError, sqlite3.DataError)
        return isinstance(error, (*faults, sqlite3.InterfaceError, sqlite3.ProgrammingError))

    async def close(self) -> None:
        async with self._writing:
            if self._closed:
                return
            self._closed = True
            if self._writer is not None:
                await self._writer.close()
        await self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    async def _the_writer(self) -> AsyncConnection:
        self._require_open()
        if self._writer is None:
            connection = self._engine.connect()
            await unbroken(connection.start())
            await _run(await _driver(connection), f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
            self._writer = connection
        return self._writer

    def _require_open(self) -> None:
        if self._closed:
            raise StorageError("the database was closed")


@asynccontextmanager
async def _looking(connection: AsyncConnection) -> AsyncIterator[AsyncConnection]:
    driver = await _driver(connection)
    try:
        await _run(driver, "BEGIN")
        yield connection
    finally:
        await _undo(driver)


async def _exchange(driver: Any, rows: Sequence[GuessRow]) -> Sequence[StoredRow]:  # noqa: ANN401 - the driver's own
    added = await driver.executemany(_ADD_NEW, rows)
    if added.rowcount == len(rows):
        return [first_of(row) for row in rows]
    await driver.executemany(_ADD_OR_CHANGE, rows)
    keys = msgspec.json.encode([row[:3] for row in rows]).decode()
    stored: Sequence[StoredRow] = await driver.execute_fetchall(_READ, (keys,))
    return stored


async def _driver(connection: AsyncConnection) -> Any:  # noqa: ANN401 - the driver's own
    return (await connection.get_raw_connection()).driver_connection


async def _run(driver: Any, words: str) -> None:  # noqa: ANN401 - the driver's own
    await unbroken(driver.execute_fetchall(words))


async def _undo(driver: Any) -> None:  # noqa: ANN401 - the driver's own
    """Also where the transaction never began, or where SQLite has undone it by itself, as it does when a disk is full."""
    await unbroken(driver.rollback())


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
