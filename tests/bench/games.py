"""What 10,000 open games cost: an answer over one among 10, and the memory of each."""

import gc
import tracemalloc
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from bot.app.open_games import OpenGames
from bot.domain.game import check_guess
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import GameId
from bot.domain.tallies import Tally
from bot.storage.opening import open_store
from tests.bench.measure import Measured, run, seconds_each
from tests.clocks import FakeClock
from tests.contract.test_store_games import in_round
from tests.factories import a_game, a_guess, player

FEW, MANY = 10, 10_000
ANSWERS = 500
TURNS, WARM_UP = 40, 6
AT_ONCE = 50
PLAYERS = 8
COST_BAR = 1.25
MEMORY_BAR = 8 * 1024


def measure() -> list[Measured]:
    with ExitStack() as stack:
        folders = {games: Path(stack.enter_context(TemporaryDirectory())) for games in (FEW, MANY)}
        for games, folder in folders.items():
            run(_prepare(folder, games))
        few, many = run(_costs(folders))
        each = run(_memory(folders[MANY]))
    details = {f"{FEW}_games_us": round(few * 1e6, 1), f"{MANY}_games_us": round(many * 1e6, 1)}
    what = f"an answer among {MANY} open games over one among {FEW}"
    return [
        Measured("games_scaling", what, many / few, COST_BAR, at_least=False, details=details),
        Measured("game_memory", "bytes of memory an open game", each, MEMORY_BAR, at_least=False, details={}),
    ]


class _Tables:
    """Open games, and answers to them by players in no order, each in a game that chance chose."""

    def __init__(self, folder: Path, games: int):
        self._folder = folder
        self._games = games
        self._random = Random(1)

    async def open(self) -> "_Tables":
        self._store = await open_store(_address(self._folder), FakeClock())
        self._open = await _open(self._store, self._games)
        return self

    async def turn(self) -> float:
        chance = self._random
        guesses = [
            a_guess(f"{chance.getrandbits(60):018}", game_id=_id(chance.randrange(self._games))) for _ in range(ANSWERS)
        ]
        return await seconds_each(guesses, self._answer, at_once=AT_ONCE)

    async def close(self) -> None:
        await self._store.close()

    async def _answer(self, guess) -> None:
        game = await self._open.find(guess.game)
        assert check_guess(game, guess.number, guess.player, guess.at) is None
        assert await self._store.submit_guess(guess) is GuessOutcome.ACCEPTED


async def _costs(folders: dict[int, Path]) -> tuple[float, float]:
    """Both are open all the time, so that the one is no colder than the other, and take short turns."""
    few, many = [await _Tables(folder, games).open() for games, folder in folders.items()]
    gc.collect()  # what was just read is not what an answer costs
    costs: list[tuple[float, float]] = []
    for turn in range(WARM_UP + TURNS):
        if turn % 2:
            costs.append((await few.turn(), await many.turn()))
        else:
            costs.append((await many.turn(), await few.turn())[::-1])
    await few.close()
    await many.close()
    measured = costs[WARM_UP:]
    return median(cost for cost, _ in measured), median(cost for _, cost in measured)


async def _memory(folder: Path) -> float:
    store = await open_store(_address(folder), FakeClock())
    await _open(store, FEW)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = await _open(store, MANY)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await store.close()
    return (after - before) / len(kept)


async def _open(store, games: int) -> OpenGames:
    """As after a start: each read from the store."""
    opened = OpenGames(store)
    async with store.view() as work:
        for n in range(games):
            stored = await work.games.load(_id(n))
            opened.keep(stored.game, stored.version)
    return opened


async def _prepare(folder: Path, games: int) -> float:
    store = await open_store(_address(folder), FakeClock())
    names = [f"Player {n}" for n in range(PLAYERS)]
    tallies = tuple(Tally(player(name), name, 900, 8, 10, 3, 5, 2400, 9) for name in names)
    async with store.begin() as work:
        for n in range(games):
            game = replace(a_game(questions=10, game_id=_id(n), channel=f"web/{n}"), tallies=tallies)
            assert await work.games.add(in_round(game))
    await store.close()
    return 0.0


def _id(n: int) -> GameId:
    return GameId(f"game{n:06}")


def _address(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/bench.db"
