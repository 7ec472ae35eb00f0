"""The migrations end at the tables that the program uses, on either engine, and change a database all or not at all."""

import asyncio
import re

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bot.domain.errors import StorageError
from bot.storage.migrate import config
from bot.storage.opening import open_store
from bot.storage.sql_installations import metadata
from tests.clocks import FakeClock
from tests.postgresql import NoServer, shared_server

REVISIONS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]


@pytest.fixture(params=["sqlite", "postgresql"])
async def address(request, tmp_path):
    """Of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/lalabot.db"
    try:
        return await shared_server().empty_database()
    except NoServer as reason:
        pytest.skip(f"no PostgreSQL server: {reason}")


async def on(store, do):
    async with store._connections.transaction() as connection:
        return await connection.run_sync(do)


def differences(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return compare_metadata(context, metadata)


def definitions(connection):
    """What makes each table and index, to the word but for the order of columns: also what alembic compares not, partial indexes,
    tables without row ids, collations."""
    if connection.dialect.name == "sqlite":
        made = "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    else:
        made = """
            SELECT table_name::text, concat_ws(' ', column_name, data_type, is_nullable, collation_name, is_identity)
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public'"""
    found = connection.execute(sa.text(made)).all()
    return sorted((table, _words(words)) for table, words in found if table != "alembic_version")


def _words(words):
    return sorted(re.split(r",\s*\n|\n", re.sub(r"[\t ]+", " ", words)))


async def as_the_tables_tell(connection):
    """The definitions of a database that was made without any migration, in this one's place."""
    await connection.run_sync(metadata.drop_all)
    await connection.run_sync(metadata.create_all)
    return await connection.run_sync(definitions)


async def test_an_empty_database_gets_the_very_tables_of_the_program(address):
    store = await open_store(address, FakeClock())
    assert await on(store, differences) == []
    found = await on(store, definitions)
    async with store._connections.transaction() as connection:
        assert found == await as_the_tables_tell(connection)
    await store.close()


@pytest.mark.parametrize("revision", REVISIONS)
async def test_an_earlier_database_is_brought_up_and_keeps_what_is_in_it(address, revision):
    def begin(connection):
        alembic = config()
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, revision)
        connection.execute(sa.text("INSERT INTO notes (key, value) VALUES ('k', 'kept')"))

    engine = create_async_engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(begin)
    await engine.dispose()
    store = await open_store(address, FakeClock())
    async with store.view() as work:
        assert await work.notes.get("k") == "kept"
    found = await on(store, definitions)
    async with store._connections.transaction() as connection:
        assert found == await as_the_tables_tell(connection)
    await store.close()


async def test_a_database_that_is_up_to_date_is_left_as_it_is(address):
    await (await open_store(address, FakeClock())).close()
    store = await open_store(address, FakeClock())
    assert await on(store, differences) == []
    await store.close()


async def test_a_newer_database_is_refused_in_one_line_and_left_alone(address):
    store = await open_store(address, FakeClock())
    newer = sa.text("UPDATE alembic_version SET version_num = '9999'")
    await on(store, lambda connection: connection.execute(newer))
    await store.close()
    with pytest.raises(StorageError, match="newer than this program") as refused:
        await open_store(address, FakeClock())
    assert "\n" not in str(refused.value)
    assert "9999" in str(refused.value)


async def test_a_migration_that_fails_leaves_nothing_behind(address, monkeypatch):
    """A table of somebody else's stands in the way of the last of them."""
    names = [table.name for table in metadata.sorted_tables]
    engine = create_async_engine(address)
    async with engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE wins (x INTEGER)"))
    with pytest.raises(StorageError, match="wins") as refused:
        await open_store(address, FakeClock())
    assert "\n" not in str(refused.value)
    async with engine.connect() as connection:
        left = await connection.run_sync(lambda c: sa.inspect(c).get_table_names())
    await engine.dispose()
    assert set(left) & set(names) == {"wins"}


async def test_processes_that_start_together_upgrade_one_after_the_other(address):
    if address.startswith("sqlite"):
        pytest.skip("one process only may open a file")
    stores = await asyncio.gather(*(open_store(address, FakeClock()) for _ in range(4)))
    assert await on(stores[0], differences) == []
    for store in stores:
        await store.close()


def test_the_migrations_are_one_line_of_revisions():
    directory = ScriptDirectory.from_config(config())
    assert len(directory.get_heads()) == 1
    assert len(directory.get_bases()) == 1
