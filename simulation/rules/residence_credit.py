"""Months that count towards permanent residence: by status, across regions, after an absence.

The law counts years in China and names no category (C1-01). A rate for each status, and the shares that survive a move
or an absence, let a reform count some months for more, for less, or again. A rate holds for all months of the status
held when it changes.
"""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import ON_A, ON_C, ON_K, ON_R
from simulation.records import NEVER, Now, Person, Policy

NO_ROUTE = 1000.0
"""Years to a route that a person cannot take."""


@rule
def rate(status: int, policy: Policy) -> float:
    """Return how much a month in a status counts; the talent visa counts as A, a search for work as B."""
    if status == ON_A or status == ON_R:
        return policy.credit_category_a
    if status == ON_C:
        return policy.credit_category_c
    return policy.credit_k if status == ON_K else policy.credit_category_b


@rule
def months_so_far(person: Person, now: Now, policy: Policy) -> float:
    """Return the months that count up to now under the law of a region, at least 0."""
    months = float(int(person.credited_months))
    if int(person.entry_month) == NEVER:
        return months * policy.credit_kept_share
    status = int(person.status)
    since = int(person.entry_month) if status == ON_K else int(person.resident_month)
    if since == NEVER:
        return months
    return months + rate(status, policy) * (now.month - since)


@rule
def counted_months(person: Person, now: Now, region: int) -> float:
    """Return the months that count for a person in a region, were they to live there from now on."""
    policy = now.policy[region]
    months = months_so_far(person, now, policy)
    if int(person.entry_month) != NEVER and region != int(person.region):
        return months * policy.credit_portable_share
    return months


@rule
def years_until(person: Person, now: Now, region: int, status: int, years: float) -> float:
    """Return the years, at least 0, until so many years count for a person who lives on under a status, or NO_ROUTE."""
    if years >= NO_ROUTE:
        return NO_ROUTE
    missing = 12.0 * years - counted_months(person, now, region)
    if missing <= 0.0:
        return 0.0
    pace = rate(status, now.policy[region])
    # At too slow a pace the years never come.
    return missing / (12.0 * pace) if missing < 12.0 * NO_ROUTE * pace else NO_ROUTE


@rule
def hold_months(person: Person, now: Now, months: float) -> None:
    """Write down the whole months that count so far; the status from now on counts from this month."""
    person.credited_months = int(months)
    if int(person.resident_month) != NEVER:
        person.resident_month = now.month


@rule
def settle(person: Person, now: Now) -> None:
    """Write down what the status held counts for, before it changes."""
    hold_months(person, now, months_so_far(person, now, now.policy[int(person.region)]))


@rule
def carry_months(person: Person, now: Now, old_region: int, new_region: int) -> None:
    """Carry the months that count in one region to another: the share that the law of the new one lets survive."""
    months = months_so_far(person, now, now.policy[old_region])
    hold_months(person, now, months * now.policy[new_region].credit_portable_share)


@rule
def come_back(person: Person, now: Now) -> None:
    """Carry the months of earlier stays over an absence; asked before the new stay begins."""
    person.credited_months = int(months_so_far(person, now, now.policy[int(person.region)]))


@rule
def credit_studies(person: Person, now: Now) -> None:
    """Count the months of studies in China as the law does; asked when the studies end."""
    person.credited_months = int(now.policy[int(person.region)].credit_student * int(person.past_months))
