"""Shapley shares: the axioms that define them, and what sampling orders may cost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.analyses.shapley import (
    Coalition,
    coalitions,
    gains,
    interactions,
    joined_by,
    order_of,
    shares,
    shares_over,
)

Game = dict[Coalition, Fraction]


def game_of(n: int, values: Sequence[float]) -> Game:
    """Return a game of n members from a worth for each coalition but the empty one, as counts over a baseline have."""
    return dict(zip(coalitions(n), [Fraction(0), *map(Fraction, values)], strict=True))


@st.composite
def games(draw: st.DrawFn, *, least: int = 1, most: int = 4) -> tuple[int, Game]:
    n = draw(st.integers(least, most))
    finite = st.floats(-1e9, 1e9, allow_nan=False)
    return n, game_of(n, draw(st.lists(finite, min_size=2**n - 1, max_size=2**n - 1)))


@given(games())
def test_shares_add_up_to_the_total_exactly(case: tuple[int, Game]) -> None:
    n, game = case
    assert sum(shares(game, n)) == game[frozenset(range(n))]


@given(games(least=2), st.data())
def test_members_that_are_interchangeable_have_equal_shares(case: tuple[int, Game], data: st.DataObject) -> None:
    n, game = case
    first, second = data.draw(st.permutations(range(n)))[:2]
    swap = {first: second, second: first}

    def mirrored(coalition: Coalition) -> Coalition:
        return frozenset(swap.get(member, member) for member in coalition)

    symmetric = {coalition: game[coalition] + game[mirrored(coalition)] for coalition in game}
    found = shares(symmetric, n)
    assert found[first] == found[second]


@given(games(least=2), st.data(), st.integers(-1000, 1000))
def test_a_member_that_adds_the_same_to_everyone_gets_just_that(
    case: tuple[int, Game], data: st.DataObject, adds: int
) -> None:
    n, game = case
    dummy = data.draw(st.integers(0, n - 1))
    with_dummy = {
        coalition: game[coalition - {dummy}] + (adds if dummy in coalition else 0) for coalition in coalitions(n)
    }
    assert shares(with_dummy, n)[dummy] == adds


@given(st.data(), st.integers(1, 4))
def test_shares_of_two_outcomes_add_up_to_those_of_their_sum(data: st.DataObject, n: int) -> None:
    numbers = st.lists(st.integers(-(10**6), 10**6).map(float), min_size=2**n - 1, max_size=2**n - 1)
    first, second = (game_of(n, data.draw(numbers)) for _ in range(2))
    both = {coalition: first[coalition] + second[coalition] for coalition in first}
    assert shares(both, n) == tuple(a + b for a, b in zip(shares(first, n), shares(second, n), strict=True))


def test_the_gloves_game_is_shared_as_in_the_textbook() -> None:
    # One left glove, two right ones; a pair is worth 1.
    game = {coalition: Fraction(int(0 in coalition and len(coalition) > 1)) for coalition in coalitions(3)}
    assert shares(game, 3) == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))


def test_a_pair_that_only_works_together_has_an_interaction_and_strangers_have_none() -> None:
    game = {coalition: Fraction(12 * int({0, 1} <= coalition) + 5 * int(2 in coalition)) for coalition in coalitions(3)}
    assert interactions(game, 3) == {(0, 1): 12, (0, 2): 0, (1, 2): 0}


def test_the_interaction_of_two_members_is_what_both_add_beyond_each() -> None:
    assert interactions(game_of(2, [3, 5, 11]), 2) == {(0, 1): Fraction(3)}


@given(games(least=2, most=4))
def test_over_all_orders_the_sampled_shares_are_the_exact_ones(case: tuple[int, Game]) -> None:
    from itertools import permutations

    n, game = case
    assert shares_over(game, list(permutations(range(n)))) == shares(game, n)


@settings(max_examples=20)
@given(games(least=2, most=4), st.integers(1, 9), st.integers(0, 5))
def test_sampled_shares_add_up_exactly_however_few_the_orders(case: tuple[int, Game], n_orders: int, seed: int) -> None:
    n, game = case
    found = shares_over(game, [order_of(number, n, seed) for number in range(n_orders)])
    assert sum(found) == game[frozenset(range(n))]


def test_sampled_shares_come_closer_to_the_exact_ones_with_more_orders() -> None:
    # Three members are worth 12 together and nothing apart: in an order the last of them takes all.
    n = 6
    game = {coalition: Fraction(12 * int({0, 3, 5} <= coalition)) for coalition in coalitions(n)}
    exact = shares(game, n)
    assert [int(share) for share in exact] == [4, 0, 0, 4, 0, 4]

    def error(n_orders: int) -> float:
        found = shares_over(game, [order_of(number, n, seed=3) for number in range(n_orders)])
        return max(abs(float(a - b)) for a, b in zip(found, exact, strict=True))

    # Over a pair of opposite orders a gain is 0, 6 or 6 of 12: its standard deviation is below 3, so that 1,000 pairs
    # are off by more than 0.5 once in ten million seeds.
    assert error(2000) < 0.5
    assert error(8) > 1


def test_a_pair_of_opposite_orders_is_exact_where_members_only_meet_in_pairs() -> None:
    n = 6
    game = {
        coalition: Fraction(sum(member * other + 1 for member in coalition for other in coalition if member < other))
        for coalition in coalitions(n)
    }
    assert shares_over(game, [order_of(0, n, 9), order_of(1, n, 9)]) == shares(game, n)
    assert shares_over(game, [order_of(0, n, 9)]) != shares(game, n)


def test_every_order_is_drawn_about_equally_often() -> None:
    n_pairs = 3000
    counts: dict[tuple[int, ...], int] = {}
    for number in range(0, 2 * n_pairs, 2):
        order = order_of(number, 3, seed=11)
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    # Chi-square with 5 degrees of freedom: 40.9 is exceeded once in 10 million.
    assert sum((count - n_pairs / 6) ** 2 / (n_pairs / 6) for count in counts.values()) < 40.9


def test_orders_depend_on_the_seed_and_their_number_alone() -> None:
    assert order_of(4, 9, seed=1) == order_of(4, 9, seed=1)
    assert len({order_of(number, 9, seed) for number in (0, 2) for seed in (0, 1)}) == 4


def test_gains_are_counted_where_a_member_joins() -> None:
    game = game_of(2, [3, 5, 11])
    assert [int(gain) for gain in gains(game, (1, 0))] == [6, 5]
    assert [sorted(coalition) for coalition in joined_by((2, 0, 1))] == [[], [2], [0, 2], [0, 1, 2]]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_there_are_two_to_the_n_coalitions(n: int) -> None:
    assert len(set(coalitions(n))) == 2**n
