"""Answers through the core's store, durable (``synchronous = FULL``), over raw ``sqlite3`` with 50 a transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.domain.guesses import GuessOutcome
from bot.storage.guess_writer import _row
from bot.storage.opening import open_store
from tests.bench.measure import Measured, in_turns, run, seconds_each
from tests.clocks import FakeClock
from tests.contract.test_store_games import in_round
from tests.factories import a_game, a_guess

AT_ONCE = 50
GUESSES = 4_000
BAR = 0.3
_INSERT = """
INSERT INTO guesses (game, number, player, name, option, text, is_right, elapsed_ms, at, dedupe_key, first_key, changes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, 0) ON CONFLICT DO NOTHING
"""


def measure() -> list[Measured]:
    guesses = [a_guess(f"P{n}") for n in range(GUESSES)]
    rates = in_turns({"core": lambda: _rate(_core, guesses), "raw": lambda: _rate(_raw, guesses)})
    ratio = rates["core"] / rates["raw"]
    details = {f"{name}_per_s": round(rate) for name, rate in rates.items()}
    what = f"durable answers, {AT_ONCE} at once, over raw sqlite3"
    return [Measured("answers_vs_raw_sqlite", what, ratio, BAR, at_least=True, details=details)]


def _rate(way, guesses) -> float:
    with TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        run(_prepare(database))
        return 1 / way(database, guesses)


async def _prepare(database: Path) -> float:
    store = await open_store(f"sqlite+aiosqlite:///{database}", FakeClock())
    async with store.begin() as work:
        await work.games.add(in_round(a_game()))
    await store.close()
    return 0.0


def _core(database: Path, guesses) -> float:
    async def answer() -> float:
        store = await open_store(f"sqlite+aiosqlite:///{database}", FakeClock())
        taken = await seconds_each(guesses, store.submit_guess, at_once=AT_ONCE)
        assert await store.submit_guess(guesses[-1]) is GuessOutcome.ACCEPTED
        await store.close()
        return taken

    return run(answer())


def _raw(database: Path, guesses) -> float:
    """The same rows into the same table; unless answered already, and nothing else asked."""
    rows = [_row(guess) for guess in guesses]
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        began = perf_counter()
        for first in range(0, len(rows), AT_ONCE):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_INSERT, rows[first : first + AT_ONCE])
            connection.execute("COMMIT")
        return (perf_counter() - began) / len(rows)
