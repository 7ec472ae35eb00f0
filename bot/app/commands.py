"""The commands, declared once: Discord's tree, Slack's manifest and parser, the room's menu, the help and the README come from here.

Names here are canonical (English); what people see and may type in each language are the phrases ``name.…`` and ``about.…``.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from bot.app.phrases import say
from bot.domain.daily import DailyKind
from bot.domain.facts import Spoiler
from bot.domain.language import Language
from bot.domain.rules import MAX_QUESTIONS, MAX_SECONDS, MIN_QUESTIONS, MIN_SECONDS, AnswerStyle, Mode
from bot.domain.standings import Period, Scope
from bot.ports.chat import Audience


class OptionKind(Enum):
    TEXT = "text"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class CommandOption:
    name: str
    kind: OptionKind = OptionKind.TEXT
    values: tuple[str, ...] = ()
    """The canonical values of a CHOICE."""
    minimum: int = 0
    maximum: int = 0
    completes: bool = False
    """Whether ``Lalabot.complete`` offers values as one types."""
    loose: bool = True
    """Whether its value may stand without its name (``/quiz 5 music``)."""

    def label(self, language: Language) -> str:
        return say(language, f"name.{self.name}")

    def about(self, language: Language) -> str:
        return say(language, f"about.option.{self.name}")

    def value_label(self, language: Language, value: str) -> str:
        return say(language, f"value.{value}")


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """``path`` is the whole name, a word a level (``quiz start``). ``audience``: who sees the answer (see ``Lalabot.expect``)."""

    path: str
    options: tuple[CommandOption, ...] = ()
    audience: Audience = Audience.ACTOR
    managers_only: bool = False
    may_ask_form: bool = False
    everywhere: bool = False
    """Also outside a community, in a private chat."""

    @property
    def root(self) -> str:
        return self.path.split()[0]

    def option(self, name: str) -> CommandOption | None:
        return next((option for option in self.options if option.name == name), None)

    def label(self, language: Language) -> str:
        """The command as people type it in a language, without its slash."""
        return command_label(self.path, language)

    def about(self, language: Language) -> str:
        return say(language, f"about.{self.path}")


def command_label(path: str, language: Language) -> str:
    """A command, or the beginning of one, as people type it, without its slash."""
    return " ".join(say(language, f"name.{word}") for word in path.split())


def _values(*values: str) -> tuple[str, ...]:
    return values


TOPIC: Final = CommandOption("topic", completes=True)
PERSON: Final = CommandOption("person", completes=True, loose=False)
PRIVATE: Final = CommandOption("private", OptionKind.FLAG, loose=False)
QUESTIONS: Final = CommandOption("questions", OptionKind.INTEGER, minimum=MIN_QUESTIONS, maximum=MAX_QUESTIONS)
SECONDS: Final = CommandOption("seconds", OptionKind.INTEGER, minimum=MIN_SECONDS, maximum=MAX_SECONDS, loose=False)
ANSWERS: Final = CommandOption("answers", OptionKind.CHOICE, values=_values(*AnswerStyle))
MODE: Final = CommandOption("mode", OptionKind.CHOICE, values=_values(*Mode))
PERIOD: Final = CommandOption("period", OptionKind.CHOICE, values=_values(*Period))
SCOPE: Final = CommandOption("scope", OptionKind.CHOICE, values=_values(*Scope))
LANGUAGE: Final = CommandOption("language", OptionKind.CHOICE, values=_values(*Language))
SPOILERS: Final = CommandOption("spoilers", OptionKind.CHOICE, values=_values(*Spoiler))
TIME: Final = CommandOption("time", loose=False)
ZONE: Final = CommandOption("zone", completes=True, loose=False)
WEEKDAYS: Final = CommandOption("weekdays", loose=False)
KIND: Final = CommandOption("kind", OptionKind.CHOICE, values=_values(*DailyKind), loose=False)
PACK: Final = CommandOption("pack", completes=True, loose=False)

SPECS: Final = (
    CommandSpec("lalafact", (TOPIC, PERSON, PRIVATE), audience=Audience.ALL, everywhere=True),
    CommandSpec("quiz start", (QUESTIONS, SECONDS, TOPIC, ANSWERS, MODE)),
    CommandSpec("quiz stop"),
    CommandSpec("quiz skip"),
    CommandSpec("quiz hint"),
    CommandSpec("quiz scores", (PERIOD, SCOPE), audience=Audience.ALL),
    CommandSpec("quiz me"),
    CommandSpec(
        "lala settings",
        (LANGUAGE, SPOILERS, QUESTIONS, SECONDS, ANSWERS, MODE, PACK),
        managers_only=True,
    ),
    CommandSpec("lala daily on", (TIME, ZONE, WEEKDAYS, KIND), managers_only=True),
    CommandSpec("lala daily off", managers_only=True),
    CommandSpec("lala daily pause", managers_only=True),
    CommandSpec("lala daily skip", managers_only=True),
    CommandSpec("lala daily status", managers_only=True),
    CommandSpec("lala daily preview", managers_only=True),
    CommandSpec("lala forget-me"),
    CommandSpec("lala help", everywhere=True),
    CommandSpec("lala about", everywhere=True),
)

BY_PATH: Final = {spec.path: spec for spec in SPECS}
ROOTS: Final = tuple(dict.fromkeys(spec.root for spec in SPECS))
BARE_COMMAND: Final = {"quiz": "quiz start", "lala": "lala help", "lala daily": "lala daily status"}
"""What the beginning of a command means alone where commands are typed."""
