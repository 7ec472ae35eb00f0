"""The connection to Discord: logs in, registers the commands, takes what comes in to the core, reconnects, stops without losing a press.

A process that runs several platforms makes a :class:`DiscordClient`, gives its ``gateway`` to the one ``Lalabot``, attaches that, and
calls ``launch``; at the end ``drain``, then ``Lalabot.stop``, then ``close``. :func:`create` builds the whole bot for Discord alone.
"""

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypedDict

import aiohttp
import discord

from adapters.discord import address, life
from adapters.discord.answering import answer, stopping_card
from adapters.discord.commands import CommandTree, PhraseTranslator, sync_changed
from adapters.discord.create import Composition
from adapters.discord.gateway import NOBODY, DiscordGateway
from adapters.discord.guard import InvalidRequests
from adapters.discord.inbound import Completing, Interaction, language_of, read_interaction
from adapters.discord.limits import CHOICE_TEXT, CHOICES, LONGEST_RATE_LIMIT_S, REQUESTS_A_SECOND, STOP_TIMEOUT_S
from adapters.discord.options import Options, Shards, read_options
from adapters.discord.pace import Pace
from adapters.discord.render import render_card
from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.domain.errors import SettingError
from bot.domain.language import Language
from bot.ports.store import Store
from bot.ports.time import Chance, Clock

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

FIRST_RETRY_S: Final = 2.0
LONGEST_RETRY_S: Final = 60.0
UNREACHABLE: Final = (aiohttp.ClientError, OSError, discord.GatewayNotFound, discord.DiscordServerError)
ANSWERED_HERE: Final = frozenset((discord.InteractionType.component, discord.InteractionType.modal_submit))


def create(
    settings: "Settings",
    *,
    store: Store | None = None,
    clock: Clock | None = None,
    chance: Chance | None = None,
    library: Library | None = None,
) -> "DiscordClient":
    """The whole bot, not connected: ``client.run(token)``, or ``async with client: await client.start(token)``.

    A ``store`` that is given stays open when the client closes.
    """
    composition = Composition(settings, store=store, clock=clock, chance=chance, library=library)
    return DiscordClient(read_options(settings), composition.clock, composition=composition)


class DiscordClient(discord.AutoShardedClient):
    """Asks for no privileged intent, caches no member and no message, and mentions nobody."""

    def __init__(self, options: Options, clock: Clock, *, composition: Composition | None = None) -> None:
        self.invalid_requests = InvalidRequests()
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=NOBODY,
            **_sharding(options.shards),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT_S,
            http_trace=self.invalid_requests.trace(),
        )
        self.options = options
        self.gateway = DiscordGateway(self, Pace(clock, REQUESTS_A_SECOND * options.shards.share))
        self.tree = CommandTree(self, self._receive)
        self.lalabot: Lalabot | None = None
        self._clock = clock
        self._composition = composition
        self._in_flight: set[asyncio.Task[Any]] = set()
        self._draining = False
        self._logged_in = False
        self._running: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    def attach(self, lalabot: Lalabot) -> None:
        """Whom to ask. It must have been started before anything can come in."""
        self.lalabot = lalabot

    # From the start to the end

    async def launch(self) -> None:
        """Logs in and connects, and stays connected, in the background. Raises :class:`SettingError` for a token that is not taken.

        Where Discord cannot be reached it goes on trying.
        """
        is_in = await self._try_login()
        self._running = asyncio.create_task(self._stay(is_in=is_in), name="discord")

    async def drain(self) -> None:
        """Every press in flight is answered; whatever comes after is told to try again in a moment."""
        self._draining = True
        if self._in_flight:
            await asyncio.wait(set(self._in_flight), timeout=STOP_TIMEOUT_S)

    async def close(self) -> None:
        if self._ending is None:
            self._ending = asyncio.create_task(self._close(), name="close discord")
        await asyncio.shield(self._ending)

    async def _close(self) -> None:
        await self.drain()
        if self._composition is not None:
            await self._composition.stop()
        if self._logged_in:
            await super().close()
        if self._composition is not None:
            await self._composition.close()
        if self._running is not None:
            self._running.cancel()
        address.move_back()

    async def login(self, token: str) -> None:
        address.move_api(self.options.api_url)
        self._logged_in = True
        await super().login(token)

    async def connect(self, *, reconnect: bool = True) -> None:
        if self.options.api_url:
            await address.move_events(self.http)
        await super().connect(reconnect=reconnect)

    async def setup_hook(self) -> None:
        if self._composition is not None:
            self.attach(await self._composition.start(self.gateway))
        await self.tree.set_translator(PhraseTranslator())
        try:
            await self.sync_commands()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("the commands could not be registered", extra={"why": repr(error)})

    async def sync_commands(self) -> None:
        """Only where they have changed since they were last registered."""
        if self.lalabot is None or self.application_id is None:
            return
        store, guild = self.lalabot.core.store, self.options.dev_guild
        if await sync_changed(self.tree, store, application=self.application_id, guild=guild):
            log.info("commands registered", extra={"guild": guild})

    async def _try_login(self) -> bool:
        try:
            await self.login(self.options.token)
        except discord.LoginFailure as error:
            await self.close()
            raise SettingError("Discord does not take DISCORD_TOKEN: copy the bot's token anew") from error
        except UNREACHABLE as error:
            log.warning("Discord cannot be reached", extra={"why": repr(error)})
            await self.http.close()
            # discord.py would go on with the connector that was just closed.
            self.http.connector = discord.utils.MISSING
            return False
        return True

    async def _stay(self, *, is_in: bool) -> None:
        retry_s = FIRST_RETRY_S
        while not self.is_closed():
            try:
                if is_in or await self._try_login():
                    is_in = True
                    await self.connect()
                    return
            except UNREACHABLE as error:
                log.warning("no connection to Discord", extra={"why": repr(error)})
            except (discord.ClientException, SettingError) as error:
                log.critical("Discord refuses the connection", extra={"why": str(error)})
                return
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=retry_s))
            retry_s = min(2 * retry_s, LONGEST_RETRY_S)

    # What comes in

    async def on_interaction(self, interaction: Interaction) -> None:
        """Presses and forms, by their ``custom_id`` alone; commands come through the tree."""
        if interaction.type in ANSWERED_HERE:
            await self._receive(interaction)

    async def _receive(self, interaction: Interaction) -> None:
        if self._draining or self.lalabot is None:
            await self._turn_away(interaction)
            return
        task = asyncio.current_task()
        assert task is not None, "discord.py runs every event in a task"
        self._in_flight.add(task)
        try:
            await self._handle(self.lalabot, interaction)
        finally:
            self._in_flight.discard(task)

    async def _handle(self, lalabot: Lalabot, interaction: Interaction) -> None:
        inbound = read_interaction(interaction)
        if isinstance(inbound, Completing):
            await _complete(lalabot, interaction, inbound)
        elif inbound is not None:
            await answer(lalabot, interaction, inbound)

    async def _turn_away(self, interaction: Interaction) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        card = stopping_card(language_of(interaction) or Language.EN)
        try:
            await interaction.response.send_message(view=render_card(card), ephemeral=True)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("somebody could not be told to wait", extra={"why": repr(error)})

    async def on_ready(self) -> None:
        log.info("connected to Discord", extra={"guilds": len(self.guilds), "shards": len(self.shards)})
        if self.lalabot is not None:
            await life.guilds_present(self.lalabot, self.guilds)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        if self.lalabot is not None:
            await life.guild_joined(self.lalabot, guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        if self.lalabot is not None:
            await life.guild_left(self.lalabot, guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        if self.lalabot is not None:
            await life.channel_deleted(self.lalabot, channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, deleted: discord.RawThreadDeleteEvent) -> None:
        if self.lalabot is not None:
            await life.channel_deleted(self.lalabot, deleted.guild_id, deleted.thread_id)


def _sharding(shards: Shards) -> "_Sharding":
    """Nothing, unless it is set: then discord.py asks Discord how many there should be, and runs them all."""
    if shards.count is None:
        return {}
    return {"shard_ids": list(shards.ids), "shard_count": shards.count}


class _Sharding(TypedDict, total=False):
    shard_ids: list[int]
    shard_count: int


async def _complete(lalabot: Lalabot, interaction: Interaction, asked: Completing) -> None:
    options = await lalabot.complete(asked.path, asked.option, asked.typed, asked.place, asked.language)
    choices = [
        discord.app_commands.Choice(name=option.label[:CHOICE_TEXT], value=option.value)
        for option in options[:CHOICES]
        if len(option.value) <= CHOICE_TEXT
    ]
    try:
        await interaction.response.autocomplete(choices)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.info("suggestions came too late", extra={"why": repr(error)})
