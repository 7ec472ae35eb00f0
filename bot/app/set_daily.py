"""``/lala daily``: on, off, pause, skip, status and preview."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from bot.app.cards import notice, refusal_card
from bot.app.core import Core, Scene, scene_of
from bot.app.daily_cards import date_text, instant_text, preview_card, status_card
from bot.app.library import spoiler_pool
from bot.app.options import Value, bad_value
from bot.app.phrases import say
from bot.app.post_daily import zone_data
from bot.domain.calendar import (
    EVERY_DAY,
    Schedule,
    Weekday,
    next_occurrence,
    next_occurrence_after_date,
    occurrences_from,
)
from bot.domain.daily import Daily, DailyKind, DailyState, Day, DayState
from bot.domain.errors import Reason, Refused
from bot.domain.wall_time import WallTimeProblem, parse_wall_time, parse_weekdays
from bot.domain.zones import ZoneRefusal, resolve_zone
from bot.ports.cards import Tone
from bot.ports.chat import Answer, Call, Reply

DAYS_SHOWN = 7
DAYS_PREVIEWED = 5


async def switch_on(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/lala daily on``: what is not given stays as it was; a new one needs a time and a zone."""
    scene = await scene_of(core, call)
    if not call.place.can_post:
        return _refuse(scene, Refused(Reason.NOT_HERE))
    async with core.store.begin() as work:
        before = await work.dailies.load(scene.channel.id)
        schedule = _schedule(scene, before, options)
        if isinstance(schedule, Refused):
            return _refuse(scene, schedule)
        daily = _daily(scene, before, schedule, options)
        # A date that was settled already is not posted again, whatever the new time is.
        while await work.dailies.day(daily.channel, daily.next.local_date) is not None:
            daily = replace(daily, next=next_occurrence_after_date(schedule, daily.next.local_date))
        await work.dailies.save(daily)
    return _notice(scene, "daily.on", instant_text(daily.next, schedule, scene.private))


async def switch_off(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily off``."""
    scene = await scene_of(core, call)
    async with core.store.begin() as work:
        if await work.dailies.load(scene.channel.id) is None:
            return _none(scene)
        await work.dailies.remove(scene.channel.id)
    return _notice(scene, "daily.off")


async def pause(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily pause``: pauses, and the second time goes on."""
    scene = await scene_of(core, call)
    async with core.store.begin() as work:
        daily = await work.dailies.load(scene.channel.id)
        if daily is None:
            return _none(scene)
        if daily.state is DailyState.ON:
            await work.dailies.save(replace(daily, state=DailyState.PAUSED))
            return _notice(scene, "daily.paused")
        ahead = next_occurrence(daily.schedule, after=core.clock.now())
        upcoming = max(daily.next, ahead, key=lambda occurrence: occurrence.local_date)
        await work.dailies.save(replace(daily, state=DailyState.ON, failures=0, next=upcoming))
    return _notice(scene, "daily.resumed", instant_text(upcoming, daily.schedule, scene.private))


async def skip(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily skip``: the next date is settled as left out."""
    scene = await scene_of(core, call)
    async with core.store.begin() as work:
        daily = await work.dailies.load(scene.channel.id)
        if daily is None:
            return _none(scene)
        skipped = daily.next
        await work.dailies.add_day(Day(daily.channel, skipped.local_date, skipped.at, DayState.SKIPPED))
        following = next_occurrence_after_date(daily.schedule, skipped.local_date)
        await work.dailies.save(replace(daily, next=following))
    text = say(scene.private, "daily.skipped", date=date_text(skipped.local_date, scene.private))
    card = notice(scene.private, text, instant_text(following, daily.schedule, scene.private), tone=Tone.GOOD)
    return Reply(card)


async def status(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily status``, in the channel's own time."""
    scene = await scene_of(core, call)
    async with core.store.view() as work:
        daily = await work.dailies.load(scene.channel.id)
        if daily is None:
            return _none(scene)
        days = await work.dailies.last_days(scene.channel.id, limit=DAYS_SHOWN)
        pool = spoiler_pool(scene.channel.spoilers, "facts", None, None)
        cursor = await work.cursors.load(scene.channel.id, f"{scene.catalogue.id}/{pool}")
    left = cursor.left if cursor.size else len(scene.catalogue.facts(scene.channel.spoilers))
    return Reply(status_card(daily, days, left=left, language=scene.private))


async def preview(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala daily preview``: the next dates, and a post as it may look; it uses up nothing."""
    scene = await scene_of(core, call)
    async with core.store.view() as work:
        daily = await work.dailies.load(scene.channel.id)
    facts = scene.catalogue.facts(scene.channel.spoilers)
    if daily is None or not facts:
        return _none(scene)
    upcoming = tuple(occurrences_from(daily.schedule, daily.next.local_date, DAYS_PREVIEWED))
    sample = facts[core.chance.shuffled(range(len(facts)))[0]]
    return Reply(preview_card(daily.schedule, upcoming, sample, scene.private))


def _daily(scene: Scene, before: Daily | None, schedule: Schedule, options: Mapping[str, Value]) -> Daily:
    kind = DailyKind(str(options.get("kind", before.kind if before else DailyKind.FACT)))
    return Daily(
        channel=scene.channel.id,
        community=scene.channel.community,
        schedule=schedule,
        kind=kind,
        state=DailyState.ON,
        set_by=scene.player,
        set_by_name=scene.actor.name,
        language=scene.public,
        next=next_occurrence(schedule, after=scene.core.clock.now()),
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
        return bad_value(say(scene.private, "name.time"), text, say(scene.private, "daily.time_remedy"))
    return found


def _weekdays(scene: Scene, text: str) -> frozenset[Weekday] | Refused:
    found = parse_weekdays(text)
    return found or bad_value(say(scene.private, "name.weekdays"), text, say(scene.private, "daily.weekdays_remedy"))


def _bad_zone(scene: Scene, text: str, refusal: ZoneRefusal) -> Refused:
    names = " · ".join(choice.label for choice in refusal.nearest)
    remedy = say(scene.private, "daily.zone_remedy", nearest=names) if names else say(scene.private, "daily.needs_zone")
    return bad_value(say(scene.private, "name.zone"), text, remedy)


def _needs(scene: Scene, option: str) -> Refused:
    return bad_value(say(scene.private, f"name.{option}"), "", say(scene.private, f"daily.needs_{option}"))


def _none(scene: Scene) -> Reply:
    return Reply(notice(scene.private, say(scene.private, "daily.none"), tone=Tone.WARNING))


def _notice(scene: Scene, key: str, *lines: str) -> Reply:
    return Reply(notice(scene.private, say(scene.private, key), *lines, tone=Tone.GOOD))


def _refuse(scene: Scene, refused: Refused) -> Reply:
    return Reply(refusal_card(scene.private, refused))
