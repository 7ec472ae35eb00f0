"""The command line: ``lalabot``. Each command imports what it needs, so that ``--help`` and ``fact`` cost next to nothing."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.domain.errors import LalabotError, Refused
from bot.domain.facts import Spoiler
from bot.domain.language import Language

if TYPE_CHECKING:
    from bot.domain.facts import Pack
    from bot.settings import Settings

LANGUAGES = [language.value for language in Language]
SPOILERS = [spoiler.value for spoiler in Spoiler]


def main() -> None:
    """Runs the command; whatever the operator can mend ends with one clear line and exit code 2."""
    try:
        group(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.ClickException, LalabotError) as error:
        click.echo(f"lalabot: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more can be told to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@click.group(name="lalabot", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lalabot")
def group() -> None:
    """Facts about La La Land, one a day, and quizzes: on Discord, on Slack and in a browser room.

    Settings come from the environment or a .env file: see `lalabot settings`.
    """


@group.command()
def run() -> None:
    """Run the bot: the browser room, and every platform that has a token.

    Without any token it serves the room alone, at http://127.0.0.1:8765. It stops at Ctrl+C or SIGTERM; a game that runs then goes
    on at the next start, with its buttons.
    """
    from bot.process import serve

    serve(_settings())


@group.command()
@click.option("--topic", help="What it is about, such as music.")
@click.option("--person", help="Whom it is about, such as Gosling.")
@click.option("--language", type=click.Choice(LANGUAGES, case_sensitive=False), default="en", show_default=True)
@click.option(
    "--spoilers", type=click.Choice(SPOILERS), default="none", show_default=True, help="How much it may give away."
)
def fact(topic: str | None, person: str | None, language: str, spoilers: str) -> None:
    """Tell one fact, drawn by chance. Needs no database and no network."""
    from bot.tell import told

    answer = told(_packs(questions=False)[0], topic, person, Language(language), Spoiler(spoilers))
    if isinstance(answer, Refused):
        from bot.app.phrases import say

        raise click.ClickException(say(Language(language), f"refused.{answer.reason}", **answer.details))
    click.echo(answer)


@group.command()
@click.option("--json", "as_json", is_flag=True, help="The whole corpus as JSON, every spoiler level.")
@click.option("--pack", "pack_id", help="Which pack; the first by default.")
def facts(as_json: bool, pack_id: str | None) -> None:  # noqa: FBT001 - click passes flags so
    """List the facts of a pack, with their topics and sources."""
    from bot.packs.export import facts_json

    pack = _pack(pack_id)
    if as_json:
        click.echo(facts_json(pack))
        return
    for entry in pack.facts:
        click.echo(f"{entry.id}\t{entry.topic}\t{entry.spoiler}\t{', '.join(entry.sources)}\t{entry.text.en}")


@group.command()
@click.option("--json", "as_json", is_flag=True, help="All questions as JSON, with their answers.")
@click.option("--pack", "pack_id", help="Which pack; the first by default.")
def questions(as_json: bool, pack_id: str | None) -> None:  # noqa: FBT001 - click passes flags so
    """List the questions of a pack. The answers are in it: not for players."""
    from bot.packs.export import questions_json

    pack = _pack(pack_id)
    if as_json:
        click.echo(questions_json(pack))
        return
    for entry in pack.questions:
        click.echo(f"{entry.id}\t{entry.kind}\t{entry.difficulty}\t{entry.prompt.en}\t{entry.answer.en}")


@group.command()
def settings() -> None:
    """Show every setting: its meaning, its value (secrets masked), and where it comes from."""
    from bot.settings import setting_rows

    _settings()
    for row in setting_rows(os.environ, _dotenv()):
        click.echo(f"{row.spec.name} = {row.value or '(empty)'}  [{row.source}]\n    {row.spec.meaning}")


@group.command()
def doctor() -> None:
    """Look at everything that the bot needs, and say what to do: tokens, scopes, permissions, database, clock, pack.

    Ends with code 1 if something is not well.
    """
    import asyncio

    from bot.doctor import examine

    if not asyncio.run(examine(_settings(), click.echo)):
        raise click.exceptions.Exit(1)


@group.group()
def invite() -> None:
    """Print the link that brings the bot into a community."""


@invite.command("discord")
def invite_discord() -> None:
    """For Discord, from DISCORD_TOKEN alone, with the least permissions."""
    from adapters.discord.doctor import invite_lines

    for line in invite_lines(_settings()):
        click.echo(line)


@group.group()
def manifest() -> None:
    """Print what a platform wants to know of the app."""


@manifest.command("slack")
@click.option("--socket", is_flag=True, help="For Socket Mode, without a public address.")
def manifest_slack(socket: bool) -> None:  # noqa: FBT001 - click passes flags so
    """The app manifest for Slack: https://api.slack.com/apps, Create New App, From a manifest."""
    from adapters.slack.manifest import manifest as slack_manifest

    click.echo(slack_manifest(_settings(), socket=socket))


@group.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Create the database, or bring it up to this program's schema. `lalabot run` does so by itself."""
    import asyncio

    from bot.system.clock import SystemClock
    from bot.wiring import open_store

    async def bring_up() -> None:
        store = await open_store(_settings(), SystemClock())
        await store.close()

    asyncio.run(bring_up())
    click.echo("The database is up to date.")


@group.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read and write a JSON object a line.")
@click.option("--pack", "pack_id", help="Whose names and titles the judge should know; the first pack by default.")
def judge(jsonl: bool, pack_id: str | None) -> None:  # noqa: FBT001 - the flag says how, and there is one way so far
    """Judge typed answers from standard input, so that a pack's author can try them.

    A line in: {"question": …, "answer": …, "accept": […], "guess": …, "language": "en"}. A line out: {"accepted": …, "reason": …}.
    """
    from bot.app.judge_jsonl import judge_jsonl
    from bot.domain.answers import Lexicon

    lexicon = Lexicon.of_packs((_pack(pack_id),))
    lines = (raw.decode("utf-8", errors="replace") for raw in sys.stdin.buffer)
    for line in judge_jsonl(lines, lexicon):
        click.echo(line)


@group.group("pack")
def pack_group() -> None:
    """Check, begin and import packs of facts and questions. The format is told in seeds/README.md."""


@pack_group.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Say everything that is wrong with the pack in the folder PATH, and what to do about it."""
    from bot.packs.lint import lint
    from bot.packs.problems import errors_of

    problems = lint(path)
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}")
    errors = len(errors_of(problems))
    click.echo(f"{path}: {errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise click.exceptions.Exit(1)


@pack_group.command()
@click.argument("path", type=click.Path(path_type=Path))
def new(path: Path) -> None:
    """Write a small, valid pack into the new folder PATH, to be filled."""
    from bot.packs.skeleton import new_pack

    new_pack(path)
    click.echo(f"{path}: a new pack. Fill it, then: lalabot pack check {path}")


@pack_group.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="What the list is written in."
)
@click.option(
    "--format", "source_format", type=click.Choice(["red", "opentdb", "csv"]), help="By the file's ending if left out."
)
@click.option("--name", help="The pack's name; the file's by default.")
def import_command(source: Path, folder: Path, language: str, source_format: str | None, name: str | None) -> None:
    """Make a pack in the new folder FOLDER from the list SOURCE: Red-DiscordBot trivia (YAML), Open Trivia Database (JSON), CSV.

    Says what it could not take, and never overwrites.
    """
    from bot.packs.importers import ImportFormat, import_pack

    chosen = ImportFormat(source_format) if source_format else None
    report = import_pack(source, folder, language=Language(language), source_format=chosen, name=name)
    for left_out in report.not_taken:
        click.echo(f"left out: {left_out}")
    for problem in report.to_mend:
        click.echo(f"to mend: {problem}")
    click.echo(f"{report.folder}: {report.taken} questions taken, {len(report.not_taken)} left out")


@group.group()
def daily() -> None:
    """Look at the calendar of daily posts."""


@daily.command()
@click.option("--time", "time_text", required=True, help="The wall-clock time, such as 9:00, 9am or 21h30.")
@click.option("--zone", "zone_text", required=True, help="An IANA zone or a city, such as America/New_York or Lisbon.")
@click.option("--from", "first_text", required=True, help="The first local date: YYYY-MM-DD.")
@click.option("--days", type=click.IntRange(1, 3660), required=True, help="How many dates.")
@click.option("--weekdays", "weekdays_text", default="all", show_default=True, help="Such as mon,fri or mon-fri.")
def preview(time_text: str, zone_text: str, first_text: str, days: int, weekdays_text: str) -> None:
    """Print when a daily post would come: a line a date, local date, tab, UTC instant.

    A time that the clocks skip comes at the first instant after the gap; one that they repeat comes once, the first time; a date that
    the zone does not have is left out.
    """
    from bot.calendar_preview import previewed

    for line in previewed(time_text, zone_text, first_text, days, weekdays_text):
        click.echo(line)


def _settings() -> "Settings":
    from bot.settings import read_settings

    return read_settings(os.environ, _dotenv())


def _dotenv() -> Mapping[str, str]:
    if not Path(".env").is_file():
        return {}
    from dotenv import dotenv_values

    values: dict[str, Any] = dotenv_values(".env")
    return {name: value for name, value in values.items() if value}


def _packs(*, questions: bool) -> "tuple[Pack, ...]":
    from bot.packs.loader import load_packs

    return load_packs(_settings().packs, with_questions=questions)


def _pack(pack_id: str | None) -> "Pack":
    packs = _packs(questions=True)
    if pack_id is None:
        return packs[0]
    found = next((entry for entry in packs if entry.id == pack_id), None)
    if found is None:
        known = ", ".join(entry.id for entry in packs)
        raise click.ClickException(f"there is no pack {pack_id!r}: there are {known}")
    return found
