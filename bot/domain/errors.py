"""Refusals (values: what a player can cause) and exceptions (broken promises), each in one place."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a command was refused; each has a phrase in every language under ``refused.<value>``."""

    GAME_RUNNING = "game_running"
    NO_GAME = "no_game"
    GAME_OVER = "game_over"
    STALE = "stale"
    TOO_LATE = "too_late"
    NOT_OPEN_YET = "not_open_yet"
    LOCKED = "locked"
    OUT = "out"
    LATECOMER = "latecomer"
    NOT_PAUSED = "not_paused"
    NOT_NOW = "not_now"
    HINT_GIVEN = "hint_given"
    NO_HINT = "no_hint"
    ALREADY_VOTED = "already_voted"
    NO_QUESTIONS = "no_questions"
    NO_FACTS = "no_facts"
    NOT_ALLOWED = "not_allowed"
    NOT_HERE = "not_here"
    CANNOT_POST = "cannot_post"
    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_OPTION = "unknown_option"
    BAD_VALUE = "bad_value"
    NEEDS_OPTION = "needs_option"
    NOTHING_POSTED = "nothing_posted"
    UNKNOWN_BUTTON = "unknown_button"
    TOO_FAST = "too_fast"


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that the rules do not allow, with what its phrase needs to say so kindly."""

    reason: Reason
    details: dict[str, str] = field(default_factory=dict)


class LalabotError(Exception):
    """The root of every exception of ours; its text is one line, fit for an operator."""


class SettingError(LalabotError):
    """A setting, an option of the command line or a file that the operator must mend."""


class StorageError(LalabotError):
    """The database cannot be used: unreadable, newer than this program, or held by another process."""


class CardTooLarge(LalabotError):
    """A card that some platform would cut or refuse: a fault of ours."""
