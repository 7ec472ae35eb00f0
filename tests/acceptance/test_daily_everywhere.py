"""One real process with all three platforms, each posting its daily over a loopback, through kills and restarts."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

import discord
import pytest

from bot.system.clock import SystemClock
from tests.acceptance.real import Bot, Page
from tests.adapters.discord.loopback import IDENTIFY, Loopback
from tests.adapters.slack.fake_slack import SECRET, FakeSlack

pytestmark = pytest.mark.timeout(180)
ON = {"time": "12", "zone": "UTC", "kind": "fact+question"}
TITLE = "La La Land today"


class Room:
    def __init__(self, bot):
        self.bot = bot
        self.page = None

    async def arrive(self):
        self.page = await Page(self.bot, "Ana").open()

    async def leave(self):
        if self.page is not None:
            await self.page.close()

    async def switch_on(self):
        await self.page.say("/lala daily on " + " ".join(f"{name}={value}" for name, value in ON.items()))
        await self.page.hears("The daily post is on.")

    def posts(self):
        return [text for text in self.page.texts() if TITLE in text]

    async def press(self, place):
        await self.page.press(daily_buttons(self.posts()[-1])[place])

    def told(self):
        return "\n".join(self.page.private)


class OnDiscord:
    def __init__(self, wire):
        self.wire = wire
        self.arrivals = 0

    async def arrive(self):
        self.arrivals += 1
        await self.wire.until(lambda: [op for op, _ in self.wire.heard].count(IDENTIFY) == self.arrivals, timeout_s=20)

    async def leave(self):
        """The connection ends with the process."""

    async def switch_on(self):
        options = [{"name": name, "type": 3, "value": value} for name, value in ON.items()]
        daily = {"name": "daily", "type": 2, "options": [{"name": "on", "type": 1, "options": options}]}
        await self.wire.emit("INTERACTION_CREATE", managing(self.wire.slash("lala", daily)))
        await self.wire.until(lambda: "The daily post is on." in self.told())

    def posts(self):
        return [text for text in map(json.dumps, self.wire.bodies.values()) if TITLE in text]

    async def press(self, place):
        data = {"custom_id": daily_buttons(self.posts()[-1])[place], "component_type": 2}
        message = list(self.wire.messages.values())[-1]
        await self.wire.emit("INTERACTION_CREATE", self.wire.interaction(3, data, message=message))

    def told(self):
        """An answer may come with the acknowledgement, or change it."""
        return json.dumps(
            [body for _, path, body in self.wire.requests if "/messages" not in path or "@original" in path]
        )


class OnSlack:
    def __init__(self, slack, bot):
        self.slack = slack
        self.bot = bot

    async def arrive(self):
        self.slack.events_url = f"{self.bot.address}/slack/events"

    async def leave(self):
        """Slack keeps no connection over HTTP."""

    async def switch_on(self):
        line = "/lala daily on " + " ".join(f"{name}={value}" for name, value in ON.items())
        ack = await self.slack.send_http(self.slack.command_payload("Mo", line))
        assert ack.status == 200
        await until(lambda: "The daily post is on." in self.told())

    def posts(self):
        return [json.dumps(m.body, ensure_ascii=False) for m in self._messages()]

    async def press(self, place):
        message = self._messages()[-1]
        await self.slack.send_http(self.slack.press_payload("Ana", message, message.buttons[place]))

    def told(self):
        return "\n".join(m.text for m in self.slack.messages if m.to)

    def _messages(self):
        return [m for m in self.slack.messages if m.to is None and TITLE in m.text]


def daily_buttons(text):
    return list(dict.fromkeys(re.findall(r"v1:daily:[\d-]+:\d", text)))


def managing(interaction):
    interaction["member"]["permissions"] = str(discord.Permissions(manage_guild=True).value)
    return interaction


async def until(met, timeout_s=20):
    async with asyncio.timeout(timeout_s):
        while not met():
            await asyncio.sleep(0.05)


@asynccontextmanager
async def everywhere(folder):
    slack = await FakeSlack(SystemClock()).start()
    slack.add_team()
    async with Loopback() as wire:
        wire.heartbeat_ms = 10_000
        bot = Bot(
            folder,
            DISCORD_TOKEN="MTAwMQ.x.y",
            DISCORD_API_URL=wire.address,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_SIGNING_SECRET=SECRET,
            SLACK_API_URL=slack.api,
        )
        platforms = (Room(bot), OnDiscord(wire), OnSlack(slack, bot))
        try:
            yield bot, platforms
        finally:
            for platform in platforms:
                await platform.leave()
            if bot.process is not None and bot.process.poll() is None:
                bot.stop()
            await slack.stop()
    assert slack.problems == []


async def start(bot, platforms):
    await asyncio.to_thread(bot.start)
    for platform in platforms:
        await platform.arrive()


async def kill(bot, platforms):
    await asyncio.to_thread(bot.kill)
    for platform in platforms:
        await platform.leave()


async def answer(platform):
    """A, and then B: the buttons are live, although the process that posted them is dead."""
    for place, told in enumerate(("A is locked in.", "Changed to B: that is final.")):
        await platform.press(place)
        await until(lambda told=told: told in platform.told())


async def test_the_room_discord_and_slack_each_post_for_real(tmp_path):
    async with everywhere(tmp_path) as (bot, platforms):
        await start(bot, platforms)
        for platform in platforms:
            await platform.switch_on()
        for day in (1, 2):
            await kill(bot, platforms)
            bot.bring_dailies_due(in_s=4)
            await start(bot, platforms)
            assert [len(platform.posts()) for platform in platforms] == [day - 1] * 3, "not before its time"
            await until(lambda day=day: [len(platform.posts()) for platform in platforms] == [day] * 3)
            await kill(bot, platforms)
            await start(bot, platforms)
            await asyncio.sleep(4.5)
            assert [len(platform.posts()) for platform in platforms] == [day] * 3, "and never again"
            for platform in platforms if day == 1 else ():
                await answer(platform)
        for platform in platforms:
            newest = platform.posts()[-1]
            assert "Last time: " in newest
            assert "Right: Ana." in newest or "Nobody had it." in newest
    assert not [line for line in bot.log() if line.get("level") in {"error", "critical"}]
