"""Stop, skip, hint and resume: what people do to a running game."""

from collections.abc import Mapping

from bot.app.cards import notice, refusal_card
from bot.app.change_game import Changed, change_game
from bot.app.core import Core, Scene, scene_of
from bot.app.game_posts import scene_of_round
from bot.app.options import Value
from bot.app.phrases import say
from bot.app.questions import hint_text
from bot.domain.errors import Reason, Refused
from bot.domain.game import Game, Phase
from bot.domain.ids import GameId
from bot.domain.moves import CastVote, Command, Resume, Stop, Vote, VoteCast
from bot.ports.cards import Tone
from bot.ports.chat import Answer, Call, Press, Reply
from bot.ports.store import Work


async def stop(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/quiz stop``: by the host or a manager."""
    scene = await scene_of(core, call)
    game = await _running(scene)
    if game is None:
        return _refuse(scene, Refused(Reason.NO_GAME))
    if not _may_decide(scene, game):
        managers = call.place.managers or say(scene.private, "managers.default")
        who = say(scene.private, "stop.who", host=game.host_name, managers=managers)
        return _refuse(scene, Refused(Reason.NOT_ALLOWED, {"who": who}))

    async def choose(_: Work, __: Game) -> tuple[Command, ...]:
        return (Stop(),)

    outcome = await change_game(core, game.id, choose, by=scene.actor.name)
    if isinstance(outcome, Refused):
        return _refuse(scene, outcome)
    return Reply(notice(scene.private, say(scene.private, "stop.reply"), tone=Tone.GOOD))


async def skip(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/quiz skip``: at once by the host or a manager, else by vote."""
    return await _vote(await scene_of(core, call), Vote.SKIP)


async def hint(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/quiz hint``: likewise; the hint is for everyone."""
    return await _vote(await scene_of(core, call), Vote.HINT)


async def resume(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:resume:<game>``: by anyone."""
    scene = await scene_of(core, press)

    async def choose(_: Work, game: Game) -> tuple[Command, ...] | Refused:
        if game.channel != press.place.channel:
            return Refused(Reason.UNKNOWN_BUTTON)
        if game.phase not in {Phase.PAUSED, Phase.ENDED}:
            return Refused(Reason.NOT_PAUSED)
        return (Resume(),)

    outcome = await change_game(core, GameId(arguments[0]), choose)
    if isinstance(outcome, Refused):
        return _refuse(scene, outcome)
    return Reply(notice(scene.private, say(scene.private, "resume.reply"), tone=Tone.GOOD))


async def _vote(scene: Scene, vote: Vote) -> Answer:
    core = scene.core
    running = await _running(scene)
    if running is None:
        return _refuse(scene, Refused(Reason.NO_GAME))

    async def choose(_: Work, game: Game) -> tuple[Command, ...] | Refused:
        if vote is Vote.HINT and game.phase is Phase.ASKING and not _has_hint(core, game):
            return Refused(Reason.NO_HINT)
        return (CastVote(vote, scene.player, decisive=_may_decide(scene, game)),)

    outcome = await change_game(core, running.id, choose)
    if isinstance(outcome, Refused):
        return _refuse(scene, outcome)
    return _voted(scene, vote, outcome)


def _voted(scene: Scene, vote: Vote, changed: Changed) -> Reply:
    missing = next((event.missing for event in changed.events if isinstance(event, VoteCast)), 0)
    language = scene.private
    if not missing:
        return Reply(notice(language, say(language, f"{vote}.reply"), tone=Tone.GOOD))
    # The others see on the question itself that somebody asks for their vote.
    scene.core.live.touch(changed.game.id, interval_s=1.0)
    return Reply(notice(language, say(language, f"vote.{vote}", count=missing)))


def _has_hint(core: Core, game: Game) -> bool:
    scene = scene_of_round(core.library, game)
    return hint_text(scene.question, scene.asked, game.language) is not None


async def _running(scene: Scene) -> Game | None:
    async with scene.core.store.view() as work:
        stored = await work.games.running_in(scene.channel.id)
    return stored.game if stored else None


def _may_decide(scene: Scene, game: Game) -> bool:
    return scene.actor.is_manager or scene.player == game.host


def _refuse(scene: Scene, refused: Refused) -> Reply:
    return Reply(refusal_card(scene.private, refused))
