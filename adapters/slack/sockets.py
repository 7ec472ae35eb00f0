"""Socket Mode: several connections of slack_sdk's, each of which renews itself when Slack asks for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app.tasks import Tasks
from bot.ports.time import Clock

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 60.0


class Sockets:
    def __init__(self, app: AsyncApp, token: str, clock: Clock, tasks: Tasks) -> None:
        self._app = app
        self._token = token
        self._clock = clock
        self._tasks = tasks
        self._sockets: list[AsyncSocketModeHandler] = []

    @property
    def connected(self) -> int:
        """How many are open."""
        sessions = (socket.client.current_session for socket in self._sockets)
        return sum(session is not None and not session.closed for session in sessions)

    def start(self, count: int, client: Callable[[], AsyncWebClient]) -> None:
        """Connects in the background, and goes on trying."""
        for number in range(count):
            socket = AsyncSocketModeHandler(self._app, self._token, web_client=client())
            self._sockets.append(socket)
            self._tasks.spawn(self._connect(socket), f"socket {number}")

    async def stop(self) -> None:
        closing: list[Awaitable[object]] = []
        for socket in self._sockets:
            close: Callable[[], Awaitable[None]] = socket.close_async
            closing.append(close())
        await asyncio.gather(*closing, return_exceptions=True)
        for socket in self._sockets:
            socket.client.message_processor.cancel()
            await socket.client.aiohttp_client_session.close()
        self._sockets.clear()

    async def _connect(self, socket: AsyncSocketModeHandler) -> None:
        connect: Callable[[], Awaitable[None]] = socket.connect_async
        wait_s = 1.0
        while True:
            try:
                await connect()
            except Exception as error:
                # slack_sdk raises what it likes here, and the bot must not stay deaf.
                log.warning("no socket to Slack", extra={"why": str(error), "again_in_s": wait_s})
            else:
                return
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=wait_s))
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)
