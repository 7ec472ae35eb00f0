from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import (
    FIRST_DATE,
    LAST_DATE,
    WEEK,
    Occurrence,
    Schedule,
    Weekday,
    ZoneId,
    next_occurrence,
    next_occurrence_after_date,
    occurrence_on,
    occurrences_from,
    preview_lines,
)
from tests.proofs.calendar_oracle import walk
from tests.proofs.calendar_proof import prove

DAY = timedelta(days=1)
HARD_ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Africa/Cairo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "America/Nuuk",
    "America/Scoresbysund",
    "Pacific/Apia",
    "Pacific/Fakaofo",
    "Asia/Pyongyang",
    "Africa/Casablanca",
    "America/St_Johns",
    "Antarctica/Troll",
    "Antarctica/Casey",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Etc/UTC",
)

zones = st.sampled_from(HARD_ZONES).map(ZoneId)
times = st.times().map(lambda moment: moment.replace(fold=0))
weekday_sets = st.frozensets(st.sampled_from(Weekday), min_size=1)
schedules = st.builds(Schedule, times, zones, weekday_sets)
dates = st.dates(date(2010, 1, 1), date(2040, 12, 31))
instants = st.builds(datetime.combine, dates, times, st.just(UTC))


def daily(at: str, zone: str, *weekdays: Weekday) -> Schedule:
    return Schedule(time.fromisoformat(at), ZoneId(zone), frozenset(weekdays or Weekday))


@pytest.mark.parametrize(
    ("at", "zone", "first", "lines"),
    [
        pytest.param(
            "00:00",
            "America/New_York",
            "2026-03-07",
            [
                "2026-03-07\t2026-03-07T05:00:00Z",
                "2026-03-08\t2026-03-08T05:00:00Z",
                "2026-03-09\t2026-03-09T04:00:00Z",
            ],
            id="midnight before the clocks go forward",
        ),
        pytest.param(
            "02:30",
            "America/New_York",
            "2026-03-07",
            [
                "2026-03-07\t2026-03-07T07:30:00Z",
                "2026-03-08\t2026-03-08T07:00:00Z",
                "2026-03-09\t2026-03-09T06:30:00Z",
            ],
            id="skipped: the first instant after the gap",
        ),
        pytest.param(
            "01:30",
            "America/New_York",
            "2026-10-31",
            [
                "2026-10-31\t2026-10-31T05:30:00Z",
                "2026-11-01\t2026-11-01T05:30:00Z",
                "2026-11-02\t2026-11-02T06:30:00Z",
            ],
            id="repeated: the first time",
        ),
        pytest.param(
            "00:00",
            "Africa/Cairo",
            "2026-04-23",
            [
                "2026-04-23\t2026-04-22T22:00:00Z",
                "2026-04-24\t2026-04-23T22:00:00Z",
                "2026-04-25\t2026-04-24T21:00:00Z",
            ],
            id="midnight skipped in Cairo",
        ),
        pytest.param(
            "00:30",
            "America/Santiago",
            "2026-09-05",
            [
                "2026-09-05\t2026-09-05T04:30:00Z",
                "2026-09-06\t2026-09-06T04:00:00Z",
                "2026-09-07\t2026-09-07T03:30:00Z",
            ],
            id="midnight skipped in Santiago",
        ),
        pytest.param(
            "02:15",
            "Australia/Lord_Howe",
            "2026-10-03",
            [
                "2026-10-03\t2026-10-02T15:45:00Z",
                "2026-10-04\t2026-10-03T15:30:00Z",
                "2026-10-05\t2026-10-04T15:15:00Z",
            ],
            id="half an hour skipped",
        ),
        pytest.param(
            "01:45",
            "Australia/Lord_Howe",
            "2026-04-04",
            [
                "2026-04-04\t2026-04-03T14:45:00Z",
                "2026-04-05\t2026-04-04T14:45:00Z",
                "2026-04-06\t2026-04-05T15:15:00Z",
            ],
            id="half an hour repeated",
        ),
        pytest.param(
            "23:30",
            "America/Nuuk",
            "2024-03-29",
            [
                "2024-03-29\t2024-03-30T01:30:00Z",
                "2024-03-30\t2024-03-31T01:00:00Z",
                "2024-03-31\t2024-04-01T00:30:00Z",
            ],
            id="a gap that ends at midnight",
        ),
        pytest.param(
            "23:30",
            "America/Nuuk",
            "2023-10-27",
            [
                "2023-10-27\t2023-10-28T01:30:00Z",
                "2023-10-28\t2023-10-29T01:30:00Z",
                "2023-10-29\t2023-10-30T01:30:00Z",
            ],
            id="the offset stays while its name changes, where zoneinfo itself errs",
        ),
        pytest.param(
            "09:00",
            "Pacific/Apia",
            "2011-12-28",
            [
                "2011-12-28\t2011-12-28T19:00:00Z",
                "2011-12-29\t2011-12-29T19:00:00Z",
                "2011-12-31\t2011-12-30T19:00:00Z",
            ],
            id="a date that the zone never had",
        ),
        pytest.param(
            "00:00",
            "Pacific/Apia",
            "2011-12-30",
            [
                "2011-12-31\t2011-12-30T10:00:00Z",
                "2012-01-01\t2011-12-31T10:00:00Z",
                "2012-01-02\t2012-01-01T10:00:00Z",
            ],
            id="from a date that the zone never had",
        ),
    ],
)
def test_each_local_date_has_its_one_instant(at: str, zone: str, first: str, lines: list[str]) -> None:
    assert list(preview_lines(daily(at, zone), date.fromisoformat(first), 3)) == lines


def test_preview_counts_only_chosen_weekdays() -> None:
    schedule = daily("00:00", "America/New_York", Weekday.MON, Weekday.FRI)
    assert [line[:10] for line in preview_lines(schedule, date(2026, 3, 7), 3)] == [
        "2026-03-09",
        "2026-03-13",
        "2026-03-16",
    ]


def test_pushed_instant_keeps_the_date_it_is_for() -> None:
    occurrence = occurrence_on(daily("23:30", "America/Nuuk", Weekday.SAT), date(2024, 3, 30))
    assert occurrence is not None
    assert occurrence.at.astimezone(ZoneInfo("America/Nuuk")).date() == date(2024, 3, 31)
    assert occurrence.local_date == date(2024, 3, 30)


def test_lost_date_and_unchosen_weekday_have_no_occurrence() -> None:
    assert occurrence_on(daily("12:00", "Pacific/Apia"), date(2011, 12, 30)) is None
    assert occurrence_on(daily("12:00", "Pacific/Apia", Weekday.MON), date(2026, 3, 8)) is None


def test_only_chosen_weekday_lost_moves_to_the_next_week() -> None:
    fridays = daily("12:00", "Pacific/Apia", Weekday.FRI)
    assert next_occurrence_after_date(fridays, date(2011, 12, 23)).local_date == date(2012, 1, 6)


def test_next_is_strictly_after() -> None:
    schedule = daily("09:00", "Europe/Berlin")
    nine = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    assert next_occurrence(schedule, after=nine - timedelta(microseconds=1)).at == nine
    assert next_occurrence(schedule, after=nine).at == nine + DAY


def test_next_in_the_second_run_of_a_repeated_hour_is_tomorrow() -> None:
    half_past_one_again = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    schedule = daily("01:30", "America/New_York")
    assert next_occurrence(schedule, after=half_past_one_again - timedelta(minutes=10)).local_date == date(2026, 11, 2)


@settings(max_examples=300)
@given(schedules, instants)
def test_next_is_the_earliest_later_one_of_all(schedule: Schedule, after: datetime) -> None:
    around = occurrences_from(schedule, after.date() - 3 * DAY, 12)
    assert next_occurrence(schedule, after=after) == next(occurrence for occurrence in around if occurrence.at > after)


@settings(max_examples=300)
@given(schedules, dates)
def test_occurrences_are_in_strict_order_of_date_and_instant(schedule: Schedule, first: date) -> None:
    for earlier, later in pairwise(occurrences_from(schedule, first, 6)):
        assert earlier.local_date < later.local_date
        assert earlier.at < later.at


@given(schedules, dates)
def test_stepping_by_instant_and_by_date_meet_the_same_dates(schedule: Schedule, first: date) -> None:
    by_instant = by_date = next_occurrence_after_date(schedule, first)
    for _ in range(6):
        by_instant = next_occurrence(schedule, after=by_instant.at)
        by_date = next_occurrence_after_date(schedule, by_date.local_date)
        assert by_instant == by_date


@given(times, dates, st.lists(zones, min_size=4, max_size=8))
def test_dates_neither_repeat_nor_go_missing_when_a_law_moves_the_zone(
    at: time, first: date, laws: list[ZoneId]
) -> None:
    """Another zone stands for the new law: every step is by other data than the one before."""
    claimed = first
    for law in laws:
        schedule = Schedule(at, law)
        due = next_occurrence_after_date(schedule, claimed)
        between = [claimed + n * DAY for n in range(1, (due.local_date - claimed).days)]
        assert due.local_date > claimed
        assert all(occurrence_on(schedule, skipped) is None for skipped in between)
        claimed = due.local_date


def test_stepping_by_instant_would_lose_a_date_to_a_new_law() -> None:
    """Nine o'clock was posted by the old law (UTC+12); by the new one (UTC-10) the same date's nine o'clock is yet to come."""
    posted = occurrence_on(daily("09:00", "Pacific/Tarawa"), date(2026, 5, 5))
    assert posted is not None
    new_law = daily("09:00", "Pacific/Honolulu")
    assert next_occurrence(new_law, after=posted.at).local_date == date(2026, 5, 5)
    assert next_occurrence_after_date(new_law, posted.local_date).local_date == date(2026, 5, 6)


@given(schedules, dates)
def test_clocks_show_the_time_or_jump_over_it_at_the_instant(schedule: Schedule, local_date: date) -> None:
    occurrence = occurrence_on(schedule, local_date)
    assume(occurrence is not None)
    assert occurrence is not None
    zone = ZoneInfo(schedule.zone)
    reading = datetime.combine(local_date, schedule.time)
    shown = occurrence.at.astimezone(zone).replace(tzinfo=None, fold=0)
    just_before = (occurrence.at - timedelta(microseconds=1)).astimezone(zone).replace(tzinfo=None, fold=0)
    assert shown == reading or just_before < reading < shown


def _naive_after() -> Occurrence:
    return next_occurrence(daily("09:00", "Etc/UTC"), after=datetime.combine(date(2026, 1, 1), time(0)))


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Schedule(time(9), ZoneId("Etc/UTC"), frozenset()), id="no weekday"),
        pytest.param(lambda: Schedule(time(9, tzinfo=UTC), ZoneId("Etc/UTC")), id="a time with a zone of its own"),
        pytest.param(_naive_after, id="an instant without a zone"),
    ],
)
def test_what_could_have_no_occurrence_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"zone|weekday"):
        make()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/UTC"])
def test_the_calendar_ends_quietly_at_both_ends(zone: str) -> None:
    schedule = daily("23:59", zone)
    assert len(list(occurrences_from(schedule, LAST_DATE - DAY, 9))) == 2
    assert next(occurrences_from(schedule, date.min, 1)).local_date == FIRST_DATE
    with pytest.raises(OverflowError):
        next_occurrence_after_date(schedule, LAST_DATE)


def test_weekdays_are_in_the_order_of_date() -> None:
    assert WEEK[date(2026, 3, 9).weekday()] is Weekday.MON


@pytest.mark.parametrize("zone", HARD_ZONES)
def test_a_sample_of_the_proof_holds(zone: str) -> None:
    """The whole is ``make calendar-proof``; this is each hard zone at four times, in its years of most changes."""
    years = (
        (date(2011, 1, 1), date(2012, 12, 31))
        if zone.startswith("Pacific/")
        else (date(2023, 1, 1), date(2024, 12, 31))
    )
    proved = prove((zone,), (time(0), time(2, 30), time(9), time(23, 30)), *years)
    assert proved.occurrences == 4 * (731 - len(proved.lost))


def test_the_proofs_walk_sees_the_date_that_apia_lost() -> None:
    clocks = walk(ZoneInfo("Pacific/Apia"), date(2011, 12, 1), date(2012, 1, 31))
    assert clocks.lost_dates() == (date(2011, 12, 30),)
    assert clocks.changes == (datetime(2011, 12, 30, 10, 0, tzinfo=UTC),)
