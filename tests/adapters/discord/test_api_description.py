"""Every request that the suite makes is held against Discord's own description as each test ends; here is that it is there at all."""

import pytest

from tests.adapters.discord import api_description
from tests.adapters.discord.world import button


@pytest.mark.skipif(not api_description.is_there(), reason="Discord's API description is not beside the repository")
async def test_every_request_fits_discords_own_description(world):
    mia = world.person("Mia", manager=True)
    shown = await mia.slash(world.channel, "lala settings")
    await mia.click(shown.response, custom_id=button(shown.response, "Change"))
    await mia.slash(world.channel, "lalafact")
    await mia.slash(world.channel, "quiz start", questions=1)
    await world.wait(5.5)
    question = world.newest("Question 1 of 1")
    await mia.click(question, custom_id=button(question, "the right one"))
    await world.wait(30)
    requests = world.env.http_requests
    assert {"PUT", "POST", "PATCH"} <= {entry.method for entry in requests}
    assert [problem for entry in requests for problem in api_description.request_problems(entry)] == []


@pytest.mark.skipif(not api_description.is_there(), reason="Discord's API description is not beside the repository")
def test_the_description_finds_a_wrong_request():
    class Wrong:
        method, path, json = "POST", "/channels/1/messages", {"nonce": "n" * 26, "enforce_nonce": "yes"}

    assert api_description.request_problems(Wrong)
