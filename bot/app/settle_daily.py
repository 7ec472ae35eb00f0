"""What became of a day's message: recorded in the transaction that settles it, and counted."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.app.core import Core
from bot.app.daily_cards import late_card, time_text
from bot.app.outbox import Expired, Settled, Withdrawn
from bot.app.tell_manager import owe_failing
from bot.domain.daily import CATCH_UP, LATE_AFTER, DailyState, DayState, counted
from bot.domain.ids import ChannelId
from bot.ports.cards import Card
from bot.ports.chat import NotPermitted
from bot.ports.store import PostState, StoredPost, Work

SUBJECT = "daily"


async def prepare_daily(core: Core, stored: StoredPost) -> Card | None:
    """The card as written; with a word about it where it comes late; ``None`` where it was switched off in the meantime."""
    post = stored.post
    assert post.expires_at is not None, "a day's post expires"
    assert post.card is not None, "it is still to be sent"
    due_at = post.expires_at - CATCH_UP
    is_late = core.clock.now() - due_at > LATE_AFTER
    if stored.attempts == 1 and not is_late:
        return post.card
    channel, _ = _day_of(post.subject)
    async with core.store.view() as work:
        daily = await work.dailies.load(channel)
    if daily is None or daily.state is not DailyState.ON:
        return None
    return late_card(post.card, time_text(due_at, daily.schedule)) if is_late else post.card


async def record_dailies(work: Work, settled: Sequence[Settled]) -> None:
    """Schedules before days, and in one order, so that two processes never wait for each other's rows."""
    if not settled:
        return
    sent = [one for one in settled if one.state is PostState.SENT]
    if sent:
        await work.dailies.clear_failures(sorted(_day_of(one.post.subject)[0] for one in sent))
    for one in sorted(settled, key=lambda one: one.post.subject):
        if one.state is PostState.FAILED and not isinstance(one.error, Withdrawn):
            await _count(work, one)
    outcomes = [(*_day_of(one.post.subject), _day_state(one)) for one in settled]
    await work.dailies.settle_days(sorted(outcomes))


async def _count(work: Work, settled: Settled) -> None:
    """What was never tried, because the bot itself was away, is no failure of the channel."""
    channel, local_date = _day_of(settled.post.subject)
    if isinstance(settled.error, Expired) and settled.attempts == 1:
        return
    daily = await work.dailies.load(channel)
    day = await work.dailies.day(channel, local_date)
    if daily is None or day is None or day.state is not DayState.CLAIMED:
        return
    after = counted(daily, delivered=False)
    await work.dailies.save(after)
    if after.state is not daily.state:
        missing = settled.error.missing if isinstance(settled.error, NotPermitted) else ""
        await owe_failing(work, after, missing=missing)


def _day_of(subject: str) -> tuple[ChannelId, date]:
    _, day, channel = subject.split(":", 2)
    return ChannelId(channel), date.fromisoformat(day)


def _day_state(settled: Settled) -> DayState:
    match settled.state:
        case PostState.SENT:
            return DayState.LATE if _lateness(settled) > LATE_AFTER else DayState.POSTED
        case PostState.UNCERTAIN:
            return DayState.UNCERTAIN
        case _ if isinstance(settled.error, Withdrawn):
            return DayState.SKIPPED
        case _:
            return DayState.MISSED if isinstance(settled.error, Expired) else DayState.FAILED


def _lateness(settled: Settled) -> timedelta:
    assert settled.posted is not None
    assert settled.post.expires_at is not None, "a day's post expires"
    return settled.posted.at - (settled.post.expires_at - CATCH_UP)
