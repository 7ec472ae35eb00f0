"""What the judge says."""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """Why a guess was accepted or not; the phrases for it live with the other phrases."""

    RIGHT = "right"
    WRONG = "wrong"
    CLOSE = "close"
    """Nearly the right letters."""
    INCOMPLETE = "incomplete"
    """Right as far as it goes: a first name, a surname that several bear, a date without its year."""
    NEGATED = "negated"
    SEVERAL = "several"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    MENTION = "mention"
    """It mentions somebody, or holds a link."""
    AMBIGUOUS_DATE = "ambiguous_date"

    @property
    def is_form(self) -> bool:
        """Whether the guess was refused for its form, whatever it says: a game does not count such a try.

        None of these tells the player whether the right answer was in it.
        """
        return self in _FORM


_FORM = frozenset((Reason.SEVERAL, Reason.EMPTY, Reason.TOO_LONG, Reason.MENTION, Reason.AMBIGUOUS_DATE))


@dataclass(frozen=True, slots=True)
class Verdict:
    accepted: bool
    reason: Reason
