"""What every store promises of many daily posts at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.channels import Channel
from bot.domain.daily import DayState, DayStreak
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, PackId
from bot.domain.selection import Cursor
from bot.ports.daily_batches import DailyChanges, LastPost
from tests.contract.test_store_dailies import DAY, LOBBY, TODAY, a_daily, a_day, add_day, an_answer, answer, save
from tests.factories import NOON, player

OTHER = ChannelId("web/other")
NONE = ChannelId("web/none")


async def write(store, **changes):
    async with store.begin() as work:
        await work.daily_batches.write(DailyChanges(**changes))


async def last_posts(store, *dailies):
    async with store.view() as work:
        return await work.daily_batches.last_posts(dailies)


async def test_every_channel_has_its_settings_set_or_not(store):
    chosen = Channel(LOBBY, CommunityId("web"), pack=PackId("other"))
    async with store.begin() as work:
        await work.channels.save(chosen)
        found = await work.daily_batches.settings((a_daily(), a_daily(channel=OTHER)))
        assert found == {LOBBY: chosen, OTHER: Channel(OTHER, CommunityId("web"))}
        assert await work.daily_batches.settings(()) == {}


async def test_known_days_are_found_and_no_other(store):
    for day in (a_day(), a_day(TODAY + DAY), a_day(channel=OTHER)):
        await add_day(store, day)
    async with store.view() as work:
        found = await work.daily_batches.days([(LOBBY, TODAY), (OTHER, TODAY + DAY), (NONE, TODAY)])
        assert found == {(LOBBY, TODAY): a_day()}
        assert await work.daily_batches.days([]) == {}


async def test_cursors_and_what_was_told_are_found_by_channel(store):
    async with store.begin() as work:
        await work.cursors.save(LOBBY, "facts", Cursor(1, 10, 3, 1))
        await work.cursors.save(OTHER, "facts", Cursor(2, 5, 5, 0))
        for n in range(20):
            await work.cursors.add_recent(LOBBY, f"f{n}")
        await work.cursors.add_recent(OTHER, "theirs")
    async with store.begin() as work:
        wanted = [(LOBBY, "facts"), (LOBBY, "music"), (NONE, "facts")]
        assert await work.daily_batches.cursors(wanted) == {(LOBBY, "facts"): Cursor(1, 10, 3, 1)}
        assert await work.daily_batches.cursors([]) == {}
        recent = await work.daily_batches.recent([LOBBY, NONE])
        assert recent == {LOBBY: await work.cursors.recent(LOBBY)}
        assert await work.daily_batches.recent([]) == {}


async def test_the_last_post_with_a_question_has_who_was_right_and_how_they_stood(store):
    daily = a_daily(at=NOON + DAY)
    await save(store, daily, a_daily(channel=OTHER, at=NOON + DAY))
    for day in (a_day(TODAY - 3 * DAY), a_day(TODAY - 2 * DAY, question=None), a_day(), a_day(channel=OTHER)):
        await add_day(store, day)
    await add_day(store, a_day(TODAY - DAY, state=DayState.FAILED))
    for name, option in (("Ben", 1), ("Ana", 1), ("Cyd", 2)):
        await answer(store, name, option)
    stood = DayStreak(player("Ana"), "Ana", 3, TODAY - DAY)
    await write(store, streaks=[(LOBBY, stood), (OTHER, replace(stood, days=9)), (LOBBY, replace(stood, player="x"))])
    found = await last_posts(store, daily, a_daily(channel=OTHER), a_daily(channel=NONE))
    right = (an_answer("Ana"), an_answer("Ben"))
    assert found == {
        LOBBY: LastPost(a_day(), TODAY - 3 * DAY, True, right, {player("Ana"): stood}),
        OTHER: LastPost(a_day(channel=OTHER), None, False),
    }


async def test_who_answers_while_a_post_is_revealed_waits_and_finds_it_revealed(store, rival):
    daily = a_daily(at=NOON + DAY)
    await save(store, daily)
    await add_day(store, a_day())
    async with store.begin() as work:
        found = await work.daily_batches.last_posts((daily,))
        late = asyncio.create_task(answer(rival, "Ana", 1))
        await asyncio.sleep(0.1)
        assert not late.done()
        await work.daily_batches.write(DailyChanges(revealed=[replace(found[LOBBY].day, revealed=True)]))
    assert await late is GuessOutcome.CLOSED


async def test_schedules_are_held_and_those_that_another_holds_are_left_out(store, rival):
    await save(store, a_daily(), a_daily(channel=OTHER))
    async with store.begin() as work:
        assert await work.daily_batches.held([LOBBY, NONE]) == {LOBBY: a_daily()}
        if rival is not store:
            async with rival.begin() as others:
                assert await others.daily_batches.held([LOBBY, OTHER]) == {OTHER: a_daily(channel=OTHER)}


async def test_a_last_post_without_a_question_is_none_and_no_earlier_one_stands_in(store):
    daily = a_daily(at=NOON + DAY)
    await save(store, daily)
    await add_day(store, a_day(TODAY - DAY))
    await add_day(store, a_day(question=None))
    assert await last_posts(store, daily) == {}
    assert await last_posts(store) == {}


async def test_the_last_post_is_of_a_date_before_the_next_one(store):
    daily = a_daily(at=NOON)
    await save(store, daily)
    await add_day(store, a_day(TODAY))
    assert await last_posts(store, daily) == {}
    await add_day(store, a_day(TODAY - DAY))
    assert (await last_posts(store, daily))[LOBBY].day == a_day(TODAY - DAY)


async def test_facts_told_are_found_by_channel_and_date(store):
    await add_day(store, a_day(TODAY - DAY, fact="old"))
    await add_day(store, a_day(fact="f1"))
    await add_day(store, a_day(TODAY + DAY, fact="f2", state=DayState.FAILED))
    await add_day(store, a_day(channel=OTHER, fact=None))
    async with store.view() as work:
        assert await work.daily_batches.told_days([LOBBY, OTHER], since=TODAY) == {(LOBBY, TODAY): "f1"}


async def test_a_batch_writes_all_that_it_changes(store):
    await save(store, a_daily())
    await add_day(store, a_day(TODAY - DAY))
    await add_day(store, a_day(TODAY - 2 * DAY, state=DayState.MISSED, fact=None))
    moved = a_daily(at=NOON + DAY)
    streak = DayStreak(player("Ana"), "Ana", 2, TODAY - DAY)
    claimed = [a_day(state=DayState.CLAIMED), a_day(TODAY - 2 * DAY, state=DayState.CLAIMED)]
    await write(
        store,
        dailies=[moved, a_daily(channel=OTHER)],
        claimed=claimed,
        missed=[a_day(TODAY - DAY, state=DayState.MISSED), a_day(TODAY - 5 * DAY, state=DayState.MISSED)],
        revealed=[a_day(TODAY - DAY, revealed=True)],
        streaks=[(LOBBY, streak)],
        cursors=[(LOBBY, "facts", Cursor(1, 9, 1, 0))],
        told=[(LOBBY, "f1"), (OTHER, "f9"), (LOBBY, "f2")],
    )
    async with store.view() as work:
        assert await work.dailies.load(LOBBY) == moved
        assert await work.dailies.load(OTHER) == a_daily(channel=OTHER)
        days = {day.local_date: day for day in await work.dailies.last_days(LOBBY, limit=9)}
        assert days[TODAY] == claimed[0]
        assert days[TODAY - 2 * DAY] == claimed[1]
        assert days[TODAY - DAY] == a_day(TODAY - DAY, revealed=True), "a date that is known is no missed one"
        assert days[TODAY - 5 * DAY].state is DayState.MISSED
        assert await work.cursors.load(LOBBY, "facts") == Cursor(1, 9, 1, 0)
        assert await work.cursors.recent(LOBBY) == ("f2", "f1")
        assert await work.cursors.recent(OTHER) == ("f9",)


async def test_what_a_batch_tells_goes_the_way_of_all_that_is_told(store):
    for n in range(18):
        await write(store, told=[(LOBBY, f"f{n}"), (OTHER, "same")])
    await write(store, told=[(LOBBY, "f10")])
    async with store.view() as work:
        newest = [f"f{n}" for n in range(17, 1, -1)]
        newest.remove("f10")
        assert await work.cursors.recent(LOBBY) == ("f10", *newest)
        assert await work.cursors.recent(OTHER) == ("same",)


async def test_a_streak_is_replaced_by_the_newer_one(store):
    streak = DayStreak(player("Ana"), "Ana", 1, TODAY - DAY)
    daily = a_daily(at=NOON + DAY)
    await save(store, daily)
    await add_day(store, a_day())
    await answer(store, "Ana", 1)
    for days in (1, 2):
        await write(store, streaks=[(LOBBY, replace(streak, days=days))])
    assert (await last_posts(store, daily))[LOBBY].streaks[player("Ana")].days == 2


async def test_a_batch_of_hundreds_is_written_and_read(store):
    dailies = [a_daily(channel=f"web/{n}", at=NOON + timedelta(days=1)) for n in range(300)]
    await write(store, dailies=dailies, claimed=[a_day(channel=f"web/{n}") for n in range(300)])
    assert len(await last_posts(store, *dailies)) == 300
