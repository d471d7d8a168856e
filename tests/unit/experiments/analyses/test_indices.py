from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from experiments.analyses import morris, pawn, sobol
from experiments.analyses.indices import Indices, indices_of
from experiments.analyses.sampling import DUMMY, Sample, problem_of, sample_of
from experiments.design import DesignError

SLOPES = np.array([6.0, -3.0, 1.0, 0.0, 0.0])
NAMES = tuple("abcde")
ISHIGAMI_TOTAL = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
ISHIGAMI_FIRST = {"a": 0.3139, "b": 0.4424, "c": 0.0}
"""Closed form for a = 7 and b = 0.1 (Ishigami and Homma 1990)."""


def ishigami(unit: Any) -> Any:
    x = np.pi * (2 * unit[:, :3] - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def run(sample: Sample, expectation: Any, *, sd: float = 0.0, replicates: int = 1, seed: int = 1) -> Any:
    """Return values as a model with luck gives them: each seed has its level, each distinct point its own noise."""
    rng = np.random.default_rng(seed)
    noise = sd * rng.standard_normal((len(sample.unit), replicates))
    return expectation[:, None] + noise + 10 * sd * rng.standard_normal(replicates)


def linear(sample: Sample) -> Any:
    return sample.unit[:, : len(SLOPES)] @ SLOPES


def by_name(found: Indices) -> dict[str, Any]:
    return {row.name: row for row in found.rows}


def test_morris_finds_the_slopes_of_a_linear_function_exactly() -> None:
    sample = sample_of("morris", NAMES, 6)
    found = by_name(indices_of(sample, run(sample, linear(sample))))
    # A step is half of the range.
    assert [found[name].index for name in NAMES] == pytest.approx(np.abs(SLOPES) / 2)
    assert [found[name].direction for name in NAMES] == pytest.approx(SLOPES / 2)
    assert [found[name].second for name in NAMES] == pytest.approx(np.zeros(5), abs=1e-6)
    assert [found[name].is_clear for name in NAMES] == [True, True, True, False, False]


@pytest.mark.parametrize("levels", [2, 4, 8])
def test_salib_agrees_on_mu_star_where_there_is_no_noise(levels: int) -> None:
    sample = sample_of("morris", tuple("abc"), 10, levels=levels)
    found = indices_of(sample, run(sample, ishigami(sample.unit)))
    assert [row.index for row in found.rows] == pytest.approx([row.uncorrected for row in found.rows])
    assert found.rows[0].index > 1


def test_morris_finds_the_spread_of_an_interaction() -> None:
    sample = sample_of("morris", tuple("ab"), 40)
    found = by_name(indices_of(sample, run(sample, 8 * sample.unit[:, 0] * sample.unit[:, 1])))
    # A step of a changes 4 b, with b at 1/8, 3/8, 5/8 or 7/8 alike often: sd 4 x sqrt(5)/8.
    assert found["a"].second == pytest.approx(math.sqrt(5) / 2, rel=0.2)
    assert found["a"].index == pytest.approx(2.0, rel=0.2)


def test_with_noise_the_corrected_morris_index_is_right_where_the_plain_one_is_not() -> None:
    runs = [
        indices_of(sample, run(sample, linear(sample), sd=1.0, replicates=4, seed=seed)) for seed, sample in designs()
    ]
    inert = [by_name(found)["e"] for found in runs]
    assert np.mean([row.index for row in inert]) == pytest.approx(0.0, abs=0.12)
    assert np.mean([row.uncorrected for row in inert]) > 0.4
    strong = np.mean([by_name(found)["a"].index for found in runs])
    assert strong == pytest.approx(3.0, abs=0.15)
    # Of 20 designs with two inert parameters each, at most one in forty should be called clear.
    assert sum(by_name(found)[name].is_clear for found in runs for name in "de") <= 2
    assert all(by_name(found)["a"].is_clear for found in runs)


def designs() -> list[tuple[int, Sample]]:
    return [(seed, sample_of("morris", NAMES, 12, seed=seed)) for seed in range(20)]


def test_sobol_finds_the_indices_of_the_ishigami_function() -> None:
    sample = sample_of("sobol", tuple("abc"), 2048)
    found = by_name(indices_of(sample, run(sample, ishigami(sample.unit))))
    for name in "abc":
        assert found[name].index == pytest.approx(ISHIGAMI_TOTAL[name], abs=0.02)
        assert found[name].second == pytest.approx(ISHIGAMI_FIRST[name], abs=0.02)
        assert found[name].uncorrected == pytest.approx(found[name].index, abs=1e-9)
        assert found[name].low < ISHIGAMI_TOTAL[name] < found[name].high


def test_with_noise_the_corrected_sobol_index_is_right_where_the_plain_one_is_not() -> None:
    sample = sample_of("sobol", tuple("abc"), 1024)
    found = indices_of(sample, run(sample, ishigami(sample.unit), sd=3.7, replicates=4))
    rows = by_name(found)
    for name in "abc":
        assert rows[name].low < ISHIGAMI_TOTAL[name] < rows[name].high
        assert rows[name].index == pytest.approx(ISHIGAMI_TOTAL[name], abs=0.07)
    # Noise with the variance of the function, a quarter of it left in the means.
    assert found.noise_share == pytest.approx(0.2, abs=0.03)
    assert found.sd == pytest.approx(3.72, abs=0.2)
    assert rows["c"].uncorrected > rows["c"].high
    assert found.dummy.low < 0 < found.dummy.high
    assert found.dummy.uncorrected > 0.15


def test_an_inert_parameter_that_stirs_luck_is_not_told_from_zero() -> None:
    for method, draws in (("morris", 12), ("sobol", 128), ("pawn", 256)):
        sample = sample_of(method, NAMES, draws)
        found = indices_of(sample, run(sample, linear(sample), sd=0.4, replicates=4))
        assert "a" in found.clear
        assert not {"d", "e"} & set(found.clear), method


def test_with_one_replicate_the_dummy_shows_what_noise_does() -> None:
    sample = sample_of("morris", NAMES, 12)
    found = indices_of(sample, run(sample, linear(sample), sd=0.4, replicates=1))
    assert found.dummy.low > 0
    assert math.isnan(found.noise_share)
    assert found.clear == ("a", "b")


def test_a_number_that_never_varies_has_no_shares_of_variance() -> None:
    sample = sample_of("sobol", NAMES, 16)
    found = indices_of(sample, np.full((len(sample.unit), 3), 5.0))
    assert found.clear == ()
    assert all(math.isnan(row.index) for row in found.rows)
    assert found.sd == 0.0


def test_pawn_agrees_with_salib_and_ranks_by_how_far_the_distribution_shifts() -> None:
    from SALib.analyze import pawn as salib

    sample = sample_of("pawn", NAMES, 400)
    values = run(sample, linear(sample))
    plain = salib.analyze(problem_of(6), sample.unit, values[:, 0], S=10)["median"]
    assert pawn.distances(sample.unit, values[:, 0], 10) == pytest.approx(plain)
    found = indices_of(sample, values)
    assert [row.name for row in found.rows][:2] == ["a", "b"]
    assert found.clear == ("a", "b")
    assert 0.05 < found.dummy.index < 0.25


def test_pawn_agrees_with_salib_where_values_are_equal() -> None:
    from SALib.analyze import pawn as salib

    rng = np.random.default_rng(2)
    inputs = rng.random((200, 2))
    values = np.round(inputs[:, 0] * 4)
    assert pawn.distances(inputs, values, 10) == pytest.approx(salib.analyze(problem_of(2), inputs, values)["median"])


def test_a_trajectory_with_a_missing_run_is_left_out() -> None:
    sample = sample_of("morris", NAMES, 8)
    values = run(sample, linear(sample), replicates=2)
    values[9, 1] = np.nan
    found = indices_of(sample, values)
    assert (found.blocks, found.dropped) == (7, 1)
    assert by_name(found)["a"].index == pytest.approx(3.0)


def test_a_design_without_enough_runs_is_refused() -> None:
    sample = sample_of("morris", NAMES, 8)
    values = np.full((len(sample.unit), 2), np.nan)
    with pytest.raises(DesignError, match="0 of 8 blocks"):
        indices_of(sample, values)


def test_steps_have_the_sign_of_the_parameter_going_up() -> None:
    unit = np.array([[[0.75, 0.25], [0.25, 0.25], [0.25, 0.75]]])
    values = np.array([[[10.0], [7.0], [12.0]]])
    assert morris.steps(unit, values)[0, :, 0].tolist() == [3.0, 5.0]


def test_shares_of_variance_do_not_depend_on_the_level() -> None:
    sample = sample_of("sobol", tuple("abc"), 64)
    values = sample.blocks(run(sample, ishigami(sample.unit), sd=1.0, replicates=3))
    weights = np.ones(len(values)), np.ones(3)
    assert sobol.measures(values + 1e6, *weights) == pytest.approx(sobol.measures(values, *weights), abs=1e-6)


def test_no_parameter_is_called_as_the_dummy_is() -> None:
    from scenarios import behaviours

    assert DUMMY not in behaviours()
