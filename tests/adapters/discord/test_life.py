"""Guilds come and go, channels are deleted, permissions are taken."""

from datetime import timedelta

import discord
import pytest
from simcord.backend.models import Overwrite

from adapters.discord.ids import channel_of, community_of
from bot.domain.daily import DailyState
from bot.domain.language import Language
from tests.adapters.discord.world import a_world, button, text_of


async def a_daily(world):
    mia = world.person("Mia", manager=True)
    await mia.slash(world.channel, "lala daily on", time="9:00", zone="Europe/Lisbon")
    return await stored_daily(world)


async def stored_daily(world):
    async with world.store.view() as work:
        return await work.dailies.load(channel_of(world.guild.id, world.channel.id))


async def join(world, guild):
    await world.bot.on_guild_join(world.bot.get_guild(guild.id))
    await world.env.settle()


async def test_a_guild_that_takes_the_bot_in_is_greeted_once_where_it_may_speak(world):
    guild = world.env.create_guild("New")
    guild.create_text_channel(
        "quiet", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    open_channel = guild.create_text_channel("open")
    await join(world, guild)
    await join(world, guild)
    greeted = [m for m in world.messages(open_channel) if "/lalafact" in text_of(m)]
    assert len(greeted) == 1


async def test_a_guild_where_the_bot_may_not_speak_is_joined_in_silence(world):
    guild = world.env.create_guild("Quiet")
    channel = guild.create_text_channel(
        "quiet", overwrites={guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    await join(world, guild)
    assert world.messages(channel) == []


async def test_schedules_pause_when_the_bot_is_put_out_and_go_on_when_it_comes_back(world):
    assert (await a_daily(world)).state is DailyState.ON
    guild = world.bot.get_guild(world.guild.id)
    world.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    await world.env.settle()
    assert (await stored_daily(world)).state is DailyState.PAUSED
    await world.bot.on_guild_join(guild)
    assert (await stored_daily(world)).state is DailyState.ON


async def test_a_guild_that_came_back_while_the_bot_was_away_is_not_deleted(world):
    await a_daily(world)
    await world.bot.on_guild_remove(world.bot.get_guild(world.guild.id))
    await world.restart()
    assert (await stored_daily(world)).state is DailyState.ON


async def test_what_a_guild_left_is_kept_for_thirty_days_and_then_deleted(world):
    await a_daily(world)
    ana = world.person("Ana")
    await ana.slash(world.channel, "quiz start", questions=1)
    await world.wait(5.5)
    question = world.newest("Question 1 of 1")
    await ana.click(question, custom_id=button(question, "the right one"))
    await world.wait(40)
    lalabot = world.bot.lalabot
    await lalabot.left(community_of(world.guild.id, 0))
    for days, is_there in ((29.9, True), (30.1, False)):
        world.clock.ahead = timedelta(days=days)
        lalabot._purged_at = None
        await lalabot.tick()
        assert (await stored_daily(world) is not None) is is_there
        async with world.store.view() as work:
            found = await work.scores.standings(
                community=community_of(world.guild.id, 0), channel=None, since=None, limit=5
            )
        assert bool(found) is is_there


async def test_a_deleted_channel_ends_its_game_and_keeps_its_schedule_switched_off(world):
    await a_daily(world)
    ana = world.person("Ana")
    await ana.slash(world.channel, "quiz start", questions=3)
    await world.wait(5.5)
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    await world.wait(5)
    assert (await stored_daily(world)).state is DailyState.FAILED
    async with world.store.view() as work:
        assert await work.games.running_in(channel_of(world.guild.id, world.channel.id)) is None


@pytest.mark.parametrize(("taken", "named"), [("send_messages", "Send Messages"), ("view_channel", "View Channel")])
async def test_a_permission_taken_in_a_game_ends_it_and_its_host_hears_which(world, taken, named):
    ana = world.person("Ana")
    await ana.slash(world.channel, "quiz start", questions=3, seconds=10)
    await world.wait(5.5)
    question = world.newest("Question 1 of 3")
    await ana.click(question, custom_id=button(question, "the right one"))
    take(world, taken)
    await world.wait(30)
    async with world.store.view() as work:
        assert await work.games.running_in(channel_of(world.guild.id, world.channel.id)) is None
    assert any(named in text_of(message) for message in world.messages(ana.user.dm_channel))


async def test_a_quiz_where_the_bot_may_not_post_is_refused_with_what_is_missing(world):
    take(world, "send_messages")
    told = await world.person("Ana").slash(world.channel, "quiz start")
    assert told.ephemeral
    assert "Send Messages" in text_of(told.response)


def take(world, permission):
    """From the bot alone, in this channel."""
    denied = discord.Permissions(**{permission: True}).value
    world.env.backend.set_overwrite(world.channel.id, Overwrite(world.bot.user.id, 1, 0, denied))


async def test_a_fact_is_told_in_a_private_chat_too_and_each_chat_is_its_own(world):
    told = await world.env.create_user("Zoe").slash("lalafact")
    assert "The fact" in text_of(told.response)


async def test_a_process_runs_its_own_shards_of_all():
    async with a_world(DISCORD_SHARDS="0-3/16") as world:
        assert (world.bot.shard_ids, world.bot.shard_count) == ([0, 1, 2, 3], 16)
        with world.env.time_context():
            told = await world.person("Ana").slash(world.channel, "lalafact")
        assert "The fact" in text_of(told.response)


@pytest.mark.parametrize(("guild", "named"), [(1 << 22, None), (5 << 22, "the permission “Send Messages”")])
async def test_a_guild_of_another_process_is_not_taken_for_gone(guild, named):
    async with a_world(DISCORD_SHARDS="0-3/16") as world:
        assert world.bot.gateway._missing(channel_of(guild, 7), Language.EN) == named
