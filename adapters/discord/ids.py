"""Discord's ids as the core's, and back; what a snowflake tells of time; a post's key as a nonce.

A guild is the community ``discord/<guild>`` and its channels and threads are ``discord/<guild>/<channel>``. Where there is no guild (a
private chat with the bot, or a group with a user-installed app) each channel is a community of its own, ``discord/@me.<channel>``, so
that strangers never share standings. A person is ``discord/<user>`` everywhere.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord

from bot.domain.ids import ChannelId, CommunityId, PlayerId

PLATFORM: Final = "discord"
_PRIVATE: Final = "@me"


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel in Discord's own numbers; ``guild`` is ``None`` in a private chat."""

    guild: int | None
    channel: int


def community_of(guild: int | None, channel: int) -> CommunityId:
    return CommunityId(f"{PLATFORM}/{guild or f'{_PRIVATE}.{channel}'}")


def channel_of(guild: int | None, channel: int) -> ChannelId:
    return ChannelId(f"{community_of(guild, channel)}/{channel}")


def player_of(user: int) -> PlayerId:
    return PlayerId(f"{PLATFORM}/{user}")


def spot_of(channel: ChannelId) -> Spot:
    _, guild, number = channel.split("/")
    return Spot(None if guild.startswith(_PRIVATE) else int(guild), int(number))


def user_of(player: PlayerId) -> int:
    return int(player.removeprefix(f"{PLATFORM}/"))


def time_of(snowflake: int) -> datetime:
    """When Discord made it, to the millisecond: the one clock that a question and its answers share."""
    return discord.utils.snowflake_time(snowflake)


def nonce_of(key: str) -> str:
    """The same key always gives the same 25 letters, 125 bits of its digest: Discord drops a message that comes twice under one."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:16])
    return "".join("0123456789abcdefghijklmnopqrstuv"[(digest >> 5 * place) & 31] for place in range(25))
