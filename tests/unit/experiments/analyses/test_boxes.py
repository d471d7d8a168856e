from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.analyses.boxes import BoxSettings, Found, find_box

NAMES = tuple(f"p{number}" for number in range(10))


def draws(seed: int, *, n: int = 300, inside: float = 0.9, outside: float = 0.08) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    inputs = rng.random((n, len(NAMES)))
    is_inside = (inputs[:, 0] < 0.4) & (inputs[:, 2] > 0.3) & (inputs[:, 2] < 0.8)
    return inputs, rng.random(n) < np.where(is_inside, inside, outside)


@pytest.fixture(scope="module")
def found() -> Found:
    box = find_box(*draws(1), NAMES)
    assert box is not None
    return box


def test_the_parameters_that_matter_are_limited_and_no_others(found: Found) -> None:
    limits = {limit.name: limit for limit in found.limits}
    assert set(limits) == {"p0", "p2"}
    assert limits["p0"].lower is None
    assert limits["p0"].upper == pytest.approx(0.4, abs=0.06)
    assert limits["p2"].lower == pytest.approx(0.3, abs=0.06)
    assert limits["p2"].upper == pytest.approx(0.8, abs=0.06)
    assert all(limit.quasi_p <= 0.05 for limit in found.limits)


def test_a_box_that_holds_on_other_draws_is_convincing(found: Found) -> None:
    assert found.is_convincing
    assert found.box.density > 0.75
    assert found.held_out_density > 2 * found.held_out_base
    assert all(limit.reproduced > 0.7 for limit in found.limits)


def test_density_on_other_draws_is_lower_than_on_those_that_the_box_was_found_on(found: Found) -> None:
    assert found.held_out_density < found.box.density


def test_limits_found_again_lie_around_the_limit(found: Found) -> None:
    upper = next(limit for limit in found.limits if limit.name == "p0")
    assert upper.upper is not None
    assert upper.upper_range is not None
    assert upper.upper_range[0] <= upper.upper <= upper.upper_range[1]
    assert upper.upper_range[1] - upper.upper_range[0] < 0.4


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_claimed_of_draws_of_which_any_is_of_interest_alike(seed: int) -> None:
    box = find_box(*draws(seed, inside=0.3, outside=0.3), NAMES, BoxSettings(halves=12))
    assert box is not None
    assert not box.is_convincing


def test_no_more_parameters_are_limited_than_asked_for() -> None:
    box = find_box(*draws(1), NAMES, BoxSettings(most=1, halves=2))
    assert box is not None
    assert len(box.limits) == 1


def test_the_same_draws_give_the_same_box() -> None:
    first, again = (find_box(*draws(1), NAMES, BoxSettings(halves=4)) for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.limits == again.limits


@pytest.mark.parametrize("n_of_interest", [0, 4, 296, 300])
def test_too_few_draws_of_one_kind_give_no_box(n_of_interest: int) -> None:
    inputs, _ = draws(1)
    assert find_box(inputs, np.arange(300) < n_of_interest, NAMES) is None
