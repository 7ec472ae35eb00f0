"""The cards of a game: start, question, reveal, pause, end."""

from dataclasses import dataclass

from bot.app.cards import LETTERS, button_id, fact_texts, notice, source_names
from bot.app.naming import THIS_WEEK
from bot.app.phrases import listed, number, say, seconds
from bot.app.questions import hint_text, option_texts
from bot.domain.facts import Fact, Pack, Question
from bot.domain.game import Asked, Game, Round
from bot.domain.guesses import Award
from bot.domain.language import Language
from bot.domain.moves import Ending, RoundClosed
from bot.domain.rules import START_DELAY, AnswerStyle, Mode
from bot.domain.tallies import Ranked, Tally, ranking
from bot.ports.cards import (
    MAX_ROWS,
    Button,
    ButtonStyle,
    Card,
    CardKind,
    Choice,
    Choices,
    Countdown,
    Field,
    Fields,
    Part,
    Ranking,
    RankRow,
    Text,
    TextStyle,
    Tone,
)

NAMES_SHOWN = 8
TOP_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """A round with everything that its cards need."""

    game: Game
    pack: Pack
    round: Round
    asked: Asked
    question: Question
    fact: Fact

    @property
    def language(self) -> Language:
        return self.game.language


def start_card(game: Game, pack: Pack, *, fewer: bool) -> Card:
    """``fewer``: the pool holds fewer questions than were asked for."""
    language, rules = game.language, game.rules
    lines = [say(language, "start.rules", count=len(game.asked), seconds=rules.seconds)]
    if rules.topic:
        named = {topic.id: topic.name[language] for topic in pack.topics} | {THIS_WEEK: say(language, "daily.week")}
        topic = named.get(rules.topic, rules.topic)
        lines.append(say(language, "start.topic", topic=topic))
    if fewer:
        lines.append(say(language, "start.fewer"))
    lines += [say(language, f"start.{mode}") for mode in _modes(rules.mode)]
    if rules.answers is not AnswerStyle.CHOICE:
        lines.append(say(language, "start.typed"))
    countdown = say(language, "start.countdown", seconds=int(START_DELAY.total_seconds()))
    first_at = game.opened_at + START_DELAY
    parts: list[Part] = [Text(line) for line in lines]
    parts.append(Countdown(countdown, game.opened_at, first_at))
    return Card(CardKind.START, language, say(language, "start.title"), tuple(parts))


def _modes(mode: Mode) -> tuple[Mode, ...]:
    return (mode,) if mode is Mode.CLASSIC else (mode, Mode.CLASSIC)


def question_card(scene: Scene, *, answered: int = 0) -> Card:
    language, current = scene.language, scene.round
    parts: list[Part] = [Text(scene.question.prompt[language], TextStyle.STRONG)]
    texts = option_texts(scene.question, scene.asked.order, language)
    if texts:
        parts.append(Choices(tuple(Choice(letter, text) for letter, text in zip(LETTERS, texts, strict=False))))
    if current.hinted_at and (hint := hint_text(scene.question, scene.asked, language)):
        parts.append(Text(say(language, "question.hint", hint=hint)))
    time_left = say(language, "question.countdown", count=scene.game.rules.seconds)
    parts.append(Countdown(time_left, current.began_at, current.closes_at))
    parts.append(Text(_answered_line(language, answered), TextStyle.SMALL))
    if current.skip_votes:
        parts.append(Text(say(language, "question.skip_votes", count=len(current.skip_votes)), TextStyle.SMALL))
    if current.hint_votes and not current.hinted_at:
        parts.append(Text(say(language, "question.hint_votes", count=len(current.hint_votes)), TextStyle.SMALL))
    return Card(
        CardKind.QUESTION, language, _title(scene, "question.title"), tuple(parts), _answer_buttons(scene, texts)
    )


def _answered_line(language: Language, answered: int) -> str:
    return say(language, "question.answered", count=answered) if answered else say(language, "question.nobody_yet")


def _answer_buttons(scene: Scene, texts: tuple[str, ...]) -> tuple[Button, ...]:
    game, number_ = scene.game.id, scene.round.number
    if not texts:
        label = say(scene.language, "question.type")
        return (Button(button_id("type", game, number_), label, ButtonStyle.PRIMARY),)
    return tuple(Button(button_id("answer", game, number_, place), text) for place, text in enumerate(texts))


def closed_question_card(scene: Scene, *, tells: bool) -> Card:
    """The question's own message once it is over: no buttons; ``tells``: with the right option marked."""
    language = scene.language
    parts: list[Part] = [Text(scene.question.prompt[language], TextStyle.STRONG)]
    if scene.asked.order:
        parts.append(_marked_choices(scene, ()) if tells else _plain_choices(scene))
    parts.append(Text(say(language, "question.closed"), TextStyle.SMALL))
    return Card(CardKind.QUESTION, language, _title(scene, "question.title"), tuple(parts))


def reveal_card(scene: Scene, closed: RoundClosed, *, out: tuple[str, ...]) -> Card:
    """``scene.game`` is the game after the round; ``out`` names who left a ``survival`` with it."""
    language = scene.language
    parts: list[Part] = [Text(scene.question.prompt[language], TextStyle.SMALL)]
    if scene.asked.order:
        parts.append(_marked_choices(scene, closed.awards))
    parts.append(Text(say(language, "reveal.answer", answer=scene.question.answer[language]), TextStyle.STRONG))
    parts += [Text(line) for line in _result_lines(closed, out, language)]
    parts += fact_texts(scene.fact, language)
    source = say(language, "reveal.source", source=source_names(scene.pack, scene.fact, language))
    parts.append(Text(source, TextStyle.SMALL))
    if scene.game.tallies:
        top = ranking(scene.game.tallies)[:TOP_SHOWN]
        parts.append(Ranking(say(language, "reveal.top"), tuple(_running_row(ranked, language) for ranked in top)))
    report = Button(button_id("report", scene.pack.id, scene.question.id), say(language, "reveal.report"))
    tone = Tone.GOOD if any(award.right for award in closed.awards) else Tone.PLAIN
    return Card(CardKind.REVEAL, language, _title(scene, "reveal.title"), tuple(parts), (report,), tone)


def _result_lines(closed: RoundClosed, out: tuple[str, ...], language: Language) -> list[str]:
    lines = [say(language, "reveal.interrupted")] if closed.interrupted else []
    if closed.skipped:
        return [*lines, say(language, "reveal.skipped")]
    right = tuple(award for award in closed.awards if award.right)
    if right:
        lines.append(
            say(language, "reveal.right", names=_names(tuple(_right_player(a, language) for a in right), language))
        )
    else:
        lines.append(say(language, "reveal.nobody" if closed.awards else "reveal.no_answers"))
    if out:
        lines.append(say(language, "reveal.out", count=len(out), names=_names(out, language)))
    return lines


def _right_player(award: Award, language: Language) -> str:
    key = "reveal.player" if award.points else "reveal.player_zero"
    return say(
        language, key, name=award.name, time=seconds(language, award.elapsed_ms), points=number(language, award.points)
    )


def _names(names: tuple[str, ...], language: Language) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return f"{shown} {say(language, 'reveal.more', count=more)}" if more > 0 else shown


def _plain_choices(scene: Scene) -> Choices:
    texts = option_texts(scene.question, scene.asked.order, scene.language)
    return Choices(tuple(Choice(letter, text) for letter, text in zip(LETTERS, texts, strict=False)))


def _marked_choices(scene: Scene, awards: tuple[Award, ...]) -> Choices:
    texts = option_texts(scene.question, scene.asked.order, scene.language)
    chosen = [award.option for award in awards]
    right = scene.asked.right_option
    return Choices(
        tuple(
            Choice(LETTERS[place], text, right=place == right, chosen_by=chosen.count(place))
            for place, text in enumerate(texts)
        )
    )


def _running_row(ranked: Ranked, language: Language) -> RankRow:
    tally = ranked.tally
    return RankRow(f"{ranked.rank}.", tally.name, _points(language, tally.points))


def pause_card(game: Game) -> Card:
    language = game.language
    resume = Button(button_id("resume", game.id), say(language, "pause.resume"), ButtonStyle.PRIMARY)
    return notice(
        language, say(language, "pause.title"), say(language, "pause.body"), tone=Tone.WARNING, buttons=(resume,)
    )


def end_card(game: Game, *, stopped_by: str = "") -> Card:
    """The podium, every player's points and accuracy, and the records of the game."""
    language = game.language
    lines = [_why(game, stopped_by)] if game.ending is not Ending.FINISHED else []
    again = Button(button_id("again", game.id), say(language, "end.again"), ButtonStyle.PRIMARY)
    title = say(language, "end.title")
    if not game.tallies:
        body = tuple(Text(line) for line in (*lines, say(language, "end.nobody")) if line)
        return Card(CardKind.PODIUM, language, title, body, (again,))
    ranked = ranking(game.tallies)
    parts: list[Part] = [Text(_verdict(ranked, language), TextStyle.STRONG), *(Text(line) for line in lines if line)]
    parts.append(Ranking(say(language, "end.final"), tuple(_final_row(r, language) for r in ranked[:MAX_ROWS])))
    if len(ranked) > MAX_ROWS:
        parts.append(Text(say(language, "end.more", count=len(ranked) - MAX_ROWS), TextStyle.SMALL))
    if records := _records(game.tallies, language):
        parts.append(Fields(records))
    return Card(CardKind.PODIUM, language, title, tuple(parts), (again,), Tone.GOOD)


def _why(game: Game, stopped_by: str) -> str:
    if game.ending is Ending.STOPPED and not stopped_by:
        return ""
    return say(game.language, f"end.{game.ending}", name=stopped_by)


def _verdict(ranked: tuple[Ranked, ...], language: Language) -> str:
    best = tuple(r.tally.name for r in ranked if r.rank == 1)
    if not any(r.tally.points for r in ranked):
        return say(language, "end.scoreless")
    if len(ranked) == 1:
        return say(language, "end.solo", name=best[0])
    if len(best) == 1:
        return say(language, "end.winner", name=best[0])
    shown = best[:NAMES_SHOWN]
    return say(language, "end.tie", names=listed(language, shown))


def _final_row(ranked: Ranked, language: Language) -> RankRow:
    tally = ranked.tally
    accuracy = say(language, "end.accuracy", right=tally.right, answers=tally.answers)
    return RankRow(f"{ranked.rank}.", tally.name, _points(language, tally.points), accuracy)


def _records(tallies: tuple[Tally, ...], language: Language) -> tuple[Field, ...]:
    fields = []
    timed = [(tally.fastest_ms, tally.name) for tally in tallies if tally.fastest_ms is not None]
    if timed:
        fastest_ms, name = min(timed)
        value = say(language, "end.fastest_value", name=name, time=seconds(language, fastest_ms))
        fields.append(Field(say(language, "end.fastest"), value))
    longest = max(tallies, key=lambda tally: tally.best_streak)
    if longest.best_streak > 1:
        value = say(language, "end.streak_value", name=longest.name, streak=longest.best_streak)
        fields.append(Field(say(language, "end.streak"), value))
    return tuple(fields)


def _points(language: Language, points: int) -> str:
    return say(language, "points", count=points, points=number(language, points))


def _title(scene: Scene, key: str) -> str:
    return say(scene.language, key, number=scene.round.number, total=len(scene.game.asked))
