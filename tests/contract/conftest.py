"""Every store that keeps the port's promises."""

from dataclasses import dataclass

import pytest

from bot.ports.store import Store
from bot.storage.opening import open_store
from tests.clocks import FakeClock
from tests.postgresql import NoServer, shared_server


@dataclass
class Base:
    """A database of one kind."""

    kind: str
    address: str


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture(scope="session")
def postgresql_server():
    try:
        return shared_server()
    except NoServer as reason:
        pytest.skip(f"no PostgreSQL server: {reason}")


@pytest.fixture(params=["memory", "file", "postgresql"])
async def base(request, tmp_path, clock):
    match request.param:
        case "memory":
            return Base("memory", "sqlite+aiosqlite://")
        case "file":
            return Base("file", f"sqlite+aiosqlite:///{tmp_path}/lalabot.db")
        case "postgresql":
            server = request.getfixturevalue("postgresql_server")
            return Base("postgresql", await server.new_database(clock))


@pytest.fixture
async def store(base, clock) -> Store:
    opened = await open_store(base.address, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def rival(base, store, clock) -> Store:
    """The store as another process has it; where only one may, the same one."""
    if base.kind != "postgresql":
        yield store
        return
    opened = await open_store(base.address, clock)
    yield opened
    await opened.close()
