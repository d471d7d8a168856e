"""Every lever of permanent residence does something where its channel is open, and nothing where it is shut."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulation import Given, TalentModel
from simulation.levers import POLICY_LEVERS, field_of
from simulation.records import month_index

Build = Callable[..., TalentModel]
OPENED = month_index("2024-01")
CHANGED = month_index("2026-01")
OPEN: dict[str, float] = dict.fromkeys(("degree_route_available", "key_field_route_available", "long_stay_route_available", "points_route_available", "k_visa_available"), 1.0) | {"k_visa_age_max": 45.0, "heritage_route_area_share": 0.3, "credit_kept_share": 0.5}  # fmt: skip
# Where there is no place but in public schools, how residents enrol decides.
FULL = {"seats_multiplier": (0.5, 0.0, 0.0)}
# What each lever is set to; all others double, or halve if they are at their most.
MOVED: dict[str, Any] = {
    "employment_route_presence_months": 12.5, "salary_route_presence_months": 12.5, "kin_route_presence_months": 12.5,
    "heritage_route_presence_months": 12.5, "degree_route_presence_months": 12.5, "points_route_presence_months": 12.5,
    "long_stay_route_presence_months": 12.5, "salary_route_available": 0.0, "heritage_route_available": 0.0,
    "degree_route_available": 0.0, "key_field_route_available": 0.0, "long_stay_route_available": 0.0,
    "points_route_available": 0.0, "heritage_route_doctorate_years": 6.0, "points_route_quota_per_year": 500.0,
    "points_route_points_education": (20.0, 30.0, 35.0, 40.0), "credit_k": 1.0, "credit_student": 1.0,
    "credit_kept_share": 1.0, "credit_portable_share": 0.0, "automatic_invitation": 1.0, "approval_share": 0.2, "decisions_per_year": 200.0,
    "holding_absence_months_max": 0.0, "card_public_enrolment_share": 1.0, "resident_spouse_may_work": 0.0,
    "points_route_points_years_max": 2.0, "points_route_points_pay_max": 10.0, "salary_route_tax_share": 0.3,
    "points_route_pass_mark": 45.0, "talent_route_open_share": 1.0, "salary_route_years": 20.0,
}  # fmt: skip
FIELDS = sorted({field_of(f"permanent_residence.{path}") for path in POLICY_LEVERS["permanent_residence"]})


def changed(law: Given, month: int, values: dict[str, Any]) -> Given:
    policy = law.policy.copy()
    for name, value in values.items():
        policy[name][month:] = value
    return dataclasses.replace(law, policy=policy)


@pytest.fixture(scope="module")
def opened(baseline: Given) -> Given:
    """Return a law that opens every route from 2024 on."""
    return changed(baseline, OPENED, OPEN | FULL)


@pytest.fixture(scope="module")
def trunks(build: Build, baseline: Given, opened: Given) -> dict[str, TalentModel]:
    """Return runs to the change under the law in force and under one that opens every route."""
    found = {}
    laws = {"shut": baseline, "open": opened}
    for name, law in laws.items():
        found[name] = build(law, scale=200)
        while found[name].month < CHANGED:
            found[name].step()
    return found


def lived(model: TalentModel, law: Given) -> np.ndarray[Any, Any]:
    other = model.branch(law)
    other.run_until("2029-12")
    persons: np.ndarray[Any, Any] = other.people.persons
    return persons


@pytest.fixture(scope="module")
def usual(trunks: dict[str, TalentModel], baseline: Given, opened: Given) -> dict[str, Any]:
    return {"shut": lived(trunks["shut"], baseline), "open": lived(trunks["open"], opened)}


def moved(law: Given, field: str) -> dict[str, Any]:
    if field in MOVED:
        return {field: MOVED[field]}
    value = law.policy[field][CHANGED, 0]
    return {field: 0.5 * value if value == 1.0 and not field.startswith("credit") else 2.0 * value}


@pytest.mark.parametrize("field", FIELDS)
def test_a_lever_changes_lives_where_its_channel_is_open(
    field: str, trunks: dict[str, TalentModel], usual: dict[str, Any], baseline: Given, opened: Given
) -> None:
    # Who earns enough for the route by salary reaches shorter ones where every route is open.
    name, law = ("shut", baseline) if field.startswith("salary_route") else ("open", opened)
    assert not np.array_equal(lived(trunks[name], changed(law, CHANGED, moved(law, field))), usual[name])


@pytest.mark.parametrize("route", ["degree_route", "key_field_route", "long_stay_route", "points_route"])
def test_the_levers_of_a_route_that_does_not_exist_change_no_bit(
    route: str, trunks: dict[str, TalentModel], usual: dict[str, Any], baseline: Given
) -> None:
    values: dict[str, Any] = {}
    for field in FIELDS:
        if field.startswith(route) and field != f"{route}_available":
            values |= moved(baseline, field)
    assert len(values) >= 2
    assert np.array_equal(lived(trunks["shut"], changed(baseline, CHANGED, values)), usual["shut"])
