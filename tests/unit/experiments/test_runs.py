"""Comparisons, series, checks and evaluations of the real model, on very few rows."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import compare, evaluate, run
from experiments.checks import check
from experiments.design import DesignError
from experiments.replicate import at_date, start
from experiments.seeds import RunsFailedError
from experiments.targets import Target, read_targets
from scenarios import ScenarioProblems, load

REFORM = "category-a-less-stringent"
SMALL: dict[str, Any] = {"scale": 10_000, "until": "2028-12", "jobs": 1}
ASSUMING = """\
schema: talentflow.scenario/1
id: bolder
title: {en: People value income more}
assumptions:
  - {path: behaviour.beta, set: 2.0}
"""


@pytest.fixture
def failing_seed(monkeypatch: pytest.MonkeyPatch) -> int:
    """Break every run of one seed."""

    def start_or_fail(given: Any, design: Any, seed: int) -> Any:
        if seed == 2:
            raise RuntimeError("this seed fails")
        return start(given, design, seed)

    monkeypatch.setattr("experiments.replicate.start", start_or_fail)
    monkeypatch.setattr("experiments.series.start", start_or_fail)
    return 2


def test_a_comparison_does_not_depend_on_the_number_of_jobs() -> None:
    alone = compare([REFORM], replicates=3, **SMALL)
    together = compare([REFORM], replicates=3, **{**SMALL, "jobs": 2})
    assert alone.to_json() == together.to_json()


def test_a_reform_changes_nothing_before_its_date() -> None:
    result = compare([REFORM], replicates=1, **SMALL)
    before, after = result.paths(REFORM, "stock", "all")
    first = (2027 - 2018) * 12
    assert np.array_equal(before[:, :first], after[:, :first])


def test_the_baseline_compared_with_itself_differs_in_nothing() -> None:
    result = compare(["baseline"], replicates=2, outcomes=["stock", "inflow", "mean_points"], **SMALL)
    assert {row.difference for row in result.rows} == {0.0}
    assert "same law" in result.warnings[0]


def test_each_scenario_has_the_rows_it_would_have_alone() -> None:
    both = compare([REFORM, "one-stop"], replicates=2, **SMALL)
    alone = compare(["one-stop"], replicates=2, **SMALL)
    assert [row for row in both.rows if row.scenario == "one-stop"] == list(alone.rows)


def test_the_stock_gained_is_the_people_gained_less_those_lost() -> None:
    result = compare([REFORM], replicates=2, **SMALL)
    (row,) = result.rows
    (persons,) = result.persons
    assert row.difference == persons.additional - persons.displaced


def test_assumptions_alone_are_compared_with_the_law_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "bolder.yaml"
    file.write_text(ASSUMING)
    result = compare([str(file), REFORM], replicates=1, **SMALL)
    assert {row.baseline for row in result.rows} == {result.rows[0].baseline}
    assert next(row for row in result.persons if row.scenario == "bolder").touched > 0


def test_a_search_for_precision_stops_when_it_is_reached_or_at_the_most() -> None:
    easy = compare(["whole-article"], precision=0.9, replicates=40, **SMALL)
    assert (easy.replicates, easy.precision_reached) == (20, True)
    hard = compare(["whole-article"], precision=0.0001, replicates=3, **SMALL)
    assert (hard.replicates, hard.precision_reached) == (3, False)


def test_a_failed_run_is_listed_and_the_others_count(failing_seed: int) -> None:
    result = compare([REFORM], replicates=3, **SMALL)
    assert (result.replicates, [failure.task for failure in result.failures]) == (2, [failing_seed])
    assert {row.n for row in result.rows} == {2}
    series = run(REFORM, replicates=3, **SMALL)
    assert (series.replicates, len(series.failures)) == (2, 1)


def test_when_every_run_fails_there_is_no_result(failing_seed: int) -> None:
    with pytest.raises(RunsFailedError, match="this seed fails"):
        compare([REFORM], replicates=1, seed=failing_seed, **SMALL)


@pytest.mark.parametrize(
    ("scenarios", "settings", "said"),
    [
        ([], {}, "at least one scenario"),
        ([REFORM, REFORM], {}, "named twice"),
        ([REFORM], {"outcomes": ["stok"]}, "did you mean 'stock'"),
        ([REFORM], {"dates": ["2035-12"]}, "2018-01 to 2028-12"),
        ([REFORM], {"precision": -1.0}, "above 0"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_anything_runs(
    scenarios: list[str], settings: dict[str, Any], said: str
) -> None:
    with pytest.raises(DesignError, match=said):
        compare(scenarios, **{**SMALL, **settings})


def test_a_reform_that_begins_after_the_run_is_refused() -> None:
    with pytest.raises(ScenarioProblems, match="the run ends in 2026-12"):
        compare([REFORM], replicates=1, **{**SMALL, "until": "2026-12"})


def test_a_run_is_the_baseline_of_a_comparison() -> None:
    series = run("baseline", replicates=2, outcomes=["stock", "inflow"], **SMALL)
    result = compare([REFORM], replicates=2, outcomes=["stock", "inflow"], **SMALL)
    for i, outcome in enumerate(("stock", "inflow")):
        before, _ = result.paths(REFORM, outcome, "all")
        assert np.array_equal(before, series.yearly[:, i, 0])


def test_months_of_a_flow_add_up_to_its_year() -> None:
    series = run("baseline", outcomes=["inflow"], **SMALL)
    year = at_date(series.yearly[0, 0, 0], "2020-12")
    assert sum(at_date(series.values[0, 0, 0], f"2020-{month:02d}") for month in range(1, 13)) == year


def test_run_json_has_a_point_for_every_month() -> None:
    told = json.loads(run("baseline", **SMALL).to_json())
    assert told["schema"] == "talentflow.run/1"
    assert len(told["series"]) == 11 * 12
    assert {"date", "outcome", "group", "unit", "value"} <= told["series"][0].keys()
    assert told["series"][0]["date"] == "2018-01"


def test_evaluate_gives_what_a_run_gives() -> None:
    series = run("baseline", **SMALL)
    found = evaluate("baseline", {}, 1, 10_000, ["stock@2028-12", "inflow@2027"])
    assert found["stock@2028-12"] == at_date(series.values[0, 0, 0], "2028-12")
    assert set(found) == {"stock@2028-12", "inflow@2027"}


def test_evaluate_under_a_lever_is_the_reform_that_sets_it() -> None:
    levers = {"work_permit.category_a.points_min": 75, "work_permit.category_a.pay_multiple": 4.5}
    asked = ["stock[category=A]@2030-12"]
    assert evaluate("baseline", levers, 1, 10_000, asked) == evaluate(REFORM, None, 1, 10_000, asked)


def test_evaluate_takes_todays_value_as_no_change() -> None:
    asked, today = ["stock@2028"], {"work_permit.category_a.points_min": 85}
    assert evaluate("baseline", today, 1, 10_000, asked) == evaluate("baseline", {}, 1, 10_000, asked)


def test_evaluate_changes_behaviour() -> None:
    asked = ["stock@2020"]
    assert evaluate("baseline", {"beta": 3.0}, 1, 10_000, asked) != evaluate("baseline", {}, 1, 10_000, asked)


@pytest.mark.parametrize(
    ("parameters", "asked", "error"),
    [
        ({"betaa": 1.0}, "stock", ScenarioProblems),
        ({"work_permit.category_a.points_min": 500}, "stock", ScenarioProblems),
        ({}, "stok", DesignError),
        ({}, "stock[category=Z]", DesignError),
        ({}, "stock[category]", DesignError),
        ({}, "stock@soon", DesignError),
        ({}, "[", DesignError),
    ],
)
def test_evaluate_refuses_what_it_does_not_know(
    parameters: dict[str, float], asked: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        evaluate("baseline", parameters, 1, 100_000, [asked])


def test_shipped_targets_are_read_each_with_its_source() -> None:
    targets = read_targets()
    assert len({target.id for target in targets}) == len(targets) > 15
    assert all(target.is_met(target.value) for target in targets)


def test_a_target_is_met_within_its_factor() -> None:
    target = next(target for target in read_targets() if target.id == "permits-2022")
    factor, value = target.factor, target.value
    assert target.is_met(value * factor)
    assert target.is_met(value / factor)
    assert not target.is_met(value * factor * 1.01)
    assert not target.is_met(value / factor / 1.01)
    assert not target.is_met(math.nan)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2022", 264, 275), ("2022-03", 266, 266), ("2017-04/2018-01", 207, 216), ("2017/2018", 204, 227)],
)
def test_a_period_is_a_year_a_month_or_from_one_to_another(period: str, first: int, last: int) -> None:
    target = Target("x", "x", "stock", "all", period, 1.0, "persons", "F2-10", 1.5)
    assert target.months == (first, last)


GOOD = {
    "id": "x", "what": "x", "outcome": "stock", "group": "all", "period": "2022", "value": 5, "unit": "persons", "source": "F2-10",
    "factor": 1.5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": "stok"}, "did you mean 'stock'"),
        ({"group": "category=Z"}, "unknown group"),
        ({"source": "Z9-99"}, "unknown fact"),
        ({"share_of": "nobody"}, "unknown group"),
        ({"value": 0}, "above 0"),
        ({"factor": 1}, "above 1"),
        ({"fator": 1}, "did you mean 'factor'"),
        ({"unit": None}, "has no unit"),
    ],
)
def test_a_wrong_target_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    entry = {key: value for key, value in {**GOOD, **changed}.items() if value is not None}
    file = tmp_path / "targets.yaml"
    file.write_text(json.dumps({"schema": "talentflow.targets/1", "targets": [entry]}))
    with pytest.raises(DesignError, match=said):
        read_targets(file)


def test_a_file_of_something_else_is_no_file_of_targets(tmp_path: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text("schema: talentflow.law/1\n")
    with pytest.raises(DesignError, match=r"talentflow\.targets/1"):
        read_targets(file)


def test_a_check_holds_the_model_against_every_target() -> None:
    targets = [target for target in read_targets() if target.id in {"permits-2022", "share-b-2017"}]
    result = check(targets=targets, replicates=2, scale=2_000, jobs=1)
    assert [answer.target for answer in result.answers] == targets
    assert all(math.isfinite(answer.model) for answer in result.answers)
    assert result.n_met == sum(target["met"] for target in result.to_dict()["targets"])
    observed = evaluate("baseline", {}, 1, 2_000, ["permits_issued@2022"])["permits_issued@2022"]
    again = evaluate("baseline", {}, 2, 2_000, ["permits_issued@2022"])["permits_issued@2022"]
    assert result.answers[0].model == (observed + again) / 2


def test_a_scenario_object_serves_as_well_as_its_id() -> None:
    assert compare([load(REFORM)], replicates=2, **SMALL).rows == compare([REFORM], replicates=2, **SMALL).rows
