"""What Discord is told of the commands, and when."""

import discord
import pytest
from simcord import SetupError

from adapters.discord.commands import TWINS
from bot.app.commands import SPECS
from tests.adapters.discord.linter import command_problems
from tests.adapters.discord.world import a_world, text_of


def registered(env):
    return [e for e in env.http_requests if e.method == "PUT" and e.path.endswith("/commands")]


def by_name(commands):
    return {command["name"]: command for command in commands}


def leaves(command, path=""):
    path = f"{path} {command['name']}".strip()
    below = [o for o in command.get("options", ()) if o["type"] in (1, 2)]
    return {k: v for o in below for k, v in leaves(o, path).items()} if below else {path: command}


@pytest.fixture
def commands(env):
    return by_name(registered(env)[0].json)


def test_every_spec_is_a_command_with_its_options(commands):
    known = {path: leaf for command in commands.values() for path, leaf in leaves(command).items()}
    assert set(known) == {spec.path for spec in SPECS} | set(TWINS)
    for spec in SPECS:
        assert [option["name"] for option in known[spec.path]["options"]] == [option.name for option in spec.options]


def test_facts_are_for_guilds_and_users_and_the_rest_for_guilds_alone(commands):
    assert (commands["lalafact"]["contexts"], commands["lalafact"]["integration_types"]) == ([0, 1, 2], [0, 1])
    for name in ("quiz", "lala"):
        assert (commands[name]["contexts"], commands[name]["integration_types"]) == ([0], [0])


def test_settings_are_hidden_from_who_does_not_manage(commands):
    assert commands["lala"]["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    assert commands["quiz"]["default_member_permissions"] is None


def test_names_and_words_are_portuguese_for_those_who_read_it(commands):
    start = leaves(commands["quiz"])["quiz start"]
    assert start["name_localizations"] == {"pt-BR": "iniciar"}
    questions = start["options"][0]
    assert (questions["name_localizations"]["pt-BR"], questions["min_value"], questions["max_value"]) == (
        "perguntas",
        1,
        50,
    )
    mode = next(option for option in start["options"] if option["name"] == "mode")
    assert {choice["value"] for choice in mode["choices"]} == {"classic", "race", "survival"}
    assert all(choice["name_localizations"]["pt-BR"] for choice in mode["choices"])


def test_the_commands_keep_discords_limits(commands):
    assert [problem for command in commands.values() for problem in command_problems(command)] == []


async def test_the_commands_are_registered_only_when_they_changed(world):
    assert len(registered(world.env)) == 1
    await world.restart()
    assert len(registered(world.env)) == 1
    async with world.store.begin() as work:
        for key, _ in await work.notes.starting("discord:commands:"):
            await work.notes.put(key, "of an older version")
    await world.restart()
    assert len(registered(world.env)) == 2


async def test_in_development_they_are_registered_in_one_guild_at_once():
    async with a_world() as world:
        with world.env.time_context():
            guild = str(world.guild.id)
            await world.restart(DISCORD_DEV_GUILD=guild)
            assert registered(world.env)[-1].path.endswith(f"/guilds/{guild}/commands")


async def test_topics_are_completed_as_one_types(world):
    shown = await world.person("Ana").autocomplete(world.channel, "lalafact", "topic", "mus")
    assert "Music" in str(shown)


async def test_a_manager_changes_settings_and_others_do_not_even_see_them(world):
    mia = world.person("Mia", manager=True)
    saved = await mia.slash(world.channel, "lala settings", language="pt-BR")
    assert "Portuguese" in text_of(saved.response)
    with pytest.raises(SetupError, match="not visible"):
        await world.person("Ana").slash(world.channel, "lala settings")


async def test_who_was_let_in_by_a_guild_but_does_not_manage_it_is_told_who_may(world):
    ana = world.person("Ana")
    commands = await world.bot.tree.fetch_commands()
    world.guild.set_command_permissions(next(c for c in commands if c.name == "lala"), {ana: True})
    told = await ana.slash(world.channel, "lala settings", language="pt-BR")
    assert told.ephemeral
    assert "Manage Server" in text_of(told.response)


@pytest.mark.parametrize("path", ["quiz help", "quiz about", "quiz forget-me"])
async def test_what_everyone_may_do_stands_where_everyone_sees_it(world, path):
    told = await world.person("Ana").slash(world.channel, path)
    assert told.ephemeral
