"""A game moves by itself: its time has come, everyone has answered, or its message was delivered or lost."""

from datetime import datetime, timedelta
from typing import Final

from bot.app.change_game import change_game
from bot.app.core import Core
from bot.app.game_cards import question_card
from bot.app.game_posts import round_key, scene_of_round
from bot.domain.errors import Reason, Refused
from bot.domain.game import Game, Phase
from bot.domain.ids import GameId
from bot.domain.moves import Advance, CloseRound, Command, Ending, MarkShown, Stop
from bot.domain.rules import PAUSE_LIMIT
from bot.ports.cards import Card
from bot.ports.store import Work

INTERRUPTED_AFTER: Final = timedelta(seconds=3)
"""A deadline noticed later than this passed while the bot was away."""


async def advance_game(core: Core, game_id: GameId) -> None:
    """What the game's alarm rings for; does nothing if it rang too early or for nothing."""

    async def choose(work: Work, game: Game) -> tuple[Command, ...] | Refused:
        return await _due(core, work, game)

    outcome = await change_game(core, game_id, choose)
    if isinstance(outcome, Refused) and (game := await core.games.refresh(game_id)) is not None:
        core.alarms.set(game_id, game.wake_at)


async def _due(core: Core, work: Work, game: Game) -> tuple[Command, ...] | Refused:
    now = core.clock.now()
    if game.wake_at is None or now < game.wake_at:
        return Refused(Reason.NOT_NOW)
    late = now - game.wake_at
    # After so long nobody waits for the next question: the game ends with its scores, as a pause does.
    stale = late > PAUSE_LIMIT
    if _question_is_gone(core, game):
        return (Stop(Ending.ABANDONED),)
    if game.phase is Phase.ASKING:
        guesses = await work.guesses.of_round(game.id, game.number)
        close = CloseRound(game.number, guesses, interrupted=late > INTERRUPTED_AFTER)
        return (close, Stop(Ending.ABANDONED)) if stale else (close,)
    if stale:
        return (Stop(Ending.ABANDONED),)
    return (Advance(),)


def _question_is_gone(core: Core, game: Game) -> bool:
    """Whether the running question, or the one that is to be asked, has left the pack since the game began."""
    place = game.number - 1 if game.phase is Phase.ASKING else game.number
    if place >= len(game.asked):
        return False
    return core.library.of_pack(game.pack).question(game.asked[place].question) is None


async def refresh_round(core: Core, game_id: GameId) -> None:
    """After answers: closes the round if everyone active has answered, else shows how many have."""
    game = await core.games.find(game_id)
    if game is None or game.phase is not Phase.ASKING:
        return
    number = game.number
    async with core.store.view() as work:
        guesses = await work.guesses.of_round(game_id, number)
    answered = {guess.player for guess in guesses}
    if game.active() and game.active() <= answered:
        await _close_early(core, game_id, number)
        return

    async def build() -> Card | None:
        now = await core.games.find(game_id)
        if now is None or now.phase is not Phase.ASKING or now.number != number:
            return None
        return question_card(scene_of_round(core.library, now), answered=len(answered))

    core.outbox.edit_soon(game.channel, round_key(game_id, number), build)


async def _close_early(core: Core, game_id: GameId, number: int) -> None:
    async def choose(work: Work, game: Game) -> tuple[Command, ...] | Refused:
        guesses = await work.guesses.of_round(game_id, number)
        if game.phase is not Phase.ASKING or game.number != number or not game.active() <= {g.player for g in guesses}:
            return Refused(Reason.NOT_NOW)
        return (CloseRound(number, guesses),)

    await change_game(core, game_id, choose)


async def mark_shown(core: Core, game_id: GameId, number: int, at: datetime) -> None:
    """The question's message stands on the platform: speed counts from its own time stamp."""

    async def choose(_: Work, __: Game) -> tuple[Command, ...]:
        return (MarkShown(number, at),)

    await change_game(core, game_id, choose)


async def lose_channel(core: Core, game_id: GameId) -> None:
    """The game's channel cannot be posted to any more: it ends with its scores, and nobody is stuck."""

    async def choose(_: Work, __: Game) -> tuple[Command, ...]:
        return (Stop(Ending.CHANNEL_LOST),)

    await change_game(core, game_id, choose)
