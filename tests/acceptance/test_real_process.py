"""The real thing: a process on a port, a SQLite file, and kill -9."""

import asyncio
import os
import socket
import subprocess
import sys

import pytest

from tests.acceptance.real import Bot, Page, buttons_of

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
async def bot(tmp_path):
    running = Bot(tmp_path).start()
    yield running
    if running.process.poll() is None:
        running.stop()


async def test_killed_in_the_middle_of_a_question_it_goes_on_as_if_nothing_had_been(bot):
    ana = await Page(bot, "Ana").open()
    await ana.say("/quiz 1 seconds=12")
    question = await ana.sees("Question 1 of 1")
    buttons = buttons_of(question)
    await ana.press(buttons[0])
    await ana.hears("locked in")

    bot.kill()
    await ana.close()
    bot.start()

    ana, ben = await Page(bot, "Ana").open(), await Page(bot, "Ben").open()
    assert buttons_of(await ben.sees("Question 1 of 1")) == buttons, "the same question is open, its buttons live"
    await ben.press(buttons[1])
    await ben.hears("locked in")
    await ana.press(buttons[0])
    await ana.hears("locked in")
    await ana.press(buttons[1])
    await ana.hears("Changed to B")
    await ana.press(buttons[0])
    await ana.hears("last answer stands")
    reveal = await ben.sees("Question 1 of 1: the answer")
    assert "Ana" in reveal
    assert "Ben" in reveal
    assert "I was away" not in reveal
    await ben.sees("The quiz is over")
    assert ben.count("The quiz is over") == 1
    assert ben.count("Question 1 of 1: the answer") == 1
    await ana.close()
    await ben.close()


async def test_a_deadline_that_passed_while_it_was_down_is_revealed_at_its_start(bot):
    ana = await Page(bot, "Ana").open()
    await ana.say("/quiz 2 seconds=5")
    question = await ana.sees("Question 1 of 2")
    await ana.press(buttons_of(question)[0])
    await ana.hears("locked in")
    bot.kill()
    await ana.close()
    await asyncio.sleep(9)
    bot.start()
    ana = await Page(bot, "Ana").open()
    assert "I was away when the time ran out" in await ana.sees("Question 1 of 2: the answer", timeout_s=3)
    await ana.sees("Question 2 of 2")
    await ana.close()


async def test_killed_at_any_step_a_game_still_comes_to_its_end_and_shows_everything_once(tmp_path):
    """Before the start card is out, before the question, in it, at its reveal, before the end."""
    await asyncio.gather(*(killed_after(tmp_path / f"{s}", s) for s in (0.3, 2.0, 5.2, 6.5, 10.6, 12.0)))


async def killed_after(folder, after_s):
    folder.mkdir()
    bot = await asyncio.to_thread(Bot(folder).start)
    ana = await Page(bot, "Ana").open()
    await ana.say("/quiz 1 seconds=5")
    await ana.hears("Here we go!")
    await asyncio.sleep(after_s)
    bot.kill()
    await ana.close()
    await asyncio.to_thread(bot.start)
    ana = await Page(bot, "Ana").open()
    await ana.sees("The quiz is over", timeout_s=40)
    for what in ("A quiz begins!", "Question 1 of 1: the answer", "The quiz is over"):
        assert ana.count(what) == 1, what
    await ana.say("/quiz 1 seconds=5")
    await ana.hears("Here we go!")
    await ana.close()
    assert await asyncio.to_thread(bot.stop) == 0


async def test_a_stop_in_the_middle_of_a_game_is_clean_and_quick(bot):
    ana = await Page(bot, "Ana").open()
    await ana.say("/quiz 3")
    await ana.sees("Question 1 of 3")
    assert bot.stop() == 0
    assert [line for line in bot.log() if line["level"] in {"error", "critical"}] == []
    await ana.close()


def run(*arguments, **environ):
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def assert_one_clear_line(done, *words):
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    for word in words:
        assert word in lines[0]


def test_a_port_in_use_ends_with_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("run", LALABOT_PORT=port, DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}/x.db")
    assert_one_clear_line(done, port, "in use", "LALABOT_PORT")


def test_a_second_process_on_one_file_ends_with_one_clear_line(bot, tmp_path):
    done = run("run", LALABOT_PORT="0", DATABASE_URL=bot.environ["DATABASE_URL"])
    assert_one_clear_line(done, "in use by another lalabot", str(bot.process.pid), "PostgreSQL")


def test_a_broken_database_ends_with_one_clear_line_and_is_left_alone(tmp_path):
    broken = tmp_path / "broken.db"
    broken.write_text("this is no database " * 100)
    before = broken.read_bytes()
    done = run("db", "upgrade", DATABASE_URL=f"sqlite+aiosqlite:///{broken}")
    assert_one_clear_line(done, "broken.db", "not a database")
    assert broken.read_bytes() == before


def test_a_bad_setting_ends_with_one_clear_line():
    assert_one_clear_line(run("run", LALABOT_PORT="eighty"), "LALABOT_PORT", "eighty")
    assert_one_clear_line(run("settings", LALABOT_LOG="loud"), "LALABOT_LOG", "console or json")
    done = run("run", DATABASE_URL="mysql://root:hunter2@db/x")
    assert_one_clear_line(done, "DATABASE_URL")
    assert "hunter2" not in done.stderr


def test_a_bad_pack_ends_with_a_line_that_names_file_id_and_remedy(tmp_path):
    assert run("pack", "new", str(tmp_path / "mine")).returncode == 0
    facts = next((tmp_path / "mine" / "facts").glob("*.toml"))
    facts.write_text(facts.read_text().replace("spoiler = ", "spoilr = "))
    done = run("fact", LALABOT_PACKS=str(tmp_path / "mine"))
    assert_one_clear_line(done, facts.name, "spoil")


def test_an_unknown_command_or_option_of_the_command_line_ends_with_code_2():
    for arguments in (("fcat",), ("fact", "--tpoic", "music"), ("fact", "--spoilers", "some")):
        done = run(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_an_unknown_topic_gets_the_nearest_on_the_command_line():
    assert_one_clear_line(run("fact", "--topic", "musik"), "musik", "did you mean Music?")


def test_secrets_are_masked_in_the_settings():
    done = run("settings", DISCORD_TOKEN="very-secret-token", DATABASE_URL="postgresql+asyncpg://u:hunter2@h/db")
    assert "very-secret-token" not in done.stdout
    assert "hunter2" not in done.stdout
    assert "DISCORD_TOKEN = •••• (set)  [environment]" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("run",),
        ("fact",),
        ("facts",),
        ("questions",),
        ("judge",),
        ("pack", "check"),
        ("daily", "preview"),
        ("settings",),
        ("db", "upgrade"),
    ],
)
def test_every_help_is_worth_reading(arguments):
    done = run(*arguments, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) >= 5
