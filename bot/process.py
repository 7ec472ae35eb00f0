"""The running bot: one process, one event loop, one HTTP server, every platform that has a token."""

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from adapters.web.client import WebServer
from adapters.web.gateway import WebGateway
from bot.app.lalabot import Lalabot
from bot.logs import configure_logs
from bot.ports.chat import ChatGateway
from bot.ports.store import Store
from bot.ports.time import Chance, Clock
from bot.settings import Settings
from bot.system.chance import SystemChance
from bot.system.clock import SystemClock, use_shipped_zones
from bot.wiring import build, load_library, open_store

log = logging.getLogger(__name__)


class Platform(Protocol):
    """What the process needs of a platform's adapter, in the order in which it needs it."""

    @property
    def gateway(self) -> ChatGateway: ...

    def attach(self, lalabot: Lalabot, app: web.Application) -> None:
        """Before anything can come in."""
        ...

    async def start(self) -> None: ...

    async def drain(self) -> None:
        """What came in is answered, and nothing more is taken."""
        ...

    async def close(self) -> None:
        """After the core has sent its last words."""
        ...


def serve(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM. Raises :class:`LalabotError` for what keeps it from starting."""
    configure_logs(settings.log, settings.secrets)
    use_shipped_zones()
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    clock, chance = SystemClock(), SystemChance()
    library = load_library(settings.packs)
    store = await open_store(settings, clock)
    # What is opened is closed in the opposite order, however far the start came.
    endings: list[Callable[[], Awaitable[object]]] = [store.close]
    try:
        platforms = _platforms(settings, store, clock, chance)
        lalabot, ticker = build(store, clock, chance, library, [platform.gateway for platform in platforms])
        await lalabot.start()
        endings.append(lalabot.stop)
        await _open(platforms, lalabot, endings)
        ticker.start()
        # What was loaded stays: looking through it for garbage, again and again, would hold up every press meanwhile.
        gc.collect()
        gc.freeze()
        await stopping.wait()
        ticker.stop()
    finally:
        for ending in reversed(endings):
            await ending()


async def _open(platforms: "list[Platform]", lalabot: Lalabot, endings: list[Callable[[], Awaitable[object]]]) -> None:
    app = web.Application()
    for platform in reversed(platforms):
        platform.attach(lalabot, app)
    for platform in platforms:
        # Posting still works while the core ends; taking in has ended before.
        endings.insert(1, platform.close)
        await platform.start()
        endings.append(platform.drain)


def _platforms(settings: Settings, store: Store, clock: Clock, chance: Chance) -> "list[Platform]":
    """The room always; the others where they have a token. Only what runs is imported."""
    platforms: list[Platform] = [_Web(settings, store, clock)]
    if settings.discord_token:
        platforms.append(_Discord(settings, clock))
    if settings.slack_bot_token or settings.slack_app_token or settings.slack_client_id:
        platforms.append(_Slack(settings, store, clock, chance))
    return platforms


class _Web:
    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self.gateway = WebGateway(store, clock)
        self._settings = settings
        self._server: WebServer | None = None

    def attach(self, lalabot: Lalabot, app: web.Application) -> None:
        self._server = WebServer(app, self.gateway, lalabot, host=self._settings.host, port=self._settings.port)

    async def start(self) -> None:
        assert self._server is not None, "attached before it starts"
        await self._server.start()
        print(f"The room is open: {self._server.address}/room/lobby?player=You  (Ctrl+C stops it)", flush=True)  # noqa: T201

    async def drain(self) -> None:
        assert self._server is not None, "attached before it starts"
        await self._server.stop()

    async def close(self) -> None:
        """The server has gone with its last request."""


class _Discord:
    def __init__(self, settings: Settings, clock: Clock) -> None:
        from adapters.discord.client import DiscordClient  # noqa: PLC0415 - a process without Discord never imports it
        from adapters.discord.options import read_options  # noqa: PLC0415 - see above

        self._client = DiscordClient(read_options(settings), clock)
        self.gateway: ChatGateway = self._client.gateway

    def attach(self, lalabot: Lalabot, app: web.Application) -> None:
        self._client.attach(lalabot)

    async def start(self) -> None:
        await self._client.launch()
        print("Discord: connected, or connecting.", flush=True)  # noqa: T201

    async def drain(self) -> None:
        await self._client.drain()

    async def close(self) -> None:
        await self._client.close()


class _Slack:
    def __init__(self, settings: Settings, store: Store, clock: Clock, chance: Chance) -> None:
        from adapters.slack.client import SlackClient  # noqa: PLC0415 - a process without Slack never imports it

        self._client = SlackClient(settings, store, clock, chance)
        self.gateway: ChatGateway = self._client.gateway

    def attach(self, lalabot: Lalabot, app: web.Application) -> None:
        self._client.attach(lalabot)
        self._client.add_routes(app)

    async def start(self) -> None:
        await self._client.start()
        print("Slack: connected, or connecting.", flush=True)  # noqa: T201

    async def drain(self) -> None:
        await self._client.stop()

    async def close(self) -> None:
        await self._client.close()
