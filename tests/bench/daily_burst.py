"""10,000 channels due in one minute: all posted, none twice, while the loop runs on and presses are answered as before.

Against the same through a job a channel, as APScheduler offers it: each job claims its date, writes and sends its post, and records it.
"""

import asyncio
import gc
import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.app.daily_cards import daily_card
from bot.app.lalabot import Lalabot
from bot.app.library import Library, facts_pool
from bot.app.outbox import BUSY
from bot.domain.calendar import Occurrence, Schedule, ZoneId, next_occurrence_after_date, occurrence_on
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayState
from bot.domain.facts import Spoiler
from bot.domain.ids import ChannelId, CommunityId, FactId, MessageRef
from bot.domain.language import Language
from bot.ports.chat import Actor, Call, Capabilities, Place, Posted, Press
from bot.ports.store import Post, PostOutcome, PostState
from bot.scheduling.tick import Ticker
from bot.storage.opening import open_store
from bot.system.chance import SystemChance
from bot.system.clock import SystemClock
from tests.bench.measure import Measured
from tests.factories import a_pack, player

CHANNELS = 10_000
FACTS = 188
IDLE_S = 12.0
PRESS_EVERY_S = 0.02
BEAT_S = 0.002
LEAST_SENT, STALL_BAR, CPU_BAR, PRESS_BAR = CHANNELS, 0.1, 0.6, 3.0


def measure() -> list[Measured]:
    logging.disable(logging.ERROR)
    ours = asyncio.run(_ours(CHANNELS))
    theirs = asyncio.run(_theirs(CHANNELS))
    details = {
        "seconds": round(ours.seconds, 1),
        "cpu_s": round(ours.cpu_s, 1),
        "jobs_cpu_s": round(theirs.cpu_s, 1),
        "jobs_seconds": round(theirs.seconds, 1),
        "longest_stall_ms": round(ours.stall_s * 1e3, 1),
        "jobs_longest_stall_ms": round(theirs.stall_s * 1e3, 1),
        "press_p50_idle_ms": round(ours.idle[49] * 1e3, 2),
        "press_p50_burst_ms": round(ours.busy[49] * 1e3, 2),
        "press_p99_idle_ms": round(ours.idle[98] * 1e3, 2),
        "press_p99_burst_ms": round(ours.busy[98] * 1e3, 2),
    }
    stall, cpu = ours.stall_s / ours.seconds, ours.cpu_s / theirs.cpu_s
    return [
        Measured("daily_burst", "channels due in one minute, each posted once", ours.sent, LEAST_SENT, True, details),
        Measured("daily_burst_stall", "the loop's longest stall over the burst", stall, STALL_BAR, False, {}),
        Measured("daily_burst_cpu", "CPU of the burst over that of a job a channel", cpu, CPU_BAR, False, {}),
        Measured(
            "daily_burst_press", "p99 of a press in it over idle", ours.busy[98] / ours.idle[98], PRESS_BAR, False, {}
        ),
    ]


@dataclass(frozen=True)
class Burst:
    sent: int
    """Channels that were posted to exactly once."""
    seconds: float
    cpu_s: float
    stall_s: float
    idle: list[float] = field(default_factory=list)
    """Percentiles of the presses' times."""
    busy: list[float] = field(default_factory=list)


class Room:
    """A platform that takes every post at once, and none twice."""

    platform = "web"
    capabilities = Capabilities(repeats_are_dropped=True, private_unprompted=True)

    def __init__(self):
        self.posts = Counter()
        self.cards = {}
        self._numbers = count(1)

    async def post(self, channel, card, *, key):
        self.posts[key] += 1
        self.cards[key] = card
        return Posted(MessageRef(str(next(self._numbers))), datetime.now(UTC))

    async def edit(self, channel, message, card):
        pass

    async def whisper(self, channel, player_id, card):
        return True

    def link(self, channel, message):
        return None

    def dailies(self):
        return Counter(key for key in self.posts.elements() if key.startswith("daily:"))


async def _ours(channels: int) -> Burst:
    with TemporaryDirectory() as folder:
        store = await open_store(f"sqlite+aiosqlite:///{Path(folder)}/burst.db", SystemClock())
        room = Room()
        bot = Lalabot(
            store=store,
            clock=SystemClock(),
            chance=SystemChance(),
            library=Library((a_pack(facts=FACTS),)),
            gateways=(room,),
        )
        await bot.start()
        ticker, done = Ticker(bot.tick), asyncio.Event()
        ticker.start()
        due_at = await _due(store, channels, in_s=IDLE_S + 6)
        press = await _game(bot, room)
        gc.collect()
        gc.freeze()  # as the process does once it has started
        idle = await _presses(press, until=lambda: datetime.now(UTC) > due_at - timedelta(seconds=1))
        await asyncio.sleep((due_at - datetime.now(UTC)).total_seconds())
        began, cpu = perf_counter(), process_time()
        async with asyncio.TaskGroup() as group:
            beat = group.create_task(_beat(done))
            pressing = group.create_task(_presses(press, until=done.is_set))
            while len(room.dailies()) < channels or bot.core.outbox.room < BUSY:
                await asyncio.sleep(0.1)
            burst, cpu_s = perf_counter() - began, process_time() - cpu
            done.set()
        ticker.stop()
        await bot.stop()
        async with store.view() as work:
            left = await work.dailies.due(now=datetime.now(UTC), platforms=("web",), limit=1)
        assert not left
        await store.close()
    once = sum(times == 1 for times in room.dailies().values())
    return Burst(once, burst, cpu_s, beat.result(), idle, pressing.result())


async def _game(bot, room):
    """A running question, and a press on it by somebody new each time."""
    place = Place(ChannelId("web/lobby"), CommunityId("web"))
    numbers = count(1)

    def actor():
        name = f"P{next(numbers)}"
        return Actor(player(name), name)

    now = datetime.now(UTC)
    await bot.handle(Call("quiz start", actor(), place, now, "start", {"questions": "50", "seconds": "120"}))
    while not (asked := [key for key in room.cards if key.startswith("round:")]):
        await asyncio.sleep(0.05)
    button = room.cards[asked[0]].buttons[0].id

    async def press():
        who = actor()
        await bot.handle(Press(button, who, place, datetime.now(UTC), f"press {who.name}"))

    return press


async def _presses(press, *, until):
    times = []
    while not until():
        began = perf_counter()
        await press()
        times.append(perf_counter() - began)
        await asyncio.sleep(PRESS_EVERY_S)
    return quantiles(times, n=100)


async def _beat(done):
    """The longest time for which nothing else on the loop could run."""
    longest = 0.0
    while not done.is_set():
        began = perf_counter()
        await asyncio.sleep(BEAT_S)
        longest = max(longest, perf_counter() - began - BEAT_S)
    return longest


def _dailies(channels: int, at: datetime):
    schedule = Schedule(at.time(), ZoneId("UTC"))
    upcoming = occurrence_on(schedule, at.date())
    for number in range(channels):
        kind = (DailyKind.FACT, DailyKind.FACT_AND_QUESTION)[number % 2]
        channel = ChannelId(f"web/c{number:05}")
        yield Daily(
            channel, CommunityId("web"), schedule, kind, DailyState.ON, player("Ana"), "Ana", Language.EN, upcoming, "x"
        )


async def _due(store, channels, *, in_s):
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=in_s)
    async with store.begin() as work:
        for daily in _dailies(channels, at):
            await work.dailies.save(daily)
    return at


async def _theirs(channels: int) -> Burst:
    with TemporaryDirectory() as folder:
        store = await open_store(f"sqlite+aiosqlite:///{Path(folder)}/burst.db", SystemClock())
        room, library = Room(), Library((a_pack(facts=FACTS),))
        await _due(store, channels, in_s=0)
        began, cpu, done = perf_counter(), process_time(), asyncio.Event()
        recorded: list[ChannelId] = []
        beat = asyncio.create_task(_beat(done))
        scheduler = AsyncIOScheduler(timezone="UTC")
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
        for daily in _dailies(channels, at):
            trigger = CronTrigger(hour=at.hour, minute=at.minute, second=at.second, timezone="UTC")
            scheduler.add_job(
                _job, trigger, (store, library, room, daily, recorded), misfire_grace_time=None, coalesce=True
            )
        scheduler.start()
        while len(recorded) < channels:
            await asyncio.sleep(0.1)
        cpu_s, burst = process_time() - cpu, perf_counter() - began
        done.set()
        await beat
        scheduler.shutdown(wait=False)
        await store.close()
    return Burst(sum(times == 1 for times in room.posts.values()), burst, cpu_s, beat.result())


async def _job(store, library, room, daily, recorded):
    """What a channel's own job has to do, statement by statement."""
    now, day = datetime.now(UTC), Day(daily.channel, daily.next.local_date, daily.next.at, DayState.CLAIMED)
    async with store.begin() as work:
        if not await work.dailies.add_day(day):
            return
        channel = await work.channels.load(daily.channel, daily.community)
        catalogue = library.of_channel(channel)
        ids = tuple(str(fact.id) for fact in catalogue.facts(channel.spoilers))
        pool = facts_pool(Spoiler.NONE)
        drawn, _ = await library.next_fact(work, daily.channel, pool, ids, pack=catalogue.id)
        fact = catalogue.fact(FactId(drawn))
        card = daily_card(catalogue.pack, fact, Language.EN)
        post = Post(f"daily:{day.local_date}:{daily.channel}", daily.channel, card)
        await work.posts.add((post,), now=now)
        following: Occurrence = next_occurrence_after_date(daily.schedule, daily.next.local_date)
        await work.dailies.save(replace(daily, next=following))
    posted = await room.post(daily.channel, card, key=post.key)
    async with store.begin() as work:
        await work.posts.settle((PostOutcome(post.key, PostState.SENT, posted.message, posted.at),))
        await work.dailies.settle_days(((daily.channel, day.local_date, DayState.POSTED),))
    recorded.append(daily.channel)
