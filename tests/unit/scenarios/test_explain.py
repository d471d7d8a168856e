"""What a scenario changes, told for people."""

from collections.abc import Callable

from scenarios import Scenario, describe_changes, load
from simulation.names import REGIONS

A = "work_permit.category_a.points_min"


def test_a_change_is_told_with_values_before_and_after(scenario_of: Callable[[str], Scenario]) -> None:
    line = (
        f"{{path: {A}, from: 2027-01, until: 2029-12, add: -10, where: {{region: [jiangsu, hainan]}}, source: A3-01}}"
    )
    (view,) = describe_changes(scenario_of(f"changes:\n  - {line}\n"))
    assert (view.path, view.unit, view.operation) == (A, "points", "add")
    assert (view.start, view.until, view.reached) == ("2027-01", "2029-12", "2027-01")
    assert view.before == {"jiangsu": 85, "hainan": 85}
    assert view.after == {"jiangsu": 75, "hainan": 75}
    assert (view.source, view.law_sources) == ("A3-01", ("A3-01",))
    assert view.label["en"]
    assert view.label["zh"]


def test_a_phase_is_told_by_where_it_ends(scenario_of: Callable[[str], Scenario]) -> None:
    path = "social_insurance.refund_pool_share"
    (view,) = describe_changes(scenario_of(f"changes:\n  - {{path: {path}, phase: {{2027-01: 0, 2030-01: 0.5}}}}\n"))
    assert (view.start, view.reached, view.until) == ("2027-01", "2030-01", None)
    assert view.before == dict.fromkeys(REGIONS, 0.0)
    assert view.after == dict.fromkeys(REGIONS, 0.5)
    assert view.steps == (("2027-01", 0.0), ("2030-01", 0.5))


def test_a_package_tells_the_changes_of_its_reforms_by_name() -> None:
    package = load("whole-article")
    views = describe_changes(package)
    assert len(views) == len(package.changes)
    assert {view.by for view in views} >= {"fast-track", "category-a-less-stringent"}


def test_assumptions_are_told_after_the_changes() -> None:
    scenario = load("fast-track").with_assumptions({"beta": 2.0})
    view = describe_changes(scenario)[-1]
    assert (view.path, view.before, view.after) == ("behaviour.beta", {"": 2.4}, {"": 2.0})


def test_the_baseline_has_nothing_to_tell() -> None:
    assert describe_changes(load("baseline")) == []
