"""The one way in which a game changes: load, decide, save with what follows from it in one transaction, then show."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from bot.app.core import Core
from bot.app.game_posts import posts_of
from bot.domain.errors import LalabotError, Reason, Refused
from bot.domain.game import Game, decide, evolve
from bot.domain.ids import GameId
from bot.domain.moves import Command, Event, GameEnded, RoundClosed
from bot.domain.tallies import winners
from bot.ports.store import Work

TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class Changed:
    game: Game
    events: tuple[Event, ...]


Choose = Callable[[Work, Game], Awaitable[tuple[Command, ...] | Refused]]
"""Which commands to give to the game as it stands, from inside the transaction."""


async def change_game(core: Core, game_id: GameId, choose: Choose, *, by: str = "") -> Changed | Refused:
    """Gives a game the chosen commands, one after the other; tries again if another process was faster.

    ``by`` names who did it, for the messages that say so. A refusal of any command changes nothing.
    """
    for _ in range(TRIES):
        outcome = await _try(core, game_id, choose, by)
        if outcome is not None:
            return outcome
    raise LalabotError(f"game {game_id} could not be saved: {TRIES} times somebody else was faster")


async def _try(core: Core, game_id: GameId, choose: Choose, by: str) -> Changed | Refused | None:
    now = core.clock.now()
    async with core.store.begin() as work:
        stored = await work.games.load(game_id)
        if stored is None:
            return Refused(Reason.GAME_OVER)
        commands = await choose(work, stored.game)
        if isinstance(commands, Refused):
            return commands
        game, events = stored.game, tuple[Event, ...]()
        for command in commands:
            decision = decide(game, command, now)
            if isinstance(decision, Refused):
                return decision
            game, events = reduce(evolve, decision, game), events + decision
        if not await work.games.save(game, version=stored.version):
            return None
        await _record(core, work, game, events)
        await work.posts.add(posts_of(core.library, stored.game, game, events, by=by), now=now)
    core.games.keep(game, stored.version + 1)
    follow(core, game)
    return Changed(game, events)


async def _record(core: Core, work: Work, game: Game, events: tuple[Event, ...]) -> None:
    """What the standings count."""
    for event in events:
        if isinstance(event, RoundClosed) and event.awards:
            catalogue = core.library.of_pack(game.pack)
            question = catalogue.question(game.asked[game.number - 1].question)
            if question is not None:
                topic = catalogue.topic_of(question)
                await work.scores.add_awards(
                    game, game.number, event.awards, topic=topic, question=question.id, at=event.at
                )
        elif isinstance(event, GameEnded):
            won = tuple(tally.player for tally in winners(game.tallies))
            await work.scores.add_wins(game, won, at=event.at)


def follow(core: Core, game: Game) -> None:
    """Once a game is saved: set its alarm, and send what it owes."""
    core.alarms.set(game.id, game.wake_at)
    if game.wake_at is None:
        core.live.forget(game.id)
    core.outbox.kick(game.channel)
