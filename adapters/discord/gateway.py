"""Posting to Discord with the bot's own token: messages that outlive any interaction, each under a nonce made from its key."""

import asyncio
from typing import Final

import discord

from adapters.discord.errors import translated
from adapters.discord.ids import PLATFORM, nonce_of, spot_of, time_of, user_of
from adapters.discord.inbound import first_missing
from adapters.discord.limits import EDIT_INTERVAL_S, NONCE_KEPT_S, SEND_TIMEOUT_S
from adapters.discord.pace import Pace
from adapters.discord.render import render_card
from adapters.discord.words import word
from bot.domain.ids import ChannelId, MessageRef, PlayerId
from bot.domain.language import Language
from bot.ports.cards import Card, CardKind
from bot.ports.chat import Capabilities, ChannelGone, NotPermitted, Posted, Unreachable

CAPABILITIES: Final = Capabilities(
    repeats_are_dropped=True,
    private_unprompted=True,
    edit_interval_s=EDIT_INTERVAL_S,
    repeats_dropped_for_s=NONCE_KEPT_S,
)
NOBODY: Final = discord.AllowedMentions.none()
NOT_YET_RETRY_S: Final = 2.0
SITE: Final = "https://discord.com"


class DiscordGateway:
    """Works from the moment its client is logged in, whether or not the connection for events stands."""

    def __init__(self, client: discord.Client, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    @property
    def platform(self) -> str:
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def post(self, channel: ChannelId, card: Card, *, key: str) -> Posted:
        place = self._place(channel)
        await self._pace.turn(can_wait=card.kind is CardKind.DAILY)
        with translated(lambda: self._missing(channel, card.language)):
            async with asyncio.timeout(SEND_TIMEOUT_S):
                sent = await place.send(view=render_card(card), nonce=nonce_of(key), allowed_mentions=NOBODY)
        return Posted(MessageRef(str(sent.id)), time_of(sent.id))

    async def edit(self, channel: ChannelId, message: MessageRef, card: Card) -> None:
        posted = self._place(channel).get_partial_message(int(message))
        await self._pace.turn()
        with translated(lambda: self._missing(channel, card.language)):
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await posted.edit(view=render_card(card), allowed_mentions=NOBODY)

    async def whisper(self, channel: ChannelId, player: PlayerId, card: Card) -> bool:
        """By direct message; many people accept none from strangers."""
        self._require_login()
        try:
            with translated(lambda: self._missing(channel, card.language)):
                async with asyncio.timeout(SEND_TIMEOUT_S):
                    await self._pace.turn()
                    # As a text: Client.create_dm would send a number, which Discord's description does not know.
                    opened = await self._client.http.start_private_message(str(user_of(player)))
                    private = self._client.get_partial_messageable(int(opened["id"]))
                    await self._pace.turn()
                    await private.send(view=render_card(card), allowed_mentions=NOBODY)
        except (NotPermitted, ChannelGone):
            return False
        return True

    def link(self, channel: ChannelId, message: MessageRef) -> str | None:
        spot = spot_of(channel)
        return f"{SITE}/channels/{spot.guild or '@me'}/{spot.channel}/{message}"

    def _place(self, channel: ChannelId) -> discord.PartialMessageable:
        self._require_login()
        spot = spot_of(channel)
        return self._client.get_partial_messageable(spot.channel, guild_id=spot.guild)

    def _require_login(self) -> None:
        if self._client.user is None or self._client.is_closed():
            raise Unreachable("not logged in to Discord", retry_after_s=NOT_YET_RETRY_S)

    def _missing(self, channel: ChannelId, language: Language) -> str | None:
        """The permission that keeps the bot from posting, by what Discord last told; ``None`` if it is not in the guild."""
        spot = spot_of(channel)
        guild = self._client.get_guild(spot.guild) if spot.guild else None
        if guild is None:
            return None if spot.guild and self._would_know(spot.guild) else _permission(language, "send_messages")
        known = guild.get_channel_or_thread(spot.channel)
        if known is None:
            # A channel that the bot may not see is not in what it is told of the guild.
            return _permission(language, "view_channel")
        is_thread = isinstance(known, discord.Thread)
        name = first_missing(known.permissions_for(guild.me), is_thread=is_thread)
        return _permission(language, name or ("send_messages_in_threads" if is_thread else "send_messages"))

    def _would_know(self, guild: int) -> bool:
        """Whether a guild that is unknown here has put the bot out: another process may run its shard."""
        if not self._client.is_ready():
            return False
        shards = getattr(self._client, "shard_ids", None)
        return not shards or (guild >> 22) % (self._client.shard_count or 1) in shards


def _permission(language: Language, name: str) -> str:
    return word(language, f"permission.{name}")
