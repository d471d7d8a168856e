"""What reforms cost by month: ramps, dates, cases, packages."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import Cost, joined, load
from scenarios.costs import costs_by_month
from scenarios.months import month_index
from simulation.fiscal import CASES, COST

JANUARY_2027 = month_index("2027-01")


def test_the_set_up_is_spent_and_the_running_cost_rises_over_the_ramp() -> None:
    changes = load("passports-accepted").changes
    costs = costs_by_month(Cost(set_up=120.0, per_year=24.0, ramp_months=4), changes)["fixed"]
    begin = min(change.start for change in changes)
    assert costs[:begin].sum() == 0
    # Set-up 30 a month; running costs of a quarter, a half, three quarters and the whole of 2 a month.
    assert costs[begin : begin + 6].tolist() == [30.5, 31.0, 31.5, 32.0, 2.0, 2.0]


def test_a_reform_costs_from_its_first_change_and_never_before() -> None:
    for name in ("one-stop", "points-based-pr", "whole-article"):
        scenario = load(name)
        begin = min(change.start for change in scenario.changes)
        costs = scenario.costs()
        assert costs["fixed"][:begin].sum() == costs["per_case"][:begin].sum() == 0
        assert costs["fixed"][begin] > 0


def test_the_baseline_costs_nothing() -> None:
    costs = load("baseline").costs()
    assert costs.dtype == COST
    assert not costs["fixed"].any()
    assert not costs["per_case"].any()


def test_a_reform_costs_by_its_own_kind_of_case() -> None:
    costs = load("points-based-pr").costs()["per_case"][-1]
    assert costs[CASES.index("pr_applications")] == 800
    assert np.delete(costs, CASES.index("pr_applications")).tolist() == [0, 0, 0]


def test_a_package_that_states_no_cost_costs_what_its_parts_cost_in_their_months() -> None:
    whole = load("management-mechanism")
    parts = [reform.costs() for reform in whole.reforms]
    assert whole.costs()["fixed"] == pytest.approx(sum(part["fixed"] for part in parts))
    one_stop = next(reform for reform in whole.reforms if reform.id == "one-stop")
    assert one_stop.costs()["fixed"].max() == one_stop.cost.set_up / 12 + one_stop.cost.per_year / 12


def test_the_sum_of_the_set_up_is_the_set_up() -> None:
    scenario = load("cross-agency-information-sharing")
    fixed = scenario.costs()["fixed"]
    years = len(fixed[JANUARY_2027:]) / 12
    assert fixed.sum() == pytest.approx(
        scenario.cost.set_up + scenario.cost.per_year * (years - 1 + 6.5 / 12), rel=0.05
    )


def test_two_reforms_joined_cost_both() -> None:
    first, second = load("points-based-pr"), load("pension-fifteen-years")
    both = joined(first, second)
    assert both.costs()["fixed"] == pytest.approx(first.costs()["fixed"] + second.costs()["fixed"])
    assert {change.path for change in both.changes} == {
        change.path for part in (first, second) for change in part.changes
    }


def test_what_is_given_to_a_model_holds_the_costs_and_prices_of_its_months() -> None:
    given = load("one-stop").resolve("2030-12")
    assert len(given.costs) == len(given.accounts) == given.until + 1
    assert given.accounts["urban_workforce"][-1, 0] > 4e8
    assert given.costs["fixed"].sum() > 0
