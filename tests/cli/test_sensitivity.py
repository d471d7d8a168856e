"""Sensitivity and boxes, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
SMALL = ("--draws", 4, "--replicates", 2, "--scale", 50_000, "--date", "2018-06", "--jobs", 1, "--quiet")
STUDY = """\
schema: talentflow.experiment/1
id: study
title: {en: Study}
scenarios: [baseline]
replicates: 1
uncertainty: {method: sobol, draws: 64, over: [theta_mean, loss_aversion]}
keep: {outcomes: [stock], dates: ["2018-06"]}
run: {scale: 50000, until: 2018-06}
discover: {bottom: 0.3, of: level, scenario: baseline, resamples: 10}
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("study") / "study.yaml"
    file.write_text(STUDY, encoding="utf-8")
    return file


def test_a_search_is_a_finding_and_a_ranked_table(talentflow: Call, tmp_path: Path) -> None:
    over = ("--over", "theta_mean", "--over", "loss_aversion")
    result = talentflow("sensitivity", "baseline", *over, *SMALL, "--out", tmp_path / "runs")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Foreign professionals in China")
    header = next(number for number, line in enumerate(lines) if line.startswith("rank"))
    assert "theta_mean" in lines[header + 1]
    assert "loss_aversion" in lines[header + 2]
    assert "not distinguishable from zero" in lines[header + 2]
    assert "dummy" in lines[header + 3]
    again = talentflow("sensitivity", "baseline", *over, *SMALL, "--out", tmp_path / "runs", "--json")
    found = json.loads(again.stdout)
    assert found["schema"] == "talentflow.sensitivity/1"
    assert found["parameters_varied"] == ["theta_mean", "loss_aversion"]


def test_a_batch_is_run_searched_for_a_box_and_asked_by_pawn(talentflow: Call, study: Path, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    first = talentflow("discover", study, "--out", folder, "--jobs", 1, "--quiet")
    assert first.exit_code == 0
    assert "64 draws of 2 parameters" in first.stdout
    box = json.loads(talentflow("discover", folder, "--json", "--lang", "zh").stdout)
    assert box["schema"] == "talentflow.discover/1"
    assert (box["condition"], box["of"]) == ({"kind": "bottom", "value": 0.3}, "level")
    assert json.loads(talentflow("discover", folder, "--json").stdout)["box"] == box["box"]
    pawn = talentflow("sensitivity", folder, "--against", "none", "--plot", tmp_path / "dots.svg")
    assert pawn.exit_code == 0
    assert "64 settings of 2 parameters" in pawn.stdout
    assert (tmp_path / "dots.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sensitivity", "baseline", "--method", "sobol", "--draws", 12), "power of two"),
        (("sensitivity", "baseline", "--over", "bata"), "did you mean 'beta'"),
        (("discover", "one-stop", "--below", 1), "a box needs draws"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(talentflow: Call, arguments: tuple[object, ...], told: str) -> None:
    result = talentflow(*arguments)
    assert result.exit_code in {2, 3}
    assert told in " ".join(result.stderr.split())


def test_a_batch_that_is_not_run_yet_needs_a_folder(talentflow: Call, study: Path) -> None:
    result = talentflow("discover", study)
    assert result.exit_code == 2
    assert "--out DIR" in result.stderr


def test_a_file_says_what_is_run_and_options_do_not(talentflow: Call, study: Path) -> None:
    result = talentflow("sensitivity", study, "--draws", 8)
    assert result.exit_code == 2
    assert "leave out --draws" in result.stderr
