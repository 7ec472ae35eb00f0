"""Discord keeps the promises, through discord.py's real client."""

import asyncio

import discord
import pytest

from adapters.discord.render import render_card
from tests.adapters.discord.linter import message_problems, request_pings, request_problems
from tests.adapters.discord.world import a_world, buttons_of, text_of
from tests.contract.chat_contract import ChatContract, Seen

STATUS = {
    "busy": (429, 0),
    "broken": (502, 0),
    "forbidden": (403, 50013),
    "gone": (404, 10003),
    "uninstalled": (403, 50001),
}


class DiscordHarness:
    def __init__(self, world):
        self.world = world
        self.shown = {}
        self.last = None

    def _place(self, name):
        if name == "general":
            return self.world.guild, self.world.channel
        if not hasattr(self, "other"):
            guild = self.world.env.create_guild("Other")
            self.other = guild, guild.create_text_channel("general")
        return self.other

    async def say(self, who, path, *, channel="general", manager=False, **options):
        guild, place = self._place(channel)
        person = self.world.person(who, manager=manager, guild=guild)
        self.last = await person.slash(place, path, **options)
        return self._answer(self.last)

    async def press(self, who, message, ending, *, channel="general"):
        guild, _ = self._place(channel)
        return self._answer(await self._click(self.world.person(who, guild=guild), message, message.button(ending)))

    async def _click(self, person, message, custom_id):
        """The button may be gone from the message: whoever saw it a moment ago presses it all the same."""
        from simcord.actors import _component_interaction  # noqa: PLC0415 - the one way past simcord's own check

        stored = self.world.env.backend.get_message(message.ref.channel.id, message.ref.id)
        return await _component_interaction(person, stored, {"component_type": 2, "custom_id": custom_id})

    async def press_together(self, people, message, ending):
        state = self.world.bot._connection
        inside = []
        payloads = [self._payload(who, message, ending) for who in people]
        with self.world.env._bot_scope():
            for record, payload in payloads:
                inside.append(record)
                state.parse_interaction_create(payload)
        await self.world.env.settle()
        return [self._answer(self._result(record)) for record in inside]

    def _payload(self, who, message, ending):
        from simcord import interactions  # noqa: PLC0415
        from simcord.backend import serializers  # noqa: PLC0415

        backend = self.world.env.backend
        stored = backend.get_message(message.ref.channel.id, message.ref.id)
        data = {"component_type": 2, "custom_id": message.button(ending)}
        record, payload = interactions.base_payload(
            backend,
            type=3,
            channel_id=stored.channel_id,
            guild_id=self.world.guild.id,
            user_id=self.world.person(who).id,
            data=data,
        )
        payload["message"] = serializers.message_payload(backend, stored)
        return record, payload

    def _result(self, record):
        from simcord import InteractionResult  # noqa: PLC0415

        return InteractionResult(self.world.env, record)

    async def repeat(self):
        """Discord itself never delivers twice: the library is given the last event once more."""
        payload = self.world.last_interaction
        with self.world.env._bot_scope():
            self.world.bot._connection.parse_interaction_create(payload)
        await self.world.env.settle()
        self.world.env.errors.clear()

    def posted(self, channel="general"):
        _, place = self._place(channel)
        return [self._seen(m) for m in self.world.messages(place)]

    async def wait(self, seconds):
        await self.world.wait(seconds)

    async def restart(self):
        await self.world.restart()

    async def with_slow_core(self, seconds, action):
        lalabot, clock = self.world.bot.lalabot, self.world.clock
        handle, begun = lalabot.handle, clock.now()

        async def slow(inbound):
            await asyncio.sleep(seconds)
            return await handle(inbound)

        lalabot.handle = slow
        self.world.acknowledged_at.clear()
        try:
            await action
            await self.wait(seconds + 1)
        finally:
            lalabot.handle = handle
        return (self.world.acknowledged_at[0] - begun).total_seconds(), self._answer(self.last)

    def fail_posts(self, how, *, times=1):
        if how == "busy":
            self._be_busy(times)
            return
        status, code = STATUS[how]
        self.world.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=times)

    def _be_busy(self, times):
        """As the library says it where the wait is longer than it keeps by itself."""
        http, request = self.world.bot.http, self.world.bot.http.request
        left = [discord.RateLimited(1.0)] * times

        async def busy(route, **kwargs):
            if left and route.method == "POST" and route.path.endswith("/messages"):
                raise left.pop()
            return await request(route, **kwargs)

        http.request = busy

    def problems(self):
        return [f"{e.method} {e.path}: {p}" for e in self.world.env.http_requests for p in request_problems(e)]

    def problems_of(self, card):
        return message_problems({"components": render_card(card).to_components(), "flags": 1 << 15})

    def pings(self):
        return [problem for e in self.world.env.http_requests for problem in request_pings(e)]

    def fallback_of(self, card):
        return "\n".join(c.content for c in render_card(card).walk_children() if isinstance(c, discord.ui.TextDisplay))

    def _answer(self, result):
        message = next(iter(result.followups), None) or result.response
        if message is None:
            return None
        return Seen(text_of(message), message.ephemeral, buttons_of(message))

    def _seen(self, message):
        shown = self.shown.setdefault(message.id, {})
        shown.update(buttons_of(message))
        return Seen(text_of(message), False, dict(shown), message)


class TestDiscord(ChatContract):
    @pytest.fixture
    async def world(self):
        async with a_world() as made:
            yield made

    @pytest.fixture
    def env(self, world):
        return world.env

    @pytest.fixture
    def chat(self, world, env):
        return DiscordHarness(world)
