"""Opens the database that an address names: locked, checked, and at this program's schema."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.domain.errors import StorageError
from bot.ports.store import Store
from bot.ports.time import Clock
from bot.storage.locking import DatabaseLock
from bot.storage.migrate import upgrade
from bot.storage.postgresql import PostgresqlConnections
from bot.storage.sql import Connections, SqlStore
from bot.storage.sqlite import SqliteConnections, file_of


async def open_store(address: str, clock: Clock) -> Store:
    """Raises :class:`StorageError`, in one line with a remedy, for a database that cannot be used."""
    url = _url(address)
    connections = _connections(url)
    store = SqlStore(connections)
    try:
        await upgrade(connections)
        async with store.begin() as work:
            await work.seen.prune(now=clock.now())
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        await connections.close()
        raise StorageError(f"{_shown(url)} cannot be used: {_first_line(error)}. {_remedy(url)}") from error
    except BaseException:
        await connections.close()
        raise
    return store


def _url(address: str) -> URL:
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StorageError("DATABASE_URL is no database's address: see `lalabot settings`") from error


def _connections(url: URL) -> Connections:
    match url.drivername:
        case "sqlite+aiosqlite":
            return SqliteConnections(url, _lock(url))
        case "postgresql+asyncpg":
            return _server(url)
        case other:
            raise StorageError(f"{other} is no database of lalabot's: sqlite+aiosqlite and postgresql+asyncpg are")


def _server(url: URL) -> Connections:
    try:
        return PostgresqlConnections(url)
    except ImportError as error:
        raise StorageError("PostgreSQL's driver is not installed: pip install 'lalabot[postgres]'") from error


def _lock(url: URL) -> DatabaseLock | None:
    database = file_of(url)
    if database is None:
        return None
    if database.is_dir():
        raise StorageError(f"{database} is a folder: name a file, such as sqlite+aiosqlite:///data/lalabot.db")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{database.parent} cannot be created: {error.strerror}") from error
    return DatabaseLock(database)


def _shown(url: URL) -> str:
    return url.database or "" if url.drivername.startswith("sqlite") else url.render_as_string(hide_password=True)


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause) or type(cause).__name__).splitlines()[0].rstrip(".")


def _remedy(url: URL) -> str:
    if not url.drivername.startswith("sqlite"):
        return "Check DATABASE_URL, and that the server answers"
    if url.database and not os.access(Path(url.database), os.R_OK | os.W_OK):
        return "Mend the file's rights"
    return "Put a backup in its place, or move it away to begin anew; nothing was changed"
