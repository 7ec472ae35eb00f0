"""A player's running score in one game, and the ranking of a game."""

from dataclasses import dataclass, replace
from typing import Final

from bot.domain.guesses import Award
from bot.domain.ids import PlayerId


@dataclass(frozen=True, slots=True)
class Tally:
    player: PlayerId
    name: str
    points: int = 0
    right: int = 0
    answers: int = 0
    streak: int = 0
    best_streak: int = 0
    fastest_ms: int | None = None
    """The fastest right answer; ``None`` while there is none."""
    last_round: int = 0
    out: bool = False
    """Out of a ``survival`` game."""

    def answered(self, award: Award, *, number: int, out: bool, keeps_streak: bool) -> "Tally":
        """``keeps_streak``: a wrong answer does not break it."""
        streak = self.streak if keeps_streak and not award.right else award.streak
        times = [t for t in (self.fastest_ms, award.elapsed_ms if award.right else None) if t is not None]
        return replace(
            self,
            name=award.name,
            points=self.points + award.points,
            right=self.right + award.right,
            answers=self.answers + 1,
            streak=streak,
            best_streak=max(self.best_streak, streak),
            fastest_ms=min(times, default=None),
            last_round=number,
            out=self.out or out,
        )

    def missed(self, *, out: bool) -> "Tally":
        return replace(self, streak=0, out=self.out or out)


NO_TALLY: Final = Tally(PlayerId(""), "")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A tally with its rank from 1; equal results share one."""

    rank: int
    tally: Tally


def ranking(tallies: tuple[Tally, ...]) -> tuple[Ranked, ...]:
    """Best first. Still being in counts before points, which matters in ``survival`` only; equal points are a tie."""
    ordered = sorted(tallies, key=lambda t: (*_merit(t), t.name.casefold(), t.player))
    ranked: list[Ranked] = []
    for place, tally in enumerate(ordered, start=1):
        tied = bool(ranked) and _merit(ranked[-1].tally) == _merit(tally)
        ranked.append(Ranked(ranked[-1].rank if tied else place, tally))
    return tuple(ranked)


def winners(tallies: tuple[Tally, ...]) -> tuple[Tally, ...]:
    """Whose win counts in the standings: the first, or several in a tie, of at least two players, with any points."""
    if len(tallies) < 2:
        return ()
    return tuple(r.tally for r in ranking(tallies) if r.rank == 1 and r.tally.points > 0)


def _merit(tally: Tally) -> tuple[bool, int]:
    return (tally.out, -tally.points)
