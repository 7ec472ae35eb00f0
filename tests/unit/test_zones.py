from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import ZoneId
from bot.domain.language import Language
from bot.domain.zone_index import zone_index
from bot.domain.zone_lore import ABBREVIATIONS, PROMINENT, parse_offset
from bot.domain.zones import ZoneProblem, ZoneRefusal, complete_zone, resolve_zone, zone_called
from tests.generators import zone_names

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, 12, tzinfo=UTC)
EN, PT = Language.EN, Language.PT_BR


def refused(typed: str, language: Language = EN, now: datetime = SUMMER) -> tuple[ZoneProblem, list[str]]:
    refusal = resolve_zone(typed, language, now=now)
    assert isinstance(refusal, ZoneRefusal)
    return refusal.problem, [choice.zone for choice in refusal.nearest]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Sao_Paulo", "America/Sao_Paulo"),
        ("america/sao_paulo", "America/Sao_Paulo"),
        ("america/new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Lisboa", "Europe/Lisbon"),
        ("Nova York", "America/New_York"),
        ("Nova Iorque", "America/New_York"),
        ("Londres", "Europe/London"),
        ("Tokyo", "Asia/Tokyo"),
        ("Tóquio", "Asia/Tokyo"),
        ("Berlim", "Europe/Berlin"),
        ("Rio de Janeiro", "America/Sao_Paulo"),
        ("Hollywood", "America/Los_Angeles"),
        ("Veneza", "Europe/Rome"),
        ("Japão", "Asia/Tokyo"),
        ("St. John's", "America/St_Johns"),
        ("UTC", "Etc/UTC"),
        ("Brazil/East", "America/Sao_Paulo"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Africa/Asmera", "Africa/Asmara"),
        ("Iceland", "Atlantic/Reykjavik"),
        ("Europe/Stockholm", "Europe/Stockholm"),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_a_name_in_either_language_is_the_zone_in_use_today(typed: str, zone: str, language: Language) -> None:
    assert resolve_zone(typed, language, now=SUMMER) == zone


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("UTC-3", "America/Sao_Paulo"),
        ("utc −3", "America/Sao_Paulo"),
        ("-03:00", "America/Sao_Paulo"),
        ("Etc/GMT+3", "America/Sao_Paulo"),
        ("GMT+2", "Europe/Paris"),
        ("+5:30", "Asia/Kolkata"),
        ("UTC+5:40", "Asia/Kathmandu"),
        ("+0545", "Asia/Kathmandu"),
    ],
)
def test_an_offset_is_refused_with_the_nearest_zone(typed: str, nearest: str) -> None:
    problem, zones = refused(typed)
    assert problem is ZoneProblem.OFFSET
    assert zones[0] == nearest


def test_the_zones_near_an_offset_are_those_that_keep_it_now() -> None:
    assert "Europe/London" in refused("UTC+1", now=SUMMER)[1]
    assert "Europe/London" not in refused("UTC+1", now=WINTER)[1]


@pytest.mark.parametrize(
    ("typed", "zone"), [("EST", "America/New_York"), ("BRT", "America/Sao_Paulo"), ("cet", "Europe/Berlin")]
)
def test_an_abbreviation_is_refused_with_the_zones_it_may_mean(typed: str, zone: str) -> None:
    problem, zones = refused(typed)
    assert problem is ZoneProblem.ABBREVIATION
    assert zones[0] == zone


def test_a_country_of_several_zones_is_refused_with_its_largest() -> None:
    assert refused("Brasil", PT) == (ZoneProblem.SEVERAL, ["America/Sao_Paulo", "America/Manaus", "America/Rio_Branco"])


def test_a_misspelt_city_is_refused_with_the_likely_one() -> None:
    assert refused("San Fransisco") == (ZoneProblem.UNKNOWN, ["America/Los_Angeles"])


@pytest.mark.parametrize("typed", ["", "  ", "xq", "Middle-earth/Shire", "../../etc/passwd"])
def test_nothing_like_a_zone_is_refused_without_a_guess(typed: str) -> None:
    assert refused(typed) == (ZoneProblem.UNKNOWN, [])


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("lis", PT, "Lisboa, Portugal (UTC+1)"),
        ("lis", EN, "Lisbon, Portugal (UTC+1)"),
        ("sao", PT, "São Paulo, Brasil (UTC−3)"),
        ("toq", EN, "Tokyo, Japan (UTC+9)"),
        ("ber", PT, "Berlim, Alemanha (UTC+2)"),
        ("york", EN, "New York, United States (UTC−4)"),
        ("munch", EN, "Munich, Germany (UTC+2)"),
        ("japan", EN, "Tokyo, Japan (UTC+9)"),
        ("singap", EN, "Singapore (UTC+8)"),
        ("kathm", EN, "Kathmandu, Nepal (UTC+5:45)"),
        ("niger", EN, "Niamey, Niger (UTC+1)"),
        ("belg", EN, "Belgrade, Serbia (UTC+2)"),
        ("utc", EN, "UTC"),
        ("UTC-3", PT, "São Paulo, Brasil (UTC−3)"),
        ("", EN, "New York, United States (UTC−4)"),
        ("", PT, "São Paulo, Brasil (UTC−3)"),
    ],
)
def test_the_best_completion_comes_first(typed: str, language: Language, first: str) -> None:
    assert complete_zone(typed, language, now=SUMMER)[0].label == first


@pytest.mark.parametrize(
    ("typed", "zone"), [("ist", "Europe/Istanbul"), ("z", "Europe/Zurich"), ("mt", "America/Denver")]
)
def test_what_is_also_an_abbreviation_still_completes(typed: str, zone: str) -> None:
    assert zone in {choice.zone for choice in complete_zone(typed, EN, now=SUMMER)}


@given(st.text(max_size=12), st.sampled_from(Language), st.integers(1, 25))
def test_completions_are_few_short_and_each_of_another_zone(typed: str, language: Language, limit: int) -> None:
    choices = complete_zone(typed, language, now=SUMMER, limit=limit)
    assert len({choice.zone for choice in choices}) == len(choices) <= limit
    assert all(0 < len(choice.label) <= 100 for choice in choices)


@pytest.mark.parametrize("language", Language)
def test_every_label_reads_back_as_its_zone(language: Language) -> None:
    for choice in complete_zone("", language, now=SUMMER, limit=1000):
        assert resolve_zone(choice.label, language, now=SUMMER) == choice.zone


def test_every_zone_of_the_table_exists_and_is_its_own_modern_name() -> None:
    for zone in zone_index().of_zone:
        assert ZoneInfo(zone)
        assert resolve_zone(zone, EN, now=SUMMER) == zone


def test_every_old_name_leads_to_a_zone_of_the_table_with_the_same_clock() -> None:
    index = zone_index()
    for old, zone in zone_names.modern_names(zone_names.zone_tab()).items():
        assert index.zone_of_id[old.casefold()] == zone in index.of_zone
        for now in (SUMMER, WINTER):
            assert now.astimezone(ZoneInfo(old)).utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset(), old


def test_prominent_zones_keep_every_offset_in_use() -> None:
    def offsets(zones: list[ZoneId]) -> set[timedelta | None]:
        return {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones for now in (SUMMER, WINTER)}

    assert offsets(list(PROMINENT)) == offsets(list(zone_index().of_zone))


def test_abbreviations_mean_zones_of_the_table() -> None:
    assert {zone for zones in ABBREVIATIONS.values() for zone in zones} <= zone_index().of_zone.keys()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("UTC-3", -180),
        ("GMT+2", 120),
        ("-03:00", -180),
        ("+5:45", 345),
        ("Etc/GMT-14", 840),
        ("gmt", 0),
        ("Etc/GMT0", 0),
    ],
)
def test_offsets_are_read_east_of_greenwich(typed: str, minutes: int) -> None:
    assert parse_offset(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["3", "UTC", "+25", "Paris", "+1:5", ""])
def test_what_is_no_offset_is_none(typed: str) -> None:
    assert parse_offset(typed) is None


def test_an_operator_may_name_any_zone_as_it_is_written() -> None:
    assert zone_called("US/Eastern") == "US/Eastern"
    assert zone_called("Etc/GMT+3") == "Etc/GMT+3"
    assert zone_called("../UTC") is None


def test_the_table_is_what_its_generator_writes() -> None:
    assert zone_names.TARGET.read_text(encoding="utf-8") == zone_names.module()
