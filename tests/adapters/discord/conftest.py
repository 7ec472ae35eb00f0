import pytest
from simcord import interactions

from tests.adapters.discord.world import a_world


@pytest.fixture
async def world():
    async with a_world() as made:
        yield made


@pytest.fixture
def env(world):
    """simcord's plugin looks for this among a test's fixtures, to give it the simulated clock."""
    return world.env


@pytest.fixture(autouse=True)
def simulated(request):
    if "world" in request.fixturenames:
        request.getfixturevalue("env")


@pytest.fixture
def speaks(monkeypatch):
    """Everybody's client, and the guild, speak that language from now on: simcord's payloads are all English."""

    def speak(locale):
        made = interactions.base_payload

        def in_locale(*args, **kwargs):
            record, payload = made(*args, **kwargs)
            payload |= {"locale": locale} | ({"guild_locale": locale} if "guild_locale" in payload else {})
            return record, payload

        monkeypatch.setattr(interactions, "base_payload", in_locale)

    return speak
