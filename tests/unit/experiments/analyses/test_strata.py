"""Likely effects in parts, and the probabilities that follow from them, where the truth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.analyses.places import among_best, is_better, shares_among_best, spread_of
from experiments.analyses.strata import likely_effects, parts_of

ARMS, DRAWS, THEORIES, REPLICATES = 10, 12, 5, 2


def measured(truth: Any, rng: np.random.Generator, *, luck: float) -> Any:
    """Return runs of true effects: luck of each run, and luck that all reforms of a run share with their baseline."""
    shape = (*truth.shape, REPLICATES)
    return truth[..., None] + luck * rng.standard_normal(shape) + luck * rng.standard_normal((1, *shape[1:]))


def true_effects(means: Any, rng: np.random.Generator, *, spread: float) -> Any:
    draws, theories = rng.standard_normal((len(means), DRAWS, 1)), rng.standard_normal((len(means), 1, THEORIES))
    return means[:, None, None] + spread * (draws + theories / 2)


def test_reforms_that_are_all_equal_are_each_among_the_best_three_about_as_often() -> None:
    found = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        likely = list(likely_effects(measured(np.full((ARMS, DRAWS, THEORIES), 50.0), rng, luck=4.0), samples=100))
        found.append([one.value for one in among_best(likely, 3)])
    assert np.sum(found, axis=1) == pytest.approx(3.0)
    assert np.mean(found, axis=0) == pytest.approx(3 / ARMS, abs=0.1)
    # Who looked best in these runs is not taken for the best.
    assert np.max(found) < 0.65


def test_counting_winners_as_measured_would_be_sure_of_luck() -> None:
    rng = np.random.default_rng(5)
    values = measured(np.full((ARMS, DRAWS, THEORIES), 50.0), rng, luck=4.0)
    likely = [one.value for one in among_best(list(likely_effects(values)), 3)]
    assert shares_among_best(values.mean(axis=(1, 2, 3))[:, None], 3).max() == 1.0
    assert max(likely) < 0.75


def test_probabilities_are_nearer_to_the_truth_than_shares_of_measured_winners() -> None:
    means = np.array([10.0, 8.0, 6.0, 6.0, 3.0, 2.0, 1.0, 0.5, 0.0, 0.0])
    off_likely, off_measured = [], []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        truth = true_effects(means, rng, spread=1.5)
        values = measured(truth, rng, luck=4.0)
        true = shares_among_best(truth, 3).mean(axis=(1, 2))
        likely = [one.value for one in among_best(list(likely_effects(values, samples=100)), 3)]
        off_likely.append(np.abs(np.array(likely) - true).mean())
        off_measured.append(np.abs(shares_among_best(values.mean(axis=3), 3).mean(axis=(1, 2)) - true).mean())
    assert np.mean(off_likely) < 0.75 * np.mean(off_measured)


def test_intervals_of_probabilities_hold_the_truth_about_as_often_as_they_say() -> None:
    means = np.array([4.0, 3.0, 2.0, 2.0, 1.0, 0.0])
    held = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        many = means[:, None, None] + 1.5 * rng.standard_normal((len(means), 4000, 1))
        true = shares_among_best(many, 3).mean(axis=(1, 2))
        drawn = np.repeat(many[:, :DRAWS], THEORIES, axis=2)
        ranges = among_best(list(likely_effects(measured(drawn, rng, luck=2.0), samples=150)), 3)
        held += [one.low <= value <= one.high for one, value in zip(ranges, true, strict=True)]
    # 95% of 180, which go together within a seed: 5 in 100 fewer are three standard errors and more.
    assert np.mean(held) > 0.9


def test_parts_without_luck_are_kept_whole_and_luck_alone_is_taken_for_nothing() -> None:
    rng = np.random.default_rng(3)
    truth = true_effects(np.arange(6.0), rng, spread=2.0)
    kept = parts_of(measured(truth, rng, luck=1e-3))
    rebuilt = kept.mean.likely[:, :, None] + kept.draws.likely[:, :, None] + kept.theories.likely[:, None, :]
    assert rebuilt + kept.rest.likely.reshape(truth.shape) == pytest.approx(truth, abs=0.02)
    luck = measured(np.zeros((6, DRAWS, THEORIES)), rng, luck=1.0)
    seen = luck.mean(axis=(2, 3)) - luck.mean(axis=(1, 2, 3))[:, None]
    assert np.abs(parts_of(luck).draws.likely).mean() < 0.75 * np.abs(seen).mean()


def test_a_reform_without_effect_has_none_in_every_set_and_twins_stay_twins() -> None:
    rng = np.random.default_rng(4)
    values = measured(np.full((4, DRAWS, THEORIES), 5.0), rng, luck=1.0)
    values[1], values[3] = 0.0, values[2]
    sets = list(likely_effects(values, samples=20))
    assert max(np.abs(one[1]).max() for one in sets) < 1e-6
    assert all((one[2] == one[3]).all() for one in sets)


def test_one_replicate_is_taken_as_measured() -> None:
    values = np.random.default_rng(6).standard_normal((4, 3, 2, 1))
    (only,) = likely_effects(values)
    assert (only == values[..., 0]).all()


def test_draws_that_all_agree_leave_room_for_one_that_does_not() -> None:
    near = np.array([3.0, 2.0, -50.0])[:, None, None] * np.ones((1, 8, 1))
    near[1] += np.linspace(-1, 0.9, 8)[:, None]
    first, second, third = among_best([near] * 400, 1)
    assert (first.value, first.high) == pytest.approx((1.0, 1.0))
    assert 0.6 < first.low < 0.95
    assert (second.value, second.low) == pytest.approx((0.0, 0.0))
    assert second.high > 0.05
    # Far off is far off in a ninth draw, too.
    assert (third.value, third.high) == pytest.approx((0.0, 0.0))


def test_ties_are_split_and_spreads_are_over_draws_and_theories() -> None:
    effects = np.array([[[1.0, 3.0]], [[1.0, 0.0]]])
    assert is_better([effects])[0, 1] == 0.75
    low = spread_of([effects])[0]
    assert (low.value, round(low.low, 2), round(low.high, 2)) == (2.0, 1.05, 2.95)
