"""The interval of a ratio holds the ratios that the pairs do not rule out, and no others."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from experiments.pairing import ratio


def statistic(parts: np.ndarray, wholes: np.ndarray, r: float) -> float:
    """Return the t statistic of the mean of part - r whole."""
    residual = parts - r * wholes
    return float(residual.mean() / (residual.std(ddof=1) / math.sqrt(residual.size)))


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_at_its_ends_the_ratio_is_just_ruled_out(confidence: float) -> None:
    rng = np.random.default_rng(3)
    wholes = rng.normal(10.0, 1.0, 12)
    parts = 2.5 * wholes + rng.normal(0.0, 3.0, 12)
    middle, low, high = ratio(parts, wholes, confidence=confidence)
    bound = float(stats.t.ppf((1 + confidence) / 2, 11))
    assert low < middle < high
    assert statistic(parts, wholes, low) == pytest.approx(bound)
    assert statistic(parts, wholes, high) == pytest.approx(-bound)
    assert middle == pytest.approx(parts.mean() / wholes.mean())


def test_where_all_pairs_agree_the_interval_is_the_ratio() -> None:
    wholes = np.array([8.0, 9.0, 10.0, 12.0])
    assert ratio(3 * wholes, wholes) == pytest.approx((3.0, 3.0, 3.0))


def test_one_pair_has_no_interval() -> None:
    assert all(math.isnan(value) for value in ratio([1.0], [2.0]))


def test_it_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(400):
        wholes = rng.normal(10.0, 2.0, 8)
        _, low, high = ratio(2.0 * wholes + rng.normal(0.0, 4.0, 8), wholes)
        held += low <= 2.0 <= high
    assert 0.91 <= held / 400 <= 0.98
