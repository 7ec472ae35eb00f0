"""The migrations end at the tables that the program uses, on either engine, and change a database all or not at all."""

import asyncio

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.domain.errors import StorageError
from bot.storage.migrate import config
from bot.storage.opening import open_store
from bot.storage.sql_installations import metadata
from tests.clocks import FakeClock
from tests.postgresql import NoServer, shared_server


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


def partial_indexes(connection):
    inspector = sa.inspect(connection)
    dialect = connection.dialect.name
    return {
        index["name"]: str(index["dialect_options"].get(f"{dialect}_where"))
        for table in inspector.get_table_names()
        for index in inspector.get_indexes(table)
        if index["dialect_options"].get(f"{dialect}_where") is not None
    }


async def test_an_empty_database_gets_the_tables_of_the_program(address):
    store = await open_store(address, FakeClock())
    assert await on(store, differences) == []
    found = await on(store, partial_indexes)
    wanted = {"one_running_game_a_channel", "games_waking", "posts_waiting", "posts_due", "dailies_due"}
    assert set(found) == wanted, "which alembic does not compare"
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
    engine = sa.ext.asyncio.create_async_engine(address)
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
