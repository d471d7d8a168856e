"""Visas that need no work permit first: who may hold the talent visa (R), and who the one for young scientists (K)."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import BACHELOR, CATEGORY_A, CATEGORY_B, ENGINEERING, RESEARCH
from simulation.records import Now, Person, Policy
from simulation.rules import traits


@rule
def may_take_k(person: Person, now: Now, region: int) -> int:
    """Return 1 if a person may enter on a K visa: young, a degree in science or technology, no employer (B-07 to B-11)."""
    policy = now.policy[region]
    if policy.k_visa_available == 0.0 or int(person.education) < BACHELOR:
        return 0
    if traits.age_years(person, now.month) >= policy.k_visa_age_max:
        return 0
    return 1 if int(person.field) == RESEARCH or int(person.field) == ENGINEERING else 0


@rule
def may_take_r(category: int, policy: Policy) -> int:
    """Return 1 if the talent visa is open to a category: A (B-05), and B where the law treats the two alike."""
    if policy.r_visa_available == 0.0:
        return 0
    if category == CATEGORY_A:
        return 1
    return 1 if category <= CATEGORY_B and policy.r_visa_category_b == 1.0 else 0
