"""``talentflow experiment expand``: a store that grows, wherever it is, with the files it needs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.batch.reading import read_experiment
from experiments.batch.store import Store

Call = Callable[..., Result]
BAR = "work_permit.category_a.points_min"


def reform(folder: Path, name: str, points: int) -> None:
    text = f"schema: talentflow.scenario/1\nid: {name}\ntitle: {{en: Mine}}\nchanges: [{{path: {BAR}, from: 2027-01, set: {points}}}]\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the store of an experiment that names a file, moved away from where it was made."""
    study = tmp_path / "study"
    reform(study / "deep" / "down", "mine", 75)
    (study / "study.yaml").write_text(
        "schema: talentflow.experiment/1\nid: study\ntitle: {en: A study}\nscenarios: [one-stop, deep/down/mine.yaml]\n"
        "uncertainty: {method: sobol, draws: 2, over: [beta]}\nreplicates: 2\nrun: {scale: 100000, until: 2027-06}\n",
        encoding="utf-8",
    )
    made = tmp_path / "made"
    Store.create(made, read_experiment(study / "study.yaml"))
    shutil.rmtree(study)
    moved = tmp_path / "moved"
    made.rename(moved)
    return moved


def test_a_store_grows_in_all_directions_and_keeps_what_it_has(talentflow: Call, store: Path) -> None:
    before = Store.open(store).plan()
    reform(store, "other", 70)
    result = talentflow(
        "experiment", "expand", store, "--replicates", 3, "--draws", 3, "--add", "easier-visits", "--add", "other.yaml"
    )
    assert result.exit_code == 0
    after = Store.open(store)
    assert after.plan().iloc[: len(before)].to_dict("records") == before.to_dict("records")
    assert len(after.plan()) == 5 * 3 * 3
    assert f"Added {45 - 12} runs; the store now has 45, of which 45 are left" in result.stdout
    assert f"talentflow experiment resume {store}" in result.stdout
    assert [arm.id for arm in after.experiment.arms] == ["one-stop", "mine", "easier-visits", "other"]
    assert read_experiment(store) == after.experiment
    assert after.verify() == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ((), "nothing to add"),
        (("--replicates", 2), "there are 2 replicates already"),
        (("--add", "one-stopp"), "nearest: 'one-stop'"),
        (("--add", "one-stop"), "two scenarios are called 'one-stop'"),
        (("--replicates", 100_000), "above its limit of 200,000"),
    ],
)
def test_what_cannot_be_added_is_told_and_changes_nothing(
    talentflow: Call, store: Path, asked: tuple[object, ...], message: str
) -> None:
    before = (store / "manifest.json").read_bytes()
    result = talentflow("experiment", "expand", store, *asked)
    assert (result.exit_code, message in result.stderr) == (3, True)
    assert (store / "manifest.json").read_bytes() == before


def test_a_latin_hypercube_does_not_grow(talentflow: Call, tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text(
        "schema: talentflow.experiment/1\nid: study\ntitle: {en: A study}\nscenarios: [one-stop]\nreplicates: 1\n"
        "uncertainty: {method: latin-hypercube, draws: 2, over: [beta]}\nrun: {scale: 100000, until: 2027-06}\n",
        encoding="utf-8",
    )
    Store.create(tmp_path / "store", read_experiment(tmp_path / "study.yaml"))
    result = talentflow("experiment", "expand", tmp_path / "store", "--draws", 4)
    assert (result.exit_code, "latin-hypercube cannot be added to" in result.stderr) == (3, True)
