"""A whole bot and a whole Slack, on loopback, under a simulated clock."""

import asyncio
import re
from dataclasses import replace

from aiohttp import web

from adapters.slack.client import create
from bot.app.library import Library
from bot.domain.facts import QuestionKind
from bot.settings import read_settings
from tests.acceptance.table import PlainChance
from tests.adapters.slack.fake_slack import SECRET
from tests.clocks import FakeClock
from tests.factories import a_pack


class LoopbackClock(FakeClock):
    """Sockets are always about to bring something: what counts as busy is the bot's own work, which has names."""

    def _busy(self):
        return sum(not _rests(task, self._sleepers) for task in self._tasks())

    @staticmethod
    def _tasks():
        here = asyncio.current_task()
        return [t for t in asyncio.all_tasks() if t is not here and not t.done() and not _is_plumbing(t)]


def _is_plumbing(task):
    return re.fullmatch(r"Task-\d+|test.*|socket \d+", task.get_name()) is not None


def _rests(task, sleepers):
    asleep = {woken for _, _, woken in sleepers}
    waits_for, seen = getattr(task, "_fut_waiter", None), set()
    while hasattr(waits_for, "_fut_waiter") and waits_for not in seen:
        seen.add(waits_for)
        waits_for = waits_for._fut_waiter
    return waits_for is not None and (waits_for in asleep or getattr(waits_for, "rests", False))


class World:
    def __init__(self, store, clock, fake, *, over="http", **settings):
        self.store = store
        self.clock = clock
        self.fake = fake
        self.over = over
        self.more = settings
        self.bot = None

    def settings(self):
        values = {"SLACK_API_URL": self.fake.api, "SLACK_BOT_TOKEN": "xoxb-1"}
        if self.over == "http":
            values["SLACK_SIGNING_SECRET"] = SECRET
        else:
            values["SLACK_APP_TOKEN"] = "xapp-1"
        return read_settings(values | self.more, {})

    async def open(self):
        pack = a_pack()
        # Every question to choose has the same four options, whichever is drawn.
        pack = replace(pack, questions=tuple(q for q in pack.questions if q.kind is not QuestionKind.TRUE_FALSE))
        self.bot = create(
            self.settings(), store=self.store, clock=self.clock, chance=PlainChance(), library=Library((pack,))
        )
        await self.bot.lalabot.start()
        await self.bot.client.start()
        app = web.Application()
        self.bot.add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{site.port}"
        self.fake.events_url = f"{self.base}/slack/events"
        if self.over == "socket":
            await self._until_connected()
        await self.clock.advance(0)
        return self

    async def _until_connected(self):
        for _ in range(1000):
            if len(self.fake.sockets) >= 2:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("no sockets")

    async def close(self):
        """As SIGTERM does it."""
        await self.bot.client.stop(timeout_s=0.2)
        await self.bot.lalabot.stop(timeout_s=0.1)
        await self.bot.client.close()
        await self._runner.cleanup()

    async def die(self):
        """As ``kill -9`` does it: nothing is finished."""
        for task in [*self.bot.lalabot.core.tasks._running, *self.bot.client.kit.tasks._running]:
            task.cancel()
        self.bot.lalabot.core.alarms.stop()
        await self.bot.client.sockets.stop()
        await self.bot.client.close()
        await self._runner.cleanup()

    # What people do, and see

    async def send(self, payload, **more):
        ack = await self.fake.deliver(payload, over=self.over, **more)
        await self.clock.advance(0)
        return ack

    async def command(self, name, line, **where):
        return await self.send(self.fake.command_payload(name, line, **where))

    async def press(self, name, message, label, **more):
        return await self.send(self.fake.press_payload(name, message, message.button(label), **more))

    async def submit(self, name, view, **values):
        team = values.pop("team", "T1")
        return await self.send(self.fake.submission_payload(name, view, values, team=team))

    async def event(self, event, **more):
        return await self.send(self.fake.event_payload(event, **more))

    def seen_by_all(self, team="T1", channel="C1"):
        return [m for m in self.fake.messages if (m.team, m.channel, m.to) == (team, channel, None)]

    def told(self, name, team="T1"):
        return [m for m in self.fake.messages if m.team == team and m.to == f"U{name.upper()}"]

    def newest(self, text, team="T1", channel="C1"):
        return next(m for m in reversed(self.seen_by_all(team, channel)) if text in m.text)

    def question(self, team="T1", channel="C1"):
        return next(
            m
            for m in reversed(self.seen_by_all(team, channel))
            if re.match(r"(Question|Pergunta) \d+ (of|de) \d+\n", m.text)
        )
