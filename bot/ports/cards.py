"""What the bot shows, not how: semantic cards, forms, and the limits that hold on every platform.

A card is made of plain text in parts: there is no markup in it, so a renderer escapes every word and no user's text can become a mention,
a link or a style. Building one checks the intersection of the platforms' limits (Discord's Components V2 and Slack's Block Kit), so that
no renderer ever cuts.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.errors import CardTooLarge
from bot.domain.language import Language

MAX_TITLE: Final = 150  # Slack header
MAX_TEXT: Final = 1_000  # a field of Slack is 2,000, escaping may double a character
MAX_CARD: Final = 3_000  # Discord: 4,000 in all of a Components V2 message, and escaping adds
MAX_PARTS: Final = 20  # Discord: 40 components in all, buttons included
MAX_BUTTONS: Final = 10  # two rows of Discord
MAX_LABEL: Final = 75  # Slack; Discord 80
MAX_BUTTON_ID: Final = 100  # Discord; Slack 255
MAX_ROWS: Final = 12
MAX_NAME: Final = 40
"""Names of players are clipped to this where they enter the bot."""
MAX_FORM_TITLE: Final = 24  # Slack; Discord 45
MAX_FIELDS: Final = 5  # Discord
MAX_FIELD_LABEL: Final = 45  # Discord
MAX_FIELD_OPTIONS: Final = 25  # Discord


class CardKind(StrEnum):
    FACT = "fact"
    START = "start"
    QUESTION = "question"
    REVEAL = "reveal"
    PODIUM = "podium"
    BOARD = "board"
    ME = "me"
    SETTINGS = "settings"
    HELP = "help"
    NOTICE = "notice"
    DAILY = "daily"


class Tone(StrEnum):
    """The colour of a card; whatever it means also stands in words."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class TextStyle(StrEnum):
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"


class ButtonStyle(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks are kept."""

    text: str
    style: TextStyle = TextStyle.BODY


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question as a line of the card. ``right`` is ``None`` until the reveal."""

    letter: str
    text: str
    right: bool | None = None
    chosen_by: int = 0
    """How many chose it; shown from the reveal on."""


@dataclass(frozen=True, slots=True)
class Choices:
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Countdown:
    """The time until ``ends_at``, ticked by the platform itself; ``label`` says what happens then."""

    label: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RankRow:
    rank: str
    name: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    heading: str
    rows: tuple[RankRow, ...]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Fields:
    items: tuple[Field, ...]


Part = Text | Choices | Countdown | Ranking | Fields


@dataclass(frozen=True, slots=True)
class Button:
    """Pressed, it comes back as its ``id`` (``v1:verb:arguments``); with a ``url`` it opens that instead."""

    id: str
    label: str
    style: ButtonStyle = ButtonStyle.SECONDARY
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Checked against every platform's limits when it is built; raises :class:`CardTooLarge`."""

    kind: CardKind
    language: Language
    title: str
    parts: tuple[Part, ...] = ()
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.PLAIN

    def __post_init__(self) -> None:
        check_card(self)

    def spoken(self) -> str:
        """All that a screen reader or a notification needs, question and options included, a line a thing."""
        return "\n".join((self.title, *(line for part in self.parts for line in spoken_lines(part))))


def spoken_lines(part: Part) -> tuple[str, ...]:
    match part:
        case Text():
            return (part.text,)
        case Choices():
            return tuple(f"{choice.letter}: {choice.text}{_spoken_mark(choice)}" for choice in part.items)
        case Countdown():
            return (part.label,)
        case Ranking():
            rows = (" ".join(filter(None, (row.rank, row.name, row.value, row.detail))) for row in part.rows)
            return (part.heading, *rows)
        case Fields():
            return tuple(f"{item.name}: {item.value}" for item in part.items)


def _spoken_mark(choice: Choice) -> str:
    return " ✓" if choice.right else ""


class FieldKind(StrEnum):
    SHORT = "short"
    LONG = "long"
    SELECT = "select"


@dataclass(frozen=True, slots=True)
class FieldOption:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    label: str
    kind: FieldKind = FieldKind.SHORT
    value: str = ""
    placeholder: str = ""
    required: bool = True
    max_length: int = 200
    options: tuple[FieldOption, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A dialogue; sent, it comes back as its ``id`` with the values by field name."""

    id: str
    language: Language
    title: str
    submit: str
    fields: tuple[FormField, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        _require(len(self.id) <= MAX_BUTTON_ID, "form id", self.id)
        _require(0 < len(self.title) <= MAX_FORM_TITLE, "form title", self.title)
        _require(0 < len(self.fields) <= MAX_FIELDS, "form fields", self.id)
        for entry in self.fields:
            _require(0 < len(entry.label) <= MAX_FIELD_LABEL, "field label", entry.label)
            _require(len(entry.options) <= MAX_FIELD_OPTIONS, "field options", entry.name)


def check_card(card: Card) -> None:
    """Raises :class:`CardTooLarge`, naming what is too large, unless the card fits on every platform."""
    _require(0 < len(card.title) <= MAX_TITLE, "title", card.title)
    _require(len(card.parts) <= MAX_PARTS, "parts", card.title)
    _require(len(card.buttons) <= MAX_BUTTONS, "buttons", card.title)
    for button in card.buttons:
        _require(0 < len(button.label) <= MAX_LABEL, "label", button.label)
        _require(0 < len(button.id) <= MAX_BUTTON_ID, "button id", button.id)
    _require(len({button.id for button in card.buttons}) == len(card.buttons), "button ids", card.title)
    for part in card.parts:
        _check_part(part)
    _require(len(card.spoken()) <= MAX_CARD, "text in all", card.title)


def _check_part(part: Part) -> None:
    if isinstance(part, Text):
        _require(0 < len(part.text) <= MAX_TEXT, "text", part.text)
    elif isinstance(part, Ranking):
        _require(len(part.rows) <= MAX_ROWS, "rows", part.heading)
    elif isinstance(part, Fields):
        _require(0 < len(part.items) <= 10, "fields", str(len(part.items)))  # Slack: 10 fields a section
    elif isinstance(part, Choices):
        _require(0 < len(part.items) <= 5, "choices", str(len(part.items)))


def _require(fits: bool, what: str, where: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not fits:
        raise CardTooLarge(f"{what} over the limit in {where[:60]!r}")
