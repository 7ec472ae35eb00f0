"""``kill -9`` in the middle of many answers: whatever was confirmed before it is there after it."""

import asyncio
import signal
import subprocess
import sys

import pytest

from bot.storage.opening import open_store
from tests.contract.test_store_games import add, in_round
from tests.factories import a_game

_ANSWER = """
import asyncio, sys
from bot.storage.opening import open_store
from bot.system.clock import SystemClock
from tests.factories import a_guess

async def answer():
    store = await open_store(sys.argv[1], SystemClock())

    async def one(guess):
        print(await store.submit_guess(guess), guess.name, flush=True)

    for first in range(0, 1_000_000, 50):
        await asyncio.gather(*(one(a_guess(f"P{n}")) for n in range(first, first + 50)))

asyncio.run(answer())
"""


def _answer_until_killed(address, confirmed):
    """The names whose answers were confirmed, at least so many; the process is killed at no particular point of a batch."""
    process = subprocess.Popen([sys.executable, "-c", _ANSWER, address], stdout=subprocess.PIPE, text=True)
    try:
        lines = [process.stdout.readline() for _ in range(confirmed)]
        process.send_signal(signal.SIGKILL)
        lines += [line for line in process.stdout if line.endswith("\n")]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert {line.split()[0] for line in lines} == {"accepted"}, "it answered until it was killed"
    return {line.split()[1] for line in lines}


@pytest.mark.parametrize("enough", [50, 1_500])
async def test_what_was_confirmed_before_a_kill_is_there_after_it(base, clock, enough):
    if base.kind == "memory":
        pytest.skip("what is in memory is gone with its process")
    game = in_round(a_game())
    store = await open_store(base.address, clock)
    await add(store, game)
    await store.close()
    confirmed = await asyncio.to_thread(_answer_until_killed, base.address, enough)
    assert len(confirmed) >= enough
    reopened = await open_store(base.address, clock)
    async with reopened.view() as work:
        stored = {guess.name for guess in await work.guesses.of_round(game.id, 1)}
    await reopened.close()
    assert confirmed <= stored
