"""Cards, forms and menus as JSON for the page. The page makes text nodes of every word: nothing here is ever markup.

Pure. Before the reveal there is nothing in it that tells an option from another but its letter, text and place.
"""

from datetime import datetime
from typing import Final, assert_never

import msgspec

from bot.app.commands import SPECS, CommandOption, CommandSpec
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    Card,
    Choice,
    Choices,
    Countdown,
    Field,
    FieldOption,
    Fields,
    Form,
    FormField,
    Part,
    Ranking,
    RankRow,
    Text,
)

Json = dict[str, object]
SAFE_ADDRESSES: Final = ("https://", "http://", "#m")


def to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def render_card(card: Card) -> Json:
    """An option that can be pressed is one thing on the page: its choice and its button are put together."""
    answers, others = _answers(card)
    return {
        "kind": card.kind,
        "language": card.language,
        "tone": card.tone,
        "title": card.title,
        "parts": [_part(part, answers) for part in card.parts],
        "buttons": [_button(button) for button in others],
    }


def _answers(card: Card) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """The buttons that are the card's choices, in their order, and the other buttons."""
    texts = next((tuple(c.text for c in part.items) for part in card.parts if isinstance(part, Choices)), ())
    count = len(texts)
    if texts and tuple(button.label for button in card.buttons[:count]) == texts:
        return card.buttons[:count], card.buttons[count:]
    return (), card.buttons


def _part(part: Part, answers: tuple[Button, ...]) -> Json:
    match part:
        case Text():
            return {"type": "text", "style": part.style, "text": part.text}
        case Choices():
            buttons = answers or (None,) * len(part.items)
            return {
                "type": "choices",
                "items": [_choice(choice, button) for choice, button in zip(part.items, buttons, strict=True)],
            }
        case Countdown():
            return {
                "type": "countdown",
                "label": part.label,
                "startsAt": milliseconds(part.starts_at),
                "endsAt": milliseconds(part.ends_at),
            }
        case Ranking():
            return {"type": "ranking", "heading": part.heading, "rows": [_row(row) for row in part.rows]}
        case Fields():
            return {"type": "fields", "items": [_field(item) for item in part.items]}
        case _:
            assert_never(part)


def _choice(choice: Choice, button: Button | None) -> Json:
    told: Json = {} if choice.right is None else {"right": choice.right, "chosenBy": choice.chosen_by}
    pressed: Json = {} if button is None else {"button": button.id}
    return {"letter": choice.letter, "text": choice.text} | pressed | told


def _row(row: RankRow) -> Json:
    return {"rank": row.rank, "name": row.name, "value": row.value, "detail": row.detail}


def _field(item: Field) -> Json:
    return {"name": item.name, "value": item.value}


def _button(button: Button) -> Json:
    if button.url is None:
        return {"id": button.id, "label": button.label, "style": button.style}
    # An address comes from the core, never from a player; still only those are let through that open a page.
    address = button.url if button.url.startswith(SAFE_ADDRESSES) else "#"
    return {"id": button.id, "label": button.label, "style": button.style, "url": address}


def render_form(form: Form) -> Json:
    return {
        "id": form.id,
        "language": form.language,
        "title": form.title,
        "submit": form.submit,
        "fields": [_form_field(entry) for entry in form.fields],
    }


def _form_field(entry: FormField) -> Json:
    return {
        "name": entry.name,
        "label": entry.label,
        "kind": entry.kind,
        "value": entry.value,
        "placeholder": entry.placeholder,
        "required": entry.required,
        "maxLength": entry.max_length,
        "options": render_options(entry.options),
    }


def render_options(options: tuple[FieldOption, ...]) -> list[Json]:
    return [{"value": option.value, "label": option.label} for option in options]


def render_menu(language: Language) -> list[Json]:
    """Every command for the slash menu; ``also``: its name in the other languages, which are understood too."""
    return [_menu_command(spec, language) for spec in SPECS]


def _menu_command(spec: CommandSpec, language: Language) -> Json:
    names = {spec.label(other) for other in Language} - {spec.label(language)}
    return {
        "path": spec.path,
        "label": spec.label(language),
        "also": sorted(names),
        "about": spec.about(language),
        "options": [_menu_option(option, language) for option in spec.options],
    }


def _menu_option(option: CommandOption, language: Language) -> Json:
    names = {option.label(other) for other in Language} - {option.label(language)}
    values = [{"value": value, "label": option.value_label(language, value)} for value in option.values]
    return {
        "name": option.name,
        "label": option.label(language),
        "also": sorted(names),
        "about": option.about(language),
        "kind": option.kind.value,
        "completes": option.completes,
        "values": values,
    }
