from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from experiments.batch.store import Store

Call = Callable[..., Result]
STUDY = """\
schema: talentflow.experiment/1
id: study
title: {en: A study, zh: 一项研究}
scenarios:
  - {id: easy, levers: {work_permit.category_a.points_min: 40}, from: 2012-01}
  - {id: strict, levers: {work_permit.category_b.points_min: 110}, from: 2012-01}
seed: 5
run: {scale: 20000, until: 2018-08}
keep: {outcomes: [stock, inflow], dates: [2018-06]}
"""


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of an experiment's file: 4 replicates of two laws, unless told."""

    def write(rest: str = "replicates: 4\n", text: str = STUDY) -> Path:
        path = tmp_path / "study.yaml"
        path.write_text(text + rest, encoding="utf-8")
        return path

    return write


def test_a_batch_ends_with_what_its_laws_do(talentflow: Call, study: Callable[..., Path], tmp_path: Path) -> None:
    result = talentflow("experiment", "run", study(), "--out", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 0
    assert "A study: 12 of 12 runs done, 0 failed, 0 left." in result.stdout
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith(("easy", "strict"))]
    assert [row[0] for row in rows] == ["easy", "easy", "strict", "strict"]
    assert {row[-1] for row in rows} == {"4"}
    assert "The interval is for chance alone." in result.stdout.replace("\n", " ")


def test_the_same_in_json_and_in_chinese_from_what_is_kept(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path
) -> None:
    talentflow("experiment", "run", study(), "--out", tmp_path / "out", "--jobs", 1)
    again = talentflow("experiment", "resume", tmp_path / "out", "--json")
    found = json.loads(again.stdout)
    assert (found["schema"], found["runs"], found["done"], found["left"]) == ("talentflow.effects/1", 12, 12, 0)
    assert found["precision_reached"] is None
    row = found["rows"][0]
    assert (row["arm"], row["outcome"], row["date"], row["n"]) == ("easy", "stock", "2018-06", 4)
    assert row["low"] <= row["difference"] <= row["high"]
    assert row["difference"] == pytest.approx(row["reform"] - row["baseline"])
    chinese = talentflow("experiment", "resume", tmp_path / "out", "--lang", "zh")
    assert "一项研究：共12次模拟，已完成12次" in chinese.stdout


def test_a_folder_with_an_experiment_keeps_its_own_results(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    study("replicates: 1\n").rename(folder / "experiment.yaml")
    assert talentflow("experiment", "run", folder, "--jobs", 1, "--quiet").exit_code == 0
    assert Store.open(folder).status().done == 3
    assert talentflow("experiment", "run", folder, "--out", tmp_path / "elsewhere").exit_code == 2


def test_a_file_needs_a_folder_for_its_results(talentflow: Call, study: Callable[..., Path]) -> None:
    result = talentflow("experiment", "run", study())
    assert result.exit_code == 2
    assert "--out DIR" in result.stderr


def test_runs_that_fail_are_told_with_the_line_that_repeats_one(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.model import TalentModel

    step = TalentModel.step

    def fail(self: Any) -> None:
        if self.given.name == "strict" and self.month > 217:
            raise RuntimeError("out of order")
        step(self)

    monkeypatch.setattr(TalentModel, "step", fail)
    result = talentflow("experiment", "run", study(), "--out", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 4
    assert "Runs that failed: 4. The first: strict, seed 5, run: RuntimeError: out of order" in result.stderr
    line = next(line for line in result.stderr.splitlines() if "--only" in line).partition(": ")[2].split()
    again = talentflow(*line[1:])
    assert again.exit_code == 4
    assert "Traceback" in again.stderr
    assert again.stderr.rstrip().endswith("RuntimeError: out of order")
    monkeypatch.undo()
    succeeds = talentflow(*line[1:])
    assert succeeds.exit_code == 0
    assert "stock" in succeeds.stdout
    retry = re.search(r"talentflow experiment resume \S+ --jobs 1 --retry-failed", result.stderr)
    assert retry is not None
    assert talentflow(*retry[0].split()[1:]).exit_code == 0


def test_a_precision_that_is_not_reached_has_a_code_of_its_own(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path
) -> None:
    stop = "replicates: {min: 2, batch: 1, max: 4, stop_when: {outcome: stock, half_width: 0.001}}\n"
    result = talentflow("experiment", "run", study(stop), "--out", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 5
    assert "Precision not reached after 4 replicates for: easy" in result.stderr
    assert "12 of 12 runs done" in result.stdout


def test_interrupted_it_finishes_the_run_and_its_last_line_goes_on(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from experiments.batch.family import Families

    run = Families.run

    def interrupt(self: Any, *arguments: Any) -> Any:
        for ended in run(self, *arguments):
            os.kill(os.getpid(), signal.SIGINT)
            yield ended

    monkeypatch.setattr(Families, "run", interrupt)
    result = talentflow("experiment", "run", study(), "--out", tmp_path / "out", "--jobs", 1)
    monkeypatch.undo()
    assert result.exit_code == 130
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Stopped: 1 of 12 runs are done and kept. To go on: talentflow experiment resume ")
    resumed = talentflow(*last.partition("talentflow ")[2].split())
    assert resumed.exit_code == 0
    assert "12 of 12 runs done" in resumed.stdout


def test_a_shard_runs_its_share(talentflow: Call, study: Callable[..., Path], tmp_path: Path) -> None:
    for shard, left in (("0/2", 6), ("1/2", 0)):
        result = talentflow("experiment", "run", study(), "--out", tmp_path / "out", "--shard", shard, "--jobs", 1)
        assert (result.exit_code, Store.open(tmp_path / "out").status().left) == (0, left)


@pytest.mark.parametrize("shard", ["3", "3/2", "0/0", "a/b", "-1/2"])
def test_a_shard_out_of_range_is_a_usage_error(talentflow: Call, tmp_path: Path, shard: str) -> None:
    result = talentflow("experiment", "resume", tmp_path, "--shard", shard)
    assert result.exit_code == 2


def test_a_folder_without_a_store_cannot_be_resumed(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("experiment", "resume", tmp_path)
    assert result.exit_code == 3
    assert "holds no store" in result.stderr


def test_a_batch_above_the_limit_of_its_file_is_not_begun(
    talentflow: Call, study: Callable[..., Path], tmp_path: Path
) -> None:
    result = talentflow("experiment", "run", study("replicates: 4\nlimits: {runs: 5}\n"), "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert not (tmp_path / "out" / "manifest.json").exists()
