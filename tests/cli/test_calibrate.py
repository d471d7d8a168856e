"""Calibration, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from experiments.batch.draws import draws_from
from experiments.batch.form import DrawsForm

Call = Callable[..., Result]
TARGETS = """\
schema: talentflow.targets/1
targets:
  - {id: first, what: {en: "Work permits", zh: "工作许可"}, outcome: permits_issued, group: all, period: 2017-04/2018-01, value: 193000, unit: permits, source: F2-28, factor: 1.5, error: 0.1, discrepancy: 0.3}
  - {id: long, what: {en: "In China for 5 years or more", zh: "在华5年及以上"}, outcome: elapsed_share, group: months=60-600, period: 2010-11, value: 0.245, unit: share, source: F1-23, factor: 1.5, error: 0.1, discrepancy: 0.4}
  - {id: kept, use: held-out, what: {en: "Stock", zh: "存量"}, outcome: stock, group: all, period: 2010-12, value: 231700, unit: persons, source: D-27, factor: 1.5, error: 0.02, discrepancy: 0.3}
"""
SMALL = (
    "--over",
    "theta_mean",
    "--over",
    "loss_aversion",
    "--waves",
    1,
    "--draws",
    20,
    "--sample",
    12,
    "--scale",
    20_000,
)


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("targets") / "targets.yaml"
    file.write_text(TARGETS, encoding="utf-8")
    return file


def test_a_calibration_learns_what_acts_and_keeps_draws_that_an_experiment_reads(
    talentflow: Call, targets: Path, tmp_path: Path
) -> None:
    asked = ("calibrate", *SMALL, "--targets", targets, "--jobs", 1, "--quiet", "--out", tmp_path / "fit")
    told = talentflow(*asked, "--json")
    assert told.exit_code == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["schema"] == "talentflow.calibrate/1"
    assert [target["id"] for target in found["targets"]] == ["first", "long"]
    parameters = {one["name"]: one for one in found["parameters"]}
    assert parameters["theta_mean"]["identified"]
    assert found["unidentified"] == ["loss_aversion"]
    assert json.loads((tmp_path / "fit" / "calibration.json").read_text(encoding="utf-8")) == found
    draws = draws_from(DrawsForm(posterior="posterior.csv", draws=8), folder=str(tmp_path / "fit"))
    assert len(draws) == 8
    low, high = (parameters["theta_mean"]["posterior"][end] for end in ("low", "high"))
    assert sum(low - 0.3 <= draw.parameters["theta_mean"] <= high + 0.3 for draw in draws) >= 7

    zh = talentflow(*asked, "--lang", "zh")
    assert zh.exit_code == 0
    assert zh.stdout.startswith("1轮20组参数后")
    assert "工作许可（2017-04/2018-01）" in zh.stdout


def test_a_folder_with_other_settings_is_refused(talentflow: Call, targets: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    told = talentflow("calibrate", *SMALL, "--targets", targets, "--out", tmp_path)
    assert told.exit_code == 2
    assert "holds no calibration" in told.stderr


def test_too_few_known_truths_are_refused_before_anything_is_run(talentflow: Call, tmp_path: Path) -> None:
    told = talentflow("calibrate", *SMALL, "--known-truths", 19, "--out", tmp_path / "fit")
    assert told.exit_code == 2
    assert "20 or more are needed for a test, got 19" in told.stderr
    assert not (tmp_path / "fit").exists()


def test_without_the_library_one_line_says_what_to_install(
    talentflow: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = util.find_spec

    def missing(name: str, *rest: Any) -> Any:
        return None if name == "sklearn" else real(name, *rest)

    monkeypatch.setattr("experiments.calibration.emulator.find_spec", missing)
    told = talentflow("calibrate", "--out", tmp_path / "fit")
    assert told.exit_code != 0
    assert "pip install 'talentflow[analysis]'" in told.stderr
    assert not (tmp_path / "fit").exists()
