"""What a batch of guesses costs, and what its faults do, on the databases themselves."""

import asyncio
from dataclasses import replace

import aiosqlite
import pytest
from sqlalchemy import event

from bot.domain.game import Phase
from bot.domain.guesses import Award, GuessOutcome
from bot.domain.ids import QuestionId, TopicId
from bot.storage.opening import open_store
from bot.storage.sqlite import SqliteConnections
from tests.clocks import FakeClock
from tests.contract.test_store_games import add, in_round
from tests.factories import NOON, a_game, a_guess, player
from tests.postgresql import NoServer, shared_server


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request, tmp_path):
    clock = FakeClock()
    address = f"sqlite+aiosqlite:///{tmp_path}/lalabot.db"
    if request.param == "postgresql":
        try:
            address = await shared_server().new_database(clock)
        except NoServer as reason:
            pytest.skip(f"no PostgreSQL server: {reason}")
    opened = await open_store(address, clock)
    await add(opened, in_round(a_game()))
    yield opened
    await opened.close()


def is_sqlite(store):
    return isinstance(store._connections, SqliteConnections)


async def steps_of(store, guesses, monkeypatch):
    """Hops to SQLite's thread, or queries of PostgreSQL's driver, for one batch."""
    steps = []
    writer = store._guesses._write
    if is_sqlite(store):
        execute = aiosqlite.Connection._execute

        async def counted(self, function, *args, **kwargs):
            steps.append(function)
            return await execute(self, function, *args, **kwargs)

        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        await writer(guesses)
        monkeypatch.setattr(aiosqlite.Connection, "_execute", execute)
        return len(steps)
    async with store._connections._engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        driver.add_query_logger(steps.append)
    await writer(guesses)
    driver.remove_query_logger(steps.append)
    return len([step for step in steps if "unnest" in step.query])


@pytest.mark.parametrize("kind", ["new", "changed", "mixed"])
async def test_a_batch_of_any_size_takes_the_same_number_of_steps(store, monkeypatch, kind):
    await store._guesses._write([a_guess("warm")])
    steps = set()
    for size in (2, 50, 500):
        guesses = [a_guess(f"P{size}x{n}") for n in range(size)]
        if kind != "new":
            await store._guesses._write(guesses[:: 1 if kind == "changed" else 2])
        again = [replace(guess, option=2, dedupe_key=f"{guess.dedupe_key}'") for guess in guesses]
        steps.add(await steps_of(store, again, monkeypatch))
    assert len(steps) == 1
    if is_sqlite(store):
        assert steps == {3 if kind == "new" else 5}


@pytest.mark.parametrize(
    "bad",
    [
        {"elapsed_ms": 2**70},
        {"name": "\ud800"},
        {"name": None},
    ],
    ids=["a number too large", "half a character", "no name"],
)
async def test_a_guess_that_no_row_can_hold_fails_alone(store, bad):
    guesses = [a_guess(f"P{n}") for n in range(9)]
    guesses[4] = replace(guesses[4], **bad)
    outcomes = await asyncio.gather(*map(store.submit_guess, guesses), return_exceptions=True)
    assert isinstance(outcomes[4], Exception)
    assert outcomes[:4] + outcomes[5:] == [GuessOutcome.ACCEPTED] * 8
    async with store.view() as work:
        assert len(await work.guesses.of_round(a_game().id, 1)) == 8


async def test_a_zero_character_is_one_guess_s_fault_where_it_is_any(store):
    guesses = [a_guess("P1"), replace(a_guess("P2"), name="a\x00b"), a_guess("P3")]
    outcomes = await asyncio.gather(*map(store.submit_guess, guesses), return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == (GuessOutcome.ACCEPTED,) * 2
    assert isinstance(outcomes[1], Exception) == (not is_sqlite(store))


async def test_closing_a_round_takes_the_same_number_of_statements_however_many_answered(store):
    counts = set()
    for size, number in ((1, 1), (100, 2), (300, 3)):
        counts.add(await _statements_of_a_closing(store, size, number))
    assert len(counts) == 1


async def _statements_of_a_closing(store, size, number):
    async with store.view() as work:
        stored = await work.games.running_in(a_game().channel)
    async with store.begin() as work:
        game = in_round(stored.game, number)
        assert await work.games.save(game, version=stored.version)
    await store._guesses._write([a_guess(f"P{n}", number=number) for n in range(size)])
    seen = []
    engine = store._connections._engine.sync_engine

    def note(*args):
        seen.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    async with store.begin() as work:
        given = await work.guesses.of_round(game.id, number)
        awards = [Award(g.player, g.name, True, 10, 1, g.elapsed_ms) for g in given]
        assert await work.games.save(replace(game, phase=Phase.REVEALING), version=stored.version + 1)
        await work.scores.add_awards(
            game, number, awards, topic=TopicId("t"), question=QuestionId(f"q{number}"), at=NOON
        )
        await work.scores.add_wins(game, [player(f"P{n}") for n in range(size)], at=NOON)
    event.remove(engine, "before_cursor_execute", note)
    assert len(given) == size
    return len(seen)


async def test_a_commit_is_on_the_disk_before_it_is_confirmed(store):
    """``kill -9`` cannot show it, for the system still writes what a killed process left; a power cut would."""
    async with store._connections.transaction() as connection:
        if is_sqlite(store):
            assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2, "FULL"
            assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        else:
            found = await connection.exec_driver_sql("SELECT source FROM pg_settings WHERE name = 'synchronous_commit'")
            assert found.scalar() != "session", "as the server's owner set it"
