from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import selection
from bot.domain.selection import Cursor, draw, permute


def told(cursor, count, *, pool_size, key="web/lobby"):
    positions = []
    for _ in range(count):
        position, cursor = draw(cursor, pool_size=pool_size, key=key)
        positions.append(position)
    return positions, cursor


@given(st.integers(1, 300), st.text(max_size=200))
def test_a_permutation_takes_every_place_once(size, key):
    assert sorted(permute(index, size=size, key=key) for index in range(size)) == list(range(size))


@given(st.integers(1, 60), st.text(max_size=20))
def test_nothing_repeats_until_the_pool_is_used_up(size, key):
    positions, _ = told(Cursor(), size, pool_size=size, key=key)
    assert sorted(positions) == list(range(size))


@given(st.integers(2, 40), st.text(max_size=20))
def test_nothing_repeats_across_the_border_of_two_rounds_of_the_pool(size, key):
    positions, _ = told(Cursor(), size * 4, pool_size=size, key=key)
    assert all(one != next_one for one, next_one in pairwise(positions))
    assert sorted(positions[size : 2 * size]) == list(range(size))


@given(st.integers(2, 40), st.integers(1, 39), st.integers(1, 20))
def test_what_is_added_meanwhile_does_not_disturb_the_order(size, after, added):
    after = min(after, size - 1)
    undisturbed, _ = told(Cursor(), size, pool_size=size)
    begun, cursor = told(Cursor(), after, pool_size=size)
    rest, cursor = told(cursor, size - after, pool_size=size + added)
    assert begun + rest == undisturbed
    following, _ = told(cursor, size + added, pool_size=size + added)
    assert sorted(following) == list(range(size + added))


def test_a_pool_that_shrank_begins_anew():
    _, cursor = told(Cursor(), 5, pool_size=10)
    positions, _ = told(cursor, 4, pool_size=4)
    assert sorted(positions) == [0, 1, 2, 3]


def test_channels_have_orders_of_their_own():
    one, _ = told(Cursor(), 30, pool_size=30, key="web/one")
    other, _ = told(Cursor(), 30, pool_size=30, key="web/other")
    assert one != other


@pytest.mark.parametrize("size", [3, 10])
def test_small_pools_are_drawn_evenly(size):
    firsts = [permute(0, size=size, key=str(n)) for n in range(4000)]
    expected = 4000 / size
    assert sum((firsts.count(place) - expected) ** 2 / expected for place in range(size)) < 30


def test_a_pick_costs_the_same_at_any_size():
    calls = {100: 0, 100_000: 0}
    real = selection._feistel
    try:
        for size in calls:

            def counting(*args, size=size):
                calls[size] += 1
                return real(*args)

            selection._feistel = counting
            for n in range(400):
                permute(n % size, size=size, key=str(n))
    finally:
        selection._feistel = real
    assert calls[100_000] <= 2 * calls[100]
