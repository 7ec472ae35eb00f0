"""Cards and forms as Block Kit: within every limit, every word escaped, and readable without blocks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.render import escape, render_brief, render_card, render_form, render_receipt
from bot.app.cards import notice
from bot.domain.errors import CardTooLarge
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    Card,
    CardKind,
    Choice,
    Choices,
    Countdown,
    Field,
    FieldKind,
    FieldOption,
    Fields,
    Form,
    FormField,
    Ranking,
    RankRow,
    Text,
    TextStyle,
)
from tests.adapters.slack.lint import problems_of_message, problems_of_view, texts_of
from tests.contract.maximal import MAXIMAL_CARDS
from tests.factories import NOON

HOSTILE = "<!channel> <@U1> <http://x|y> & *bold* _it_ ~no~ `code` :tada:"


def the_text(card):
    return "".join(texts_of(render_card(card)["blocks"]))


@pytest.mark.parametrize("card", MAXIMAL_CARDS, ids=lambda card: f"{card.kind}-{card.title[:12]}")
def test_every_maximal_card_passes_in_each_of_its_forms(card):
    assert problems_of_message(render_card(card)) == []
    assert problems_of_message(render_brief(card)) == []
    assert problems_of_view(render_receipt(card)) == []


@pytest.mark.parametrize("unit", ["&", "<", ">", "<!channel>", "é", "😀", "\n"])
def test_what_escaping_makes_longer_still_fits(unit):
    texts = tuple(Text((unit * 900)[:900], style) for style in TextStyle)
    card = Card(CardKind.NOTICE, Language.EN, (unit.strip() or "T") * 3, texts, (Button("v1:x", (unit * 75)[:75]),))
    assert problems_of_message(render_card(card)) == []


@given(st.text(min_size=1, max_size=75), st.text(min_size=1, max_size=900))
def test_no_words_become_markup(short, long):
    choices = Choices((Choice("A", short, right=True, chosen_by=2), Choice("B", long[:75])))
    parts = (Text(long), Text(short, TextStyle.SMALL), choices, Fields((Field(short, long[:100]),)))
    try:
        card = Card(CardKind.NOTICE, Language.EN, short, parts, (Button("v1:x", short),))
    except CardTooLarge:
        return
    assert [p for p in problems_of_message(render_card(card)) if "markup" in p] == []


def test_players_words_stay_letters():
    ranking = Ranking("Top", (RankRow("1.", HOSTILE, HOSTILE, HOSTILE),))
    card = Card(CardKind.BOARD, Language.EN, HOSTILE, (Text(HOSTILE), ranking))
    rendered = render_card(card)
    assert problems_of_message(rendered) == []
    assert escape(HOSTILE) in rendered["text"]
    kinds = {element.get("type") for block in rendered["blocks"] for element in block.get("elements", ())}
    assert "mrkdwn" not in kinds, "nothing that reads asterisks"


def test_the_countdown_is_a_date_in_each_readers_own_zone():
    card = notice(Language.EN, "T")
    card = replace(card, parts=(Countdown("20 seconds to answer", NOON, NOON + timedelta(seconds=20)),))
    context = render_card(card)["blocks"][1]["elements"][0]
    stamp = int(NOON.timestamp()) + 20
    assert context["text"] == f"20 seconds to answer · <!date^{stamp}^{{time_secs}}|12:00:20 UTC>"


def test_the_text_is_all_that_a_screen_reader_needs():
    card = next(c for c in MAXIMAL_CARDS if c.kind is CardKind.QUESTION)
    assert render_card(card)["text"] == card.spoken()


def test_answers_carry_their_letters_and_nothing_tells_the_right_one():
    choices = Choices((Choice("A", "one"), Choice("B", "b" * 75)))
    buttons = (Button("v1:answer:g:1:0", "one"), Button("v1:answer:g:1:1", "b" * 75))
    card = Card(CardKind.QUESTION, Language.EN, "Question", (choices,), buttons)
    labels = [element["text"]["text"] for element in render_card(card)["blocks"][-1]["elements"]]
    assert labels == ["A: one", "B"]
    swapped = replace(card, parts=(Choices((Choice("A", "one"), Choice("B", "b" * 75))),))
    assert render_card(swapped) == render_card(card)


def test_commands_are_called_what_they_are_called_here():
    card = notice(Language.EN, "No quiz", "Start one with /quiz start; /lalafact tells one. Not a/quiz.")
    text = render_card(card, {"quiz": "lalaquiz", "lalafact": "lalafact", "lala": "lala"})["text"]
    assert "Start one with /lalaquiz start; /lalafact tells one. Not a/quiz." in text


def test_a_form_within_the_limits():
    fields = (
        FormField("text", "What is wrong with it?", FieldKind.LONG, max_length=500, placeholder="p" * 300),
        FormField("language", "Language", FieldKind.SELECT, "en", options=(FieldOption("en", "English"),)),
        FormField("answer", "Answer & more", required=False, value="before"),
    )
    view = render_form(Form("v1:report:p:q", Language.PT_BR, "T" * 24, "Enviar", fields), "m" * 3000)
    assert problems_of_view(view) == []
    assert [block["block_id"] for block in view["blocks"]] == ["text", "language", "answer"]
    assert view["blocks"][2]["optional"] is True
    assert view["close"]["text"] == "Cancelar"
    assert "".join(texts_of(view["blocks"][2])) == "Answer &amp; more"


def test_a_button_that_opens_an_address_is_known_as_such():
    card = notice(Language.EN, "T", buttons=(Button("link", "Go", url="https://t1.slack.com/archives/C1/p1"),))
    element = render_card(card)["blocks"][-1]["elements"][0]
    assert element["action_id"] == "link:link"
    assert element["url"].startswith("https://")
    assert "T" in the_text(card)
