from __future__ import annotations

import numpy as np
import pytest

from experiments.classroom.rooms.scores import Handed, leaderboard, parts_of
from experiments.classroom.rooms.settings import PAIRS_LEAST, Weights

PEOPLE = Weights(people=1.0, cost=0.0, spread=0.0, fairness=0.0)


def handed(effects: list[float], *, price: float = 0.0, gains: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> Handed:
    n = len(effects)
    return Handed(np.array(effects, float), np.tile(gains, (n, 1)), np.full((n, 3), 100.0), price)


def test_each_part_of_a_score_counts_as_it_says() -> None:
    one = handed([1_000.0, 2_000.0, 3_000.0, 4_000.0, 5_000.0], price=3e8, gains=(5.0, 2.0, 4.0))
    parts = parts_of(one.effects, one.gains, one.before, price=one.price, weights=Weights(1.0, 0.5, 2.0, 10.0))
    assert {name: float(value) for name, value in parts.items()} == {
        "people": 3.0,
        "cost": -1.5,
        "spread": -2.0,
        "fairness": 20.0,
    }


def test_fairness_is_that_of_the_category_that_loses_most() -> None:
    one = handed([0.0, 0.0], gains=(50.0, 50.0, -10.0))
    parts = parts_of(one.effects, one.gains, one.before, price=0.0, weights=Weights(0, 0, 0, 1))
    assert float(parts["fairness"]) == -10.0


def test_the_same_package_ties_with_itself() -> None:
    luck = list(np.random.default_rng(1).normal(0, 5_000, 12))
    board = leaderboard({1: handed(luck), 2: handed(luck)}, PEOPLE)
    assert [(one.rank, one.ties) for one in board] == [(1, (2,)), (1, (1,))]


def test_shared_luck_tells_apart_what_intervals_of_their_own_could_not() -> None:
    luck = np.random.default_rng(1).normal(0, 50_000, 12)
    board = leaderboard({1: handed(list(luck)), 2: handed(list(luck + 1_000))}, PEOPLE)
    first, second = board
    assert (first.group, first.rank, second.group, second.rank) == (2, 1, 1, 2)
    assert first.low < second.score < first.high


def test_a_difference_that_holds_zero_is_a_tie() -> None:
    base = np.zeros(12)
    apart = np.array([3_000.0, -3_000.0] * 6)
    board = leaderboard({1: handed(list(base)), 2: handed(list(apart))}, PEOPLE)
    assert {one.rank for one in board} == {1}


def test_ranks_do_not_depend_on_the_order_of_the_groups() -> None:
    luck = np.random.default_rng(2).normal(0, 3_000, (6, 12)) + np.arange(6)[:, None] * 1_500
    groups = {number: handed(list(row)) for number, row in enumerate(luck)}
    forth = {one.group: (one.rank, one.ties) for one in leaderboard(groups, PEOPLE)}
    back = {one.group: (one.rank, one.ties) for one in leaderboard(dict(reversed(groups.items())), PEOPLE)}
    assert forth == back
    assert len({rank for rank, _ in forth.values()}) > 1


def test_a_rank_is_one_more_than_the_groups_clearly_better() -> None:
    base = np.random.default_rng(3).normal(0, 1_000, 12)
    groups = {number: handed(list(base + size)) for number, size in enumerate((0.0, 10_000.0, 10_000.0, 30_000.0))}
    assert {one.group: one.rank for one in leaderboard(groups, PEOPLE)} == {3: 1, 1: 2, 2: 2, 0: 4}


@pytest.mark.parametrize("n", range(2, PAIRS_LEAST + 1))
def test_too_few_pairs_tell_no_groups_apart(n: int) -> None:
    luck = np.random.default_rng(4).normal(0, 1_000, n)
    board = leaderboard({1: handed(list(luck)), 2: handed(list(luck + 5_000))}, PEOPLE)
    assert [one.rank for one in board] == ([1, 2] if n == PAIRS_LEAST else [1, 1])
    assert [one.ties for one in board] == ([(), ()] if n == PAIRS_LEAST else [(1,), (2,)])


def test_intervals_hold_the_true_score_from_the_least_number_of_pairs_on() -> None:
    # Of 400 boards whose true score is 0, a 95% interval misses 20; 40 or more would be a chance below 1 in 10,000.
    effects = np.random.default_rng(5).normal(0, 1_000, (400, PAIRS_LEAST))
    missed = 0
    for row in effects:
        (one,) = leaderboard({1: handed(list(row))}, PEOPLE)
        missed += not one.low <= 0.0 <= one.high
    assert missed < 40


def test_no_group_makes_an_empty_board() -> None:
    assert leaderboard({}, PEOPLE) == []


@pytest.mark.parametrize("n", [2, 12, 40])
def test_intervals_hold_the_score(n: int) -> None:
    luck = list(np.random.default_rng(n).normal(0, 5_000, n))
    (one,) = leaderboard({1: handed(luck)}, PEOPLE)
    assert one.low <= one.score <= one.high
