"""Brings a database up to this program's schema."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from bot.domain.errors import StorageError
from bot.storage.sql import Connections
from bot.storage.unbroken import unbroken

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ADVISORY_LOCK: Final = 0x1A1A_1A4D


async def upgrade(connections: Connections) -> None:
    """Runs what migrations are missing, all or none. Raises :class:`StorageError` for a newer database than this program's."""
    async with connections.transaction() as connection:
        if connections.is_shared:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        await unbroken(connection.run_sync(_run))


def config() -> Config:
    """Alembic's configuration, without a file of its own."""
    alembic = Config()
    alembic.set_main_option("script_location", str(MIGRATIONS))
    return alembic


def _run(connection: Connection) -> None:
    alembic = config()
    directory = ScriptDirectory.from_config(alembic)
    found = MigrationContext.configure(connection).get_current_heads()
    for revision in found:
        _require_known(directory, revision)
    if found != (directory.get_current_head(),):
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "head")


def _require_known(directory: ScriptDirectory, revision: str) -> None:
    try:
        directory.get_revision(revision)
    except CommandError as error:
        raise StorageError(
            f"the database is newer than this program (schema {revision}): update lalabot, or open a backup of that time"
        ) from error
