"""What the operator set for Discord, checked: the token, where the API is, which shards, where commands are tried out."""

import re
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from bot.domain.errors import SettingError

API_PATH: Final = "/api/v10"  # the version that discord.py 2.7 speaks
_SHARDS: Final = re.compile(r"(\d+)(?:-(\d+))?/(\d+)")


class Source(Protocol):
    """The settings that are read here, wherever they come from."""

    @property
    def discord_token(self) -> str: ...
    @property
    def discord_api_url(self) -> str: ...
    @property
    def discord_shards(self) -> str: ...
    @property
    def discord_dev_guild(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Shards:
    """Empty ``ids`` are all of them; a ``count`` of ``None`` is what Discord recommends."""

    ids: tuple[int, ...] = ()
    count: int | None = None

    @property
    def share(self) -> float:
        """Of the bot's shards, and so of what all its processes together may ask of Discord."""
        return len(self.ids) / self.count if self.ids and self.count else 1.0


@dataclass(frozen=True, slots=True)
class Options:
    token: str
    api_url: str
    """Without a slash at its end; empty: Discord's own."""
    shards: Shards
    dev_guild: int | None


def read_options(settings: Source) -> Options:
    """Raises :class:`SettingError` for a setting that cannot be."""
    return Options(
        settings.discord_token.removeprefix("Bot ").strip(),
        _api_url(settings.discord_api_url.strip()),
        _shards(settings.discord_shards.replace(" ", "")),
        _guild(settings.discord_dev_guild.strip()),
    )


def _api_url(text: str) -> str:
    """An address without a path is that of a proxy, which serves the API where Discord does."""
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingError("DISCORD_API_URL must be an address such as http://127.0.0.1:3000/api/v10")
    path = parts.path.rstrip("/")
    if path in {"", "/api"}:
        path = API_PATH
    return f"{parts.scheme}://{parts.netloc}{path}"


def _shards(text: str) -> Shards:
    if not text:
        return Shards()
    found = _SHARDS.fullmatch(text)
    if found is None:
        raise SettingError(
            "DISCORD_SHARDS must be such as 0-3/16: the first and last shard of this process, of how many"
        )
    first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
    if not first <= last < count:
        raise SettingError(f"DISCORD_SHARDS is {text!r}: of {count} shards there are 0 to {count - 1}")
    return Shards(tuple(range(first, last + 1)), count)


def _guild(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise SettingError("DISCORD_DEV_GUILD must be the id of a server: a number")
    return int(text)
