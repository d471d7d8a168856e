"""The verb ``export`` on the store of an experiment that was run."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from experiments import compare
from experiments.batch.driver import conduct
from experiments.batch.effects import effects_of
from experiments.batch.experiment import Draw, Experiment
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of

Call = Callable[..., Result]
REFORM = "category-a-less-stringent"
SCALE, UNTIL = 20_000, "2028-12"
ASKED: dict[str, Any] = {"outcomes": ("stock", "stay_1y"), "groups": ("all", "category=A"), "dates": ("2028-12",)}


def experiment(**changed: Any) -> Experiment:
    made = experiment_of(
        [REFORM], id="tried", title={"en": "Tried", "zh": "试验"}, replicates=3, scale=SCALE, until=UNTIL, **ASKED
    )
    return dataclasses.replace(made, **changed)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an experiment whose runs are done."""
    return conduct(experiment(), tmp_path_factory.mktemp("store") / "tried", jobs=1).folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_effects_of_an_experiment_are_those_that_compare_finds(talentflow: Call, done: Path, tmp_path: Path) -> None:
    result = talentflow("export", done, "--format", "csv", "--out", tmp_path / "tables")
    assert result.exit_code == 0, result.output
    found = {(row["outcome"], row["group"]): row for row in rows_of(tmp_path / "tables" / "effects.csv")}
    for row in compare([REFORM], replicates=3, scale=SCALE, until=UNTIL, jobs=1, paths=False, **ASKED).rows:
        ours = found[row.outcome, row.group]
        for name in ("baseline", "reform", "difference", "low", "high"):
            assert float(ours[name] or "nan") == pytest.approx(getattr(row, name), rel=0, abs=0, nan_ok=True)
    assert float(found["pair.touched", "all"]["difference"]) > 0


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "netcdf", "iamc"])
def test_every_format_is_written_beside_the_runs_and_leaves_the_store_sound(
    talentflow: Call, done: Path, form: str
) -> None:
    result = talentflow("export", done, "--format", form, "--lang", "zh")
    assert result.exit_code == 0, result.output
    written = [Path(line) for line in result.stdout.splitlines()]
    assert written
    assert all(path.is_relative_to(done.parent) and path.stat().st_size for path in written)
    assert Store.open(done).verify() == []


def test_the_dictionary_says_which_version_ran(talentflow: Call, done: Path, tmp_path: Path) -> None:
    talentflow("export", done, "--format", "csv", "--out", tmp_path / "tables")
    told = {(row["section"], row["name"]): row for row in rows_of(tmp_path / "tables" / "dictionary.csv")}
    assert told["about", "version"]["meaning_en"].startswith("talentflow ")
    assert told["about", "runs_done"]["meaning_en"] == "6 of 6"
    assert told["arm", REFORM]["label_zh"] == "放宽A类标准"
    assert told["arm", "baseline"]["meaning_en"] == "the law as enacted, continued"


def test_an_experiment_with_nothing_done_ends_with_3_and_one_line(talentflow: Call, tmp_path: Path) -> None:
    drawn = experiment(draws=(Draw(0, {"beta": 1.5}),))
    folder = Store.create(tmp_path / "new", drawn).folder
    result = talentflow("export", folder, "--format", "xlsx")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == f"{folder}: no run has finished yet; nothing to export\n"


def test_a_store_that_is_damaged_is_not_exported(talentflow: Call, done: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(done, tmp_path / "copy")
    part = min((copy / "runs").glob("*.parquet"))
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(bytes(content))
    result = talentflow("export", copy, "--format", "csv", "--out", tmp_path / "tables")
    assert result.exit_code == 3
    assert not (tmp_path / "tables").exists()


def test_effects_are_those_that_experiment_run_tells(talentflow: Call, done: Path, tmp_path: Path) -> None:
    talentflow("export", done, "--format", "csv", "--out", tmp_path / "tables")
    found = {(row["outcome"], row["group"]): row for row in rows_of(tmp_path / "tables" / "effects.csv")}
    told = effects_of(Store.open(done))
    assert len(told) == 4
    for effect in told:
        ours = found[effect.outcome, effect.group]
        assert float(ours["difference"] or "nan") == pytest.approx(effect.difference, rel=0, abs=0, nan_ok=True)
        assert int(ours["n"]) == effect.replicates
