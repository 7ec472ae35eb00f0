"""What every store promises of pools, cursors, what was told lately, deliveries, notes and reports."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.domain.ids import ChannelId, PackId, QuestionId
from bot.domain.selection import Cursor
from tests.contract.test_store_games import undone
from tests.factories import NOON, player

PACK = PackId("test")
LOBBY = ChannelId("web/lobby")


async def ordered(store, *items, pack=PACK, pool="facts"):
    async with store.begin() as work:
        return await work.cursors.ordered(pack, pool, items)


async def first(store, key, *, now=NOON):
    async with store.begin() as work:
        return await work.seen.first(key, now=now)


async def test_a_pool_keeps_its_order_whatever_is_added_and_taken_away(store):
    assert await ordered(store, "c", "a", "b") == ("c", "a", "b")
    assert await ordered(store, "a", "b", "c") == ("c", "a", "b")
    assert await ordered(store, "new", "a", "c") == ("c", "a", "new")
    assert await ordered(store, "b", "newer", "a") == ("a", "b", "newer")
    assert await ordered(store, "a", "b", "c", "new", "newer") == ("c", "a", "b", "new", "newer")


async def test_a_pool_is_of_its_pack_and_name(store):
    await ordered(store, "a", "b")
    assert await ordered(store, "b", "a", pool="music") == ("b", "a")
    assert await ordered(store, "b", "a", pack=PackId("other")) == ("b", "a")
    assert await ordered(store) == ()


async def test_a_large_pool_is_ordered(store):
    items = [f"fact {n}" for n in range(3000)]
    assert await ordered(store, *items) == tuple(items)
    assert await ordered(store, *reversed(items)) == tuple(items)


async def test_two_who_meet_a_new_pool_at_once_agree_on_its_order(store, rival):
    items = [f"f{n}" for n in range(100)]
    one, other = await asyncio.gather(ordered(store, *items), ordered(rival, *items))
    assert one == other == await ordered(store, *reversed(items))


async def test_a_cursor_reads_as_it_was_saved_and_begins_at_the_beginning(store):
    async with store.begin() as work:
        assert await work.cursors.load(LOBBY, "facts") == Cursor()
        await work.cursors.save(LOBBY, "facts", Cursor(2, 50, 7, 1))
        await work.cursors.save(LOBBY, "music", Cursor(1, 9, 9, 0))
    async with store.begin() as work:
        assert await work.cursors.load(LOBBY, "facts") == Cursor(2, 50, 7, 1)
        await work.cursors.save(LOBBY, "facts", Cursor(2, 50, 8, 1))
    async with store.view() as work:
        assert await work.cursors.load(LOBBY, "facts") == Cursor(2, 50, 8, 1)
        assert await work.cursors.load(LOBBY, "music") == Cursor(1, 9, 9, 0)
        assert await work.cursors.load(ChannelId("web/other"), "facts") == Cursor()


async def test_two_who_draw_from_one_pool_at_once_draw_one_after_the_other(store, rival):
    async with store.begin() as work:
        await work.cursors.save(LOBBY, "facts", Cursor(1, 50, 0, 0))

    async def draw(by):
        async with by.begin() as work:
            cursor = await work.cursors.load(LOBBY, "facts")
            await work.cursors.save(LOBBY, "facts", Cursor(1, 50, cursor.drawn + 1, 0))

    await asyncio.gather(*(draw(by) for by in (store, rival) * 5))
    async with store.view() as work:
        assert (await work.cursors.load(LOBBY, "facts")).drawn == 10


async def test_the_last_16_that_were_told_are_remembered_the_newest_first(store):
    async with store.begin() as work:
        assert await work.cursors.recent(LOBBY) == ()
        for n in range(20):
            await work.cursors.add_recent(LOBBY, f"f{n}")
            await work.cursors.add_recent(ChannelId("web/other"), "other")
        assert await work.cursors.recent(LOBBY) == tuple(f"f{n}" for n in range(19, 3, -1))
        assert await work.cursors.recent(ChannelId("web/other")) == ("other",)


async def test_what_is_told_again_is_the_newest_and_not_there_twice(store):
    async with store.begin() as work:
        for item in ("a", "b", "c", "a"):
            await work.cursors.add_recent(LOBBY, item)
        assert await work.cursors.recent(LOBBY) == ("a", "c", "b")


async def test_a_delivery_is_new_once(store):
    assert await first(store, "d1")
    assert not await first(store, "d1", now=NOON + timedelta(hours=1))
    assert await first(store, "d2")


async def test_of_one_delivery_that_arrives_twice_at_once_one_is_new(store, rival):
    assert sorted(await asyncio.gather(*(first(by, "d") for by in (store, rival) * 3))) == [False] * 5 + [True]


async def test_a_delivery_whose_transaction_failed_is_still_new(store):
    async with undone(store) as work:
        assert await work.seen.first("d", now=NOON)
    assert await first(store, "d")


async def test_deliveries_are_forgotten_after_two_days(store):
    await first(store, "old", now=NOON)
    await first(store, "young", now=NOON + timedelta(seconds=1))
    async with store.begin() as work:
        await work.seen.prune(now=NOON + timedelta(days=2, seconds=1))
    assert await first(store, "old")
    assert not await first(store, "young")


async def test_notes_are_kept_replaced_and_removed(store):
    async with store.begin() as work:
        assert await work.notes.get("a") is None
        await work.notes.put("a", "1")
        await work.notes.put("a", "2")
        await work.notes.put("b", "")
        assert (await work.notes.get("a"), await work.notes.get("b")) == ("2", "")
        await work.notes.remove("a")
        await work.notes.remove("never there")
        assert await work.notes.get("a") is None


async def test_notes_are_found_by_how_their_keys_begin(store):
    async with store.begin() as work:
        for key in ("b/2", "b/1", "b_1", "B/3", "c", "bx"):
            await work.notes.put(key, key)
        assert await work.notes.starting("b/") == (("b/1", "b/1"), ("b/2", "b/2"))
        assert await work.notes.starting("b_") == (("b_1", "b_1"),)


async def test_a_report_is_kept_once_a_delivery(store):
    async def report(key, words):
        async with store.begin() as work:
            await work.reports.add(
                question=QuestionId("q"), channel=LOBBY, player=player("Ana"), text=words, at=NOON, dedupe_key=key
            )

    await report("d1", "wrong")
    await report("d1", "wrong again")
    await report("d2", "still wrong")
    async with store.view() as work:
        kept = await work.reports._session.all(text("SELECT text FROM reports ORDER BY id"))
    assert [row.text for row in kept] == ["wrong", "still wrong"]
