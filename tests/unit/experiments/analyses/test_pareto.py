"""Pareto fronts of points whose front is known."""

from __future__ import annotations

import math

import optuna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.analyses.pareto import front_of

BOTH = ("max", "min")
points = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=25)


def test_a_point_beaten_in_one_aim_and_equal_in_the_other_is_not_on_the_front() -> None:
    assert front_of([[5, 1], [5, 2], [4, 1], [9, 7]], BOTH) == [0, 3]


def test_of_equal_points_the_first_stands_for_all() -> None:
    assert front_of([[5, 1], [5, 1]], BOTH) == [0]


def test_a_point_over_the_limit_is_left_out_and_beats_nobody() -> None:
    assert front_of([[9, 0], [5, 1]], BOTH, excess=[0.1, 0.0]) == [1]


def test_a_point_without_a_number_is_left_out_and_beats_nobody() -> None:
    assert front_of([[math.nan, 0], [5, 1]], BOTH) == [1]


def test_no_points_have_no_front() -> None:
    assert front_of([], BOTH) == []


@pytest.mark.parametrize(("senses", "best"), [(("max",), 2), (("min",), 0)])
def test_with_one_aim_the_front_is_the_best_point(senses: tuple[str, ...], best: int) -> None:
    assert front_of([[1], [2], [3]], senses) == [best]


@given(points)
def test_nothing_on_the_front_is_dominated_and_everything_else_is(values: list[tuple[int, int]]) -> None:
    front = set(front_of(values, BOTH))

    def is_beaten(point: tuple[int, int]) -> bool:
        return any(gain >= point[0] and loss <= point[1] and (gain, loss) != point for gain, loss in values)

    kept = {values[place] for place in front}
    assert kept == {point for point in values if not is_beaten(point)}


@settings(max_examples=20, deadline=None)
@given(points)
def test_the_front_is_the_one_of_the_library(values: list[tuple[int, int]]) -> None:
    study = optuna.create_study(directions=["maximize", "minimize"])
    study.add_trials([optuna.trial.create_trial(values=[float(value) for value in point]) for point in values])
    assert {tuple(trial.values) for trial in study.best_trials} == {values[place] for place in front_of(values, BOTH)}
