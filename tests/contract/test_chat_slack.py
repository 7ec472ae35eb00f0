"""Slack keeps the promises: a real Bolt app, over signed HTTP and over Socket Mode, against a Slack on loopback."""

import asyncio
from datetime import timedelta

import pytest

from adapters.slack.render import render_card
from bot.storage.opening import open_store
from tests.adapters.slack.fake_slack import Failure, FakeSlack
from tests.adapters.slack.lint import problems_of_message
from tests.adapters.slack.test_games import install
from tests.adapters.slack.world import LoopbackClock, World
from tests.contract.chat_contract import ChatContract, Seen

FAILURES = {
    "busy": Failure(429, {"Retry-After": "1"}),
    "broken": Failure(503),
    "forbidden": "restricted_action",
    "gone": "channel_not_found",
    "uninstalled": "token_revoked",
}
MANY = {"SLACK_CLIENT_ID": "client", "SLACK_CLIENT_SECRET": "client secret", "LALABOT_SECRET_KEY": "k" * 16}


class SlackHarness:
    def __init__(self, world, fake, clock):
        self.world = world
        self.fake = fake
        self.clock = clock
        self.people = {}
        self.last = None
        self.acknowledged_at = None

    def _person(self, who, *, manager=False):
        handle = self.people.setdefault((who, manager), f"P{len(self.people)}")
        for team in ("T1", "T2"):
            self.fake.add_person(handle, team=team, is_admin=manager, profile={"display_name": who})
        return handle

    @staticmethod
    def _place(channel):
        return {"team": "T2" if channel.startswith("other/") else "T1", "channel": "C1"}

    async def _send(self, payload):
        mark = len(self.fake.messages)
        self.last = payload
        ack = await self.fake.deliver(payload, over=self.world.over)
        self.acknowledged_at = self.clock.now()
        await self.clock.advance(0)
        if isinstance(ack.body, dict) and ack.body.get("text"):
            return Seen(ack.body["text"], is_private=True)
        return self._answer(mark)

    def _answer(self, mark):
        answers = [m for m in self.fake.messages[mark:] if m.by != "chat.postMessage"]
        return self._seen(answers[-1]) if answers else None

    @staticmethod
    def _seen(message):
        bodies = [*message.versions, message.body]
        buttons = {
            element["text"]["text"]: element["action_id"]
            for body in bodies
            for block in body.get("blocks", [])
            if block["type"] == "actions"
            for element in block["elements"]
        }
        return Seen(message.text, message.to is not None, buttons, message)

    async def say(self, who, path, *, channel="general", manager=False, **options):
        words = " ".join(f"{name}={value}" for name, value in options.items())
        line = f"/{path} {words}".strip()
        return await self._send(
            self.fake.command_payload(self._person(who, manager=manager), line, **self._place(channel))
        )

    def _press(self, who, message, ending):
        button = {"action_id": message.button(ending), "text": {"type": "plain_text", "text": ending}}
        return self.fake.press_payload(self._person(who), message.ref, button)

    async def press(self, who, message, ending, *, channel="general"):
        return await self._send(self._press(who, message, ending))

    async def press_together(self, people, message, ending):
        mark = len(self.fake.messages)
        payloads = [self._press(who, message, ending) for who in people]
        await asyncio.gather(*(self.fake.deliver(payload, over=self.world.over) for payload in payloads))
        await self.clock.advance(0)
        return [self._seen(m) for m in self.fake.messages[mark:] if m.to is not None]

    async def repeat(self):
        return await self._send(self.last)

    def posted(self, channel="general"):
        return [self._seen(m) for m in self.world.seen_by_all(**self._place(channel))]

    async def wait(self, seconds):
        await self.clock.advance(seconds)

    async def restart(self):
        await self.world.die()
        self.world = await World(self.world.store, self.clock, self.fake, over=self.world.over, **MANY).open()

    async def with_slow_core(self, seconds, action):
        lalabot, begun, mark = self.world.bot.lalabot, self.clock.now(), len(self.fake.messages)
        handle = lalabot.handle

        async def slow(inbound):
            await asyncio.get_running_loop().create_task(self._pause(seconds), name="slow core")
            return await handle(inbound)

        lalabot.handle = slow
        try:
            assert await action is None, "nothing is known yet"
            after_s = (self.acknowledged_at - begun).total_seconds()
            await self.clock.advance(seconds + 1)
        finally:
            lalabot.handle = handle
        return after_s, self._answer(mark)

    async def _pause(self, seconds):
        await self.clock.sleep_until(self.clock.now() + timedelta(seconds=seconds))

    def fail_posts(self, how, *, times=1):
        self.fake.failures["chat.postMessage"] += [FAILURES[how]] * times

    def problems(self):
        return self.fake.problems

    def problems_of(self, card):
        return problems_of_message(render_card(card))

    def pings(self):
        return [problem for problem in self.fake.problems if "markup" in problem]

    def fallback_of(self, card):
        return render_card(card)["text"]

    def manager_was_told(self, words):
        private = [m for m in self.fake.messages if m.to is not None or m.channel.startswith("U")]
        return any(words in m.text for m in private)


class TestSlack(ChatContract):
    @pytest.fixture(params=["http", "socket"])
    async def chat(self, request):
        clock = LoopbackClock()
        store = await open_store("sqlite+aiosqlite://", clock)
        fake = await FakeSlack(clock).start()
        fake.add_team("T1", "xoxb-1")
        fake.add_team("T2", "xoxb-2")
        world = await World(store, clock, fake, over=request.param, **MANY).open()
        await install(world, fake, "T2")
        harness = SlackHarness(world, fake, clock)
        yield harness
        await harness.world.close()
        await fake.stop()
        await store.close()
