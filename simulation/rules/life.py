"""One month of one person: the state machine that calls the other rules, and the next month in which it must."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import (
    ABROAD,
    APPLYING,
    CONSIDERING,
    LEFT,
    NO_TICKET,
    ON_A,
    ON_C,
    ON_K,
    ON_R,
    OUT,
    SEEKING,
    STUDENT,
    WITH_FAMILY,
)
from simulation.records import NEVER, Now, Person, Policy
from simulation.rules import (
    attention,
    coming,
    family,
    household,
    ledger,
    month_in_china,
    pension,
    residence_credit,
    residing,
    staying,
    tally,
    traits,
)

HEARD_AT_ONCE = ("permit_spouse_may_work", "resident_spouse_may_work")
"""Levers whose change reaches those concerned in its month, not at their next event."""


@rule
def live(person: Person, now: Now, counts: tally.Tally) -> int:
    """Live the events of one month and return the next month in which anything can happen.

    Parameters
    ----------
    person
        Changed in place.
    now
        Law, world, last month's public facts and behaviour.
    counts
        Receives what happened, in whole people.
    """
    opening = ledger.open_month(person, now)
    attention.step_taste(person, now)
    status = int(person.status)
    if status == ABROAD or status == LEFT:
        think_abroad(person, now, counts)
    elif status == CONSIDERING:
        coming.search(person, now, counts)
    elif status == APPLYING:
        coming.decide_application(person, now, counts)
    elif status == STUDENT:
        residence_credit.credit_studies(person, now)
        staying.graduate(person, now, counts)
    elif status != OUT:
        month_in_china.reside(person, now, counts)
    ledger.close_month(person, now, counts, opening)
    return next_month(person, now)


@rule
def think_abroad(person: Person, now: Now, counts: tally.Tally) -> None:
    """Meet a candidate moment of attention abroad; beyond the age of moving, leave the pool."""
    if traits.age_years(person, now.month) >= now.behaviour.age_exit:
        person.status = OUT
        return
    coming.consider(person, now, counts)
    if int(person.status) == CONSIDERING:
        coming.search(person, now, counts)


@rule
def sooner(best: int, candidate: int, month: int) -> int:
    """Return the earlier of two months, passing over a candidate that is not in the future."""
    return candidate if month < candidate < best else best


@rule
def next_month(person: Person, now: Now) -> int:
    """Return the next month in which anything can happen to a person, NEVER if none."""
    month = now.month
    status = int(person.status)
    if status == OUT:
        return NEVER
    if status == ABROAD or status == LEFT:
        return int(person.attention_month)
    if status == CONSIDERING or status == SEEKING or status == ON_K:
        return month + 1
    if status == APPLYING:
        return int(person.ticket_month)
    wake = next_own_month(person, now)
    if int(person.ticket) != NO_TICKET:
        wake = sooner(wake, int(person.ticket_month), month)
    wake = sooner(wake, int(person.pr_month), month)
    if ON_A <= status <= ON_C and int(person.ticket) == NO_TICKET:
        wake = sooner(wake, int(person.permit_until) - staying.RENEWAL_LEAD_MONTHS, month)
    if status == ON_R:
        wake = sooner(wake, int(person.permit_until), month)
    return sooner(wake, residing.opening_month(person, now), month)


@rule
def next_own_month(person: Person, now: Now) -> int:
    """Return the next month of a person's own clocks: job, reviews, term, family, age."""
    month = now.month
    wake = sooner(NEVER, int(person.job_loss_month), month)
    wake = sooner(wake, int(person.review_month), month)
    wake = sooner(wake, int(person.term_end), month)
    wake = sooner(wake, int(person.parent_care_month), month)
    policy = now.policy[int(person.region)]
    wake = sooner(wake, pension.retirement_month(person, policy), month)
    wake = sooner(wake, pension.last_call_month(person, now), month)
    for years in (30, 40, 50, staying.LAST_AGE_YEARS):
        wake = sooner(wake, int(person.birth_month) + 12 * years, month)
    return sooner(wake, next_family_month(person, now), month) if int(person.couple) == 1 else wake


@rule
def next_family_month(person: Person, now: Now) -> int:
    """Return the next month of a couple's own dates: births, the school year, joining, the spouse's search."""
    month = now.month
    wake = sooner(NEVER, int(person.child_1), month)
    wake = sooner(wake, int(person.child_2), month)
    wake = sooner(wake, int(person.child_3), month)
    september = next_september(month)
    if traits.n_school_children(person, september) > 0:
        wake = sooner(wake, september, month)
    if int(person.family_mode) != WITH_FAMILY:
        return sooner(wake, int(person.entry_month) + household.SETTLED_MONTHS, month)
    if int(person.spouse_works) == 0:
        wake = sooner(wake, int(person.family_month) + 12, month)
        if int(person.spouse_from_month) != NEVER:
            wake = sooner(wake, int(person.spouse_from_month) + family.spouse_search_months(person, now), month)
    return wake


@rule
def wakes_to_law(person: Person, before: Policy, law: Policy) -> int:
    """Return 1 for couples with a lead in China whose spouse's right to work comes or goes with the law of a month.

    Their own clocks would let them learn of it only at their next event.
    """
    if int(person.is_counted) == 0 or int(person.couple) == 0:
        return 0
    status = int(person.status)
    return 1 if family.spouse_may_work(person, status, before) != family.spouse_may_work(person, status, law) else 0


@rule
def next_september(month: int) -> int:
    """Return the first September after a month."""
    ahead = (8 - month % 12) % 12
    return month + (ahead if ahead > 0 else 12)
