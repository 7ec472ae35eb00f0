"""``lalabot daily preview``: the calendar for a schedule that is typed."""

from collections.abc import Iterator
from datetime import date

from bot.domain.calendar import Schedule, preview_lines
from bot.domain.errors import SettingError
from bot.domain.language import Language
from bot.domain.wall_time import WallTimeProblem, parse_wall_time, parse_weekdays
from bot.domain.zones import ZoneRefusal, resolve_zone, zone_called
from bot.system.clock import SystemClock, use_shipped_zones


def previewed(time_text: str, zone_text: str, first_text: str, days: int, weekdays_text: str) -> Iterator[str]:
    """Raises :class:`SettingError` for what cannot be read, with a word on how to write it."""
    use_shipped_zones()
    at = parse_wall_time(time_text)
    if isinstance(at, WallTimeProblem):
        raise SettingError(f"--time {time_text!r} is no time of day: write it like 9:00, 9am or 21h30")
    weekdays = parse_weekdays(weekdays_text)
    if not weekdays:
        raise SettingError(f"--weekdays {weekdays_text!r}: write days like mon,wed,fri or mon-fri")
    zone = zone_called(zone_text) or resolve_zone(zone_text, Language.EN, now=SystemClock().now())
    if isinstance(zone, ZoneRefusal):
        nearest = ", ".join(choice.zone for choice in zone.nearest)
        raise SettingError(
            f"--zone {zone_text!r} names no zone: name a city or an IANA zone{f', such as {nearest}' if nearest else ''}"
        )
    try:
        first = date.fromisoformat(first_text)
    except ValueError as error:
        raise SettingError(f"--from {first_text!r} is no date: write it like 2026-03-07") from error
    return preview_lines(Schedule(at, zone, weekdays), first, days)
