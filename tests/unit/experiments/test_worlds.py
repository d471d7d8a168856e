"""Worlds compared like reforms, and reforms compared under another world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import compare, run
from experiments.cases import cases_of
from experiments.comparison import Comparison
from experiments.design import DesignError
from scenarios import load
from simulation.model import TalentModel
from simulation.records import month_index

REFORM = "category-a-less-stringent"
WORLD = "us-h1b-shock"
SMALL: dict[str, Any] = {"scale": 4_000, "until": "2030-12", "jobs": 1}


@pytest.fixture(scope="module")
def shocked() -> Comparison:
    return compare([WORLD], replicates=2, outcomes=["stock", "inflow"], **SMALL)


def test_a_world_changes_nothing_before_its_month_and_something_after(shocked: Comparison) -> None:
    before, after = shocked.paths(WORLD, "stock", "all")
    first = (2025 - 2018) * 12 + 8
    assert np.array_equal(before[:, :first], after[:, :first])
    assert (before[:, first:] != after[:, first:]).any()


def test_dearer_visas_elsewhere_bring_more_people_to_china_than_they_crowd_out(shocked: Comparison) -> None:
    (last,) = (row for row in shocked.persons if row.date == "2030-12")
    assert last.additional > last.displaced
    assert last.touched > 0


def test_a_world_and_a_reform_depart_from_one_and_the_same_baseline() -> None:
    cases = cases_of([WORLD, REFORM], "2030-12")
    assert len({case.family for case in cases}) == 1
    assert {case.baseline_id for case in cases} == {"baseline"}
    assert [case.first for case in cases] == ["2025-09", "2027-01"]


def test_people_are_the_same_in_every_shipped_world() -> None:
    before, after = (TalentModel(load(name), scale=20_000, seed=3) for name in ("baseline", "home-boom"))
    assert before.people.persons.tobytes() == after.people.persons.tobytes()


def test_an_assumed_world_holds_on_both_sides() -> None:
    (case,) = cases_of([REFORM], "2030-12", [WORLD])
    months = month_index("2025-09")
    for side in (case.scenario, case.baseline):
        pay = side.resolve("2030-12").rivals["pay"][:, 0] - load("baseline").resolve("2030-12").rivals["pay"][:, 0]
        assert pay[:months].tolist() == [0.0] * months
        assert pay[months:] == pytest.approx(-0.247)
    assert case.first == "2027-01"
    (plain,) = cases_of([REFORM], "2030-12")
    assert plain.family != case.family


def test_an_assumption_is_said_and_leaves_the_reform_its_name() -> None:
    result = compare([REFORM], replicates=1, assume=[WORLD], **SMALL)
    told = result.to_dict()
    assert told["assumed"] == [WORLD]
    assert {row["scenario"] for row in told["rows"]} == {REFORM}
    assert any(WORLD in note for note in told["notes"])
    plain = compare([REFORM], replicates=1, **SMALL)
    assert plain.to_dict()["assumed"] == []
    baselines = [one.paths(REFORM, "stock", "all")[0] for one in (plain, result)]
    assert not np.array_equal(*baselines)


def test_the_baseline_of_a_comparison_in_a_world_is_the_run_of_that_world() -> None:
    result = compare([REFORM], replicates=1, assume=[WORLD], **SMALL)
    series = run("baseline", assume=[WORLD], **SMALL)
    assert series.assumed == (WORLD,)
    before, _ = result.paths(REFORM, "stock", "all")
    assert np.array_equal(before[0], series.values[0, 0, 0])


@pytest.mark.parametrize(("name", "said"), [(REFORM, "changes the law"), ("baseline", "makes no assumption")])
def test_what_is_no_assumption_cannot_be_assumed(name: str, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        cases_of(["one-stop"], "2030-12", [name])


def test_a_file_of_behaviour_may_be_assumed_too_and_the_later_holds(tmp_path: Path) -> None:
    files = []
    for name, value in (("one", 2.0), ("two", 2.2)):
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(
            f"schema: talentflow.scenario/1\nid: {name}\ntitle: {{en: x}}\n"
            f"assumptions:\n  - {{path: behaviour.beta, set: {value}}}\n"
        )
    (case,) = cases_of([REFORM], "2030-12", files)
    assert case.baseline.resolve("2030-12").behaviour["beta"][0] == 2.2
    assert case.first == "2027-01"
