"""Permanent residence by decision: the lawful routes, years towards them, and the chance in an applicant's eyes.

Routes in force: a qualifying post (C1-01), pay and tax (C1-22 to C1-25), marriage to a citizen (C1-06), special
contribution (C1-10), investment (C1-03 to C1-05), Chinese descent (C1-29). The draft of 2020 foresaw three more: a degree
(C1-30), a key field (C1-32), a long stay at lower pay (C1-34). Each route is one function that returns the years it asks
for, or NO_ROUTE. The points route is in ``residence_points``.
"""

from __future__ import annotations

from typing import NamedTuple

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    BELIEF_RESIDENCE,
    DOCTORATE,
    ENGINEERING,
    ENTREPRENEUR,
    FILE_IN_LINE,
    FILE_UNDER_REVIEW,
    ON_R,
    PR_REVIEW,
    RESEARCH,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import beliefs, filing, pension, residence_credit, tax, traits
from simulation.rules.residence_credit import NO_ROUTE

RECOMMENDED, INVESTOR, IN_KEY_AREA = range(3)
"""Traits that routes ask for and no other rule does; index of the draw."""


class Prospect(NamedTuple):
    """What a person may expect of permanent residence."""

    years: float  # until it is granted, or NO_ROUTE
    chance: float  # that it is, 0 to 1


@rule
def has_trait(person: Person, now: Now, trait: int, share: float) -> int:
    """Return 1 if a person is among the share who have a trait: a lasting draw, so that a wider share drops nobody."""
    return 1 if draws.uniform(now.seed, int(person.id), 0, draws.PR_TRAIT, trait) < share else 0


@rule
def presence_months(now: Now, region: int, status: int) -> float:
    """Return the months a year that a status is lived in China: all on a permit, the length of the visits on an R visa."""
    if status == ON_R:
        return 12.0 * now.behaviour.visit_share * now.policy[region].r_visa_stay_days / 180.0
    return 12.0


@rule
def is_in_key_field(person: Person) -> int:
    """Return 1 in the fields that rules about key industries mean: research, engineering, information technology."""
    return 1 if int(person.field) == RESEARCH or int(person.field) == ENGINEERING else 0


@rule
def earns_multiple(now: Now, region: int, salary_cny: float, multiple: float) -> int:
    """Return 1 if pay reaches a multiple of the local average wage."""
    return 1 if salary_cny >= multiple * now.places[region].average_wage else 0


@rule
def holds_qualifying_post(person: Person, now: Now, region: int) -> int:
    """Return 1 if the person's post ranks as deputy general manager, associate professor or above.

    The rank is a trait: a draw against the share of posts that count, so that a wider share adds people and drops none.
    """
    u = draws.uniform(now.seed, int(person.id), 0, draws.PR_POST)
    return 1 if u < now.policy[region].employment_route_open_share else 0


@rule
def by_post(person: Person, now: Now, region: int, present: float) -> float:
    """Return the years asked of people in a qualifying post (C1-01), who live here most of the time (C1-02)."""
    policy = now.policy[region]
    if present < policy.employment_route_presence_months or holds_qualifying_post(person, now, region) == 0:
        return NO_ROUTE
    return policy.employment_route_years


@rule
def by_salary(person: Person, now: Now, region: int, salary_cny: float, present: float) -> float:
    """Return the years asked of people whose pay and income tax are high (C1-22 to C1-25)."""
    policy = now.policy[region]
    if policy.salary_route_available == 0.0 or present < policy.salary_route_presence_months:
        return NO_ROUTE
    if earns_multiple(now, region, salary_cny, policy.salary_route_pay_multiple) == 0:
        return NO_ROUTE
    paid_in = pension.employee_contributions(person, now, region, salary_cny, 1.0)
    paid_tax = tax.tax_on_salary(salary_cny, paid_in, traits.is_posted(person, now.month), policy)
    return policy.salary_route_years if paid_tax >= policy.salary_route_tax_share * salary_cny else NO_ROUTE


@rule
def by_marriage(person: Person, now: Now, region: int, present: float) -> float:
    """Return the years asked of spouses of citizens (C1-06), who live here nine months a year (C1-07)."""
    policy = now.policy[region]
    if int(person.chinese_spouse) == 0 or present < policy.kin_route_presence_months:
        return NO_ROUTE
    return policy.kin_route_years


@rule
def by_contribution(person: Person, now: Now, region: int) -> float:
    """Return 0 years for people of special contribution, whom neither post nor residence is asked of (C1-10)."""
    if int(person.talent_plan) == 0:
        return NO_ROUTE
    share = now.policy[region].talent_route_open_share
    return 0.0 if has_trait(person, now, RECOMMENDED, share) == 1 else NO_ROUTE


@rule
def by_investment(person: Person, now: Now, region: int) -> float:
    """Return the years asked of those entrepreneurs who have invested enough (C1-03 to C1-05)."""
    policy = now.policy[region]
    if int(person.mode) != ENTREPRENEUR:
        return NO_ROUTE
    is_large = has_trait(person, now, INVESTOR, policy.investment_route_open_share) == 1
    return policy.investment_route_years if is_large else NO_ROUTE


@rule
def by_descent(person: Person, now: Now, region: int, present: float) -> float:
    """Return the years asked of people of Chinese descent with a doctorate, or at work in a key area (C1-29)."""
    policy = now.policy[region]
    if policy.heritage_route_available == 0.0 or int(person.ethnic_chinese) == 0:
        return NO_ROUTE
    if present < policy.heritage_route_presence_months:
        return NO_ROUTE
    years = policy.heritage_route_doctorate_years if int(person.education) == DOCTORATE else NO_ROUTE
    if has_trait(person, now, IN_KEY_AREA, policy.heritage_route_area_share) == 1:
        return shorter(years, policy.heritage_route_area_years)
    return years


@rule
def by_degree(person: Person, now: Now, region: int, present: float) -> float:
    """Return the years that the draft of 2020 asks of doctors and graduates of renowned universities (C1-30, C1-31)."""
    policy = now.policy[region]
    if policy.degree_route_available == 0.0 or present < policy.degree_route_presence_months:
        return NO_ROUTE
    holds = int(person.education) == DOCTORATE or int(person.top_university) == 1
    return policy.degree_route_years if holds else NO_ROUTE


@rule
def by_key_field(person: Person, now: Now, region: int, salary_cny: float) -> float:
    """Return the years that the draft of 2020 asks of well-paid people in key industries (C1-32)."""
    policy = now.policy[region]
    if policy.key_field_route_available == 0.0 or is_in_key_field(person) == 0:
        return NO_ROUTE
    earns = earns_multiple(now, region, salary_cny, policy.key_field_route_pay_multiple) == 1
    return policy.key_field_route_years if earns else NO_ROUTE


@rule
def by_long_stay(now: Now, region: int, salary_cny: float, present: float) -> float:
    """Return the years that the draft of 2020 asks of people of lower pay who stay long (C1-34)."""
    policy = now.policy[region]
    if policy.long_stay_route_available == 0.0 or present < policy.long_stay_route_presence_months:
        return NO_ROUTE
    earns = earns_multiple(now, region, salary_cny, policy.long_stay_route_pay_multiple) == 1
    return policy.long_stay_route_years if earns else NO_ROUTE


@rule
def shorter(years: float, other: float) -> float:
    """Return the smaller of two numbers of years."""
    return other if other < years else years


@rule
def years_needed(person: Person, now: Now, region: int, status: int, salary_cny: float) -> float:
    """Return the years of residence that the shortest open route asks for under a status, or NO_ROUTE."""
    present = presence_months(now, region, status)
    years = by_contribution(person, now, region)
    years = shorter(years, by_post(person, now, region, present))
    years = shorter(years, by_salary(person, now, region, salary_cny, present))
    years = shorter(years, by_marriage(person, now, region, present))
    years = shorter(years, by_investment(person, now, region))
    years = shorter(years, by_descent(person, now, region, present))
    years = shorter(years, by_degree(person, now, region, present))
    years = shorter(years, by_key_field(person, now, region, salary_cny))
    return shorter(years, by_long_stay(now, region, salary_cny, present))


@rule
def years_left(person: Person, now: Now, region: int, status: int, salary_cny: float) -> float:
    """Return the years, at least 0, until a person who lives on under a status may apply, or NO_ROUTE."""
    years = years_needed(person, now, region, status, salary_cny)
    return residence_credit.years_until(person, now, region, status, years)


@rule
def decision_years(person: Person, now: Now, region: int) -> float:
    """Return the years from filing, or from now for a file under way, to the decision: review and the line behind it."""
    queue = now.public[region].residence_queue_months / 12.0
    if int(person.pr_stage) == FILE_IN_LINE:
        return queue
    if int(person.pr_stage) == FILE_UNDER_REVIEW:
        return (int(person.pr_month) - now.month) / 12.0 + queue
    return now.policy[region].service_days[PR_REVIEW] * filing.CALENDAR_DAYS / 365.0 + queue


@rule
def would_apply(person: Person, now: Now, region: int) -> int:
    """Return 1 for people who apply once they may: some by themselves, others if they are invited."""
    alone = now.behaviour.residence_take_up
    share = alone + (1.0 - alone) * now.policy[region].automatic_invitation
    return 1 if draws.uniform(now.seed, int(person.id), 0, draws.PR_TAKE_UP) < share else 0


@rule
def believed_chance(person: Person, now: Now, region: int) -> float:
    """Return the believed chance that an application is granted once the rules are met, 0 to 1."""
    chance = now.behaviour.resident_belief * now.public[region].resident_share
    chance *= beliefs.ratio(person, now, BELIEF_RESIDENCE)
    return chance if chance < 1.0 else 1.0


@rule
def prospect(person: Person, now: Now, region: int, status: int, salary_cny: float) -> Prospect:
    """Return what a person may expect of the routes by decision, living on under a status."""
    years = years_left(person, now, region, status, salary_cny)
    if years >= NO_ROUTE:
        return Prospect(NO_ROUTE, 0.0)
    return Prospect(years + decision_years(person, now, region), believed_chance(person, now, region))


@rule
def holds_card(person: Person, now: Now) -> int:
    """Return 1 for residents abroad whose absence has not yet cost them their residence (C1-16)."""
    return 1 if int(person.entry_month) == NEVER and now.month < int(person.card_until) else 0
