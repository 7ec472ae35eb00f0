"""The HTTP server: the pages' routes, the live connections, and how it starts and stops.

The aiohttp application is the whole bot's: this adds the room's routes to it and listens. Without passwords a room is as private as
its address, so by default it listens on loopback only; there it answers to loopback's own names alone, so that no other site's page
can reach it through the browser (DNS rebinding), and a live connection is taken only from a page of this very host.
"""

import asyncio
import errno
import ipaddress
import logging
from collections import Counter
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler

from adapters.web.gateway import WebGateway
from adapters.web.inbound import Visitor, read_name, read_room
from adapters.web.limits import (
    COMPLETE_BURST,
    COMPLETE_PER_S,
    MAX_TABS,
    MAX_TABS_PER_PLAYER,
    SEND_BURST,
    SEND_PER_S,
    STOP_TIMEOUT_S,
)
from adapters.web.live import Connection, Paces
from adapters.web.pace import Pace
from adapters.web.pages import asset, entry_page, lost_page, room_page, room_path
from bot.app.lalabot import Lalabot
from bot.domain.errors import SettingError
from bot.domain.ids import PlayerId
from bot.domain.language import Language
from bot.ports.time import Clock

log = logging.getLogger(__name__)


class WebServer:
    """``start`` it once every route of the application is added; ``address`` is known from then on."""

    def __init__(
        self,
        app: web.Application,
        gateway: WebGateway,
        lalabot: Lalabot,
        *,
        host: str,
        port: int,
    ) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_TIMEOUT_S)
        self._gateway = gateway
        self._lalabot = lalabot
        self._host = host
        self._port = port
        self._paces = Paces(Pace(burst=SEND_BURST, per_s=SEND_PER_S), Pace(burst=COMPLETE_BURST, per_s=COMPLETE_PER_S))
        self._connections: set[Connection] = set()
        self._stopping = False
        app.add_routes(
            [
                web.get("/", self._guarded(self._entry)),
                web.get("/enter", self._guarded(self._enter)),
                web.get("/room/{room}", self._guarded(self._room)),
                web.get("/room/{room}/live", self._guarded(self._live)),
                web.get("/static/{name}", self._guarded(self._asset)),
            ]
        )

    @property
    def clock(self) -> Clock:
        return self._gateway.hub.clock

    @property
    def address(self) -> str:
        """``http://127.0.0.1:8765``: where a browser on this machine finds it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self._port}"

    async def start(self) -> None:
        """Raises :class:`SettingError` where it cannot listen."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingError(self._why_not(error)) from error
        self._port = site.port

    async def stop(self) -> None:
        """What was received is answered, then every page is told that the server goes; they connect again by themselves."""
        self._stopping = True
        for site in tuple(self._runner.sites):
            await site.stop()
        ends = (connection.end(WSCloseCode.GOING_AWAY) for connection in tuple(self._connections))
        try:
            async with asyncio.timeout(STOP_TIMEOUT_S):
                await asyncio.gather(*ends)
        except TimeoutError:
            log.warning("some pages' last words were not answered in time")
        await self._runner.cleanup()

    def _why_not(self, error: OSError) -> str:
        where = f"{self._host}:{self._port}"
        if error.errno == errno.EADDRINUSE:
            return f"{where} is in use: stop the other program or set LALABOT_PORT"
        reason = error.strerror or str(error)
        return f"{where} cannot be listened on ({reason}): set LALABOT_HOST and LALABOT_PORT"

    def _guarded(self, handler: Handler) -> Handler:
        """Refuses a host that is not ours, before anything is looked at."""

        async def guard(request: web.Request) -> web.StreamResponse:
            if is_loopback(self._host) and not is_loopback(_host_name(request.host)):
                return lost_page(language_of(request), "lost.host", status=421)
            return await handler(request)

        return guard

    async def _entry(self, request: web.Request) -> web.StreamResponse:
        return entry_page(language_of(request))

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """From the form at the door to the room's own address."""
        name, room = request.query.get("player", ""), request.query.get("room", "")
        visitor = read_visitor(room, name, language_of(request))
        if isinstance(visitor, Visitor):
            raise web.HTTPSeeOther(room_path(visitor))
        return entry_page(language_of(request), name=name, room=room, problem=visitor)

    async def _room(self, request: web.Request) -> web.StreamResponse:
        name, room = request.query.get("player", ""), request.match_info["room"]
        visitor = read_visitor(room, name, language_of(request))
        if isinstance(visitor, str):
            problem = "" if visitor == "entry.wrong_name" and not name else visitor
            return entry_page(language_of(request), name=name, room=room, problem=problem)
        if visitor.room != room:
            raise web.HTTPSeeOther(room_path(visitor))
        return room_page(visitor)

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        return asset(request.match_info["name"]) or lost_page(language_of(request), "lost.body", status=404)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        if not is_same_origin(request):
            raise web.HTTPForbidden(text="a page of another site")
        visitor = read_visitor(request.match_info["room"], request.query.get("player", ""), language_of(request))
        if isinstance(visitor, str):
            raise web.HTTPBadRequest(text="no such room or name")
        if self._stopping or self._is_full(visitor.player):
            return await _turned_away(request)
        connection = Connection(self._lalabot, self._gateway.hub, self.clock, self._paces, visitor)
        self._connections.add(connection)
        try:
            return await connection.serve(request)
        finally:
            self._connections.discard(connection)

    def _is_full(self, player: PlayerId) -> bool:
        tabs = Counter(connection.visitor.player for connection in self._connections)
        return tabs.total() >= MAX_TABS or tabs[player] >= MAX_TABS_PER_PLAYER


async def _turned_away(request: web.Request) -> web.StreamResponse:
    """By a close code, which a page can read, where it could not read a status."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
    return socket


def read_visitor(room: str, name: str, language: Language) -> Visitor | str:
    """Or the key of the words for what is wrong."""
    known_room, known_name = read_room(room), read_name(name)
    if known_room is None:
        return "entry.wrong_room"
    if known_name is None:
        return "entry.wrong_name"
    return Visitor(known_room, known_name, language)


def language_of(request: web.Request) -> Language:
    """``?lang=``, else what the browser asks for, else English."""
    asked = Language.of_tag(request.query.get("lang"))
    return asked or accepted_language(request.headers.get("Accept-Language", ""))


def accepted_language(header: str) -> Language:
    """The best of an ``Accept-Language`` that the bot speaks."""
    ranked = []
    for place, entry in enumerate(header.split(",")[:20]):
        tag, _, weight = entry.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        language = Language.of_tag(tag)
        if language is not None and quality > 0:
            ranked.append((-quality, place, language))
    return min(ranked)[2] if ranked else Language.EN


def is_same_origin(request: web.Request) -> bool:
    """A browser always says whose page opens a live connection; a program without a page says nothing."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.casefold() == request.host.casefold()


def is_loopback(host: str) -> bool:
    if host.casefold().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
