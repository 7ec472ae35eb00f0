"""Games and cards as JSON columns. What is read back is equal to what was written."""

from dataclasses import replace
from itertools import count
from typing import Any, Final

import msgspec

from bot.domain.game import Game, Round
from bot.domain.ids import PlayerId
from bot.domain.language import Language
from bot.ports.cards import (
    Button,
    Card,
    CardKind,
    Choices,
    Countdown,
    Fields,
    Part,
    Ranking,
    Text,
    Tone,
)

_PARTS: Final[dict[str, type[Part]]] = {
    "text": Text,
    "choices": Choices,
    "countdown": Countdown,
    "ranking": Ranking,
    "fields": Fields,
}
_NAMES: Final = {kind: name for name, kind in _PARTS.items()}
_games: Final = msgspec.json.Decoder(Game)


def encode_game(game: Game) -> str:
    return msgspec.json.encode(game).decode()


def decode_game(text: str) -> Game:
    return _games.decode(text)


def encode_id(player: PlayerId) -> str:
    """As it stands in a game's JSON, quotes and all."""
    return msgspec.json.encode(player).decode()


def encode_card(card: Card) -> str:
    parts = [{"part": _NAMES[type(part)], **msgspec.to_builtins(part)} for part in card.parts]
    rest = {
        "kind": card.kind,
        "language": card.language,
        "title": card.title,
        "tone": card.tone,
        "buttons": card.buttons,
    }
    return msgspec.json.encode(rest | {"parts": parts}).decode()


def decode_card(text: str) -> Card:
    raw: dict[str, Any] = msgspec.json.decode(text)
    return Card(
        kind=CardKind(raw["kind"]),
        language=Language(raw["language"]),
        title=raw["title"],
        parts=tuple(_part(part) for part in raw["parts"]),
        buttons=msgspec.convert(raw["buttons"], tuple[Button, ...]),
        tone=Tone(raw["tone"]),
    )


def _part(raw: dict[str, Any]) -> Part:
    kind = _PARTS[raw.pop("part")]
    return msgspec.convert(raw, kind)


def without_player(game: Game, player: PlayerId, alias: str) -> Game:
    """The game with a stand-in where the player was; their points and votes stay in it, for the others' sake."""
    nobody = _stand_in(game)
    tallies = tuple(
        replace(tally, player=nobody, name=alias) if tally.player == player else tally for tally in game.tallies
    )
    asked = None if game.round is None else _without_voter(game.round, player, nobody)
    changed = replace(game, tallies=tallies, round=asked)
    return replace(changed, host=nobody, host_name=alias) if game.host == player else changed


def _stand_in(game: Game) -> PlayerId:
    """Nobody's, and not that of somebody else who was forgotten here."""
    known = {game.host, *(tally.player for tally in game.tallies)}
    known |= game.round.hint_votes | game.round.skip_votes if game.round else set()
    return next(PlayerId(f"forgotten/{n}") for n in count() if f"forgotten/{n}" not in known)


def _without_voter(asked: Round, player: PlayerId, nobody: PlayerId) -> Round:
    hints, skips = (
        frozenset(nobody if voter == player else voter for voter in votes)
        for votes in (asked.hint_votes, asked.skip_votes)
    )
    return replace(asked, hint_votes=hints, skip_votes=skips)
