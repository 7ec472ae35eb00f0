"""The daily posts in SQL."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.domain.calendar import Occurrence, Schedule, Weekday, ZoneId
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayAnswer, DayState, DayStreak
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, FactId, PackId, PlayerId, QuestionId
from bot.domain.language import Language
from bot.storage.session import Session
from bot.storage.tables import dailies, daily_answers, daily_days, daily_streaks

_SENT = (DayState.POSTED, DayState.LATE, DayState.UNCERTAIN)


class SqlDailies:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def load(self, channel: ChannelId) -> Daily | None:
        row = await self._session.one(self._session.held(select(dailies).where(dailies.c.channel == channel)))
        return _daily(row) if row else None

    async def save(self, daily: Daily) -> None:
        schedule = daily.schedule
        row = {
            "channel": daily.channel,
            "community": daily.community,
            "time": schedule.time.isoformat(),
            "zone": schedule.zone,
            "weekdays": ",".join(day for day in Weekday if day in schedule.weekdays),
            "kind": daily.kind,
            "state": daily.state,
            "set_by": daily.set_by,
            "set_by_name": daily.set_by_name,
            "language": daily.language,
            "next_date": daily.next.local_date,
            "next_run_at": daily.next.at,
            "zone_data": daily.zone_data,
            "failures": daily.failures,
        }
        await self._session.put(dailies, [row])

    async def remove(self, channel: ChannelId) -> None:
        await self._session.run(delete(dailies).where(dailies.c.channel == channel))

    async def due(self, *, now: datetime, limit: int) -> tuple[Daily, ...]:
        found = select(dailies).where(dailies.c.state == DailyState.ON, dailies.c.next_run_at <= now)
        ordered = found.order_by(dailies.c.next_run_at).limit(limit)
        return tuple(_daily(row) for row in await self._session.all(self._session.locked(ordered)))

    async def outdated(self, *, zone_data: str, limit: int) -> tuple[Daily, ...]:
        found = select(dailies).where(dailies.c.zone_data != zone_data).limit(limit)
        return tuple(_daily(row) for row in await self._session.all(self._session.locked(found)))

    async def of_community(self, community: CommunityId, *, limit: int) -> tuple[Daily, ...]:
        found = select(dailies).where(dailies.c.community == community).order_by(dailies.c.channel).limit(limit)
        return tuple(_daily(row) for row in await self._session.all(found))

    async def add_day(self, day: Day) -> bool:
        return bool(await self._session.add_new(daily_days, _day_row(day)))

    async def save_day(self, day: Day) -> None:
        await self._session.put(daily_days, [_day_row(day)])

    async def set_day_state(self, channel: ChannelId, local_date: date, state: DayState) -> None:
        await self._session.run(update(daily_days).where(*_of_day(channel, local_date)).values(state=state))

    async def day(self, channel: ChannelId, local_date: date) -> Day | None:
        row = await self._session.one(select(daily_days).where(*_of_day(channel, local_date)))
        return _day(row) if row else None

    async def last_days(self, channel: ChannelId, *, limit: int) -> tuple[Day, ...]:
        found = select(daily_days).where(daily_days.c.channel == channel).order_by(daily_days.c.local_date.desc())
        return tuple(_day(row) for row in await self._session.all(found.limit(limit)))

    async def questions_before(self, channel: ChannelId, local_date: date, *, limit: int) -> tuple[Day, ...]:
        found = select(daily_days).where(
            daily_days.c.channel == channel,
            daily_days.c.local_date < local_date,
            daily_days.c.question.is_not(None),
            daily_days.c.state.in_(_SENT),
        )
        rows = await self._session.all(found.order_by(daily_days.c.local_date.desc()).limit(limit))
        return tuple(_day(row) for row in rows)

    async def answer(self, channel: ChannelId, local_date: date, answer: DayAnswer, *, dedupe_key: str) -> GuessOutcome:
        day = await self.day(channel, local_date)
        if day is None or day.revealed:
            return GuessOutcome.CLOSED
        row = {
            "channel": channel,
            "local_date": local_date,
            "player": answer.player,
            "name": answer.name,
            "option": answer.option,
            "is_right": answer.right,
            "at": answer.at,
            "dedupe_key": dedupe_key,
            "changes": 0,
        }
        if await self._session.add_new(daily_answers, row):
            return GuessOutcome.ACCEPTED
        return await self._change_answer(row)

    async def _change_answer(self, row: dict[str, Any]) -> GuessOutcome:
        mine = (
            daily_answers.c.channel == row["channel"],
            daily_answers.c.local_date == row["local_date"],
            daily_answers.c.player == row["player"],
        )
        known = await self._session.one(self._session.held(select(daily_answers).where(*mine)))
        assert known is not None, "an answer that is not new collides with one"
        if known.dedupe_key == row["dedupe_key"] or known.option == row["option"]:
            return GuessOutcome.CHANGED if known.changes else GuessOutcome.ACCEPTED
        if known.changes:
            return GuessOutcome.LOCKED
        await self._session.run(update(daily_answers).where(*mine).values(row | {"changes": 1}))
        return GuessOutcome.CHANGED

    async def answers(self, channel: ChannelId, local_date: date) -> tuple[DayAnswer, ...]:
        found = select(daily_answers).where(
            daily_answers.c.channel == channel, daily_answers.c.local_date == local_date
        )
        rows = await self._session.all(found.order_by(daily_answers.c.at, daily_answers.c.player))
        return tuple(DayAnswer(PlayerId(row.player), row.name, row.option, row.is_right, row.at) for row in rows)

    async def streaks(self, channel: ChannelId, players: Sequence[PlayerId]) -> tuple[DayStreak, ...]:
        found = select(daily_streaks).where(daily_streaks.c.channel == channel, daily_streaks.c.player.in_(players))
        rows = await self._session.all(found)
        return tuple(DayStreak(PlayerId(row.player), row.name, row.days, row.last_date) for row in rows)

    async def save_streaks(self, channel: ChannelId, streaks: Sequence[DayStreak]) -> None:
        rows = [
            {"channel": channel, "player": s.player, "name": s.name, "days": s.days, "last_date": s.last_date}
            for s in streaks
        ]
        await self._session.put(daily_streaks, rows)

    async def told_since(self, channel: ChannelId, local_date: date) -> tuple[FactId, ...]:
        found = select(daily_days.c.fact).where(
            daily_days.c.channel == channel,
            daily_days.c.local_date >= local_date,
            daily_days.c.fact.is_not(None),
            daily_days.c.state.in_(_SENT),
        )
        return tuple(FactId(row.fact) for row in await self._session.all(found.order_by(daily_days.c.local_date)))


def _of_day(channel: ChannelId, local_date: date) -> tuple[Any, ...]:
    return (daily_days.c.channel == channel, daily_days.c.local_date == local_date)


def _daily(row: Row[Any]) -> Daily:
    weekdays = frozenset(Weekday(day) for day in row.weekdays.split(","))
    return Daily(
        channel=ChannelId(row.channel),
        community=CommunityId(row.community),
        schedule=Schedule(time.fromisoformat(row.time), ZoneId(row.zone), weekdays),
        kind=DailyKind(row.kind),
        state=DailyState(row.state),
        set_by=PlayerId(row.set_by),
        set_by_name=row.set_by_name,
        language=Language(row.language),
        next=Occurrence(row.next_date, row.next_run_at),
        zone_data=row.zone_data,
        failures=row.failures,
    )


def _day_row(day: Day) -> dict[str, Any]:
    return {
        "channel": day.channel,
        "local_date": day.local_date,
        "due_at": day.due_at,
        "state": day.state,
        "pack": day.pack,
        "fact": day.fact,
        "question": day.question,
        "order": json.dumps(day.order),
        "revealed": day.revealed,
    }


def _day(row: Row[Any]) -> Day:
    return Day(
        channel=ChannelId(row.channel),
        local_date=row.local_date,
        due_at=row.due_at,
        state=DayState(row.state),
        pack=PackId(row.pack) if row.pack else None,
        fact=FactId(row.fact) if row.fact else None,
        question=QuestionId(row.question) if row.question else None,
        order=tuple(json.loads(row.order)),
        revealed=row.revealed,
    )
