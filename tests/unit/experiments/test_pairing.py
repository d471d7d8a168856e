from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from experiments import pairing
from experiments.pairing import interval, summarise, widened_level

SKEWED = np.array([0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 9.0, 14.0, 20.0])


def test_thirty_pairs_get_the_t_interval_of_a_textbook() -> None:
    # 1..30 has mean 15.5 and standard deviation sqrt(77.5); t(0.975, 29) is 2.045230 in printed tables.
    low, high, method = interval(np.arange(1.0, 31.0))
    reach = 2.045230 * math.sqrt(77.5 / 30)
    assert method == "t"
    assert (low, high) == pytest.approx((15.5 - reach, 15.5 + reach), abs=1e-5)


def test_eight_to_29_pairs_get_the_bootstrap_of_scipy_at_the_widened_level() -> None:
    low, high, method = interval(SKEWED)
    reference = stats.bootstrap(
        (SKEWED,),
        np.mean,
        confidence_level=widened_level(0.95, SKEWED.size),
        n_resamples=200_000,
        method="BCa",
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert method == "bca"
    # Two independent sets of resamples: the ends carry a few percent of Monte Carlo noise.
    assert (low, high) == pytest.approx((reference.low, reference.high), rel=0.08)


def test_the_bootstrap_leans_towards_the_long_tail() -> None:
    low, high, _ = interval(SKEWED)
    assert high - SKEWED.mean() > 1.2 * (SKEWED.mean() - low)


def test_the_widened_level_gives_normal_pairs_the_width_of_their_t_interval() -> None:
    # The bootstrap's standard error is smaller by sqrt((n - 1) / n); z at the widened level makes up for it.
    n = 12
    z = stats.norm.ppf((1 + widened_level(0.95, n)) / 2)
    assert z * math.sqrt((n - 1) / n) == pytest.approx(stats.t.ppf(0.975, n - 1))


@pytest.mark.parametrize(("n", "method"), [(2, "t"), (7, "t"), (8, "bca"), (29, "bca"), (30, "t"), (200, "t")])
def test_the_method_follows_the_number_of_pairs(n: int, method: str) -> None:
    assert interval(np.random.default_rng(n).normal(size=n))[2] == method


@pytest.mark.parametrize("n", [2, 8, 29, 30])
def test_equal_differences_give_exactly_their_point(n: int) -> None:
    summary = summarise(np.arange(n, dtype=float), np.arange(n) + 0.1 * 3)
    equal = summarise(np.zeros(n), np.full(n, 0.3))
    assert (equal.low, equal.high, equal.method, equal.error) == (0.3, 0.3, "point", 0.0)
    assert summary.difference == pytest.approx(0.3)


def test_no_difference_anywhere_is_exactly_zero_with_one_sign() -> None:
    summary = summarise([3.0, 5.0, 8.0], [3.0, 5.0, 8.0])
    assert (summary.difference, summary.low, summary.high, summary.same_sign) == (0.0, 0.0, 0.0, 1.0)
    assert summary.variance_ratio == math.inf


def test_one_pair_has_a_difference_but_no_interval() -> None:
    summary = summarise([3.0], [5.0])
    assert (summary.difference, summary.n, summary.method) == (2.0, 1, "none")
    assert all(math.isnan(value) for value in (summary.low, summary.high, summary.error, summary.variance_ratio))


def test_no_pair_gives_no_number() -> None:
    summary = summarise([math.nan, 1.0], [1.0, math.nan])
    assert summary.n == 0
    assert math.isnan(summary.difference)


def test_a_pair_with_an_undefined_side_is_left_out_of_both_means() -> None:
    summary = summarise([1.0, math.nan, 3.0], [2.0, 100.0, 6.0])
    assert (summary.n, summary.baseline, summary.reform, summary.difference) == (2, 2.0, 4.0, 2.0)


def test_same_sign_is_the_share_of_pairs_that_agree_with_the_mean() -> None:
    assert summarise([0.0] * 4, [1.0, 2.0, -1.0, 5.0]).same_sign == 0.75


def test_the_variance_ratio_says_how_many_more_runs_unpaired_means_would_need() -> None:
    before = np.array([100.0, 200.0, 300.0, 400.0])
    after = before + np.array([9.0, 11.0, 9.0, 11.0])
    expected = (before.var(ddof=1) + after.var(ddof=1)) / (after - before).var(ddof=1)
    summary = summarise(before, after)
    assert summary.variance_ratio == pytest.approx(expected)
    assert summary.error == pytest.approx((after - before).std(ddof=1) / 2)


def test_an_interval_does_not_depend_on_those_asked_for_before() -> None:
    first = interval(SKEWED)
    interval(SKEWED + 1)
    assert interval(SKEWED) == first


def test_lists_of_unequal_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="equally long"):
        summarise([1.0, 2.0], [1.0])


def _covered(n: int, trials: int, *, confidence: float = pairing.CONFIDENCE) -> int:
    """Return how many intervals of ``n`` draws of a Poisson(3) minus an independent one hold the true mean, 0."""
    rng = np.random.default_rng(20_260_101 + n)
    hits = 0
    for _ in range(trials):
        low, high, _ = interval(rng.poisson(3, n) - rng.poisson(3, n).astype(float), confidence=confidence)
        hits += low <= 0 <= high
    return hits


# 300 trials, alpha 1e-6 a side: a true coverage of 95% stays inside; one of 83% or less would be caught with 99%.
TRIALS = 300
LEAST, MOST = (int(stats.binom.ppf(p, TRIALS, 0.95)) for p in (1e-6, 1 - 1e-6))


@pytest.mark.parametrize("n", [5, 8, 20, 40])
def test_intervals_hold_the_truth_about_95_times_in_100(n: int) -> None:
    assert LEAST <= _covered(n, TRIALS) <= MOST


def test_an_interval_that_is_too_narrow_would_be_caught() -> None:
    assert _covered(20, TRIALS, confidence=0.78) < LEAST
