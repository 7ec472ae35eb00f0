"""What was confirmed is there after a crash."""

import asyncio
import subprocess
import sys

import pytest

from bot.domain.ids import GameId
from bot.storage.opening import open_store
from tests.clocks import FakeClock

ANSWER = """
import asyncio, sys
from bot.storage.opening import open_store
from tests.clocks import FakeClock
from tests.contract.test_store_games import add, in_round
from tests.factories import a_game, a_guess

async def answer(store, name):
    for n in range(100_000):
        outcome = await store.submit_guess(a_guess(f"{name}{n}"))
        print(f"{name}{n} {outcome}", flush=True)

async def main():
    store = await open_store(sys.argv[1], FakeClock())
    await add(store, in_round(a_game()))
    await asyncio.gather(*(answer(store, f"P{n}x") for n in range(20)))

asyncio.run(main())
"""


@pytest.mark.parametrize("confirmed", [50, 400, 1500])
async def test_every_guess_that_was_confirmed_outlives_a_kill(tmp_path, confirmed):
    address = f"sqlite+aiosqlite:///{tmp_path}/lalabot.db"
    command = (sys.executable, "-c", ANSWER, address)
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    lines = [await process.stdout.readline() for _ in range(confirmed)]
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    told = (b"".join(lines) + rest[: rest.rfind(b"\n") + 1]).decode().split("\n")[:-1]
    heard = {line.split()[0] for line in told}
    assert len(heard) >= confirmed
    assert {line.split()[1] for line in told} == {"accepted"}
    store = await open_store(address, FakeClock())
    async with store.view() as work:
        there = {guess.name for guess in await work.guesses.of_round(GameId("game000001"), 1)}
    await store.close()
    assert heard <= there
