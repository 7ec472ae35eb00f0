import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guesses import award_round
from bot.domain.rules import Mode, Rules
from bot.domain.scoring import points_for
from tests.factories import a_guess, player

ROUND_MS = 20_000


@pytest.mark.parametrize(
    ("elapsed_ms", "streak", "hinted", "points"),
    [
        (0, 1, False, 1000),
        (10_000, 1, False, 750),
        (20_000, 1, False, 500),
        (0, 1, True, 750),
        (10_000, 1, True, 625),
        (0, 2, False, 1100),
        (0, 3, False, 1200),
        (0, 4, False, 1300),
        (0, 5, False, 1400),
        (0, 6, False, 1500),
        (0, 60, False, 1500),
        (-500, 1, False, 1000),
        (99_000, 1, False, 500),
        (1, 1, False, 999),
    ],
)
def test_points_are_as_tabled(elapsed_ms, streak, hinted, points):
    assert points_for(elapsed_ms=elapsed_ms, limit_ms=ROUND_MS, streak=streak, hinted=hinted) == points


@given(st.integers(0, ROUND_MS), st.integers(0, ROUND_MS), st.integers(1, 9), st.booleans())
def test_a_faster_answer_never_earns_less(one_ms, other_ms, streak, hinted):
    fast, slow = sorted((one_ms, other_ms))
    assert points_for(elapsed_ms=fast, limit_ms=ROUND_MS, streak=streak, hinted=hinted) >= points_for(
        elapsed_ms=slow, limit_ms=ROUND_MS, streak=streak, hinted=hinted
    )


def test_a_wrong_answer_earns_nothing_and_breaks_the_streak():
    (award,) = award_round((a_guess("Ana", right=False),), Rules(), streaks={player("Ana"): 4}, hinted_ms=None)
    assert (award.points, award.streak, award.right) == (0, 0, False)


def test_only_the_first_right_answer_of_a_race_scores():
    guesses = (
        a_guess("Ben", elapsed_ms=3_000),
        a_guess("Ana", elapsed_ms=2_000),
        a_guess("Cy", right=False, elapsed_ms=10),
    )
    awards = award_round(guesses, Rules(mode=Mode.RACE), streaks={}, hinted_ms=None)
    assert {award.name: award.points for award in awards} == {"Ana": 950, "Ben": 0, "Cy": 0}


def test_a_race_in_a_dead_heat_is_decided_the_same_way_every_time():
    guesses = (a_guess("Ben"), a_guess("Ana"))
    awards = [
        award_round(order, Rules(mode=Mode.RACE), streaks={}, hinted_ms=None) for order in (guesses, guesses[::-1])
    ]
    assert awards[0] == awards[1]
    assert [award.points > 0 for award in awards[0]] == [True, False]


def test_an_answer_given_before_the_hint_keeps_its_whole_speed():
    guesses = (a_guess("Ana", elapsed_ms=4_000), a_guess("Ben", elapsed_ms=6_000))
    awards = award_round(guesses, Rules(), streaks={}, hinted_ms=5_000)
    assert {award.name: award.points for award in awards} == {"Ana": 900, "Ben": 675}


def test_awards_come_best_first():
    guesses = (
        a_guess("Cy", right=False, elapsed_ms=1),
        a_guess("Ben", elapsed_ms=9_000),
        a_guess("Ana", elapsed_ms=1_000),
    )
    assert [award.name for award in award_round(guesses, Rules(), streaks={}, hinted_ms=None)] == ["Ana", "Ben", "Cy"]
