"""What a change does to the values of a lever, month by month and region by region."""

from collections.abc import Callable

import numpy as np
import pytest

from scenarios import Scenario, load
from simulation.names import REGIONS
from simulation.records import month_index

A = "work_permit.category_a.points_min"
MEN = "social_insurance.retirement_age.men"


def test_a_change_acts_from_its_month_on(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {A}, from: 2027-01, was: 85, set: 75}}\n")
    assert scenario.value_at(A, "2026-12") == 85
    assert scenario.value_at(A, "2027-01") == 75
    assert scenario.value_at(A, "2060-12") == 75


def test_until_is_the_last_month_of_a_change(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {A}, from: 2027-07, until: 2030-06, set: 75}}\n")
    assert scenario.value_at(A, "2030-06") == 75
    assert scenario.value_at(A, "2030-07") == 85


def test_a_change_may_last_one_month(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {A}, from: 2027-07, until: 2027-07, set: 75}}\n")
    column = scenario.column(A)[:, 0]
    assert np.flatnonzero(column != scenario.baseline.column(A)[:, 0]).tolist() == [month_index("2027-07")]


def test_add_follows_a_baseline_that_moves(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {MEN}, from: 2027-01, add: 2}}\n")
    for month in ("2027-01", "2033-05", "2050-01"):
        assert scenario.value_at(MEN, month) == load("baseline").value_at(MEN, month) + 2


def test_multiply_follows_a_baseline_that_moves(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {MEN}, from: 2027-01, multiply: 1.1}}\n")
    assert scenario.value_at(MEN, "2050-01") == pytest.approx(63 * 1.1)


def test_a_phase_moves_evenly_and_then_stays(scenario_of: Callable[[str], Scenario]) -> None:
    path = "social_insurance.refund_pool_share"
    scenario = scenario_of(f"changes:\n  - {{path: {path}, phase: {{2030-01: 0.5, 2027-01: 0.0}}}}\n")
    assert scenario.value_at(path, "2026-12") == 0
    assert scenario.value_at(path, "2028-07") == pytest.approx(0.25)
    assert scenario.value_at(path, "2030-01") == 0.5
    assert scenario.value_at(path, "2045-01") == 0.5


def test_a_whole_lever_is_phased_in_whole_steps(scenario_of: Callable[[str], Scenario]) -> None:
    path = "work_permit.grace_months.category_b"
    scenario = scenario_of(f"changes:\n  - {{path: {path}, phase: {{2027-01: 1, 2027-05: 5}}}}\n")
    assert all(value.is_integer() for value in scenario.column(path)[:, 0].tolist())


def test_where_limits_a_change_to_its_regions(scenario_of: Callable[[str], Scenario]) -> None:
    where = "where: {region: [jiangsu, zhejiang]}"
    scenario = scenario_of(f"changes:\n  - {{path: {A}, from: 2027-01, set: 75, {where}}}\n")
    values = scenario.values_at(A, "2027-01")
    assert list(values) == list(REGIONS)
    assert {region for region, value in values.items() if value == 75} == {"jiangsu", "zhejiang"}


def test_where_limits_a_change_to_its_origins(scenario_of: Callable[[str], Scenario]) -> None:
    path = "treaties.posted_exemption_months"
    scenario = scenario_of(
        f"changes:\n  - {{path: {path}, from: 2027-01, set: 60, where: {{origin: [united-kingdom]}}}}\n"
    )
    assert scenario.value_at(path, "2027-01", "united-kingdom") == 60
    assert scenario.value_at(path, "2027-01", "africa") == load("baseline").value_at(path, "2027-01", "africa")


def test_where_changes_meet_without_overlap_both_hold(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(
        "changes:\n"
        f"  - {{path: {A}, from: 2027-01, until: 2027-12, set: 80}}\n"
        f"  - {{path: {A}, from: 2028-01, set: 75}}\n"
        f"  - {{path: {A}, from: 2020-01, until: 2020-12, set: 90, where: {{region: [hainan]}}}}\n"
    )
    assert (scenario.value_at(A, "2027-12"), scenario.value_at(A, "2028-01")) == (80, 75)
    assert scenario.overlaps == ()


@pytest.mark.parametrize(("rule", "value"), [("last", 85 + 3), ("sum", 85 - 10 + 3)])
def test_a_rule_decides_where_changes_overlap(rule: str, value: float, scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(
        f"on_overlap: {rule}\nchanges:\n"
        f"  - {{path: {A}, from: 2027-01, set: 75}}\n"
        f"  - {{path: {A}, from: 2029-01, add: 3, where: {{region: [hainan]}}}}\n"
    )
    assert scenario.value_at(A, "2029-01", "hainan") == value
    assert scenario.value_at(A, "2029-01", "beijing") == 75
    (overlap,) = scenario.overlaps
    assert (overlap.path, overlap.place, overlap.rule) == (A, "hainan", rule)
    assert (overlap.first, overlap.second) == ("mine, line 6", "mine, line 7")


def test_a_change_of_the_past_is_taken_too(scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"changes:\n  - {{path: {A}, from: 2000-01, set: 75}}\n")
    assert scenario.first_difference("2040-12") == "2000-01"


@pytest.mark.parametrize("number", ["12e6", "1.2e7", "12000000"])
def test_a_large_number_may_be_written_as_a_power(number: str, scenario_of: Callable[[str], Scenario]) -> None:
    scenario = scenario_of(f"cost: {{set_up: {number}}}\nchanges:\n  - {{path: {A}, from: 2027-01, set: 75}}\n")
    assert scenario.cost.set_up == 12_000_000
