"""Cards at their largest, in plain words and in the worst that people can write."""

from datetime import timedelta

from bot.domain.errors import CardTooLarge
from bot.domain.language import Language
from bot.ports.cards import (
    MAX_BUTTONS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_TITLE,
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
from tests.factories import NOON

WORST = "*_~`<>@|[]#"


def buttons(count=MAX_BUTTONS):
    return tuple(Button(f"v1:answer:{'g' * 80}:{n}", f"{n}" * 75, list(ButtonStyle)[n % 3]) for n in range(count))


def question(language):
    options = tuple(Choice(letter, f"option {letter} " + "o" * 60) for letter in "ABCD")
    labels = tuple(Button(f"v1:answer:game:1:{n}", choice.text) for n, choice in enumerate(options))
    parts = (
        Text("Which of these " + "w" * 200, TextStyle.STRONG),
        Choices(options),
        Countdown("20 seconds to answer", NOON, NOON + timedelta(seconds=20)),
        Text("Nobody has answered yet", TextStyle.SMALL),
    )
    return Card(CardKind.QUESTION, language, "Question 50 of 50", parts, labels)


def filled(title, unit, language, tone=Tone.PLAIN):
    """Words up to the very limit of a card."""
    size = 3_000 - len(title) - 3
    texts = tuple(Text((unit * size)[: size // 3], style) for style in TextStyle)
    return Card(CardKind.NOTICE, language, title, texts, buttons(), tone)


def many_parts(language):
    kinds = (
        Text("a\nb\nc", TextStyle.SMALL),
        Choices(tuple(Choice(x, f"{x}*", right=x == "A", chosen_by=999) for x in "ABCDE")),
        Countdown("soon", NOON, NOON),
        Ranking("*top*", tuple(RankRow(f"{n}.", "@me", "1,000 points", "7 of 9") for n in range(1, 4))),
        Fields((Field("name_", "value_"),)),
    )
    parts = tuple(kinds[n % len(kinds)] for n in range(MAX_PARTS))
    return Card(CardKind.PODIUM, language, "T" * MAX_TITLE, parts, buttons(), Tone.GOOD)


def full_board(language):
    rows = tuple(
        RankRow(f"{n}.", WORST * 3 + "name" * 1, "500,000 points", "50 of 50 right") for n in range(1, MAX_ROWS + 1)
    )
    return Card(CardKind.BOARD, language, "Board", (Ranking("Final", rows),), buttons(3))


def _fits(make):
    try:
        return make()
    except CardTooLarge as error:  # a test's own mistake
        raise AssertionError(str(error)) from error


MAXIMAL_CARDS = tuple(
    _fits(make)
    for language in Language
    for make in (
        lambda language=language: question(language),
        lambda language=language: filled("plain", "word ", language),
        lambda language=language: filled("marks", WORST, language, Tone.BAD),
        lambda language=language: filled("lines", "x\n", language, Tone.WARNING),
        lambda language=language: filled("lists", "1. \n- \n# \n> \n", language),
        lambda language=language: many_parts(language),
        lambda language=language: full_board(language),
    )
)
