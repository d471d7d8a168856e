from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from experiments.exporting.effects import effects_of, levels_of, pairs_of
from experiments.exporting.held import held_by
from experiments.pairing import summarise

VERSION = "1.2.3"
STOCK = {"arm": "faster", "outcome": "stock", "group": "all", "date": "2030-12"}


def test_an_effect_is_the_mean_difference_of_pairs_with_an_interval_over_replicates(store: Any, effect_of: Any) -> None:
    row = effect_of(held_by(store, VERSION), **STOCK)
    # 5 in draw 0 and 6 in draw 1, and 2 more in each of 4 replicates.
    of_replicates = np.array([5.5, 7.5, 9.5, 11.5])
    expected = summarise(np.zeros(4), of_replicates)
    assert (row.baseline, row.reform, row.difference, row.n, row.draws) == (106.5, 115.0, 8.5, 4, 2)
    assert (row.low, row.high) == (expected.low, expected.high)


def test_draws_that_share_their_seeds_do_not_narrow_the_interval(store: Any, effect_of: Any) -> None:
    row = effect_of(held_by(store, VERSION), **STOCK)
    as_if_independent = summarise(np.zeros(8), np.repeat([5.0, 7.0, 9.0, 11.0], 2) + np.tile([0.0, 1.0], 4))
    assert row.high - row.low > 1.5 * (as_if_independent.high - as_if_independent.low)


def test_what_the_draws_do_is_told_by_quantiles_over_draws(store: Any, effect_of: Any) -> None:
    row = effect_of(held_by(store, VERSION), **STOCK)
    assert (row.draw_low, row.draw_mid, row.draw_high) == pytest.approx((8.05, 8.5, 8.95))


def test_one_draw_has_no_spread_over_draws(one_draw: Any, effect_of: Any) -> None:
    row = effect_of(held_by(one_draw, VERSION), **STOCK)
    assert (row.difference, row.draws) == (8.0, 1)
    assert math.isnan(row.draw_low)


def test_an_unfinished_replicate_is_left_out_whole(store: Any, effect_of: Any) -> None:
    store.missing = {"faster-1-3"}
    row = effect_of(held_by(store, VERSION), **STOCK)
    assert (row.difference, row.n, row.draws) == (7.5, 3, 2)


def test_a_pair_whose_baseline_is_missing_is_no_pair(store: Any, effect_of: Any) -> None:
    store.missing = {"baseline-0-3", "baseline-1-3"}
    row = effect_of(held_by(store, VERSION), **STOCK)
    assert (row.difference, row.n) == (7.5, 3)


def test_an_outcome_that_is_never_defined_has_no_effect(store: Any, effect_of: Any) -> None:
    row = effect_of(held_by(store, VERSION), arm="faster", outcome="stay_3y", group="region=shanghai", date="2030-12")
    assert (row.n, row.draws, row.method) == (0, 0, "none")
    assert math.isnan(row.difference)


def test_what_only_a_pair_has_is_a_difference_without_levels(store: Any, effect_of: Any) -> None:
    row = effect_of(held_by(store, VERSION), arm="lower", outcome="pair.additional", date="2030-12")
    assert (row.difference, row.n) == (21.5, 4)
    assert math.isnan(row.baseline)
    assert math.isnan(row.reform)


def test_effects_come_in_the_order_of_the_experiment(store: Any) -> None:
    rows = held_by(store, VERSION).effects
    assert list(dict.fromkeys(rows["arm"])) == ["faster", "lower"]
    assert list(dict.fromkeys(rows["outcome"])) == ["stock", "stay_3y", "pair.additional"]
    assert list(dict.fromkeys(rows["group"])) == ["all", "category=A", "region=shanghai"]


def test_a_run_that_is_there_twice_is_an_error_and_not_a_mean(store: Any) -> None:
    import pandas as pd

    values = store.values()
    twice = pd.concat([values, values[values["arm"] == "faster"]])
    with pytest.raises(ValueError, match="duplicate"):
        list(effects_of(pairs_of(twice, store.plan())))


def test_a_level_is_the_mean_over_replicates_and_draws(store: Any) -> None:
    levels = levels_of(store.values()).set_index(["arm", "outcome", "group", "date"])
    row = levels.loc["faster", "stock", "all", "2030-12"]
    assert (row.value, row.low, row.high) == pytest.approx((115.0, 110.05, 119.95))


def test_a_draw_that_mostly_failed_costs_itself_and_no_replicate(store: Any, effect_of: Any) -> None:
    # 4 pairs of the other draw are more than the 2 of both draws in the one whole replicate.
    store.missing = {f"faster-1-{replicate}" for replicate in (0, 1, 2)}
    row = effect_of(held_by(store, VERSION), **STOCK)
    assert (row.difference, row.n, row.draws) == (8.0, 4, 1)
