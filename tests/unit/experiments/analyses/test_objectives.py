"""Aims of a search: what an arm is worth over replicates and draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments import pairing
from experiments.analyses.candidates import Candidates, LeverAxis
from experiments.analyses.objectives import Objective, Robustness, cost_objective, worth_of
from experiments.analyses.search import Axis

STOCK = Objective("stock", "all", "2035-12", "raise")
HOURS = Objective("hours_lost", "category=C", "2035-12", "lower", against="category=A")


def pairs(before: list[list[float]], after: list[list[float]]) -> np.ndarray:
    """Return the numbers of one group: values by draw and replicate under each law."""
    return np.array([[before, after]])


def test_a_difference_is_that_of_the_pairs_with_its_usual_interval() -> None:
    numbers = pairs([[10.0, 20.0, 30.0]], [[13.0, 21.0, 35.0]])
    expected = pairing.summarise([10.0, 20.0, 30.0], [13.0, 21.0, 35.0])
    assert worth_of(STOCK, numbers, Robustness()) == pytest.approx((3.0, expected.low, expected.high))


def test_a_level_is_that_under_the_law() -> None:
    level = Objective("stock", "all", "2035-12", "raise", of="level")
    assert worth_of(level, pairs([[10.0, 20.0]], [[13.0, 21.0]]), Robustness()).value == 17.0


@pytest.mark.parametrize(("goal", "worst"), [("raise", 1.0), ("lower", 5.0)])
def test_the_worst_draw_is_the_one_furthest_from_the_goal(goal: str, worst: float) -> None:
    objective = Objective("stock", "all", "2035-12", "raise" if goal == "raise" else "lower")
    numbers = pairs([[0.0, 0.0]] * 3, [[1.0, 1.0], [5.0, 5.0], [3.0, 3.0]])
    assert worth_of(objective, numbers, Robustness("worst")).value == worst
    assert worth_of(objective, numbers, Robustness("quantile", 0.5)).value == 3.0


def test_the_worst_of_noisy_draws_is_the_worst_of_their_means() -> None:
    # Each replicate has a bad draw, but none of the draws is bad on average.
    numbers = pairs([[0.0, 0.0]] * 2, [[-4.0, 8.0], [8.0, -4.0]])
    assert worth_of(STOCK, numbers, Robustness("worst")).value == 2.0


def test_equity_is_the_change_of_how_far_a_ratio_is_from_one() -> None:
    # 30 hours against 20, then 22 against 20: the ratio goes from 1.5 to 1.1.
    numbers = np.array([[[[30.0, 30.0]], [[22.0, 22.0]]], [[[20.0, 20.0]], [[20.0, 20.0]]]])
    assert worth_of(HOURS, numbers, Robustness()).value == pytest.approx(-0.4)
    assert HOURS.sense == "min"


def test_overshooting_equality_is_not_more_equal() -> None:
    numbers = np.array([[[[30.0]], [[10.0]]], [[[20.0]], [[20.0]]]])
    assert worth_of(HOURS, numbers, Robustness()).value == pytest.approx(0.0)


def test_a_gap_is_in_the_unit_of_the_outcome() -> None:
    gap = Objective("hours_lost", "category=C", "2035-12", "lower", against="category=A", measure="gap")
    numbers = np.array([[[[30.0]], [[22.0]]], [[[20.0]], [[20.0]]]])
    assert worth_of(gap, numbers, Robustness()).value == pytest.approx(-8.0)


def test_a_replicate_with_a_gap_is_left_out_of_all_draws() -> None:
    numbers = pairs([[0.0, 0.0], [0.0, math.nan]], [[1.0, 99.0], [3.0, 99.0]])
    assert worth_of(STOCK, numbers, Robustness()).value == 2.0


def test_one_replicate_has_a_value_and_no_interval_and_none_has_neither() -> None:
    one = worth_of(STOCK, pairs([[1.0]], [[3.0]]), Robustness())
    assert one.value == 2.0
    assert math.isnan(one.low)
    assert math.isnan(worth_of(STOCK, pairs([[math.nan]], [[3.0]]), Robustness()).value)


def test_a_group_of_nobody_has_no_ratio() -> None:
    numbers = np.array([[[[30.0, 30.0]], [[22.0, 22.0]]], [[[0.0, 0.0]], [[0.0, 0.0]]]])
    assert not math.isfinite(worth_of(HOURS, numbers, Robustness()).value)


def test_a_cost_stands_against_nothing() -> None:
    assert worth_of(cost_objective("2035-12"), pairs([[0.0, 0.0]], [[5.0, 7.0]]), Robustness()).value == 6.0


def lever(path: str, today: float, price: float = 0.0) -> LeverAxis:
    return LeverAxis(Axis(path, 60.0, 5.0, 6), {"en": path}, "points", (today, today), price)


def test_an_arm_is_called_by_its_law_alone() -> None:
    first = Candidates((lever("a", 85), lever("b", 60)), ("one-stop",), ("fast-track",), "2027-01", "here")
    other = Candidates((lever("b", 60), lever("a", 85)), ("one-stop",), ("fast-track",), "2027-01", "there")
    point = {"a": 1, "b": 2, "fast-track": 1}
    assert first.arm(point).id == other.arm(point).id
    assert first.arm(point).parts == ("one-stop", "fast-track")
    assert first.arm(point).levers == {"a": 65.0, "b": 70.0}
    assert first.arm(point).id != first.arm(point | {"fast-track": 0}).id


def test_a_lever_costs_what_is_assumed_for_each_unit_away_from_today() -> None:
    found = Candidates((lever("a", 85, 1e6), lever("b", 60)), (), (), "2027-01", "")
    # 10 points below 85 for two years.
    assert found.assumed_cost({"a": 3, "b": 6}, "2028-12") == pytest.approx(20e6)
    assert found.assumed_cost({"a": 3, "b": 6}, "2026-12") == 0.0
