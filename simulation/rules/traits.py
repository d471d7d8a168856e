"""What follows from a person's dates: age, experience, months in China, language."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import ASSIGNEE, FIELDS
from simulation.records import NEVER, Behaviour, Now, Person

N_FIELDS = len(FIELDS)


@rule
def age_years(person: Person, month: int) -> float:
    """Return the age in years, at least 0."""
    return (month - int(person.birth_month)) / 12.0


@rule
def age_band(person: Person, month: int) -> int:
    """Return the index in AGE_BANDS: under 30, 30 to 39, 40 to 49, 50 and over."""
    age = (month - int(person.birth_month)) // 12
    if age < 30:
        return 0
    if age < 40:
        return 1
    if age < 50:
        return 2
    return 3


@rule
def experience_years(person: Person, month: int) -> int:
    """Return completed years of related work, at least 0."""
    months = month - int(person.work_month)
    if months < 0:
        return 0
    return months // 12


@rule
def stay_months(person: Person, month: int) -> int:
    """Return months in China in the present stay, 0 for people abroad."""
    if int(person.entry_month) == NEVER:
        return 0
    return month - int(person.entry_month)


@rule
def china_months(person: Person, month: int) -> int:
    """Return months in China over all stays so far."""
    return int(person.past_months) + stay_months(person, month)


@rule
def hsk_level(person: Person, month: int, behaviour: Behaviour) -> int:
    """Return the HSK level, 0 to 6: it rises with months in China and with hours of lessons."""
    learnt = china_months(person, month) / behaviour.language_months_per_level
    learnt += person.lesson_hours / behaviour.lesson_hours_per_level
    level = int(person.hsk_start) + int(learnt)
    if level > 6:
        return 6
    return level


@rule
def is_posted(person: Person, month: int) -> int:
    """Return 1 for a company assignee whose assignment runs, or who has not come yet."""
    if int(person.mode) != ASSIGNEE:
        return 0
    if int(person.entry_month) == NEVER:
        return 1
    return 1 if month < int(person.term_end) else 0


@rule
def contributed_months(person: Person, month: int) -> int:
    """Return months of pension contributions in China over all stays."""
    months = int(person.contributed_months)
    if int(person.contributing_month) != NEVER:
        months += month - int(person.contributing_month)
    return months


@rule
def n_school_children(person: Person, month: int) -> int:
    """Return how many children are 3 to 17 years old, the ages of kindergarten and school."""
    n = 0
    for born in (int(person.child_1), int(person.child_2), int(person.child_3)):
        age = month - born
        if 36 <= age < 216:
            n += 1
    return n


@rule
def has_school_moment(person: Person, month: int) -> int:
    """Return 1 in a September after which a child of 3, 6, 12 or 15 changes school."""
    if month % 12 != 8:
        return 0
    for born in (int(person.child_1), int(person.child_2), int(person.child_3)):
        age = (month - born) // 12
        if age == 3 or age == 6 or age == 12 or age == 15:
            return 1
    return 0


@rule
def community(person: Person) -> int:
    """Return the index of a person's community: people of one origin who work in one field."""
    return int(person.origin) * N_FIELDS + int(person.field)


@rule
def log_pay_relative(person: Person, now: Now) -> float:
    """Return log pay relative to the average professional, from skill, schooling and experience.

    Experience counts to 20 years, where age-earnings profiles of professionals flatten (assumption).
    """
    years = experience_years(person, now.month)
    if years > 20:
        years = 20
    behaviour = now.behaviour
    return person.skill + behaviour.education_pay[int(person.education)] + behaviour.experience_pay * years
