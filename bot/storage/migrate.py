"""Brings a database up to this program's schema."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import StorageError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ADVISORY_LOCK: Final = 0x1A1A_1A4D


async def upgrade(engine: AsyncEngine) -> None:
    """Runs what migrations are missing, all or none. Raises :class:`StorageError` for a newer database than this program's."""
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        try:
            await connection.run_sync(_run)
        except BaseException:
            await connection.exec_driver_sql("ROLLBACK")
            raise
        await connection.exec_driver_sql("COMMIT")


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
