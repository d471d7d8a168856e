"""What is said of a store on the command line: how far it is, what failed, what is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from experiments.batch.experiment import Arm, Experiment, Replicates
from experiments.batch.failure import RunFailure
from experiments.batch.parquet import PLAN_COLUMNS, ROW_COLUMNS
from experiments.batch.parts import part_of
from experiments.batch.state import Planned, lay_out
from experiments.batch.store import Store
from experiments.cli.batch import failures, status, verify
from experiments.design import Design, Question

COMMAND = "talentflow experiment try --seed 3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a store of two arms and three replicates: one of them done, of one a run failed, one left."""
    place = tmp_path / "batch"
    plan = pd.DataFrame(
        [
            [f"{arm[0]}{seed}" * 16, seed, seed, arm, role, against, 0, seed, seed + 1]
            for seed in range(3)
            for arm, role, against in (("baseline", "baseline", None), ("one-stop", "reform", f"b{seed}" * 16))
        ],
        columns=list(PLAN_COLUMNS),
    )
    experiment = Experiment(
        id="trial",
        title={"en": "A trial", "zh": "试验"},
        arms=(Arm("one-stop", ("one-stop",)),),
        design=Design(replicates=3),
        question=Question(dates=("2035-12",)),
        replicates=Replicates(3),
    )
    lay_out(place, experiment, Planned(plan, 1, {}, "0" * 64))
    store = Store.open(place)
    for chunk, n_done in ((0, 2), (1, 1)):
        runs = plan[plan["chunk"] == chunk]
        rows = runs.iloc[:n_done].assign(outcome="stock", group="all", date="2035-12", value=1.0)
        failed = [
            RunFailure(run, "one-stop", 0, chunk, chunk + 1, "run", "ValueError: odd", "Traceback: x.py", COMMAND)
            for run in runs["run"].iloc[n_done:]
        ]
        store.write_part(chunk, rows[list(ROW_COLUMNS)], list(rows["run"]), failed)
    return place


@pytest.fixture
def call() -> Callable[..., Result]:
    def run(verb: ModuleType, *arguments: object) -> Result:
        result = CliRunner().invoke(verb.command, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


Call = Callable[..., Result]


def test_status_says_what_is_done_by_scenario_and_what_goes_on(folder: Path, call: Call) -> None:
    result = call(status, folder)
    assert result.exit_code == 0
    assert "A trial: 3 of 6 runs done, 1 failed, 2 left; 2 files" in result.stdout
    assert "up to replicate 1 of 3" in result.stdout
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["one-stop", "3", "1", "1", "1"] in lines
    assert ["all", "6", "3", "1", "2"] in lines
    assert f"talentflow experiment resume {folder}\n" in result.stdout
    assert f"talentflow experiment resume {folder} --retry-failed" in result.stdout


def test_status_as_json_has_the_same_numbers(folder: Path, call: Call) -> None:
    found = json.loads(call(status, folder, "--json").stdout)
    assert found["schema"] == "talentflow.status/1"
    assert (found["runs"], found["done"], found["failed"], found["left"]) == (6, 3, 1, 2)
    assert found["arms"][1] == {"arm": "one-stop", "runs": 3, "done": 1, "failed": 1, "left": 1}
    assert found["damaged"] == []


def test_a_damaged_part_is_named_by_status(folder: Path, call: Call) -> None:
    part = part_of(folder, 0)
    part.write_bytes(part.read_bytes()[:-5])
    result = call(status, folder)
    assert result.exit_code == 0
    assert "runs/part-000000.parquet" in result.stdout
    assert "1 of 6 runs done" in result.stdout


def test_a_failure_is_listed_with_the_line_that_repeats_it(folder: Path, call: Call) -> None:
    result = call(failures, folder)
    assert result.exit_code == 0
    assert ["one-stop", "0", "1", "2", "run", "ValueError:", "odd"] in [
        line.split() for line in result.stdout.splitlines()
    ]
    assert COMMAND in result.stdout
    assert "x.py" not in result.stdout
    assert "x.py" in call(failures, folder, "--tracebacks").stdout


def test_failures_as_json_have_everything(folder: Path, call: Call) -> None:
    found = json.loads(call(failures, folder, "--json").stdout)
    assert found["schema"] == "talentflow.failures/1"
    assert [failure["command"] for failure in found["failures"]] == [COMMAND]
    assert set(found["failures"][0]) == {
        "run", "arm", "draw", "replicate", "seed", "stage", "message", "traceback", "command",
    }  # fmt: skip


def test_no_failure_is_told_as_such(folder: Path, call: Call) -> None:
    (folder / "failures" / "part-000001.json").unlink()
    assert call(failures, folder).stdout == "No run has failed.\n"
    assert call(failures, folder, "--lang", "zh").stdout == "没有失败的模拟。\n"


def test_a_sound_store_ends_with_zero(folder: Path, call: Call) -> None:
    result = call(verify, folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("Sound: ")
    assert json.loads(call(verify, folder, "--json").stdout) == {
        "schema": "talentflow.verify/1", "ok": True, "found": [],
    }  # fmt: skip


def test_damage_ends_with_three_until_it_is_repaired(folder: Path, call: Call) -> None:
    part = part_of(folder, 0)
    part.write_bytes(b"PAR1" + part.read_bytes()[:-4])
    result = call(verify, folder)
    assert result.exit_code == 3
    assert "runs/part-000000.parquet" in result.stdout
    assert f"talentflow experiment verify {folder} --repair" in result.stdout
    repaired = call(verify, folder, "--repair")
    assert repaired.exit_code == 0
    assert "set aside in damaged/" in repaired.stdout
    assert f"talentflow experiment resume {folder}" in repaired.stdout
    assert call(verify, folder).exit_code == 0


def test_damage_without_a_second_copy_stays_three(folder: Path, call: Call) -> None:
    (folder / "plan.parquet").write_bytes(b"")
    result = call(verify, folder, "--repair", "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert not found["ok"]
    assert {"file": "plan.parquet", "kind": "changed", "repair": "not_repaired", "is_damage": True} in found["found"]
    told = call(verify, folder, "--repair", "--lang", "zh")
    assert "没有副本" in told.stdout
    assert call(status, folder).exit_code == 3
    assert "plan.parquet已损坏" in call(status, folder, "--lang", "zh").stderr


def test_a_leftover_alone_is_told_and_is_no_damage(folder: Path, call: Call) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    result = call(verify, folder)
    assert result.exit_code == 0
    assert "notes.txt" in result.stdout
    assert "0 damaged or missing, 1 left over or unknown" in result.stdout


@pytest.mark.parametrize("verb", [status, failures, verify])
def test_a_folder_without_a_store_is_invalid_and_none_at_all_is_a_wrong_call(
    tmp_path: Path, call: Call, verb: ModuleType
) -> None:
    result = call(verb, tmp_path)
    assert result.exit_code == 3
    assert "holds no store" in result.stderr
    assert "Traceback" not in result.stderr
    assert call(verb, tmp_path / "nothing").exit_code == 2
