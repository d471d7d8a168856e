from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.analyses.index import Settings
from experiments.analyses.noise import crossed, crossed_covariance, crossed_size, noise_share, reach_of, weights_of

RNG = np.random.default_rng(20_260_101)
ALIKE = np.ones(4)


def noisy(expectations: Any, replicates: int = 4, sd: float = 1.0) -> Any:
    expectations = np.asarray(expectations, float)
    return expectations[..., None] + sd * RNG.standard_normal((*expectations.shape, replicates))


def test_a_product_across_replicates_holds_no_noise_where_the_plain_square_does() -> None:
    values = noisy(np.full(100_000, 2.0))
    # The mean of the product has a standard error of about 0.013, and the plain square an excess of 1 / 4.
    assert crossed(values, values, ALIKE).mean() == pytest.approx(4.0, abs=0.06)
    assert (values.mean(axis=1) ** 2).mean() == pytest.approx(4.25, abs=0.06)


def test_products_across_replicates_are_those_of_all_pairs_of_different_replicates() -> None:
    first, second, weights = np.array([1.0, 3.0, 5.0]), np.array([2.0, 4.0, 7.0]), np.array([1.0, 2.0, 0.5])
    pairs = [(r, s) for r in range(3) for s in range(3) if r != s]
    by_hand = sum(weights[r] * weights[s] * first[r] * second[s] for r, s in pairs)
    assert crossed(first, second, weights) == pytest.approx(by_hand / sum(weights[r] * weights[s] for r, s in pairs))


def test_a_size_told_by_the_other_replicates_is_zero_on_average_where_there_is_nothing() -> None:
    nothing = noisy(np.zeros(100_000))
    assert crossed_size(nothing, ALIKE).mean() == pytest.approx(0.0, abs=0.02)
    assert np.abs(nothing.mean(axis=1)).mean() > 0.35


def test_a_size_is_kept_where_it_is_far_above_the_noise() -> None:
    assert crossed_size(noisy(np.full(10_000, -8.0)), ALIKE).mean() == pytest.approx(8.0, abs=0.05)


def test_one_replicate_is_taken_as_it_is() -> None:
    single = np.array([[-2.0], [3.0]])
    assert crossed(single, single, np.ones(1)).tolist() == [4.0, 9.0]
    assert crossed_size(single, np.ones(1)).tolist() == [2.0, 3.0]
    assert np.isnan(noise_share(single))


def test_luck_shared_by_all_points_of_a_replicate_is_no_variance_between_points() -> None:
    expectations = RNG.standard_normal(2_000)
    values = noisy(expectations, sd=0.5) + 50.0 * RNG.standard_normal(4)
    found = crossed_covariance(values, values, np.ones(2_000), ALIKE)
    assert found == pytest.approx(expectations.var(), rel=0.05)
    assert noise_share(values) == pytest.approx(0.0625 / (1 + 0.0625), abs=0.02)


def test_points_that_differ_by_luck_alone_have_a_noise_share_of_about_one() -> None:
    assert noise_share(noisy(np.zeros(5_000))) > 0.95


@pytest.mark.parametrize("n", [4, 10, 50])
def test_the_interval_of_a_plain_mean_is_students(n: int) -> None:
    values = np.random.default_rng(n).standard_normal(n)
    reach = reach_of(lambda points, _: np.average(values, weights=points), n, 1, Settings(resamples=4_000))
    from scipy import stats

    students = stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / np.sqrt(n)
    assert reach == pytest.approx(students, rel=0.08)


def test_an_interval_grows_with_luck_that_a_replicate_shares_over_all_points() -> None:
    points, seeds = RNG.standard_normal((40, 1)), 10.0 * RNG.standard_normal(4)

    def mean(values: Any) -> Any:
        return reach_of(lambda p, r: np.average(values @ r / r.sum(), weights=p), 40, 4, Settings())

    assert mean(points + seeds) > 5 * mean(points + np.zeros(4))


def test_weights_are_never_zero() -> None:
    assert min(weights_of(np.random.default_rng(seed), 3).min() for seed in range(500)) > 0
