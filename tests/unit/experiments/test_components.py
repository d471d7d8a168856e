"""Parameters and chance told apart: on synthetic pairs whose components are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

from experiments import pairing
from experiments.components import METHOD, ONE_SIGN, DrawnSummary, components_of, is_one_sign, reach_of, summarise

EXPERIMENTS = 400
Deviates = Callable[[Any, tuple[int, ...]], Any]


def normal(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.standard_normal(shape)


def lognormal(rng: Any, shape: tuple[int, ...]) -> Any:
    """Return a lognormal of sigma 0.6, moved and scaled to mean 0 and variance 1."""
    sigma = 0.6
    mean = math.exp(sigma**2 / 2)
    return (np.exp(sigma * rng.standard_normal(shape)) - mean) / (mean * math.sqrt(math.exp(sigma**2) - 1))


def exponential(rng: Any, shape: tuple[int, ...]) -> Any:
    return rng.exponential(size=shape) - 1


class Synthetic(NamedTuple):
    """Many experiments: differences of shape (experiments, draws x pairs), the draw of each, effects of a draw not seen."""

    differences: Any
    draws: Any
    unseen: Any


def synthetic(
    share: float, *, draws: int = 20, pairs: int = 2, seed: int = 5, deviates: Deviates = normal
) -> Synthetic:
    """Return experiments whose mean effect is 100 and whose single pair has variance 1, ``share`` of it parameters."""
    rng = np.random.default_rng(seed)
    numbers = np.tile(np.arange(draws), pairs)
    effects = 100 + math.sqrt(share) * deviates(rng, (EXPERIMENTS, draws + 1))
    luck = math.sqrt(1 - share) * rng.standard_normal((EXPERIMENTS, draws * pairs))
    return Synthetic(effects[:, numbers] + luck, numbers, effects[:, -1])


def summaries(made: Synthetic) -> list[DrawnSummary]:
    found = [summarise(np.zeros_like(one), one, made.draws) for one in made.differences]
    assert all(isinstance(one, DrawnSummary) for one in found)
    return found  # type: ignore[return-value]


def coverage(low: Any, high: Any, truth: Any) -> float:
    return float(np.mean((np.asarray(low) <= truth) & (truth <= np.asarray(high))))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_the_split_recovers_known_components(share: float) -> None:
    found = summaries(synthetic(share, draws=30, pairs=4))
    for name, truth in (("var_parameters", share), ("var_chance", 1 - share)):
        estimates = np.array([getattr(one, name) for one in found])
        error = estimates.std(ddof=1) / math.sqrt(EXPERIMENTS)
        # Four standard errors: a bias of a tenth of the variance would be ten of them or more.
        assert abs(estimates.mean() - truth) < 4 * error < 0.1


def test_pairs_dealt_to_draws_at_random_are_chance_alone() -> None:
    made = synthetic(0.9, draws=30, pairs=4)
    rng = np.random.default_rng(8)
    dealt = [summarise(np.zeros_like(one), one, rng.permutation(made.draws).tolist()) for one in made.differences]
    shares = [one.parameter_share for one in dealt if isinstance(one, DrawnSummary)]
    assert np.mean(shares) < 0.1
    assert np.mean([one.parameter_share for one in summaries(made)]) > 0.85


@pytest.mark.parametrize("deviates", [normal, lognormal, exponential])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_the_interval_holds_the_effect_of_parameters_drawn_anew(share: float, deviates: Deviates) -> None:
    made = synthetic(share, deviates=deviates)
    found = summaries(made)
    held = coverage([one.low for one in found], [one.high for one in found], made.unseen)
    # The interval holds 92% or more, see reach_of; over 400 experiments that has a standard error of 1.4%.
    assert held > 0.92 - 2 * 0.014
    by_chance = coverage([one.low_chance for one in found], [one.high_chance for one in found], made.unseen)
    assert by_chance < 0.75


def test_the_interval_of_chance_holds_the_mean_over_the_draws_that_were_run() -> None:
    made = synthetic(0.5)
    rng = np.random.default_rng(4)
    # The same effects in every experiment, other luck.
    effects = rng.standard_normal(20)[made.draws]
    found = [summarise(np.zeros(40), effects + rng.standard_normal(40), made.draws) for _ in range(EXPERIMENTS)]
    ends = np.array([(one.low_chance, one.high_chance) for one in found if isinstance(one, DrawnSummary)])
    held = coverage(ends[:, 0], ends[:, 1], effects.mean())
    assert abs(held - 0.95) < 3 * 0.011


def test_estimates_put_in_for_the_variances_would_hold_too_little() -> None:
    made = synthetic(0.2)
    reaches = []
    for one in made.differences:
        found = components_of(one, made.draws)
        variance = found.parameters * (1 + found.overlap) + found.chance / found.n
        reaches.append(stats.t.ppf(0.975, found.groups - 1) * math.sqrt(variance))
    means = made.differences.mean(axis=1)
    plugged = coverage(means - reaches, means + reaches, made.unseen)
    ours = summaries(made)
    assert plugged < 0.91
    assert coverage([one.low for one in ours], [one.high for one in ours], made.unseen) > plugged + 0.03


@pytest.mark.parametrize("draws", [2, 3, 10, 40])
def test_without_chance_it_is_the_t_interval_of_a_new_draw(draws: int) -> None:
    effects = np.random.default_rng(draws).standard_normal(draws)
    numbers = np.tile(np.arange(draws), 2)
    reach = reach_of(components_of(effects[numbers], numbers))
    expected = stats.t.ppf(0.975, draws - 1) * effects.std(ddof=1) * math.sqrt(1 + 1 / draws)
    assert reach == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("size", [1e-12, 1e12])
def test_the_interval_does_not_depend_on_the_unit(size: float) -> None:
    (one, *_), draws, _ = synthetic(0.5)
    reach = reach_of(components_of(one, draws))
    assert reach_of(components_of(size * one, draws)) == pytest.approx(size * reach, rel=1e-9)


def test_more_confidence_reaches_further() -> None:
    (one, *_), draws, _ = synthetic(0.5)
    found = components_of(one, draws)
    assert 0 < reach_of(found, 0.5) < reach_of(found, 0.9) < reach_of(found, 0.99)


SKEWED = np.array([1.0, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 5.0, 9.0, 20.0])
"""Effects of draws whose normal interval reaches far beyond 0."""


@pytest.mark.parametrize("sign", [1, -1])
def test_an_interval_ends_at_zero_where_every_draw_gives_the_same_sign(sign: int) -> None:
    found = summarise(np.zeros(20), sign * np.tile(SKEWED, 2), np.tile(np.arange(10), 2).tolist())
    ends = sorted((sign * found.low, sign * found.high))
    assert ends[0] == 0.0
    assert ends[1] > 14
    assert (found.method, found.is_clear) == (ONE_SIGN, True)


@pytest.mark.parametrize("effects", [[*SKEWED[:9], -0.1], SKEWED[4:]], ids=["one draw differs", "six draws"])
def test_draws_that_differ_or_are_few_leave_the_sign_open(effects: list[float]) -> None:
    n = len(effects)
    found = summarise(np.zeros(2 * n), np.tile(effects, 2), np.tile(np.arange(n), 2).tolist())
    assert found.low < 0 < found.high
    assert (found.method, found.is_clear) == (METHOD, False)


@pytest.mark.parametrize("odds", [1.0, 1.3, 2.0])
def test_a_sign_that_all_draws_share_is_seldom_wrong(odds: float) -> None:
    rng = np.random.default_rng(6)
    effects = odds + rng.standard_normal((20_000, 11))
    told = np.array([is_one_sign(one) for one in effects[:, :10]])
    wrong = told & (np.sign(effects[:, 10]) != np.sign(effects[:, 0]))
    # At most 3.5% for 10 draws; the standard error over 20,000 experiments is 0.13%.
    assert 0.001 < wrong.mean() < 0.035 + 3 * 0.0013
    # Two draws that agree would be wrong far more often.
    pairs = (np.sign(effects[:, 0]) == np.sign(effects[:, 1])) & (np.sign(effects[:, 10]) != np.sign(effects[:, 0]))
    assert odds == 2.0 or pairs.mean() > 0.05


def test_draws_need_not_have_equally_many_pairs() -> None:
    found = components_of([1.0, 3.0, 4.0, 6.0, 8.0], [0, 0, 1, 1, 1])
    # By hand: means 2 and 6, overall 4.4; (5 - (4 + 9) / 5) / 1 = 2.4.
    assert found.between == pytest.approx(2 * 2.4**2 + 3 * 1.6**2)
    assert found.within == pytest.approx(2 + 8)
    assert found.size == pytest.approx(2.4)
    assert found.overlap == pytest.approx(13 / 25)
    assert found.parameters == pytest.approx((found.between - 10 / 3) / 2.4)


def test_unequal_draws_are_recovered_without_bias() -> None:
    rng = np.random.default_rng(3)
    numbers = np.repeat(np.arange(12), [1, 2, 3, 4, 5, 6] * 2)
    made = 2 * rng.standard_normal((EXPERIMENTS, 12))[:, numbers] + rng.standard_normal((EXPERIMENTS, numbers.size))
    found = [components_of(one, numbers) for one in made]
    for estimates, truth in (([one.parameters for one in found], 4.0), ([one.chance for one in found], 1.0)):
        assert abs(np.mean(estimates) - truth) < 4 * np.std(estimates, ddof=1) / math.sqrt(EXPERIMENTS)


def test_the_error_of_the_mean_is_that_of_means_of_draws() -> None:
    made = synthetic(0.8)
    values = made.differences[0]
    means = values.reshape(2, 20).mean(axis=0)
    assert summarise(np.zeros(40), values, made.draws).error == pytest.approx(means.std(ddof=1) / math.sqrt(20))


def test_means_are_those_of_pairs_without_draws() -> None:
    made = synthetic(0.5)
    before = np.arange(40.0)
    over = summarise(before, before + made.differences[0], made.draws)
    plain = summarise(before, before + made.differences[0], None)
    assert plain == pairing.summarise(before, before + made.differences[0])
    for name in ("baseline", "reform", "difference", "n", "same_sign", "variance_ratio"):
        assert getattr(over, name) == getattr(plain, name)
    assert (over.method, plain.method) == (METHOD, "t")


def test_equal_differences_are_exactly_that() -> None:
    found = summarise([1.0, 2.0, 3.0, 4.0], [1.1, 2.1, 3.1, 4.1], [0, 1, 0, 1])
    zero = summarise([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0], [0, 1, 0, 1])
    assert found.low == pytest.approx(found.high)
    assert isinstance(zero, DrawnSummary)
    assert (zero.difference, zero.low, zero.high, zero.error, zero.method) == (0.0, 0.0, 0.0, 0.0, "point")
    assert math.isnan(zero.parameter_share)


@pytest.mark.parametrize(
    ("reform", "draws", "n"),
    [
        ([1.0, 2.0, 3.0], [0, 1, 2], 3),
        ([1.0, 2.0, 3.0], [4, 4, 4], 3),
        ([1.0, 2.0, math.nan, math.nan], [0, 1, 0, 1], 2),
        ([1.0, math.nan], [0, 1], 1),
    ],
    ids=["one pair a draw", "one draw", "one pair a draw is left", "one pair"],
)
def test_what_cannot_be_split_has_no_interval(reform: list[float], draws: list[int], n: int) -> None:
    found = summarise([0.0] * len(reform), reform, draws)
    assert isinstance(found, DrawnSummary)
    assert (found.n, found.method) == (n, "none")
    assert found.difference == pytest.approx(np.nanmean(reform))
    assert all(math.isnan(value) for value in (found.low, found.high_chance, found.error, found.parameter_share))


def test_no_pair_at_all_is_no_number() -> None:
    found = summarise([1.0], [math.nan], [0])
    assert (found.n, found.method) == (0, "none")
    assert math.isnan(found.difference)
    assert math.isnan(found.baseline)
