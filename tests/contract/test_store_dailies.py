"""What every store promises of the daily posts."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import text

from bot.domain.calendar import Occurrence, Schedule, Weekday, ZoneId
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayAnswer, DayState
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, FactId, PackId, QuestionId
from bot.domain.language import Language
from bot.ports.daily_batches import DailyChanges
from bot.storage.tables import daily_answers
from tests.factories import NOON, player

LOBBY = ChannelId("web/lobby")
WEB = ("web",)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def a_daily(*, channel=LOBBY, at=NOON, state=DailyState.ON, community="web", zone_data="2026f"):
    return Daily(
        channel=ChannelId(channel),
        community=CommunityId(community),
        schedule=Schedule(time(9, 30), ZoneId("Europe/Berlin"), frozenset({Weekday.MON, Weekday.SUN})),
        kind=DailyKind.FACT_AND_QUESTION,
        state=state,
        set_by=player("Ana"),
        set_by_name="Ana",
        language=Language.PT_BR,
        next=Occurrence(at.date(), at),
        zone_data=zone_data,
        failures=1,
    )


def a_day(local_date=TODAY, *, channel=LOBBY, state=DayState.POSTED, question="q1", fact="f1", revealed=False):
    return Day(
        ChannelId(channel),
        local_date,
        due_at=NOON,
        state=state,
        pack=PackId("test"),
        fact=FactId(fact) if fact else None,
        question=QuestionId(question) if question else None,
        order=(2, 0, 1),
        revealed=revealed,
    )


def an_answer(name, option=1, *, at=NOON):
    return DayAnswer(player(name), name, option, option == 1, at)


async def save(store, *dailies):
    async with store.begin() as work:
        for daily in dailies:
            await work.dailies.save(daily)


async def answer(store, name, option, *, key=None, local_date=TODAY):
    async with store.begin() as work:
        given = an_answer(name, option)
        return await work.dailies.answer(LOBBY, local_date, given, dedupe_key=key or f"{name}/{option}")


async def add_day(store, day):
    async with store.begin() as work:
        return await work.dailies.add_day(day)


async def reveal(store, day=None):
    async with store.begin() as work:
        await work.daily_batches.write(DailyChanges(revealed=[day or a_day(revealed=True)]))


async def answers(store):
    """Of today's question, in order of arrival."""
    found = text("SELECT * FROM daily_answers ORDER BY at, player").columns(*daily_answers.c)
    async with store.view() as work:
        rows = await work.dailies._session.all(found)
    return [DayAnswer(row.player, row.name, row.option, row.is_right, row.at) for row in rows]


async def test_a_schedule_reads_as_it_was_saved_and_may_be_changed_and_removed(store):
    await save(store, a_daily())
    changed = replace(a_daily(at=NOON + DAY), state=DailyState.PAUSED, schedule=Schedule(time(0, 0, 5), ZoneId("UTC")))
    async with store.view() as work:
        assert await work.dailies.load(LOBBY) == a_daily()
        assert await work.dailies.load(ChannelId("web/other")) is None
    await save(store, changed)
    async with store.begin() as work:
        assert await work.dailies.load(LOBBY) == changed
        await work.dailies.remove(LOBBY)
        assert await work.dailies.load(LOBBY) is None


async def test_the_days_stay_when_the_schedule_goes(store):
    await save(store, a_daily())
    assert await add_day(store, a_day())
    async with store.begin() as work:
        await work.dailies.remove(LOBBY)
    await save(store, a_daily())
    assert not await add_day(store, a_day())


async def test_schedules_that_are_on_are_due_from_their_instant_the_earliest_first(store):
    instants = {"web/later": NOON + DAY, "web/b": NOON, "web/a": NOON - DAY, "web/c": NOON - 2 * DAY}
    await save(store, *(a_daily(channel=channel, at=at) for channel, at in instants.items()))
    await save(store, *(a_daily(channel=channel) for channel in ("slack/T1/C1", "webby/x", "WEB/x")))
    await save(store, a_daily(channel="web/off", state=DailyState.PAUSED))
    await save(store, a_daily(channel="web/failed", state=DailyState.FAILED))
    async with store.begin() as work:
        assert [daily.channel for daily in await work.dailies.due(now=NOON, platforms=WEB, limit=9)] == [
            "web/c",
            "web/a",
            "web/b",
        ]
        assert [daily.channel for daily in await work.dailies.due(now=NOON, platforms=WEB, limit=2)] == [
            "web/c",
            "web/a",
        ]


async def test_what_is_due_is_taken_by_one_process_only(base, store, rival):
    if base.kind != "postgresql":
        pytest.skip("there is no other process")
    await save(store, *(a_daily(channel=f"web/{n}") for n in range(4)))
    async with store.begin() as work:
        mine = await work.dailies.due(now=NOON, platforms=WEB, limit=2)
        async with rival.begin() as other:
            theirs = await asyncio.wait_for(other.dailies.due(now=NOON, platforms=WEB, limit=9), timeout=2)
    assert len(mine) == len(theirs) == 2
    assert {daily.channel for daily in mine + theirs} == {f"web/{n}" for n in range(4)}


async def test_all_schedules_can_be_gone_through_by_channel(store):
    names = ["web/a", "web/b", "d/1/2", "web/B", "web/_"]
    await save(store, *(a_daily(channel=name, state=list(DailyState)[n % 3]) for n, name in enumerate(names)))
    seen, last = [], None
    async with store.begin() as work:
        while page := await work.dailies.following(last, limit=2):
            seen += [daily.channel for daily in page]
            last = seen[-1]
    assert seen == sorted(names)


async def test_a_community_s_schedules_come_by_channel(store):
    names = ("web/b", "web/a", "web/B", "web/_")
    await save(store, *(a_daily(channel=name) for name in names), a_daily(channel="d/1/2", community="d/1"))
    async with store.view() as work:
        found = await work.dailies.of_community(CommunityId("web"), limit=9)
        assert [daily.channel for daily in found] == sorted(names)
        assert len(await work.dailies.of_community(CommunityId("web"), limit=3)) == 3


async def test_a_date_is_claimed_once(store, rival):
    added = await asyncio.gather(*(add_day(by, a_day(fact=f"f{n}")) for n, by in enumerate((store, rival) * 3)))
    assert sum(added) == 1
    async with store.view() as work:
        assert await work.dailies.day(LOBBY, TODAY) == a_day(fact=f"f{added.index(True)}")
    assert await add_day(store, a_day(TODAY + DAY))
    assert await add_day(store, a_day(channel="web/other"))


async def test_a_day_reads_as_it_was_saved(store):
    bare = Day(LOBBY, TODAY, NOON, DayState.CLAIMED)
    await add_day(store, bare)
    await add_day(store, a_day(TODAY - DAY))
    async with store.view() as work:
        assert await work.dailies.day(LOBBY, TODAY) == bare
        assert await work.dailies.day(LOBBY, TODAY - DAY) == a_day(TODAY - DAY)
        assert await work.dailies.day(LOBBY, TODAY + DAY) is None


async def test_only_a_day_that_is_claimed_is_settled(store):
    await add_day(store, a_day(state=DayState.CLAIMED))
    await add_day(store, a_day(TODAY - DAY, state=DayState.SKIPPED))
    await add_day(store, a_day(channel="web/other", state=DayState.CLAIMED))
    async with store.begin() as work:
        await work.dailies.settle_days([])
        outcomes = ((TODAY, DayState.LATE), (TODAY - DAY, DayState.POSTED), (TODAY + DAY, DayState.POSTED))
        await work.dailies.settle_days([(LOBBY, day, state) for day, state in outcomes])
        assert (await work.dailies.day(LOBBY, TODAY)).state is DayState.LATE
        assert (await work.dailies.day(LOBBY, TODAY - DAY)).state is DayState.SKIPPED
        assert (await work.dailies.day(ChannelId("web/other"), TODAY)).state is DayState.CLAIMED
        assert await work.dailies.day(LOBBY, TODAY + DAY) is None


async def test_failures_are_cleared_where_it_was_posted(store):
    await save(store, a_daily(), a_daily(channel="web/other"))
    async with store.begin() as work:
        await work.dailies.clear_failures([LOBBY, ChannelId("web/none")])
        await work.dailies.clear_failures([])
        assert (await work.dailies.load(LOBBY)).failures == 0
        assert (await work.dailies.load(ChannelId("web/other"))).failures == 1


async def test_the_newest_days_come_first(store):
    for n in (1, 3, 2):
        await add_day(store, a_day(TODAY + n * DAY))
    await add_day(store, a_day(channel="web/other"))
    async with store.view() as work:
        newest = await work.dailies.last_days(LOBBY, limit=2)
        assert [day.local_date for day in newest] == [TODAY + 3 * DAY, TODAY + 2 * DAY]


A, C, L = GuessOutcome.ACCEPTED, GuessOutcome.CHANGED, GuessOutcome.LOCKED


@pytest.mark.parametrize(
    ("presses", "outcomes", "stands"),
    [
        ([(1, "a")], [A], 1),
        ([(1, "a"), (2, "b")], [A, C], 2),
        ([(1, "a"), (2, "b"), (3, "c")], [A, C, L], 2),
        ([(1, "a"), (1, "a")], [A, A], 1),
        ([(1, "a"), (1, "b"), (2, "c")], [A, A, C], 2),
        ([(1, "a"), (2, "b"), (2, "b"), (2, "d")], [A, C, C, C], 2),
        ([(1, "a"), (2, "b"), (1, "a"), (1, "c")], [A, C, A, L], 2),
    ],
)
async def test_an_answer_may_be_changed_once(store, presses, outcomes, stands):
    await add_day(store, a_day())
    assert [await answer(store, "Ana", option, key=key) for option, key in presses] == outcomes
    assert await answers(store) == [an_answer("Ana", stands)]


async def test_a_day_that_is_revealed_or_never_was_takes_no_answer(store):
    await add_day(store, a_day())
    await answer(store, "Ana", 1)
    await reveal(store)
    assert await answer(store, "Ben", 1) is GuessOutcome.CLOSED
    assert await answer(store, "Ben", 1, local_date=TODAY + DAY) is GuessOutcome.CLOSED
    assert await answers(store) == [an_answer("Ana")]


async def test_no_answer_slips_in_behind_a_reveal(store, rival):
    await add_day(store, a_day())
    async with store.begin() as work:
        await work.daily_batches.write(DailyChanges(revealed=[a_day(revealed=True)]))
        late = asyncio.create_task(answer(rival, "Ana", 1))
        await asyncio.sleep(0.02)
        assert not late.done()
    assert await late is GuessOutcome.CLOSED
    assert await answers(store) == []


async def test_a_reveal_waits_for_the_answer_that_is_being_written(store, rival):
    await add_day(store, a_day())
    async with store.begin() as work:
        await work.dailies.answer(LOBBY, TODAY, an_answer("Ana"), dedupe_key="a")
        revealing = asyncio.create_task(reveal(rival))
        await asyncio.sleep(0.02)
        assert not revealing.done()
    await revealing
    assert await answers(store) == [an_answer("Ana")]


async def test_one_player_s_answers_at_once_are_one_and_its_change(store, rival):
    await add_day(store, a_day())
    outcomes = await asyncio.gather(*(answer(by, "Ana", n) for n, by in enumerate((store, rival) * 2)))
    assert sorted(outcomes) == sorted([A, C, L, L])


async def test_facts_told_since_an_instant_are_those_that_were_sent(store):
    for n, state in enumerate((DayState.POSTED, DayState.FAILED, DayState.LATE, DayState.UNCERTAIN, DayState.SKIPPED)):
        await add_day(store, replace(a_day(TODAY + n * DAY, state=state, fact=f"f{n}"), due_at=NOON + n * DAY))
    await add_day(store, replace(a_day(TODAY - DAY, fact="before"), due_at=NOON - timedelta(microseconds=1)))
    await add_day(store, a_day(TODAY + 9 * DAY, fact=None))
    await add_day(store, a_day(channel="web/other", fact="theirs"))
    async with store.view() as work:
        assert set(await work.dailies.told_since(LOBBY, NOON)) == {"f0", "f2", "f3"}
