"""A Slack of our own on loopback: the Web API, ``response_url``s, OAuth and Socket Mode with a real WebSocket.

It keeps what Slack keeps to: one message a second and channel is counted, a ``trigger_id`` dies after three seconds, a ``response_url``
after five uses or thirty minutes, a form must be acknowledged, blocks over a limit are refused by name, tokens belong to one workspace.
"""

import asyncio
import hashlib
import hmac
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import aiohttp
from aiohttp import web

from tests.adapters.slack.lint import problems_of_message, problems_of_view

SECRET = "the signing secret"
SCOPES = "commands,chat:write,chat:write.public,users:read"


@dataclass
class Message:
    team: str
    channel: str
    ts: str
    body: dict
    to: str | None = None
    by: str = "chat.postMessage"
    versions: list = field(default_factory=list)

    @property
    def text(self):
        return self.body.get("text", "")

    @property
    def buttons(self):
        return [e for b in self.body.get("blocks", []) if b["type"] == "actions" for e in b["elements"]]

    def button(self, label):
        return next(b for b in self.buttons if label in b["text"]["text"])


@dataclass
class Team:
    id: str
    token: str
    people: dict = field(default_factory=dict)
    refresh: str = ""
    expires_at: object = None
    alive: bool = True


@dataclass
class Ack:
    status: int
    body: object
    ms: float


class FakeSlack:
    def __init__(self, clock):
        self.clock = clock
        self.teams = {}
        self.channels = {}
        self.messages = []
        self.views = []
        self.homes = {}
        self.calls = []
        self.problems = []
        self.failures = defaultdict(list)
        self.codes = {}
        self.envelopes = {}
        self.sockets = []
        self.triggers = {}
        self.lines = {}
        self.rotations = 0
        self.deaf = None
        self._serial = 0
        self._last_post = {}
        self.fastest = timedelta(days=1)
        self.events_url = None
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/respond/{line}", self._respond)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def start(self):
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{site.port}"
        self.session = aiohttp.ClientSession()
        return self

    async def stop(self):
        for socket in self.sockets:
            await socket.close()
        await self.session.close()
        await self._runner.cleanup()

    @property
    def api(self):
        return f"{self.base}/api/"

    def add_team(self, team="T1", token="xoxb-1", *, people=("Ana", "Ben", "Cleo"), admins=("Mo",), locale="en-US"):
        self.teams[team] = Team(team, token)
        for name in (*people, *admins):
            self.add_person(name, team=team, is_admin=name in admins, locale=locale)
        self.add_person("lalabot", team=team, locale=locale)
        self.channels.setdefault((team, "C1"), {"member": True})
        return self.teams[team]

    def add_person(self, name, *, team="T1", is_admin=False, locale="en-US", **more):
        user = {
            "id": f"U{name.upper()}",
            "name": name.lower(),
            "locale": locale,
            "is_admin": is_admin,
            "profile": {"display_name": name},
        }
        self.teams[team].people[user["id"]] = user | more

    def serial(self):
        self._serial += 1
        return self._serial

    def ts(self):
        at = self.clock.now()
        return f"{int(at.timestamp())}.{at.microsecond // 1000 * 1000 + self.serial() % 1000:06d}"

    # What people do

    def _base(self, name, team, channel):
        trigger = f"{self.serial()}.trigger.{team}"
        self.triggers[trigger] = self.clock.now()
        line = f"line{self.serial()}"
        self.lines[line] = {
            "uses": 0,
            "at": self.clock.now(),
            "team": team,
            "channel": channel,
            "user": f"U{name.upper()}",
        }
        return trigger, f"{self.base}/respond/{line}"

    def command_payload(self, name, line, *, team="T1", channel="C1", channel_name="general"):
        command, _, text = line.partition(" ")
        trigger, url = self._base(name, team, channel)
        return {
            "token": "x",
            "team_id": team,
            "team_domain": team.lower(),
            "channel_id": channel,
            "channel_name": channel_name,
            "user_id": f"U{name.upper()}",
            "user_name": name.lower(),
            "command": command,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": trigger,
        }

    def press_payload(self, name, message, button, *, team=None, after_s=0.0):
        team = team or message.team
        trigger, url = self._base(name, team, message.channel)
        at = self.clock.now() + timedelta(seconds=after_s)
        action = {"type": "button", "block_id": "b", "action_id": button["action_id"], "text": button["text"]}
        return {
            "type": "block_actions",
            "user": {"id": f"U{name.upper()}", "username": name.lower(), "name": name.lower(), "team_id": team},
            "api_app_id": "A1",
            "token": "x",
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
            "trigger_id": trigger,
            "team": {"id": team, "domain": team.lower()},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": message.channel, "name": "general"},
            "message": {"ts": message.ts, "text": message.text},
            "response_url": url,
            "actions": [action | {"action_ts": f"{int(at.timestamp())}.{at.microsecond:06d}"}],
        }

    def submission_payload(self, name, view, values, *, team="T1"):
        trigger, _ = self._base(name, team, "")
        state = {}
        for block in view["blocks"]:
            value = values.get(block["block_id"], "")
            if block["element"]["type"] == "static_select":
                told = {"type": "static_select", "selected_option": {"value": value} if value else None}
            else:
                told = {"type": "plain_text_input", "value": value or None}
            state[block["block_id"]] = {block["element"]["action_id"]: told}
        return {
            "type": "view_submission",
            "team": {"id": team, "domain": team.lower()},
            "user": {"id": f"U{name.upper()}", "username": name.lower(), "name": name.lower(), "team_id": team},
            "api_app_id": "A1",
            "token": "x",
            "trigger_id": trigger,
            "view": {**view, "id": f"V{self.serial()}", "team_id": team, "hash": "1.h", "state": {"values": state}},
            "response_urls": [],
            "is_enterprise_install": False,
        }

    def event_payload(self, event, *, team="T1", event_id=None):
        return {
            "type": "event_callback",
            "token": "x",
            "team_id": team,
            "api_app_id": "A1",
            "event": event,
            "event_id": event_id or f"Ev{self.serial()}",
            "event_time": int(self.clock.now().timestamp()),
            "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": "ULALABOT", "is_bot": True}],
        }

    # Delivering

    async def deliver(self, payload, *, over, headers=None, secret=SECRET, at=None):
        return await (self.send_http(payload, headers, secret, at) if over == "http" else self.send_socket(payload))

    async def send_http(self, payload, headers=None, secret=SECRET, at=None):
        if "command" in payload:
            body, kind = urlencode(payload), "application/x-www-form-urlencoded"
        elif payload["type"] in {"block_actions", "view_submission"}:
            body, kind = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        else:
            body, kind = json.dumps(payload), "application/json"
        stamp = str(int(at if at is not None else time.time()))
        signature = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
            **(headers or {}),
        }
        start = time.perf_counter()
        async with self.session.post(self.events_url, data=body, headers=signed) as response:
            text = await response.text()
            ms = (time.perf_counter() - start) * 1000
            is_json = text.startswith("{")
            return Ack(response.status, json.loads(text) if is_json else text, ms)

    async def send_socket(self, payload, *, socket=None, envelope=None):
        socket = socket or self.sockets[self.serial() % len(self.sockets)]
        envelope = envelope or f"env{self.serial()}"
        kind = "slash_commands" if "command" in payload else "interactive"
        kind = "events_api" if payload.get("type") == "event_callback" else kind
        answered = self.envelopes[envelope] = asyncio.get_running_loop().create_future()
        start = time.perf_counter()
        await socket.send_str(
            json.dumps({"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True})
        )
        body = await asyncio.wait_for(answered, 5)
        return Ack(200, body.get("payload") or "", (time.perf_counter() - start) * 1000)

    # The other side

    async def _socket(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": len(self.sockets)}))
        async for message in socket:
            told = json.loads(message.data)
            waiting = self.envelopes.get(told.get("envelope_id"))
            if waiting is not None and not waiting.done():
                waiting.set_result(told)
        if socket in self.sockets:
            self.sockets.remove(socket)
        return socket

    async def _api(self, request):
        method = request.match_info["method"]
        if request.content_type == "application/json":
            body = await request.json()
        else:
            body = {name: values[0] for name, values in parse_qs(await request.text()).items()}
        body |= dict(request.query)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or body.get("token", "")
        team = next((t for t in self.teams.values() if t.token == token), None)
        failure = self.failures[method].pop(0) if self.failures[method] else None
        self.calls.append((method, team.id if team else None, body))
        if callable(failure):
            return await failure(request, body)
        if isinstance(failure, str):
            return web.json_response({"ok": False, "error": failure})
        if failure is not None and failure.status is None:
            # The message arrives, and the connection is lost before anybody hears of it.
            if failure.done:
                await self._answer(method, team, body)
            request.transport.close()
            return web.Response()
        if failure is not None:
            if failure.done:
                await self._answer(method, team, body)
            return web.Response(status=failure.status, headers=failure.headers or {}, text=failure.text)
        try:
            told, headers = await self._answer(method, team, body), {}
        except Refused as refused:
            told, headers = {"ok": False, "error": str(refused)}, {}
        if method == "auth.test" and team is not None:
            headers["x-oauth-scopes"] = SCOPES
        return web.json_response(told, headers=headers)

    async def _answer(self, method, team, body):
        if method == "oauth.v2.access":
            return self._oauth(body)
        if method == "apps.connections.open":
            return {"ok": True, "url": f"{self.base.replace('http', 'ws')}/socket"}
        if method == "api.test":
            return {"ok": True}
        if team is None:
            raise Refused("invalid_auth")
        if not team.alive:
            raise Refused("token_revoked")
        if team.expires_at is not None and self.clock.now() >= team.expires_at:
            raise Refused("token_expired")
        answer = getattr(self, "_" + re.sub("([A-Z])", r"_\1", method.replace(".", "_")).lower(), None)
        if answer is None:
            raise Refused("unknown_method")
        return {"ok": True, **(answer(team, body) or {})}

    def _auth_test(self, team, _):
        url = f"https://{team.id.lower()}.slack.com/"
        return {
            "url": url,
            "team": f"Team {team.id}",
            "user": "lalabot",
            "team_id": team.id,
            "user_id": "ULALABOT",
            "bot_id": "B1",
        }

    def _users_info(self, team, body):
        if body["user"] not in team.people:
            raise Refused("user_not_found")
        user = dict(team.people[body["user"]])
        if body.get("include_locale") != "true":
            user.pop("locale")
        return {"user": user}

    def _chat_post_message(self, team, body):
        self._check_channel(team, body["channel"])
        self._lint(problems_of_message(body))
        at, where = self.clock.now(), (team.id, body["channel"])
        if where in self._last_post:
            self.fastest = min(self.fastest, at - self._last_post[where])
        self._last_post[where] = at
        return self._add(team.id, body["channel"], body)

    def _chat_update(self, team, body):
        self._check_channel(team, body["channel"])
        self._lint(problems_of_message(body))
        for message in self.messages:
            if (message.team, message.channel, message.ts) == (team.id, body["channel"], body["ts"]):
                message.versions.append(message.body)
                message.body = body
                return {"ts": message.ts}
        raise Refused("message_not_found")

    def _chat_post_ephemeral(self, team, body):
        self._check_channel(team, body["channel"])
        self._lint(problems_of_message(body))
        return self._add(team.id, body["channel"], body, to=body["user"], by="chat.postEphemeral")

    def _views_open(self, _, body):
        born = self.triggers.pop(body["trigger_id"], None)
        if born is None or self.clock.now() - born > timedelta(seconds=3):
            raise Refused("expired_trigger_id")
        self._lint(problems_of_view(body["view"]))
        self.views.append(body["view"])

    def _views_publish(self, team, body):
        self._lint(problems_of_view(body["view"]))
        self.homes[team.id, body["user_id"]] = body["view"]

    def _oauth(self, body):
        if (body.get("client_id"), body.get("client_secret")) != ("client", "client secret"):
            raise Refused("bad_client_secret")
        if body.get("grant_type") == "refresh_token":
            team = next((t for t in self.teams.values() if t.refresh and t.refresh == body["refresh_token"]), None)
            if team is None:
                raise Refused("invalid_refresh_token")
            self.rotations += 1
        else:
            team = self.codes.pop(body.get("code"), None)
            if team is None:
                raise Refused("invalid_code")
        if team.refresh:
            number = self.serial()
            team.token, team.refresh = f"xoxe-{team.id}-{number}", f"refresh-{team.id}-{number}"
            team.expires_at = self.clock.now() + timedelta(hours=12)
        rotating = {"refresh_token": team.refresh, "expires_in": 43_200} if team.refresh else {}
        return {
            "ok": True,
            "access_token": team.token,
            "token_type": "bot",
            "scope": SCOPES,
            "bot_user_id": "ULALABOT",
            "app_id": "A1",
            "team": {"id": team.id, "name": f"Team {team.id}"},
            "enterprise": None,
            "authed_user": {"id": "UMO"},
            "is_enterprise_install": False,
            **rotating,
        }

    async def _respond(self, request):
        line = self.lines[request.match_info["line"]]
        failure = self.failures["respond"].pop(0) if self.failures["respond"] else None
        if failure is not None:
            return web.Response(status=failure.status, headers=failure.headers or {})
        if line["uses"] >= 5 or self.clock.now() - line["at"] > timedelta(minutes=30):
            return web.Response(status=404, text="expired_url")
        line["uses"] += 1
        body = await request.json()
        self._lint(problems_of_message(body))
        to = line["user"] if body.get("response_type", "ephemeral") == "ephemeral" else None
        self._add(line["team"], line["channel"], body, to=to, by="response_url")
        return web.Response(text="ok")

    def _add(self, team, channel, body, *, to=None, by="chat.postMessage"):
        message = Message(team, channel, self.ts(), body, to, by)
        self.messages.append(message)
        return {"ts": message.ts, "channel": channel}

    def _check_channel(self, team, channel):
        if channel in team.people:
            return
        known = self.channels.get((team.id, channel))
        if known is None:
            raise Refused("channel_not_found")
        if error := known.get("error"):
            raise Refused(error)

    def _lint(self, problems):
        self.problems += problems
        if problems:
            raise Refused("msg_blocks_too_long" if "msg_blocks_too_long" in problems[0] else "invalid_blocks")


class Refused(Exception):
    pass


@dataclass
class Failure:
    """``status`` ``None``: the connection is cut. ``done``: what was asked for is done all the same."""

    status: int | None = None
    headers: dict | None = None
    text: str = ""
    done: bool = False
