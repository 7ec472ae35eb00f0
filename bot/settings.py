"""Settings: from the environment, else from a ``.env`` in the working directory, else their defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.errors import SettingError

PROJECT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class SettingSpec:
    name: str
    meaning: str
    default: str = ""
    is_secret: bool = False


SPECS: Final = (
    SettingSpec(
        "DATABASE_URL",
        "where everything is kept: a SQLite file, or postgresql+asyncpg://… for several processes",
        "sqlite+aiosqlite:///data/lalabot.db",
    ),
    SettingSpec("DISCORD_TOKEN", "the bot's token; without it Discord is left out", is_secret=True),
    SettingSpec("DISCORD_API_URL", "another base address for Discord's API, such as a proxy"),
    SettingSpec("DISCORD_SHARDS", "which shards this process runs, of how many (0-3/16); empty: all"),
    SettingSpec("DISCORD_DEV_GUILD", "development: the id of the one server in which commands are registered, at once"),
    SettingSpec("SLACK_BOT_TOKEN", "the bot's token (xoxb-…) for one workspace", is_secret=True),
    SettingSpec(
        "SLACK_APP_TOKEN", "the app-level token (xapp-…): Socket Mode, no public address needed", is_secret=True
    ),
    SettingSpec("SLACK_SIGNING_SECRET", "checks that requests over HTTP come from Slack", is_secret=True),
    SettingSpec("SLACK_CLIENT_ID", "with the next one: many workspaces, installed over /slack/install"),
    SettingSpec("SLACK_CLIENT_SECRET", "see SLACK_CLIENT_ID", is_secret=True),
    SettingSpec("SLACK_API_URL", "another base address for Slack's Web API"),
    SettingSpec(
        "SLACK_SOCKETS", "connections in Socket Mode, 1 to 10: with two, one serves while the other is renewed", "2"
    ),
    SettingSpec(
        "SLACK_MANAGERS", "ids of Slack members who may manage, besides a workspace's admins: U012AB3CD,W9XY8Z7"
    ),
    SettingSpec(
        "LALABOT_SECRET_KEY",
        "encrypts the workspaces' tokens in the database (16 characters or more); to change it, put the new one before the "
        "old one, with a comma",
        is_secret=True,
    ),
    SettingSpec("LALABOT_PUBLIC_URL", "the https address at which the world reaches this server, for Slack over HTTP"),
    SettingSpec("LALABOT_HOST", "the address that the room, Slack over HTTP and health checks listen on", "127.0.0.1"),
    SettingSpec("LALABOT_PORT", "its port; 0 takes any free one", "8765"),
    SettingSpec("LALABOT_PACKS", "folders of packs, separated by commas; empty: those that ship"),
    SettingSpec("LALABOT_LOG", "console (for reading) or json (for collecting)", "console"),
    SettingSpec("LALABOT_COMMANDS", "other names for the commands on Slack: lalafact=lalafact,quiz=lalaquiz"),
)
_LOGS: Final = ("console", "json")
_COMMANDS: Final = ("lalafact", "quiz", "lala")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, read and checked. A text that is empty is not set."""

    database_url: str
    discord_token: str
    discord_api_url: str
    discord_shards: str
    discord_dev_guild: str
    slack_bot_token: str
    slack_app_token: str
    slack_signing_secret: str
    slack_client_id: str
    slack_client_secret: str
    slack_api_url: str
    slack_sockets: int
    slack_managers: frozenset[str]
    secret_key: str
    public_url: str
    host: str
    port: int
    packs: tuple[Path, ...]
    log: str
    commands: Mapping[str, str]
    """The name that people type, by canonical name."""
    secrets: frozenset[str]
    """What must never be seen in a log or a message."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as the operator sees it."""

    spec: SettingSpec
    value: str
    """Masked if it is a secret."""
    source: str
    """``environment``, ``.env``, ``default`` or ``not set``."""


def read_settings(environ: Mapping[str, str], dotenv: Mapping[str, str]) -> Settings:
    """Raises :class:`SettingError`, with a line a wrong setting."""
    values = {spec.name: environ.get(spec.name) or dotenv.get(spec.name) or spec.default for spec in SPECS}
    problems: list[str] = []
    port = _port(values["LALABOT_PORT"], problems)
    sockets = _sockets(values["SLACK_SOCKETS"], problems)
    commands = _command_names(values["LALABOT_COMMANDS"], problems)
    log = values["LALABOT_LOG"]
    if log not in _LOGS:
        problems.append(f"LALABOT_LOG is {log!r}: it can be console or json")
    if not values["DATABASE_URL"].startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        # The address itself may hold a password: it is not repeated.
        problems.append("DATABASE_URL must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
    if problems:
        raise SettingError("\n".join(problems))
    packs = tuple(Path(part.strip()).expanduser() for part in values["LALABOT_PACKS"].split(",") if part.strip())
    return Settings(
        database_url=values["DATABASE_URL"],
        discord_token=values["DISCORD_TOKEN"],
        discord_api_url=values["DISCORD_API_URL"],
        discord_shards=values["DISCORD_SHARDS"],
        discord_dev_guild=values["DISCORD_DEV_GUILD"],
        slack_bot_token=values["SLACK_BOT_TOKEN"],
        slack_app_token=values["SLACK_APP_TOKEN"],
        slack_signing_secret=values["SLACK_SIGNING_SECRET"],
        slack_client_id=values["SLACK_CLIENT_ID"],
        slack_client_secret=values["SLACK_CLIENT_SECRET"],
        slack_api_url=values["SLACK_API_URL"],
        slack_sockets=sockets,
        slack_managers=frozenset(part.strip() for part in values["SLACK_MANAGERS"].split(",") if part.strip()),
        secret_key=values["LALABOT_SECRET_KEY"],
        public_url=values["LALABOT_PUBLIC_URL"].rstrip("/"),
        host=values["LALABOT_HOST"],
        port=port,
        packs=packs or (PROJECT / "seeds",),
        log=log,
        commands=commands,
        secrets=frozenset(values[spec.name] for spec in SPECS if spec.is_secret and values[spec.name]),
    )


def setting_rows(environ: Mapping[str, str], dotenv: Mapping[str, str]) -> tuple[SettingRow, ...]:
    return tuple(_row(spec, environ, dotenv) for spec in SPECS)


def _row(spec: SettingSpec, environ: Mapping[str, str], dotenv: Mapping[str, str]) -> SettingRow:
    for source, values in (("environment", environ), (".env", dotenv)):
        if value := values.get(spec.name):
            return SettingRow(spec, _masked(spec, value), source)
    return SettingRow(spec, spec.default, "default" if spec.default else "not set")


def _masked(spec: SettingSpec, value: str) -> str:
    if spec.is_secret:
        return "•••• (set)"
    scheme, separator, rest = value.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}{separator}{user.partition(':')[0]}:••••@{host}" if at else value


def _port(text: str, problems: list[str]) -> int:
    if text.isdecimal() and int(text) <= 65_535:
        return int(text)
    problems.append(f"LALABOT_PORT is {text!r}: it must be a number from 0 to 65535")
    return 0


def _sockets(text: str, problems: list[str]) -> int:
    if text.isdecimal() and 1 <= int(text) <= 10:
        return int(text)
    problems.append(f"SLACK_SOCKETS is {text!r}: it must be a number from 1 to 10")
    return 1


def _command_names(text: str, problems: list[str]) -> Mapping[str, str]:
    names = {name: name for name in _COMMANDS}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        known, _, chosen = pair.partition("=")
        if known not in names or not chosen.isidentifier():
            problems.append(
                f"LALABOT_COMMANDS: {pair!r} is not one of {', '.join(_COMMANDS)}, an equals sign and a name"
            )
        else:
            names[known] = chosen
    return names
