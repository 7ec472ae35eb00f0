"""The real server on a loopback port, with a peer for a core, and pages that are real WebSocket clients."""

import asyncio
import contextlib
import itertools
import json
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, WSMsgType, web

from adapters.web.client import WebServer
from adapters.web.gateway import WebGateway
from tests.adapters.web.peer import Peer, Rooms, WallClock

PATIENCE_S = 5


class Page:
    """A browser's tab without a browser."""

    ids = itertools.count(1)

    def __init__(self, socket):
        self.socket = socket

    async def next(self):
        message = await self.socket.receive(timeout=PATIENCE_S)
        assert message.type is WSMsgType.TEXT, f"closed with {self.socket.close_code}"
        return json.loads(message.data)

    async def until(self, kind, **wanted):
        """The next frame of that kind; what comes before it is passed over."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(key) == value for key, value in wanted.items()):
                return frame

    async def frames_until_done(self, frame_id):
        frames = []
        while not (frames and frames[-1]["type"] == "done" and frames[-1]["id"] == frame_id):
            frames.append(await self.next())
        return frames

    async def send(self, kind, *, frame_id=None, **fields):
        frame_id = frame_id or f"frame-{next(self.ids):06}"
        await self.socket.send_str(json.dumps({"type": kind, "id": frame_id, **fields}))
        return frame_id

    async def ask(self, kind, **fields):
        """Sends, and gives every frame up to and with its ``done``."""
        return await self.frames_until_done(await self.send(kind, **fields))

    async def close_code(self):
        while True:
            message = await self.socket.receive(timeout=PATIENCE_S)
            if message.type is not WSMsgType.TEXT:
                return self.socket.close_code


class Served:
    """A running server and everything around it."""

    def __init__(self, rooms=None):
        self.rooms = rooms or Rooms()
        self.gateway = WebGateway(self.rooms, WallClock())
        self.peer = Peer(self.gateway)
        self.server = WebServer(web.Application(), self.gateway, self.peer, host="127.0.0.1", port=0)
        self.session = ClientSession()

    @property
    def address(self):
        return self.server.address

    async def page(self, player="Ana", room="lobby", lang="en", **options):
        """Entered, with its snapshot as ``page.snapshot``."""
        query = urlencode({"player": player, "lang": lang})
        page = Page(await self.session.ws_connect(f"{self.address}/room/{room}/live?{query}", **options))
        page.snapshot = await page.next()
        assert page.snapshot["type"] == "snapshot"
        return page

    async def get(self, path, **options):
        async with self.session.get(f"{self.address}{path}", **options) as response:
            return response.status, response.headers, await response.text()


@contextlib.asynccontextmanager
async def serving(rooms=None):
    served = Served(rooms)
    await served.server.start()
    try:
        yield served
    finally:
        await served.session.close()
        async with asyncio.timeout(10):
            await served.server.stop()


@pytest.fixture
async def served():
    async with serving() as running:
        yield running
