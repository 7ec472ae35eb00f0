"""How the bars are measured: ratios within one run, the ways taken in turns, medians."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """One bar. ``limit`` is the least where ``at_least``, else the most, that ``value`` may be."""

    key: str
    what: str
    value: float
    limit: float
    at_least: bool
    details: dict[str, float]

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def in_turns(ways: dict[str, Callable[[], float]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """The median of what each way answers; every round takes all of them, each time beginning with another."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            gc.collect()
            found[name].append(ways[name]())
    return {name: median(values) for name, values in found.items()}


def run(work: Coroutine[None, None, float]) -> float:
    with asyncio.Runner() as runner:
        return runner.run(work)


async def seconds_each(jobs, do, *, at_once: int) -> float:
    """How long one job takes where so many are under way at any time."""
    jobs = list(jobs)
    waiting = iter(jobs)

    async def worker():
        for job in waiting:
            await do(job)

    began = perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    return (perf_counter() - began) / len(jobs)
