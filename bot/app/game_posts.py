"""Which messages follow from a game's events, each with its natural key."""

from datetime import timedelta

from bot.app.game_cards import Scene, closed_question_card, end_card, pause_card, question_card, reveal_card, start_card
from bot.app.library import Library
from bot.domain.game import Game, Phase
from bot.domain.ids import GameId
from bot.domain.moves import Event, GameEnded, GamePaused, HintGiven, RoundClosed, RoundOpened
from bot.ports.cards import Card
from bot.ports.store import Post


def round_key(game: GameId, number: int) -> str:
    """The key, and the subject, of a question's message."""
    return f"round:{game}:{number}"


def start_post(library: Library, game: Game, *, fewer: bool) -> Post:
    pack = library.of_pack(game.pack).pack
    key = f"game:{game.id}:start"
    return Post(key, game.channel, start_card(game, pack, fewer=fewer), subject=f"game:{game.id}")


def posts_of(library: Library, before: Game, after: Game, events: tuple[Event, ...], *, by: str) -> tuple[Post, ...]:
    """In the order in which they are to be seen. ``by`` names who stopped the game."""
    posts: list[Post] = []
    for event in events:
        match event:
            case RoundOpened():
                posts.append(_question(library, after))
            case HintGiven():
                posts.append(_hinted(library, after))
            case RoundClosed():
                posts += _closed(library, before, after, event)
            case GamePaused():
                posts.append(_of_game(after, f"pause:{after.number}", pause_card(after)))
            case GameEnded():
                if before.phase is Phase.ASKING and not any(isinstance(e, RoundClosed) for e in events):
                    posts += _silenced(library, after)
                posts.append(_of_game(after, "end", end_card(after, stopped_by=by)))
            case _:
                pass
    return tuple(posts)


def scene_of_round(library: Library, game: Game) -> Scene:
    """The running or last round with its question and fact; a question that left the pack meanwhile raises ``KeyError``."""
    catalogue = library.of_pack(game.pack)
    assert game.round is not None, "a game that shows a round has one"
    asked = game.asked[game.round.number - 1]
    question = catalogue.question(asked.question)
    fact = catalogue.fact(question.fact) if question else None
    if question is None or fact is None:
        raise KeyError(asked.question)
    return Scene(game, catalogue.pack, game.round, asked, question, fact)


def _question(library: Library, game: Game) -> Post:
    scene = scene_of_round(library, game)
    key = round_key(game.id, game.number)
    # Worth showing until it closes; the moment more is for a message that was slow to be made.
    expires_at = scene.round.closes_at + timedelta(seconds=1)
    return Post(key, game.channel, question_card(scene), subject=key, expires_at=expires_at)


def _hinted(library: Library, game: Game) -> Post:
    key = round_key(game.id, game.number)
    return Post(f"{key}:hint", game.channel, question_card(scene_of_round(library, game)), edits=key)


def _closed(library: Library, before: Game, after: Game, event: RoundClosed) -> tuple[Post, ...]:
    scene = scene_of_round(library, after)
    key = round_key(after.id, after.number)
    were_out = {tally.player for tally in before.tallies if tally.out}
    out = tuple(tally.name for tally in after.tallies if tally.out and tally.player not in were_out)
    return (
        Post(f"{key}:closed", after.channel, closed_question_card(scene, tells=True), edits=key),
        Post(f"{key}:reveal", after.channel, reveal_card(scene, event, out=out), subject=f"game:{after.id}"),
    )


def _silenced(library: Library, game: Game) -> tuple[Post, ...]:
    """The buttons of a question that is stopped go, and its answer stays untold."""
    key = round_key(game.id, game.number)
    try:
        card = closed_question_card(scene_of_round(library, game), tells=False)
    except KeyError:
        return ()
    return (Post(f"{key}:closed", game.channel, card, edits=key),)


def _of_game(game: Game, what: str, card: Card) -> Post:
    return Post(f"game:{game.id}:{what}", game.channel, card, subject=f"game:{game.id}")
