"""The daily post in a workspace: posted once, answered, revealed by the next; and what becomes of one that cannot be posted."""

import pytest

from tests.adapters.slack.fake_slack import Failure

TITLE = "La La Land today"
DAY_S = 24 * 3600


def dailies(world):
    return [m for m in world.seen_by_all() if m.text.startswith(TITLE)]


async def switch_on(world, clock, kind="fact+question"):
    """Due in a minute from now."""
    at = f"{(clock.now().hour * 60 + clock.now().minute + 1) // 60 % 24}:{(clock.now().minute + 1) % 60:02}"
    await world.command("Mo", f"/lala daily on time={at} zone=UTC kind={kind}")
    assert "The daily post is on." in world.told("Mo")[-1].text
    await clock.advance(61)


async def tick(world, clock, after_s=0.0):
    await clock.advance(after_s)
    await world.bot.lalabot.tick()
    await clock.advance(2)


@pytest.mark.parametrize("over", ["http", "socket"])
async def test_it_is_posted_once_answered_and_revealed_by_the_next(make, fake, clock, over):
    world = await make(over=over)
    await switch_on(world, clock)
    await tick(world, clock)
    await tick(world, clock)
    (first,) = dailies(world)
    await world.press("Ana", first, "the right one")
    assert world.told("Ana")[-1].text == "A is locked in. The next post tells."
    await tick(world, clock, DAY_S)
    assert len(dailies(world)) == 2
    assert "Right: Ana." in dailies(world)[-1].text
    await world.press("Ben", first, "wrong x")
    assert world.told("Ben")[-1].text == "That question is over: its answer has been told."
    assert fake.problems == []


async def test_slack_saying_wait_delays_it_and_repeats_nothing(world, fake, clock):
    await switch_on(world, clock)
    fake.failures["chat.postMessage"] = [Failure(429, {"Retry-After": "30"})]
    await tick(world, clock)
    assert dailies(world) == []
    await tick(world, clock, 31)
    await tick(world, clock, 31)
    assert len(dailies(world)) == 1


async def test_where_it_may_not_post_three_days_running_who_set_it_up_hears_and_why(world, fake, clock):
    await switch_on(world, clock)
    fake.channels["T1", "C1"]["error"] = "not_in_channel"
    for _ in range(3):
        await tick(world, clock)
        await tick(world, clock, DAY_S)
    (told,) = [m for m in fake.messages if "failed three days running" in m.text]
    assert told.channel == "UMO", "privately"
    assert "/invite" in told.text
    await tick(world, clock, DAY_S)
    assert [m for m in fake.messages if "failed three days running" in m.text] == [told], "and once"
