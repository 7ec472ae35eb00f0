"""Channels, games, rounds and guesses in SQL."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, select, text, update

from bot.domain.channels import Channel
from bot.domain.facts import Spoiler
from bot.domain.game import Game, Phase
from bot.domain.guesses import Guess
from bot.domain.ids import ChannelId, CommunityId, GameId, PackId, PlayerId
from bot.domain.language import Language
from bot.domain.rules import Rules
from bot.ports.store import StoredGame
from bot.storage.codec import decode_game, encode_game
from bot.storage.session import Session
from bot.storage.tables import channels, games, guesses, rounds


class SqlChannels:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def load(self, channel: ChannelId, community: CommunityId) -> Channel:
        row = await self._session.one(select(channels).where(channels.c.id == channel))
        return Channel(channel, community) if row is None else channel_of(row)

    async def save(self, channel: Channel) -> None:
        row = {
            "id": channel.id,
            "community": channel.community,
            "language": channel.language,
            "spoilers": channel.spoilers,
            "pack": channel.pack,
            "quiz": msgspec.json.encode(channel.quiz).decode(),
        }
        await self._session.put(channels, [row])


def channel_of(row: Row[Any]) -> Channel:
    return Channel(
        ChannelId(row.id),
        CommunityId(row.community),
        language=Language(row.language) if row.language else None,
        spoilers=Spoiler(row.spoilers),
        quiz=msgspec.json.decode(row.quiz, type=Rules),
        pack=PackId(row.pack) if row.pack else None,
    )


class SqlGames:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, game: Game) -> bool:
        row = {"id": game.id, "channel": game.channel, "community": game.community, "version": 1} | _state(game)
        if not await self._session.add_new(games, row):
            return False
        await self._save_round(game)
        return True

    async def load(self, game: GameId) -> StoredGame | None:
        return _stored(await self._session.one(select(games.c.state, games.c.version).where(games.c.id == game)))

    async def running_in(self, channel: ChannelId) -> StoredGame | None:
        found = select(games.c.state, games.c.version).where(games.c.channel == channel, text("NOT games.ended"))
        return _stored(await self._session.one(found))

    async def save(self, game: Game, *, version: int) -> bool:
        changed = await self._session.run(
            update(games)
            .where(games.c.id == game.id, games.c.version == version)
            .values(version=version + 1, **_state(game))
        )
        if not changed.rowcount:
            return False
        await self._save_round(game)
        return True

    async def waking(self, *, until: datetime | None, limit: int = 1000) -> tuple[tuple[GameId, datetime], ...]:
        found = select(games.c.id, games.c.wake_at).where(games.c.wake_at.is_not(None))
        if until is not None:
            found = found.where(games.c.wake_at <= until)
        rows = await self._session.all(found.order_by(games.c.wake_at).limit(limit))
        return tuple((GameId(row.id), row.wake_at) for row in rows)

    async def _save_round(self, game: Game) -> None:
        if game.round is not None:
            row = {
                "game": game.id,
                "number": game.number,
                "is_open": game.phase is Phase.ASKING,
                "closes_at": game.round.closes_at,
            }
            await self._session.put(rounds, [row])


class SqlGuesses:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def of_round(self, game: GameId, number: int) -> tuple[Guess, ...]:
        if self._session.holds:
            # A guess shares its round's row, so it waits for whoever is about to close the round. The game's row comes first, as in
            # ``save``: two who took the two in different orders would wait for each other.
            await self._session.one(self._session.held(select(games.c.id).where(games.c.id == game)))
            of_round = select(rounds.c.number).where(rounds.c.game == game, rounds.c.number == number)
            await self._session.one(self._session.held(of_round))
        found = select(guesses).where(guesses.c.game == game, guesses.c.number == number)
        rows = await self._session.all(found.order_by(guesses.c.at, guesses.c.player))
        return tuple(
            Guess(
                game=GameId(row.game),
                number=row.number,
                player=PlayerId(row.player),
                name=row.name,
                option=row.option,
                text=row.text,
                right=row.is_right,
                elapsed_ms=row.elapsed_ms,
                at=row.at,
                dedupe_key=row.dedupe_key,
            )
            for row in rows
        )


def _state(game: Game) -> dict[str, object]:
    return {"ended": game.phase is Phase.ENDED, "wake_at": game.wake_at, "state": encode_game(game)}


def _stored(row: Row[Any] | None) -> StoredGame | None:
    return None if row is None else StoredGame(decode_game(row.state), row.version)
