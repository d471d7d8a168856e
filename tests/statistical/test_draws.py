"""Keyed draws follow their laws and do not know of each other.

Every check gives a p-value from ``N`` draws of fixed keys and fails below ``ALPHA``: about one false alarm in 20,000 for
this whole file, and the same answer every time, since keys are fixed. The smallest faults that a check must catch are
stated as tests: a distribution function that is wrong by 0.01 anywhere, a probability off by 2%, a correlation of 0.02.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from simulation import draws
from simulation.compiled import compiled, rule

N = 200_000
ALPHA = 1e-6
SEED = 2_018

Sample = NDArray[np.float64]


@rule
def fill_uniform(out: Any, seed: int, person: int, when: int, purpose: int, index: int, along: int) -> None:
    for n in range(len(out)):
        step = n if along == 0 else 0
        month = n if along == 1 else 0
        option = n if along == 2 else 0
        run = n if along == 3 else 0
        out[n] = draws.uniform(seed + run, person + step, when + month, purpose, index + option)


@rule
def fill_pair(first: Any, second: Any, seed: int, purpose: int) -> None:
    for n in range(len(first)):
        first[n], second[n] = draws.uniform_pair(seed, n, 3, purpose)


@rule
def fill_normal(out: Any, seed: int) -> None:
    for n in range(len(out)):
        out[n] = draws.normal(seed, n, 3, draws.THETA)


@rule
def fill_exponential(out: Any, seed: int) -> None:
    for n in range(len(out)):
        out[n] = draws.exponential(seed, n, 3, draws.REVIEW_GAP)


@rule
def fill_gumbel(out: Any, seed: int) -> None:
    for n in range(len(out)):
        out[n] = draws.gumbel(seed, n, 3, draws.REGION, 4)


@rule
def fill_poisson(out: Any, seed: int, mean: float) -> None:
    for n in range(len(out)):
        out[n] = draws.poisson(mean, seed, n, 3, draws.CONTACTS)


@rule
def fill_integer(out: Any, seed: int, bound: int) -> None:
    for n in range(len(out)):
        out[n] = draws.integer(bound, seed, n, 3, draws.DEGREE)


@rule
def fill_bernoulli(out: Any, seed: int, prob: float) -> None:
    for n in range(len(out)):
        out[n] = 1.0 if draws.bernoulli(prob, seed, n, 3, draws.REFUSAL) else 0.0


@rule
def fill_choice(out: Any, seed: int, utility: Any) -> None:
    for n in range(len(out)):
        best = -1.0e9
        for option in range(len(utility)):
            value = utility[option] + draws.gumbel(seed, n, 3, draws.REGION, option)
            if value > best:
                best = value
                out[n] = option


def sample(fill: Callable[..., None], *given: Any) -> Sample:
    out = np.empty(N)
    compiled(fill)(out, *given)
    return out


def uniforms(*, person: int = 1, when: int = 3, purpose: int = draws.TASTE, index: int = 0, along: int = 0) -> Sample:
    """Return N uniform draws along persons (0), times (1), indexes (2) or seeds (3)."""
    return sample(fill_uniform, SEED, person, when, purpose, index, along)


def p_of_law(values: Sample, law: Any) -> float:
    return float(stats.kstest(values, law.cdf).pvalue)


def p_of_counts(values: Sample, probs: Sample) -> float:
    """Return the p-value of a chi-squared test of whole numbers from 0."""
    counts = np.bincount(values.astype(int), minlength=len(probs))
    return float(stats.chisquare(counts, probs * (len(values) / probs.sum())).pvalue)


def p_of_share(values: Sample, prob: float) -> float:
    z = (values.mean() - prob) / math.sqrt(prob * (1.0 - prob) / len(values))
    return float(2.0 * stats.norm.sf(abs(z)))


def p_of_no_correlation(first: Sample, second: Sample) -> float:
    return float(2.0 * stats.norm.sf(abs(np.corrcoef(first, second)[0, 1]) * math.sqrt(len(first))))


def p_of_poisson(values: Sample, mean: float) -> float:
    """Return the p-value of a Poisson sample, the rarest counts on either side being joined."""
    low, high = int(stats.poisson.ppf(50.0 / N, mean)), int(stats.poisson.ppf(1.0 - 50.0 / N, mean))
    probs = stats.poisson.pmf(np.arange(low, high + 1), mean)
    probs[0], probs[-1] = stats.poisson.cdf(low, mean), stats.poisson.sf(high - 1, mean)
    return p_of_counts(np.clip(values, low, high) - low, probs)


LAWS = {
    "uniform": (uniforms, stats.uniform),
    "normal": (lambda: sample(fill_normal, SEED), stats.norm),
    "exponential": (lambda: sample(fill_exponential, SEED), stats.expon),
    "gumbel": (lambda: sample(fill_gumbel, SEED), stats.gumbel_r),
}


@pytest.mark.parametrize(("drawn", "law"), LAWS.values(), ids=LAWS)
def test_a_draw_follows_its_law(drawn: Callable[[], Sample], law: Any) -> None:
    assert p_of_law(drawn(), law) > ALPHA


@pytest.mark.parametrize("along", [0, 1, 2, 3], ids=["persons", "times", "options", "seeds"])
def test_uniform_draws_are_uniform_along_every_part_of_the_key(along: int) -> None:
    values = uniforms(along=along)
    assert p_of_law(values, stats.uniform) > ALPHA
    assert p_of_counts(np.floor(values * 1000.0), np.full(1000, 1e-3)) > ALPHA


@pytest.mark.parametrize("along", [0, 1, 2, 3], ids=["persons", "times", "options", "seeds"])
@pytest.mark.parametrize("lag", [1, 2, 12])
def test_neighbours_in_any_part_of_the_key_do_not_know_of_each_other(along: int, lag: int) -> None:
    values = uniforms(along=along)
    assert p_of_no_correlation(values[:-lag], values[lag:]) > ALPHA


def test_draws_of_different_purposes_do_not_know_of_each_other() -> None:
    numbers = sorted(draws.PURPOSES.values())
    table = np.array([uniforms(purpose=number) for number in numbers])
    table -= 0.5
    correlations = np.corrcoef(table)
    worst = max(abs(correlations[a, b]) for a, b in itertools.combinations(range(len(numbers)), 2))
    assert 2.0 * stats.norm.sf(worst * math.sqrt(N)) > ALPHA


def test_the_lowest_bits_are_as_even_as_the_highest() -> None:
    lowest = np.mod(np.floor(uniforms() * 2.0**52), 64.0)
    assert p_of_counts(lowest, np.full(64, 1.0 / 64.0)) > ALPHA


def test_the_two_of_a_pair_do_not_know_of_each_other() -> None:
    first, second = np.empty(N), np.empty(N)
    compiled(fill_pair)(first, second, SEED, draws.MATCH)
    assert p_of_no_correlation(first, second) > ALPHA
    assert p_of_law(second, stats.uniform) > ALPHA


@pytest.mark.parametrize("mean", [0.05, 1.0, 4.5, 60.0, 480.0])
def test_counts_follow_the_poisson_law(mean: float) -> None:
    values = sample(fill_poisson, SEED, mean)
    z = (values.mean() - mean) / math.sqrt(mean / N)
    assert 2.0 * stats.norm.sf(abs(z)) > ALPHA
    assert p_of_poisson(values, mean) > ALPHA


@pytest.mark.parametrize("bound", [2, 7, 100])
def test_whole_numbers_are_equally_likely(bound: int) -> None:
    assert p_of_counts(sample(fill_integer, SEED, bound), np.full(bound, 1.0 / bound)) > ALPHA


@pytest.mark.parametrize("prob", [0.001, 0.3, 0.5, 0.97])
def test_things_happen_as_often_as_their_probability_says(prob: float) -> None:
    assert p_of_share(sample(fill_bernoulli, SEED, prob), prob) > ALPHA


def test_a_choice_with_gumbel_noise_follows_the_logit_law() -> None:
    utility = np.array([0.0, 0.5, 1.5, -1.0])
    weights = np.exp(utility)
    assert p_of_counts(sample(fill_choice, SEED, utility), weights / weights.sum()) > ALPHA


def test_a_distribution_function_that_is_wrong_by_a_hundredth_would_be_found() -> None:
    bent = uniforms() ** 1.03
    assert p_of_law(bent, stats.uniform) < ALPHA


def test_a_probability_that_is_off_by_a_fiftieth_would_be_found() -> None:
    assert p_of_share(sample(fill_bernoulli, SEED, 0.3 * 1.02), 0.3) < ALPHA


def test_a_mean_that_is_off_by_a_fiftieth_would_be_found() -> None:
    assert p_of_poisson(sample(fill_poisson, SEED, 4.5 * 1.02), 4.5) < ALPHA


def test_a_correlation_of_a_fiftieth_would_be_found() -> None:
    one, other = uniforms(purpose=draws.MATCH), uniforms(purpose=draws.QUOTA)
    assert p_of_no_correlation(one, other + 0.02 * one) < ALPHA
