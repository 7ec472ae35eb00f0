"""Guesses are written together, and whatever goes wrong is told to those whom it concerns."""

import asyncio
from contextlib import suppress

import pytest

from bot.domain.guesses import GuessOutcome
from bot.storage import group_commit
from bot.storage.group_commit import MAX_BATCH, GroupCommit
from tests.factories import a_guess


class Bad(Exception):
    """One guess's fault."""


class Down(Exception):
    """Everybody's."""


class Book:
    """Takes what it is given in batches, each after a turn of the loop, or when it is let."""

    def __init__(self):
        self.batches = []
        self.is_down = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.commit = GroupCommit(self.write, lambda error: isinstance(error, Bad))

    async def write(self, batch):
        await asyncio.sleep(0)
        await self.gate.wait()
        if self.is_down:
            raise Down("the disk is full")
        bad = [guess.name for guess in batch if guess.name.startswith("bad")]
        if bad:
            raise Bad(bad[0])
        self.batches.append([guess.name for guess in batch])
        return [GuessOutcome.CHANGED if guess.option == 2 else GuessOutcome.ACCEPTED for guess in batch]

    async def submit(self, *names, **kwargs):
        given = (self.commit.submit(a_guess(name, **kwargs)) for name in names)
        return await asyncio.gather(*given, return_exceptions=True)


@pytest.fixture
async def book():
    return Book()


async def test_what_waits_at_the_same_time_is_one_batch(book):
    assert await book.submit(*"abcde") == [GuessOutcome.ACCEPTED] * 5
    assert book.batches == [list("abcde")]


async def test_what_arrives_during_a_write_waits_for_the_next(book):
    book.gate.clear()
    first = asyncio.create_task(book.submit("a"))
    await asyncio.sleep(0.001)
    later = asyncio.create_task(book.submit("b", "c"))
    await asyncio.sleep(0.001)
    book.gate.set()
    await asyncio.gather(first, later)
    assert book.batches == [["a"], ["b", "c"]]


async def test_each_hears_of_its_own_guess(book):
    one, other = await asyncio.gather(book.submit("a", option=2), book.submit("b"))
    assert one + other == [GuessOutcome.CHANGED, GuessOutcome.ACCEPTED]


async def test_two_of_one_player_and_round_go_one_after_the_other_in_their_order(book):
    given = [a_guess("a", key="1"), a_guess("b"), a_guess("a", key="2"), a_guess("a", number=2), a_guess("a", key="3")]
    written = []
    write = book.write

    async def noting(batch):
        written.append([(guess.name, guess.number, guess.dedupe_key) for guess in batch])
        return await write(batch)

    book.commit._write = noting
    await asyncio.gather(*(book.commit.submit(guess) for guess in given))
    assert [[(name, number) for name, number, _ in batch] for batch in written] == [
        [("a", 1), ("b", 1), ("a", 2)],
        [("a", 1)],
        [("a", 1)],
    ]
    assert [batch[0][2] for batch in written] == ["1", "2", "3"]


async def test_a_batch_has_its_limit(book):
    await book.submit(*(f"p{n}" for n in range(MAX_BATCH + 1)))
    assert [len(batch) for batch in book.batches] == [MAX_BATCH, 1]


async def test_no_more_wait_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(group_commit, "MAX_PENDING", 3)
    book = Book()
    book.gate.clear()
    waiting = [asyncio.create_task(book.commit.submit(a_guess(f"p{n}"))) for n in range(20)]
    for _ in range(5):
        await asyncio.sleep(0)
        assert len(book.commit._pending) <= 3
    waiting[0].cancel()
    waiting[-1].cancel()
    for _ in range(5):
        await asyncio.sleep(0)
        assert len(book.commit._pending) <= 3
    book.gate.set()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert done[1:-1] == [GuessOutcome.ACCEPTED] * 18
    assert sum(map(len, book.batches)) == 19, "who had no place yet is not written"


async def test_a_caller_who_is_cancelled_leaves_the_guess_to_be_written_and_disturbs_nobody(book):
    book.gate.clear()
    quitter = asyncio.create_task(book.commit.submit(a_guess("quitter")))
    other = asyncio.create_task(book.commit.submit(a_guess("other")))
    await asyncio.sleep(0.001)
    quitter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await quitter
    book.gate.set()
    assert await other is GuessOutcome.ACCEPTED
    assert book.batches == [["quitter", "other"]]


async def test_one_bad_guess_has_its_own_error_and_costs_the_others_nothing(book):
    names = [f"p{n}" for n in range(40)]
    outcomes = await book.submit(*names[:25], "bad", *names[25:])
    assert isinstance(outcomes[25], Bad)
    assert set(outcomes[:25] + outcomes[26:]) == {GuessOutcome.ACCEPTED}
    assert sorted(name for batch in book.batches for name in batch) == sorted(names)
    assert len(book.batches) < 10, "halved, not tried one by one"


async def test_several_bad_guesses_have_each_their_own_error(book):
    outcomes = await book.submit("bad1", "a", "bad2", "b")
    assert [str(outcome) for outcome in outcomes] == ["bad1", "accepted", "bad2", "accepted"]


async def test_a_database_that_fails_is_everybody_s_error_at_once(book):
    book.is_down = True
    attempts = 0
    write = book.write

    async def counting(batch):
        nonlocal attempts
        attempts += 1
        return await write(batch)

    book.commit._write = counting
    outcomes = await book.submit(*"abcdef")
    assert [str(outcome) for outcome in outcomes] == ["the disk is full"] * 6
    assert attempts == 1
    book.is_down = False
    assert await book.submit("a") == [GuessOutcome.ACCEPTED]


async def test_draining_waits_for_all_that_is_pending_and_nothing_runs_while_nothing_is(book):
    tasks = asyncio.all_tasks()
    await book.commit.drain()
    assert asyncio.all_tasks() == tasks
    book.gate.clear()
    waiting = asyncio.create_task(book.submit("a", "b"))
    await asyncio.sleep(0.001)
    draining = asyncio.create_task(book.commit.drain())
    await asyncio.sleep(0.001)
    assert not draining.done()
    book.gate.set()
    await draining
    assert book.batches == [["a", "b"]]
    await waiting
    assert asyncio.all_tasks() == tasks


async def test_where_the_loop_ends_in_the_middle_nobody_waits_for_ever(book):
    book.gate.clear()
    waiting = [asyncio.create_task(book.commit.submit(a_guess(name))) for name in "ab"]
    await asyncio.sleep(0.001)
    waiting.append(asyncio.create_task(book.commit.submit(a_guess("c"))))
    await asyncio.sleep(0.001)
    flusher = book.commit._flusher
    flusher.cancel()
    with suppress(asyncio.CancelledError):
        await flusher
    done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=2)
    assert all(isinstance(outcome, asyncio.CancelledError) for outcome in done)
