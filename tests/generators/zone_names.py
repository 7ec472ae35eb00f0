"""Writes ``bot/domain/zone_names.py``: run ``python -m tests.generators.zone_names`` after a new ``tzdata`` or ``babel``.

Zones are those of the wheel's ``zone.tab`` (one or more a country: a Swede finds Stockholm, whose data today are a link to Berlin's); the
names of their cities and countries are CLDR's, through Babel; ``MORE_PLACES`` are the cities that people type and no zone is called.
"""

import sys
from importlib.resources import files
from pathlib import Path

import babel
import tzdata
from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).parents[2] / "bot" / "domain" / "zone_names.py"

OTHER_COUNTRY_NAMES = {
    "US": "USA/United States of America/America/EUA/Estados Unidos da América",
    "GB": "UK/England/Scotland/Wales/Great Britain/Inglaterra/Escócia/Grã-Bretanha",
    "NL": "Holland/Holanda",
    "CZ": "Czech Republic/Chéquia",
    "TR": "Turkey",
    "MM": "Burma/Birmânia",
    "CI": "Ivory Coast",
    "KR": "Coreia",
    "AE": "UAE/EAU",
    "IR": "Persia",
    "PL": "Polônia/Polónia",
    "VN": "Viet Nam/Vietnã",
}

MORE_PLACES = """
America/Sao_Paulo|BR|Rio de Janeiro|
America/Sao_Paulo|BR|Brasília|
America/Sao_Paulo|BR|Belo Horizonte|
America/Sao_Paulo|BR|Curitiba|
America/Sao_Paulo|BR|Porto Alegre|
America/Sao_Paulo|BR|Florianópolis|
America/Sao_Paulo|BR|Goiânia|
America/Sao_Paulo|BR|Vitória|
America/Sao_Paulo|BR|Campinas|
America/Bahia|BR|Salvador|
America/Fortaleza|BR|Natal|
America/Fortaleza|BR|São Luís|
America/Fortaleza|BR|Teresina|
America/Fortaleza|BR|João Pessoa|
America/Maceio|BR|Aracaju|
America/Belem|BR|Macapá|
America/Araguaina|BR|Palmas|
Europe/Lisbon|PT|Porto|
Europe/Lisbon|PT|Coimbra|
Europe/Lisbon|PT|Braga|
Atlantic/Madeira|PT|Funchal|
Atlantic/Azores|PT|Ponta Delgada|
America/New_York|US|Washington|
America/New_York|US|Boston|
America/New_York|US|Miami|
America/New_York|US|Philadelphia|Filadélfia
America/New_York|US|Atlanta|
America/New_York|US|Orlando|
America/New_York|US|Pittsburgh|
America/New_York|US|Cleveland|
America/New_York|US|Charlotte|
America/Chicago|US|Houston|
America/Chicago|US|Dallas|
America/Chicago|US|Austin|
America/Chicago|US|San Antonio|
America/Chicago|US|New Orleans|Nova Orleans
America/Chicago|US|Minneapolis|
America/Chicago|US|St. Louis|
America/Chicago|US|Nashville|
America/Denver|US|Salt Lake City|
America/Denver|US|Albuquerque|
America/Los_Angeles|US|San Francisco|São Francisco
America/Los_Angeles|US|Hollywood|
America/Los_Angeles|US|San Diego|
America/Los_Angeles|US|San Jose|
America/Los_Angeles|US|Seattle|
America/Los_Angeles|US|Portland|
America/Los_Angeles|US|Las Vegas|
America/Los_Angeles|US|Sacramento|
Pacific/Honolulu|US|Hawaii|Havaí
America/Anchorage|US|Alaska|Alasca
America/Toronto|CA|Montreal|
America/Toronto|CA|Ottawa|
America/Toronto|CA|Quebec|
America/Edmonton|CA|Calgary|
America/Mexico_City|MX|Guadalajara|
America/Argentina/Cordoba|AR|Rosario|
America/Santiago|CL|Valparaíso|
America/Bogota|CO|Medellín|
America/Guayaquil|EC|Quito|
America/La_Paz|BO|Santa Cruz de la Sierra|
Europe/London|GB|Edinburgh|Edimburgo
Europe/London|GB|Manchester|
Europe/London|GB|Birmingham|
Europe/London|GB|Glasgow|
Europe/London|GB|Cardiff|
Europe/London|GB|Belfast|
Europe/Paris|FR|Marseille|Marselha
Europe/Paris|FR|Lyon|
Europe/Paris|FR|Nice|
Europe/Paris|FR|Toulouse|
Europe/Berlin|DE|Munich|Munique
Europe/Berlin|DE|Hamburg|Hamburgo
Europe/Berlin|DE|Frankfurt|
Europe/Berlin|DE|Cologne|Colônia
Europe/Berlin|DE|Stuttgart|
Europe/Madrid|ES|Barcelona|
Europe/Madrid|ES|Valencia|Valência
Europe/Madrid|ES|Seville|Sevilha
Europe/Rome|IT|Milan|Milão
Europe/Rome|IT|Venice|Veneza
Europe/Rome|IT|Florence|Florença
Europe/Rome|IT|Naples|Nápoles
Europe/Rome|IT|Turin|Turim
Europe/Zurich|CH|Geneva|Genebra
Europe/Zurich|CH|Bern|Berna
Europe/Zurich|CH|Basel|Basileia
Europe/Amsterdam|NL|Rotterdam|Roterdã
Europe/Brussels|BE|Antwerp|Antuérpia
Europe/Warsaw|PL|Kraków|Cracóvia
Europe/Moscow|RU|Saint Petersburg|São Petersburgo
Europe/Istanbul|TR|Ankara|Ancara
Asia/Jerusalem|IL|Tel Aviv|
Asia/Dubai|AE|Abu Dhabi|
Asia/Riyadh|SA|Mecca|Meca
Asia/Kolkata|IN|Mumbai|
Asia/Kolkata|IN|New Delhi|Nova Délhi
Asia/Kolkata|IN|Delhi|Délhi
Asia/Kolkata|IN|Bangalore|
Asia/Kolkata|IN|Chennai|
Asia/Kolkata|IN|Hyderabad|
Asia/Karachi|PK|Islamabad|
Asia/Karachi|PK|Lahore|
Asia/Shanghai|CN|Beijing|Pequim
Asia/Shanghai|CN|Guangzhou|Cantão
Asia/Shanghai|CN|Shenzhen|
Asia/Tokyo|JP|Osaka|
Asia/Tokyo|JP|Kyoto|Quioto
Asia/Seoul|KR|Busan|
Asia/Ho_Chi_Minh|VN|Hanoi|Hanói
Australia/Sydney|AU|Canberra|
Pacific/Auckland|NZ|Wellington|
Africa/Johannesburg|ZA|Cape Town|Cidade do Cabo
Africa/Lagos|NG|Abuja|
Africa/Casablanca|MA|Rabat|
Africa/Casablanca|MA|Marrakesh|Marraquexe
"""

OTHER_CITY_NAMES = {
    "America/Fortaleza": "Ceará",
    "America/Recife": "Pernambuco",
    "America/Los_Angeles": "LA",
    "America/New_York": "NYC/New York City",
    "America/Noronha": "Fernando de Noronha",
    "Asia/Jerusalem": "Jerusalém",
}

HEADER = '''"""Zones, their cities and countries in both languages: made by ``tests/generators/zone_names.py``, which is what to edit.

From tzdata {version} and CLDR (Babel {babel}). Fields are parted by ``|``, further names of one place by ``/``.
"""

from typing import Final

'''


def zone_tab() -> dict[str, str]:
    """Zone id to country code."""
    rows = (line.split("\t") for line in _data("zone.tab").splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def modern_names(zones: dict[str, str]) -> dict[str, str]:
    """Every other IANA name to the zone it is, by ``tzdata``; by CLDR where that keeps it in its own country (Asmera, Iceland)."""
    links = dict(reversed(line.split()[1:3]) for line in _data("tzdata.zi").splitlines() if line.startswith("L "))
    links |= {old: new for old, new in get_global("zone_aliases").items() if new in zones}
    every = (name for name in files("tzdata").joinpath("zones").read_text().split() if name not in zones)
    modern = {name: links[name] for name in every if name in links}
    return {old: new for old, new in modern.items() if new in zones or new == "Etc/UTC"}


def places(zones: dict[str, str], modern: dict[str, str]) -> list[str]:
    english, brazilian, portuguese = (Locale.parse(tag) for tag in ("en", "pt_BR", "pt_PT"))
    rows = []
    for zone, country in sorted(zones.items()):
        ids = (zone, *(old for old, new in modern.items() if new == zone))
        en, pt, other = (_city(locale, ids) for locale in (english, brazilian, portuguese))
        others = [*([other] if other not in (en, pt) else []), *OTHER_CITY_NAMES.get(zone, "").split("/")]
        rows.append("|".join((zone, country, en, pt if pt != en else "", "/".join(filter(None, others)))).rstrip("|"))
    return rows + [row.rstrip("|") for row in MORE_PLACES.split("\n") if row]


def countries(zones: dict[str, str]) -> list[str]:
    english, brazilian = Locale.parse("en").territories, Locale.parse("pt_BR").territories
    rows = (
        (code, english[code], brazilian[code], OTHER_COUNTRY_NAMES.get(code, ""))
        for code in sorted(set(zones.values()))
    )
    return ["|".join(row).rstrip("|") for row in rows]


def module() -> str:
    zones = zone_tab()
    modern = modern_names(zones)
    tables = {
        "PLACES": ("zone|country|English|Portuguese, where it differs|further names", places(zones, modern)),
        "COUNTRIES": ("code|English|Portuguese|further names", countries(zones)),
        "LINKS": (
            "name that is no longer used, or not for people|zone",
            [f"{old}|{new}" for old, new in sorted(modern.items())],
        ),
    }
    body = "\n".join(
        f'{name}: Final = """\\\n' + "\n".join(rows) + f'\n"""\n"""{meaning}"""\n'
        for name, (meaning, rows) in tables.items()
    )
    return HEADER.format(version=tzdata.IANA_VERSION, babel=babel.__version__) + body


def _data(name: str) -> str:
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")


def _city(locale: Locale, ids: tuple[str, ...]) -> str:
    """CLDR names only cities that their id does not spell, under the id that it began with."""
    named = (locale.time_zones[name].get("city") for name in ids if name in locale.time_zones)
    return next(filter(None, named), None) or ids[0].split("/")[-1].replace("_", " ")


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name} written\n")
