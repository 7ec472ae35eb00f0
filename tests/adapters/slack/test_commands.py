"""Words typed behind a command, read kindly in both languages."""

import pytest

from bot.domain.errors import SettingError
from bot.settings import read_settings


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/quiz help", "What you can do here"),
        ("/lalafact help", "What you can do here"),
        ("/lala", "What you can do here"),
        ("/lala ajuda", "What you can do here"),
        ("/quiz scores week", "Standings: this channel, this week"),
        ("/quiz placar semana", "Standings: this channel, this week"),
        ("/lalafact topic=“music”", "Test pack · Music"),
        ("/lalafact topic='music' private", "Test pack · Music"),
        ("/lalafact Música", "Test pack · Music"),
    ],
)
async def test_words_are_understood(world, line, said):
    await world.command("Ana", line)
    assert said in world.fake.messages[-1].text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/quiz strat", "Did you mean /quiz start?"),
        ("/lala setings", "Did you mean /lala settings?"),
        ("/quiz start questons=5", "Did you mean questions?"),
    ],
)
async def test_a_wrong_word_gets_the_nearest_in_the_acknowledgement_itself(world, fake, line, said):
    ack = await world.command("Ana", line)
    assert ack.body["response_type"] == "ephemeral"
    assert said in ack.body["text"]
    assert fake.messages == []


@pytest.mark.parametrize(
    ("line", "questions"),
    [("/quiz 5", 5), ("/quiz start questions=5", 5), ("/quiz 5 music", 5), ("/quiz perguntas=4", 4)],
)
async def test_a_quiz_starts_loosely(world, line, questions):
    await world.command("Ana", line)
    assert f"{questions} questions" in world.newest("A quiz begins!").text


async def test_names_of_commands_can_be_set_and_are_said_so(make):
    world = await make(LALABOT_COMMANDS="quiz=lalaquiz,lala=lalabot")
    await world.command("Ana", "/lalaquiz stop")
    assert "Start one with /lalaquiz start" in world.told("Ana")[-1].text
    await world.command("Ana", "/lalabot help")
    assert "/lalabot settings" in world.told("Ana")[-1].text
    assert "/lala " not in world.told("Ana")[-1].text


async def test_private_words_follow_the_readers_language_and_posts_the_workspaces(make, fake):
    fake.add_person("Rita", locale="pt-BR")
    world = await make()
    await world.command("Rita", "/quiz 1")
    assert world.told("Rita")[-1].text == "Lá vamos nós!" or "quiz" not in world.told("Rita")[-1].text
    assert "A quiz begins!" in world.seen_by_all()[0].text


async def test_a_portuguese_workspace_is_spoken_to_in_portuguese(make, fake):
    fake.add_team("T1", "xoxb-1", locale="pt-BR")
    world = await make()
    await world.command("Ana", "/quiz 2")
    assert "perguntas" in world.seen_by_all()[0].text


async def test_a_name_that_slack_does_not_tell_is_the_handle(world, fake, clock):
    fake.failures["users.info"] += ["missing_scope"] * 9
    await world.command("Ana", "/quiz 1")
    await clock.advance(5)
    await world.press("Ana", world.question(), "the right one")
    await clock.advance(25)
    assert "Right: ana" in world.newest("the answer").text


async def test_settings_are_for_admins_and_whom_the_settings_name(make):
    world = await make(SLACK_MANAGERS="UBEN")
    await world.command("Ana", "/lala settings")
    assert "admins and owners of this workspace, and whom the bot's operator named" in world.told("Ana")[-1].text
    for name in ("Mo", "Ben"):
        await world.command(name, "/lala settings")
        await world.press(name, world.told(name)[-1], "Change")
    view = world.fake.views[-1]
    wrong = await world.submit(
        "Ben", view, language="en", spoilers="none", questions="99", seconds="20", mode="classic"
    )
    assert list(wrong.body["errors"]) == ["questions"]
    assert "from 1 to 50" in wrong.body["errors"]["questions"]
    await world.submit("Ben", view, language="pt-BR", spoilers="none", questions="7", seconds="20", mode="classic")
    assert "7 questions" in world.told("Ben")[-1].text
    assert "Only" in await _sent_by_another(world, view)
    assert world.fake.problems == []


async def _sent_by_another(world, view):
    await world.submit("Ana", view, language="en", spoilers="none", questions="7", seconds="20", mode="classic")
    return world.told("Ana")[-1].text


async def test_a_quiz_cannot_run_in_private_messages_but_a_fact_can_be_told(world):
    await world.command("Ana", "/quiz 1", channel="D1", channel_name="directmessage")
    assert "works in a channel only" in world.told("Ana")[-1].text
    await world.command("Ana", "/lalafact", channel="D1", channel_name="directmessage")
    assert "The fact" in world.fake.messages[-1].text


def test_settings_that_do_not_go_together_are_said():
    with pytest.raises(SettingError, match="SLACK_SOCKETS"):
        read_settings({"SLACK_SOCKETS": "11"}, {})
