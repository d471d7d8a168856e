"""Newcomers' help: lessons in Chinese and mentors, to those who would take them up.

Who would is a lasting trait, drawn before any policy: more lessons or mentors never take any from someone who had them.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.records import Now, Person

_MENTOR, _LESSONS = range(2)


@rule
def has_mentor(person: Person, now: Now, region: int) -> int:
    """Return 1 if a mentor is found for the person where mentors are offered to a share of foreign professionals."""
    share = now.policy[region].mentoring_share
    return 1 if draws.bernoulli(share, now.seed, int(person.id), 0, draws.WELCOME, _MENTOR) else 0


@rule
def payment_months(person: Person, now: Now, region: int) -> float:
    """Return the months in which the person learns e-payment: a mentor saves a share of them."""
    behaviour = now.behaviour
    months = behaviour.payment_learning_months
    if has_mentor(person, now, region) == 1:
        months = months * (1.0 - behaviour.mentor_learning_share)
    return months


@rule
def takes_lessons(person: Person, now: Now) -> int:
    """Return 1 for people who go to lessons in Chinese where they are offered."""
    share = now.behaviour.lesson_take_up
    return 1 if draws.bernoulli(share, now.seed, int(person.id), 0, draws.WELCOME, _LESSONS) else 0


@rule
def attend_lessons(person: Person, now: Now) -> None:
    """Add the hours of lessons offered, in this stay, since lessons were last counted; people abroad have none.

    The law of each month counts; months of a programme that has ended since the last event of a person are lost.
    """
    region = int(person.region)
    if now.policy[region].language_hours == 0.0 or takes_lessons(person, now) == 0:
        return
    first = int(person.lesson_month)
    if first < int(person.entry_month):
        first = int(person.entry_month)
    person.lesson_month = now.month
    hours = 0.0
    for month in range(first, now.month):
        policy = now.policy_by_month[month][region]
        hours += policy.language_hours / 12.0
    person.lesson_hours = person.lesson_hours + hours
