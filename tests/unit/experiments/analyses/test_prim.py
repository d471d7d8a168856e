from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from experiments.analyses.prim import box_of, boxes_of, freed, limit_at, limited, quasi_p


def draws(seed: int, *, n: int = 300, digits: int | None = None) -> tuple[Any, Any]:
    """Return draws of which most are of interest where the first parameter is small and the third is in the middle."""
    rng = np.random.default_rng(seed)
    inputs = rng.random((n, 4))
    if digits is not None:
        inputs = np.round(inputs, digits)
    is_inside = (inputs[:, 0] < 0.4) & (inputs[:, 2] > 0.3) & (inputs[:, 2] < 0.8)
    return inputs, rng.random(n) < np.where(is_inside, 0.9, 0.1)


def test_a_box_without_noise_is_found_to_within_one_peel() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.random((2_000, 3))
    of_interest = (inputs[:, 0] < 0.5) & (inputs[:, 1] > 0.4)
    full = [box for box in boxes_of(inputs, of_interest) if box.density == 1.0]
    best = max(full, key=lambda box: box.coverage)
    assert best.coverage > 0.95
    assert best.high[0] == pytest.approx(0.5, abs=0.03)
    assert best.low[1] == pytest.approx(0.4, abs=0.03)
    assert best.high[2] - best.low[2] > 0.99


def test_the_path_begins_with_all_draws_and_grows_denser_and_smaller() -> None:
    inputs, of_interest = draws(1)
    path = boxes_of(inputs, of_interest)
    assert (path[0].coverage, path[0].mass) == (1.0, 1.0)
    assert path[0].density == of_interest.mean()
    peeled = path[: int(np.argmin([box.n for box in path])) + 1]
    assert all(later.n < box.n and later.density > box.density for box, later in pairwise(peeled))
    assert min(box.mass for box in path) >= 0.05


@contextmanager
def calm() -> Iterator[None]:
    """Keep another library's warnings and log from failing a test about its numbers."""
    before = logging.root.manager.disable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(before)


@pytest.mark.parametrize(("seed", "digits"), [(1, None), (2, None), (3, None), (4, 1), (5, 1)])
def test_the_ema_workbench_finds_the_same_path(seed: int, digits: int | None) -> None:
    with calm():
        prim = pytest.importorskip("ema_workbench.analysis.prim")
    import pandas as pd

    inputs, of_interest = draws(seed, digits=digits)
    with calm():
        oracle = prim.Prim(
            pd.DataFrame(inputs, columns=list("abcd")), of_interest.astype(int), threshold=0.1
        ).find_box()
    path = boxes_of(inputs, of_interest)
    assert [box.coverage for box in path] == pytest.approx(oracle.peeling_trajectory["coverage"].to_numpy())
    assert [box.density for box in path] == pytest.approx(oracle.peeling_trajectory["density"].to_numpy())
    assert [box.mass for box in path] == pytest.approx(oracle.peeling_trajectory["mass"].to_numpy())
    for box, limits in zip(path, oracle.box_lims, strict=True):
        assert np.array([box.low, box.high]) == pytest.approx(limits.to_numpy())
    last = path[-1]
    asked = {
        (j, is_upper): quasi_p(inputs, of_interest, last, j, upper=is_upper) for j, is_upper in limited(inputs, last)
    }
    theirs = oracle.qp[-1]
    assert asked == pytest.approx({(j, is_upper): theirs["abcd"[j]][is_upper] for j, is_upper in asked})


def test_a_limit_that_says_much_has_a_small_quasi_p_and_one_that_says_nothing_a_large_one() -> None:
    inputs, of_interest = draws(6)
    box = box_of(inputs, of_interest, np.array([0.0, 0.1, 0.0, 0.0]), np.array([0.4, 1.0, 1.0, 1.0]))
    assert quasi_p(inputs, of_interest, box, 0, upper=True) < 1e-4
    assert quasi_p(inputs, of_interest, box, 1, upper=False) > 0.2


def test_a_box_freed_of_its_limits_holds_everything() -> None:
    inputs, of_interest = draws(7)
    box = box_of(inputs, of_interest, inputs.min(axis=0), np.array([0.4, 2.0, 2.0, 2.0]))
    assert freed(inputs, of_interest, box, 0).n == len(inputs)
    assert freed(inputs, of_interest, box, 0, upper=False).n == box.n < len(inputs)


def test_a_limit_falls_between_two_values_that_differ() -> None:
    values = np.array([1.0, 1.0, 1.0, 2.0, 3.0])
    assert limit_at(values, 0.05) == 1.5
    assert limit_at(values[::-1], 0.95) == 2.5
