"""Research in China: national programmes open to foreigners, the chance of a grant, hours lost in the laboratory.

Whoever does no research is untouched by all of it.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import ACADEMIC, ON_PR, RESEARCH
from simulation.records import Now, Person
from simulation.rules import services, traits, work_permit

RESIDENT = 3
"""Place of permanent residents among those whom programmes are opened to, after categories A, B and C."""


@rule
def is_researcher(person: Person) -> int:
    """Return 1 for people in research: by their field, or by coming as an academic."""
    return 1 if int(person.field) == RESEARCH or int(person.mode) == ACADEMIC else 0


@rule
def spoken_share(person: Person, now: Now) -> float:
    """Return the share of work that a person can do in Chinese, 0 to 1."""
    return services.language_share(traits.hsk_level(person, now.month, now.behaviour))


@rule
def grant_prob(person: Person, now: Now, region: int) -> float:
    """Return the chance that an application to an open programme is funded, 0 to 1: language x fair review."""
    policy = now.policy[region]
    behaviour = now.behaviour
    spoken = spoken_share(person, now)
    can_write = spoken + (1.0 - spoken) * policy.english_applications
    fair = 1.0 - behaviour.foreign_review_bias * (1.0 - policy.international_review)
    return behaviour.grant_success_prob * can_write * fair


@rule
def expected_grant(person: Person, now: Now, region: int, status: int) -> float:
    """Return the research funds that a researcher may expect under a status, yuan a year, at least 0."""
    policy = now.policy[region]
    group = RESIDENT if status == ON_PR else work_permit.lane_of(status)
    return policy.eligibility[group] * grant_prob(person, now, region) * policy.grant_cny


@rule
def funding_gain(person: Person, now: Now, region: int, status: int) -> float:
    """Return what research funds are worth to a career on arrival, utility a year; 0 outside research."""
    if is_researcher(person) == 0:
        return 0.0
    behaviour = now.behaviour
    funds = expected_grant(person, now, region, status)
    return behaviour.research_weight * draws.log(1.0 + funds / behaviour.grant_scale_cny)


@rule
def share_of_hours_lost(person: Person, now: Now, region: int) -> float:
    """Return the share of working hours that research loses to administration and to labs that work in Chinese alone.

    These are hours of work, so each weighs as one; 0 outside research.
    """
    if is_researcher(person) == 0:
        return 0.0
    policy = now.policy[region]
    barred = (1.0 - spoken_share(person, now)) * (1.0 - policy.english_labs)
    hours = policy.administrative_hours + now.behaviour.lab_language_hours * barred
    return hours / services.WORKING_HOURS
