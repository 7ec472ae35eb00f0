"""Players, reports, deliveries seen, notes and the browser rooms, in SQL."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from bot.domain.game import Game
from bot.domain.ids import ChannelId, GameId, PlayerId, QuestionId
from bot.ports.store import RoomMessage
from bot.storage.codec import decode_game, encode_game, encode_id, without_player
from bot.storage.session import Session
from bot.storage.tables import (
    awards,
    begins,
    dailies,
    daily_answers,
    daily_streaks,
    games,
    guesses,
    notes,
    players,
    reports,
    room_members,
    room_messages,
    seen,
    wins,
)

SEEN_KEPT: Final = timedelta(days=2)


class SqlPlayers:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def forget(self, player: PlayerId, *, alias: str) -> None:
        # Games first, as where a round is closed: two who took rows in different orders would wait for each other.
        named = games.c.state.contains(encode_id(player), autoescape=True)
        for row in await self._session.all(self._session.held(select(games.c.id, games.c.state).where(named))):
            await self._rename(GameId(row.id), decode_game(row.state), player, alias)
        for table in (guesses, awards, wins, reports, daily_answers, daily_streaks, room_members):
            await self._session.run(delete(table).where(table.c.player == player))
        await self._session.run(delete(players).where(players.c.id == player))
        await self._session.run(delete(room_messages).where(room_messages.c.author == player))
        await self._session.run(update(dailies).where(dailies.c.set_by == player).values(set_by_name=alias))

    async def _rename(self, game_id: GameId, game: Game, player: PlayerId, alias: str) -> None:
        """Whoever has the game at hand finds that it changed, and reads it again."""
        renamed = without_player(game, player, alias)
        if renamed != game:
            values = {"state": encode_game(renamed), "version": games.c.version + 1}
            await self._session.run(update(games).where(games.c.id == game_id).values(values))


class SqlReports:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self, *, question: QuestionId, channel: ChannelId, player: PlayerId, text: str, at: datetime, dedupe_key: str
    ) -> None:
        row = {"question": question, "channel": channel, "player": player, "text": text, "at": at}
        await self._session.add_new(reports, row | {"dedupe_key": dedupe_key})


class SqlSeen:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def first(self, dedupe_key: str, *, now: datetime) -> bool:
        return await self._session.add_new(seen, {"key": dedupe_key, "at": now})

    async def prune(self, *, now: datetime) -> None:
        await self._session.run(delete(seen).where(seen.c.at < now - SEEN_KEPT))


class SqlNotes:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, key: str) -> str | None:
        row = await self._session.one(select(notes.c.value).where(notes.c.key == key))
        return row.value if row else None

    async def put(self, key: str, value: str) -> None:
        await self._session.put(notes, [{"key": key, "value": value}])

    async def remove(self, key: str) -> None:
        await self._session.run(delete(notes).where(notes.c.key == key))

    async def starting(self, prefix: str) -> tuple[tuple[str, str], ...]:
        found = select(notes).where(begins(notes.c.key, prefix)).order_by(notes.c.key)
        return tuple((row.key, row.value) for row in await self._session.all(found))


class SqlRooms:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def append(self, room: str, *, key: str, author: str, body: str, at: datetime) -> RoomMessage:
        row = {"room": room, "key": key, "author": author, "body": body, "at": at}
        await self._session.add_new(room_messages, row)
        found = await self._session.one(
            select(room_messages).where(room_messages.c.room == room, room_messages.c.key == key)
        )
        assert found is not None, "it was there before, or is now"
        return RoomMessage(found.id, found.room, found.author, found.body, found.at)

    async def change(self, message: int, body: str) -> RoomMessage | None:
        await self._session.run(update(room_messages).where(room_messages.c.id == message).values(body=body))
        row = await self._session.one(select(room_messages).where(room_messages.c.id == message))
        return RoomMessage(row.id, row.room, row.author, row.body, row.at) if row else None

    async def latest(self, room: str, limit: int) -> tuple[RoomMessage, ...]:
        found = select(room_messages).where(room_messages.c.room == room).order_by(room_messages.c.id.desc())
        rows = await self._session.all(found.limit(limit))
        return tuple(RoomMessage(row.id, row.room, row.author, row.body, row.at) for row in reversed(rows))

    async def enter(self, room: str, player: PlayerId, *, name: str, at: datetime) -> PlayerId:
        await self._session.add_new(room_members, {"room": room, "player": player, "name": name, "at": at})
        first = select(room_members.c.player).where(room_members.c.room == room).order_by(room_members.c.id).limit(1)
        row = await self._session.one(first)
        return PlayerId(row.player) if row else player

    async def name_of(self, room: str, player: PlayerId) -> str | None:
        found = select(room_members.c.name).where(room_members.c.room == room, room_members.c.player == player)
        row = await self._session.one(found)
        return row.name if row else None
