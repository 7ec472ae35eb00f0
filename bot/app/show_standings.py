"""Standings of a channel or community, and a player's own record."""

from collections.abc import Mapping

from bot.app.cards import notice
from bot.app.core import Core, Scene, scene_of
from bot.app.options import Value
from bot.app.phrases import number, say, seconds
from bot.domain.ids import TopicId
from bot.domain.standings import Period, PlayerRecord, Scope, Standing, period_start
from bot.ports.cards import Card, CardKind, Field, Fields, Ranking, RankRow, Text, TextStyle
from bot.ports.chat import Answer, Audience, Call, Reply

ROWS = 10
MIN_ANSWERS_FOR_BEST_TOPIC = 3


async def show_scores(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/quiz scores``."""
    scene = await scene_of(core, call)
    period = Period(str(options.get("period", Period.ALL)))
    scope = Scope(str(options.get("scope", Scope.CHANNEL)))
    async with core.store.view() as work:
        standings = await work.scores.standings(
            community=scene.channel.community,
            channel=scene.channel.id if scope is Scope.CHANNEL else None,
            since=period_start(period, core.clock.now()),
            limit=ROWS,
        )
    return Reply(_board_card(scene, standings, period, scope), Audience.ALL)


async def show_me(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/quiz me``."""
    scene = await scene_of(core, call)
    async with core.store.view() as work:
        record = await work.scores.record(scene.player, scene.channel.community)
    return Reply(_record_card(scene, record))


def _board_card(scene: Scene, standings: tuple[Standing, ...], period: Period, scope: Scope) -> Card:
    language = scene.public
    where, when = say(language, f"board.scope.{scope}"), say(language, f"board.period.{period}")
    title = say(language, "board.title", scope=where, period=when)
    if not standings:
        return Card(CardKind.BOARD, language, title, (Text(say(language, "board.empty")),))
    rows = tuple(
        RankRow(
            f"{standing.rank}.",
            standing.name,
            say(language, "points", count=standing.points, points=number(language, standing.points)),
            say(language, "board.wins", count=standing.wins) if standing.wins else "",
        )
        for standing in standings
    )
    note = Text(say(language, "board.note"), TextStyle.SMALL)
    return Card(CardKind.BOARD, language, title, (Ranking(say(language, "board.heading"), rows), note))


def _record_card(scene: Scene, record: PlayerRecord) -> Card:
    language = scene.private
    title = say(language, "me.title", name=scene.actor.name)
    if not record.answers:
        return notice(language, title, say(language, "me.empty"))
    percent = 100 * record.right // record.answers
    accuracy = say(language, "me.accuracy_value", percent=percent, right=record.right, answers=record.answers)
    fields = [
        Field(say(language, "me.points"), number(language, record.points)),
        Field(say(language, "me.accuracy"), accuracy),
        Field(say(language, "me.games"), say(language, "me.games_value", count=record.games, wins=record.wins)),
        Field(say(language, "me.streak"), str(record.best_streak)),
    ]
    if record.fastest_ms is not None:
        fields.append(Field(say(language, "me.fastest"), seconds(language, record.fastest_ms)))
    if best := _best_topic(record):
        fields.append(Field(say(language, "me.topic"), _topic_name(scene, best)))
    return Card(CardKind.ME, language, title, (Fields(tuple(fields)),))


def _best_topic(record: PlayerRecord) -> TopicId | None:
    """The topic with the best share of right answers, of those with a few answers at least."""
    known = [topic for topic in record.topics if topic.answers >= MIN_ANSWERS_FOR_BEST_TOPIC and topic.right]
    return max(known, key=lambda topic: (topic.right / topic.answers, topic.answers)).topic if known else None


def _topic_name(scene: Scene, wanted: TopicId) -> str:
    topics = (topic for pack in scene.core.library.packs for topic in pack.topics)
    return next((topic.name[scene.private] for topic in topics if topic.id == wanted), wanted)
