"""Finding an IANA zone in what people type: cities and countries in both languages, and the zones' own names.

An offset or an abbreviation is no zone, for it does not say when the clocks change: it is refused, with the zones that it may mean.
What is found is the name in use today (``America/Sao_Paulo`` for ``Brazil/East``), one that ``zone.tab`` lists for a country, or UTC.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from typing import Final
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.domain.calendar import ZoneId, zone_info
from bot.domain.language import Language
from bot.domain.zone_index import Name, NameKind, Place, ZoneIndex, folded, zone_index
from bot.domain.zone_lore import ABBREVIATIONS, PROMINENT, UTC_NAMES, UTC_ZONE, parse_offset

NEAREST: Final = 3
_ALIKE: Final = 70.0
"""Of 100, by rapidfuzz's ratio: two letters wrong in a name of seven."""
_HOME: Final = {Language.PT_BR: ("BR", "PT")}
"""Countries whose zones come first for readers of a language; English has too many to say."""


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    zone: ZoneId
    label: str
    """City, country and present offset, in the reader's language; ``resolve_zone`` reads it too."""


class ZoneProblem(StrEnum):
    """Why a text names no zone; each has a phrase in every language under ``zone.<value>``."""

    OFFSET = "offset"
    ABBREVIATION = "abbreviation"
    SEVERAL = "several"
    """A country, or a city's name, that several zones share."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ZoneRefusal:
    problem: ZoneProblem
    nearest: tuple[ZoneChoice, ...]
    """The likeliest first, at most three; of an unknown text, perhaps none."""


def complete_zone(text: str, language: Language, *, now: datetime, limit: int = 25) -> tuple[ZoneChoice, ...]:
    """What ``text`` may be the beginning of, or mean, best first; of nothing typed, the zones most used. ``now`` is for the labels."""
    typed = _without_label_offset(text)
    first_of_zone: dict[ZoneId, Place] = {}
    found = () if parse_offset(typed) is not None else _search(folded(typed), language)
    for place in chain(_meant(typed, language, now), found):
        first_of_zone.setdefault(place.zone, place)
    return tuple(_choice(place, language, now) for place in islice(first_of_zone.values(), limit))


def resolve_zone(text: str, language: Language, *, now: datetime) -> ZoneId | ZoneRefusal:
    """The one zone that ``text`` names; letters' case, accents and marks do not count."""
    typed = _without_label_offset(text)
    if typed.casefold() in UTC_NAMES:
        return UTC_ZONE
    if parse_offset(typed) is not None:
        return _refusal(ZoneProblem.OFFSET, typed, language, now)
    if typed.casefold() in ABBREVIATIONS:
        return _refusal(ZoneProblem.ABBREVIATION, typed, language, now)
    zones = _zones_named(typed, zone_index())
    match len(zones):
        case 1:
            return next(iter(zones))
        case 0:
            return _refusal(ZoneProblem.UNKNOWN, typed, language, now)
        case _:
            return _refusal(ZoneProblem.SEVERAL, typed, language, now)


def zone_called(zone_id: str) -> ZoneId | None:
    """Any name that the machine's data have, exactly as it is written there: for operators. Slow, for it reads folders."""
    return ZoneId(zone_id) if zone_id in available_timezones() else None


def _refusal(problem: ZoneProblem, typed: str, language: Language, now: datetime) -> ZoneRefusal:
    return ZoneRefusal(problem, complete_zone(typed, language, now=now, limit=NEAREST) if typed else ())


def _zones_named(typed: str, index: ZoneIndex) -> set[ZoneId]:
    zone = index.zone_of_id.get(re.sub(r"\s+", "_", typed.casefold()))
    return {zone} if zone is not None else {place.zone for place in index.by_name.get(folded(typed), ())}


def _meant(typed: str, language: Language, now: datetime) -> Iterable[Place]:
    """What an offset or an abbreviation may mean; of an offset that nobody keeps now, the nearest."""
    of_zone = zone_index().of_zone
    if typed.casefold() in UTC_NAMES:
        return (of_zone[UTC_ZONE],)
    if typed.casefold() in ABBREVIATIONS:
        return [of_zone[zone] for zone in ABBREVIATIONS[typed.casefold()]]
    offset = parse_offset(typed)
    if offset is None:
        return ()
    distances = {zone: abs(_offset_at(zone, now) - offset) for zone in PROMINENT}
    least = min(distances.values())
    nearest = (of_zone[zone] for zone, distance in distances.items() if distance == least)
    return sorted(nearest, key=lambda place: _rank(place, language))


def _search(typed: str, language: Language) -> Iterator[Place]:
    """By how well a name fits; then the reader's own countries, the zones most meant, the alphabet."""
    index = zone_index()
    if not typed:
        yield from sorted(index.of_zone.values(), key=lambda place: _rank(place, language))
        return
    fits = [
        (fit, *_rank(name.place, language), name.place)
        for name in index.names
        if (fit := _fit(typed, name)) is not None
    ]
    fits.sort(key=lambda found: found[:-1])
    yield from (found[-1] for found in fits)
    if not fits and len(typed) > 2:
        yield from _misspelt(typed, index, language)


def _misspelt(typed: str, index: ZoneIndex, language: Language) -> Iterator[Place]:
    for name, _, _ in process.extract(typed, index.by_name.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=10):
        yield from sorted(index.by_name[name], key=lambda place: _rank(place, language))


def _fit(typed: str, name: Name) -> int | None:
    """0 is the best; ``None`` for none."""
    is_country = name.kind is NameKind.COUNTRY
    if name.folded.startswith(typed):
        return (0 if name.folded == typed else 2) + is_country
    return 4 if f" {typed}" in name.folded else None


def _rank(place: Place, language: Language) -> tuple[bool, int, str]:
    return place.country_code not in _HOME.get(language, ()), _prominence(place.zone), place.city.en


@cache
def _prominence(zone: ZoneId) -> int:
    return PROMINENT.index(zone) if zone in PROMINENT else len(PROMINENT)


def _choice(place: Place, language: Language, now: datetime) -> ZoneChoice:
    city, country = place.city[language], place.country[language]
    if place.zone == UTC_ZONE:
        return ZoneChoice(place.zone, city)
    where = city if country.startswith(city) else f"{city}, {country}"
    return ZoneChoice(place.zone, f"{where} ({_written(_offset_at(place.zone, now))})")


def _written(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    tail = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{'−' if offset < timedelta(0) else '+'}{minutes // 60}{tail}"


def _offset_at(zone: ZoneId, now: datetime) -> timedelta:
    offset = now.astimezone(zone_info(zone)).utcoffset()
    assert offset is not None
    return offset


def _without_label_offset(text: str) -> str:
    return re.sub(r"(?<=\S)\s*\(UTC[^)]*\)$", "", text.strip())
