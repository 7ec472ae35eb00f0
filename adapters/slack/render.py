"""Cards as Block Kit, forms as modals. Pure; every word is escaped, and nothing is markup but the platform's own dates.

Texts stand in ``rich_text`` and ``plain_text``, where no asterisk, link or mention means anything. What Slack itself counts down is
a date in each reader's own zone. The message's ``text`` is the whole card for screen readers and notifications.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from adapters.slack.limits import MAX_HEADER, MAX_LABEL, MAX_MESSAGE, MAX_PLACEHOLDER, MAX_SECTION, MAX_TEXT
from adapters.slack.words import word
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    Choice,
    Choices,
    Countdown,
    FieldKind,
    FieldOption,
    Fields,
    Form,
    FormField,
    Part,
    Ranking,
    RankRow,
    Text,
    TextStyle,
)

Json = dict[str, object]
Escape = Callable[[str], str]
Names = Mapping[str, str]
"""What the commands are called in this workspace, by canonical name."""
NO_NAMES: Final[Names] = MappingProxyType({})
VALUE: Final = "value"
"""The ``action_id`` of every input; its block is named after the field."""
LINK: Final = "link:"
"""Begins the ``action_id`` of buttons that only open an address: Slack reports them all the same."""
_STYLES: Final = {ButtonStyle.PRIMARY: "primary", ButtonStyle.DANGER: "danger"}
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_COMMAND: Final = re.compile(r"(?<![\w/])/(lalafact|quiz|lala)\b")
_LOOKALIKES: Final = str.maketrans({"&": "＆", "<": "‹", ">": "›"})


def escape(text: str) -> str:
    """docs.slack.dev/messaging/formatting-message-text#escaping: these three, and no others."""
    return text.translate(_ENTITIES)


def lookalike(text: str) -> str:
    """Keeps the length, for texts that escaping would make too long."""
    return text.translate(_LOOKALIKES)


def render_card(card: Card, names: Names = NO_NAMES) -> Json:
    """``text`` and ``blocks``, for a message of any kind."""
    spoken = renamed(card.spoken(), names)
    return {"text": _within(spoken, MAX_TEXT), "blocks": render_blocks(card, names)}


def render_brief(card: Card, names: Names = NO_NAMES) -> Json:
    """The same in the fewest blocks, for when Slack finds a message too long."""
    spoken = renamed(card.spoken(), names)
    blocks: list[Json] = [{"type": "section", "text": plain(spoken[:MAX_SECTION], MAX_SECTION)}]
    return {"text": _within(spoken, MAX_TEXT), "blocks": blocks + _actions(card)}


def renamed(text: str, names: Names) -> str:
    """With the commands called as they are here."""
    if all(known == name for known, name in names.items()):
        return text
    return _COMMAND.sub(lambda found: f"/{names.get(found[1], found[1])}", text)


def _within(text: str, limit: int) -> str:
    escaped = escape(text)
    return escaped if len(escaped) <= limit else lookalike(text)


def render_blocks(card: Card, names: Names = NO_NAMES) -> list[Json]:
    blocks = _blocks(card, lambda text: escape(renamed(text, names)))
    return blocks if text_length(blocks) <= MAX_MESSAGE else _blocks(card, lambda text: lookalike(renamed(text, names)))


def _blocks(card: Card, safe: Escape) -> list[Json]:
    title: Json = {"type": "header", "text": plain(card.title, MAX_HEADER, safe)}
    return [title, *(_part(part, safe) for part in card.parts), *_actions(card)]


def _actions(card: Card) -> list[Json]:
    buttons = [_button(button, label) for button, label in _answer_labels(card)]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def text_length(blocks: object) -> int:
    """How many characters of text there are in blocks, however deep."""
    match blocks:
        case {"text": str(text), **rest}:
            return len(text) + text_length(list(rest.values()))
        case dict():
            return text_length(list(blocks.values()))
        case list():
            return sum(map(text_length, blocks))
        case _:
            return 0


def plain(text: str, limit: int, safe: Escape = escape) -> Json:
    """A plain text object; escaped in a way that keeps it within the limit."""
    escaped = safe(text)
    return {"type": "plain_text", "text": escaped if len(escaped) <= limit else lookalike(text), "emoji": False}


def _rich(*lines: tuple[tuple[str, bool], ...], safe: Escape) -> Json:
    """Lines of runs of text, each bold or not, as one block."""
    elements: list[Json] = []
    for place, runs in enumerate(lines):
        if place:
            elements.append({"type": "text", "text": "\n"})
        elements += [_run(text, bold=bold, safe=safe) for text, bold in runs if text]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _run(text: str, *, bold: bool, safe: Escape) -> Json:
    run: Json = {"type": "text", "text": plain(text, MAX_SECTION, safe)["text"]}
    return run | {"style": {"bold": True}} if bold else run


def _part(part: Part, safe: Escape) -> Json:
    match part:
        case Text(style=TextStyle.SMALL):
            return {"type": "context", "elements": [plain(part.text, 2_000, safe)]}
        case Text():
            return _rich(((part.text, part.style is TextStyle.STRONG),), safe=safe)
        case Choices():
            return _rich(*(_choice(choice) for choice in part.items), safe=safe)
        case Countdown():
            return {"type": "context", "elements": [{"type": "mrkdwn", "text": countdown(part), "verbatim": True}]}
        case Ranking():
            return _rich(((part.heading, True),), *(_row(row) for row in part.rows), safe=safe)
        case Fields():
            return _rich(*(((f"{item.name}: ", True), (item.value, False)) for item in part.items), safe=safe)
        case _:
            assert_never(part)


def _choice(choice: Choice) -> tuple[tuple[str, bool], ...]:
    marked = f"{choice.text} ✓" if choice.right else choice.text
    count = f"  · {choice.chosen_by}" if choice.right is not None and choice.chosen_by else ""
    return ((f"{choice.letter}  ", True), (marked, choice.right is True), (count, False))


def _row(row: RankRow) -> tuple[tuple[str, bool], ...]:
    detail = f" · {row.detail}" if row.detail else ""
    return ((f"{row.rank} ", False), (row.name, True), (f" · {row.value}{detail}", False))


def countdown(part: Countdown) -> str:
    """``20 seconds to answer · 9:41:20 PM``, in each reader's own zone."""
    at = part.ends_at
    fallback = f"{at:%H:%M:%S} UTC"
    return f"{escape(part.label)} · <!date^{int(at.timestamp())}^{{time_secs}}|{fallback}>"


def _answer_labels(card: Card) -> list[tuple[Button, str]]:
    """Buttons with their labels; one that answers a question begins with its letter, as the receipt names it."""
    choices = next((part.items for part in card.parts if isinstance(part, Choices)), ())
    texts = tuple(choice.text for choice in choices)
    if not texts or tuple(button.label for button in card.buttons[: len(texts)]) != texts:
        return [(button, button.label) for button in card.buttons]
    lettered = [f"{choice.letter}: {choice.text}" for choice in choices]
    labels = [label if len(label) <= MAX_LABEL else label[:1] for label in lettered]
    return list(zip(card.buttons, (*labels, *(b.label for b in card.buttons[len(texts) :])), strict=True))


def _button(button: Button, label: str) -> Json:
    rendered: Json = {"type": "button", "text": plain(label, MAX_LABEL), "action_id": button.id}
    if button.url is not None:
        return rendered | {"action_id": f"{LINK}{button.id}", "url": button.url}
    if style := _STYLES.get(button.style):
        rendered["style"] = style
    return rendered


def render_form(form: Form, metadata: str) -> Json:
    """``metadata`` comes back with the form: where it was asked for."""
    return {
        "type": "modal",
        "callback_id": form.id,
        "private_metadata": metadata,
        "title": plain(form.title, 24),
        "submit": plain(form.submit, 24),
        "close": plain(word(form.language, "cancel"), 24),
        "blocks": [_input(entry) for entry in form.fields],
    }


def _input(entry: FormField) -> Json:
    element = _select(entry) if entry.kind is FieldKind.SELECT else _text_input(entry)
    if entry.placeholder:
        element["placeholder"] = plain(entry.placeholder[:MAX_PLACEHOLDER], MAX_PLACEHOLDER)
    return {
        "type": "input",
        "block_id": entry.name,
        "label": plain(entry.label, 2_000),
        "element": element,
        "optional": not entry.required,
    }


def _text_input(entry: FormField) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "max_length": entry.max_length,
        "multiline": entry.kind is FieldKind.LONG,
    }
    return element | {"initial_value": entry.value} if entry.value else element


def _select(entry: FormField) -> Json:
    options = {option.value: _option(option) for option in entry.options}
    element: Json = {"type": "static_select", "action_id": VALUE, "options": list(options.values())}
    return element | {"initial_option": options[entry.value]} if entry.value in options else element


def _option(option: FieldOption) -> Json:
    return {"text": plain(option.label, MAX_LABEL), "value": option.value}


def render_receipt(card: Card, names: Names = NO_NAMES) -> Json:
    """A card as a modal, where no other private way is open."""
    return {
        "type": "modal",
        "title": plain("lalabot", 24),
        "close": plain(word(card.language, "close"), 24),
        "blocks": render_blocks(card, names),
    }
