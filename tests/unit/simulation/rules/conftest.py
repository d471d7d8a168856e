"""The law as it stands in June 2024, a calm public, and people made to measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation.names import BACHELOR, FIELDS, MANUFACTURING, NO_SCHOOL, ORIGINS, REGIONS
from simulation.plain import plain_now, plain_record
from simulation.population import for_nobody
from simulation.records import COMMUNITY, NEVER, PERSON, PUBLIC, Given, Now, month_index

JUNE_2024 = month_index("2024-06")


@pytest.fixture(scope="session")
def given() -> Given:
    return scenarios.load("baseline").resolve("2040-12")


@pytest.fixture(scope="session")
def facts(given: Given) -> Callable[..., Now]:
    """Return the facts of a month in which nothing is scarce and no desk has a queue."""

    def of(month: str = "2024-06") -> Now:
        at = month_index(month)
        public = np.zeros(len(REGIONS), PUBLIC)
        for name in (
            "match_share",
            "seat_share",
            "service_share",
            "quota_share",
            "resident_share",
            "residence_turn_share",
        ):
            public[name] = 1.0
        communities = np.ones(len(ORIGINS) * len(FIELDS), COMMUNITY)
        public_by_month = np.broadcast_to(public, (at + 1, len(REGIONS)))
        now = Now(
            at, 1, given.policy[at], given.places[at], public, given.origins[at], given.rivals[at], given.behaviour,
            communities, given.policy, public_by_month,
        )  # fmt: skip
        return plain_now(now)

    return of


@pytest.fixture
def now(facts: Callable[..., Now]) -> Now:
    return facts()


@pytest.fixture(scope="session")
def someone() -> Callable[..., Any]:
    """Return what makes a person abroad of a given age and experience in years, other fields by name."""

    def of(*, age: float = 35.0, experience: float = 0.0, month: int = JUNE_2024, **fields: Any) -> Any:
        person = plain_record(np.zeros(1, PERSON)[0])
        for_nobody(person)
        person.id, person.weight = 1, 100
        person.child_1 = person.child_2 = person.child_3 = person.parent_care_month = NEVER
        person.education, person.field, person.tier = BACHELOR, MANUFACTURING, NO_SCHOOL
        person.birth_month = month - round(age * 12)
        person.work_month = person.degree_month = month - round(experience * 12)
        for name, value in fields.items():
            setattr(person, name, value)
        return person

    return of


@pytest.fixture(scope="session")
def under() -> Callable[..., Now]:
    """Return what changes the law of every region, by field of POLICY."""

    def of(now: Now, **changes: Any) -> Now:
        return now._replace(policy=tuple(law._replace(**changes) for law in now.policy))

    return of


@pytest.fixture
def insured(now: Now, under: Callable[..., Any]) -> Now:
    """Return June 2024 with every employer enrolling, and rates that make round numbers."""
    return under(
        now,
        insurance_enforced_share=1.0,
        pension_employee_rate=0.08,
        pension_employer_rate=0.16,
        medical_employee_rate=0.02,
        unemployment_employee_rate=0.0,
        base_floor=0.6,
        base_cap=3.0,
    )
