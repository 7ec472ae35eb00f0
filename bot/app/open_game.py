"""Start a quiz in a channel, or play the last one again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from bot.app.cards import notice, refusal_card
from bot.app.change_game import follow
from bot.app.core import Core, Scene, scene_of
from bot.app.game_posts import round_key, start_post
from bot.app.library import questions_pool
from bot.app.naming import THIS_WEEK, find_quiz_topic
from bot.app.options import Value
from bot.app.phrases import say
from bot.app.questions import shuffle
from bot.domain.catalogue import KINDS
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Question
from bot.domain.game import Game, Phase, opened
from bot.domain.ids import GameId
from bot.domain.rules import AnswerStyle, Mode, Rules
from bot.ports.cards import Button, ButtonStyle, Card, Tone
from bot.ports.chat import Answer, Call, Press, Reply
from bot.ports.store import Work

GAME_ID_LENGTH = 10
A_WEEK = timedelta(days=7)


async def start(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/quiz start``: options that are not given are the channel's."""
    scene = await scene_of(core, call)
    rules = _rules(scene, options)
    return Reply(refusal_card(scene.private, rules)) if isinstance(rules, Refused) else await _open(scene, rules)


async def play_again(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:again:<game>``: the same rules, other questions."""
    scene = await scene_of(core, press)
    async with core.store.view() as work:
        stored = await work.games.load(GameId(arguments[0]))
    if stored is None or stored.game.channel != press.place.channel:
        return Reply(refusal_card(scene.private, Refused(Reason.UNKNOWN_BUTTON)))
    return await _open(scene, stored.game.rules)


def _rules(scene: Scene, options: Mapping[str, Value]) -> Rules | Refused:
    rules = scene.channel.quiz
    for name, value in options.items():
        match name:
            case "questions":
                rules = replace(rules, questions=int(value))
            case "seconds":
                rules = replace(rules, seconds=int(value))
            case "answers":
                rules = replace(rules, answers=AnswerStyle(str(value)))
            case "mode":
                rules = replace(rules, mode=Mode(str(value)))
            case "topic":
                topic = find_quiz_topic(scene.catalogue.pack.topics, str(value), scene.private)
                if isinstance(topic, Refused):
                    return topic
                rules = replace(rules, topic=topic)
            case _:
                pass
    return rules


@dataclass(frozen=True, slots=True)
class _Opened:
    game: Game
    is_new: bool


async def _open(scene: Scene, rules: Rules) -> Answer:
    if scene.cannot_post:
        return Reply(refusal_card(scene.private, scene.cannot_post))
    fitting = await _fitting(scene, rules)
    if isinstance(fitting, Refused):
        return Reply(refusal_card(scene.private, fitting))
    async with scene.core.store.begin() as work:
        if not await work.seen.first(scene.inbound.dedupe_key, now=scene.core.clock.now()):
            return None
        opened_game = await _add(scene, work, rules, fitting)
    if not opened_game.is_new:
        return Reply(await _already_running(scene, opened_game.game))
    scene.core.games.keep(opened_game.game, 1)
    follow(scene.core, opened_game.game)
    return Reply(notice(scene.private, say(scene.private, "start.reply"), tone=Tone.GOOD))


async def _fitting(scene: Scene, rules: Rules) -> tuple[Question, ...] | Refused:
    catalogue, spoilers, kinds = scene.catalogue, scene.channel.spoilers, KINDS[rules.answers]
    if rules.topic != THIS_WEEK:
        return catalogue.questions(spoilers, topic=rules.topic, kinds=kinds) or Refused(Reason.NO_QUESTIONS)
    async with scene.core.store.view() as work:
        told = await work.dailies.told_since(scene.channel.id, scene.core.clock.now() - A_WEEK)
    if not told:
        return Refused(Reason.NOTHING_POSTED)
    asked = (catalogue.questions_on(fact, spoilers, kinds=kinds) for fact in dict.fromkeys(told))
    return tuple(chain.from_iterable(asked)) or Refused(Reason.NO_QUESTIONS)


async def _add(scene: Scene, work: Work, rules: Rules, fitting: tuple[Question, ...]) -> _Opened:
    core, pack = scene.core, scene.catalogue.pack
    running = await work.games.running_in(scene.channel.id)
    if running is not None:
        return _Opened(running.game, is_new=False)
    drawn = await _drawn(scene, work, rules, fitting)
    by_id = {str(question.id): question for question in fitting}
    game = opened(
        Game(
            id=GameId(core.chance.token(GAME_ID_LENGTH)),
            channel=scene.channel.id,
            community=scene.channel.community,
            host=scene.player,
            host_name=scene.actor.name,
            language=scene.public,
            pack=pack.id,
            rules=rules,
            asked=tuple(shuffle(by_id[question], core.chance) for question in drawn if question in by_id),
            opened_at=core.clock.now(),
        )
    )
    if not await work.games.add(game):
        other = await work.games.running_in(scene.channel.id)
        assert other is not None, "the channel's one unique row is taken by a running game"
        return _Opened(other.game, is_new=False)
    fewer = len(game.asked) < rules.questions
    await work.posts.add((start_post(core.library, game, fewer=fewer),), now=core.clock.now())
    return _Opened(game, is_new=True)


async def _drawn(scene: Scene, work: Work, rules: Rules, fitting: tuple[Question, ...]) -> tuple[str, ...]:
    """Two questions on one fact would answer each other: a game asks one of them."""
    core = scene.core
    facts = {str(question.id): str(question.fact) for question in fitting}
    if rules.topic == THIS_WEEK:
        # Its pool is another one every day, so there is no order to go on in.
        shuffled = [fitting[place] for place in core.chance.shuffled(range(len(fitting)))]
        one_a_fact = {question.fact: str(question.id) for question in shuffled}
        return tuple(one_a_fact.values())[: rules.questions]
    pool = questions_pool(scene.channel.spoilers, rules.answers, topic=rules.topic)
    pack = scene.catalogue.pack.id
    drawn, _ = await core.library.next_of(work, scene.channel.id, pool, facts, pack=pack, count=rules.questions)
    return drawn


async def _already_running(scene: Scene, game: Game) -> Card:
    language = scene.private
    if game.phase is Phase.STARTING:
        text, key = say(language, "game.starting"), f"game:{game.id}:start"
    else:
        text = say(language, "game.running", number=game.number, total=len(game.asked))
        key = round_key(game.id, game.number)
    return notice(language, text, tone=Tone.WARNING, buttons=await _link_to(scene, game, key))


async def _link_to(scene: Scene, game: Game, key: str) -> tuple[Button, ...]:
    gateway = scene.core.outbox.gateway_of(game.channel)
    message = await scene.core.outbox.message_of(key)
    address = gateway.link(game.channel, message) if gateway and message else None
    if address is None:
        return ()
    return (Button("link", say(scene.private, "game.open_link"), ButtonStyle.SECONDARY, address),)
