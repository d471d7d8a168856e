"""Searches over real runs: repeated to the last bit, stopped and gone on with, seen again with fresh seeds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.analyses.optimise import FRESH_AFTER, Optimum, objectives_of, optimise
from experiments.analyses.optimise_figure import draw, front_of
from experiments.analyses.search import Trial
from experiments.batch.analysis_forms import OptimiseForm
from experiments.batch.experiment import Experiment
from experiments.batch.reading import read_experiment_text
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of
from experiments.design import DesignError
from scenarios import ScenarioProblems

TEXT = """\
schema: talentflow.experiment/1
id: search
title: {en: Search, zh: 搜索}
scenarios: [baseline]
keep: {outcomes: [stock, hours_lost], groups: [all, category=A, category=C], dates: [2018-06]}
run: {scale: 100000, until: 2018-06}
optimise:
  from: 2018-01
  levers:
    work_permit.category_a.points_min: {low: 60, high: 85, step: 5, yuan_per_unit_year: 1000000}
  choose: [dear.yaml]
  objectives:
    - {outcome: stock, goal: raise}
    - {outcome: pair.cost, goal: lower}
  budget: 20e6
  trials: 8
  population: 4
  replicates: 2
  fresh_replicates: 3
"""


DEAR = """\
schema: talentflow.scenario/1
id: dear
title: {en: Dear, zh: 昂贵}
changes: [{path: work_permit.refusal_prob, from: 2018-01, set: 0}]
cost: {per_year: 5000000}
"""


def study(text: str = TEXT, folder: Path = Path()) -> Experiment:
    return read_experiment_text(text, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    (made / "dear.yaml").write_text(DEAR, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def asked(folder: Path) -> Experiment:
    return study(folder=folder)


@pytest.fixture(scope="module")
def found(asked: Experiment, folder: Path) -> Optimum:
    return optimise(asked, folder, jobs=1)


def test_the_front_keeps_the_budget_and_its_levers_cost_what_the_file_assumes(found: Optimum) -> None:
    assert found.front
    for trial in found.trials:
        values = found.candidates.values(trial.point)
        # Half a year of a million for each point below 85, and the reform's own cost.
        levers = (85 - values["work_permit.category_a.points_min"]) * 0.5e6
        if not trial.point["dear.yaml"]:
            assert trial.valued.values[1] == pytest.approx(levers)
        else:
            assert trial.valued.values[1] > levers
        assert trial.valued.excess == pytest.approx(trial.valued.values[1] - 20e6)
    front = [trial for trial in found.trials if found.candidates.arm(trial.point).id in {p.arm for p in found.front}]
    assert all(trial.valued.excess <= 0 for trial in front)


def test_the_front_is_seen_again_with_seeds_that_the_search_has_not_used(found: Optimum, folder: Path) -> None:
    searched, fresh = (set(Store.open(folder / name).plan()["seed"]) for name in ("search", "fresh"))
    assert searched == {1, 2}
    assert fresh == {1 + FRESH_AFTER, 2 + FRESH_AFTER, 3 + FRESH_AFTER}
    runs = Store.open(folder / "fresh").paired("stock", date="2018-06")
    for point in found.front:
        own = runs[runs["arm"] == point.arm]
        assert point.fresh[0].value == pytest.approx((own["reform"] - own["baseline"]).mean())


def test_a_search_from_the_store_is_the_same_and_runs_nothing(asked: Experiment, found: Optimum, folder: Path) -> None:
    before = Store.open(folder / "search").content_digest()
    told: list[tuple[float, int]] = []
    again = optimise(asked, folder, jobs=1, on_progress=lambda done, total: told.append((done, total)))
    assert again.to_json() == found.to_json()
    assert Store.open(folder / "search").content_digest() == before
    assert told == []


def test_a_search_that_was_stopped_goes_on_to_the_same_front(asked: Experiment, found: Optimum, tmp_path: Path) -> None:
    generations: list[int] = []

    def stop() -> bool:
        return len(generations) == 1

    with pytest.raises(KeyboardInterrupt):
        optimise(asked, tmp_path, jobs=1, should_stop=stop, on_generation=lambda done, _: generations.append(done))
    assert generations == [4]
    assert optimise(asked, tmp_path, jobs=1).to_json() == found.to_json()


def test_a_longer_search_builds_on_the_shorter_one(asked: Experiment, found: Optimum, folder: Path) -> None:
    longer = optimise(asked, folder, jobs=1, trials=12)
    assert longer.trials[:8] == found.trials
    arms = {longer.candidates.arm(trial.point).id for trial in longer.trials}
    assert {arm.id for arm in Store.open(folder / "search").experiment.arms} <= arms | {"baseline"}


def test_the_result_as_json_has_the_fields_that_scripts_rely_on(found: Optimum) -> None:
    told = json.loads(found.to_json(lang="zh"))
    assert told["schema"] == "talentflow.optimise/1"
    assert told["levers"][0]["today_low"] == 85
    assert [one["goal"] for one in told["objectives"]] == ["raise", "lower"]
    assert {"searched", "value", "low", "high"} <= set(told["front"][0]["values"][0])
    assert len(told["tried"]) == 8
    assert any("不是建议" in note for note in told["notes"])


def test_the_table_of_trials_has_every_lever_and_aim(found: Optimum) -> None:
    frame = found.to_pandas()
    assert list(frame["trial"]) == list(range(8))
    assert {"work_permit.category_a.points_min", "dear.yaml", "stock[all]@2018-06", "over_budget"} <= set(frame)
    assert isinstance(found.trials[0], Trial)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_has_the_front_among_all_trials_and_the_same_bytes_twice(found: Optimum, lang: str) -> None:
    front = front_of(found, lang)
    assert len(front.tried) == 8
    assert len(front.front) == len(found.front)
    assert draw(found, ".svg", lang) == draw(found, ".svg", lang)
    assert draw(found, ".png", lang).startswith(b"\x89PNG")


def test_without_objectives_talent_cost_and_equity_are_sought() -> None:
    experiment = study(TEXT.partition("optimise:")[0])
    aims = objectives_of(experiment, OptimiseForm.model_validate({"choose": ["fast-track"]}))
    assert [(aim.outcome, aim.sense, aim.against) for aim in aims] == [
        ("stock", "max", None),
        ("pair.cost", "min", None),
        ("hours_lost", "min", "category=A"),
    ]


def test_without_bounds_a_lever_goes_through_its_plausible_range() -> None:
    from experiments.analyses.candidates import candidates_of
    from scenarios import levers

    whole = next(lever.path for lever in levers().values() if lever.is_whole and np.ptp(lever.plausible) > 1)
    paths = ("work_permit.category_a.points_min", whole)
    found = candidates_of(OptimiseForm.model_validate({"levers": {path: {} for path in paths}}), "")
    axes = [one.axis for one in found.levers]
    assert [(axis.value(0), axis.value(axis.count)) for axis in axes] == [levers()[path].plausible for path in paths]
    assert axes[0].count == 20
    assert axes[1].step == 1.0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  choose: [fast-trak]\n", "fast-track"),
        ("  levers: {work_permit.category_a.points: {}}\n", "work_permit.category_a.points_min"),
        ("  levers: {work_permit.category_a.points_min: {low: 500}}\n", "low"),
        ("  objectives: [{outcome: inflow}]\n", "kept"),
        ("  objectives: [{outcome: stock, group: category=A, against: category=B}]\n", "category=B"),
    ],
)
def test_what_is_wrong_in_the_section_is_told_with_its_line(line: str, said: str) -> None:
    head = TEXT.partition("optimise:")[0]
    with pytest.raises(ScenarioProblems, match=said) as told:
        study(f"{head}optimise:\n{line}")
    assert told.value.problems[0].line == 8


def test_nothing_to_search_is_refused() -> None:
    with pytest.raises(DesignError, match="nothing to search"):
        optimise(study(TEXT.partition("optimise:")[0] + "optimise: {trials: 4}\n"))


def test_an_experiment_without_the_section_is_told_so() -> None:
    with pytest.raises(DesignError, match="no section 'optimise'"):
        optimise(experiment_of(["one-stop"]))
