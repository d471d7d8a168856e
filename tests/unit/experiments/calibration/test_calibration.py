from __future__ import annotations

import csv
import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.calibration.answering import Running
from experiments.calibration.calibrate import POSTERIOR, calibrated
from experiments.calibration.implausible import CUTOFF, worst
from experiments.calibration.result import Calibration
from experiments.calibration.waves import waves_of
from experiments.calibration.words import findings
from experiments.design import DesignError
from experiments.seeds import RunsFailedError

from .toy import NAMES, QUICK, TRUTH, calibrate_toy, model, toy


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    return calibrate_toy(tmp_path_factory.mktemp("toy") / "run", toy(3), truths=40)


@pytest.mark.parametrize("error_seed", [1, 2, 3])
def test_waves_rule_out_most_of_the_prior_and_keep_the_truth(error_seed: int, tmp_path: Path) -> None:
    waves = waves_of(toy(error_seed), QUICK, tmp_path, Running(jobs=1))
    assert waves[-1].region.share < 0.35
    assert worst([wave.emulators for wave in waves], TRUTH[None])[0] < CUTOFF


def test_a_wave_rules_out_what_the_model_itself_would(tmp_path: Path) -> None:
    trial = toy()
    waves = waves_of(trial, QUICK, tmp_path, Running(jobs=1))
    points = np.random.Generator(np.random.PCG64(5)).random((2000, 3))
    off = np.abs(model(points) / trial.goals.values - 1) / trial.goals.tolerances
    left = worst([wave.emulators for wave in waves], points) < CUTOFF
    assert not left[(off > 1.5 * CUTOFF).any(axis=1)].any()
    assert left[(off < 0.8 * CUTOFF).all(axis=1)].all()


def test_the_posterior_is_that_of_the_model_itself(result: Calibration) -> None:
    # Weighed by the model without emulators, on many points of the prior.
    trial = toy(3)
    points = np.random.Generator(np.random.PCG64(9)).random((200_000, 3))
    off = (model(points) / trial.goals.values - 1) / trial.goals.tolerances
    weights = np.exp(-0.5 * (off**2).sum(axis=1))
    for place, one in enumerate(result.parameters):
        mean = np.average(points[:, place], weights=weights)
        spread = np.sqrt(np.average((points[:, place] - mean) ** 2, weights=weights))
        assert one.posterior[0] == pytest.approx(mean, abs=0.5 * spread)
        assert (1 - one.shrinkage) / np.sqrt(12) == pytest.approx(spread, rel=0.35)


def test_a_parameter_that_does_nothing_is_named(result: Calibration) -> None:
    assert result.unidentified == ("idle",)
    assert set(result.identified) == {"a", "b"}
    told = " ".join(findings(result, "en"))
    assert "identify 2 of 3 parameters" in told
    assert "hardly anything of the other 1" in told


def test_known_truths_are_recovered_at_the_stated_rate(result: Calibration) -> None:
    ranks = result.ranks
    assert ranks is not None
    assert ranks.n == 40
    assert ranks.power > 0.8
    assert (ranks.p_values > 0.005).all()
    assert ranks.inside.min() >= 0.75
    assert ranks.shrinkage[0] > 0.4
    assert abs(ranks.shrinkage[2]) < 0.1


def test_draws_are_worth_nearly_their_number_where_emulators_are_good(result: Calibration) -> None:
    assert result.effective > 0.7 * QUICK.sample
    assert 0.75 < result.validity.share_inside <= 1.0


def test_numbers_left_out_are_foretold_wider_than_numbers_seen(result: Calibration) -> None:
    for one in result.targets:
        assert one.left_out is not None
        assert one.left_out.high - one.left_out.low > 0.95 * (one.predictive.high - one.predictive.low)
        assert one.model.low > one.predictive.low
        assert one.predictive.holds(one.observed)


def test_a_number_far_from_what_the_others_foretell_is_told(tmp_path: Path) -> None:
    trial = toy()
    goals = trial.goals
    # Wide enough that the fit goes on, far enough that the other two do not foretell it.
    odd = replace(goals, values=goals.values * [1, 1, 1.35], tolerances=np.array([0.03, 0.03, 0.15]))
    found = calibrate_toy(tmp_path, replace(trial, goals=odd))
    held = {one.id: one.left_out is not None and one.left_out.holds(one.observed) for one in found.targets}
    assert held["product"] is False
    assert "Outside: product" in " ".join(findings(found, "en"))


def test_a_goal_left_out_is_foretold_but_rules_nothing_out(tmp_path: Path) -> None:
    trial = toy()
    found = calibrate_toy(tmp_path, replace(trial, goals=trial.goals.without(2)), replace(QUICK, waves=1))
    assert found.waves[0].cuts[2] == 0
    assert found.targets[2].left_out is None
    assert not found.targets[2].is_used
    assert found.targets[2].predictive.holds(found.targets[2].observed)


def test_resumed_equals_undisturbed(result: Calibration, tmp_path: Path) -> None:
    asked = itertools.count()
    # Stopped within the first wave, the second, and the runs of the posterior.
    for _ in range(3):
        asked = itertools.count()
        with pytest.raises(KeyboardInterrupt):
            calibrate_toy(tmp_path, toy(3), should_stop=lambda counter=asked: next(counter) > 160)
    resumed = calibrate_toy(tmp_path, toy(3), truths=40)
    assert resumed.to_dict() == result.to_dict()
    assert (tmp_path / POSTERIOR).read_bytes() == (result.folder / POSTERIOR).read_bytes()


def test_a_wish_to_stop_is_heard_while_a_search_goes_on(result: Calibration) -> None:
    asked: list[int] = []

    def should_stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    # All runs are kept and all shapes too: what is left are searches.
    with pytest.raises(KeyboardInterrupt):
        calibrate_toy(result.folder, toy(3), should_stop=should_stop)
    assert len(asked) == 4


def test_processes_share_the_work_and_change_nothing(result: Calibration) -> None:
    found = calibrated(toy(3), QUICK, result.folder, Running(jobs=2), truths=40)
    assert found.to_dict() == result.to_dict()


def test_another_calibration_is_refused_in_the_same_folder(result: Calibration) -> None:
    with pytest.raises(DesignError, match="another calibration: draws differ"):
        calibrate_toy(result.folder, toy(3), replace(QUICK, draws=41))
    with pytest.raises(DesignError, match="another calibration: targets differ"):
        calibrate_toy(result.folder, toy(4))
    with pytest.raises(DesignError, match="the model or its inputs"):
        calibrate_toy(result.folder, replace(toy(3), identity="a newer toy"))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DesignError, match="holds no calibration"):
        calibrate_toy(tmp_path, toy())


def test_where_nothing_is_left_the_goal_out_of_reach_is_named(tmp_path: Path) -> None:
    trial = toy()
    far = replace(trial, goals=replace(trial.goals, values=trial.goals.values * [1, 1, 5]))
    with pytest.raises(DesignError, match=r"no draw comes near product \(\d+\.\d\)"):
        calibrate_toy(tmp_path, far)


def test_runs_that_fail_are_counted_and_left_out(tmp_path: Path) -> None:
    found = calibrate_toy(tmp_path, toy(3, fails=range(1, 12)), replace(QUICK, waves=1))
    assert found.waves[0].failed == 11
    assert found.failed == 11
    assert found.parameters[0].is_identified


def test_a_wave_whose_runs_all_fail_ends_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(RunsFailedError, match="out of luck"):
        calibrate_toy(tmp_path, toy(fails=range(2000)), replace(QUICK, waves=1))


def test_the_table_of_draws_has_a_column_a_parameter_and_weights_of_mean_one(result: Calibration) -> None:
    with (result.folder / POSTERIOR).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [*NAMES, "weight"]
    assert len(rows) == QUICK.sample
    assert np.mean([float(row["weight"]) for row in rows]) == pytest.approx(1, abs=1e-4)
    assert all(0 <= float(row[name]) <= 1 for row in rows for name in NAMES)
