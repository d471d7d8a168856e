"""Daily life: the hours lost to tasks that fail, at the hospital, the school, the bank, the station, the counter."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import BELIEF_SERVICES, GOVERNMENT, MONEY, ON_PR
from simulation.records import Now, Person
from simulation.rules import beliefs, traits, welcome

WORKING_HOURS = 2000.0
"""Working hours of a year, by which lost hours become a share of pay."""


@rule
def language_share(hsk: int) -> float:
    """Return the share of tasks that a person can do in Chinese, 0 to 1: half at HSK 4 (assumption)."""
    return 1.0 / (1.0 + draws.exp(4.0 - hsk))


@rule
def success_prob(person: Person, now: Now, region: int, service: int, as_resident: int, spoken: float) -> float:
    """Return the chance that one task works: document accepted x language x capacity.

    Parameters
    ----------
    service
        Index in SERVICES.
    as_resident
        1 with the residence card of permanent residents (the Five-Star Card).
    spoken
        Share of tasks that the person can do in Chinese, 0 to 1.
    """
    policy = now.policy[region]
    accepted = policy.card_of_residents[service] if as_resident == 1 else policy.passport[service]
    english = policy.english[service]
    prob = accepted * (spoken + (1.0 - spoken) * english) * now.public[region].service_share[service]
    if service == MONEY and as_resident == 0:
        # E-payment is a newcomer's problem: half the gap to success closes in the months of learning.
        months = traits.china_months(person, now.month)
        learnt = months / (months + welcome.payment_months(person, now, region))
        prob = prob + (1.0 - prob) * learnt * 0.5
    return prob


@rule
def hours_lost(person: Person, now: Now, region: int, as_resident: int) -> float:
    """Return the hours a year that failed tasks of daily life take, at least 0."""
    behaviour = now.behaviour
    spoken = language_share(traits.hsk_level(person, now.month, behaviour))
    hours = 0.0
    for service in range(5):
        prob = success_prob(person, now, region, service, as_resident, spoken)
        lost = behaviour.tasks_per_year[service] * (1.0 - prob) * behaviour.hours_per_failure[service]
        if service == GOVERNMENT or service == MONEY:
            # Work and life in one visit: part of the counter and bank errands fall away.
            lost = lost * (1.0 - now.policy[region].one_visit_hours_share)
        hours += lost
    return hours


@rule
def loss_share(person: Person, now: Now, region: int, status: int, filing_hours: float) -> float:
    """Return the share of income that lost hours are worth: services and filing, 0 to ``loss_max``."""
    as_resident = 1 if status == ON_PR else 0
    hours = hours_lost(person, now, region, as_resident) + filing_hours
    hours *= beliefs.ratio(person, now, BELIEF_SERVICES)
    share = now.behaviour.psych_multiplier * hours / WORKING_HOURS
    if share > now.behaviour.loss_max:
        return now.behaviour.loss_max
    return share
