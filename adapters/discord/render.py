"""Cards as Components V2, forms as modals. Pure: nothing is sent here, and nothing is kept.

A card is one container whose accent colour only repeats what its words say. Its text is at most as long as Discord takes: first every
word is escaped; should that make it too long, marks are replaced by look-alikes; should that not do, the styles go too. The card's own
bound (3,000 characters) then leaves room to spare.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

import discord

from adapters.discord.escaping import escape, substitute
from adapters.discord.limits import (
    BUTTONS_A_ROW,
    INPUT_PLACEHOLDER,
    INPUT_VALUE,
    MESSAGE_TEXT,
    SELECT_PLACEHOLDER,
    SELECT_TEXT,
)
from adapters.discord.words import word
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    Choice,
    Choices,
    Countdown,
    FieldKind,
    Fields,
    Form,
    FormField,
    Part,
    Ranking,
    RankRow,
    Text,
    TextStyle,
    Tone,
)

COLOURS: Final = {Tone.PLAIN: 0x5B4B9A, Tone.GOOD: 0x2E9E6B, Tone.WARNING: 0xE0A526, Tone.BAD: 0xC8443C}
STYLES: Final = {
    ButtonStyle.PRIMARY: discord.ButtonStyle.primary,
    ButtonStyle.SECONDARY: discord.ButtonStyle.secondary,
    ButtonStyle.DANGER: discord.ButtonStyle.danger,
}


@dataclass(frozen=True, slots=True)
class _Pen:
    """How a text is written: made safe, and with or without styles."""

    safe: Callable[[str], str]
    language: Language
    is_styled: bool = True

    def strong(self, text: str) -> str:
        """Line by line: a style does not reach over a line's end."""
        return self._each_line(text, "**", "**")

    def small(self, text: str) -> str:
        return self._each_line(text, "-# ", "")

    def heading(self, text: str) -> str:
        line = " ".join(text.split())
        return f"## {self.safe(line)}" if self.is_styled else self.safe(line)

    def _each_line(self, text: str, before: str, after: str) -> str:
        if not self.is_styled:
            return self.safe(text)
        lines = (line.strip() for line in self.safe(text).splitlines())
        return "\n".join(f"{before}{line}{after}" if line else "" for line in lines)


def render_card(card: Card) -> discord.ui.LayoutView:
    """Ready to be sent, and finished: discord.py keeps no view of ours in memory, every press is routed by its ``custom_id``."""
    texts = _texts(card)
    container = discord.ui.Container[discord.ui.LayoutView](accent_colour=COLOURS[card.tone])
    for text in texts:
        container.add_item(discord.ui.TextDisplay(text))
    labels = _labels(card)
    for start in range(0, len(card.buttons), BUTTONS_A_ROW):
        row = discord.ui.ActionRow[discord.ui.LayoutView]()
        for place in range(start, min(start + BUTTONS_A_ROW, len(card.buttons))):
            row.add_item(_button(card.buttons[place], labels[place]))
        container.add_item(row)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    view.stop()
    return view


def _texts(card: Card) -> list[str]:
    for safe in (escape, substitute):
        texts = _written(card, _Pen(safe, card.language))
        if sum(map(len, texts)) <= MESSAGE_TEXT:
            return texts
    return _written(card, _Pen(substitute, card.language, is_styled=False))


def _written(card: Card, pen: _Pen) -> list[str]:
    body = [text for text in (_part(part, pen) for part in card.parts) if text.strip()]
    return [pen.heading(card.title), *body]


def _part(part: Part, pen: _Pen) -> str:
    match part:
        case Text(text, TextStyle.STRONG):
            return pen.strong(text)
        case Text(text, TextStyle.SMALL):
            return pen.small(text)
        case Text(text):
            return pen.safe(text)
        case Choices(items):
            return "\n".join(_choice(choice, pen) for choice in items)
        case Countdown(label, _, ends_at):
            return f"{pen.safe(label)} {discord.utils.format_dt(ends_at, 'R')}"
        case Ranking(heading, rows):
            return "\n".join((pen.strong(heading), *(_row(row, pen) for row in rows)))
        case Fields(items):
            return "\n".join(f"{pen.strong(item.name)}: {pen.safe(item.value)}" for item in items)
        case _:
            assert_never(part)


def _choice(choice: Choice, pen: _Pen) -> str:
    line = f"{pen.strong(choice.letter)} {pen.safe(choice.text)}"
    if choice.right is None:
        return line
    notes = [word(pen.language, "choice.right")] if choice.right else []
    if choice.chosen_by:
        key = "choice.chosen_one" if choice.chosen_by == 1 else "choice.chosen"
        notes.append(word(pen.language, key, count=choice.chosen_by))
    mark = "✅ " if choice.right else ""
    return f"{mark}{line} ({', '.join(notes)})" if notes else f"{mark}{line}"


def _row(row: RankRow, pen: _Pen) -> str:
    cells = (pen.safe(row.rank), pen.strong(row.name), pen.safe(row.value))
    line = " ".join(cell for cell in cells if cell)
    return f"{line} · {pen.safe(row.detail)}" if row.detail else line


def _labels(card: Card) -> tuple[str, ...]:
    """A button that answers a question bears its option's letter, which the bot's answer names."""
    options = next((part.items for part in card.parts if isinstance(part, Choices)), ())
    texts = tuple(choice.text for choice in options)
    labels = tuple(button.label for button in card.buttons)
    if not texts or labels[: len(texts)] != texts:
        return labels
    lettered = tuple(f"{choice.letter}. {choice.text}" for choice in options)
    return lettered + labels[len(texts) :]


def _button(button: Button, label: str) -> "discord.ui.Button[discord.ui.LayoutView]":
    if button.url is not None:
        return discord.ui.Button(label=label, url=button.url)
    return discord.ui.Button(label=label, custom_id=button.id, style=STYLES[button.style])


def render_form(form: Form) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=form.title, custom_id=form.id)
    for entry in form.fields:
        modal.add_item(discord.ui.Label(text=entry.label, component=_input(entry)))
    modal.stop()
    return modal


def _input(entry: FormField) -> "discord.ui.Item[discord.ui.Modal]":
    if entry.kind is FieldKind.SELECT:
        options = [
            discord.SelectOption(
                label=option.label[:SELECT_TEXT], value=option.value, default=option.value == entry.value
            )
            for option in entry.options
        ]
        placeholder = entry.placeholder[:SELECT_PLACEHOLDER] or None
        return discord.ui.Select(
            custom_id=entry.name, placeholder=placeholder, options=options, required=entry.required
        )
    return discord.ui.TextInput(
        custom_id=entry.name,
        style=discord.TextStyle.long if entry.kind is FieldKind.LONG else discord.TextStyle.short,
        default=entry.value or None,
        placeholder=entry.placeholder[:INPUT_PLACEHOLDER] or None,
        required=entry.required,
        max_length=min(entry.max_length, INPUT_VALUE),
    )
