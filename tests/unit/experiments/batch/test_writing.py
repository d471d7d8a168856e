"""Experiments made in Python say the same as their text, and grow without changing what they have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.batch.experiment import Arm, Draw, Experiment, Limits, Replicates, Stop
from experiments.batch.inputs import inputs_of
from experiments.batch.reading import FILE, read_experiment, read_experiment_text
from experiments.batch.writing import POINTS, expanded, experiment_of, text_of
from experiments.design import DesignError
from scenarios import ScenarioProblems, load

BAR = "work_permit.category_a.points_min"
STOP = Stop("inflow", "category=A", "2030-12", 0.05, relative=True, confidence=0.9)


def write_reform(path: Path, set_to: int = 75) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"schema: talentflow.scenario/1\nid: {path.stem}\ntitle: {{en: Mine}}\nchanges:\n"
        f"  - {{path: {BAR}, from: 2027-01, set: {set_to}}}\n",
        encoding="utf-8",
    )
    return path


def kept(experiment: Experiment, folder: Path) -> Path:
    """Write an experiment and the files it names to a folder, and return its file."""
    folder.mkdir()
    for name, content in inputs_of(experiment).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / FILE).write_text(experiment.text, encoding="utf-8")
    return folder / FILE


MADE: dict[str, Callable[[Path], Experiment]] = {
    "an id": lambda _: experiment_of(["one-stop"]),
    "the law alone": lambda _: experiment_of(["baseline"], scale=20_000, until="2030-12", seed=0),
    "all options": lambda _: experiment_of(
        ["one-stop", load("easier-visits"), ["one-stop", "points-based-pr"], {"id": "x", "levers": {BAR: 70.5}}],
        arms=[Arm("y", ("one-stop",), {BAR: 75.0}, "2029-07"), Arm("baseline")],
        id="true",
        title={"en": "No: a, [b] {c} #d", "zh": "一：“二”"},
        replicates=Replicates(3, 4, 50, STOP),
        outcomes=["inflow"],
        groups=["category"],
        dates=["2030", "2028-06"],
        uncertainty={"method": "latin-hypercube", "draws": 5, "over": ["beta"]},
        assume=["engine-prospect"],
        limits=Limits(None, 1.5, 1e-3),
        chunk_runs=7,
        analyses={"sensitivity": {"method": "sobol"}, "optimise": {"levers": {BAR: {"low": 1e-05, "high": 80}}}},
    ),
    "points": lambda _: experiment_of(["one-stop"], draws=[Draw(0, {"beta": 0.1 + 0.2}), Draw(1, {"beta": 1e-7})]),
    "a file": lambda folder: experiment_of([write_reform(folder / "mine.yaml"), "one-stop"]),
    "a file in a folder": lambda folder: experiment_of(
        ["one-stop"], arms=[Arm("z", (str(write_reform(folder / "sub" / "mine.yaml")), "one-stop"))], folder=folder
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_in_python_reads_back_from_its_text(name: str, tmp_path: Path) -> None:
    made = MADE[name](tmp_path)
    assert read_experiment(kept(made, tmp_path / "elsewhere")) == made


def test_what_a_text_says_decides_and_not_where_it_lies(tmp_path: Path) -> None:
    write_reform(tmp_path / "mine.yaml")
    one = read_experiment_text(
        "schema: talentflow.experiment/1\nid: a\ntitle: {en: A}\nscenarios: [mine.yaml]\n", tmp_path
    )
    moved = read_experiment(kept(one, tmp_path / "moved"))
    assert moved == one
    assert moved.arms[0].folder != one.arms[0].folder


def test_files_that_a_file_names_in_turn_are_kept_with_it(tmp_path: Path) -> None:
    write_reform(tmp_path / "mine.yaml")
    (tmp_path / "both.yaml").write_text(
        "schema: talentflow.scenario/1\nid: both\ntitle: {en: Both}\nreforms: [mine.yaml, one-stop]\n", encoding="utf-8"
    )
    assert set(inputs_of(experiment_of([tmp_path / "both.yaml"]))) == {"both.yaml", "mine.yaml"}


def test_numbers_of_points_come_back_to_the_bit(tmp_path: Path) -> None:
    values = (0.1 + 0.2, 1 / 3, 2.5e-9)
    made = experiment_of(["one-stop"], draws=[Draw(number, {"beta": value}) for number, value in enumerate(values)])
    assert set(inputs_of(made)) == {POINTS}
    assert tuple(draw.parameters["beta"] for draw in read_experiment(kept(made, tmp_path / "x")).draws) == values


@pytest.mark.parametrize(
    "word", ["true", "null", "2027-01", "1e5", "010", "12:30", "a: b", "- c", "85%", "中文", "x\ny"]
)
def test_words_of_a_text_stay_words(word: str, tmp_path: Path) -> None:
    made = experiment_of(["one-stop"], title={"en": word})
    assert read_experiment(kept(made, tmp_path / "x")).title["en"] == word


def test_an_item_has_a_line_of_its_own() -> None:
    text = text_of({"scenarios": ["a", {"id": "b", "levers": {"x.y": 1.5}}], "seed": 1})
    assert text == "scenarios:\n  - a\n  - {id: b, levers: {x.y: 1.5}}\nseed: 1\n"


def test_what_is_wrong_in_python_is_told_as_of_a_file() -> None:
    with pytest.raises(ScenarioProblems) as caught:
        experiment_of(["one-stopp"], outcomes=["stok"], id="mine")
    assert [(one.file, one.line, one.code) for one in caught.value.problems] == [
        ("mine", 0, "unknown-outcome"), ("mine", 0, "unknown-scenario"),
    ]  # fmt: skip


def test_draws_and_uncertainty_exclude_each_other() -> None:
    with pytest.raises(DesignError, match="give one of them"):
        experiment_of(["one-stop"], draws=[Draw(0)], uncertainty={"method": "sobol", "draws": 2})
    with pytest.raises(DesignError, match="numbered 0, 1, 2"):
        experiment_of(["one-stop"], draws=[Draw(1, {"beta": 1.0})])


def test_an_experiment_grows_in_every_direction() -> None:
    study = experiment_of(["one-stop"], uncertainty={"method": "sobol", "draws": 4, "over": ["beta"]}, replicates=2)
    larger = expanded(study, scenarios=["points-based-pr"], replicates=3, draws=6)
    assert [arm.id for arm in larger.arms] == ["one-stop", "points-based-pr"]
    assert (larger.design.replicates, larger.replicates.least) == (3, 3)
    assert larger.draws[:4] == study.draws
    assert len(larger.draws) == 6
    assert read_experiment_text(larger.text, ".") == larger


def test_a_search_for_precision_grows_by_its_least_number() -> None:
    study = experiment_of(
        ["one-stop"], replicates=Replicates(3, 4, 5, Stop("stock", "all", "2035-12", 9.0, relative=False))
    )
    grown = expanded(study, replicates=8).replicates
    assert (grown.least, grown.batch, grown.most, grown.stop) == (8, 4, 8, study.replicates.stop)


def test_points_grow_by_more_points() -> None:
    study = experiment_of(["one-stop"], draws=[Draw(0, {"beta": 1.0})])
    more = [*study.draws, Draw(1, {"beta": 2.0})]
    assert expanded(study, draws=more).draws == tuple(more)
    with pytest.raises(DesignError, match="would change"):
        expanded(study, draws=more[::-1])


@pytest.mark.parametrize(
    ("uncertainty", "asked", "message"),
    [
        (None, {}, "nothing to add"),
        (None, {"replicates": 20}, "there are 20 replicates already"),
        (None, {"draws": 8}, "has no draws"),
        ({"method": "latin-hypercube", "draws": 4}, {"draws": 8}, "latin-hypercube cannot be added to"),
        ({"method": "sobol", "draws": 4}, {"draws": 3}, "there are 4 draws already"),
    ],
)
def test_growth_that_is_none_is_refused(uncertainty: dict[str, object], asked: dict[str, int], message: str) -> None:
    with pytest.raises(DesignError, match=message):
        expanded(experiment_of(["one-stop"], uncertainty=uncertainty), **asked)  # type: ignore[arg-type]
