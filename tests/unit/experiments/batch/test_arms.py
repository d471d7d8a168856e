"""What an arm is: the law of its parts and levers, under assumptions and draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.batch.arms import case_of_arm, scenario_of_arm
from experiments.batch.experiment import Arm
from experiments.design import DesignError
from scenarios import ScenarioProblems, joined, load

BAR = "work_permit.category_a.points_min"


def test_an_arm_without_parts_and_levers_is_the_law_as_it_stands() -> None:
    scenario = scenario_of_arm(Arm("baseline"))
    assert scenario.baseline is scenario
    assert scenario.resolve("2030-12").policy.tobytes() == load("baseline").resolve("2030-12").policy.tobytes()


def test_parts_are_joined_in_their_order_and_the_later_holds() -> None:
    parts = ("category-a-less-stringent", "split-category-b")
    arm = scenario_of_arm(Arm("both", parts))
    pair = joined(*map(load, parts))
    assert arm.resolve("2035-12").policy.tobytes() == pair.resolve("2035-12").policy.tobytes()
    assert arm.cost == pair.cost


def test_levers_hold_over_the_parts_from_their_month_on() -> None:
    arm = scenario_of_arm(Arm("x", ("category-a-less-stringent",), {BAR: 60.0}, "2030-01"))
    held = load("category-a-less-stringent").value_at(BAR, "2029-12")
    assert held != 60
    assert [arm.value_at(BAR, month) for month in ("2029-12", "2030-01")] == [held, 60]


def test_a_lever_may_be_set_to_what_it_is() -> None:
    arm = Arm("x", (), {BAR: load("baseline").value_at(BAR, "2030-01")})
    assert case_of_arm(arm, (), "2035-12").first is None


def test_an_arm_has_its_own_name_even_where_it_is_a_scenario_that_ships() -> None:
    assert scenario_of_arm(Arm("mine", ("one-stop",))).id == "mine"
    assert case_of_arm(Arm("mine", ("one-stop",)), (), "2030-12").title == dict(load("one-stop").title)


def test_assumptions_and_draws_hold_for_both_sides() -> None:
    case = case_of_arm(Arm("one-stop", ("one-stop",)), ("engine-prospect",), "2030-12", {"inertia": 0.5})
    for side in (case.scenario, case.baseline):
        behaviour = side.resolve("2030-12").behaviour
        assert (behaviour["inertia"][0], behaviour["decision_engine"][0]) == (0.5, 3)
    assert case.first == "2027-01"


def test_another_world_is_an_arm_beside_the_world_as_it_stands() -> None:
    case = case_of_arm(Arm("us-h1b-shock", ("us-h1b-shock",)), (), "2030-12")
    assert case.baseline_id == "baseline"
    assert case.first is not None


def test_files_are_looked_for_in_the_arms_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        f"schema: talentflow.scenario/1\nid: mine\ntitle: {{en: Mine}}\nchanges: [{{path: {BAR}, from: 2027-01, set: 70}}]\n",
        encoding="utf-8",
    )
    assert scenario_of_arm(Arm("mine", ("mine.yaml",), folder=str(tmp_path))).value_at(BAR, "2027-01") == 70
    with pytest.raises(ScenarioProblems, match="no file"):
        scenario_of_arm(Arm("mine", ("mine.yaml",), folder=str(tmp_path / "x")))


def test_parts_of_an_arm_are_told_with_everything_that_is_wrong() -> None:
    with pytest.raises(ScenarioProblems) as caught:
        scenario_of_arm(Arm("x", ("one-stopp", "engine-prospect"), {BAR: 750.0, "tax.x": 1.0}))
    assert {problem.code for problem in caught.value.problems} == {
        "unknown-scenario", "reform-with-assumptions", "out-of-range", "unknown-path",
    }  # fmt: skip


def test_what_changes_the_law_is_not_assumed() -> None:
    with pytest.raises(DesignError, match="changes the law"):
        scenario_of_arm(Arm("one-stop", ("one-stop",)), ("easier-visits",))
