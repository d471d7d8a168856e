"""Lessons and mentors: who takes them up, what they speed up, and that nobody else is touched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import MONEY, ON_B
from simulation.records import NEVER, Now
from simulation.rules import services, traits, value, welcome

SHANGHAI = 0
Make = Callable[..., Any]


def learner(someone: Make, now: Now, *, willing: bool, **fields: Any) -> Any:
    """Return somebody three years in China who would, or would not, go to lessons."""
    people = (someone(id=who, entry_month=now.month - 36, **fields) for who in range(1, 200))
    return next(person for person in people if bool(welcome.takes_lessons(person, now)) is willing)


def offered(now: Now, hours_by_month: Callable[[int], float]) -> Now:
    """Return the facts with hours of lessons a year that depend on the month."""
    policies = {
        month: tuple(law._replace(language_hours=hours_by_month(month)) for law in now.policy_by_month[month])
        for month in range(now.month - 40, now.month + 1)
    }
    return now._replace(policy=policies[now.month], policy_by_month=policies)


def test_hours_of_lessons_add_up_over_the_months_of_the_stay_and_raise_chinese(now: Now, someone: Make) -> None:
    person = learner(someone, now, willing=True)
    before = traits.hsk_level(person, now.month, now.behaviour)
    welcome.attend_lessons(person, offered(now, lambda _: 120.0))
    assert person.lesson_hours == pytest.approx(360.0)
    assert person.lesson_month == now.month
    assert traits.hsk_level(person, now.month, now.behaviour) == before + 3
    welcome.attend_lessons(person, offered(now, lambda _: 120.0))
    assert person.lesson_hours == pytest.approx(360.0)


def test_hours_before_the_programme_do_not_count(now: Now, someone: Make) -> None:
    person = learner(someone, now, willing=True)
    start = now.month - 6
    welcome.attend_lessons(person, offered(now, lambda month: 120.0 if month >= start else 0.0))
    assert person.lesson_hours == pytest.approx(60.0)


def test_months_counted_before_are_not_counted_again_nor_those_of_an_earlier_stay(now: Now, someone: Make) -> None:
    law = offered(now, lambda _: 120.0)
    person = learner(someone, now, willing=True, lesson_month=now.month - 12, lesson_hours=7.0)
    welcome.attend_lessons(person, law)
    assert person.lesson_hours == pytest.approx(127.0)
    returned = learner(someone, now, willing=True, lesson_month=now.month - 38)
    welcome.attend_lessons(returned, law)
    assert returned.lesson_hours == pytest.approx(360.0)


def test_those_who_would_not_go_learn_as_before(now: Now, someone: Make) -> None:
    person = learner(someone, now, willing=False)
    welcome.attend_lessons(person, offered(now, lambda _: 120.0))
    assert person.lesson_hours == 0.0


def test_more_mentors_take_none_from_those_who_had_one(now: Now, someone: Make, under: Make) -> None:
    people = [someone(id=who) for who in range(1, 400)]
    had: set[int] = set()
    for share in (0.0, 0.2, 0.5, 1.0):
        law = under(now, mentoring_share=share)
        have = {person.id for person in people if welcome.has_mentor(person, law, SHANGHAI) == 1}
        assert had <= have
        had = have
    assert len(had) == len(people)


def test_a_mentor_shortens_the_learning_of_e_payment_and_is_somebody_known(
    now: Now, someone: Make, under: Make
) -> None:
    newcomer = someone(entry_month=now.month - 3)
    alone, guided = under(now, mentoring_share=0.0), under(now, mentoring_share=1.0)
    without = services.success_prob(newcomer, alone, SHANGHAI, MONEY, 0, 0.2)
    assert services.success_prob(newcomer, guided, SHANGHAI, MONEY, 0, 0.2) > without
    old_hand = someone(entry_month=now.month - 3, past_months=NEVER // 2)
    gains = [
        services.success_prob(person, guided, SHANGHAI, MONEY, 0, 0.2)
        - services.success_prob(person, alone, SHANGHAI, MONEY, 0, 0.2)
        for person in (newcomer, old_hand)
    ]
    assert gains[0] > 100 * gains[1]
    known = [value.ties(newcomer, law, SHANGHAI, 3) for law in (alone, guided)]
    assert known[1] - known[0] == pytest.approx(now.behaviour.contact_gain * 0.6931471805599453)


def test_no_other_service_is_touched_by_a_mentor(now: Now, someone: Make, under: Make) -> None:
    newcomer = someone(entry_month=now.month - 3)
    for service in range(5):
        if service != MONEY:
            probs = {
                services.success_prob(newcomer, under(now, mentoring_share=share), SHANGHAI, service, 0, 0.2)
                for share in (0.0, 1.0)
            }
            assert len(probs) == 1


def test_lessons_help_to_stay_and_do_nothing_for_those_yet_to_come(now: Now, someone: Make) -> None:
    taught = offered(now, lambda _: 120.0)
    abroad = someone()
    held = [value.offer(abroad, law, SHANGHAI, ON_B, 4e5) for law in (offered(now, lambda _: 0.0), taught)]
    assert held[0] == held[1]
    person = learner(someone, now, willing=True)
    before = value.offer(person, taught, SHANGHAI, ON_B, 4e5).log_kept
    welcome.attend_lessons(person, taught)
    assert value.offer(person, taught, SHANGHAI, ON_B, 4e5).log_kept > before
