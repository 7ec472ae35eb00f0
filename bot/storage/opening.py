"""Opens the database that an address names: locked, checked, and at this program's schema."""

from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.domain.errors import StorageError
from bot.ports.store import Store
from bot.ports.time import Clock
from bot.storage.locking import DatabaseLock
from bot.storage.migrate import upgrade
from bot.storage.sql import SqlStore


async def open_store(address: str, clock: Clock) -> Store:
    """Raises :class:`StorageError`, in one line with a remedy, for a database that cannot be used."""
    url = _url(address)
    lock = _lock(url)
    engine = _engine(url)
    try:
        await upgrade(engine)
        store = SqlStore(engine, lock)
        async with store.begin() as work:
            await work.seen.prune(now=clock.now())
    except (SQLAlchemyError, OSError) as error:
        await _give_up(engine, lock)
        raise StorageError(f"{_shown(url)} cannot be used: {_first_line(error)}. {_remedy(url)}") from error
    except StorageError:
        await _give_up(engine, lock)
        raise
    return store


def _url(address: str) -> URL:
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StorageError("DATABASE_URL is no database's address: see `lalabot settings`") from error


def _lock(url: URL) -> DatabaseLock | None:
    if not url.drivername.startswith("sqlite") or _is_memory(url):
        return None
    database = Path(url.database or "")
    if database.is_dir():
        raise StorageError(f"{database} is a folder: name a file, such as sqlite+aiosqlite:///data/lalabot.db")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{database.parent} cannot be created: {error.strerror}") from error
    return DatabaseLock(database)


def _is_memory(url: URL) -> bool:
    """``sqlite+aiosqlite://``: gone when it is closed, for tests and for trying things out."""
    return url.drivername.startswith("sqlite") and not url.database


def _engine(url: URL) -> AsyncEngine:
    if not url.drivername.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True)
    # Transactions are begun by our own BEGIN: the driver's would begin at the first write only.
    pool = StaticPool if _is_memory(url) else None
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=pool)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


async def _give_up(engine: AsyncEngine, lock: DatabaseLock | None) -> None:
    await engine.dispose()
    if lock is not None:
        lock.release()


def _shown(url: URL) -> str:
    return url.database or "" if url.drivername.startswith("sqlite") else url.render_as_string(hide_password=True)


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause) or type(cause).__name__).splitlines()[0].rstrip(".")


def _remedy(url: URL) -> str:
    if url.drivername.startswith("sqlite"):
        return "Put a backup in its place, or move it away to begin anew; nothing was changed"
    return "Check DATABASE_URL, and that the server answers"
