"""What a game can be told, and what can come of it: commands are imperatives, events are past."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.guesses import Award, Guess
from bot.domain.ids import PlayerId


class Ending(StrEnum):
    """Why a game ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    ABANDONED = "abandoned"
    LAST_STANDING = "last_standing"
    CHANNEL_LOST = "channel_lost"


class Vote(StrEnum):
    SKIP = "skip"
    HINT = "hint"


# Commands


@dataclass(frozen=True, slots=True)
class Advance:
    """The time of ``wake_at`` has come."""


@dataclass(frozen=True, slots=True)
class MarkShown:
    """The question's message stands on the platform since ``at``."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CastVote:
    """``decisive``: by the host or a manager, who need nobody's consent."""

    vote: Vote
    player: PlayerId
    decisive: bool


@dataclass(frozen=True, slots=True)
class CloseRound:
    """``interrupted``: the bot was away when the deadline passed, so nobody's streak breaks."""

    number: int
    guesses: tuple[Guess, ...]
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True)
class Stop:
    ending: Ending = Ending.STOPPED


Command = Advance | MarkShown | CastVote | CloseRound | Resume | Stop


# Events


@dataclass(frozen=True, slots=True)
class RoundOpened:
    number: int
    at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class RoundShown:
    at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class VoteCast:
    vote: Vote
    player: PlayerId
    missing: int
    """How many more votes are needed."""


@dataclass(frozen=True, slots=True)
class HintGiven:
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundClosed:
    at: datetime
    awards: tuple[Award, ...]
    """One a guess, the best first."""
    skipped: bool = False
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class GamePaused:
    at: datetime


@dataclass(frozen=True, slots=True)
class GameEnded:
    at: datetime
    ending: Ending


Event = RoundOpened | RoundShown | VoteCast | HintGiven | RoundClosed | GamePaused | GameEnded
