"""The daily post: claims the dates that are due, and writes what is owed for each in the same transaction.

The date of a channel is one unique row, written before anything is sent; the message is a row of ``posts`` with the key
``daily:<date>:<channel>``, delivered like every other. So a crash at any point, a restart, a second process or a clock set back can
neither repeat a date nor lose one, but for an outage beyond the catch-up window, which is recorded.

A batch takes a few statements, whatever its size: what its schedules need is read at once, their posts are made one by one, and all
that they change is written at once.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.app.core import Core
from bot.app.daily_cards import Asked, Yesterday, daily_card, time_text
from bot.app.library import spoiler_pool
from bot.app.open_game import KINDS
from bot.app.questions import shuffle
from bot.app.tell_manager import owe_failing, owe_running_low
from bot.domain.calendar import Occurrence
from bot.domain.catalogue import Catalogue
from bot.domain.channels import Channel
from bot.domain.daily import (
    CATCH_UP,
    LATE_AFTER,
    Daily,
    DailyKind,
    DailyState,
    Day,
    DayState,
    DayStreak,
    Overdue,
    counted,
    extend_streak,
    overdue,
)
from bot.domain.facts import CalendarDay, Fact, gives_away
from bot.domain.ids import ChannelId, FactId, QuestionId
from bot.domain.rules import AnswerStyle
from bot.domain.selection import Cursor
from bot.ports.daily_batches import DailyChanges, DayKey, LastPost
from bot.ports.store import Post, Work

log = logging.getLogger(__name__)

BATCH: Final = 16
"""So many schedules share a transaction; what waits for the database meanwhile, a press above all, is not to wait long."""
YEAR: Final = timedelta(days=366)

CursorKey = tuple[ChannelId, str]


def daily_key(channel: ChannelId, local_date: date) -> str:
    """The key and subject of a day's post."""
    return f"daily:{local_date.isoformat()}:{channel}"


async def post_due(core: Core) -> int:
    """One batch; answers how many schedules it moved on, ``BATCH`` if there may be more."""
    now = core.clock.now()
    async with core.outbox.bulk, core.store.begin() as work:
        due = await work.dailies.due(now=now, platforms=tuple(core.gateways), limit=BATCH)
        batch = _Batch(core, work, now)
        if due:
            await batch.run(due)
    for post in batch.posts:
        core.outbox.kick(post.channel)
    return len(due)


@dataclass(frozen=True, slots=True)
class _Due:
    """One channel with its date to be posted now."""

    daily: Daily
    occurrence: Occurrence
    channel: Channel
    catalogue: Catalogue

    @property
    def facts_pool(self) -> str:
        return spoiler_pool(self.channel.spoilers, "facts", None, None)

    @property
    def questions_pool(self) -> str:
        """The quiz's own: what was asked in the morning is not asked again on Friday."""
        return spoiler_pool(self.channel.spoilers, "questions", AnswerStyle.CHOICE, None)

    @property
    def asks(self) -> bool:
        return self.daily.kind is DailyKind.FACT_AND_QUESTION

    def cursor_key(self, pool: str) -> CursorKey:
        return self.channel.id, f"{self.catalogue.id}/{pool}"


@dataclass(frozen=True, slots=True)
class _Choice:
    fact: Fact
    cursor: Cursor | None = None
    """Behind it; ``None`` if it was told for its date, and nothing was drawn."""
    is_fresh_start: bool = False
    asked: Asked | None = None
    asked_cursor: Cursor | None = None


class _Batch:
    """The schedules of one transaction."""

    def __init__(self, core: Core, work: Work, now: datetime) -> None:
        self._core = core
        self._work = work
        self._now = now
        self._changes = DailyChanges()
        self.posts: list[Post] = []

    async def run(self, dailies: Sequence[Daily]) -> None:
        due = await self._untaken(dailies)
        wanted = {item.cursor_key(item.facts_pool) for item in due}
        wanted |= {item.cursor_key(item.questions_pool) for item in due if item.asks}
        cursors = await self._work.daily_batches.cursors(wanted)
        choices = await self._choices(due, cursors)
        last = await self._work.daily_batches.last_posts([item.daily for item in due])
        for item in due:
            await self._post(item, choices.get(item.channel.id), last.get(item.channel.id))
            await self._watch_pool(item, choices.get(item.channel.id), cursors)
        await self._work.daily_batches.write(self._changes)
        await self._work.posts.add(self.posts, now=self._now)

    async def _untaken(self, dailies: Sequence[Daily]) -> list[_Due]:
        """Moves every schedule on; those with a date to post now that nobody has claimed."""
        owed = {daily.channel: (daily, self._overdue(daily)) for daily in dailies}
        current = {
            (channel, found.current.local_date) for channel, (_, found) in owed.items() if found and found.current
        }
        known = await self._work.daily_batches.days(current)
        settings = await self._work.daily_batches.settings(dailies)
        due = []
        for channel, (daily, found) in owed.items():
            if found is None:
                self._changes.dailies.append(replace(daily, state=DailyState.FAILED))
                continue
            self._changes.dailies.append(replace(daily, next=found.following))
            self._changes.missed += [Day(channel, day.local_date, day.at, DayState.MISSED) for day in found.missed]
            if found.current and _is_free(known.get((channel, found.current.local_date))):
                chosen = settings[channel]
                due.append(_Due(daily, found.current, chosen, self._core.library.of_channel(chosen)))
        return due

    def _overdue(self, daily: Daily) -> Overdue | None:
        """``None`` where the calendar has no answer: a zone that is gone from the data. That schedule must not hold up the rest."""
        try:
            return overdue(daily, self._now)
        except (LookupError, ValueError, OverflowError):
            log.exception("a schedule has no next date", extra={"channel": daily.channel})
            return None

    async def _choices(self, due: Sequence[_Due], cursors: Mapping[CursorKey, Cursor]) -> dict[ChannelId, _Choice]:
        """A fact that fits the date, else the channel's next unseen one; none where nothing fits its spoiler level."""
        told = await self._work.daily_batches.recent([item.channel.id for item in due])
        unseen = await self._work.daily_batches.unseen([item.daily for item in due])
        choices: dict[ChannelId, _Choice] = {}
        for item in due:
            recent = told.get(item.channel.id, ())
            ready = _fitting_date(item, recent) or _in_hand(item, unseen.get(item.channel.id))
            choice = _Choice(ready) if ready else await self._draw(item, recent, frozenset(), cursors)
            if choice:
                choices[item.channel.id] = choice
        # A fact that was told on its own day already is not unseen; few have a day, so few need a look.
        doubtful = [item for item in due if _is_drawn_with_day(choices.get(item.channel.id))]
        on_their_days = await self._told_on_their_days(doubtful)
        for item in doubtful:
            unwanted = on_their_days[item.channel.id]
            if choices[item.channel.id].fact.id in unwanted:
                choice = await self._draw(item, told.get(item.channel.id, ()), unwanted, cursors)
                assert choice is not None, "it was drawn from this pool before"
                choices[item.channel.id] = choice
        for item in due:
            if item.asks and (chosen := choices.get(item.channel.id)):
                choices[item.channel.id] = await self._with_question(item, chosen, cursors)
        return choices

    async def _with_question(self, item: _Due, choice: _Choice, cursors: Mapping[CursorKey, Cursor]) -> _Choice:
        """The next that the fact above it does not answer; none where the pack has no such."""
        questions = item.catalogue.questions(item.channel.spoilers, kinds=KINDS[AnswerStyle.CHOICE])
        if not questions:
            return choice

        def is_answered(question_id: str) -> bool:
            question = item.catalogue.question(QuestionId(question_id))
            return question is None or gives_away(choice.fact, question)

        library, pool = self._core.library, item.questions_pool
        before = cursors.get(item.cursor_key(pool), Cursor())
        order = await library.order_of(self._work, item.catalogue.id, pool, (str(asked.id) for asked in questions))
        drawn, cursor = library.draw(before, order, channel=item.channel.id, pool=pool, passes_over=is_answered)
        question = item.catalogue.question(QuestionId(drawn))
        if question is None or is_answered(drawn):
            return choice
        asked = Asked(question, shuffle(question, self._core.chance).order, item.occurrence.local_date)
        return replace(choice, asked=asked, asked_cursor=cursor)

    async def _draw(
        self,
        item: _Due,
        recent: Sequence[str],
        unwanted: Collection[str],
        cursors: Mapping[CursorKey, Cursor],
    ) -> _Choice | None:
        facts = item.catalogue.facts(item.channel.spoilers)
        if not facts:
            return None
        library, pool = self._core.library, item.facts_pool
        before = cursors.get(item.cursor_key(pool), Cursor())
        order = await library.order_of(self._work, item.catalogue.id, pool, (str(fact.id) for fact in facts))
        told = {*recent[: len(facts) // 3], *unwanted}
        drawn, cursor = library.draw(before, order, channel=item.channel.id, pool=pool, passes_over=told.__contains__)
        fact = item.catalogue.fact(FactId(drawn))
        assert fact is not None, "a pool's order holds facts of its pack alone"
        return _Choice(fact, cursor, cursor.epoch > before.epoch > 0)

    async def _told_on_their_days(self, items: Sequence[_Due]) -> dict[ChannelId, set[str]]:
        told: dict[ChannelId, set[str]] = {item.channel.id: set() for item in items}
        if not items:
            return told
        since = min(item.occurrence.local_date for item in items) - YEAR
        posted: Mapping[DayKey, FactId] = await self._work.daily_batches.told_days(list(told), since=since)
        catalogues = {item.channel.id: item.catalogue for item in items}
        for (channel, day), fact_id in posted.items():
            fact = catalogues[channel].fact(fact_id)
            if fact and fact.day == CalendarDay(day.month, day.day):
                told[channel].add(fact_id)
        return told

    async def _post(self, item: _Due, choice: _Choice | None, last: LastPost | None) -> None:
        """The day and its post; a fault of one channel must not hold up the others."""
        day = Day(item.channel.id, item.occurrence.local_date, item.occurrence.at, DayState.CLAIMED)
        try:
            claimed, post, streaks = self._made(item, day, choice, last) if choice else (None, None, ())
        except Exception:
            log.exception("a daily post could not be made", extra={"channel": item.channel.id})
            claimed, post, streaks = None, None, ()
        if claimed is None or post is None:
            self._changes.claimed.append(replace(day, state=DayState.FAILED))
            await self._fail(item, is_empty=choice is None)
            return
        self._changes.claimed.append(claimed)
        self._changes.streaks += [(item.channel.id, streak) for streak in streaks]
        if last:
            self._changes.revealed.append(_closed(last))
        if choice and choice.cursor:
            self._changes.cursors.append((*item.cursor_key(item.facts_pool), choice.cursor))
        if choice and choice.asked_cursor:
            self._changes.cursors.append((*item.cursor_key(item.questions_pool), choice.asked_cursor))
        self._changes.told.append((item.channel.id, post_fact(claimed)))
        self.posts.append(post)

    def _made(
        self, item: _Due, day: Day, choice: _Choice, last: LastPost | None
    ) -> tuple[Day, Post, tuple[DayStreak, ...]]:
        asked = choice.asked
        streaks = _streaks(last) if last else ()
        is_late = self._now - day.due_at > LATE_AFTER
        card = daily_card(
            item.catalogue.pack,
            choice.fact,
            item.channel.language or item.daily.language,
            asked=asked,
            yesterday=self._reveal(item, last, streaks) if last else None,
            late_for=time_text(day.due_at, item.daily.schedule) if is_late else "",
            is_fresh_start=choice.is_fresh_start,
        )
        key = daily_key(day.channel, day.local_date)
        question, order = (asked.question.id, asked.order) if asked else (None, ())
        claimed = replace(day, pack=item.catalogue.id, fact=choice.fact.id, question=question, order=order)
        return claimed, Post(key, day.channel, card, subject=key, expires_at=day.due_at + CATCH_UP), streaks

    def _reveal(self, item: _Due, last: LastPost, streaks: tuple[DayStreak, ...]) -> Yesterday | None:
        """``None`` for what nobody may have seen, and for what the channel's spoiler level no longer allows."""
        pack = last.day.pack or item.catalogue.id
        question = self._core.library.of_pack(pack).question(last.day.question) if last.day.question else None
        if question is None or not item.channel.spoilers.allows(question.spoiler):
            return None
        return None if _is_unseen(last) else Yesterday(question, streaks)

    async def _fail(self, item: _Due, *, is_empty: bool) -> None:
        """In the place of the row that only moved it on."""
        after = counted(item.daily, delivered=False)
        rows = self._changes.dailies
        at = next(place for place, daily in enumerate(rows) if daily.channel == item.channel.id)
        rows[at] = replace(rows[at], failures=after.failures, state=after.state)
        if after.state is not item.daily.state:
            await owe_failing(self._work, after, missing="", is_empty=is_empty)

    async def _watch_pool(self, item: _Due, choice: _Choice | None, cursors: Mapping[CursorKey, Cursor]) -> None:
        """A week's posts before the pool is used up its manager is told, once a round of it; of a small pool, once for all."""
        if choice is None:
            return
        size = len(item.catalogue.facts(item.channel.spoilers))
        key = item.cursor_key(item.facts_pool)
        cursor = choice.cursor or cursors.get(key, Cursor(size=size))
        a_week = len(item.daily.schedule.weekdays)
        if cursor.left <= a_week and (cursor.size > a_week or cursor.epoch <= 1):
            await owe_running_low(self._work, item.daily, f"{key[1]}/{cursor.epoch}")


def post_fact(day: Day) -> FactId:
    assert day.fact is not None, "a day with a post has a fact"
    return day.fact


def _is_free(day: Day | None) -> bool:
    """Nothing was ever tried on that date: it is unknown, or passed while the bot was away and comes again by a clock set back."""
    return day is None or day.is_untried


def _fitting_date(item: _Due, told: Collection[str]) -> Fact | None:
    day = item.occurrence.local_date
    fitting = item.catalogue.facts_on(CalendarDay(day.month, day.day), item.channel.spoilers)
    # Of several, another one each year.
    turned = (*fitting[day.year % len(fitting) :], *fitting[: day.year % len(fitting)]) if fitting else ()
    return next((fact for fact in turned if fact.id not in told), None)


def _in_hand(item: _Due, fact_id: FactId | None) -> Fact | None:
    """What a post that came to nothing was to tell."""
    fact = item.catalogue.fact(fact_id) if fact_id else None
    return fact if fact and item.channel.spoilers.allows(fact.spoiler) else None


def _is_drawn_with_day(choice: _Choice | None) -> bool:
    return choice is not None and choice.cursor is not None and choice.fact.day is not None


def _is_unseen(last: LastPost) -> bool:
    return last.day.state is DayState.UNCERTAIN and not last.was_answered


def _closed(last: LastPost) -> Day:
    """It takes no answers any more; a question that perhaps never arrived counts as never asked, so that it breaks no streak."""
    day = replace(last.day, revealed=True)
    return replace(day, question=None, order=()) if _is_unseen(last) else day


def _streaks(last: LastPost) -> tuple[DayStreak, ...]:
    """Of everybody who was right, the longest first."""
    day = last.day.local_date
    streaks = (extend_streak(last.streaks.get(answer.player), answer, day, last.previous) for answer in last.right)
    return tuple(sorted(streaks, key=lambda streak: (-streak.days, streak.name.casefold())))
