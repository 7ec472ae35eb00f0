"""Everything of one community, in SQL. A channel's id begins with its community's and a slash."""

from typing import Final

from sqlalchemy import ColumnElement, delete, select

from bot.domain.ids import CommunityId, GameId
from bot.storage.session import Session
from bot.storage.tables import (
    awards,
    begins,
    channels,
    cursors,
    dailies,
    daily_answers,
    daily_days,
    daily_streaks,
    games,
    guesses,
    players,
    posts,
    recent,
    reports,
    rounds,
    wins,
)

BY_CHANNEL: Final = (
    awards,
    wins,
    cursors,
    recent,
    posts,
    reports,
    daily_days,
    daily_answers,
    daily_streaks,
    dailies,
    games,
)
NAMING: Final = (awards, wins, guesses, reports, daily_answers, daily_streaks)


class SqlCommunities:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def running_games(self, community: CommunityId) -> tuple[GameId, ...]:
        found = select(games.c.id).where(games.c.community == community, ~games.c.ended).order_by(games.c.id)
        return tuple(GameId(row.id) for row in await self._session.all(found))

    async def forget(self, community: CommunityId) -> None:
        theirs = select(games.c.id).where(games.c.community == community)
        for table in (guesses, rounds):
            await self._session.run(delete(table).where(table.c.game.in_(theirs)))
        for table in BY_CHANNEL:
            await self._session.run(delete(table).where(_within(table.c.channel, community)))
        await self._session.run(delete(channels).where(_within(channels.c.id, community)))
        # A name is kept for what its player did elsewhere only.
        used = (select(table.c.player) for table in NAMING)
        await self._session.run(delete(players).where(*(players.c.id.not_in(known) for known in used)))


def _within(channel: ColumnElement[str], community: CommunityId) -> ColumnElement[bool]:
    return begins(channel, f"{community}/")
