"""The daily post: claims the dates that are due, and writes what is owed for each in the same transaction.

The date of a channel is one unique row, written before anything is sent; the message is a row of ``posts`` with the key
``daily:<channel>:<date>``, delivered like every other. So a crash at any point, a restart, a second process or a clock set back
can neither repeat a date nor lose one, but for an outage beyond the catch-up window, which is recorded.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Final

from bot.app.core import Core
from bot.app.daily_cards import Asked, Yesterday, daily_card, time_text
from bot.app.library import spoiler_pool
from bot.app.open_game import KINDS
from bot.app.outbox import Settled
from bot.app.questions import shuffle
from bot.app.tell_manager import tell_failing, tell_running_low
from bot.domain.calendar import Occurrence, next_occurrence_after_date, occurrence_on
from bot.domain.catalogue import Catalogue
from bot.domain.channels import Channel
from bot.domain.daily import (
    CATCH_UP,
    FAILING_DAYS,
    LATE_AFTER,
    Daily,
    DailyKind,
    DailyState,
    Day,
    DayState,
    DayStreak,
    extend_streak,
)
from bot.domain.facts import CalendarDay, Fact
from bot.domain.ids import ChannelId, FactId
from bot.domain.rules import AnswerStyle
from bot.ports.chat import NotPermitted
from bot.ports.store import Post, PostState, Work

BATCH: Final = 100
MISSED_SHOWN: Final = 14
"""After a long outage so many missed dates are recorded; those before them are passed over."""
LOW_DAYS: Final = 7


def zone_data() -> str:
    """The version of the zones' data at hand."""
    return version("tzdata")


def daily_key(channel: ChannelId, local_date: date) -> str:
    """The key and subject of a day's post."""
    return f"daily:{local_date.isoformat()}:{channel}"


async def post_due(core: Core) -> int:
    """One batch; answers how many schedules it moved on, ``BATCH`` if there may be more."""
    now = core.clock.now()
    async with core.store.begin() as work:
        due = await work.dailies.due(now=now, limit=BATCH)
        owed = [daily.channel for daily in due if await _post(core, work, daily)]
    for channel in owed:
        core.outbox.kick(channel)
    return len(due)


async def recompute_outdated(core: Core) -> None:
    """New data of the zones: the instants that were stored are worked out again, for the same dates."""
    async with core.store.begin() as work:
        for daily in await work.dailies.outdated(zone_data=zone_data(), limit=BATCH):
            await work.dailies.save(replace(daily, next=_again(daily), zone_data=zone_data()))


def _again(daily: Daily) -> Occurrence:
    """The next occurrence of the stored date, or of the first later one if the date is gone."""
    day_before = daily.next.local_date - timedelta(days=1)
    same = occurrence_on(daily.schedule, daily.next.local_date)
    return same or next_occurrence_after_date(daily.schedule, day_before)


async def _post(core: Core, work: Work, daily: Daily) -> bool:
    """Settles every date of the schedule that is due; whether there is something to send."""
    now = core.clock.now()
    missed: list[Occurrence] = []
    current: Occurrence | None = None
    occurrence = daily.next
    while occurrence.at <= now:
        if now - occurrence.at > CATCH_UP:
            missed.append(occurrence)
        else:
            # Only the newest date within the window is worth a post; an older one in it would be yesterday's.
            missed += [current] if current else []
            current = occurrence
        occurrence = next_occurrence_after_date(daily.schedule, occurrence.local_date)
    moved = replace(daily, next=occurrence)
    for late in missed[-MISSED_SHOWN:]:
        await work.dailies.add_day(Day(daily.channel, late.local_date, late.at, DayState.MISSED))
    if daily.state is not DailyState.ON or current is None:
        await work.dailies.save(moved)
        return False
    posted = await _write(core, work, daily, current)
    await work.dailies.save(moved)
    return posted


async def _write(core: Core, work: Work, daily: Daily, due: Occurrence) -> bool:
    channel = await work.channels.load(daily.channel, daily.community)
    language = channel.language or daily.language
    catalogue = core.library.of_channel(channel)
    day = Day(daily.channel, due.local_date, due.at, DayState.CLAIMED, pack=catalogue.id)
    if not await work.dailies.add_day(day):
        return False
    fact, left = await _choose_fact(core, work, channel, catalogue, due.local_date)
    if fact is None:
        await work.dailies.set_day_state(daily.channel, due.local_date, DayState.FAILED)
        return False
    asked = (
        _question_on(core, catalogue, channel, fact, due.local_date)
        if daily.kind is DailyKind.FACT_AND_QUESTION
        else None
    )
    question, order = (asked.question.id, asked.order) if asked else (None, ())
    await work.dailies.save_day(replace(day, fact=fact.id, question=question, order=order))
    late = core.clock.now() - due.at > LATE_AFTER
    card = daily_card(
        catalogue.pack,
        fact,
        language,
        asked=asked,
        yesterday=await _reveal_last(work, catalogue, daily.channel, due.local_date),
        late_for=time_text(due.at, daily.schedule) if late else "",
    )
    key = daily_key(daily.channel, due.local_date)
    post = Post(key, daily.channel, card, subject=key, expires_at=due.at + CATCH_UP)
    await work.posts.add((post,), now=core.clock.now())
    if left == LOW_DAYS:
        core.tasks.spawn(tell_running_low(core, daily, language), f"pool low {daily.channel}")
    return True


async def _choose_fact(
    core: Core, work: Work, channel: Channel, catalogue: Catalogue, day: date
) -> tuple[Fact | None, int]:
    """A fact that fits the date, else the channel's next unseen one; and how many of its pool are left."""
    recent = set(await work.cursors.recent(channel.id))
    for fact in catalogue.facts_on(CalendarDay(day.month, day.day), channel.spoilers):
        if fact.id not in recent:
            await work.cursors.add_recent(channel.id, fact.id)
            return fact, -1
    fitting = catalogue.facts(channel.spoilers)
    if not fitting:
        return None, 0
    pool = spoiler_pool(channel.spoilers, "facts", None, None)
    ids = tuple(str(fact.id) for fact in fitting)
    drawn, _ = await core.library.next_fact(work, channel.id, pool, ids, pack=catalogue.id)
    cursor = await work.cursors.load(channel.id, f"{catalogue.id}/{pool}")
    return catalogue.fact(FactId(drawn)), cursor.left


def _question_on(core: Core, catalogue: Catalogue, channel: Channel, fact: Fact, day: date) -> Asked | None:
    """A question on this very fact that buttons can answer; ``None`` if it has none."""
    kinds = KINDS[AnswerStyle.CHOICE]
    questions = catalogue.questions_on(fact.id, channel.spoilers, kinds=kinds)
    if not questions:
        return None
    question = questions[core.chance.shuffled(range(len(questions)))[0]]
    return Asked(question, shuffle(question, core.chance).order, day)


async def _reveal_last(work: Work, catalogue: Catalogue, channel: ChannelId, today: date) -> Yesterday | None:
    """Closes the last question that is open, and counts its streaks."""
    days = await work.dailies.questions_before(channel, today, limit=2)
    if not days or days[0].revealed:
        return None
    last, previous = days[0], days[1].local_date if len(days) > 1 else None
    await work.dailies.save_day(replace(last, revealed=True))
    right = [answer for answer in await work.dailies.answers(channel, last.local_date) if answer.right]
    before = {s.player: s for s in await work.dailies.streaks(channel, [answer.player for answer in right])}
    streaks = tuple(extend_streak(before.get(answer.player), answer, last.local_date, previous) for answer in right)
    await work.dailies.save_streaks(channel, streaks)
    question = catalogue.question(last.question) if last.question else None
    return Yesterday(question, _longest_first(streaks)) if question else None


def _longest_first(streaks: tuple[DayStreak, ...]) -> tuple[DayStreak, ...]:
    return tuple(sorted(streaks, key=lambda streak: (-streak.days, streak.name.casefold())))


async def daily_settled(core: Core, settled: Settled) -> None:
    """The day's message was delivered, lost, or given up."""
    _, day_text, channel_text = settled.post.subject.split(":", 2)
    channel, local_date = ChannelId(channel_text), date.fromisoformat(day_text)
    async with core.store.begin() as work:
        day = await work.dailies.day(channel, local_date)
        if day is None or day.state is not DayState.CLAIMED:
            return
        state = _day_state(settled, day, core.clock.now())
        await work.dailies.set_day_state(channel, local_date, state)
        daily = await work.dailies.load(channel)
        after = _counted(daily, state) if daily else None
        if after is not None and after != daily:
            await work.dailies.save(after)
        language = (await work.channels.load(channel, after.community)).language if after else None
    if after is not None and after.failures == FAILING_DAYS and after.state is DailyState.FAILED:
        missing = settled.error.missing if isinstance(settled.error, NotPermitted) else None
        await tell_failing(core, after, language or after.language, missing)


def _day_state(settled: Settled, day: Day, now: datetime) -> DayState:
    match settled.state:
        case PostState.SENT:
            return DayState.LATE if now - day.due_at > LATE_AFTER else DayState.POSTED
        case PostState.UNCERTAIN:
            return DayState.UNCERTAIN
        case _:
            return DayState.MISSED if now - day.due_at >= CATCH_UP else DayState.FAILED


def _counted(daily: Daily, state: DayState) -> Daily:
    """With its failures counted: three days running switch it off, and keep it."""
    if state in {DayState.POSTED, DayState.LATE}:
        return replace(daily, failures=0)
    if state is DayState.UNCERTAIN:
        return daily
    failures = daily.failures + 1
    gives_up = failures >= FAILING_DAYS and daily.state is DailyState.ON
    return replace(daily, failures=failures, state=DailyState.FAILED if gives_up else daily.state)
