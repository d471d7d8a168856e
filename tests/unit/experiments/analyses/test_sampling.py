from __future__ import annotations

import numpy as np
import pytest

from experiments.analyses.defaults import METHODS
from experiments.analyses.sampling import sample_from, sample_of
from experiments.design import DesignError

NAMES = ("beta", "inertia", "move_cost")


@pytest.mark.parametrize("method", METHODS)
def test_a_design_lies_inside_the_unit_cube_and_ends_with_the_dummy(method: str) -> None:
    unit = sample_of(method, NAMES).unit
    assert unit.shape[1] == len(NAMES) + 1
    assert ((unit > 0) & (unit < 1)).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_design_and_another_seed_another(method: str) -> None:
    unit = sample_of(method, NAMES, seed=0).unit
    assert np.array_equal(unit, sample_of(method, NAMES, seed=0).unit)
    assert not np.array_equal(unit, sample_of(method, NAMES, seed=1).unit)


@pytest.mark.parametrize("levels", [2, 4, 8])
def test_a_morris_step_moves_one_parameter_by_half_of_its_probability(levels: int) -> None:
    sample = sample_of("morris", NAMES, 6, levels=levels)
    moves = np.diff(sample.blocks(sample.unit), axis=1)
    assert (np.count_nonzero(moves, axis=2) == 1).all()
    assert np.abs(moves).sum(axis=2) == pytest.approx(0.5)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_a_point_that_differs_in_the_dummy_alone_is_not_run_again(method: str) -> None:
    sample = sample_of(method, NAMES, 8)
    points, place = sample.distinct()
    assert np.array_equal(points[place], sample.unit[:, :-1])
    assert len(points) <= len(sample.unit) - sample.n_blocks
    assert len(np.unique(points, axis=0)) == len(points)


def test_distinct_points_come_in_the_order_of_the_design() -> None:
    _, place = sample_of("morris", NAMES, 8).distinct()
    firsts = [int(np.flatnonzero(place == point)[0]) for point in range(place.max() + 1)]
    assert firsts == sorted(firsts)


def test_draws_of_others_keep_their_order_and_get_a_dummy() -> None:
    inputs = np.array([[3.0, 1.0], [2.0, 5.0]])
    sample = sample_from(("a", "b"), inputs)
    assert np.array_equal(sample.unit[:, :2], inputs)
    assert sample.unit.shape == (2, 3)


@pytest.mark.parametrize(
    ("method", "names", "draws", "told"),
    [
        ("moris", NAMES, None, "did you mean 'morris'"),
        ("morris", (), None, "at least one parameter"),
        ("morris", NAMES, 2, "4 draws or more"),
        ("sobol", NAMES, 48, "power of two"),
    ],
)
def test_a_design_that_cannot_be_made_is_refused(
    method: str, names: tuple[str, ...], draws: int | None, told: str
) -> None:
    with pytest.raises(DesignError, match=told):
        sample_of(method, names, draws)
