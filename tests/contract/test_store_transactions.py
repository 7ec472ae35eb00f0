"""What every store promises of its transactions and its views."""

import asyncio
from contextlib import nullcontext

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import StorageError
from bot.domain.selection import Cursor
from bot.storage.opening import open_store
from tests.contract.test_store_dailies import a_daily
from tests.contract.test_store_games import CHANNEL, add, in_round, undone
from tests.factories import a_game, a_guess


async def noted(store, key="k"):
    async with store.view() as work:
        return await work.notes.get(key)


async def put(store, value, key="k"):
    async with store.begin() as work:
        await work.notes.put(key, value)


async def test_a_block_that_ends_is_committed(store, rival):
    await put(store, "one")
    assert await noted(rival) == "one"


async def test_an_exception_undoes_the_block(store):
    await put(store, "before")
    async with undone(store) as work:
        await work.notes.put("k", "after")
        await work.games.add(a_game())
    assert await noted(store) == "before"
    assert await add(store, a_game())


@pytest.mark.parametrize("turns", range(12))
async def test_a_cancellation_undoes_the_block_whatever_it_was_doing(store, turns):
    """It comes at one turn of the loop after another: before, within and between the statements."""
    await put(store, "before")
    reached_end = False

    async def write():
        nonlocal reached_end
        async with store.begin() as work:
            for n in range(20):
                await work.notes.put("k", f"after {n}")
            await work.games.add(a_game())
            reached_end = True
            await asyncio.Event().wait()

    writer = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0.0004)
    writer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writer
    assert await noted(store) == "before"
    await put(store, "and on")
    assert await noted(store) == "and on"
    async with store.view() as work:
        assert await work.games.running_in(CHANNEL) is None


@pytest.mark.parametrize("turns", range(6))
async def test_a_cancelled_view_leaves_the_store_usable(store, turns):
    await put(store, "kept")

    async def look():
        for _ in range(50):
            await noted(store)

    looker = asyncio.create_task(look())
    for _ in range(turns):
        await asyncio.sleep(0.0003)
    looker.cancel()
    await asyncio.gather(looker, return_exceptions=True)
    assert await noted(store) == "kept"


async def test_a_view_sees_nothing_that_is_not_committed_and_does_not_wait_for_it(base, store, rival):
    if base.kind == "memory":
        pytest.skip("a database in memory has one connection")
    await put(store, "before")
    async with store.begin() as work:
        await work.notes.put("k", "after")
        await work.games.add(a_game())
        assert await asyncio.wait_for(noted(store), timeout=2) == "before"
        assert await asyncio.wait_for(noted(rival), timeout=2) == "before"
        assert await work.notes.get("k") == "after"
    assert await noted(rival) == "after"


async def test_a_view_shows_one_instant_whatever_is_written_meanwhile(base, store, rival):
    if base.kind == "memory":
        pytest.skip("a database in memory has one connection")
    await put(store, "before")
    async with rival.view() as work:
        assert await work.notes.get("k") == "before"
        await put(store, "after")
        assert await work.notes.get("k") == "before"
        assert await work.games.running_in(CHANNEL) is None
        await add(store, a_game())
        assert await work.games.running_in(CHANNEL) is None
    assert await noted(rival) == "after"


async def test_a_view_that_reads_what_a_transaction_would_hold_waits_for_nobody(base, store, rival):
    """A transaction holds schedules, cursors and rounds that it reads; a view of the same rows does not."""
    if base.kind == "memory":
        pytest.skip("a database in memory has one connection")

    async def look(work):
        await work.dailies.load(CHANNEL)
        await work.cursors.load(CHANNEL, "facts")
        await work.guesses.of_round(a_game().id, 1)

    await _put_rows_that_are_held(store)
    async with store.begin() as work, rival.view() as looking:
        await look(work)
        await asyncio.wait_for(look(looking), timeout=2)


async def _put_rows_that_are_held(store):
    async with store.begin() as work:
        await work.dailies.save(a_daily())
        await work.cursors.save(CHANNEL, "facts", Cursor(1, 10, 3, 0))
        await work.games.add(in_round(a_game()))


async def test_what_a_view_writes_is_not_kept(base, store):
    refused = pytest.raises(DBAPIError, match="read-only") if base.kind == "postgresql" else nullcontext()
    with refused:
        async with store.view() as work:
            await work.notes.put("k", "written in a view")
    assert await noted(store) is None


async def test_it_says_whether_others_may_share_it(base, store):
    assert store.is_shared == (base.kind == "postgresql")


async def test_what_was_committed_is_there_when_it_is_opened_again(base, store, clock):
    if base.kind == "memory":
        pytest.skip("what is in memory is gone when it is closed")
    await put(store, "kept")
    await store.close()
    reopened = await open_store(base.address, clock)
    assert await noted(reopened) == "kept"
    await reopened.close()


async def test_a_store_that_was_closed_takes_nothing_more(store):
    await add(store, in_round(a_game()))
    await store.close()
    for use in (lambda: put(store, "late"), lambda: noted(store), lambda: store.submit_guess(a_guess("Ana"))):
        with pytest.raises(StorageError, match="closed"):
            await use()
