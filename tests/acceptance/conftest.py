import pytest

from bot.storage.opening import open_store
from tests.acceptance.table import Table
from tests.clocks import FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture(params=["memory", "file"])
async def store(request, clock, tmp_path):
    address = "sqlite+aiosqlite://" if request.param == "memory" else f"sqlite+aiosqlite:///{tmp_path}/lalabot.db"
    opened = await open_store(address, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def table(store, clock):
    opened = await Table(store, clock).open()
    yield opened
    await opened.close()
