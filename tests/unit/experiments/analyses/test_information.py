"""What knowing is worth, where it can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.analyses.agreement import agreements, tau
from experiments.analyses.information import THEORY, Information, gain_from_all, information
from experiments.analyses.smoothing import curve_over, smoothed

N_NAMES = 12


def parameters(rng: np.random.Generator, n_draws: int) -> dict[str, np.ndarray]:
    return {f"p{number}": rng.standard_normal(n_draws) for number in range(N_NAMES)}


def one_of(effects: np.ndarray, known: dict[str, np.ndarray], *, best: int) -> Information:
    (found,) = information(effects, effects[None], known, bests=(best,))
    return found


def test_a_curve_bends_as_far_as_its_numbers_ask_and_no_further() -> None:
    rng = np.random.default_rng(1)
    x = rng.permutation(np.linspace(0, 1, 120))
    wave, line = np.sin(5 * x), 2 * x - 1
    noisy = np.column_stack([wave, line, 0 * x]) + 0.3 * rng.standard_normal((120, 3))
    fits = smoothed(curve_over(x), noisy).values
    assert np.sqrt(((fits[:, 0] - wave) ** 2).mean()) < 0.12
    assert np.sqrt(((fits[:, 1] - line) ** 2).mean()) < 0.12
    assert np.abs(fits[:, 2]).mean() < 0.1
    # A straight line alone would miss the wave.
    assert np.sqrt(((np.polyval(np.polyfit(x, wave, 1), x) - wave) ** 2).mean()) > 0.3


def test_knowing_what_decides_between_two_is_worth_what_theory_says() -> None:
    rng = np.random.default_rng(2)
    known = parameters(rng, 240)
    effects = 0.5 * rng.standard_normal((2, 240, 3))
    effects[0] += 2 * known["p3"][:, None]
    found = one_of(effects, known, best=1)
    assert [one.name for one in found.told] == ["p3"]
    # E max(0, 2 z) for a standard normal z; half the time the other one is chosen.
    assert found.worths[0].gain == pytest.approx(2 / math.sqrt(2 * math.pi), abs=0.15)
    assert found.worths[0].changes == pytest.approx(0.5, abs=0.1)


def test_where_all_reforms_are_equal_nothing_is_told_to_be_worth_knowing() -> None:
    n_told = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        found = one_of(rng.standard_normal((10, 48, 4)), parameters(rng, 48), best=3)
        assert len(found.worths) == N_NAMES + 1
        n_told += len(found.told)
    # Two tests at 5% each seed: five or more of 24 come by chance once in 100.
    assert n_told < 5


def test_the_theory_is_worth_knowing_where_it_decides() -> None:
    rng = np.random.default_rng(4)
    effects = rng.standard_normal((5, 24, 4))
    effects[0] += np.array([4.0, -4.0, 4.0, -4.0])
    found = one_of(effects, parameters(rng, 24), best=1)
    assert [one.name for one in found.told] == [THEORY]
    # Two less some of what choosing among five by chance gains.
    assert 1.5 < found.told[0].gain < 2.1


def test_few_draws_say_nothing_of_parameters_and_one_theory_nothing_of_theories() -> None:
    rng = np.random.default_rng(5)
    assert one_of(rng.standard_normal((4, 7, 1)), parameters(rng, 7), best=1).worths == ()
    constant = {"held": np.ones(20)}
    assert one_of(rng.standard_normal((4, 20, 1)), constant, best=1).worths == ()


def test_the_gain_from_everything_is_the_mean_regret_of_choosing_once() -> None:
    likely = np.array([[[[3.0], [0.0]], [[1.0], [1.5]]]])
    assert gain_from_all(likely, 1) == pytest.approx((0.0 + 1.5) / 2)
    assert gain_from_all(likely, 2) == 0.0


def test_tau_counts_pairs_in_order_and_knows_ties() -> None:
    assert tau(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == -1.0
    assert tau(np.array([1.0, 2.0, 2.0]), np.array([1.0, 2.0, 2.0])) == pytest.approx(1.0)
    assert math.isnan(tau(np.array([1.0, 1.0]), np.array([1.0, 2.0])))


def test_theories_that_differ_by_luck_alone_are_not_said_to_disagree() -> None:
    rng = np.random.default_rng(6)
    truth = np.arange(8.0)[:, None, None] + 0.0 * np.zeros((8, 20, 3))
    truth[:, :, 2] = -truth[:, :, 2]
    values = truth[..., None] + 2 * rng.standard_normal((8, 20, 3, 2))
    same, turned, _ = agreements(values, [truth], ["own", "same", "turned"], best=3)
    assert (same.of_means, turned.of_means) == (1.0, -1.0)
    assert (same.shared, turned.shared) == (1.0, 0.0)
    assert 0.4 < same.by_chance < 0.95
    assert same.by_draw == pytest.approx(same.by_chance, abs=0.1)
    assert not same.is_less
    assert turned.by_draw < -0.4
    assert turned.is_less


def test_one_replicate_leaves_chance_unknown() -> None:
    values = np.random.default_rng(7).standard_normal((4, 5, 2, 1))
    (found,) = agreements(values, [values[..., 0]], ["own", "other"], best=2)
    assert math.isnan(found.by_chance)
    assert not found.is_less
