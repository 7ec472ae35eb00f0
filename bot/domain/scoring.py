"""Points, by one pure function whose table stands in the help."""

from typing import Final

RIGHT_POINTS: Final = 500
SPEED_POINTS: Final = 500
STREAK_TENTHS: Final = {2: 1, 3: 2, 4: 3, 5: 4, 6: 5}
"""Tenths added to the points for a streak of that many right answers; a longer one earns as six do."""
LONGEST_PAID_STREAK: Final = 6


def points_for(*, elapsed_ms: int, limit_ms: int, streak: int, hinted: bool) -> int:
    """Points of a right answer, rounded down.

    ``elapsed_ms`` is clamped to the round's ``limit_ms``; ``streak`` counts this answer; ``hinted`` says that a hint stood on
    the question when the answer was given, which halves the part for speed.
    """
    left_ms = limit_ms - min(max(elapsed_ms, 0), limit_ms)
    speed = SPEED_POINTS * left_ms // limit_ms
    if hinted:
        speed //= 2
    return (RIGHT_POINTS + speed) * (10 + streak_tenths(streak)) // 10


def streak_tenths(streak: int) -> int:
    """How many tenths a streak adds: 0 below two, then 1 … 5."""
    return STREAK_TENTHS.get(min(streak, LONGEST_PAID_STREAK), 0)
