import pytest

from bot.storage.opening import open_store
from tests.adapters.slack.fake_slack import FakeSlack
from tests.adapters.slack.world import LoopbackClock, World


@pytest.fixture
def clock():
    return LoopbackClock()


@pytest.fixture
async def store(clock):
    opened = await open_store("sqlite+aiosqlite://", clock)
    yield opened
    await opened.close()


@pytest.fixture
async def fake(clock):
    slack = await FakeSlack(clock).start()
    slack.add_team()
    yield slack
    await slack.stop()


@pytest.fixture
async def make(store, clock, fake):
    """Makes worlds and closes them."""
    opened = []

    async def world(**settings):
        made = World(settings.pop("store", store), clock, fake, **settings)
        await made.open()
        opened.append(made)
        return made

    yield world
    for made in opened:
        if not getattr(made, "dead", False):
            await made.close()


@pytest.fixture
async def world(make):
    return await make()
