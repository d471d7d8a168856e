"""Comparisons, series, checks and evaluations of the real model, on very few rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import compare, evaluate, run
from experiments.design import DesignError
from experiments.replicate import at_date, start
from experiments.seeds import RunsFailedError
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


def test_a_scenario_object_serves_as_well_as_its_id() -> None:
    assert compare([load(REFORM)], replicates=2, **SMALL).rows == compare([REFORM], replicates=2, **SMALL).rows
