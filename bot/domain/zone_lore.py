"""What people say for a zone and is none: offsets and abbreviations; and which zones they mostly mean."""

import re
from datetime import timedelta
from typing import Final

from bot.domain.calendar import ZoneId

UTC_ZONE: Final = ZoneId("Etc/UTC")
UTC_NAMES: Final = frozenset(
    {"utc", "z", "zulu", "uct", "universal", "etc/utc", "etc/uct", "etc/universal", "etc/zulu"}
)

_MOST_MEANT: Final = """
America/New_York America/Los_Angeles America/Sao_Paulo Europe/London America/Chicago America/Denver Europe/Paris
Europe/Berlin Europe/Lisbon Asia/Tokyo America/Toronto America/Mexico_City Asia/Kolkata Australia/Sydney Europe/Madrid
Europe/Rome America/Argentina/Buenos_Aires Asia/Shanghai Europe/Moscow Europe/Istanbul America/Manaus
America/Vancouver Asia/Seoul Asia/Singapore Asia/Hong_Kong Asia/Dubai Africa/Lagos Africa/Cairo Africa/Johannesburg
Africa/Nairobi America/Bogota America/Lima America/Santiago America/Caracas America/Halifax America/St_Johns
America/Anchorage Pacific/Honolulu America/Phoenix America/Edmonton America/Winnipeg America/Rio_Branco
America/Noronha America/Recife America/Bahia America/Fortaleza America/Belem America/Cuiaba America/Campo_Grande
America/Porto_Velho America/Boa_Vista America/Panama Europe/Dublin Europe/Amsterdam Europe/Brussels Europe/Zurich
Europe/Vienna Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Helsinki Europe/Warsaw Europe/Prague
Europe/Budapest Europe/Athens Europe/Bucharest Europe/Kyiv Atlantic/Azores Atlantic/Madeira Atlantic/Cape_Verde
Atlantic/Reykjavik Africa/Luanda Africa/Maputo Africa/Casablanca Africa/Abidjan America/Nuuk Asia/Jerusalem
Asia/Riyadh Asia/Tehran Asia/Kabul Asia/Karachi Asia/Kathmandu Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Jakarta
Asia/Manila Asia/Taipei Asia/Ho_Chi_Minh Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide
Australia/Darwin Australia/Eucla Australia/Lord_Howe Pacific/Auckland Pacific/Chatham Pacific/Fiji Pacific/Noumea
Pacific/Apia Pacific/Kiritimati Pacific/Pago_Pago Pacific/Marquesas Pacific/Gambier
"""

PROMINENT: Final = tuple(map(ZoneId, _MOST_MEANT.split()))
"""Those most likely meant first. Every offset that some zone keeps all year is among them."""

ABBREVIATIONS: Final = {
    word: tuple(map(ZoneId, zones.split()))
    for words, zones in {
        "est edt et est5edt eastern": "America/New_York America/Toronto America/Panama",
        "cst cdt ct cst6cdt central": "America/Chicago America/Mexico_City America/Winnipeg Asia/Shanghai",
        "mst mdt mt mst7mdt mountain": "America/Denver America/Phoenix America/Edmonton",
        "pst pdt pt pst8pdt pacific": "America/Los_Angeles America/Vancouver America/Tijuana",
        "akst akdt": "America/Anchorage",
        "hst hdt": "Pacific/Honolulu America/Adak",
        "ast adt": "America/Halifax America/Puerto_Rico",
        "nst ndt": "America/St_Johns",
        "brt brst": "America/Sao_Paulo America/Bahia America/Fortaleza",
        "amt amst": "America/Manaus America/Cuiaba America/Porto_Velho",
        "act": "America/Rio_Branco America/Eirunepe",
        "fnt": "America/Noronha",
        "art": "America/Argentina/Buenos_Aires",
        "clt clst": "America/Santiago",
        "gmt": "Europe/London Africa/Abidjan Atlantic/Reykjavik",
        "bst": "Europe/London Asia/Dhaka",
        "ist": "Asia/Kolkata Europe/Dublin Asia/Jerusalem",
        "wet west": "Europe/Lisbon Atlantic/Madeira Atlantic/Canary",
        "cet cest met mest mez": "Europe/Berlin Europe/Paris Europe/Madrid",
        "eet eest": "Europe/Athens Europe/Helsinki Europe/Kyiv",
        "msk": "Europe/Moscow",
        "trt": "Europe/Istanbul",
        "cat sast": "Africa/Maputo Africa/Johannesburg",
        "wat": "Africa/Lagos Africa/Luanda",
        "eat": "Africa/Nairobi",
        "pkt": "Asia/Karachi",
        "ict": "Asia/Bangkok Asia/Ho_Chi_Minh",
        "wib": "Asia/Jakarta",
        "sgt": "Asia/Singapore",
        "hkt": "Asia/Hong_Kong",
        "pht": "Asia/Manila",
        "jst": "Asia/Tokyo",
        "kst": "Asia/Seoul",
        "awst": "Australia/Perth",
        "acst acdt": "Australia/Adelaide Australia/Darwin",
        "aest aedt": "Australia/Sydney Australia/Melbourne Australia/Brisbane",
        "nzst nzdt": "Pacific/Auckland",
    }.items()
    for word in words.split()
}
"""Several mean different things in different places, and none says when the clocks change."""

_OFFSET: Final = re.compile(
    r"(?P<name>utc|gmt|etc/gmt)?\s*(?P<sign>[+\-−–])\s*(?P<hours>\d{1,2})(?:[:.h]?(?P<minutes>\d{2}))?h?|(?:etc/)?(?:gmt0?|greenwich)"
)
_LONGEST: Final = timedelta(hours=18)


def parse_offset(text: str) -> timedelta | None:
    """East of Greenwich: of ``UTC-3``, ``GMT+5:30``, ``-03:00``, ``Etc/GMT+3`` (which is west: POSIX counts the other way)."""
    match = _OFFSET.fullmatch(text.strip().casefold())
    if match is None:
        return None
    if match["sign"] is None:
        return timedelta(0)
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    west = (match["sign"] != "+") != (match["name"] == "etc/gmt")
    return None if offset > _LONGEST else -offset if west else offset
