"""What the players of a game agree on before it begins, and the limits on it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import TopicId


class Mode(StrEnum):
    CLASSIC = "classic"
    RACE = "race"
    SURVIVAL = "survival"


class AnswerStyle(StrEnum):
    CHOICE = "choice"
    TYPED = "typed"
    MIXED = "mixed"


MIN_QUESTIONS: Final = 1
MAX_QUESTIONS: Final = 50
MIN_SECONDS: Final = 5
MAX_SECONDS: Final = 120

START_DELAY: Final = timedelta(seconds=5)
REVEAL_DELAY: Final = timedelta(seconds=4)
PAUSE_LIMIT: Final = timedelta(minutes=10)
UNANSWERED_LIMIT: Final = 2
"""So many questions in a row without any answer pause the game."""
LATE_PRESS_GRACE: Final = timedelta(milliseconds=400)
"""A round closes this long after its deadline: a press made in time may still be on its way."""
ACTIVE_ROUNDS: Final = 2
"""Who answered in one of the last so many rounds counts as active."""


@dataclass(frozen=True, slots=True)
class Rules:
    questions: int = 10
    seconds: int = 20
    mode: Mode = Mode.CLASSIC
    answers: AnswerStyle = AnswerStyle.CHOICE
    topic: TopicId | None = None
