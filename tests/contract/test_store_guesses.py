"""What every store promises of guesses: what becomes of each, and what a round that closes gets to see."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.game import Phase
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import GameId
from bot.storage.opening import open_store
from tests.contract.test_store_games import add, in_round, load, save, undone
from tests.factories import NOON, a_game, a_guess

GAME = GameId("game000001")
ACCEPTED, CHANGED, LOCKED, CLOSED = (
    GuessOutcome.ACCEPTED,
    GuessOutcome.CHANGED,
    GuessOutcome.LOCKED,
    GuessOutcome.CLOSED,
)


@pytest.fixture
async def game(store):
    """In its first round, which closes at NOON + 20 s."""
    game = in_round(a_game())
    await add(store, game)
    return game


def first(**kwargs):
    return a_guess("Ana", option=1, key="first", **kwargs)


def second(**kwargs):
    return a_guess("Ana", option=2, right=False, elapsed_ms=9_000, key="second", **kwargs)


def third(**kwargs):
    return a_guess("Ana", option=3, right=False, elapsed_ms=9_500, key="third", **kwargs)


def again(guess, **kwargs):
    """The same answer, another press."""
    return replace(guess, dedupe_key=f"{guess.dedupe_key} again", at=guess.at + timedelta(seconds=1), **kwargs)


async def of_round(store, number=1):
    async with store.view() as work:
        return await work.guesses.of_round(GAME, number)


@pytest.mark.parametrize(
    ("guesses", "outcomes", "stands"),
    [
        ([first()], [ACCEPTED], 0),
        ([first(), second()], [ACCEPTED, CHANGED], 1),
        ([first(), second(), third()], [ACCEPTED, CHANGED, LOCKED], 1),
        ([first(), second(), third(), third()], [ACCEPTED, CHANGED, LOCKED, LOCKED], 1),
        ([first(), first()], [ACCEPTED, ACCEPTED], 0),
        ([first(), again(first())], [ACCEPTED, ACCEPTED], 0),
        ([first(), again(first()), second()], [ACCEPTED, ACCEPTED, CHANGED], 2),
        ([first(), second(), second()], [ACCEPTED, CHANGED, CHANGED], 1),
        ([first(), second(), again(second())], [ACCEPTED, CHANGED, CHANGED], 1),
        ([first(), second(), first()], [ACCEPTED, CHANGED, ACCEPTED], 1),
        ([first(), second(), again(first())], [ACCEPTED, CHANGED, LOCKED], 1),
    ],
)
async def test_what_becomes_of_one_player_s_guesses(store, game, guesses, outcomes, stands):
    assert [await store.submit_guess(guess) for guess in guesses] == outcomes
    assert await of_round(store) == (guesses[stands],)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [("La La Land", "la la land", CHANGED), ("La La Land", "La La Land", ACCEPTED)],
)
async def test_a_typed_answer_is_another_one_when_its_text_is(store, game, before, after, outcome):
    def typed(text, key):
        return replace(a_guess("Ana", text=text, key=key), option=None)

    assert await store.submit_guess(typed(before, "1")) is ACCEPTED
    assert await store.submit_guess(typed(after, "2")) is outcome
    assert (await of_round(store))[0].text == after


async def test_a_guess_at_the_deadline_counts_and_one_after_it_does_not(store, game):
    deadline = game.round.closes_at
    assert await store.submit_guess(a_guess("Ana", at=deadline)) is ACCEPTED
    late = deadline + timedelta(microseconds=1)
    assert await store.submit_guess(a_guess("Ben", at=late)) is CLOSED
    assert await store.submit_guess(a_guess("Ana", option=3, at=late, key="late")) is CLOSED
    assert [guess.option for guess in await of_round(store)] == [1]


async def test_what_was_accepted_is_still_so_when_it_is_delivered_again_after_the_end(store, game):
    await store.submit_guess(first())
    await store.submit_guess(a_guess("Ben", option=1, key="b1"))
    await store.submit_guess(a_guess("Ben", option=2, key="b2"))
    await save(store, replace(game, phase=Phase.REVEALING), 1)
    assert await store.submit_guess(first()) is ACCEPTED
    assert await store.submit_guess(a_guess("Ben", option=2, key="b2")) is CHANGED
    assert await store.submit_guess(second()) is CLOSED
    assert await store.submit_guess(a_guess("Cyd")) is CLOSED


async def test_a_deadline_that_moved_holds(store, game):
    later = game.round.closes_at + timedelta(seconds=10)
    await save(store, replace(game, round=replace(game.round, closes_at=later)), 1)
    assert await store.submit_guess(a_guess("Ana", at=later)) is ACCEPTED


async def test_a_game_or_a_round_that_is_not_takes_no_guess(store, game):
    assert await store.submit_guess(a_guess("Ana", number=2)) is CLOSED
    assert await store.submit_guess(a_guess("Ana", game_id="other")) is CLOSED
    assert await of_round(store, 2) == ()


async def test_every_round_has_its_own_guesses(store, game):
    await store.submit_guess(first())
    await save(store, replace(game, phase=Phase.REVEALING), 1)
    await save(store, in_round(game, 2, at=NOON + timedelta(minutes=1)), 2)
    of_second = a_guess("Ana", number=2, at=NOON + timedelta(minutes=1), key="n2")
    assert await store.submit_guess(a_guess("Ben")) is CLOSED
    assert await store.submit_guess(of_second) is ACCEPTED
    assert await of_round(store) == (first(),)
    assert await of_round(store, 2) == (of_second,)


async def test_guesses_come_in_order_of_arrival(store, game):
    for name, ms in (("Cyd", 3000), ("Ana", 1000), ("Ben", 2000)):
        await store.submit_guess(a_guess(name, elapsed_ms=ms))
    await store.submit_guess(a_guess("Ana", elapsed_ms=5000, option=2, right=False))
    assert [guess.name for guess in await of_round(store)] == ["Ben", "Cyd", "Ana"]


async def test_300_at_once_are_all_accepted_and_each_hears_so(store, rival, game):
    guesses = [a_guess(f"P{n}", elapsed_ms=1000 + n) for n in range(300)]
    outcomes = await asyncio.gather(*((rival if n % 2 else store).submit_guess(g) for n, g in enumerate(guesses)))
    assert set(outcomes) == {ACCEPTED}
    assert await of_round(store) == tuple(guesses)


async def test_of_one_player_s_guesses_at_once_one_is_first_one_changes_it_and_the_rest_are_locked(store, rival, game):
    guesses = [a_guess("Ana", option=n, key=f"k{n}") for n in range(6)]
    outcomes = await asyncio.gather(*((rival if n % 2 else store).submit_guess(g) for n, g in enumerate(guesses)))
    assert sorted(outcomes) == sorted([ACCEPTED, CHANGED, *[LOCKED] * 4])
    assert await of_round(store) == (guesses[outcomes.index(CHANGED)],)


async def test_two_of_one_player_in_one_tick_are_taken_in_their_order(store, game):
    assert await asyncio.gather(*map(store.submit_guess, (first(), second(), third()))) == [ACCEPTED, CHANGED, LOCKED]
    assert await of_round(store) == (second(),)


async def test_none_is_accepted_after_the_closing_transaction_has_read_them(store, rival, game):
    """Guesses go on arriving, from both processes, while the round is read and closed."""
    accepted: list[str] = []
    over = asyncio.Event()

    async def keep_guessing(by, name):
        n = 0
        while not over.is_set():
            n += 1
            if await by.submit_guess(a_guess(f"{name}{n}")) is ACCEPTED:
                accepted.append(f"{name}{n}")

    turns = ((store, "a"), (store, "b"), (rival, "c"), (rival, "d"))
    players = [asyncio.create_task(keep_guessing(by, name)) for by, name in turns]
    try:
        while len(accepted) < 30:
            await asyncio.sleep(0)
        async with rival.begin() as work:
            stored = await work.games.load(GAME)
            read = await work.guesses.of_round(GAME, 1)
            await asyncio.sleep(0.02)  # what a rival has accepted meanwhile would be durable by now
            assert await work.guesses.of_round(GAME, 1) == read
            assert await work.games.save(replace(stored.game, phase=Phase.REVEALING), version=stored.version)
    finally:
        over.set()
        await asyncio.gather(*players)
    assert {guess.name for guess in read} == {guess.name for guess in await of_round(store)} == set(accepted)


async def test_guesses_that_raced_a_closing_that_failed_are_accepted_after_all(store, rival, game):
    async with undone(store) as work:
        await work.guesses.of_round(GAME, 1)
        await work.games.save(replace(game, phase=Phase.REVEALING), version=1)
        waiting = asyncio.create_task(rival.submit_guess(first()))
        await asyncio.sleep(0.01)
        assert not waiting.done()
    assert await waiting is ACCEPTED
    assert (await load(store)).version == 1


async def test_a_closing_and_another_change_of_the_game_do_not_wait_for_each_other(store, rival, game):
    """One reads the guesses first and saves then, the other saves at once: whoever is second finds the game changed."""

    async def close():
        async with store.begin() as work:
            await work.guesses.of_round(GAME, 1)
            await asyncio.sleep(0.01)
            return await work.games.save(replace(game, phase=Phase.REVEALING), version=1)

    async def change():
        async with rival.begin() as work:
            return await work.games.save(replace(game, unanswered=1), version=1)

    assert sorted(await asyncio.gather(close(), change())) == [False, True]


async def test_what_waits_when_the_store_is_closed_is_written_first(base, clock, store, game):
    if base.kind == "memory":
        pytest.skip("what is in memory is gone when it is closed")
    waiting = [asyncio.create_task(store.submit_guess(a_guess(f"P{n}"))) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    assert {await task for task in waiting} == {ACCEPTED}
    reopened = await open_store(base.address, clock)
    assert len(await of_round(reopened)) == 50
    await reopened.close()
