"""The running bot: one process, one event loop, one HTTP server, every platform that has a token."""

import asyncio
import logging
import signal

from aiohttp import web

from adapters.web.client import WebServer
from adapters.web.gateway import WebGateway
from bot.logs import configure_logs
from bot.settings import Settings
from bot.system.chance import SystemChance
from bot.system.clock import SystemClock, use_shipped_zones
from bot.wiring import build, load_library, open_store

log = logging.getLogger(__name__)


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
    library = load_library(settings.packs)
    clock, chance = SystemClock(), SystemChance()
    store = await open_store(settings, clock)
    try:
        gateway = WebGateway(store, clock)
        lalabot, ticker = build(store, clock, chance, library, (gateway,))
        server = WebServer(web.Application(), gateway, lalabot, host=settings.host, port=settings.port)
        await server.start()
        await lalabot.start()
        ticker.start()
        print(f"The room is open: {server.address}/room/lobby?player=You  (Ctrl+C stops it)", flush=True)  # noqa: T201
        await stopping.wait()
        ticker.stop()
        await server.stop()
        await lalabot.stop()
    finally:
        await store.close()
