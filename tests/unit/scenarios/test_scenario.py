"""A scenario as the model and the experiments use it: resolved, branched, assumed about, sent to a worker."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import scenarios
from scenarios import Scenario, ScenarioProblems, load, with_changes
from simulation.names import ORIGINS, REGIONS, RIVALS
from simulation.records import BEHAVIOUR, ORIGIN, PLACE, POLICY, RIVAL, Given, month_index

A = "work_permit.category_a.points_min"
LOWER = f"changes:\n  - {{path: {A}, from: 2027-01, set: 75}}\n"


def same(first: Given, second: Given) -> bool:
    """Return whether two models would be given the same bytes."""
    parts = ("policy", "places", "origins", "rivals", "behaviour")
    return first.pool == second.pool and all(
        getattr(first, part).tobytes() == getattr(second, part).tobytes() for part in parts
    )


def test_the_baseline_resolves_to_every_month_up_to_the_last() -> None:
    given = load("baseline").resolve("2040-12")
    months = month_index("2040-12") + 1
    assert (given.name, given.until) == ("baseline", months - 1)
    assert (given.policy.dtype, given.policy.shape) == (POLICY, (months, len(REGIONS)))
    assert (given.places.dtype, given.places.shape) == (PLACE, (months, len(REGIONS)))
    assert (given.origins.dtype, given.origins.shape) == (ORIGIN, (months, len(ORIGINS)))
    assert (given.rivals.dtype, given.rivals.shape) == (RIVAL, (months, len(RIVALS)))
    assert (given.behaviour.dtype, given.behaviour.shape) == (BEHAVIOUR, (1,))


def test_every_value_that_a_model_is_given_is_a_finite_number() -> None:
    given = load("whole-article").resolve("2060-12")
    for part in ("policy", "places", "origins", "rivals", "behaviour"):
        assert np.isfinite(getattr(given, part).view("f8")).all()


def test_what_is_resolved_may_be_changed_without_harm() -> None:
    first = load("baseline").resolve("2030-12")
    first.policy["category_a_points_min"][:] = 0
    first.behaviour["beta"] = 99
    first.pool["size_start"] = 0
    assert not same(first, load("baseline").resolve("2030-12"))
    assert load("baseline").resolve("2030-12").policy["category_a_points_min"][-1, 0] == 85


def test_a_change_reaches_the_record_of_its_region_and_month(scenario_of: Callable[[str], Scenario]) -> None:
    text = "changes:\n  - {path: work_permit.points.salary.band_2, from: 2027-01, add: 1, where: {region: [hainan]}}\n"
    given, baseline = scenario_of(text).resolve("2030-12"), load("baseline").resolve("2030-12")
    differs = given.policy["points_salary"] != baseline.policy["points_salary"]
    months, regions, elements = np.nonzero(differs)
    assert set(months) == set(range(month_index("2027-01"), month_index("2030-12") + 1))
    assert set(regions) == {REGIONS.index("hainan")}
    assert set(elements) == {1}


def test_a_reform_differs_first_in_the_month_it_begins(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(LOWER)
    assert scenario.first_difference("2040-12") == "2027-01"
    assert scenario.first_difference("2026-12") is None
    assert load("baseline").first_difference("2040-12") is None


def test_before_it_begins_a_reform_is_its_baseline_to_the_last_bit() -> None:
    reform, baseline = (load(name).resolve("2026-12") for name in ("baseline", "baseline"))
    assert same(reform, baseline)
    months = month_index("2026-12") + 1
    whole = load("whole-article").resolve("2040-12")
    assert whole.policy[:months].tobytes() == baseline.policy.tobytes()


def test_a_change_after_the_run_is_refused_where_it_stands(write: Callable[..., Path]) -> None:
    path = write(LOWER)
    with pytest.raises(ScenarioProblems) as caught:
        load(path).resolve("2026-12")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column, problem.code) == (str(path), 5, 12, "after-the-run")


@pytest.mark.parametrize("month", ["2061-01", "1999-12", "2030", "2030-13", "soon", "2030-1"])
def test_a_month_that_no_file_may_name_is_no_end_of_a_run(month: str) -> None:
    with pytest.raises(ValueError, match="a month is YYYY-MM from 2000-01 to 2060-12"):
        load("baseline").resolve(month)


def test_assumptions_hold_for_a_reform_and_its_baseline(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"assumptions:\n  - {{path: behaviour.beta, multiply: 0.5}}\n{LOWER}")
    halved = scenarios.behaviours()["beta"].default
    assert isinstance(halved, float)
    assert scenario.resolve("2030-12").behaviour["beta"][0] == halved / 2
    assert scenario.baseline.resolve("2030-12").behaviour["beta"][0] == halved / 2
    assert scenario.first_difference("2040-12") == "2027-01"
    assert [change.path for change in scenario.assumptions] == ["behaviour.beta"]


def test_assumptions_alone_make_another_baseline(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of("assumptions:\n  - {path: behaviour.beta, was: 2.4, set: 1.2}\n")
    assert scenario.kind == "baseline"
    assert scenario.baseline.id == "baseline"
    assert scenario.first_difference("2040-12") == "2000-01"


def test_a_given_of_the_world_may_be_assumed_from_a_month_on(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(
        "assumptions:\n"
        "  - {path: world.regions.shanghai.rent_cny, from: 2030-01, add: 1000}\n"
        "  - {path: world.regions.hainan.posts.research, multiply: 2}\n"
        "  - {path: world.rivals.singapore.wait_years, set: 9}\n"
        "  - {path: world.origins.africa.distance, set: 0.5}\n"
        "  - {path: world.pool.size_start, set: 5e6}\n"
        "  - {path: world.pool.degree_age.master, set: 26}\n"
    )
    given, baseline = scenario.resolve("2035-12"), load("baseline").resolve("2035-12")
    rent = given.places["rent_cny"] - baseline.places["rent_cny"]
    assert rent[month_index("2029-12")].tolist() == [0] * len(REGIONS)
    assert rent[month_index("2030-01")].tolist() == [1000] + [0] * (len(REGIONS) - 1)
    hainan = REGIONS.index("hainan")
    assert (given.places["posts"][:, hainan, 0] == 2 * baseline.places["posts"][:, hainan, 0]).all()
    assert (given.rivals["wait_years"][:, RIVALS.index("singapore")] == 9).all()
    assert (given.origins["distance"][:, ORIGINS.index("africa")] == 0.5).all()
    assert given.pool["size_start"] == 5e6
    assert given.pool["degree_age"][2] == 26
    assert baseline.pool["degree_age"][2] != 26


def test_with_assumptions_sets_parameters_of_both_sides() -> None:
    scenario = load("fast-track").with_assumptions({"beta": 2.0, "career_gain.research": 0.1, "world.pool.mark_sd": 9})
    for side in (scenario, scenario.baseline):
        given = side.resolve("2030-12")
        assert given.behaviour["beta"][0] == 2.0
        assert given.behaviour["career_gain"][0, 0] == 0.1
        assert given.pool["mark_sd"] == 9
    assert load("fast-track").resolve("2030-12").behaviour["beta"][0] == 2.4


def test_later_assumptions_hold_over_earlier_ones(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of("assumptions:\n  - {path: behaviour.beta, set: 1.2}\n")
    later = scenario.with_assumptions({"beta": 2.0}).with_assumptions({"beta": 2.5})
    assert later.resolve("2030-12").behaviour["beta"][0] == 2.5


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("betta", 1.0, "unknown-path"),
        ("career_gain", 1.0, "incomplete-path"),
        (A, 1.0, "unknown-path"),
        ("beta", float("nan"), "not-a-number"),
        ("beta", float("inf"), "not-a-number"),
        ("beta", True, "not-a-number"),
        ("beta", "1.2", "not-a-number"),
    ],
)
def test_with_assumptions_refuses_what_a_file_could_not_say(name: str, value: float, code: str) -> None:
    with pytest.raises(ScenarioProblems) as caught:
        load("baseline").with_assumptions({name: value})
    assert [problem.code for problem in caught.value.problems] == [code]


def test_defaults_are_those_of_both_sides_and_what_a_scenario_assumes_holds_over_them() -> None:
    scenario = load("fast-track").with_assumptions({"beta": 2.0})
    for one in (scenario.with_defaults({"beta": 2.5, "inertia": 0.05}), scenario.with_defaults({"inertia": 0.05})):
        for side in (one, one.baseline):
            behaviour = side.resolve("2030-12").behaviour
            assert (behaviour["beta"].item(), behaviour["inertia"].item()) == (2.0, 0.05)
    # The other way round, the later assumption holds.
    assert scenario.with_assumptions({"beta": 2.5}).resolve("2030-12").behaviour["beta"].item() == 2.5


def test_an_assumption_that_multiplies_acts_on_another_default(tmp_path: Path) -> None:
    file = tmp_path / "double.yaml"
    head = "schema: talentflow.scenario/1\nid: double\ntitle: {en: Double, zh: 加倍}\n"
    line = "assumptions:\n  - {path: behaviour.lesson_take_up, multiply: 2}\n"
    file.write_text(head + line, encoding="utf-8")
    scenario = load(file)
    assert scenario.with_defaults({"lesson_take_up": 0.3}).resolve("2030-12").behaviour["lesson_take_up"].item() == 0.6
    with pytest.raises(ScenarioProblems) as caught:
        scenario.with_defaults({"lesson_take_up": 0.6})
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (5, "out-of-range")


def test_with_assumptions_takes_numbers_of_numpy() -> None:
    scenario = load("baseline").with_assumptions({"beta": np.float64(2.0)})
    assert scenario.resolve("2030-12").behaviour["beta"][0] == 2.0


def test_an_assumed_default_changes_nothing_and_is_no_problem() -> None:
    assert same(
        load("baseline").with_assumptions({"beta": 2.4}).resolve("2030-12"), load("baseline").resolve("2030-12")
    )


def test_with_changes_adds_lines_that_hold_over_earlier_ones() -> None:
    scenario = load("category-a-less-stringent")
    changed = with_changes(scenario, [{"path": A, "from": "2027-01", "set": 70}], name="lower")
    assert changed.id == "lower"
    assert changed.baseline is scenario.baseline
    assert changed.value_at(A, "2027-01") == 70
    pay = "work_permit.category_a.pay_multiple"
    assert changed.value_at(pay, "2028-01") == scenario.value_at(pay, "2028-01")


def test_with_changes_may_set_what_is_set_already() -> None:
    scenario = with_changes(load("baseline"), [{"path": A, "from": "2027-01", "set": 85}])
    assert scenario.first_difference("2040-12") is None
    assert with_changes(load("baseline"), []) is load("baseline")


def test_with_changes_refuses_what_a_file_could_not_say() -> None:
    with pytest.raises(ScenarioProblems, match=r"must be 0 to 120 \(points\), got 850"):
        with_changes(load("baseline"), [{"path": A, "from": "2027-01", "set": 850}])


@pytest.mark.parametrize("name", ["baseline", "fast-track", "whole-article"])
def test_a_scenario_reaches_another_process_unchanged(name: str) -> None:
    scenario = load(name).with_assumptions({"beta": 2.0})
    sent = pickle.dumps(scenario)
    assert len(sent) < 200_000
    assert same(pickle.loads(sent).resolve("2040-12"), scenario.resolve("2040-12"))  # noqa: S301 - our own bytes


def test_what_is_resolved_reaches_another_process_unchanged() -> None:
    given = load("fast-track").resolve("2030-12")
    assert same(pickle.loads(pickle.dumps(given)), given)  # noqa: S301 - our own bytes


def test_a_value_that_differs_by_region_needs_one_named() -> None:
    path = "work_permit.pay_route.enforced_share"
    baseline = load("baseline")
    assert baseline.value_at(path, "2026-02", "beijing") == 1
    with pytest.raises(ValueError, match="differs by place in 2026-02"):
        baseline.value_at(path, "2026-02")
    with pytest.raises(ValueError, match="not for 'paris'"):
        baseline.value_at(path, "2026-02", "paris")


def test_the_history_of_a_lever_is_told_oldest_first_with_sources() -> None:
    history = load("baseline").history("work_permit.pay_route.enforced_share")
    assert [provision.start for provision in history] == sorted(provision.start for provision in history)
    assert all(provision.source for provision in history)


def test_a_change_names_its_file_and_line(write: Callable[..., Path]) -> None:
    path = write(LOWER)
    (change,) = load(path).changes
    assert (change.path, change.by, change.file, change.line) == (A, "mine", str(path), 5)
