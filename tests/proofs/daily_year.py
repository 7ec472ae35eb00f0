"""A year of daily posts with everything that goes wrong, held against an independent count: ``make daily-year``.

Channels in many zones, on three kinds of platform (that drop a repeat for ever, for two minutes, or not at all), with processes that
crash at any step (before, within and after a transaction, before and after a message is out), stay down for seconds or a day, or run
two at a time; platforms that are away, slow, or leave it open whether a post arrived; and a clock that is set forward and back.

What must be posted is told by ``calendar_oracle``, which finds the dates the slow way round, and by a diary of when a process and the
platform were both there. Every (channel, date) has one message; none only where there was no time for it within the six hours, or,
where the platform drops no repeats, where a crash or a lost answer makes it unknowable, and the record says so.
"""

import asyncio
import logging
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo, available_timezones

from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.domain.calendar import WEEK, Schedule, ZoneId, next_occurrence
from bot.domain.daily import Daily, DailyKind, DailyState, DayState
from bot.domain.ids import ChannelId, CommunityId, MessageRef
from bot.domain.language import Language
from bot.ports.chat import Capabilities, Posted, Uncertain, Unreachable
from bot.storage.opening import open_store
from tests.clocks import FakeClock
from tests.factories import a_pack, player
from tests.proofs.calendar_oracle import walk

WINDOW = timedelta(hours=6)
TIMES = (time(0), time(0, 30), time(2, 30), time(9), time(12, 15), time(23, 30))
NOTORIOUS = (
    "Africa/Cairo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "America/Nuuk",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/New_York",
    "Europe/Lisbon",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "Africa/Casablanca",
    "America/Havana",
)
PLATFORMS = {
    "web": Capabilities(repeats_are_dropped=True, private_unprompted=True),
    "discord": Capabilities(repeats_are_dropped=True, private_unprompted=True, repeats_dropped_for_s=120),
    "slack": Capabilities(repeats_are_dropped=False, private_unprompted=True),
}
TROUBLES = ("away", "slow", "lossy", "ahead", "back", "ahead and back")
"""Each comes as often as the others: chance would leave one out of a short run now and then."""
ENOUGH = 3
"""So many ticks in a row, with all there that it takes, leave no excuse: a retry comes five minutes after the last."""


class Crash(BaseException):
    """The process is gone: nothing of it runs on."""


@dataclass
class Process:
    """One run of the bot. Every step may be its last."""

    world: "World"
    is_dead: bool = False
    bot: Lalabot | None = None

    def step(self, what):
        if self.is_dead:
            raise Crash(what)
        often = 6 if "message" in what else 1
        if self.world.chance.random() < self.world.crash_rate * often:
            self.world.crashes[what] += 1
            self.is_dead = True
            raise Crash(what)

    async def start(self):
        world = self.world
        self.bot = Lalabot(
            store=CrashingStore(self),
            clock=world.clock,
            chance=PlainChance(world.chance),
            library=Library((world.pack,)),
            gateways=[Gateway(self, platform) for platform in PLATFORMS],
        )
        await self._live(self.bot.start())

    async def tick(self):
        await self._live(self.bot.tick())

    async def _live(self, work):
        with suppress(Crash):
            await work

    async def bury(self):
        self.is_dead = True
        self.bot.core.alarms.stop()
        await self.bot.core.tasks.finish(0)


@dataclass
class PlainChance:
    random: Random

    def token(self, length):
        return "".join(self.random.choices("abcdefghij0123456789", k=length))

    def shuffled(self, items):
        return tuple(self.random.sample(items, len(items)))


@dataclass
class CrashingStore:
    """The store that all processes share, with a crash between any two steps."""

    process: Process

    @property
    def is_shared(self):
        return self.process.world.processes_at_once > 1

    @asynccontextmanager
    async def begin(self):
        self.process.step("before a transaction")
        async with self.process.world.store.begin() as work:
            self.process.step("at a transaction's beginning")
            yield work
            self.process.step("before a commit")
        self.process.step("after a commit")

    @asynccontextmanager
    async def view(self):
        self.process.step("before a look")
        async with self.process.world.store.view() as work:
            yield work

    async def submit_guess(self, guess):
        return await self.process.world.store.submit_guess(guess)


@dataclass
class Message:
    key: str
    channel: str
    at: datetime
    lived: float
    """When, by a clock that nobody sets."""
    text: str


@dataclass
class Gateway:
    process: Process
    platform: str

    @property
    def capabilities(self):
        return PLATFORMS[self.platform]

    async def post(self, channel, card, *, key):
        world = self.process.world
        self.process.step("before a message is out")
        trouble = world.trouble.get(self.platform)
        if trouble == "slow":
            await world.clock.sleep_until(world.clock.now() + timedelta(seconds=world.chance.choice((1, 20, 50))))
            self.process.step("while a message is on its way")
        elif trouble == "away":
            raise Unreachable("away")
        elif trouble == "lossy" and world.chance.random() < 0.5:
            if world.chance.random() < 0.5:
                world.take(self.platform, channel, card, key)
            raise Uncertain("the answer got lost")
        message = world.take(self.platform, channel, card, key)
        self.process.step("after a message is out")
        return Posted(MessageRef(str(message)), world.clock.now())

    async def edit(self, channel, message, card):
        raise NotImplementedError

    async def whisper(self, channel, player_id, card):
        self.process.world.whispers += 1
        return True

    def link(self, channel, message):
        return None


@dataclass
class World:
    """Everything that no crash takes away: the clock, the database, the platforms."""

    store: object
    clock: FakeClock
    chance: Random
    processes_at_once: int
    crash_rate: float
    step: timedelta
    pack: object = field(default_factory=lambda: a_pack(facts=40))
    trouble: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    first_of_key: dict = field(default_factory=dict)
    crashes: Counter = field(default_factory=Counter)
    happenings: Counter = field(default_factory=Counter)
    diary: list = field(default_factory=list)
    """Of every tick: the clock, and the platforms that posts could be made on by a process that lived through it."""
    quiet: int = 0
    """Ticks in a row without any trouble."""
    _jumped: timedelta = timedelta(0)
    whispers: int = 0

    @property
    def lived_s(self):
        """By a clock that nobody sets."""
        return (self.clock.now() - self._jumped).timestamp()

    def set_clock(self, now):
        self._jumped += now - self.clock.now()
        self.clock.set(now)

    def note(self, living):
        lives = bool(living) and not any(process.is_dead for process in living)
        self.quiet = self.quiet + 1 if lives and not self.trouble else 0
        able = frozenset(set(PLATFORMS) - set(self.trouble)) if lives else frozenset()
        self.diary.append((self.lived_s, self.clock.now(), able))

    def came_to(self, when, *, before):
        return any(when <= clock <= when + WINDOW for lived, clock, _ in self.diary if lived <= before)

    def runs_within(self, platform, start, end):
        """How many ticks in a row there were within that time, for every passage of the clock through it."""
        runs = []
        last = None
        for _, when, able in self.diary:
            if start <= when < end:
                if last is None or when < last:
                    runs.append([0, 0])
                last = when
                runs[-1][1] = runs[-1][1] + 1 if platform in able else 0
                runs[-1][0] = max(runs[-1])
            else:
                last = None
        return [run[0] for run in runs]

    def take(self, platform, channel, card, key):
        """What the platform does with a post."""
        drops_for = PLATFORMS[platform].repeats_dropped_for_s
        known = self.first_of_key.get((channel, key))
        drops = known is not None and PLATFORMS[platform].repeats_are_dropped
        if drops and (drops_for is None or self.lived_s - self.messages[known].lived <= drops_for):
            return known
        self.messages.append(Message(key, channel, self.clock.now(), self.lived_s, card.spoken()))
        self.first_of_key.setdefault((channel, key), len(self.messages) - 1)
        return len(self.messages) - 1


@dataclass(frozen=True)
class Plan:
    """The size of it all."""

    channels: int
    zones: int
    first: date
    days: int
    step_minutes: int = 10
    processes_at_once: int = 1
    crash_rate: float = 0.0005
    seed: int = 1
    address: str | None = None


async def simulate(plan: Plan) -> World:
    """Runs it, and checks it. ``AssertionError`` for what must not be."""
    chance = Random(plan.seed)
    clock = FakeClock(datetime.combine(plan.first, time(), tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(plan.address or f"sqlite+aiosqlite:///{Path(folder)}/year.db", clock)
        try:
            world = World(
                store, clock, chance, plan.processes_at_once, plan.crash_rate, timedelta(minutes=plan.step_minutes)
            )
            channels = tuple(_channels(plan, chance, clock.now()))
            async with store.begin() as work:
                for daily in channels:
                    await work.dailies.save(daily)
            await _live_through(world, plan)
            async with store.view() as work:
                days = {daily.channel: await work.dailies.last_days(daily.channel, limit=1000) for daily in channels}
                ends = {daily.channel: await work.dailies.load(daily.channel) for daily in channels}
        finally:
            await store.close()
    check(world, plan, channels, days, ends)
    return world


def _channels(plan, chance, now):
    usual = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc", "posix", "right"))
    )
    zones = [*NOTORIOUS, *chance.sample(usual, k=max(0, plan.zones - len(NOTORIOUS)))][: plan.zones]
    for number in range(plan.channels):
        platform = ("web", "web", "discord", "slack")[number % 4]
        weekdays = frozenset(WEEK if chance.random() < 0.6 else chance.sample(WEEK, chance.randint(1, 5)))
        schedule = Schedule(chance.choice(TIMES), ZoneId(zones[number % len(zones)]), weekdays)
        kind = chance.choice(tuple(DailyKind))
        channel = ChannelId(f"{platform}/c{number:04}")
        upcoming = next_occurrence(schedule, after=now)
        yield Daily(
            channel,
            CommunityId(platform),
            schedule,
            kind,
            DailyState.ON,
            player("Ana"),
            "Ana",
            Language.EN,
            upcoming,
            "x",
        )


async def _live_through(world, plan):
    end = world.clock.now() + timedelta(days=plan.days)
    living: list[Process] = []
    down_s, calm_until = 0.0, world.lived_s
    while world.clock.now() < end:
        if down_s <= 0:
            while len(living) < world.processes_at_once:
                living.append(Process(world))
                await living[-1].start()
        await asyncio.gather(*(process.tick() for process in living))
        await world.clock.settle()
        world.note(living)
        if any(process.is_dead for process in living):
            world.happenings["crash"] += 1
            down_s = 60 * world.chance.choice((0, 0, 0, 1, 20, 180, 1200))
        living = await _bury_the_dead(living)
        if world.lived_s >= calm_until:
            calm_until = world.lived_s + 3600 * await _trouble(world, living)
        down_s -= world.step.total_seconds()
        await world.clock.advance(world.step.total_seconds())
    await _come_to_rest(world, living)


async def _come_to_rest(world, living):
    """A last run without any trouble settles what is open."""
    world.trouble.clear()
    world.crash_rate = 0
    for process in living:
        await process.bury()
    last = Process(world)
    await last.start()
    for _ in range(ENOUGH):
        await last.tick()
        await world.clock.settle()
        await world.clock.advance(world.step.total_seconds())
    await last.bury()


async def _bury_the_dead(living):
    for process in living:
        if process.is_dead:
            await process.bury()
    return [process for process in living if not process.is_dead]


async def _trouble(world, living):
    """What the platforms and the clock do next; answers for how many hours."""
    chance = world.chance
    if world.trouble:
        world.trouble.clear()
        return chance.randint(5, 40)
    if world.quiet < ENOUGH:
        return 1
    kind = min(TROUBLES, key=lambda kind: (world.happenings[kind], chance.random()))
    world.happenings[kind] += 1
    match kind:
        case "away" | "slow" | "lossy":
            world.trouble[chance.choice(tuple(PLATFORMS))] = kind
            return chance.choice((0.3, 2, 9))
        case "ahead":
            world.set_clock(world.clock.now() + timedelta(hours=chance.choice((0.1, 2, 30))))
        case "back":
            world.set_clock(world.clock.now() - timedelta(hours=chance.choice((0.1, 2, 30))))
        case "ahead and back":
            was = world.clock.now()
            world.set_clock(was + timedelta(days=chance.choice((1, 9, 400))))
            for process in living:
                await process.tick()
            await world.clock.settle()
            world.note(living)
            world.set_clock(was)
    return chance.randint(5, 40)


def check(world, plan, channels, days, ends):
    """The independent count."""
    of_channel = defaultdict(lambda: defaultdict(list))
    for message in world.messages:
        _, day, channel = message.key.split(":", 2)
        assert channel == message.channel
        of_channel[channel][date.fromisoformat(day)].append(message)
    switched_off = 0
    for daily in channels:
        if ends[daily.channel].state is not DailyState.ON:
            switched_off += 1
            continue
        known = {day.local_date: day for day in days[daily.channel]}
        due = _due(daily, plan)
        _check_channel(world, daily, due, known, of_channel[daily.channel])
    assert switched_off * 50 <= len(channels), "three failures running are rare here"
    assert not set(of_channel) - {daily.channel for daily in channels}


def _due(daily, plan):
    """By date, the instant that the oracle finds for it; with a margin, for the clock runs ahead at times."""
    last = plan.first + timedelta(days=plan.days + 420)
    walked = walk(ZoneInfo(daily.schedule.zone), plan.first - timedelta(days=3), last)
    return {day: at for day, at in walked.due(daily.schedule.time) if WEEK[day.weekday()] in daily.schedule.weekdays}


def _check_channel(world, daily, due, known, posted):
    platform = daily.channel.partition("/")[0]
    for day, messages in posted.items():
        where = f"{daily.channel} {day} {known.get(day)}"
        assert len(messages) == 1, f"twice: {where} {messages}"
        assert day in due, f"no such date: {where}"
        delay = messages[0].at - due[day]
        assert delay <= WINDOW + timedelta(minutes=1), f"too late: {where} {delay}"
        # Claimed while the clock ran ahead, it may go out after that was set right.
        assert timedelta(0) <= delay or world.came_to(due[day], before=messages[0].lived), f"early: {where} {delay}"
        assert known[day].state in {DayState.POSTED, DayState.LATE, DayState.UNCERTAIN}, f"recorded wrongly: {where}"
        is_said = "A little late today" in messages[0].text
        is_on_the_edge = abs(delay - timedelta(minutes=15)) < timedelta(minutes=2)
        assert is_said == (delay > timedelta(minutes=15)) or is_on_the_edge or delay < timedelta(0), where
    for day, at in due.items():
        state = known[day].state if day in known else None
        if state in {DayState.POSTED, DayState.LATE}:
            assert day in posted, f"recorded, and never posted: {daily.channel} {day}"
        elif day not in posted and at >= daily.next.at and _could_be_posted(world, platform, at, known.get(day)):
            assert state is DayState.UNCERTAIN, f"never: {daily.channel} {day} due {at} {known.get(day)}"
            assert platform != "web", f"uncertain where a repeat does no harm: {daily.channel} {day} due {at}"


def _could_be_posted(world, platform, at, day):
    """Whether enough ticks in a row found it within its window. One that was given up when its window closed is not taken up
    again should the clock come back: for it, the first passage counts."""
    runs = world.runs_within(platform, at, at + WINDOW)
    if day is not None and day.fact is not None and day.state in {DayState.MISSED, DayState.UNCERTAIN}:
        runs = runs[:1]
    return any(run >= ENOUGH for run in runs)


QUICK = (
    Plan(24, 14, date(2026, 3, 1), 32, step_minutes=30, crash_rate=0.004),
    Plan(24, 14, date(2026, 10, 20), 20, step_minutes=30, crash_rate=0.004, processes_at_once=2, seed=2),
)
YEAR = (
    Plan(500, 50, date(2026, 1, 1), 365),
    Plan(500, 50, date(2026, 1, 1), 365, processes_at_once=2, seed=2),
)


def main(arguments):
    logging.disable(logging.CRITICAL)
    plans = YEAR if not arguments else [replace(plan, seed=int(arguments[0])) for plan in QUICK]
    for plan in plans:
        began = perf_counter()
        world = asyncio.run(simulate(plan))
        crashes, happened = sum(world.crashes.values()), dict(world.happenings)
        print(
            f"{plan.channels} channels in {plan.zones} zones, {plan.days} days, {plan.processes_at_once} at once: "
            f"{len(world.messages)} posts, each (channel, date) once; {crashes} crashes at {len(world.crashes)} kinds of step, "
            f"{happened} ({perf_counter() - began:.0f} s)",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
