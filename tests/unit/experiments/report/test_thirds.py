"""Which parameters an effect depends on: found where there is something, not where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from experiments.report.thirds import difference_of, drivers_of, mean_of, thirds_of

NAMES = tuple(f"p{number}" for number in range(20))


def made(seed: int, slope: float, n: int = 96) -> list[object]:
    rng = np.random.default_rng(seed)
    inputs = rng.random((n, len(NAMES)))
    return [inputs, 100.0 + slope * inputs[:, 3] + rng.normal(0, 10.0, n)]


def test_a_parameter_that_moves_the_effect_is_told_and_no_other() -> None:
    inputs, effects = made(1, slope=40.0)
    first, *others = drivers_of(NAMES, inputs, effects)
    assert first.name == "p3"
    assert first.is_told
    assert first.difference.low > 0
    assert first.high.value > first.low.value
    assert not any(one.is_told for one in others)


def test_of_many_parameters_that_do_nothing_one_is_told_about_once_in_twenty_sets() -> None:
    # 40 sets with a chance of 5% each: more than 7 once in a thousand times; one by one, it would be about 25.
    wrong = sum(any(one.is_told for one in drivers_of(NAMES, *made(seed, slope=0.0))) for seed in range(40))
    assert wrong <= 7


def test_without_counting_all_parameters_as_one_question_luck_would_be_told() -> None:
    # The control of the test above: intervals one by one leave out 0 in most sets.
    wrong = sum(any(one.difference.is_clear for one in drivers_of(NAMES, *made(seed, slope=0.0))) for seed in range(10))
    assert wrong >= 4


def test_an_effect_that_never_varies_depends_on_nothing() -> None:
    inputs, _ = made(1, slope=0.0)
    drivers = drivers_of(NAMES, inputs, np.full(96, 5.0))
    assert not any(one.is_told for one in drivers)
    assert {one.difference.value for one in drivers} == {0.0}


def test_thirds_are_the_ends_of_the_order() -> None:
    low, high = thirds_of(np.array([5.0, 1.0, 4.0, 2.0, 3.0, 6.0, 7.0]))
    assert (sorted(low), sorted(high)) == ([1, 3], [5, 6])


def test_the_interval_of_a_difference_is_that_of_welch() -> None:
    rng = np.random.default_rng(4)
    first, second = rng.normal(0, 1, 20), rng.normal(1, 3, 15)
    found = difference_of(first, second)
    known = stats.ttest_ind(second, first, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((known.low, known.high))


def test_one_number_has_a_mean_and_no_interval() -> None:
    found = mean_of(np.array([3.0]))
    assert found.value == 3.0
    assert not found.is_clear
