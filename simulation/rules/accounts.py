"""A person's accounts: tax, social insurance, school places, hours lost, as of the last event in China."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import CATEGORY_A, ON_A, ON_C, ON_PR, TIER_PUBLIC, WITH_FAMILY
from simulation.records import Now, Person, Policy
from simulation.rules import pension, services, tax, traits, work_permit


@rule
def has_post(person: Person) -> int:
    """Return 1 for people in China who are paid by an employer there: holders of A, B, C, and residents."""
    status = int(person.status)
    return 1 if ON_A <= status <= ON_C or status == ON_PR else 0


@rule
def paid_salary(person: Person, now: Now) -> float:
    """Return the yearly pay, yuan: the salary of the last decision with what Category A earns more."""
    status = int(person.status)
    if status == ON_A or (status == ON_PR and int(person.category) == CATEGORY_A):
        return person.salary_cny * draws.exp(now.behaviour.category_a_pay)
    return person.salary_cny


@rule
def insurance_rate(policy: Policy) -> float:
    """Return medical and unemployment insurance of both sides, share of the base (D-05 to D-08)."""
    medical = policy.medical_employee_rate + policy.medical_employer_rate
    return medical + policy.unemployment_employee_rate + policy.unemployment_employer_rate


@rule
def yearly_insurance(person: Person, now: Now, salary_cny: float, share: float) -> float:
    """Return what employee and employer pay in, yuan a year, when a share of the pension is due."""
    region = int(person.region)
    if pension.is_insured(person, region, now) == 0:
        return 0.0
    policy = now.policy[region]
    base = pension.contribution_base(salary_cny, now.places[region], policy)
    return base * (share * (policy.pension_employee_rate + policy.pension_employer_rate) + insurance_rate(policy))


@rule
def yearly_hours(person: Person, now: Now) -> float:
    """Return the hours a year that failed errands and, for holders of a permit, filing take."""
    region = int(person.region)
    status = int(person.status)
    hours = services.hours_lost(person, now, region, 1 if status == ON_PR else 0)
    if ON_A <= status <= ON_C:
        hours += now.public[region].filing_hours[work_permit.lane_of(status)]
    return hours


@rule
def update(person: Person, now: Now) -> None:
    """Bring a person's accounts up to date after the events of a month; nobody abroad has any."""
    person.tax_cny = 0
    person.insurance_cny = 0
    person.hours_lost = 0
    person.pupils = 0
    if int(person.is_counted) == 0:
        return
    person.hours_lost = int(yearly_hours(person, now))
    if int(person.family_mode) == WITH_FAMILY and int(person.tier) == TIER_PUBLIC:
        person.pupils = traits.n_school_children(person, now.month)
    if has_post(person) == 0:
        return
    region = int(person.region)
    salary_cny = paid_salary(person, now)
    share = pension.chosen_pension_share(person, now, region, salary_cny)
    paid_in = pension.employee_contributions(person, now, region, salary_cny, share)
    posted = traits.is_posted(person, now.month)
    person.tax_cny = int(tax.tax_on_salary(salary_cny, paid_in, posted, now.policy[region]))
    person.insurance_cny = int(yearly_insurance(person, now, salary_cny, share))


@rule
def refund(person: Person, now: Now, months: int, insurance_cny: int) -> float:
    """Return what a leaver gets back of the pension paid in over a stay, yuan.

    Parameters
    ----------
    months
        Months of contributions in the stay, at least 0.
    insurance_cny
        Social insurance of both sides before leaving, yuan a year; 0 for those between posts.

    Notes
    -----
    All months count at the pay of the last decision (assumption); those who draw a pension get nothing back.
    """
    region = int(person.region)
    policy = now.policy[region]
    if months <= 0:
        return 0.0
    if now.month >= pension.retirement_month(person, policy) and pension.qualifies(person, now, region) == 1:
        return 0.0
    base = pension.contribution_base(person.salary_cny, now.places[region], policy)
    both = policy.pension_employee_rate + policy.pension_employer_rate
    yearly = base * both
    if insurance_cny > 0:
        # Less than the whole is due under a short-term scheme: the rest of what is paid is the pension's part.
        due = insurance_cny - base * insurance_rate(policy)
        yearly = due if 0.0 < due < yearly else yearly
    own = policy.own_account_refund_share * policy.pension_employee_rate
    pool = policy.refund_pool_share * policy.pension_employer_rate
    return yearly * (own + pool) / both * months / 12.0 if both > 0.0 else 0.0
