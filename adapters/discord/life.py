"""What happens to guilds and channels: taken in, put out, deleted."""

import logging
from collections.abc import Iterable

import discord

from adapters.discord.ids import channel_of, community_of
from adapters.discord.inbound import first_missing
from bot.app.lalabot import Lalabot
from bot.domain.language import Language

log = logging.getLogger(__name__)


async def guild_joined(lalabot: Lalabot, guild: discord.Guild) -> None:
    """A short greeting where the bot may speak."""
    channel = speaking_channel(guild)
    await lalabot.joined(
        community_of(guild.id, 0),
        greet_in=channel_of(guild.id, channel.id) if channel else None,
        language=Language.of_tag(str(guild.preferred_locale)) or Language.EN,
        joined_at=guild.me.joined_at or discord.utils.utcnow(),
    )
    log.info("a guild took the bot in", extra={"guild": guild.id})


async def guild_left(lalabot: Lalabot, guild: discord.Guild) -> None:
    log.info("a guild put the bot out", extra={"guild": guild.id})
    await lalabot.left(community_of(guild.id, 0))


async def guilds_present(lalabot: Lalabot, guilds: Iterable[discord.Guild]) -> None:
    """After a start: a guild that had left and is there again came back while the bot was away."""
    await lalabot.present(frozenset(community_of(guild.id, 0) for guild in guilds))


async def channel_deleted(lalabot: Lalabot, guild: int, channel: int) -> None:
    await lalabot.gone(channel_of(guild, channel))


def speaking_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The guild's own choice for such messages, else its first text channel where the bot may speak."""
    system = [guild.system_channel] if guild.system_channel else []
    return next((channel for channel in (*system, *guild.text_channels) if _may_speak(guild, channel)), None)


def _may_speak(guild: discord.Guild, channel: discord.TextChannel) -> bool:
    return first_missing(channel.permissions_for(guild.me), is_thread=False) is None
