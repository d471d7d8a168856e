"""Ranks and regrets of known effects, and what luck in the runs does to them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.analyses.likely import complete, likely_effects, noise_of
from experiments.analyses.ranking import regrets, spreads_of, standing_of
from experiments.analyses.regret import Regrets, standings_of
from experiments.analyses.regret_telling import sentences

KNOWN = np.array([[3.0, 0.0, 5.0, 1.0], [1.0, 4.0, 5.0, 0.0], [0.0, 0.0, 9.0, -1.0]])
EFFECTS = arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.integers(-5, 5).map(float))


def test_regrets_of_a_known_table() -> None:
    assert regrets(KNOWN).tolist() == [[0, 4, 4, 0], [2, 0, 4, 1], [3, 4, 0, 2]]


def test_standing_of_a_known_table() -> None:
    found = standing_of(KNOWN)
    assert found.mean_regret.tolist() == [2.0, 1.75, 2.25]
    assert found.most_regret.tolist() == [4.0, 4.0, 4.0]
    assert found.is_best.tolist() == [0.5, 0.25, 0.25]
    # Ties are split: in the second column the first and third arm share ranks 2 and 3; in the third, first and second do.
    assert found.ranks.tolist() == [[0.5, 0.25, 0.25], [0.25, 0.625, 0.125], [0.25, 0.125, 0.625]]
    assert found.beats[0, 1] == pytest.approx((1 + 0 + 0.5 + 1) / 4)


@given(EFFECTS)
def test_every_rank_is_held_once_and_every_arm_has_one(effects: np.ndarray) -> None:
    found = standing_of(effects)
    assert found.ranks.sum(axis=0) == pytest.approx(1.0)
    assert found.ranks.sum(axis=1) == pytest.approx(1.0)
    assert found.beats + found.beats.T == pytest.approx(1.0)


@given(EFFECTS)
def test_some_arm_has_no_regret_under_each_draw_and_none_has_less_than_none(effects: np.ndarray) -> None:
    assert (regrets(effects).min(axis=0) == 0).all()


@given(EFFECTS, st.integers(-9, 9))
def test_what_all_arms_gain_alike_changes_no_rank_and_no_regret(effects: np.ndarray, gain: int) -> None:
    before, after = standing_of(effects), standing_of(effects + gain)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def measured(true: np.ndarray, n_replicates: int, noise: float, shared: float = 0.0, seed: int = 1) -> np.ndarray:
    """Return effects as runs measure them: luck of each run, and luck that a seed brings to all draws alike."""
    luck = np.random.default_rng(seed)
    own = luck.normal(0, noise, (*true.shape, n_replicates))
    common = luck.normal(0, 1, (len(true), 1, n_replicates)) * shared
    return true[:, :, None] + own + common


def test_without_luck_likely_effects_are_the_measured_ones() -> None:
    values = np.repeat(KNOWN[:, :, None], 3, axis=2)
    for effects in likely_effects(values, samples=5):
        assert effects == pytest.approx(KNOWN, abs=1e-6)
    assert spreads_of(likely_effects(values, samples=5))["is_best"].value == pytest.approx([0.5, 0.25, 0.25])


def test_two_arms_that_are_the_same_law_share_every_rank() -> None:
    twins = measured(np.array([[0.0] * 9, [40.0] * 9]), 8, noise=3.0, shared=3.0)[[0, 1, 1]]
    found = spreads_of(likely_effects(twins))
    assert found["is_best"].value == pytest.approx([0.0, 0.5, 0.5])
    assert found["beats"].value[1, 2] == 0.5


def test_one_replicate_is_taken_as_it_is() -> None:
    assert [effects.tolist() for effects in likely_effects(KNOWN[:, :, None])] == [KNOWN.tolist()]


def test_arms_that_differ_by_luck_alone_regret_less_than_they_seem_to() -> None:
    # Truly equal arms under 60 draws: nobody regrets anything, yet the luckiest seems the best each time.
    values = measured(np.zeros((4, 60)), 6, noise=10.0, shared=0.5)
    seeming = standing_of(values.mean(axis=2)).mean_regret
    found = spreads_of(likely_effects(values))
    assert (seeming > 2.0).all()
    assert (found["mean_regret"].value < 0.6 * seeming).all()
    assert np.ptp(found["is_best"].low) < 0.5
    assert (found["is_best"].high - found["is_best"].low > 0.2).all()


def test_real_differences_between_draws_are_kept() -> None:
    true = np.random.default_rng(5).normal(0, 50.0, (3, 80))
    found = spreads_of(likely_effects(measured(true, 6, noise=5.0)))
    assert found["mean_regret"].value == pytest.approx(standing_of(true).mean_regret, rel=0.1)
    assert found["is_best"].value == pytest.approx(standing_of(true).is_best, abs=0.06)


def test_an_arm_that_is_best_by_far_is_surely_the_best() -> None:
    values = measured(np.array([[0.0] * 20, [40.0] * 20]), 8, noise=3.0, shared=3.0)
    found = spreads_of(likely_effects(values))
    assert found["is_best"].low[1] > 0.99
    assert found["mean_regret"].value[1] < 0.01


def test_the_noise_is_told_apart_from_what_draws_do() -> None:
    true = np.random.default_rng(2).normal(0, 7.0, (2, 400))
    found = noise_of(measured(true, 40, noise=5.0, shared=3.0, seed=4))
    # Expected: 25 / 40 for one draw, 9 / 40 for the mean, 49 between draws; each known to 7% to 25% of itself.
    assert np.diag(found.of_draws) == pytest.approx([25 / 40] * 2, rel=0.1)
    assert np.diag(found.between_draws) == pytest.approx([49.0] * 2, rel=0.25)
    assert np.diag(found.of_means) == pytest.approx([9 / 40] * 2, rel=0.8)


def test_with_one_draw_all_noise_is_of_the_mean() -> None:
    values = measured(np.array([[1.0], [2.0]]), 9, noise=2.0)
    expected = values[:, 0].var(axis=1, ddof=1) / 9
    assert np.diag(noise_of(values).of_means) == pytest.approx(expected)
    assert not noise_of(values).of_draws.any()


@settings(max_examples=25)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(2, 5), st.integers(0, 99))
def test_likely_effects_exist_for_any_shape(n_arms: int, n_draws: int, n_replicates: int, seed: int) -> None:
    values = measured(np.zeros((n_arms, n_draws)), n_replicates, noise=1.0, seed=seed)
    for effects in likely_effects(values, samples=3):
        assert effects.shape == (n_arms, n_draws)
        assert np.isfinite(effects).all()


def test_the_same_runs_give_the_same_likely_effects() -> None:
    values = measured(KNOWN, 3, noise=1.0)
    first, second = (list(likely_effects(values, samples=2)) for _ in range(2))
    assert np.array_equal(first, second)


def test_draws_without_an_arm_and_then_replicates_with_gaps_are_left_out() -> None:
    values = np.ones((2, 3, 4))
    values[1, 0] = math.nan
    values[0, 2, 3] = math.nan
    draws, replicates = complete(values)
    assert draws.tolist() == [False, True, True]
    assert replicates.tolist() == [True, True, True, False]


def test_where_nothing_is_known_nothing_is_kept() -> None:
    draws, replicates = complete(np.full((2, 2, 2), math.nan))
    assert not draws.any()
    assert not replicates.any()


TITLES = {name: {"en": name.title(), "zh": name} for name in ("bold", "careful", "poor")}


def judged(true: np.ndarray, *, noise: float, n_replicates: int = 8, is_less_better: bool = False) -> Regrets:
    arms, duels = standings_of(measured(true, n_replicates, noise), TITLES, is_less_better=is_less_better)
    experiment: Any = None
    return Regrets(
        experiment, "stock", "all", "2035-12", "persons", is_less_better, arms, duels, true.shape[1], n_replicates, 0, 0
    )


BOLD = np.array([[50.0] * 18 + [-400.0] * 2, [0.0] * 20, [-30.0] * 18 + [-300.0] * 2])
"""The first arm is the best in most draws and by far the worst in two."""


def test_a_bold_choice_may_be_best_most_often_and_still_regret_more() -> None:
    found = judged(BOLD, noise=1.0)
    best = max(found.arms, key=lambda one: one.is_best.value)
    assert best.arm == "bold"
    assert best.is_best.value == pytest.approx(0.9, abs=0.01)
    # Mean regrets: 40 for the bold, 45 for the careful one.
    assert [one.arm for one in found.arms] == ["bold", "careful", "poor"]
    assert found.arms[1].high_regret.value < found.arms[0].high_regret.value
    said = " ".join(sentences(found, "en"))
    assert "Bold is the best choice with a probability of 90%" in said
    assert "Least regret in the worst 5% of the draws: Careful" in said


def test_arms_that_luck_could_turn_round_are_said_not_to_be_told_apart() -> None:
    found = judged(np.array([[0.0] * 6, [0.1] * 6, [-900.0] * 6]), noise=20.0)
    assert not found.duel("bold", "careful").is_told_apart
    assert found.duel("bold", "poor").is_told_apart
    said = " ".join(sentences(found, "en"))
    assert "8 replicates do not tell" in said
    assert "apart on average" in said
    assert "无法在平均意义上区分" in "".join(sentences(found, "zh"))


def test_a_duel_reads_the_same_from_both_sides() -> None:
    found = judged(BOLD, noise=5.0)
    one, other = found.duel("bold", "poor"), found.duel("poor", "bold")
    assert one.first_is_better == pytest.approx(1 - other.first_is_better)
    assert (one.difference.low, one.difference.high) == (-other.difference.high, -other.difference.low)


def test_where_less_is_better_the_lowest_wins() -> None:
    found = judged(BOLD[:, :18], noise=1.0, is_less_better=True)
    assert found.arms[0].arm == "poor"
    assert found.arms[0].effect.value == pytest.approx(-30, abs=2)


def test_a_choice_that_is_never_beaten_is_told_without_a_number() -> None:
    found = judged(np.array([[9.0] * 4, [2.0] * 4, [1.0] * 4]), noise=0.0)
    assert "no other choice is ever better" in " ".join(sentences(found, "en"))
