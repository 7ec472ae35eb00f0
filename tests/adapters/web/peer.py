"""A peer for the room's tests: a core of few words with the four methods that the server relies on, and a store of rooms."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from bot.app.cards import notice, refusal_card
from bot.app.command_line import CommandLine, read_command_line
from bot.domain.errors import Reason, Refused
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
    FieldKind,
    FieldOption,
    Fields,
    Form,
    FormField,
    Ranking,
    RankRow,
    Text,
    TextStyle,
    Tone,
)
from bot.ports.chat import AskForm, Audience, Call, Expectation, Press, Reply, Submission
from bot.ports.store import RoomMessage

OPTIONS = ("Griffith Observatory", "The Rialto", "The Lighthouse Café", "Watts Towers")


class WallClock:
    def now(self):
        return datetime.now(UTC)


@dataclass
class Rooms:
    """The browser rooms' part of a store, in memory."""

    is_shared: bool = False
    messages: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    visitors: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)

    @asynccontextmanager
    async def begin(self):
        yield SimpleNamespace(rooms=self, notes=self)

    view = begin

    async def append(self, room, *, key, author, body, at):
        if key not in self.keys:
            self.keys[key] = len(self.messages) + 1
            self.messages[self.keys[key]] = RoomMessage(self.keys[key], room, author, body, at)
        return self.messages[self.keys[key]]

    async def change(self, message, body):
        if message not in self.messages:
            return None
        self.messages[message] = replace(self.messages[message], body=body)
        return self.messages[message]

    async def latest(self, room, limit):
        return tuple(m for m in self.messages.values() if m.room == room)[-limit:]

    async def enter(self, room, player, *, name, at):
        self.visitors.setdefault(room, {})[player] = name
        return next(iter(self.visitors[room]))

    async def name_of(self, room, player):
        return self.visitors.get(room, {}).get(player)

    async def get(self, key):
        return self.kept.get(key)

    async def put(self, key, value):
        self.kept[key] = value


class Peer:
    """Answers each kind of inbound in the simplest way that shows; keeps what it was given."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.seen = []
        self.before_answer = None
        """Awaited before each answer, where a test wants to hold it up."""

    async def handle(self, inbound):
        self.seen.append(inbound)
        if self.before_answer is not None:
            await self.before_answer()
        match inbound:
            case Call(path="lalafact"):
                to = Audience.ACTOR if "private" in inbound.options else Audience.ALL
                return Reply(fact_card(language_of(inbound)), to)
            case Call(path="quiz start"):
                await self.gateway.post(
                    inbound.place.channel, question_card(inbound.at), key=f"round:{inbound.dedupe_key}"
                )
                return Reply(notice(language_of(inbound), "Here we go!", tone=Tone.GOOD))
            case Call(path="quiz scores"):
                return Reply(board_card(), Audience.ALL)
            case Call(path="lala settings"):
                button = Button("v1:settings", "Change", ButtonStyle.PRIMARY)
                return Reply(notice(language_of(inbound), "Settings of this room", buttons=(button,)))
            case Press(button="v1:settings"):
                return AskForm(settings_form())
            case Press() if inbound.button.startswith("v1:answer:"):
                letter = "ABCD"[int(inbound.button.rpartition(":")[2])]
                return Reply(notice(Language.EN, f"{letter} is locked in; you may change once.", tone=Tone.GOOD))
            case Submission(values={"questions": questions}) if not questions.isdecimal():
                return Reply(notice(Language.EN, "Not this time", "A whole number from 1 to 50.", tone=Tone.WARNING))
            case Submission():
                return Reply(notice(Language.EN, "Saved", inbound.values.get("note", "") or "-", tone=Tone.GOOD))
        return Reply(notice(language_of(inbound), f"You said {getattr(inbound, 'path', inbound.dedupe_key)}"))

    def expect(self, inbound):
        return Expectation(Audience.ACTOR)

    async def complete(self, path, option, typed, place, language):
        known = (
            FieldOption("music", "Music"),
            FieldOption("the-dance", "The dance"),
            FieldOption("Emma Stone", "Emma Stone"),
        )
        return tuple(entry for entry in known if entry.label.casefold().startswith(typed.casefold()))

    def read_line(self, text, language):
        line = read_command_line(text, language)
        return (line.path, line.options) if isinstance(line, CommandLine) else line

    def refusal(self, refused, language):
        return Reply(refusal_card(language, refused))


def language_of(inbound):
    return inbound.actor.language or Language.EN


def unknown_button():
    return Refused(Reason.UNKNOWN_BUTTON)


def fact_card(language=Language.EN):
    told = {
        Language.EN: "The freeway number was filmed in two days of August 2015, on a ramp where it was over 40 °C.",
        Language.PT_BR: "O número da rodovia foi filmado em dois dias de agosto de 2015, numa rampa a mais de 40 °C.",
    }
    buttons = (
        Button("v1:more:music:", "Another", ButtonStyle.PRIMARY),
        Button("v1:quizme:lalaland:f1", "Quiz me"),
        Button("v1:source:lalaland:f1", "Source"),
    )
    parts = (Text(told[language]), Text("As of 2017.", TextStyle.SMALL))
    return Card(CardKind.FACT, language, "La La Land · Music", parts, buttons)


def question_card(now, *, options=OPTIONS, answered=0, game="game000001", seconds=20):
    parts = (
        Text("Where do Mia and Sebastian dance among the stars?", TextStyle.STRONG),
        Choices(tuple(Choice(letter, text) for letter, text in zip("ABCD", options, strict=False))),
        Countdown(f"{seconds} seconds to answer", now, now + timedelta(seconds=seconds)),
        Text(f"{answered} players have answered" if answered else "Nobody has answered yet", TextStyle.SMALL),
    )
    buttons = tuple(Button(f"v1:answer:{game}:3:{place}", text) for place, text in enumerate(options))
    return Card(CardKind.QUESTION, Language.EN, "Question 3 of 10", parts, buttons)


def closed_card():
    parts = (
        Text("Where do Mia and Sebastian dance among the stars?", TextStyle.STRONG),
        Choices(tuple(Choice(letter, text, right=letter == "A") for letter, text in zip("ABCD", OPTIONS, strict=True))),
        Text("This question is closed.", TextStyle.SMALL),
    )
    return Card(CardKind.QUESTION, Language.EN, "Question 3 of 10", parts)


def reveal_card():
    choices = tuple(
        Choice(letter, text, right=letter == "A", chosen_by=chosen)
        for letter, text, chosen in zip("ABCD", OPTIONS, (2, 1, 0, 0), strict=True)
    )
    rows = (
        RankRow("1.", "Ana", "2,410 points"),
        RankRow("2.", "Bia", "1,985 points"),
        RankRow("3.", "Caio", "900 points"),
    )
    parts = (
        Text("Where do Mia and Sebastian dance among the stars?", TextStyle.SMALL),
        Choices(choices),
        Text("The answer: Griffith Observatory", TextStyle.STRONG),
        Text("Right: Ana (2.3 s, +943), Bia (4.1 s, +897)"),
        Text("They float up into the projected sky of the planetarium there, after its lights go down."),
        Text("Source: Wikipedia, La La Land", TextStyle.SMALL),
        Ranking("Top five", rows),
    )
    report = Button("v1:report:lalaland:q1", "Report this question")
    return Card(CardKind.REVEAL, Language.EN, "Question 3 of 10: the answer", parts, (report,), Tone.GOOD)


def podium_card():
    rows = (
        RankRow("1.", "Ana", "6,210 points", "8 of 10 right"),
        RankRow("2.", "Bia", "5,985 points", "8 of 10 right"),
        RankRow("3.", "Caio", "3,900 points", "5 of 10 right"),
        RankRow("4.", "Davi, who has a rather long name", "1,200 points", "2 of 10 right"),
    )
    records = (Field("Fastest right answer", "Bia, 0.9 s"), Field("Longest streak", "Ana, 5 in a row"))
    parts = (Text("Ana wins!", TextStyle.STRONG), Ranking("Final scores", rows), Fields(records))
    again = Button("v1:again:game000001", "Play again", ButtonStyle.PRIMARY)
    return Card(CardKind.PODIUM, Language.EN, "The quiz is over", parts, (again,), Tone.GOOD)


def board_card():
    rows = (RankRow("1.", "Ana", "12,410 points", "3 wins"), RankRow("2.", "Bia", "9,985 points", "1 win"))
    parts = (Ranking("Points", rows), Text("A win counts from two players.", TextStyle.SMALL))
    return Card(CardKind.BOARD, Language.EN, "Standings: this channel, all time", parts)


def settings_form():
    fields = (
        FormField(
            "language",
            "Language",
            FieldKind.SELECT,
            "en",
            options=(FieldOption("en", "English"), FieldOption("pt-BR", "Portuguese")),
        ),
        FormField("questions", "Questions", value="10", placeholder="1–50", max_length=3),
        FormField("note", "Note", FieldKind.LONG, required=False, max_length=1000),
    )
    return Form("v1:settings", Language.EN, "Settings", "Save", fields)
