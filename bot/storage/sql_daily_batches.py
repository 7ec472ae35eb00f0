"""Many daily posts at once, in SQL: a few statements a batch, whatever its size."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Column, ColumnElement, Row, and_, bindparam, delete, func, select, tuple_, values

from bot.domain.channels import Channel
from bot.domain.daily import Daily, Day, DayAnswer, DayState, DayStreak
from bot.domain.ids import ChannelId, FactId, PlayerId
from bot.domain.selection import Cursor
from bot.ports.daily_batches import CursorKey, DailyChanges, DayKey, LastPost
from bot.storage.session import Session
from bot.storage.sql_dailies import SENT, daily_of, daily_row, day_of, day_row
from bot.storage.sql_games import channel_of
from bot.storage.sql_pools import RECENT_KEPT
from bot.storage.tables import channels as channel_table
from bot.storage.tables import cursors as cursor_table
from bot.storage.tables import dailies, daily_answers, daily_days, daily_streaks
from bot.storage.tables import recent as recent_table

_CAME_TO_NOTHING: Final = (DayState.FAILED, DayState.MISSED, DayState.SKIPPED)


class SqlDailyBatches:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def held(self, channels: Collection[ChannelId]) -> Mapping[ChannelId, Daily]:
        rows = await self._session.all(self._session.passing(_SCHEDULES), {"channels": list(channels)})
        return {ChannelId(row.channel): daily_of(row) for row in rows}

    async def settings(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, Channel]:
        rows = await self._session.all(_SETTINGS, {"channels": [daily.channel for daily in dailies]})
        known = {row.id: channel_of(row) for row in rows}
        return {daily.channel: known.get(daily.channel) or Channel(daily.channel, daily.community) for daily in dailies}

    async def days(self, wanted: Collection[DayKey]) -> Mapping[DayKey, Day]:
        if not wanted:
            return {}
        channels, dates = {channel for channel, _ in wanted}, {day for _, day in wanted}
        rows = await self._session.all(_DAYS, {"channels": list(channels), "dates": list(dates)})
        days = {(ChannelId(row.channel), row.local_date): day_of(row) for row in rows}
        return {key: day for key, day in days.items() if key in wanted}

    async def cursors(self, wanted: Collection[CursorKey]) -> Mapping[CursorKey, Cursor]:
        if not wanted:
            return {}
        channels, pools = {channel for channel, _ in wanted}, {pool for _, pool in wanted}
        rows = await self._session.all(self._session.held(_CURSORS), {"channels": list(channels), "pools": list(pools)})
        return {(ChannelId(row.channel), row.pool): Cursor(row.epoch, row.size, row.drawn, row.offset) for row in rows}

    async def recent(self, channels: Collection[ChannelId]) -> Mapping[ChannelId, tuple[str, ...]]:
        told: defaultdict[ChannelId, list[str]] = defaultdict(list)
        for row in await self._session.all(_RECENT, {"channels": list(channels)}):
            told[ChannelId(row.channel)].append(row.item)
        return {channel: tuple(items[:RECENT_KEPT]) for channel, items in told.items()}

    async def last_posts(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, LastPost]:
        # Held, so that who answers meanwhile waits, and then finds it revealed.
        found = self._session.held(_LAST_DAYS, of=daily_days)
        rows = await self._session.all(found, {"channels": [daily.channel for daily in dailies]})
        asked = {ChannelId(row.channel): row for row in rows if row.question is not None}
        if not asked:
            return {}
        answers = await self._answers([(channel, row.local_date) for channel, row in asked.items()])
        streaks = await self._streaks(answers)
        return {channel: _last_post(row, answers[channel], streaks) for channel, row in asked.items()}

    async def unseen(self, dailies: Sequence[Daily]) -> Mapping[ChannelId, FactId]:
        rows = await self._session.all(_LAST_FACTS, {"channels": [daily.channel for daily in dailies]})
        return {ChannelId(row.channel): FactId(row.fact) for row in rows}

    async def told_days(self, channels: Collection[ChannelId], *, since: date) -> Mapping[DayKey, FactId]:
        found = select(daily_days.c.channel, daily_days.c.local_date, daily_days.c.fact).where(
            daily_days.c.channel.in_(channels),
            daily_days.c.local_date >= since,
            daily_days.c.fact.is_not(None),
            daily_days.c.state.in_(SENT),
        )
        rows = await self._session.all(found)
        return {(ChannelId(row.channel), row.local_date): FactId(row.fact) for row in rows}

    async def write(self, changes: DailyChanges) -> None:
        await self._session.add_missing(daily_days, [day_row(day) for day in changes.missed])
        await self._session.put(daily_days, [day_row(day) for day in (*changes.claimed, *changes.revealed)])
        await self._session.put(daily_streaks, [_streak_row(channel, streak) for channel, streak in changes.streaks])
        await self._session.put(cursor_table, [_cursor_row(*saved) for saved in changes.cursors])
        await self._remember(changes.told)
        await self._session.put(dailies, [daily_row(daily) for daily in changes.dailies])

    async def _answers(self, asked: Collection[DayKey]) -> Mapping[ChannelId, list[DayAnswer]]:
        given = _among(daily_answers.c.channel, daily_answers.c.local_date, asked)
        found = select(daily_answers).where(given).order_by(daily_answers.c.at, daily_answers.c.player)
        answers: defaultdict[ChannelId, list[DayAnswer]] = defaultdict(list)
        for row in await self._session.all(found):
            answer = DayAnswer(PlayerId(row.player), row.name, row.option, row.is_right, row.at)
            answers[ChannelId(row.channel)].append(answer)
        return answers

    async def _streaks(
        self, answers: Mapping[ChannelId, list[DayAnswer]]
    ) -> Mapping[tuple[ChannelId, PlayerId], DayStreak]:
        right = [(channel, answer.player) for channel, given in answers.items() for answer in given if answer.right]
        if not right:
            return {}
        theirs = _among(daily_streaks.c.channel, daily_streaks.c.player, right)
        rows = await self._session.all(select(daily_streaks).where(theirs))
        return {
            (ChannelId(row.channel), PlayerId(row.player)): DayStreak(
                PlayerId(row.player), row.name, row.days, row.last_date
            )
            for row in rows
        }

    async def _remember(self, told: Sequence[tuple[ChannelId, FactId]]) -> None:
        if not told:
            return
        rows = [{"of": channel, "what": fact} for channel, fact in told]
        await self._session.run(_FORGET, rows)
        await self._session.add_missing(recent_table, [{"channel": channel, "item": fact} for channel, fact in told])
        await self._session.run(_TRIM, rows)


def _among(first: Column[Any], second: Column[Any], pairs: Collection[tuple[Any, Any]]) -> ColumnElement[bool]:
    """The pairs are a table of their own: looked for as they are, SQLite asks no index and reads every row instead."""
    wanted = values(Column("first", first.type), Column("second", second.type), name="wanted").data(list(pairs)).cte()
    return tuple_(first, second).in_(select(wanted))


# Made once each: to make a statement costs as much as to run it.
_CHANNELS: Final[BindParameter[Any]] = bindparam("channels", expanding=True)
_SCHEDULES: Final = select(dailies).where(dailies.c.channel.in_(_CHANNELS)).order_by(dailies.c.channel)
_SETTINGS: Final = select(channel_table).where(channel_table.c.id.in_(_CHANNELS))
_DAYS: Final = select(daily_days).where(
    daily_days.c.channel.in_(_CHANNELS), daily_days.c.local_date.in_(bindparam("dates", expanding=True))
)
_CURSORS: Final = (
    select(cursor_table)
    .where(cursor_table.c.channel.in_(_CHANNELS), cursor_table.c.pool.in_(bindparam("pools", expanding=True)))
    .order_by(*cursor_table.primary_key)
)
_RECENT: Final = (
    select(recent_table.c.channel, recent_table.c.item)
    .where(recent_table.c.channel.in_(_CHANNELS))
    .order_by(recent_table.c.channel, recent_table.c.id.desc())
)
_IS_ITS_OWN = recent_table.c.channel == bindparam("of")
_FORGET = delete(recent_table).where(_IS_ITS_OWN, recent_table.c.item == bindparam("what"))
_kept = recent_table.alias("kept")
_oldest_kept = (
    select(_kept.c.id)
    .where(_kept.c.channel == bindparam("of"))
    .order_by(_kept.c.id.desc())
    .offset(RECENT_KEPT - 1)
    .limit(1)
)
_TRIM = delete(recent_table).where(_IS_ITS_OWN, recent_table.c.id < _oldest_kept.scalar_subquery())


_before, _earlier = daily_days.alias("before"), daily_days.alias("earlier")


def _newest(*conditions: ColumnElement[bool]) -> ColumnElement[date]:
    """Before each schedule's next date, the last that is so."""
    is_its_own = _before.c.channel == dailies.c.channel
    newest = select(func.max(_before.c.local_date))
    return (
        newest.where(is_its_own, _before.c.local_date < dailies.c.next_date, *conditions)
        .correlate(dailies)
        .scalar_subquery()
    )


_previous = (
    select(func.max(_earlier.c.local_date))
    .where(
        _earlier.c.channel == daily_days.c.channel,
        _earlier.c.local_date < daily_days.c.local_date,
        _earlier.c.question.is_not(None),
        _earlier.c.state.in_(SENT),
    )
    .correlate(daily_days)
    .scalar_subquery()
)
_is_its_own_day = daily_days.c.channel == dailies.c.channel
_IS_WANTED: Final = dailies.c.channel.in_(_CHANNELS)
_LAST_DAYS: Final = (
    select(daily_days, _previous.label("previous"))
    .select_from(
        dailies.join(daily_days, and_(_is_its_own_day, daily_days.c.local_date == _newest(_before.c.state.in_(SENT))))
    )
    .where(_IS_WANTED)
)
"""The newest day that was posted, and the date of the question before it."""
_LAST_FACTS: Final = (
    select(daily_days.c.channel, daily_days.c.fact)
    .select_from(
        dailies.join(daily_days, and_(_is_its_own_day, daily_days.c.local_date == _newest(_before.c.fact.is_not(None))))
    )
    .where(_IS_WANTED, daily_days.c.state.in_(_CAME_TO_NOTHING))
)


def _last_post(
    row: Row[Any], answers: list[DayAnswer], streaks: Mapping[tuple[ChannelId, PlayerId], DayStreak]
) -> LastPost:
    right = tuple(answer for answer in answers if answer.right)
    known = {
        answer.player: streaks[row.channel, answer.player]
        for answer in right
        if (row.channel, answer.player) in streaks
    }
    previous = date.fromisoformat(row.previous) if isinstance(row.previous, str) else row.previous
    return LastPost(day_of(row), previous, bool(answers), right, known)


def _streak_row(channel: ChannelId, streak: DayStreak) -> dict[str, Any]:
    return {
        "channel": channel,
        "player": streak.player,
        "name": streak.name,
        "days": streak.days,
        "last_date": streak.last_date,
    }


def _cursor_row(channel: ChannelId, pool: str, cursor: Cursor) -> dict[str, Any]:
    return {
        "channel": channel,
        "pool": pool,
        "epoch": cursor.epoch,
        "size": cursor.size,
        "drawn": cursor.drawn,
        "offset": cursor.offset,
    }
