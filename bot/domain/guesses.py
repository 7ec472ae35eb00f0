"""Guesses, and what they earn when their round closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import GameId, PlayerId
from bot.domain.rules import Mode, Rules
from bot.domain.scoring import points_for


@dataclass(frozen=True, slots=True)
class Guess:
    """A player's answer to a round: the one that stands, after a change."""

    game: GameId
    number: int
    player: PlayerId
    name: str
    option: int | None
    """The option as shown, from 0; ``None`` for a typed answer."""
    text: str | None
    right: bool
    elapsed_ms: int
    at: datetime
    """The platform's time stamp of the press."""
    dedupe_key: str
    """The delivery that brought it: a repeated one changes nothing."""


class GuessOutcome(StrEnum):
    """What became of a guess when it was written."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    LOCKED = "locked"
    """The one change was used before: the earlier answer stands."""
    CLOSED = "closed"
    """The round is not open, or was not at the time of the press."""


@dataclass(frozen=True, slots=True)
class Award:
    """What one guess earned."""

    player: PlayerId
    name: str
    right: bool
    points: int
    streak: int
    """Right answers in a row, this one included; 0 after a wrong one."""
    elapsed_ms: int
    option: int | None = None


def award_round(
    guesses: tuple[Guess, ...], rules: Rules, *, streaks: Mapping[PlayerId, int], hinted_ms: int | None
) -> tuple[Award, ...]:
    """One award a guess, most points first, ties by speed. ``hinted_ms``: when in the round a hint was given, if one was."""
    fastest_first = sorted(guesses, key=lambda guess: (guess.elapsed_ms, guess.at, guess.player))
    scorer = next((guess.player for guess in fastest_first if guess.right), None)
    awards = []
    for guess in fastest_first:
        streak = streaks.get(guess.player, 0) + 1 if guess.right else 0
        scores = guess.right and (rules.mode is not Mode.RACE or guess.player == scorer)
        hinted = hinted_ms is not None and guess.elapsed_ms >= hinted_ms
        limit_ms = rules.seconds * 1000
        points = (
            points_for(elapsed_ms=guess.elapsed_ms, limit_ms=limit_ms, streak=streak, hinted=hinted) if scores else 0
        )
        awards.append(Award(guess.player, guess.name, guess.right, points, streak, guess.elapsed_ms, guess.option))
    return tuple(sorted(awards, key=lambda award: (-award.points, not award.right, award.elapsed_ms)))
