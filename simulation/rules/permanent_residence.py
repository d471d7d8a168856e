"""Permanent residence: the lawful routes in force, years towards them, and the chance in an applicant's eyes.

Routes now: four years in a qualifying post (C1-01), four years of pay at six times the local wage with a fifth of it
paid in tax (C1-22 to C1-25), five years of marriage to a citizen (C1-06, C1-07).
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import BELIEF_RESIDENCE, PR_REVIEW
from simulation.records import NEVER, Now, Person
from simulation.rules import beliefs, filing, pension, tax, traits

NO_ROUTE = 1000.0
"""Years to a route that a person cannot take."""


@rule
def holds_qualifying_post(person: Person, now: Now, region: int) -> int:
    """Return 1 if the person's post ranks as deputy general manager, associate professor or above.

    The rank is a trait: a draw against the share of posts that count, so that a wider share adds people and drops none.
    """
    u = draws.uniform(now.seed, int(person.id), 0, draws.PR_POST)
    return 1 if u < now.policy[region].employment_route_open_share else 0


@rule
def meets_salary_route(person: Person, now: Now, region: int, salary_cny: float) -> int:
    """Return 1 if pay and tax reach the salary route."""
    policy = now.policy[region]
    if policy.salary_route_available == 0.0:
        return 0
    if salary_cny < policy.salary_route_pay_multiple * now.places[region].average_wage:
        return 0
    paid_in = pension.employee_contributions(person, now, region, salary_cny, 1.0)
    paid_tax = tax.tax_on_salary(salary_cny, paid_in, traits.is_posted(person, now.month), policy)
    return 1 if paid_tax >= policy.salary_route_tax_share * salary_cny else 0


@rule
def years_needed(person: Person, now: Now, region: int, salary_cny: float) -> float:
    """Return the years of residence that the shortest open route asks for, or NO_ROUTE."""
    policy = now.policy[region]
    years = NO_ROUTE
    if holds_qualifying_post(person, now, region) == 1:
        years = policy.employment_route_years
    if policy.salary_route_years < years and meets_salary_route(person, now, region, salary_cny) == 1:
        years = policy.salary_route_years
    if int(person.chinese_spouse) == 1 and policy.kin_route_years < years:
        years = policy.kin_route_years
    return years


@rule
def years_left(person: Person, now: Now, region: int, salary_cny: float) -> float:
    """Return the years until a person may apply, at least 0, or NO_ROUTE."""
    needed = years_needed(person, now, region, salary_cny)
    if needed >= NO_ROUTE:
        return NO_ROUTE
    lived = 0.0
    if int(person.resident_month) != NEVER:
        lived = (now.month - int(person.resident_month)) / 12.0
    left = needed - lived
    return left if left > 0.0 else 0.0


@rule
def believed_chance(person: Person, now: Now, region: int) -> float:
    """Return the believed chance that an application is granted once the rules are met, 0 to 1."""
    chance = now.behaviour.resident_belief * now.public[region].resident_share
    chance *= beliefs.ratio(person, now, BELIEF_RESIDENCE)
    return chance if chance < 1.0 else 1.0


@rule
def is_granted(person: Person, now: Now) -> int:
    """Return 1 if the application decided this month is granted: the person's own draw against the share granted."""
    u = draws.uniform(now.seed, int(person.id), int(person.residence_applications), draws.PR_DECISION)
    return 1 if u < now.public[int(person.region)].resident_share else 0


@rule
def opening_month(person: Person, years: float) -> int:
    """Return the month in which a route of so many years opens to a person, NEVER to people without such years."""
    if int(person.resident_month) == NEVER:
        return NEVER
    return int(person.resident_month) + int(years * 12.0)


@rule
def opens_this_month(person: Person, now: Now) -> int:
    """Return 1 in the months in which the years asked for by a route are complete."""
    policy = now.policy[int(person.region)]
    for years in (policy.employment_route_years, policy.salary_route_years, policy.kin_route_years):
        if opening_month(person, years) == now.month:
            return 1
    return 0


@rule
def review_months(person: Person, now: Now) -> int:
    """Return the months that the review of an application takes, at least 1."""
    days = now.policy[int(person.region)].service_days[PR_REVIEW] * filing.CALENDAR_DAYS
    return 1 + int(days / filing.DAYS_PER_MONTH)
