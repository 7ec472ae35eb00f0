"""The daily posts in SQL."""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, false, literal_column, or_, select, update

from bot.domain.calendar import Occurrence, Schedule, Weekday, ZoneId
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayAnswer, DayState
from bot.domain.guesses import GuessOutcome
from bot.domain.ids import ChannelId, CommunityId, FactId, PackId, PlayerId, QuestionId
from bot.domain.language import Language
from bot.storage.session import Session
from bot.storage.tables import begins, dailies, daily_answers, daily_days

SENT: Final = (DayState.POSTED, DayState.LATE, DayState.UNCERTAIN)
_IS_ON: Final = dailies.c.state == literal_column(f"'{DailyState.ON}'")
"""Spelt out, for a partial index serves no parameter."""


class SqlDailies:
    def __init__(self, session: Session) -> None:
        self._session = session

    async def load(self, channel: ChannelId) -> Daily | None:
        row = await self._session.one(self._session.held(select(dailies).where(dailies.c.channel == channel)))
        return daily_of(row) if row else None

    async def save(self, daily: Daily) -> None:
        await self._session.put(dailies, [daily_row(daily)])

    async def remove(self, channel: ChannelId) -> None:
        await self._session.run(delete(dailies).where(dailies.c.channel == channel))

    async def due(self, *, now: datetime, platforms: Collection[str], limit: int) -> tuple[Daily, ...]:
        theirs = or_(false(), *(begins(dailies.c.channel, f"{platform}/") for platform in platforms))
        found = select(dailies).where(_IS_ON, dailies.c.next_run_at <= now, theirs)
        ordered = found.order_by(dailies.c.next_run_at).limit(limit)
        return tuple(daily_of(row) for row in await self._session.all(self._session.passing(ordered)))

    async def following(self, channel: ChannelId | None, *, limit: int) -> tuple[Daily, ...]:
        found = select(dailies) if channel is None else select(dailies).where(dailies.c.channel > channel)
        ordered = self._session.held(found.order_by(dailies.c.channel).limit(limit))
        return tuple(daily_of(row) for row in await self._session.all(ordered))

    async def of_community(self, community: CommunityId, *, limit: int) -> tuple[Daily, ...]:
        found = select(dailies).where(dailies.c.community == community).order_by(dailies.c.channel).limit(limit)
        return tuple(daily_of(row) for row in await self._session.all(found))

    async def add_day(self, day: Day) -> bool:
        return await self._session.add_new(daily_days, day_row(day))

    async def settle_days(self, outcomes: Sequence[tuple[ChannelId, date, DayState]]) -> None:
        rows = [{"of": channel, "on": day, "outcome": state} for channel, day, state in outcomes]
        if rows:
            await self._session.run(_SETTLE, rows)

    async def clear_failures(self, channels: Collection[ChannelId]) -> None:
        failed = update(dailies).where(dailies.c.channel.in_(channels), dailies.c.failures > 0)
        await self._session.run(failed.values(failures=0))

    async def day(self, channel: ChannelId, local_date: date) -> Day | None:
        row = await self._session.one(select(daily_days).where(*_of_day(channel, local_date)))
        return day_of(row) if row else None

    async def last_days(self, channel: ChannelId, *, limit: int) -> tuple[Day, ...]:
        found = select(daily_days).where(daily_days.c.channel == channel).order_by(daily_days.c.local_date.desc())
        return tuple(day_of(row) for row in await self._session.all(found.limit(limit)))

    async def answer(self, channel: ChannelId, local_date: date, answer: DayAnswer, *, dedupe_key: str) -> GuessOutcome:
        # Shared, so that it waits for whoever is about to reveal the day, and then finds it revealed.
        open_day = select(daily_days.c.revealed).where(*_of_day(channel, local_date))
        day = await self._session.one(self._session.shared(open_day))
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
            "first_key": dedupe_key,
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
        if known.first_key == row["dedupe_key"]:
            return GuessOutcome.ACCEPTED
        if known.changes:
            return GuessOutcome.LOCKED
        changed = {name: row[name] for name in ("name", "option", "is_right", "at", "dedupe_key")}
        await self._session.run(update(daily_answers).where(*mine).values(changed | {"changes": 1}))
        return GuessOutcome.CHANGED

    async def told_since(self, channel: ChannelId, when: datetime) -> tuple[FactId, ...]:
        found = select(daily_days.c.fact).where(
            daily_days.c.channel == channel,
            daily_days.c.local_date >= when.date() - timedelta(days=1),
            daily_days.c.due_at >= when,
            daily_days.c.fact.is_not(None),
            daily_days.c.state.in_(SENT),
        )
        return tuple(FactId(row.fact) for row in await self._session.all(found.order_by(daily_days.c.local_date)))


_SETTLE = (
    update(daily_days)
    .where(
        daily_days.c.channel == bindparam("of"),
        daily_days.c.local_date == bindparam("on"),
        daily_days.c.state == DayState.CLAIMED,
    )
    .values(state=bindparam("outcome"))
)


def _of_day(channel: ChannelId, local_date: date) -> tuple[Any, ...]:
    return (daily_days.c.channel == channel, daily_days.c.local_date == local_date)


def daily_of(row: Row[Any]) -> Daily:
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


def daily_row(daily: Daily) -> dict[str, Any]:
    schedule = daily.schedule
    return {
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


def day_row(day: Day) -> dict[str, Any]:
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


def day_of(row: Row[Any]) -> Day:
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
