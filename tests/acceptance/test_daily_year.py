"""Weeks of daily posts through crashes, outages and clock jumps, and real restarts of a real process.

The whole year, for 500 channels in 50 zones: ``make daily-year``.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WEEK
from bot.domain.language import Language
from bot.domain.zones import ZoneRefusal, resolve_zone
from bot.storage.opening import open_store
from tests.acceptance.real import Bot, Page
from tests.acceptance.table import Table
from tests.clocks import FakeClock
from tests.postgresql import NoServer, shared_server
from tests.proofs.daily_year import QUICK, simulate


@pytest.mark.timeout(180)
@pytest.mark.parametrize("plan", QUICK, ids=["one process after the other", "two at once"])
async def test_every_date_is_posted_once_whatever_happens(plan):
    world = await simulate(plan)
    assert len(world.messages) > 100
    assert len(world.crashes) >= 6, "a crash at every kind of step"
    assert world.happenings["crash"] > 20
    assert len(world.happenings) >= 6


@pytest.mark.timeout(180)
async def test_two_processes_on_one_server_post_every_date_once():
    try:
        server = shared_server()
    except NoServer as reason:
        pytest.skip(f"no PostgreSQL server: {reason}")
    clock = FakeClock()
    plan = replace(QUICK[1], days=8, address=await server.new_database(clock))
    world = await simulate(plan)
    assert len(world.messages) > 50


ZONES = ("Lisbon", "New York", "Kathmandu", "Lord Howe Island", "Auckland", "Honolulu", "Recife", "Cairo", "Troll")


@given(
    steps=st.lists(
        st.one_of(
            st.tuples(
                st.just("on"), st.integers(0, 23), st.sampled_from(ZONES), st.sets(st.sampled_from(WEEK), min_size=1)
            ),
            st.tuples(st.sampled_from(("off", "pause", "skip", "status", "preview", "restart"))),
            st.tuples(st.just("wait"), st.integers(1, 40)),
        ),
        max_size=14,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_managers_do_no_date_is_posted_twice_nor_out_of_its_schedule(steps):
    asyncio.run(_manage(steps))


async def _manage(steps):
    clock = FakeClock(datetime.combine(datetime(2026, 3, 7, tzinfo=UTC), time(), tzinfo=UTC))
    store = await open_store("sqlite+aiosqlite://", clock)
    table = await Table(store, clock).open()
    try:
        for step in steps:
            await _take(table, clock, step)
    finally:
        await table.close()
        await store.close()
    keys = [message.key for message in table.gateway.messages if message.key.startswith("daily:")]
    assert len(keys) == len(set(keys))


async def _take(table, clock, step):
    match step:
        case ("on", hour, city, days):
            zone = resolve_zone(city, Language.EN, now=clock.now())
            assert not isinstance(zone, ZoneRefusal), city
            card = await table.say(
                "Ana", f'/lala daily on time={hour} zone="{city}" weekdays={",".join(days)}', manager=True
            )
            assert card.title == "The daily post is on."
        case ("wait", hours):
            for _ in range(hours):
                await clock.advance(3600)
                await _tick_and_check(table)
        case ("restart",):
            await table.bot.stop(timeout_s=0)
            table.bot = None
            await table.open()
        case (command,):
            card = await table.say("Ana", f"/lala daily {command}", manager=True)
            assert "my fault" not in card.spoken()
    await clock.advance(1)


async def _tick_and_check(table):
    """Whatever is posted is on a chosen weekday, at its time or within the hour that a tick comes late here."""
    before = len(table.gateway.messages)
    async with table.store.view() as work:
        daily = await work.dailies.load("web/lobby")
    await table.bot.tick()
    await table.clock.advance(0)
    for message in table.gateway.messages[before:]:
        if message.key.startswith("daily:"):
            assert daily.next.local_date.isoformat() in message.key
            assert WEEK[daily.next.local_date.weekday()] in daily.schedule.weekdays
            assert timedelta(0) <= table.clock.now() - daily.next.at <= timedelta(hours=1, minutes=1)


@pytest.mark.timeout(120)
async def test_a_real_process_posts_once_through_kills_and_restarts(tmp_path):
    """In a room; killed before it is due, at it, and after it."""
    bot = await asyncio.to_thread(Bot(tmp_path).start)
    try:
        ana = await Page(bot, "Ana").open()
        await ana.say("/lala daily on time=12 zone=UTC kind=fact+question")
        await ana.hears("The daily post is on.")
        await ana.close()
        bot.kill()
        due = bot.bring_dailies_due(in_s=4)
        await asyncio.to_thread(bot.start)
        await asyncio.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds() - 0.2))
        for pause in (0.3, 1.2, 2.1, 2.6):
            await asyncio.sleep(pause)
            bot.kill()
            await asyncio.to_thread(bot.start)
        ana = await Page(bot, "Ana").open()
        await ana.sees("La La Land today")
        await asyncio.sleep(4.5)
        assert ana.count("La La Land today") == 1
        await ana.say("/lala daily")
        status = await ana.hears("The daily post of this channel")
        assert "posted" in status
        await ana.close()
    finally:
        if bot.process.poll() is None:
            bot.stop()
    assert not [line for line in bot.log() if line.get("level") in {"error", "critical"}]
