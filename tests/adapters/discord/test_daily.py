"""The daily post in a guild: posted once, answered, revealed by the next; and what becomes of one that cannot be posted."""

from datetime import timedelta

from adapters.discord.create import TICK
from tests.adapters.discord.test_life import stored_daily, take
from tests.adapters.discord.world import button, text_of

TITLE = "La La Land today"
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def dailies(world):
    return [message for message in world.messages() if TITLE in text_of(message)]


async def switch_on(world, **options):
    """Due in a minute from now."""
    at = world.clock.now() + timedelta(minutes=1)
    mia = world.person("Mia", manager=True)
    return await mia.slash(world.channel, "lala daily on", time=f"{at:%H:%M}", zone="UTC", **options)


async def tick(world, after=timedelta()):
    """The bot ticks by itself."""
    world.clock.ahead += after
    await world.wait(TICK.total_seconds() + 1)


async def test_it_is_posted_once_answered_and_revealed_by_the_next(world):
    told = await switch_on(world, kind="fact+question")
    assert told.ephemeral
    await tick(world, MINUTE)
    await tick(world)
    (first,) = dailies(world)
    await world.restart()
    told = await world.person("Ana").click(first, custom_id=button(first, "the right one"))
    assert told.ephemeral
    assert "is locked in. The next post tells." in text_of(told.response)
    await tick(world, DAY)
    assert len(dailies(world)) == 2
    assert "Right: Ana." in text_of(dailies(world)[-1])
    told = await world.person("Ben").click(first, custom_id=button(first, "the right one"))
    assert "That question is over" in text_of(told.response)


async def test_where_it_may_not_post_three_days_running_who_set_it_up_hears_and_why(world):
    await switch_on(world)
    take(world, "send_messages")
    await tick(world, MINUTE)
    for _ in range(3):
        await tick(world, DAY)
    assert dailies(world) == []
    assert (await stored_daily(world)).state == "failed"
    told = [text_of(m) for m in world.messages(world.person("Mia", manager=True).user.dm_channel)]
    assert len(told) == 1
    assert "failed three days running" in told[0]
    assert "Send Messages" in told[0]
