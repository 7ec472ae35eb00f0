"""A Discord in memory with the real client in it: guilds, channels and people, on one simulated clock."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import discord
from simcord import Env

from adapters.discord.client import create
from bot.app.library import Library
from bot.domain.facts import QuestionKind
from bot.settings import read_settings
from bot.storage.opening import open_store
from tests.acceptance.table import PlainChance
from tests.adapters.discord import api_description, linter
from tests.factories import a_pack

SETTLE_S = 2.0
"""Whatever sleeps longer waits for the simulated clock; what sleeps less, simcord would wait for in real time."""


class SimClock:
    """The clock that simcord moves: Discord's time stamps and ours are one."""

    env = None
    ahead = timedelta()
    """Of Discord's, where a test has no time to let days go by tick by tick."""

    def now(self):
        return (self.env.now() if self.env else discord.utils.utcnow()) + self.ahead

    async def sleep_until(self, when):
        while (left := (when - self.now()).total_seconds()) > 0:
            await asyncio.sleep(left)

    async def pause(self, seconds):
        await asyncio.sleep(0)


def settings(**environ):
    return read_settings({"DATABASE_URL": "sqlite+aiosqlite://", "DISCORD_TOKEN": "t", **environ}, {})


class _Requests(list):
    """simcord's own record, which also tells when an interaction was acknowledged."""

    def __init__(self, world):
        super().__init__(world.env.backend.http_requests)
        self._world = world

    def append(self, entry):
        super().append(entry)
        if entry.path.endswith("/callback"):
            self._world.acknowledged_at.append(self._world.clock.now())


class World:
    """One guild with one channel, to begin with."""

    def __init__(self, env, store, clock, library):
        self.env = env
        self.store = store
        self.clock = clock
        self.library = library
        self.guild = env.create_guild("Seb's")
        self.channel = self.guild.create_text_channel("general")
        self.people = {}
        self.last_interaction = None
        self.acknowledged_at = []
        env.backend.subscribers.append(self._watch)
        env.backend.http_requests = _Requests(self)

    def _watch(self, event, payload):
        if event == "INTERACTION_CREATE":
            self.last_interaction = payload

    @property
    def bot(self):
        return self.env.bot

    def person(self, name, *, manager=False, guild=None):
        guild = guild or self.guild
        key = (guild.id, name)
        if key not in self.people:
            roles = (
                [guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))] if manager else []
            )
            self.people[key] = guild.add_member(self.env.create_user(name), roles=roles)
        return self.people[key]

    async def restart(self, **environ):
        """The process dies, and another begins on the same store."""
        old = self.bot
        await self.env.restart_bot(self.new_bot(**environ))
        assert old is not self.bot

    def new_bot(self, **environ):
        return create(
            settings(**environ), store=self.store, clock=self.clock, chance=PlainChance(), library=self.library
        )

    def messages(self, channel=None):
        return [
            m for m in (channel or self.channel).history() if m.author.id == self.bot.user.id and not m.flags.ephemeral
        ]

    def newest(self, word, channel=None):
        """The newest message whose text holds the word."""
        found = [m for m in self.messages(channel) if word in text_of(m)]
        assert found, f"no {word!r} in {[text_of(m) for m in self.messages(channel)]}"
        return found[-1]

    async def wait(self, seconds):
        await self.env.advance_time(seconds)


def text_of(message):
    """All that is written on a message or an answer."""
    return "\n".join(_texts(_components(message)))


def labels_of(message):
    return [c["label"] for c in _walk(_components(message)) if c["type"] == 2]


def buttons_of(message):
    """``custom_id`` by label."""
    return {c["label"]: c.get("custom_id") for c in _walk(_components(message)) if c["type"] == 2}


def button(message, ending):
    """The one button whose label ends so."""
    return next(known for label, known in buttons_of(message).items() if label.endswith(ending))


def _components(message):
    return [c if isinstance(c, dict) else c.to_dict() for c in message.components]


def _walk(components):
    for component in components:
        yield component
        yield from _walk(component.get("components") or ())
        if component.get("accessory"):
            yield from _walk([component["accessory"]])


def _texts(components):
    return [c["content"] for c in _walk(components) if c["type"] == 10]


def a_choice_pack():
    """Every question has four options, the first of them right."""
    pack = a_pack()
    return replace(pack, questions=tuple(q for q in pack.questions if q.kind is QuestionKind.CHOICE))


@asynccontextmanager
async def a_world(*, pack=None, **environ):
    """Not entered as a context of simcord's: its clock is chosen for the test's own task, by its plugin or by the test."""
    clock = SimClock()
    library = Library((pack or a_choice_pack(),))
    store = await open_store("sqlite+aiosqlite://", clock)
    bot = create(settings(**environ), store=store, clock=clock, chance=PlainChance(), library=library)
    env = Env(bot, settle_timeout=SETTLE_S, **({} if environ.get("DISCORD_SHARDS") else {"shard_count": 1}))
    clock.env = env
    await env.start()
    try:
        yield World(env, store, clock, library)
    finally:
        await env.shutdown()
        await store.close()
    env.raise_errors()
    check_requests(env.http_requests)


def check_requests(requests):
    """Every request of every test: our own limits always, Discord's description where it is at hand; and nothing mentions anybody."""
    lints = [linter.request_problems, linter.request_pings]
    lints += [api_description.request_problems] if api_description.is_there() else []
    problems = [f"{e.method} {e.path}: {problem}" for e in requests for lint in lints for problem in lint(e)]
    assert problems == [], "\n".join(problems)
