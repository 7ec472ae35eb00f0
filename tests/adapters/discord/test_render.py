"""What is written is what is read: no mark of a person's becomes a style, a mention or a link."""

from datetime import timedelta

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.escaping import escape, substitute
from adapters.discord.inbound import clean_name
from adapters.discord.render import COLOURS, render_card, render_form
from bot.app.cards import fact_card, fact_texts, source_card
from bot.domain.language import Language
from bot.packs.loader import load_packs
from bot.ports.cards import (
    MAX_CARD,
    Button,
    Card,
    CardKind,
    Choice,
    Choices,
    Countdown,
    FieldKind,
    FieldOption,
    Form,
    FormField,
    Text,
    TextStyle,
    Tone,
)
from bot.settings import PROJECT
from tests.adapters.discord.linter import message_problems, modal_problems
from tests.factories import NOON


def text_of(card):
    return "\n".join(c.content for c in render_card(card).walk_children() if isinstance(c, discord.ui.TextDisplay))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*a* _b_ ~~c~~ `d` ||e||", r"\*a\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|"),
        ("@everyone <@1> <#2> <:x:3> </q:4>", r"\@everyone \<\@1> \<#2> \<:x:3> \</q:4>"),
        ("[text](https://a.b)", r"\[text](https\://a.b)"),
        ("# big\n-# small\n> quote\n- item\n12. item", "\\# big\n\\-# small\n\\> quote\n\\- item\n12\\. item"),
        ("a # b - c 2.5", "a # b - c 2.5"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_marks_are_letters(written, shown):
    assert escape(written) == shown


@given(st.text(max_size=200))
def test_substitutes_never_grow(text):
    assert len(substitute(text)) == len(text)
    assert not set("*_~`|<>@[#\\") & set(substitute(text))


@given(st.text(st.sampled_from("*_~`|<>@[]#-.1 \nab"), min_size=1, max_size=1_000), st.sampled_from(TextStyle))
def test_any_card_fits_discord_whatever_is_written_on_it(text, style):
    texts = [Text(text, style) for _ in range((MAX_CARD - 10) // (len(text) + 1))][:20]
    card = Card(CardKind.NOTICE, Language.EN, "Title", tuple(texts))
    body = {"components": render_card(card).to_components(), "flags": 1 << 15}
    assert [p for p in message_problems(body) if not p.startswith("empty")] == []


def test_a_countdown_is_ticked_by_discord():
    card = Card(CardKind.NOTICE, Language.EN, "T", (Countdown("20 seconds", NOON, NOON + timedelta(seconds=20)),))
    assert f"20 seconds <t:{int(NOON.timestamp()) + 20}:R>" in text_of(card)


def test_the_right_option_is_told_in_words_and_only_once_it_is_known():
    before = Card(CardKind.QUESTION, Language.PT_BR, "T", (Choices((Choice("A", "x"), Choice("B", "y"))),))
    after = Card(
        CardKind.REVEAL, Language.PT_BR, "T", (Choices((Choice("A", "x", True, 2), Choice("B", "y", False, 1))),)
    )
    assert "✅" not in text_of(before)
    assert "✅ **A** x (resposta certa, 2 pessoas)" in text_of(after)
    assert "**B** y (1 pessoa)" in text_of(after)


def test_before_the_reveal_the_options_differ_in_nothing_but_letter_text_and_place():
    options = Choices((Choice("A", "same"), Choice("B", "same")))
    buttons = (Button("v1:answer:g:1:0", "same"), Button("v1:answer:g:1:1", "same"))
    container = render_card(Card(CardKind.QUESTION, Language.EN, "T", (options,), buttons)).to_components()[0]
    first, second = container["components"][-1]["components"]
    assert first | {"label": "", "custom_id": ""} == second | {"label": "", "custom_id": ""}


def test_every_tone_has_a_colour_of_its_own():
    assert len({COLOURS[tone] for tone in Tone}) == len(Tone)


def test_a_link_opens_its_address():
    card = Card(CardKind.NOTICE, Language.EN, "T", (), (Button("link", "Open", url="https://discord.com/x"),))
    button = render_card(card).to_components()[0]["components"][-1]["components"][0]
    assert (button["style"], button["url"]) == (5, "https://discord.com/x")
    assert "custom_id" not in button


def test_a_form_keeps_its_fields():
    fields = (
        FormField("a", "Text", FieldKind.LONG, value="x", placeholder="p" * 300, max_length=9_000, required=False),
        FormField(
            "b", "Choice", FieldKind.SELECT, value="2", options=(FieldOption("1", "One"), FieldOption("2", "Two"))
        ),
    )
    modal = render_form(Form("v1:f", Language.EN, "Title", "Send", fields)).to_dict()
    assert modal_problems(modal) == []
    text, choice = (label["component"] for label in modal["components"])
    assert (text["value"], text["required"], text["max_length"]) == ("x", False, 4_000)
    assert [option["default"] for option in choice["options"]] == [False, True]


@pytest.mark.parametrize(
    ("given", "shown"), [("Ana\n\tB", "Ana B"), ("x" * 60, "x" * 40), ("\u202e\u0000", "?"), ("A\u200bna", "A na")]
)
def test_a_name_is_one_clean_line(given, shown):
    assert clean_name(given) == shown


@pytest.mark.parametrize("language", list(Language))
def test_every_fact_and_question_of_the_shipped_pack_fits(language):
    problems = []
    for pack in load_packs([PROJECT / "seeds"]):
        facts = {fact.id: fact for fact in pack.facts}
        cards = [fact_card(pack, fact, language) for fact in pack.facts]
        cards += [source_card(pack, fact, language) for fact in pack.facts]
        cards += [asked_card(question, facts[question.fact], language) for question in pack.questions]
        for card in cards:
            body = {"components": render_card(card).to_components(), "flags": 1 << 15}
            problems += [f"{card.title}: {problem}" for problem in message_problems(body)]
    assert problems == []


def asked_card(question, fact, language):
    """A question with every option as choice and button, and its fact."""
    texts = [question.answer[language], *(wrong[language] for wrong in question.distractors)]
    options = Choices(tuple(Choice(letter, text) for letter, text in zip("ABCDE", texts, strict=False)))
    buttons = tuple(Button(f"v1:answer:game000001:50:{n}", choice.text) for n, choice in enumerate(options.items))
    parts = (Text(question.prompt[language], TextStyle.STRONG), options, *fact_texts(fact, language))
    return Card(CardKind.QUESTION, language, "Question 50 of 50", parts, buttons)
