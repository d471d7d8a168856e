"""Permanent residence by points: the table, a published bar, and the years until a person reaches it.

There is no such route in force; the draft of 2020 foresees points and a yearly quota (C1-37), and Beijing tries points for
letters of recommendation (C1-38). Without a quota the pass mark alone decides. Under a quota those who reach the mark
register, and the best of them are drawn each month: see ``institutions.residence``.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import FILE_IN_POOL
from simulation.records import Now, Person, Policy
from simulation.rules import permanent_residence, residence_credit, tally, traits
from simulation.rules.permanent_residence import Prospect
from simulation.rules.residence_credit import NO_ROUTE


@rule
def capped(points: float, most: float) -> float:
    """Return points, at most a cap."""
    return most if points > most else points


@rule
def points_for_stay(months: float, policy: Policy) -> float:
    """Return the points of months that count towards residence, in whole points, to a cap."""
    return capped(
        float(int(policy.points_route_points_per_year * months / 12.0)),
        policy.points_route_points_per_year * policy.points_route_points_years_max,
    )


@rule
def points_for_pay(salary_cny: float, average_wage: float, policy: Policy) -> float:
    """Return the points of pay: so many for each whole multiple of the local average wage, to a cap."""
    multiple = int(salary_cny / average_wage)
    return capped(policy.points_route_points_per_pay_multiple * multiple, policy.points_route_points_pay_max)


@rule
def points_for_age(age_years: float, policy: Policy) -> float:
    """Return the points of age: most below 36, some below 46, then none."""
    if age_years < 36.0:
        return policy.points_route_points_age_under_36
    return policy.points_route_points_age_under_46 if age_years < 46.0 else 0.0


@rule
def points_of_person(person: Person, policy: Policy) -> float:
    """Return the points of what stays as it is: degree, university, field."""
    points = policy.points_route_points_education[int(person.education)]
    if int(person.top_university) == 1:
        points += policy.points_route_points_top_university
    if permanent_residence.is_in_key_field(person) == 1:
        points += policy.points_route_points_key_field
    return points


@rule
def points_ahead(person: Person, now: Now, region: int, status: int, salary_cny: float, years: int) -> int:
    """Return the points that a person will have in so many years who lives on under a status at the same pay."""
    policy = now.policy[region]
    month = now.month + 12 * years
    stay = residence_credit.counted_months(person, now, region)
    stay += 12.0 * years * residence_credit.rate(status, policy)
    points = points_of_person(person, policy)
    points += points_for_stay(stay, policy)
    points += points_for_pay(salary_cny, now.places[region].average_wage, policy)
    points += points_for_age(traits.age_years(person, month), policy)
    points += policy.points_route_points_per_hsk_level * traits.hsk_level(person, month, now.behaviour)
    last = tally.N_RESIDENCE_POINTS - 1
    return int(points) if points < last else last


@rule
def is_open(now: Now, region: int, status: int) -> int:
    """Return 1 where a points route exists for people who live under a status."""
    policy = now.policy[region]
    if policy.points_route_available == 0.0:
        return 0
    present = permanent_residence.presence_months(now, region, status)
    return 1 if present >= policy.points_route_presence_months else 0


@rule
def points_to_file(person: Person, now: Now, region: int, status: int, salary_cny: float) -> int:
    """Return the points with which a person may file this month, or 0 below the pass mark or without such a route."""
    if is_open(now, region, status) == 0:
        return 0
    points = points_ahead(person, now, region, status, salary_cny, 0)
    return points if points >= now.policy[region].points_route_pass_mark else 0


@rule
def is_ranked(now: Now, region: int) -> int:
    """Return 1 where points serve to rank applicants under a quota, 0 where the pass mark alone decides."""
    return 1 if now.policy[region].points_route_quota_per_year > 0.0 else 0


@rule
def years_left(person: Person, now: Now, region: int, status: int, salary_cny: float) -> float:
    """Return the whole years ahead, within the horizon, in which points first reach the bar, or NO_ROUTE."""
    if is_open(now, region, status) == 0:
        return NO_ROUTE
    bar = now.public[region].residence_bar
    for years in range(int(now.behaviour.horizon_years) + 1):
        if points_ahead(person, now, region, status, salary_cny, years) >= bar:
            return float(years)
    return NO_ROUTE


@rule
def prospect(person: Person, now: Now, region: int, status: int, salary_cny: float) -> Prospect:
    """Return what a person may expect of the points route: a published bar leaves little to doubt."""
    years = years_left(person, now, region, status, salary_cny)
    if years >= NO_ROUTE:
        return Prospect(NO_ROUTE, 0.0)
    if is_ranked(now, region) == 0:
        years += permanent_residence.decision_years(person, now, region)
    return Prospect(years, now.behaviour.published_belief)


@rule
def is_drawn(person: Person, now: Now) -> int:
    """Return 1 if a registered person is drawn this month: above the cut-off all, at it the share that the quota leaves."""
    if int(person.pr_stage) != FILE_IN_POOL:
        return 0
    here = now.public[int(person.region)]
    if int(person.pr_points) > here.residence_cutoff:
        return 1
    if int(person.pr_points) < here.residence_cutoff:
        return 0
    share = here.residence_tie_share
    return 1 if draws.bernoulli(share, now.seed, int(person.id), now.month, draws.PR_DRAW) else 0
