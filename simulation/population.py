"""The pool: everyone who could ever come, future cohorts included, drawn before any policy is known.

A person has an identity and traits whatever the law does. People whose first candidate moment of attention falls after
the horizon need no row: nothing can happen to them (exact thinning, no bias), so that the pool abroad is thinner in rows
than the people in China, of whom one row stands for ``scale``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation import draws
from simulation.compiled import compiled, rule
from simulation.names import (
    ABROAD,
    EDUCATIONS,
    FEMALE,
    FIELDS,
    MALE,
    NO_SCHOOL,
    ORIGINS,
    REGIONS,
    STUDENT,
    STUDENT_MODE,
)
from simulation.pool_tables import POOL_FIELDS
from simulation.records import NEVER, PERSON, POOL, Behaviour, Given, Person
from simulation.rules import attention, clocks, traits

N_ORIGINS, N_FIELDS, N_EDUCATIONS, N_REGIONS = len(ORIGINS), len(FIELDS), len(EDUCATIONS), len(REGIONS)
N_MODES_OF_WORK = 4
FROM_START, FROM_COHORT, FROM_STUDIES = range(3)


def pool_record(pool: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Return the pool's tables as one record; matrices by field are laid out row by row."""
    record = np.zeros(1, POOL)
    for name, *_ in POOL_FIELDS:
        record[name][0] = np.asarray(pool[name], dtype=float).reshape(POOL[name].shape)
    return record


@rule
def is_flag(person_id: int, seed: int, index: int, share: float) -> int:
    """Draw a yes-or-no trait held by a share of people."""
    return 1 if draws.bernoulli(share, seed, person_id, 0, draws.FLAGS, index) else 0


@rule
def pick(u: float, shares: Any, first: int, n: int) -> int:
    """Return the index that a uniform draw picks from ``n`` shares, starting at ``first``; shares need not sum to 1."""
    total = 0.0
    for index in range(n):
        total += shares[first + index]
    reached = 0.0
    for index in range(n):
        reached += shares[first + index]
        if u * total < reached:
            return index
    return n - 1


@rule
def source_of(person_id: int, scale: float, pool: Any) -> int:
    """Return where a person of a number comes from: the pool at the start, a later cohort, or studies in China."""
    if (person_id - 1) * scale < pool.size_start:
        return FROM_START
    # Later entrants and graduates are dealt in the proportion of their yearly numbers.
    index = (person_id - 1) - int(pool.size_start / scale)
    share = pool.students_per_year / (pool.students_per_year + pool.cohort_per_year)
    return FROM_STUDIES if int((index + 1) * share) > int(index * share) else FROM_COHORT


@rule
def pool_month(person_id: int, scale: float, pool: Any) -> int:
    """Return the month in which a person enters the pool; later ones are spread evenly over time."""
    if source_of(person_id, scale, pool) == FROM_START:
        return 0
    index = (person_id - 1) - int(pool.size_start / scale)
    per_month = (pool.cohort_per_year + pool.students_per_year) / 12.0 / scale
    return int(index / per_month)


@rule
def first_attention(person_id: int, seed: int, month: int, is_active: int, behaviour: Behaviour) -> int:
    """Return the first candidate month of attention of a person who enters the pool in a month."""
    rate = clocks.candidate_rate(is_active, behaviour)
    return clocks.later_month(month, clocks.gap_months(seed, person_id, 0, rate, draws.ATTENTION_GAP) - 1)


@rule
def first_month(person_id: int, seed: int, scale: float, pool: Any, behaviour: Behaviour) -> int:
    """Return the first month in which anything can happen to a person."""
    month = pool_month(person_id, scale, pool)
    if source_of(person_id, scale, pool) == FROM_STUDIES:
        return month
    active = 1 if draws.bernoulli(pool.active_share, seed, person_id, 0, draws.ACTIVE) else 0
    return first_attention(person_id, seed, month, active, behaviour)


@rule
def draw_origin_and_work(person: Person, pool: Any, origins: Any, seed: int, source: int) -> None:
    """Draw origin, field, education and mode."""
    who = int(person.id)
    u = draws.uniform(seed, who, 0, draws.ORIGIN)
    u_field = draws.uniform(seed, who, 0, draws.FIELD)
    u_education = draws.uniform(seed, who, 0, draws.EDUCATION)
    if source == FROM_STUDIES:
        person.origin = pick(u, pool.student_origin_share, 0, N_ORIGINS)
        person.field = pick(u_field, pool.student_field_share, 0, N_FIELDS)
        person.education = pick(u_education, pool.student_education_share, 0, N_EDUCATIONS)
        person.mode = STUDENT_MODE
        return
    total = 0.0
    for index in range(N_ORIGINS):
        total += origins[index].pool_share
    reached = 0.0
    person.origin = N_ORIGINS - 1
    for index in range(N_ORIGINS):
        reached += origins[index].pool_share
        if u * total < reached:
            person.origin = index
            break
    field = pick(u_field, pool.field_share, 0, N_FIELDS)
    person.field = field
    person.education = pick(u_education, pool.education_share, 4 * field, N_EDUCATIONS)
    person.mode = pick(draws.uniform(seed, who, 0, draws.MODE), pool.mode_share, 4 * field, N_MODES_OF_WORK)


@rule
def draw_dates(person: Person, pool: Any, seed: int, source: int) -> None:
    """Draw birth, degree and first job; graduates finish their degree as they enter."""
    who = int(person.id)
    z = draws.normal(seed, who, 0, draws.AGE)
    age = pool.age_mean + pool.age_sd * z
    if source == FROM_COHORT:
        age = pool.cohort_age_mean + pool.cohort_age_sd * z
    if source == FROM_STUDIES:
        age = pool.student_age_mean + pool.student_age_sd * z
    if age < pool.age_min:
        age = pool.age_min
    if age > pool.age_max:
        age = pool.age_max
    entered = int(person.pool_month)
    person.birth_month = entered - int(age * 12.0)
    if source == FROM_STUDIES:
        person.degree_month = entered
        person.work_month = entered
        return
    spread = draws.uniform(seed, who, 0, draws.DEGREE)
    degree = int(person.birth_month) + int((pool.degree_age[int(person.education)] + 2.0 * spread) * 12.0)
    person.degree_month = degree if degree < entered else entered
    person.work_month = person.degree_month


@rule
def draw_money_and_taste(person: Person, pool: Any, behaviour: Behaviour, seed: int, source: int) -> None:
    """Draw skill, pay gaps between places, and the tastes for China."""
    who = int(person.id)
    person.skill = pool.skill_sd * draws.normal(seed, who, 0, draws.SKILL)
    person.home_gap = behaviour.gap_sd * draws.normal(seed, who, 0, draws.HOME_GAP)
    person.rival_gap = behaviour.gap_sd * draws.normal(seed, who, 0, draws.RIVAL_GAP)
    person.china_gap = behaviour.gap_sd * draws.normal(seed, who, 0, draws.CHINA_GAP)
    person.theta = behaviour.theta_mean + behaviour.theta_sd * draws.normal(seed, who, 0, draws.THETA)
    if source == FROM_STUDIES:
        person.theta = person.theta + behaviour.student_return_taste
    person.taste_year = int(person.pool_month) // 12
    # The first knot is drawn from the stationary law of the AR(1), under a year of its own.
    person.taste = draws.normal(seed, who, -1, draws.TASTE)
    person.mark = pool.mark_mean + pool.mark_sd * draws.normal(seed, who, 0, draws.MARK)


@rule
def draw_family(person: Person, pool: Any, seed: int) -> None:
    """Draw partner, spouse and children, those yet to be born included."""
    who = int(person.id)
    person.child_1 = NEVER
    person.child_2 = NEVER
    person.child_3 = NEVER
    age = traits.age_band(person, int(person.pool_month))
    if not draws.bernoulli(pool.couple_share[age], seed, who, 0, draws.COUPLE):
        return
    person.couple = 1
    person.chinese_spouse = is_flag(who, seed, 5, pool.chinese_spouse_share)
    share = pool.spouse_pay_share_mean + pool.spouse_pay_share_sd * draws.normal(seed, who, 0, draws.SPOUSE)
    person.spouse_pay_share = 0.0 if share < 0.0 else (1.0 if share > 1.0 else share)
    if not draws.bernoulli(pool.child_share, seed, who, 0, draws.CHILDREN):
        return
    years = pool.first_child_age_mean + pool.first_child_age_sd * draws.normal(seed, who, 0, draws.CHILD_AGE)
    if years < 18.0:
        years = 18.0
    born = int(person.birth_month) + int(years * 12.0)
    person.child_1 = born
    more = draws.poisson(pool.children_mean - 1.0, seed, who, 1, draws.CHILDREN)
    if more >= 1:
        person.child_2 = born + 24 + draws.integer(36, seed, who, 1, draws.CHILD_AGE)
    if more >= 2:
        person.child_3 = int(person.child_2) + 24 + draws.integer(36, seed, who, 2, draws.CHILD_AGE)


@rule
def draw_flags(person: Person, pool: Any, origins: Any, seed: int, source: int) -> None:
    """Draw sex, descent, language, distinctions and contacts."""
    who = int(person.id)
    origin = origins[int(person.origin)]
    person.sex = FEMALE if draws.bernoulli(origin.female_share, seed, who, 0, draws.SEX) else MALE
    person.ethnic_chinese = is_flag(who, seed, 0, origin.ethnic_share)
    person.top_university = is_flag(who, seed, 1, pool.top_university_share)
    person.fortune_500 = is_flag(who, seed, 2, pool.fortune_500_share)
    person.patent = is_flag(who, seed, 3, pool.patent_share)
    person.talent_plan = is_flag(who, seed, 4, pool.talent_plan_share)
    person.chinese_degree = 1 if source == FROM_STUDIES else is_flag(who, seed, 7, pool.chinese_degree_share)
    if int(person.ethnic_chinese) == 1:
        person.former_national = is_flag(who, seed, 8, pool.former_national_share)
    mean = origin.hsk_mean
    if int(person.ethnic_chinese) == 1 or source == FROM_STUDIES:
        # Descent and studies in China bring two levels more on average (assumption).
        mean += 2.0
    level = draws.poisson(mean, seed, who, 0, draws.LANGUAGE)
    person.hsk_start = 6 if level > 6 else level
    contacts = draws.poisson(origin.contacts_mean, seed, who, 0, draws.CONTACTS)
    person.contacts = contacts
    months = draws.exponential(seed, who, 0, draws.PARENT_CARE) * 12.0 / pool.parent_care_rate
    care = int(person.birth_month) + 35 * 12 + int(months if months < 6000.0 else 6000.0)
    person.parent_care_month = care
    span = int(pool.term_months_max - pool.term_months_min) + 1
    person.term_months = int(pool.term_months_min) + draws.integer(span, seed, who, 0, draws.TERM)


@rule
def start_clocks(person: Person, behaviour: Behaviour, places: Any, seed: int, source: int) -> None:
    """Set the clocks to their first ticks, and the region where the person looks first."""
    who = int(person.id)
    entered = int(person.pool_month)
    person.attention_month = first_attention(who, seed, entered, int(person.active), behaviour)
    person.attention_count = 1
    reviews = clocks.gap_months(seed, who, 0, behaviour.review_rate, draws.REVIEW_GAP)
    person.review_month = clocks.later_month(entered, reviews)
    person.review_count = 1
    losses = clocks.gap_months(seed, who, 0, behaviour.job_loss_rate, draws.JOB_LOSS_GAP)
    person.job_loss_month = clocks.later_month(entered, losses)
    person.job_loss_count = 1
    best = -1.0e9
    for region in range(N_REGIONS):
        pull = attention.pull_of_region(who, seed, places[region].posts[int(person.field)], region, behaviour)
        if pull > best:
            best = pull
            person.region = region
    person.status = STUDENT if source == FROM_STUDIES else ABROAD


@rule
def draw_person(
    person: Person, person_id: int, scale: float, pool: Any, origins: Any, places: Any, behaviour: Behaviour, seed: int
) -> None:
    """Write a person's traits and first clocks into an empty row."""
    source = source_of(person_id, scale, pool)
    person.id = person_id
    person.weight = int(scale)
    person.pool_month = pool_month(person_id, scale, pool)
    person.active = 1 if draws.bernoulli(pool.active_share, seed, person_id, 0, draws.ACTIVE) else 0
    for_nobody(person)
    draw_origin_and_work(person, pool, origins, seed, source)
    draw_dates(person, pool, seed, source)
    draw_money_and_taste(person, pool, behaviour, seed, source)
    draw_family(person, pool, seed)
    draw_flags(person, pool, origins, seed, source)
    start_clocks(person, behaviour, places, seed, source)
    if source == FROM_STUDIES:
        person.past_months = int(pool.student_years_mean * 12.0)


@rule
def for_nobody(person: Person) -> None:
    """Set the dates that have not come to NEVER."""
    person.ticket_month = NEVER
    person.search_until = NEVER
    person.term_end = NEVER
    person.permit_until = NEVER
    person.grace_until = NEVER
    person.entry_month = NEVER
    person.resident_month = NEVER
    person.contributing_month = NEVER
    person.pr_month = NEVER
    person.left_month = NEVER
    person.spouse_from_month = NEVER
    person.family_month = NEVER
    person.tier = NO_SCHOOL


@rule
def find_first_months(months: Any, first_id: int, scale: float, seed: int, pool: Any, behaviour: Any) -> None:
    """Fill the first eventful month of consecutive people."""
    for i in range(len(months)):
        months[i] = first_month(first_id + i, seed, scale, pool[0], behaviour[0])


@rule
def fill(persons: Any, wake: Any, ids: Any, scale: float, seed: int, pool: Any, given: Any) -> None:
    """Draw the people of the given numbers into rows; ``given`` is (origins, places, behaviour)."""
    origins, places, behaviour = given
    for i in range(len(ids)):
        draw_person(persons[i], ids[i], scale, pool[0], origins, places, behaviour[0], seed)
        person = persons[i]
        wake[i] = person.pool_month if int(person.status) == STUDENT else person.attention_month


def nominal_size(pool: np.ndarray[Any, Any], scale: int, until: int) -> int:
    """Return how many people, at one per ``scale``, enter the pool up to a month."""
    row = pool[0]
    later = (row["cohort_per_year"] + row["students_per_year"]) / 12.0 * (until + 1)
    return int(row["size_start"] / scale) + int(later / scale)


def draw_pool(given: Given, *, scale: int, seed: int, chunk: int = 1 << 18) -> tuple[Any, Any]:
    """Draw everyone to whom anything can happen up to the horizon.

    Parameters
    ----------
    given
        Law, world and behaviour; of the law nothing is read.
    scale
        People that one row stands for, at least 1.
    seed
        Any integer from 0 to 2**63 - 1.
    chunk
        People looked at in one go; bounds the memory used, changes no result.

    Returns
    -------
        The rows, PERSON, in the order of their numbers, and the month in which each first wakes, int16.
    """
    pool = pool_record(given.pool)
    n = nominal_size(pool, scale, given.until)
    find, draw = compiled(find_first_months, cache=True), compiled(fill, cache=True)
    kept = []
    for first in range(1, n + 1, chunk):
        months = np.zeros(min(chunk, n + 1 - first), np.int16)
        find(months, first, float(scale), seed, pool, given.behaviour)
        kept.append(np.flatnonzero(months <= given.until) + first)
    ids = np.concatenate(kept) if kept else np.zeros(0, np.int64)
    persons, wake = np.zeros(len(ids), PERSON), np.full(len(ids), NEVER, np.int16)
    for first in range(0, len(ids), chunk):
        rows = slice(first, first + chunk)
        draw(
            persons[rows],
            wake[rows],
            ids[rows],
            float(scale),
            seed,
            pool,
            (given.origins[0], given.places[0], given.behaviour),
        )
    return persons, wake
