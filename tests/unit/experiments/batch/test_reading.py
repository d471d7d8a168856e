"""Experiment files: what they mean, and what is said of those that mean nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from experiments.batch.analysis_forms import DecomposeForm, OptimiseForm, SensitivityForm, section_of
from experiments.batch.experiment import Arm, Draw, Limits, Replicates, Stop
from experiments.batch.form import ExperimentForm
from experiments.batch.reading import read_experiment, read_experiment_text
from experiments.design import Design, Question
from scenarios import ScenarioProblems

HEAD = "schema: talentflow.experiment/1\nid: study\ntitle: {en: A study}\n"
ONE = HEAD + "scenarios: [one-stop]\n"
BAR = "work_permit.category_a.points_min"
ROOT = Path(__file__).parents[4]
EXAMPLES = sorted((ROOT / "experiments" / "examples").glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a reform and a sample of parameters."""
    (tmp_path / "mine.yaml").write_text(
        "schema: talentflow.scenario/1\nid: mine\ntitle: {en: Mine}\nchanges:\n"
        f"  - {{path: {BAR}, from: 2027-01, was: 85, set: 75}}\n",
        encoding="utf-8",
    )
    (tmp_path / "sample.csv").write_text("beta,inertia,weight\n1.5,0.1,0\n2,0.2,3\n2.5,0.3,1\n", encoding="utf-8")
    return tmp_path


def problems_of(text: str, folder: Path) -> list[tuple[int, int, str, str | None]]:
    with pytest.raises(ScenarioProblems) as caught:
        read_experiment_text(text, folder)
    return [(one.line, one.column, one.code, one.nearest) for one in caught.value.problems]


def test_a_file_of_an_id_alone_asks_what_compare_would(folder: Path) -> None:
    experiment = read_experiment_text(ONE, folder)
    assert experiment.arms == (Arm("one-stop", ("one-stop",)),)
    assert experiment.design == Design()
    assert experiment.question == Question(("stock",), ("all",), ("2035-12", "2040-12"), paths=False)
    assert experiment.replicates == Replicates(20)
    assert experiment.draws == (Draw(0),)
    assert experiment.limits == Limits()
    assert (experiment.title["zh"], experiment.text) == ("A study", ONE)


def test_a_scenario_is_an_id_a_file_a_list_joined_or_keys(folder: Path) -> None:
    text = HEAD + (
        "scenarios:\n  - baseline\n  - mine.yaml\n  - [one-stop, mine.yaml]\n"
        f"  - {{id: bar-70, reforms: [one-stop], levers: {{{BAR}: 70}}, from: 2028-01}}\n"
    )
    baseline, file, joined, keys = read_experiment_text(text, folder).arms
    assert baseline == Arm("baseline")
    assert file == Arm("mine", ("mine.yaml",))
    assert joined == Arm("one-stop-with-mine", ("one-stop", "mine.yaml"))
    assert keys == Arm("bar-70", ("one-stop",), {BAR: 70.0}, "2028-01")
    assert {Path(arm.folder) for arm in (file, joined, keys)} == {folder}


def test_replicates_may_grow_until_a_difference_is_known(folder: Path) -> None:
    text = ONE + (
        "replicates: {min: 5, max: 50, stop_when: {outcome: inflow, half_width: 0.05, relative: true}}\n"
        "keep: {outcomes: [stock, inflow], dates: [2030, 2031-06]}\n"
    )
    stop = Stop("inflow", "all", "2031-06", 0.05, relative=True, confidence=0.95)
    assert read_experiment_text(text, folder).replicates == Replicates(5, 10, 50, stop)


def test_a_year_is_its_december_and_a_family_of_groups_all_of_them(folder: Path) -> None:
    question = read_experiment_text(ONE + "keep: {groups: [all, mode], dates: [2030]}\n", folder).question
    assert question.dates == ("2030-12",)
    assert set(question.groups) > {"all", "mode=academic"}
    assert all(group == "all" or group.startswith("mode=") for group in question.groups)


def test_limits_can_be_lifted(folder: Path) -> None:
    limits = read_experiment_text(ONE + "limits: {runs: none, hours: 2, gigabytes: none}\n", folder).limits
    assert limits == Limits(None, 2.0, None)


def test_a_posterior_gives_rows_as_often_as_they_weigh(folder: Path) -> None:
    draws = read_experiment_text(ONE + "uncertainty: {posterior: sample.csv, draws: 64, seed: 3}\n", folder).draws
    betas = [draw.parameters["beta"] for draw in draws]
    assert [betas.count(value) for value in (1.5, 2.0, 2.5)] == [0, 48, 16]
    assert set(draws[0].parameters) == {"beta", "inertia"}


def test_sections_of_analyses_are_read_as_they_are_meant(folder: Path) -> None:
    experiment = read_experiment_text(
        ONE + "decompose: {package: whole-article}\nsensitivity: {method: sobol, over: [beta]}\n", folder
    )
    decompose, sensitivity = section_of(experiment, DecomposeForm), section_of(experiment, SensitivityForm)
    assert decompose is not None
    assert (decompose.package, decompose.exact_up_to) == ("whole-article", 5)
    assert sensitivity is not None
    assert (sensitivity.method, sensitivity.over) == ("sobol", ["beta"])
    assert section_of(experiment, OptimiseForm) is None


WRONG: list[tuple[str, str, tuple[int, int, str, str | None]]] = [
    ("an unknown key", ONE + "replicate: 5\n", (5, 1, "unknown-key", "replicates")),
    ("a key written twice", ONE + "seed: 1\nseed: 2\n", (6, 1, "duplicate-key", None)),
    ("another kind of file", "schema: talentflow.scenario/1\n", (1, 9, "wrong-schema", None)),
    ("no scenarios", HEAD, (1, 1, "missing-key", None)),
    ("an unknown scenario", HEAD + "scenarios: [one-stopp]\n", (4, 13, "unknown-scenario", "one-stop")),
    ("a file elsewhere", HEAD + "scenarios: [../x.yaml]\n", (4, 13, "outside-folder", None)),
    ("a file that is not there", HEAD + "scenarios: [x.yaml]\n", (4, 13, "no-file", None)),
    ("a number", HEAD + "scenarios: [5]\n", (4, 13, "not-a-scenario", None)),
    ("a scenario twice", HEAD + "scenarios: [one-stop, one-stop]\n", (4, 23, "same-id", None)),
    ("a reform joined to itself", HEAD + "scenarios: [[one-stop, one-stop]]\n", (4, 24, "duplicate-reform", None)),
    (
        "a lever mistyped",
        HEAD + "scenarios:\n  - {id: x, levers: {work_permit.category_a.point_min: 75}}\n",
        (5, 22, "unknown-path", BAR),
    ),
    (
        "a lever out of range",
        HEAD + f"scenarios:\n  - {{id: x, levers: {{{BAR}: 750}}}}\n",
        (5, 57, "out-of-range", None),
    ),
    (
        "a lever set after the end",
        HEAD + f"scenarios:\n  - {{id: x, levers: {{{BAR}: 75}}, from: 2041-01}}\n",
        (5, 5, "after-the-run", None),
    ),
    ("keys that change nothing", HEAD + "scenarios: [{id: x}]\n", (4, 13, "changes-nothing", None)),
    (
        "a month without a lever",
        HEAD + "scenarios: [{id: x, reforms: [one-stop], from: 2030-01}]\n",
        (4, 48, "goes-with", None),
    ),
    ("an id with capitals", HEAD + "scenarios: [{id: X, reforms: [one-stop]}]\n", (4, 18, "bad-id", "x")),
    ("a law assumed", ONE + "assume: [one-stop]\n", (5, 10, "assumes-law", None)),
    ("half a replicate", ONE + "replicates: 2.5\n", (5, 13, "not-whole", None)),
    ("no replicate", ONE + "replicates: 0\n", (5, 13, "out-of-bounds", None)),
    ("a batch of replicates without end", ONE + "replicates: {min: 5, batch: 5}\n", (5, 29, "goes-with", None)),
    (
        "fewer at most than at least",
        ONE + "replicates: {min: 5, max: 4, stop_when: {outcome: stock, half_width: 9}}\n",
        (5, 27, "out-of-bounds", None),
    ),
    (
        "precision in percent",
        ONE + "replicates: {min: 5, stop_when: {outcome: stock, half_width: 5%, relative: true}}\n",
        (5, 62, "percent", None),
    ),
    (
        "precision of what is not kept",
        ONE + "replicates: {min: 5, stop_when: {outcome: inflow, half_width: 9}}\n",
        (5, 43, "not-kept", None),
    ),
    (
        "precision of a baseline alone",
        HEAD + "scenarios: [baseline]\nreplicates: {min: 5, stop_when: {outcome: stock, half_width: 9}}\n",
        (5, 33, "bad-value", None),
    ),
    ("an unknown outcome", ONE + "keep: {outcomes: [stok]}\n", (5, 19, "unknown-outcome", "stock")),
    ("an unknown group", ONE + "keep: {groups: [category=a1]}\n", (5, 17, "unknown-group", "category=A")),
    ("a date after the end", ONE + "keep: {dates: [2050]}\n", (5, 16, "outside-horizon", None)),
    ("a month that is none", ONE + "keep: {dates: [2030-13]}\n", (5, 16, "not-a-month", None)),
    ("an end beyond the horizon", ONE + "run: {until: 2077-01}\n", (5, 14, "outside-horizon", None)),
    ("an unknown engine", ONE + "run: {engine: compile}\n", (5, 15, "bad-choice", "compiled")),
    ("a truth value for a number", ONE + "seed: true\n", (5, 7, "not-a-number", "1")),
    ("no limit of runs", ONE + "limits: {runs: 0}\n", (5, 16, "out-of-bounds", None)),
    ("a limit that is empty", ONE + "limits: {hours: }\n", (5, 17, "empty-value", None)),
    ("draws from nowhere", ONE + "uncertainty: {draws: 8}\n", (5, 14, "one-of", None)),
    (
        "draws from two places",
        ONE + "uncertainty: {method: sobol, draws: 8, points: sample.csv}\n",
        (5, 14, "one-of", None),
    ),
    ("a design of no size", ONE + "uncertainty: {method: sobol}\n", (5, 14, "missing-key", None)),
    (
        "an unknown parameter",
        ONE + "uncertainty: {method: sobol, draws: 8, over: [bta]}\n",
        (5, 47, "unknown-uncertainty", "beta"),
    ),
    (
        "a parameter without a range",
        ONE + "uncertainty: {method: sobol, draws: 8, over: [beta, career_gain]}\n",
        (5, 53, "not-drawn", None),
    ),
    (
        "a parameter held fixed",
        ONE + "uncertainty: {method: sobol, draws: 8, over: [discount_rate]}\n",
        (5, 47, "not-drawn", None),
    ),
    ("points counted", ONE + "uncertainty: {points: sample.csv, draws: 3}\n", (5, 42, "not-beside", None)),
    ("a sample elsewhere", ONE + "uncertainty: {posterior: ../s.csv}\n", (5, 26, "outside-folder", None)),
    (
        "an analysis of no scenario",
        ONE + "discover: {top: 0.2, scenario: one-stpo}\n",
        (5, 32, "not-of-this-file", "one-stop"),
    ),
    ("cases of interest twice", ONE + "discover: {above: 1, below: 2}\n", (5, 11, "one-of", None)),
    ("a package of one", ONE + "decompose: {package: easier-visits}\n", (5, 22, "bad-value", None)),
    (
        "a search upside down",
        ONE + f"optimise: {{levers: {{{BAR}: {{low: 90, high: 80}}}}}}\n",
        (5, 62, "out-of-bounds", None),
    ),
    ("a search for no lever", ONE + "optimise: {levers: {tax.x: {low: 1, high: 2}}}\n", (5, 21, "unknown-path", None)),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_told_with_its_place(text: str, expected: tuple[Any, ...], folder: Path) -> None:
    found = problems_of(text, folder)
    if expected[3] is None:
        assert [one[:3] for one in found] == [expected[:3]]
    else:
        assert found == [expected]


def test_all_problems_come_at_once_also_behind_a_wrong_key(folder: Path) -> None:
    text = HEAD + (
        "scenarios: [one-stopp, mine.yaml]\nseed: -1\nreplicates: {min: 3, batch: 0, stop_when: {outcome: stok, half_width: 1}}\n"
        "keep: {outcomes: [stok], dates: [2030-13]}\nuncertainty: {method: sobel, draws: 4, over: [bta]}\n"
    )
    assert [one[2] for one in problems_of(text, folder)] == [
        "unknown-scenario", "out-of-bounds", "out-of-bounds", "unknown-outcome", "not-a-month", "bad-choice",
        "unknown-uncertainty",
    ]  # fmt: skip


def test_a_problem_inside_a_file_that_is_named_is_told_where_it_stands_there(folder: Path) -> None:
    (folder / "mine.yaml").write_text(
        (folder / "mine.yaml").read_text(encoding="utf-8").replace("points_min", "point_min"), encoding="utf-8"
    )
    with pytest.raises(ScenarioProblems, match=r"mine\.yaml:5:12  there is no lever"):
        read_experiment_text(HEAD + "scenarios: [mine.yaml]\n", folder)


def test_a_wrong_sample_is_told_by_line_and_column_of_its_table(folder: Path) -> None:
    (folder / "sample.csv").write_text("beta,bta,mentor_learning_share\n1,2,0.5\n", encoding="utf-8")
    text = ONE + "uncertainty: {points: sample.csv}\n"
    assert problems_of(text, folder) == [(1, 2, "unknown-uncertainty", "beta")]
    (folder / "sample.csv").write_text("beta,mentor_learning_share\n1,1.5\nnan,0.5\n1\n", encoding="utf-8")
    assert [one[:3] for one in problems_of(text, folder)] == [
        (2, 2, "out-of-bounds"), (3, 1, "not-a-number"), (4, 1, "bad-value"),
    ]  # fmt: skip


def test_problems_are_told_in_chinese(folder: Path) -> None:
    (folder / "experiment.yaml").write_text(ONE + "keep: {outcomes: [stok]}\n", encoding="utf-8")
    with pytest.raises(ScenarioProblems, match=r"没有名为'stok'的指标.*最接近的名称：'stock'"):
        read_experiment(folder, lang="zh")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_that_come_with_the_package_are_valid(path: Path) -> None:
    experiment = read_experiment(path)
    assert experiment.id == path.stem
    assert len(experiment.arms) >= 2


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


def test_the_complete_file_of_the_page_on_experiments_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
    (file,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "study.yaml").write_text(file, encoding="utf-8")
    study = read_experiment(tmp_path / "study.yaml")
    assert [arm.id for arm in study.arms] == [
        "one-stop", "points-based-pr", "one-stop-with-points-based-pr", "bar-75", "one-stop-bar-75",
    ]  # fmt: skip
    assert set(study.analyses) == {"sensitivity", "decompose", "discover", "optimise"}
    assert set(ExperimentForm.model_fields) - {"schema_"} <= set(re.findall(r"^(\w+):", file, re.MULTILINE))
