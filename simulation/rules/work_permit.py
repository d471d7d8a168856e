"""Work permits: the points table, categories A, B and C, the direct routes, local supplements.

The table in force since April 2017 has nine blocks and at most 120 points (facts A1-01 to A1-41). The direct routes
are A3-01 to A3-18 and A4-22. All numbers are levers; the rules here say how they are put together.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    BACHELOR,
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_B1,
    CATEGORY_C,
    DOCTORATE,
    LANGUAGE_TEACHING,
    MASTER,
    NO_CATEGORY,
    ON_A,
    ON_C,
)
from simulation.records import Now, Person, Place, Policy
from simulation.rules import traits

ROUTES = (
    "none", "points", "pay multiple", "talent plan", "new doctorate", "bachelor and experience", "language teacher",
    "master's graduate", "bachelor's graduate", "below Category B",
)  # fmt: skip
(
    BY_NONE, BY_POINTS, BY_PAY, BY_TALENT_PLAN, BY_DOCTORATE, BY_EXPERIENCE, BY_TEACHING,
    BY_MASTER, BY_BACHELOR, BY_REMAINDER,
) = range(10)  # fmt: skip


@rule
def points_for_salary(salary_cny: float, policy: Policy) -> float:
    """Return the points of a yearly salary, non-decreasing; bands are closed on the left (A1-01 to A1-07).

    Parameters
    ----------
    salary_cny
        Salary paid by the employer in China, yuan a year.
    policy
        Levers ``work_permit.points.salary_min`` (rising) and ``work_permit.points.salary``.
    """
    points = 0.0
    for band in range(6):
        if salary_cny >= policy.points_salary_min[band]:
            points = policy.points_salary[band]
    return points


@rule
def points_for_education(education: int, policy: Policy) -> float:
    """Return the points of the highest degree (A1-08 to A1-10)."""
    return policy.points_education[education]


@rule
def points_for_experience(years: int, policy: Policy) -> float:
    """Return the points of completed years of related work: none below 2 years, then rising to a cap (A1-11 to A1-14)."""
    if years < 2:
        return 0.0
    points = policy.points_experience_first + policy.points_experience_per_year * (years - 2)
    if points > policy.points_experience_max:
        return policy.points_experience_max
    return points


@rule
def points_for_months(months_per_year: float, policy: Policy) -> float:
    """Return the points of months worked in China a year, 0 to 12 (A1-15 to A1-18)."""
    if months_per_year >= 9.0:
        return policy.points_months_9
    if months_per_year >= 6.0:
        return policy.points_months_6
    if months_per_year >= 3.0:
        return policy.points_months_3
    return 0.0


@rule
def points_for_chinese(hsk: int, former_national: int, chinese_degree: int, policy: Policy) -> float:
    """Return the points for Chinese: the best of HSK, former nationality and a degree taught in Chinese (A1-19 to A1-26)."""
    points = policy.points_hsk[hsk]
    if former_national == 1 and policy.points_former_national > points:
        points = policy.points_former_national
    if chinese_degree == 1 and policy.points_chinese_degree > points:
        points = policy.points_chinese_degree
    if points > policy.points_chinese_max:
        return policy.points_chinese_max
    return points


@rule
def points_for_place(place: Place, policy: Policy) -> float:
    """Return the points of the place of work: the west and the north-east earn some (A1-27 to A1-30)."""
    if place.is_west == 1.0:
        return policy.points_place_west
    if place.is_north_east == 1.0:
        return policy.points_place_north_east
    return 0.0


@rule
def points_for_age(age_years: float, policy: Policy) -> float:
    """Return the points of age, in completed years (A1-31 to A1-35); none below 18."""
    age = int(age_years)
    if age < 18:
        return 0.0
    if age <= 25:
        return policy.points_age[0]
    if age <= 45:
        return policy.points_age[1]
    if age <= 55:
        return policy.points_age[2]
    if age <= 60:
        return policy.points_age[3]
    return policy.points_age[4]


@rule
def points_for_extra(person: Person, years_in_china: float, policy: Policy) -> float:
    """Return the extra points, any one of four with a cap (A1-36 to A1-39)."""
    points = 0.0
    if int(person.top_university) == 1:
        points = policy.points_top_university
    if int(person.fortune_500) == 1 and policy.points_fortune_500 > points:
        points = policy.points_fortune_500
    if int(person.patent) == 1 and policy.points_patent > points:
        points = policy.points_patent
    if years_in_china >= 5.0 and policy.points_five_years > points:
        points = policy.points_five_years
    if points > policy.points_extra_max:
        return policy.points_extra_max
    return points


@rule
def points_for_local(policy: Policy) -> float:
    """Return the points that the province adds, within the national cap (A1-40)."""
    if policy.local_bonus > policy.local_bonus_max:
        return policy.local_bonus_max
    return policy.local_bonus


@rule
def total_points(person: Person, now: Now, region: int, salary_cny: float, months_per_year: float) -> float:
    """Return the points of all nine blocks, 0 to 120 under the law in force.

    Parameters
    ----------
    person, now
        The applicant and the month.
    region
        Index in REGIONS of the place of work.
    salary_cny
        Yearly salary in China, yuan.
    months_per_year
        Months of work in China a year, 0 to 12.
    """
    policy = now.policy[region]
    month = now.month
    return (
        points_for_salary(salary_cny, policy)
        + points_for_education(int(person.education), policy)
        + points_for_experience(traits.experience_years(person, month), policy)
        + points_for_months(months_per_year, policy)
        + points_for_chinese(
            traits.hsk_level(person, month, now.behaviour),
            int(person.former_national),
            int(person.chinese_degree),
            policy,
        )
        + points_for_place(now.places[region], policy)
        + points_for_age(traits.age_years(person, month), policy)
        + points_for_extra(person, traits.stay_months(person, month) / 12.0, policy)
        + points_for_local(policy)
    )


@rule
def local_bar(national: float, policy: Policy) -> float:
    """Return the bar of a region: the national one less the local supplement, kept within the band the nation allows."""
    supplement = policy.local_supplement
    if supplement > policy.local_supplement_max:
        supplement = policy.local_supplement_max
    if supplement < -policy.local_supplement_max:
        supplement = -policy.local_supplement_max
    return national - supplement


@rule
def pay_bar(multiple: float, place: Place, policy: Policy) -> float:
    """Return the yearly salary, yuan, at which a pay route opens: a multiple of the local average wage (A3-04, A3-05).

    Before 2026 the multiple was not enforced to the letter (A4-15, A4-16).
    """
    return multiple * place.average_wage * policy.pay_route_enforced_share


@rule
def route_to_a(person: Person, points: float, salary_cny: float, place: Place, policy: Policy, month: int) -> int:
    """Return the route that opens Category A, or BY_NONE."""
    if int(person.talent_plan) == 1 and policy.category_a_talent_plan == 1.0:
        return BY_TALENT_PLAN
    if points >= local_bar(policy.category_a_points_min, policy):
        return BY_POINTS
    if salary_cny >= pay_bar(policy.category_a_pay_multiple, place, policy):
        return BY_PAY
    # The regional route is for new doctorates: within a year of the degree.
    is_new = 0 <= month - int(person.degree_month) <= 12
    if is_new and int(person.education) == DOCTORATE and policy.category_a_doctorate == 1.0:
        return BY_DOCTORATE
    return BY_NONE


@rule
def graduate_route(person: Person, policy: Policy, month: int) -> int:
    """Return the route that waives experience for recent graduates, or BY_NONE (A3-15, A3-16)."""
    age_of_degree = month - int(person.degree_month)
    if age_of_degree < 0 or age_of_degree > policy.window_months or person.mark < policy.mark_min:
        return BY_NONE
    if int(person.education) >= MASTER and policy.master_waiver == 1.0:
        return BY_MASTER
    if int(person.education) == BACHELOR and policy.bachelor_waiver == 1.0:
        return BY_BACHELOR
    return BY_NONE


@rule
def route_to_b(person: Person, points: float, salary_cny: float, place: Place, policy: Policy, month: int) -> int:
    """Return the route that opens Category B, or BY_NONE (A3-02, A3-05, A3-11 to A3-18)."""
    if traits.age_years(person, month) >= policy.category_b_age_max + 1.0:
        return BY_NONE
    if points >= local_bar(policy.category_b_points_min, policy):
        return BY_POINTS
    if salary_cny >= pay_bar(policy.category_b_pay_multiple, place, policy):
        return BY_PAY
    if int(person.education) >= BACHELOR:
        years = traits.experience_years(person, month)
        if years >= policy.category_b_experience_years:
            return BY_EXPERIENCE
        if int(person.field) == LANGUAGE_TEACHING and years >= policy.language_teacher_experience_years:
            return BY_TEACHING
    return graduate_route(person, policy, month)


@rule
def category_of(person: Person, points: float, salary_cny: float, place: Place, policy: Policy, month: int) -> int:
    """Return the best category open to a person with these points and this salary.

    Non-increasing in every bar: a lower bar never leads to a lower category.
    """
    if route_to_a(person, points, salary_cny, place, policy, month) != BY_NONE:
        return CATEGORY_A
    if route_to_b(person, points, salary_cny, place, policy, month) != BY_NONE:
        if points >= policy.category_b1_points_min:
            return CATEGORY_B1
        return CATEGORY_B
    if traits.age_years(person, month) >= policy.category_b_age_max + 1.0:
        return NO_CATEGORY
    return CATEGORY_C


@rule
def points_as_read(person: Person, points: float, region: int, now: Now) -> float:
    """Return the points that the office of a region reads off the same file: uneven interpretation moves them.

    The shift is fixed for a person and a region, so that it is no lottery between applications.
    """
    dispersion = now.policy[region].interpretation_dispersion
    if dispersion <= 0.0:
        return points
    shift = draws.normal(now.seed, int(person.id), region, draws.INTERPRETATION)
    return points + dispersion * now.behaviour.interpretation_points * shift


@rule
def lane_of(status: int) -> int:
    """Return the lane of a status at the desks and in entitlements: 0 for A, 2 for C, 1 for B and all others."""
    if status == ON_A:
        return 0
    return 2 if status == ON_C else 1


@rule
def permit_months(category: int, is_first: int, is_graduate: int, policy: Policy) -> int:
    """Return the length of a permit in months (A5-09, A5-10; first permits of graduates A3-17)."""
    if is_graduate == 1 and is_first == 1:
        return int(policy.first_permit_months)
    if category == CATEGORY_A:
        return int(policy.category_a_permit_months)
    if category == CATEGORY_B1:
        return int(policy.category_b1_permit_months)
    if category == CATEGORY_B:
        return int(policy.category_b_permit_months)
    return int(policy.category_c_permit_months)


@rule
def grace_months(category: int, policy: Policy) -> int:
    """Return the months that a holder may look for a new post after losing one."""
    if category == CATEGORY_A:
        return int(policy.grace_months_category_a)
    return int(policy.grace_months_category_b)
