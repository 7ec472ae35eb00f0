"""Games, guesses and packs with defaults: a test shows what matters to it."""

from datetime import UTC, datetime, timedelta

from bot.domain.facts import Fact, Pack, Question, QuestionKind, Source, Spoiler, Topic
from bot.domain.game import Asked, Game, Round, opened
from bot.domain.guesses import Guess
from bot.domain.ids import (
    ChannelId,
    CommunityId,
    FactId,
    GameId,
    PackId,
    ParagraphId,
    PlayerId,
    QuestionId,
    TopicId,
)
from bot.domain.language import Language, Localized
from bot.domain.rules import Mode, Rules

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def player(name: str) -> PlayerId:
    return PlayerId(f"web/{name.casefold()}")


def a_game(
    *,
    questions: int = 3,
    mode: Mode = Mode.CLASSIC,
    seconds: int = 20,
    host: str = "Ana",
    channel: str = "web/lobby",
    game_id: str = "game000001",
    at: datetime = NOON,
) -> Game:
    return opened(
        Game(
            id=GameId(game_id),
            channel=ChannelId(channel),
            community=CommunityId("web"),
            host=player(host),
            host_name=host,
            language=Language.EN,
            pack=PackId("test"),
            rules=Rules(questions=questions, seconds=seconds, mode=mode),
            asked=tuple(Asked(QuestionId(f"q{n}"), (1, 0, 2, 3)) for n in range(questions)),
            opened_at=at,
        )
    )


def a_guess(
    name: str,
    *,
    right: bool = True,
    elapsed_ms: int = 5_000,
    number: int = 1,
    game_id: str = "game000001",
    at: datetime | None = None,
    option: int | None = None,
    text: str | None = None,
    key: str | None = None,
) -> Guess:
    return Guess(
        game=GameId(game_id),
        number=number,
        player=player(name),
        name=name,
        option=option if option is not None else (1 if right else 0),
        text=text,
        right=right,
        elapsed_ms=elapsed_ms,
        at=at or NOON + timedelta(milliseconds=elapsed_ms),
        dedupe_key=key or f"{name}/{number}/{elapsed_ms}/{option}",
    )


def both(text: str) -> Localized:
    return Localized(text, text)


def a_fact(name: str, *, topic: str = "music", spoiler: Spoiler = Spoiler.NONE, people: tuple[str, ...] = ()) -> Fact:
    text = Localized(f"The fact {name}.", f"O fato {name}.")
    return Fact(FactId(name), TopicId(topic), text, spoiler, (ParagraphId("doc-1"),), people)


def a_question(
    name: str, *, fact: str = "f0", kind: QuestionKind = QuestionKind.CHOICE, spoiler: Spoiler = Spoiler.NONE
) -> Question:
    wrong = tuple(both(f"wrong {letter}") for letter in "xyz")
    return Question(
        QuestionId(name),
        FactId(fact),
        kind,
        2,
        Localized(f"What is {name}?", f"O que é {name}?"),
        both("the right one") if kind is not QuestionKind.TRUE_FALSE else Localized("True", "Verdadeiro"),
        distractors={
            QuestionKind.CHOICE: wrong,
            QuestionKind.TYPED: (),
            QuestionKind.TRUE_FALSE: (Localized("False", "Falso"),),
        }[kind],
        spoiler=spoiler,
    )


def a_pack(*, facts: int = 12, pack_id: str = "test") -> Pack:
    """A choice question on every fact, and a typed and a true-or-false one on the first."""
    told = tuple(a_fact(f"f{n}", people=("Emma Stone",) if n % 2 else ("Ryan Gosling",)) for n in range(facts))
    asked = tuple(a_question(f"q{n}", fact=f"f{n}") for n in range(facts))
    others = (
        a_question("typed0", kind=QuestionKind.TYPED),
        a_question("true0", kind=QuestionKind.TRUE_FALSE),
    )
    return Pack(
        PackId(pack_id),
        Localized("Test pack", "Pacote de teste"),
        (
            Topic(TopicId("music"), Localized("Music", "Música")),
            Topic(TopicId("story"), Localized("Story", "História")),
        ),
        (Source("doc", Localized("The document", "O documento")),),
        told,
        (*asked, *others),
        people=("Emma Stone", "Ryan Gosling"),
    )


def asking(game: Game, *, number: int = 1, at: datetime = NOON) -> Round:
    return Round(number, opened_at=at, closes_at=at + timedelta(seconds=game.rules.seconds))
