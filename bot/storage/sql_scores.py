"""Awards, wins and standings in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.domain.game import Game
from bot.domain.guesses import Award
from bot.domain.ids import ChannelId, CommunityId, PlayerId, QuestionId, TopicId
from bot.domain.standings import PlayerRecord, Standing, TopicRecord
from bot.storage.session import Session
from bot.storage.tables import awards, players, wins

_RIGHT = case((awards.c.is_right, 1), else_=0)


class SqlScores:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def add_awards(
        self, game: Game, number: int, given: Sequence[Award], *, topic: TopicId, question: QuestionId, at: datetime
    ) -> None:
        # In one order everywhere, so that two games that close with the same players never wait for each other's rows.
        given = sorted(given, key=lambda award: award.player)
        rows = [
            {
                "game": game.id,
                "number": number,
                "player": award.player,
                "channel": game.channel,
                "community": game.community,
                "topic": topic,
                "question": question,
                "is_right": award.right,
                "points": award.points,
                "streak": award.streak,
                "elapsed_ms": award.elapsed_ms,
                "at": at,
            }
            for award in given
        ]
        await self._session.put(awards, rows)
        await self._session.put(players, [{"id": award.player, "name": award.name} for award in given])

    async def add_wins(self, game: Game, winners: Sequence[PlayerId], *, at: datetime) -> None:
        row = {"game": game.id, "channel": game.channel, "community": game.community, "at": at}
        await self._session.put(wins, [row | {"player": player} for player in sorted(set(winners))])

    async def standings(
        self, *, community: CommunityId, channel: ChannelId | None, since: datetime | None, limit: int
    ) -> tuple[Standing, ...]:
        points = func.sum(awards.c.points)
        summed = (
            select(
                awards.c.player,
                points.label("points"),
                func.sum(_RIGHT).label("right"),
                func.count().label("answers"),
                func.rank().over(order_by=points.desc()).label("rank"),
            )
            .where(*_within(awards.c, community, channel, since))
            .group_by(awards.c.player)
            .subquery()
        )
        won = (
            select(func.count())
            .where(wins.c.player == summed.c.player, *_within(wins.c, community, channel, since))
            .scalar_subquery()
        )
        found = (
            select(summed, players.c.name, won.label("wins"))
            .join(players, players.c.id == summed.c.player)
            .order_by(summed.c.points.desc(), func.lower(players.c.name), summed.c.player)
            .limit(limit)
        )
        return tuple(
            Standing(row.rank, PlayerId(row.player), row.name, int(row.points), int(row.right), row.answers, row.wins)
            for row in await self._session.all(found)
        )

    async def record(self, player: PlayerId, community: CommunityId) -> PlayerRecord:
        mine = (awards.c.player == player, awards.c.community == community)
        by_topic = await self._session.all(
            select(
                awards.c.topic,
                func.sum(awards.c.points).label("points"),
                func.sum(_RIGHT).label("right"),
                func.count().label("answers"),
                func.max(awards.c.streak).label("streak"),
                func.min(case((awards.c.is_right, awards.c.elapsed_ms))).label("fastest_ms"),
            )
            .where(*mine)
            .group_by(awards.c.topic)
            .order_by(awards.c.topic)
        )
        games = await self._session.one(select(func.count(awards.c.game.distinct())).where(*mine))
        won = await self._session.one(
            select(func.count()).where(wins.c.player == player, wins.c.community == community)
        )
        return PlayerRecord(
            points=sum(int(row.points) for row in by_topic),
            right=sum(int(row.right) for row in by_topic),
            answers=sum(row.answers for row in by_topic),
            games=games[0] if games else 0,
            wins=won[0] if won else 0,
            best_streak=max((row.streak for row in by_topic), default=0),
            fastest_ms=min((row.fastest_ms for row in by_topic if row.fastest_ms is not None), default=None),
            topics=tuple(TopicRecord(TopicId(row.topic), int(row.right), row.answers) for row in by_topic),
        )


def _within(
    columns: ReadOnlyColumnCollection[str, Any],
    community: CommunityId,
    channel: ChannelId | None,
    since: datetime | None,
) -> tuple[ColumnElement[bool], ...]:
    # A channel is of one community only; asked for both, SQLite would go through the larger one.
    where = [columns.community == community if channel is None else columns.channel == channel]
    if since is not None:
        where.append(columns.at >= since)
    return tuple(where)
