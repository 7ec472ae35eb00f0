"""``/lala daily``: on, off, pause, skip, status and preview."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import time

from bot.app.cards import notice, refusal_card
from bot.app.core import Core, Scene, scene_of
from bot.app.daily_cards import (
    Asked,
    daily_card,
    date_text,
    instant_text,
    preview_card,
    schedule_text,
    status_card,
)
from bot.app.library import facts_pool
from bot.app.options import Value, bad_value
from bot.app.phrases import listed_or, say
from bot.app.questions import shuffle
from bot.app.review_dailies import zone_data
from bot.domain.calendar import (
    EVERY_DAY,
    Schedule,
    Weekday,
    next_occurrence,
    next_occurrence_after_date,
    occurrences_from,
)
from bot.domain.catalogue import KINDS
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayState
from bot.domain.errors import Reason, Refused
from bot.domain.facts import gives_away
from bot.domain.rules import AnswerStyle
from bot.domain.wall_time import WallTimeProblem, parse_wall_time, parse_weekdays
from bot.domain.zones import ZoneRefusal, resolve_zone
from bot.ports.cards import Card, Tone
from bot.ports.chat import Answer, Call, Reply
from bot.ports.store import Work

DAYS_SHOWN = 7
DAYS_PREVIEWED = 5


async def switch_on(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/lala daily on``: what is not given stays as it was; a new one needs a time and a zone."""
    scene = await scene_of(core, call)
    if scene.cannot_post:
        return _refuse(scene, scene.cannot_post)
    async with core.store.begin() as work:
        before = await work.dailies.load(scene.channel.id)
        schedule = _schedule(scene, before, options)
        if isinstance(schedule, Refused):
            return _refuse(scene, schedule)
        if not await work.seen.first(call.dedupe_key, now=core.clock.now()):
            return None
        daily = await _from_next_free(work, _daily(scene, before, schedule, options))
        await work.dailies.save(daily)
    language = scene.private
    coming = say(language, "daily.coming", when=instant_text(daily.next, schedule, language))
    return _notice(scene, "daily.on", schedule_text(schedule, language), coming)


async def switch_off(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily off``: what was posted stays counted."""

    async def remove(work: Work, daily: Daily) -> Reply:
        await work.dailies.remove(daily.channel)
        return _notice(scene, "daily.off")

    scene = await scene_of(core, call)
    return await _change(scene, remove)


async def pause(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily pause``: pauses, and the second time goes on."""

    async def pause_or_resume(work: Work, daily: Daily) -> Reply:
        if daily.state is DailyState.ON:
            await work.dailies.save(replace(daily, state=DailyState.PAUSED))
            return _notice(scene, "daily.paused")
        upcoming = daily.upcoming(core.clock.now())
        resumed = await _from_next_free(work, replace(daily, state=DailyState.ON, failures=0, next=upcoming))
        await work.dailies.save(resumed)
        when = instant_text(resumed.next, daily.schedule, scene.private)
        return _notice(scene, "daily.resumed", say(scene.private, "daily.coming", when=when))

    scene = await scene_of(core, call)
    return await _change(scene, pause_or_resume)


async def skip(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily skip``: the next date is settled as left out; again, the one after it too."""

    async def leave_out(work: Work, daily: Daily) -> Reply:
        language = scene.private
        if daily.state is not DailyState.ON:
            return Reply(notice(language, say(language, f"daily.no_skip.{daily.state}"), tone=Tone.WARNING))
        skipped = daily.next
        await work.dailies.add_day(Day(daily.channel, skipped.local_date, skipped.at, DayState.SKIPPED))
        following = next_occurrence_after_date(daily.schedule, skipped.local_date)
        after = await _from_next_free(work, replace(daily, next=following))
        await work.dailies.save(after)
        text = say(language, "daily.skipped", date=date_text(skipped.local_date, language))
        coming = say(language, "daily.coming", when=instant_text(after.next, daily.schedule, language))
        return Reply(notice(language, text, coming, tone=Tone.GOOD))

    scene = await scene_of(core, call)
    return await _change(scene, leave_out)


async def status(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily status``, in the channel's own time."""
    scene = await scene_of(core, call)
    async with core.store.view() as work:
        daily = await work.dailies.load(scene.channel.id)
        if daily is None:
            return _none(scene)
        days = await work.dailies.last_days(scene.channel.id, limit=DAYS_SHOWN)
        pool = facts_pool(scene.channel.spoilers)
        cursor = await work.cursors.load(scene.channel.id, f"{scene.catalogue.id}/{pool}")
    left = cursor.left if cursor.size else len(scene.catalogue.facts(scene.channel.spoilers))
    return Reply(status_card(daily, days, left=left, language=scene.private))


async def preview(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily preview``: the next dates, and a post as it may look; it uses up nothing."""
    scene = await scene_of(core, call)
    async with core.store.view() as work:
        daily = await work.dailies.load(scene.channel.id)
    if daily is None:
        return _none(scene)
    if not scene.catalogue.facts(scene.channel.spoilers):
        return _refuse(scene, Refused(Reason.NO_FACTS))
    first = daily.upcoming(core.clock.now()).local_date
    upcoming = tuple(occurrences_from(daily.schedule, first, DAYS_PREVIEWED))
    return Reply(preview_card(daily.schedule, upcoming, _sample(scene, daily), scene.private))


def _sample(scene: Scene, daily: Daily) -> Card:
    facts, chance = scene.catalogue.facts(scene.channel.spoilers), scene.core.chance
    fact = facts[chance.shuffled(range(len(facts)))[0]]
    asks = daily.kind is DailyKind.FACT_AND_QUESTION
    questions = scene.catalogue.questions(scene.channel.spoilers, kinds=KINDS[AnswerStyle.CHOICE]) if asks else ()
    fitting = [question for question in questions if not gives_away(fact, question)]
    asked = None
    if fitting:
        question = fitting[chance.shuffled(range(len(fitting)))[0]]
        asked = Asked(question, shuffle(question, chance).order, daily.next.local_date)
    return daily_card(scene.catalogue.pack, fact, scene.private, asked=asked)


async def _change(scene: Scene, change: Callable[[Work, Daily], Awaitable[Reply]]) -> Answer:
    """Of a schedule that is there, once for a delivery however often it comes."""
    async with scene.core.store.begin() as work:
        daily = await work.dailies.load(scene.channel.id)
        if not await work.seen.first(scene.inbound.dedupe_key, now=scene.core.clock.now()):
            return None
        return await change(work, daily) if daily else _none(scene)


async def _from_next_free(work: Work, daily: Daily) -> Daily:
    """A date that was settled already is not posted again, whatever the new time is."""
    while (day := await work.dailies.day(daily.channel, daily.next.local_date)) is not None and not day.is_untried:
        daily = replace(daily, next=next_occurrence_after_date(daily.schedule, daily.next.local_date))
    return daily


def _daily(scene: Scene, before: Daily | None, schedule: Schedule, options: Mapping[str, Value]) -> Daily:
    kind = DailyKind(str(options.get("kind", before.kind if before else DailyKind.FACT)))
    is_as_before = before is not None and before.state is DailyState.ON and before.schedule == schedule
    return Daily(
        channel=scene.channel.id,
        community=scene.channel.community,
        schedule=schedule,
        kind=kind,
        state=DailyState.ON,
        set_by=scene.player,
        set_by_name=scene.actor.name,
        language=scene.public,
        # What is due this very moment stays due.
        next=before.next if before and is_as_before else next_occurrence(schedule, after=scene.core.clock.now()),
        zone_data=zone_data(),
    )


def _schedule(scene: Scene, before: Daily | None, options: Mapping[str, Value]) -> Schedule | Refused:
    known = before.schedule if before else None
    at = _time(scene, str(options["time"])) if "time" in options else known.time if known else _needs(scene, "time")
    if isinstance(at, Refused):
        return at
    days = (
        _weekdays(scene, str(options["weekdays"])) if "weekdays" in options else known.weekdays if known else EVERY_DAY
    )
    if isinstance(days, Refused):
        return days
    if "zone" not in options:
        return replace(known, time=at, weekdays=days) if known else _needs(scene, "zone")
    zone = resolve_zone(str(options["zone"]), scene.private, now=scene.core.clock.now())
    if isinstance(zone, ZoneRefusal):
        return _bad_zone(scene, str(options["zone"]), zone)
    return Schedule(at, zone, days)


def _time(scene: Scene, text: str) -> time | Refused:
    found = parse_wall_time(text)
    if isinstance(found, WallTimeProblem):
        return bad_value(say(scene.private, "name.time"), text, say(scene.private, f"wall_time.{found}"))
    return found


def _weekdays(scene: Scene, text: str) -> frozenset[Weekday] | Refused:
    found = parse_weekdays(text)
    return found or bad_value(say(scene.private, "name.weekdays"), text, say(scene.private, "daily.weekdays_remedy"))


def _bad_zone(scene: Scene, text: str, refusal: ZoneRefusal) -> Refused:
    labels = tuple(choice.label for choice in refusal.nearest)
    key = f"zone.{refusal.problem}" if labels else "zone.none"
    remedy = say(scene.private, key, nearest=listed_or(scene.private, labels))
    return bad_value(say(scene.private, "name.zone"), text, remedy)


def _needs(scene: Scene, option: str) -> Refused:
    details = {"option": say(scene.private, f"name.{option}"), "remedy": say(scene.private, f"daily.needs_{option}")}
    return Refused(Reason.NEEDS_OPTION, details)


def _none(scene: Scene) -> Reply:
    return Reply(notice(scene.private, say(scene.private, "daily.none"), tone=Tone.WARNING))


def _notice(scene: Scene, key: str, *lines: str) -> Reply:
    return Reply(notice(scene.private, say(scene.private, key), *lines, tone=Tone.GOOD))


def _refuse(scene: Scene, refused: Refused) -> Reply:
    return Reply(refusal_card(scene.private, refused))
