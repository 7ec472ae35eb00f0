"""What schedules that are due owe: the fact, the question, the reveal of the one before. It only looks; ``post_daily`` writes.

So nobody waits for it, a press above all. What was looked at is kept with each plan, which is carried out only where that still stands.
A batch is looked up in a few statements, whatever its size.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.app.core import Core
from bot.app.daily_cards import Asked, Yesterday, daily_card, time_text
from bot.app.library import facts_pool, questions_pool
from bot.app.questions import shuffle
from bot.domain.calendar import Occurrence
from bot.domain.catalogue import KINDS, Catalogue
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
from bot.ports.daily_batches import CursorKey, DayKey, LastPost
from bot.ports.store import Post, Work

log = logging.getLogger(__name__)

YEAR: Final = timedelta(days=366)


def daily_key(channel: ChannelId, local_date: date) -> str:
    """The key and subject of a day's post."""
    return f"daily:{local_date.isoformat()}:{channel}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cursor as it was found, and as it is to be left."""

    key: CursorKey
    before: Cursor
    after: Cursor


@dataclass(frozen=True, slots=True)
class Plan:
    """What one schedule changes. ``before``, ``drawn`` and ``last`` hold what it rests on."""

    before: Daily
    after: Daily
    missed: tuple[Day, ...] = ()
    last: LastPost | None = None
    claimed: Day | None = None
    """``None`` where no date is to be posted."""
    post: Post | None = None
    """``None`` where none can be made; then its day is claimed as failed."""
    streaks: tuple[DayStreak, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    low_turn: str = ""
    """Which round of its pool is used up in about a week, if one is."""
    has_facts: bool = True

    @property
    def channel(self) -> ChannelId:
        return self.before.channel

    @property
    def has_given_up(self) -> bool:
        return self.claimed is not None and self.after.state is not self.before.state


@dataclass(frozen=True, slots=True)
class _Due:
    """One channel with its date to be posted now."""

    plan: Plan
    occurrence: Occurrence
    channel: Channel
    catalogue: Catalogue

    @property
    def asks(self) -> bool:
        return self.plan.before.kind is DailyKind.FACT_AND_QUESTION

    @property
    def facts_pool(self) -> str:
        return facts_pool(self.channel.spoilers)

    @property
    def questions_pool(self) -> str:
        """The quiz's own: what was asked in the morning is not asked again on Friday."""
        return questions_pool(self.channel.spoilers, AnswerStyle.CHOICE)

    def cursor_key(self, pool: str) -> CursorKey:
        return self.channel.id, f"{self.catalogue.id}/{pool}"


@dataclass(frozen=True, slots=True)
class _Choice:
    fact: Fact
    drawn: tuple[Drawn, ...] = ()
    """Nothing of the facts, if it is told for its date."""
    is_fresh_start: bool = False
    question: Asked | None = None


class Planner:
    """For the schedules of one batch, at one instant."""

    def __init__(self, core: Core, work: Work, now: datetime) -> None:
        self._core = core
        self._look = work.daily_batches
        self._now = now
        self._cursors: Mapping[CursorKey, Cursor] = {}

    async def plans(self, dailies: Sequence[Daily]) -> list[Plan]:
        """One for each."""
        moved = {daily.channel: self._moved(daily) for daily in dailies}
        plans = {channel: plan for channel, (plan, _) in moved.items()}
        due = await self._untaken(moved)
        self._cursors = await self._look.cursors(_cursor_keys(due))
        choices = await self._choices(due)
        last = await self._look.last_posts([item.plan.before for item in due])
        for item in due:
            channel = item.channel.id
            plans[channel] = self._planned(item, choices.get(channel), last.get(channel))
        return list(plans.values())

    def _moved(self, daily: Daily) -> tuple[Plan, Occurrence | None]:
        """Moved on past all that is due, and the date to be posted, if any."""
        found = self._overdue(daily)
        if found is None:
            return Plan(daily, replace(daily, state=DailyState.FAILED)), None
        missed = tuple(Day(daily.channel, day.local_date, day.at, DayState.MISSED) for day in found.missed)
        return Plan(daily, replace(daily, next=found.following), missed), found.current

    def _overdue(self, daily: Daily) -> Overdue | None:
        """``None`` where the calendar has no answer: a zone that is gone from the data. That schedule must not hold up the rest."""
        try:
            return overdue(daily, self._now)
        except (LookupError, ValueError, OverflowError):
            log.exception("a schedule has no next date", extra={"channel": daily.channel})
            return None

    async def _untaken(self, moved: Mapping[ChannelId, tuple[Plan, Occurrence | None]]) -> list[_Due]:
        """Those with a date to post now that nobody has claimed."""
        current = {channel: occurrence.local_date for channel, (_, occurrence) in moved.items() if occurrence}
        known = await self._look.days(set(current.items()))
        settings = await self._look.settings([plan.before for plan, _ in moved.values()])
        due = []
        for channel, (plan, occurrence) in moved.items():
            if occurrence and _is_free(known.get((channel, occurrence.local_date))):
                chosen = settings[channel]
                due.append(_Due(plan, occurrence, chosen, self._core.library.of_channel(chosen)))
        return due

    async def _choices(self, due: Sequence[_Due]) -> dict[ChannelId, _Choice]:
        """A fact that fits the date, else the channel's next unseen one; none where nothing fits its spoiler level."""
        told = await self._look.recent([item.channel.id for item in due])
        unseen = await self._look.unseen([item.plan.before for item in due])
        choices: dict[ChannelId, _Choice] = {}
        for item in due:
            recent = told.get(item.channel.id, ())
            ready = _fitting_date(item, recent) or _in_hand(item, unseen.get(item.channel.id))
            choice = _Choice(ready) if ready else self._draw_fact(item, recent)
            if choice:
                choices[item.channel.id] = choice
        # A fact that was told on its own day already is not unseen; few have a day, so few need a look.
        doubtful = [item for item in due if _is_drawn_with_day(choices.get(item.channel.id))]
        on_their_days = await self._told_on_their_days(doubtful)
        for item in doubtful:
            unwanted = on_their_days[item.channel.id]
            if choices[item.channel.id].fact.id in unwanted:
                other = self._draw_fact(item, told.get(item.channel.id, ()), unwanted)
                assert other is not None, "one was drawn from this pool before"
                choices[item.channel.id] = other
        return choices

    def _draw_fact(self, item: _Due, recent: Sequence[str], unwanted: Collection[str] = ()) -> _Choice | None:
        facts = item.catalogue.facts(item.channel.spoilers)
        if not facts:
            return None
        told = {*recent[: len(facts) // 3], *unwanted}
        fact_id, drawn = self._draw(item, item.facts_pool, told.__contains__)
        fact = item.catalogue.fact(FactId(fact_id))
        assert fact is not None, "a pool's order holds facts of its pack alone"
        return _Choice(fact, (drawn,), drawn.after.epoch > drawn.before.epoch > 0)

    def _draw(self, item: _Due, pool: str, passes_over: Callable[[str], bool]) -> tuple[str, Drawn]:
        key, library = item.cursor_key(pool), self._core.library
        before = self._cursors.get(key, Cursor())
        order = library.known_order(item.catalogue.id, pool)
        found, after = library.draw(before, order, channel=item.channel.id, pool=pool, passes_over=passes_over)
        return found, Drawn(key, before, after)

    async def _told_on_their_days(self, items: Sequence[_Due]) -> dict[ChannelId, set[str]]:
        told: dict[ChannelId, set[str]] = {item.channel.id: set() for item in items}
        if not items:
            return told
        since = min(item.occurrence.local_date for item in items) - YEAR
        posted: Mapping[DayKey, FactId] = await self._look.told_days(list(told), since=since)
        catalogues = {item.channel.id: item.catalogue for item in items}
        for (channel, day), fact_id in posted.items():
            fact = catalogues[channel].fact(fact_id)
            if fact and fact.day == CalendarDay(day.month, day.day):
                told[channel].add(fact_id)
        return told

    def _planned(self, item: _Due, choice: _Choice | None, last: LastPost | None) -> Plan:
        """A fault of one channel must not hold up the others."""
        day = Day(item.channel.id, item.occurrence.local_date, item.occurrence.at, DayState.CLAIMED)
        try:
            if choice is not None:
                return self._made(item, day, self._with_question(item, choice), last)
        except Exception:
            log.exception("a daily post could not be made", extra={"channel": item.channel.id})
        failed = counted(item.plan.before, delivered=False)
        after = replace(item.plan.after, failures=failed.failures, state=failed.state)
        return replace(
            item.plan, after=after, claimed=replace(day, state=DayState.FAILED), has_facts=choice is not None
        )

    def _with_question(self, item: _Due, choice: _Choice) -> _Choice:
        """The next that the fact above it does not answer; none where the pack has no such."""
        asked = item.asks and item.catalogue.questions(item.channel.spoilers, kinds=KINDS[AnswerStyle.CHOICE])
        if not asked:
            return choice

        def is_answered(question_id: str) -> bool:
            question = item.catalogue.question(QuestionId(question_id))
            return question is None or gives_away(choice.fact, question)

        question_id, drawn = self._draw(item, item.questions_pool, is_answered)
        question = item.catalogue.question(QuestionId(question_id))
        if question is None or is_answered(question_id):
            return choice
        order = shuffle(question, self._core.chance).order
        return replace(
            choice,
            drawn=(*choice.drawn, drawn),
            question=Asked(question, order, item.occurrence.local_date),
        )

    def _made(self, item: _Due, day: Day, choice: _Choice, last: LastPost | None) -> Plan:
        streaks = _streaks(last) if last else ()
        daily, asked = item.plan.before, choice.question
        is_late = self._now - day.due_at > LATE_AFTER
        card = daily_card(
            item.catalogue.pack,
            choice.fact,
            item.channel.language or daily.language,
            asked=asked,
            yesterday=self._reveal(item, last, streaks) if last else None,
            late_for=time_text(day.due_at, daily.schedule) if is_late else "",
            is_fresh_start=choice.is_fresh_start,
        )
        key = daily_key(day.channel, day.local_date)
        question, order = (asked.question.id, asked.order) if asked else (None, ())
        return replace(
            item.plan,
            last=last,
            claimed=replace(day, pack=item.catalogue.id, fact=choice.fact.id, question=question, order=order),
            post=Post(key, day.channel, card, subject=key, expires_at=day.due_at + CATCH_UP),
            streaks=streaks,
            drawn=choice.drawn,
            low_turn=self._low_turn(item, choice),
        )

    def _reveal(self, item: _Due, last: LastPost, streaks: tuple[DayStreak, ...]) -> Yesterday | None:
        """``None`` for what nobody may have seen, and for what the channel's spoiler level no longer allows."""
        pack = last.day.pack or item.catalogue.id
        question = self._core.library.of_pack(pack).question(last.day.question) if last.day.question else None
        if question is None or not item.channel.spoilers.allows(question.spoiler):
            return None
        return None if last.is_unseen else Yesterday(question, streaks)

    def _low_turn(self, item: _Due, choice: _Choice) -> str:
        """A week's posts before the pool is used up its manager is told, once a round of it; of a small pool, once for all."""
        key, size = item.cursor_key(item.facts_pool), len(item.catalogue.facts(item.channel.spoilers))
        drawn = next((drawn.after for drawn in choice.drawn if drawn.key == key), None)
        cursor = drawn or self._cursors.get(key, Cursor(size=size))
        a_week = len(item.plan.before.schedule.weekdays)
        is_low = cursor.left <= a_week and (cursor.size > a_week or cursor.epoch <= 1)
        return f"{key[1]}/{cursor.epoch}" if is_low else ""


def _cursor_keys(due: Sequence[_Due]) -> set[CursorKey]:
    asking = {item.cursor_key(item.questions_pool) for item in due if item.asks}
    return asking | {item.cursor_key(item.facts_pool) for item in due}


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
    return choice is not None and bool(choice.drawn) and choice.fact.day is not None


def _streaks(last: LastPost) -> tuple[DayStreak, ...]:
    """Of everybody who was right, the longest first."""
    day = last.day.local_date
    streaks = (extend_streak(last.streaks.get(answer.player), answer, day, last.previous) for answer in last.right)
    return tuple(sorted(streaks, key=lambda streak: (-streak.days, streak.name.casefold())))
