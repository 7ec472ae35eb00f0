"""What only a wire shows: heartbeats, resumes, limits, outages, slow answers, nonces. In real time, so briefly."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from adapters.discord import client as client_module
from adapters.discord import gateway as gateway_module
from adapters.discord.client import DiscordClient, create
from adapters.discord.doctor import doctor, doctor_lines
from adapters.discord.guard import InvalidRequests
from adapters.discord.ids import channel_of, time_of
from adapters.discord.options import read_options
from bot.app.cards import notice
from bot.app.library import Library
from bot.domain.errors import SettingError
from bot.domain.language import Language
from bot.ports.cards import CardKind
from bot.ports.chat import ChannelGone, MessageGone, Unreachable
from bot.storage.opening import open_store
from bot.system.chance import SystemChance
from bot.system.clock import SystemClock
from bot.wiring import build
from tests.adapters.discord.loopback import CHANNEL, GUILD, IDENTIFY, RESUME, Loopback, answer, failing, limited
from tests.adapters.discord.world import settings
from tests.factories import a_pack
from tests.gateways import MemoryGateway

HERE = channel_of(GUILD, CHANNEL)
CARD = notice(Language.EN, "Hello")


@pytest.fixture
async def wire():
    async with Loopback() as made:
        yield made


@asynccontextmanager
async def a_bot(wire, **environ):
    store = await open_store("sqlite+aiosqlite://", SystemClock())
    token = "MTAwMQ.x.y"
    bot = create(
        settings(DISCORD_API_URL=wire.address, DISCORD_TOKEN=token, **environ),
        store=store,
        library=Library((a_pack(),)),
    )
    try:
        yield bot
    finally:
        await bot.close()
        await store.close()


@asynccontextmanager
async def connected(wire):
    async with a_bot(wire) as bot:
        await bot.launch()
        await wire.until(lambda: any(op == IDENTIFY for op, _ in wire.heard))
        await asyncio.wait_for(bot.wait_until_ready(), 10)
        yield bot


async def test_the_address_moves_rest_and_events(wire):
    async with connected(wire):
        await wire.emit("INTERACTION_CREATE", wire.slash("lalafact"))
        await wire.until(wire.callbacks)
        identified = next(data for op, data in wire.heard if op == IDENTIFY)
        assert identified["intents"] == 1, "guilds, and nothing privileged"
    told = wire.callbacks()[0]
    assert told["type"] == 4
    assert "The fact" in str(told["data"]["components"])


async def test_a_lost_heartbeat_resumes_the_session_and_what_was_missed_is_answered(wire):
    async with connected(wire) as bot:
        bot._connection.heartbeat_timeout = 0.3
        for shard in bot.shards.values():
            shard._parent.ws._keep_alive.heartbeat_timeout = 0.3
        wire.backlog.append(("INTERACTION_CREATE", wire.slash("lalafact")))
        wire.acknowledges = False
        await wire.until(lambda: any(op == RESUME for op, _ in wire.heard))
        await wire.until(wire.callbacks)
    resumed = next(data for op, data in wire.heard if op == RESUME)
    assert resumed["session_id"].startswith("session")
    assert len([op for op, _ in wire.heard if op == IDENTIFY]) == 1


async def test_a_session_that_is_closed_for_good_begins_anew(wire):
    async with connected(wire):
        wire.refuses_resume = True
        await wire.sockets[-1].close(code=4000)
        await wire.until(lambda: len([op for op, _ in wire.heard if op == IDENTIFY]) == 2, 15)
        await asyncio.sleep(0.1)
        await wire.emit("INTERACTION_CREATE", wire.slash("lalafact"))
        await wire.until(wire.callbacks)


@pytest.mark.parametrize(("is_global", "scope"), [(False, "user"), (False, "shared"), (True, "global")])
async def test_a_limit_is_waited_out_and_the_message_sent_once(wire, is_global, scope):
    async with connected(wire) as bot:
        wire.replies = [limited(0.2, is_global=is_global, scope=scope)]
        begun = asyncio.get_running_loop().time()
        await bot.gateway.post(HERE, CARD, key="a")
        assert asyncio.get_running_loop().time() - begun >= 0.2
    assert len(wire.messages) == 1


async def test_a_long_limit_is_left_to_the_outbox(wire):
    async with connected(wire) as bot:
        wire.replies = [limited(40.0)]
        with pytest.raises(Unreachable) as caught:
            await bot.gateway.post(HERE, CARD, key="a")
    assert caught.value.retry_after_s == 40


async def test_an_outage_is_outlasted(wire):
    async with connected(wire) as bot:
        wire.replies = [failing(502), failing(502)]
        posted = await bot.gateway.post(HERE, CARD, key="a")
    assert posted.at == time_of(int(posted.message))


async def test_a_slow_answer_is_asked_for_again_under_the_same_nonce_and_appears_once(wire, monkeypatch):
    monkeypatch.setattr(gateway_module, "SEND_TIMEOUT_S", 0.3)

    async def slow(path, body):
        taken = wire.take(body)
        await asyncio.sleep(0.6)
        return answer(taken)

    async with connected(wire):
        wire.replies = [slow]
        await wire.emit("INTERACTION_CREATE", wire.slash("quiz", {"name": "start", "type": 1, "options": []}))
        await wire.until(lambda: len(wire.posted()) >= 2)
    assert wire.posted()[0]["nonce"] == wire.posted()[1]["nonce"]
    assert len(wire.messages) == 1


async def test_many_daily_posts_stay_under_discords_limit_and_a_game_goes_before_them(wire):
    async with connected(wire) as bot:
        await asyncio.sleep(1)
        before = len(wire.requests)
        daily = replace(CARD, kind=CardKind.DAILY)
        channels = [channel_of(GUILD, CHANNEL + n) for n in range(100)]
        posts = [asyncio.create_task(bot.gateway.post(channel, daily, key=channel)) for channel in channels]
        await asyncio.sleep(0.1)
        await bot.gateway.post(HERE, CARD, key="round")
        assert len(wire.requests) - before < 50, "it did not wait for all of them"
        await asyncio.gather(*posts)
        arrivals = wire.arrivals[before:]
    assert len(arrivals) == 101
    assert max(sum(at <= other < at + 1 for other in arrivals) for at in arrivals) <= 50


@pytest.mark.parametrize(("status", "code", "error"), [(404, 10003, ChannelGone), (404, 10008, MessageGone)])
async def test_what_is_gone_is_said_as_gone(wire, status, code, error):
    async with connected(wire) as bot:
        wire.replies = [failing(status, code)]
        with pytest.raises(error):
            await bot.gateway.edit(HERE, "1", CARD)


async def test_too_many_refusals_stop_every_request_before_a_ban(wire):
    async with connected(wire) as bot:
        bot.invalid_requests._allowed = 3
        wire.replies = [failing(403, 50001) for _ in range(9)]
        errors = []
        for n in range(9):
            try:
                await bot.gateway.post(HERE, CARD, key=str(n))
            except Exception as error:
                errors.append(error)
        assert len(wire.posted()) == 3
        assert isinstance(errors[-1], Unreachable)
        assert errors[-1].retry_after_s > 500


def test_refusals_that_others_cause_do_not_count_and_old_ones_are_forgotten():
    guard = InvalidRequests(allowed=2, window_s=600)
    guard.count(429, "shared", 0.0)
    guard.count(403, None, 0.0)
    assert guard.wait_s(1.0) == 0
    guard.count(401, None, 1.0)
    assert guard.wait_s(2.0) == 598
    assert guard.wait_s(601.0) == 0


async def test_a_press_in_flight_is_answered_before_the_client_closes(wire):
    async with connected(wire) as bot:
        handle = bot.lalabot.handle

        async def slow(inbound):
            await asyncio.sleep(0.3)
            return await handle(inbound)

        bot.lalabot.handle = slow
        await wire.emit("INTERACTION_CREATE", wire.slash("lalafact"))
        while not bot._in_flight:
            await asyncio.sleep(0.01)
        await bot.close()
        assert len(wire.callbacks()) == 1


async def test_a_token_that_is_not_taken_is_said_in_one_line(wire):
    wire.token_is_good = False
    async with a_bot(wire) as bot:
        with pytest.raises(SettingError, match="DISCORD_TOKEN"):
            await bot.launch()


async def test_the_doctor_finds_all_well_and_names_what_is_not(wire):
    mine = settings(DISCORD_API_URL=wire.address, DISCORD_TOKEN="MTAwMQ.x.y")
    before = await doctor(mine)
    assert any(not f.ok and "not registered" in f.text for f in before)
    async with connected(wire) as bot:
        store = bot.lalabot.core.store
        after = await doctor(mine, store)
        assert all(f.ok for f in after), after
        async with store.begin() as work:
            for key, _ in await work.notes.starting("discord:commands:"):
                await work.notes.put(key, "older")
        assert any("not this version's" in f.text for f in await doctor(mine, store))
    assert any("permissions=" in line and line.startswith("ok") for line in await doctor_lines(mine))


async def test_a_start_while_discord_is_away_succeeds_once_it_is_back(monkeypatch):
    monkeypatch.setattr(client_module, "FIRST_RETRY_S", 0.1)
    async with Loopback() as gone:
        pass
    async with a_bot(gone) as bot:
        await bot.launch()
        with pytest.raises(Unreachable):
            await bot.gateway.post(HERE, CARD, key="a")
        async with Loopback(port=gone.port) as back:
            await back.until(lambda: any(op == IDENTIFY for op, _ in back.heard))
            await asyncio.wait_for(bot.wait_until_ready(), 10)
            await bot.close()


async def test_a_process_of_many_platforms_brings_its_own_bot(wire):
    clock, store = SystemClock(), await open_store("sqlite+aiosqlite://", SystemClock())
    mine = settings(DISCORD_API_URL=wire.address, DISCORD_TOKEN="MTAwMQ.x.y")
    client = DiscordClient(read_options(mine), clock)
    lalabot, _ = build(store, clock, SystemChance(), Library((a_pack(),)), (client.gateway, MemoryGateway(clock)))
    client.attach(lalabot)
    await client.launch()
    await lalabot.start()
    await asyncio.wait_for(client.wait_until_ready(), 10)
    await wire.emit("INTERACTION_CREATE", wire.slash("lalafact"))
    await wire.until(wire.callbacks)
    await client.drain()
    await wire.emit("INTERACTION_CREATE", wire.slash("lalafact"))
    await wire.until(lambda: len(wire.callbacks()) == 2)
    assert "being restarted" in str(wire.callbacks()[-1])
    await lalabot.stop()
    await client.close()
    await store.close()
