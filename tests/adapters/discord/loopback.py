"""A Discord on loopback with what simcord has not: a WebSocket with heartbeats, resumes and closed sessions, and HTTP with limits,
outages, slow answers and nonces."""

import asyncio
import json
from itertools import count

import discord
from aiohttp import WSMsgType, web

from bot.system.clock import SystemClock

BOT, GUILD, CHANNEL, ANA = 1001, 2001, 3001, 4001
HELLO, HEARTBEAT_ACK, INVALID_SESSION, DISPATCH = 10, 11, 9, 0
HEARTBEAT, IDENTIFY, RESUME = 1, 2, 6


class Loopback:
    def __init__(self, port=0):
        self.port = port
        self.requests = []
        """Method, path and body of each, in order."""
        self.arrivals = []
        """When each came, on the event loop's clock."""
        self.replies = []
        """What to answer, instead of the usual, to the next posts: functions of the request."""
        self.messages = {}
        """By nonce, as is ``bodies``: with what each message was made."""
        self.bodies = {}
        self.heard = []
        """Operations that the client sent, with their data."""
        self.acknowledges = True
        """Heartbeats, until a resume."""
        self.token_is_good = True
        self.refuses_resume = False
        self.heartbeat_ms = 100
        self.sockets = []
        self.backlog = []
        """What happened while nobody was connected: a resume replays it."""
        self.sequence = count(1)
        self._salt = count(1)
        self._news = asyncio.Condition()

    async def __aenter__(self):
        app = web.Application()
        app.router.add_get("/gateway", self._events)
        app.router.add_route("*", "/api/v10/{path:.*}", self._api)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site.port
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def snowflake(self):
        moment = int((SystemClock().now().timestamp() - 1420070400) * 1000)
        return (moment << 22) + next(self._salt) % 4096

    async def until(self, holds, timeout_s=10):
        """Waits for something that the client does."""
        async with asyncio.timeout(timeout_s), self._news:
            await self._news.wait_for(holds)

    async def _tell(self):
        async with self._news:
            self._news.notify_all()

    def posted(self):
        return [body for method, path, body in self.requests if method == "POST" and path.endswith("/messages")]

    def callbacks(self):
        return [body for method, path, body in self.requests if path.endswith("/callback")]

    # HTTP

    async def _api(self, request):
        path = "/" + request.match_info["path"]
        body = json.loads(await request.text() or "null")
        self.requests.append((request.method, path, body))
        self.arrivals.append(asyncio.get_running_loop().time())
        if not self.token_is_good:
            return answer({"message": "401: Unauthorized", "code": 0}, 401)
        try:
            if self.replies and request.method in {"POST", "PATCH"} and "/messages" in path:
                answered = await self.replies.pop(0)(path, body)
                if answered is not None:
                    return answered
            return answer(self._usual(request.method, path, body))
        finally:
            await self._tell()

    def _usual(self, method, path, body):
        match method, path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return {"id": str(BOT), "username": "lalabot", "discriminator": "0", "avatar": None, "bot": True}
            case "GET", ["oauth2", "applications", "@me"]:
                return application()
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return {"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": 1, "session_start_limit": limit}
            case "PUT", ["applications", _, "commands"]:
                return [registered(command, n) for n, command in enumerate(body)]
            case "GET", ["applications", _, "commands"]:
                sent = [b for m, p, b in self.requests if m == "PUT" and p.endswith("/commands")]
                return [registered(command, n) for n, command in enumerate(sent[-1] if sent else [])]
            case "POST", ["channels", _, "messages"]:
                return self.take(body)
            case "PATCH", ["channels", _, "messages", number]:
                return message(int(number), body)
            case "POST", ["interactions", _, _, "callback"]:
                return {"interaction": {"id": "1", "type": 2}, "resource": None}
            case _:
                return message(self.snowflake(), body or {})

    def take(self, body):
        """A message under a nonce that is known is the one that is there."""
        nonce = body.get("nonce") or str(self.snowflake())
        if nonce not in self.messages:
            self.messages[nonce] = message(self.snowflake(), body)
            self.bodies[nonce] = body
        return self.messages[nonce]

    # The connection for events

    async def _events(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._hear(socket, json.loads(frame.data))
        return socket

    async def _hear(self, socket, frame):
        self.heard.append((frame["op"], frame["d"]))
        match frame["op"]:
            case 1 if self.acknowledges:
                await socket.send_json({"op": HEARTBEAT_ACK})
            case 2:
                await self._ready(socket)
            case 6 if self.refuses_resume:
                self.refuses_resume = False
                await socket.send_json({"op": INVALID_SESSION, "d": False})
            case 6:
                for event, data in [*self.backlog, ("RESUMED", {})]:
                    await self._dispatch(socket, event, data)
                self.backlog.clear()
                self.acknowledges = True
        await self._tell()

    async def _ready(self, socket):
        ready = {
            "v": 10,
            "user": self._usual("GET", "/users/@me", None),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": f"session{len(self.heard)}",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": str(BOT), "flags": 0},
            "shard": [0, 1],
        }
        await self._dispatch(socket, "READY", ready)
        await self._dispatch(socket, "GUILD_CREATE", guild())

    async def _dispatch(self, socket, event, data):
        await socket.send_json({"op": DISPATCH, "t": event, "s": next(self.sequence), "d": data})

    async def emit(self, event, data):
        live = [socket for socket in self.sockets if not socket.closed]
        if live:
            await self._dispatch(live[-1], event, data)
        else:
            self.backlog.append((event, data))

    def interaction(self, kind, data, **more):
        number = self.snowflake()
        return {
            "id": str(number),
            "application_id": str(BOT),
            "type": kind,
            "token": f"token{number}",
            "version": 1,
            "data": data,
            "guild_id": str(GUILD),
            "guild_locale": "en-US",
            "channel_id": str(CHANNEL),
            "channel": channel(),
            "member": {
                "user": {"id": str(ANA), "username": "ana", "discriminator": "0", "avatar": None, "global_name": "Ana"},
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
                "permissions": "0",
            },
            "app_permissions": str(discord.Permissions.all().value),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(GUILD)},
            "context": 0,
            "attachment_size_limit": 1,
            **more,
        }

    def slash(self, name, *options):
        return self.interaction(2, {"id": "1", "name": name, "type": 1, "options": list(options)})


def answer(body, status=200, **headers):
    """Exactly this content type: with a charset discord.py would take it for text."""
    return web.Response(
        body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json", **headers}
    )


def limited(seconds, *, is_global=False, scope="user"):
    """A 429 as Discord itself, and not its edge, answers it."""

    async def reply(path, body):
        told = {"message": "You are being rate limited.", "retry_after": seconds, "global": is_global}
        return answer(told, 429, Via="1.1 google", **{"X-RateLimit-Scope": scope, "Retry-After": str(seconds)})

    return reply


def failing(status, code=0):
    async def reply(path, body):
        return answer({"message": "no", "code": code}, status)

    return reply


def application():
    return {
        "id": str(BOT),
        "name": "lalabot",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": 0,
        "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
        "team": None,
        "summary": "",
    }


def registered(command, number):
    return {
        "id": str(5000 + number),
        "application_id": str(BOT),
        "version": "1",
        "default_member_permissions": None,
        **{k: v for k, v in command.items() if k != "default_member_permissions"},
    }


def message(number, body):
    return {
        "id": str(number),
        "channel_id": str(CHANNEL),
        "author": {"id": str(BOT), "username": "lalabot", "discriminator": "0", "avatar": None, "bot": True},
        "content": "",
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "flags": body.get("flags", 0),
        "components": [],
    }


def channel():
    return {
        "id": str(CHANNEL),
        "type": 0,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "topic": None,
    }


def guild():
    everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(discord.Permissions.all().value)}
    everyone |= {"position": 0, "color": 0, "hoist": False, "managed": False, "mentionable": False}
    return {
        "id": str(GUILD),
        "name": "Seb's",
        "owner_id": "1",
        "roles": [everyone],
        "emojis": [],
        "features": [],
        "channels": [channel()],
        "threads": [],
        "members": [
            {
                "user": {"id": str(BOT), "username": "lalabot", "discriminator": "0", "avatar": None, "bot": True},
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        ],
        "member_count": 2,
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 0,
        "system_channel_id": str(CHANNEL),
        "system_channel_flags": 0,
        "large": False,
        "unavailable": False,
    }
