"""Work in China: pay, the gain to a career, research funding."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import ACADEMIC, ASSIGNEE, RESEARCH, SELF_INITIATED
from simulation.records import Now, Person
from simulation.rules import traits


@rule
def salary(person: Person, now: Now, region: int) -> float:
    """Return the yearly salary that employers in a region offer, yuan of 2024."""
    behaviour = now.behaviour
    mode = int(person.mode)
    if mode == ASSIGNEE and traits.is_posted(person, now.month) == 0:
        # After the assignment the local contract replaces the package.
        mode = SELF_INITIATED
    log_pay = (
        now.origins[int(person.origin)].china_pay
        + traits.log_pay_relative(person, now)
        + person.china_gap
        + behaviour.field_pay[int(person.field)]
        + behaviour.mode_pay[mode]
        + now.places[region].pay_premium
    )
    return draws.exp(log_pay)


@rule
def home_salary(person: Person, now: Now) -> float:
    """Return the yearly salary at home, yuan of 2024 at purchasing power."""
    log_pay = (
        now.origins[int(person.origin)].home_pay
        + traits.log_pay_relative(person, now)
        + person.home_gap
        + now.behaviour.field_pay[int(person.field)]
    )
    return draws.exp(log_pay)


@rule
def log_rival_pay(person: Person, now: Now) -> float:
    """Return the best log net pay that third countries offer, weighted by the chance of a visa; ties to the lower index.

    The chance of a visa enters as log odds-weighted pay, the delay to a settled status as 1% of pay a year
    (assumption), and each origin has its own access.
    """
    field = int(person.field)
    best = -1000.0
    for index in range(len(now.rivals)):
        rival = now.rivals[index]
        value = (
            rival.pay
            + rival.field_premium[field]
            + draws.log(1.0 - rival.tax)
            + now.behaviour.rival_access_weight * draws.log(rival.access)
            - 0.01 * rival.wait_years
        )
        if value > best:
            best = value
    origin = now.origins[int(person.origin)]
    return best + origin.rival_access + traits.log_pay_relative(person, now) + person.rival_gap


@rule
def career_gain(person: Person, now: Now, stay_months: int) -> float:
    """Return the gain to a career in China, utility a year; it fades with the months of the stay."""
    behaviour = now.behaviour
    gain = behaviour.career_gain[int(person.field)]
    if int(person.field) == RESEARCH or int(person.mode) == ACADEMIC:
        gain += behaviour.research_weight * draws.log(1.0 + behaviour.grant_expected_cny / behaviour.grant_scale_cny)
    return gain * draws.exp(-stay_months / behaviour.career_fade_months)
