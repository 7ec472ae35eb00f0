from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import EVERY_DAY, Weekday
from bot.domain.wall_time import WallTimeProblem, parse_wall_time, parse_weekdays


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9:00", time(9)),
        ("09:05", time(9, 5)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9am", time(9)),
        ("9 pm", time(21)),
        ("9:15 P.M.", time(21, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:30 am", time(0, 30)),
        ("21h", time(21)),
        ("21h30", time(21, 30)),
        ("21 h 30", time(21, 30)),
        ("21h30min", time(21, 30)),
        ("às 21h", time(21)),
        ("9 horas", time(9)),
        ("9 da noite", time(21)),
        ("9h30 da manhã", time(9, 30)),
        ("0", time(0)),
        ("23:59", time(23, 59)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("meio-dia", time(12)),
        (" meia-noite ", time(0)),
    ],
)
def test_a_time_is_read_as_one_types_it(typed: str, expected: time) -> None:
    assert parse_wall_time(typed) == expected


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", WallTimeProblem.UNREADABLE),
        ("soon", WallTimeProblem.UNREADABLE),
        ("9:5", WallTimeProblem.UNREADABLE),
        ("930", WallTimeProblem.UNREADABLE),
        ("-3", WallTimeProblem.UNREADABLE),
        ("9:00:00", WallTimeProblem.UNREADABLE),
        ("24:00", WallTimeProblem.HOUR),
        ("25", WallTimeProblem.HOUR),
        ("9:60", WallTimeProblem.MINUTE),
        ("21h99", WallTimeProblem.MINUTE),
        ("13pm", WallTimeProblem.HALF_DAY),
        ("0 am", WallTimeProblem.HALF_DAY),
    ],
)
def test_what_is_no_time_says_why(typed: str, problem: WallTimeProblem) -> None:
    assert parse_wall_time(typed) is problem


@given(st.times())
def test_every_minute_is_read_back_in_each_way_of_writing(moment: time) -> None:
    expected = moment.replace(second=0, microsecond=0, fold=0)
    half = moment.strftime("%I:%M") + ("am" if moment.hour < 12 else "pm")
    for typed in (
        moment.strftime("%H:%M"),
        moment.strftime("%Hh%M"),
        moment.strftime("%H.%M"),
        moment.strftime("%H%M"),
        half,
    ):
        assert parse_wall_time(typed) == expected


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(typed: str) -> None:
    assert isinstance(parse_wall_time(typed), time | WallTimeProblem)
    parse_weekdays(typed)


MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mon,fri", {MON, FRI}),
        ("Monday, Friday", {MON, FRI}),
        ("mon fri", {MON, FRI}),
        ("mon and fri", {MON, FRI}),
        ("seg, qua e sex", {MON, WED, FRI}),
        ("segunda-feira", {MON}),
        ("terça", {TUE}),
        ("seg a sex", {MON, TUE, WED, THU, FRI}),
        ("segunda-feira a quarta-feira", {MON, TUE, WED}),
        ("fri-mon", {FRI, SAT, SUN, MON}),
        ("weekdays", {MON, TUE, WED, THU, FRI}),
        ("fim de semana", {SAT, SUN}),
        ("every day", set(EVERY_DAY)),
        ("todos os dias", set(EVERY_DAY)),
    ],
)
def test_weekdays_are_read_as_one_types_them(typed: str, expected: set[Weekday]) -> None:
    assert parse_weekdays(typed) == expected


@pytest.mark.parametrize("typed", ["", ",", "someday", "mon,someday", "mon,,fri", "mon-tue-wed"])
def test_an_unknown_weekday_is_no_choice(typed: str) -> None:
    assert parse_weekdays(typed) is None
