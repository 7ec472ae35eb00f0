"""Every name that a zone goes by, folded for comparison: cities and countries in both languages, IANA names old and new.

Made at the first use, in some milliseconds, and kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from bot.domain.calendar import ZoneId
from bot.domain.language import Localized
from bot.domain.zone_lore import UTC_ZONE
from bot.domain.zone_names import COUNTRIES, LINKS, PLACES

_CONTINENTS: Final = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")


@dataclass(frozen=True, slots=True)
class Place:
    """A city, and the zone that its clocks follow."""

    zone: ZoneId
    city: Localized
    country: Localized
    country_code: str
    """ISO 3166; empty for UTC."""


class NameKind(StrEnum):
    CITY = "city"
    COUNTRY = "country"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Name:
    folded: str
    kind: NameKind
    place: Place


@dataclass(frozen=True, slots=True)
class ZoneIndex:
    names: tuple[Name, ...]
    by_name: dict[str, tuple[Place, ...]]
    of_zone: dict[ZoneId, Place]
    """The city that the zone is called after."""
    zone_of_id: dict[str, ZoneId]
    """Every IANA name that stands for a place, in lower case."""


@cache
def zone_index() -> ZoneIndex:
    of_zone: dict[ZoneId, Place] = {}
    names: list[Name] = []
    for place, others, country_others in _places():
        labels = (f"{city} {country}" for city, country in zip(place.city, place.country, strict=True))
        names += _names_of(place, NameKind.CITY, (*place.city, *others, *labels))
        if of_zone.setdefault(place.zone, place) is place:
            names += _names_of(place, NameKind.COUNTRY, (*place.country, *country_others))
            names += _names_of(place, NameKind.ID, _spellings(place.zone))
    of_zone[UTC_ZONE] = Place(UTC_ZONE, Localized("UTC", "UTC"), Localized("", ""), "")
    links = {old: ZoneId(new) for old, new in _rows(LINKS, 2)}
    for old, zone in links.items():
        names += _names_of(of_zone[zone], NameKind.ID, _spellings(old))
    by_name: dict[str, list[Place]] = {}
    for name in names:
        by_name.setdefault(name.folded, []).append(name.place)
    ids = {old.casefold(): zone for old, zone in links.items()} | {zone.casefold(): zone for zone in of_zone}
    return ZoneIndex(tuple(names), {name: tuple(places) for name, places in by_name.items()}, of_zone, ids)


def folded(text: str) -> str:
    """Without case, accents and marks, words parted by one blank."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(_MARKS.sub(" ", plain.translate(_NOTHING)).split())


_NOTHING: Final = str.maketrans("", "", "'’.")
_MARKS: Final = re.compile(r"[\W_]+")


def _places() -> Iterator[tuple[Place, list[str], list[str]]]:
    """Each with its further names, and its country's. The first of a zone is the city that the zone is called after."""
    countries = {code: (Localized(en, pt), others) for code, en, pt, others in _rows(COUNTRIES, 4)}
    for zone, code, en, pt, others in _rows(PLACES, 5):
        country, country_others = countries[code]
        yield Place(ZoneId(zone), Localized(en, pt or en), country, code), others.split("/"), country_others.split("/")


def _rows(table: str, width: int) -> Iterator[list[str]]:
    for line in table.splitlines():
        fields = line.split("|")
        yield fields + [""] * (width - len(fields))


def _spellings(zone_id: str) -> tuple[str, ...]:
    """Its whole name and, where that is a place's, its last part."""
    return (zone_id, zone_id.rsplit("/", 1)[-1]) if zone_id.startswith(_CONTINENTS) else (zone_id,)


def _names_of(place: Place, kind: NameKind, spellings: Iterable[str]) -> Iterator[Name]:
    return (Name(name, kind, place) for name in dict.fromkeys(map(folded, spellings)) if name)
