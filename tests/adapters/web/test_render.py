import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.web.render import render_card, render_form, render_menu, to_json
from bot.app.commands import SPECS
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    CardKind,
    Choice,
    Choices,
    Countdown,
    Field,
    Fields,
    Ranking,
    RankRow,
    Text,
    TextStyle,
    Tone,
)
from tests.adapters.web import peer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOON_MS = 1_795_348_800_000

PARTS = {
    "text": (Text("A fact\nin two lines"), {"type": "text", "style": "body", "text": "A fact\nin two lines"}),
    "small text": (Text("As of 2017", TextStyle.SMALL), {"type": "text", "style": "small", "text": "As of 2017"}),
    "choices before the reveal": (
        Choices((Choice("A", "Mia"), Choice("B", "Sebastian"))),
        {"type": "choices", "items": [{"letter": "A", "text": "Mia"}, {"letter": "B", "text": "Sebastian"}]},
    ),
    "choices after it": (
        Choices((Choice("A", "Mia", right=True, chosen_by=2), Choice("B", "Sebastian", right=False))),
        {
            "type": "choices",
            "items": [
                {"letter": "A", "text": "Mia", "right": True, "chosenBy": 2},
                {"letter": "B", "text": "Sebastian", "right": False, "chosenBy": 0},
            ],
        },
    ),
    "count-down": (
        Countdown("20 seconds", NOON, NOON + timedelta(seconds=20)),
        {"type": "countdown", "label": "20 seconds", "startsAt": NOON_MS, "endsAt": NOON_MS + 20_000},
    ),
    "ranking": (
        Ranking("Top five", (RankRow("1.", "Ana", "900 points", "2 wins"),)),
        {
            "type": "ranking",
            "heading": "Top five",
            "rows": [{"rank": "1.", "name": "Ana", "value": "900 points", "detail": "2 wins"}],
        },
    ),
    "fields": (Fields((Field("Points", "12"),)), {"type": "fields", "items": [{"name": "Points", "value": "12"}]}),
}


def rendered(card):
    return json.loads(to_json(render_card(card)))


@pytest.mark.parametrize(("part", "expected"), PARTS.values(), ids=PARTS)
def test_every_kind_of_part(part, expected):
    assert rendered(Card(CardKind.NOTICE, Language.EN, "Title", (part,)))["parts"] == [expected]


def test_a_card_carries_its_kind_language_tone_and_title():
    card = Card(CardKind.PODIUM, Language.PT_BR, "Fim", tone=Tone.GOOD)
    assert rendered(card) == {
        "kind": "podium", "language": "pt-BR", "tone": "good", "title": "Fim", "parts": [], "buttons": [],
    }  # fmt: skip


def test_the_options_of_a_question_are_its_buttons_and_stand_once():
    card = rendered(peer.question_card(NOON))
    choices = next(part for part in card["parts"] if part["type"] == "choices")
    assert [item["button"] for item in choices["items"]] == [f"v1:answer:game000001:3:{place}" for place in range(4)]
    assert card["buttons"] == []


def test_buttons_that_are_not_the_options_stay_buttons():
    card = Card(CardKind.QUESTION, Language.EN, "Q", (Choices((Choice("A", "Mia"),)),), (Button("v1:more", "Another"),))
    assert rendered(card)["buttons"] == [{"id": "v1:more", "label": "Another", "style": "secondary"}]


def test_before_the_reveal_an_option_is_told_by_nothing_but_letter_text_and_place():
    choices = next(part for part in rendered(peer.question_card(NOON))["parts"] if part["type"] == "choices")
    for place, item in enumerate(choices["items"]):
        assert set(item) == {"letter", "text", "button"}
        assert item["button"].endswith(f":{place}")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("#m12", "#m12"),
        ("javascript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("//evil.example", "#"),
    ],
)
def test_a_button_opens_only_an_address_of_the_web(url, expected):
    card = Card(CardKind.NOTICE, Language.EN, "T", (), (Button("v1:x", "Go", ButtonStyle.PRIMARY, url),))
    assert rendered(card)["buttons"][0]["url"] == expected


def test_a_form_carries_every_kind_of_field():
    form = json.loads(to_json(render_form(peer.settings_form())))
    assert [(field["name"], field["kind"], field["required"]) for field in form["fields"]] == [
        ("language", "select", True),
        ("questions", "short", True),
        ("note", "long", False),
    ]
    assert form["fields"][0]["options"] == [
        {"value": "en", "label": "English"},
        {"value": "pt-BR", "label": "Portuguese"},
    ]
    assert form["fields"][1]["maxLength"] == 3


@pytest.mark.parametrize("language", list(Language))
def test_the_menu_has_every_command_with_every_option(language):
    menu = render_menu(language)
    assert [entry["path"] for entry in menu] == [spec.path for spec in SPECS]
    for entry, spec in zip(menu, SPECS, strict=True):
        assert entry["label"] == spec.label(language)
        assert entry["label"] not in entry["also"]
        assert [option["name"] for option in entry["options"]] == [option.name for option in spec.options]
        assert all(entry["about"] and option["about"] for option in entry["options"])
