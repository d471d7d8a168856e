from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.analyses.index import Settings
from experiments.analyses.numbers import Target, asked_of_store, numbers_of
from experiments.analyses.parameters import varied
from experiments.analyses.sensitivity import RESULT, asked_of_file, sensitivity, sensitivity_of_store
from experiments.analyses.sensitivity_result import Sensitivity
from experiments.analyses.sensitivity_words import dots_of, finding, notes
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of
from experiments.design import DesignError

from .standins import REFORM, MemoryStore

QUICK: dict[str, Any] = {
    "over": ["theta_mean", "loss_aversion"],
    "dates": ("2018-06",),
    "scale": 20_000,
    "draws": 4,
    "replicates": 2,
    "jobs": 1,
}
"""Prospect theory is another engine's: loss aversion does nothing as the model stands."""
EFFECT = Target(REFORM, "stock", "all", "2030-12", "effect")


@pytest.fixture(scope="module")
def level(tmp_path_factory: pytest.TempPathFactory) -> Sensitivity:
    return sensitivity("baseline", folder=tmp_path_factory.mktemp("sensitivity") / "runs", **QUICK)


def folder_of(result: Sensitivity) -> Path:
    assert result.folder is not None
    return result.folder


def test_an_inert_parameter_is_exactly_zero_with_common_seeds_and_so_is_the_dummy(level: Sensitivity) -> None:
    indices = level.answers[0].indices
    inert = next(row for row in indices.rows if row.name == "loss_aversion")
    assert (inert.index, inert.low, inert.high, inert.is_clear) == (0.0, 0.0, 0.0, False)
    assert (indices.dummy.index, indices.dummy.high) == (0.0, 0.0)


def test_the_taste_for_china_moves_the_stock(level: Sensitivity) -> None:
    first = level.answers[0].indices.rows[0]
    assert first.name == "theta_mean"
    assert first.direction > 0


def test_points_that_differ_in_the_dummy_alone_are_run_once(level: Sensitivity) -> None:
    # Four trajectories of four points, one step of each the dummy's.
    assert level.points <= 12
    assert Store.open(folder_of(level)).status().runs == 2 * level.points


def test_the_same_search_in_the_same_folder_runs_nothing_and_says_the_same(level: Sensitivity) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (folder_of(level) / "runs").iterdir())
    again = sensitivity("baseline", folder=folder_of(level), **QUICK)
    assert again.to_json() == level.to_json()
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (folder_of(level) / "runs").iterdir()) == before


def test_the_result_is_kept_in_the_store(level: Sensitivity) -> None:
    kept = json.loads((folder_of(level) / "derived" / RESULT).read_text(encoding="utf-8"))
    assert kept == json.loads(level.to_json())
    assert kept["schema"] == "talentflow.sensitivity/1"
    answer = kept["answers"][0]
    assert answer["of"] == "level"
    assert [row["rank"] for row in answer["parameters"]] == [1, 2]
    assert answer["parameters"][1]["verdict"] == "not_distinguishable_from_zero"
    assert answer["parameters"][0]["label"] == {"en": "Mean taste for China", "zh": "对华偏好均值"}


def test_a_search_that_is_stopped_is_an_interruption(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        sensitivity("baseline", folder=tmp_path / "runs", should_stop=lambda: True, **QUICK)


def test_runs_without_a_folder_are_put_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = sensitivity("baseline", **QUICK | {"over": ["theta_mean"], "scale": 200_000, "replicates": 1})
    assert result.folder is None
    assert list(tmp_path.iterdir()) == []
    assert any("One run a point" in note for note in notes(result, "en"))


def batch(effects: Any = None, *, seed: int = 1) -> Any:
    rng = np.random.default_rng(seed)
    inputs = rng.random((200, 3)) + 1.0
    if effects is None:
        effects = 5_000 * inputs[:, :1] + 200 * rng.standard_normal((200, 3))
    return MemoryStore(("beta", "inertia", "move_cost"), inputs, effects)


def test_pawn_ranks_the_parameters_of_draws_that_others_made() -> None:
    result = sensitivity_of_store(batch(), [EFFECT], Settings(resamples=100))
    assert result.answers[0].indices.clear == ("beta",)
    sentence = finding(result.answers[0], "en")
    assert "weight of income shifts it most" in sentence
    assert "2 of 3 parameters are not distinguishable from zero" in sentence
    assert "收入权重" in finding(result.answers[0], "zh")
    assert any("200 settings of 3 parameters, 3 runs each" in note for note in notes(result, "en"))
    assert not any("{" in note for note in notes(result, "zh"))


def test_nothing_is_said_of_parameters_that_are_not_told_from_zero() -> None:
    noise = np.random.default_rng(5).standard_normal((200, 3))
    result = sensitivity_of_store(batch(noise, seed=2), [EFFECT], Settings(resamples=100))
    assert finding(result.answers[0], "en").endswith("none of the 3 parameters is distinguishable from zero.")


def test_a_figure_has_a_hollow_dot_for_what_is_not_clear() -> None:
    from experiments.panels import draw_dots

    result = sensitivity_of_store(batch(), [EFFECT], Settings(resamples=100))
    dots = dots_of(result, "en")
    assert [dot.is_clear for dot in dots.rows] == [True, False, False]
    svg = draw_dots(dots, ".svg", "en")
    assert svg == draw_dots(dots, ".svg", "en")
    assert b'role="img"' in svg
    assert b"Weight of income" in svg
    assert draw_dots(dots_of(result, "zh"), ".png", "zh").startswith(b"\x89PNG")


def test_a_number_is_read_by_draw_and_replicate_with_gaps_as_nan() -> None:
    store = batch()
    store.effects[4, 2] = np.nan
    values = numbers_of(store, EFFECT, [4, 0])
    assert values[1] == pytest.approx(store.effects[0])
    assert values[0, :2] == pytest.approx(store.effects[4, :2])
    assert np.isnan(values[0, 2])


def test_a_level_of_a_reform_is_not_its_baselines() -> None:
    store = batch()
    values = numbers_of(store, Target(REFORM, "stock", "all", "2030-12", "level"), [0])
    assert values[0] == pytest.approx(store.effects[0] + 1_000.0)


def test_effects_are_asked_of_reforms_alone() -> None:
    store = batch()
    assert [target.arm for target in asked_of_store(store, (), (), (), of="effect")] == [REFORM]
    assert [target.arm for target in asked_of_store(store, (), (), ("2030",), of="level")] == ["baseline", REFORM]
    with pytest.raises(DesignError, match="unknown outcome"):
        asked_of_store(store, ("inflow",), (), (), of="effect")


def test_a_batch_without_draws_is_refused() -> None:
    store: Any = MemoryStore(("beta",), [[1.0]], [[1.0, 2.0]])
    with pytest.raises(DesignError, match="uncertainty"):
        sensitivity_of_store(store, [EFFECT], Settings())


def test_a_role_stands_for_its_parameters() -> None:
    calibrated, varied_only = varied("calibrate"), varied(("sensitivity",))
    assert "beta" in calibrated
    assert "rival_taste_sd" in varied_only
    assert set(calibrated) | set(varied_only) == set(varied(None))
    assert varied(("beta", "calibrate"))[0] == "beta"


@pytest.mark.parametrize(("over", "told"), [(("bata",), "did you mean 'beta'"), (("age_exit",), "fixed")])
def test_a_parameter_that_cannot_be_varied_is_refused(over: tuple[str, ...], told: str) -> None:
    with pytest.raises(DesignError, match=told):
        varied(over)


def test_the_section_of_a_file_says_how_parameters_are_tried() -> None:
    section = {"method": "sobol", "base": 16, "over": ["beta"], "replicates": 3, "of": "level", "slices": 5, "seed": 7}
    experiment = experiment_of(["one-stop", REFORM], analyses={"sensitivity": section}, dates=("2030",))
    runs, target, asked = asked_of_file(experiment)
    assert [arm.id for arm in runs.arms] == ["one-stop"]
    assert runs.design.replicates == 3
    assert target == Target("one-stop", "stock", "all", "2030-12", "level")
    assert (asked.method, asked.draws, asked.over, asked.seed) == ("sobol", 16, ("beta",), 7)
    assert asked.settings.slices == 5


def test_a_file_that_asks_for_second_order_is_refused() -> None:
    experiment = experiment_of([REFORM], analyses={"sensitivity": {"second_order": True}})
    with pytest.raises(DesignError, match="second_order"):
        asked_of_file(experiment)


def test_without_salib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DesignError, match=r"pip install 'talentflow\[analysis\]'"):
        sensitivity_of_store(batch(), [EFFECT], Settings())
