"""Points for permanent residence, and who is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import BACHELOR, DOCTORATE, ENGINEERING, FILE_IN_POOL, MASTER, ON_B, ON_R, REGIONS
from simulation.records import Now
from simulation.rules import residence_points, tally
from simulation.rules.residence_credit import NO_ROUTE

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def scored(now: Now, under: Make) -> Now:
    """Return a law with a points route at 60, and the bar known."""
    law = under(now, points_route_available=1.0)
    return law._replace(public=tuple(public._replace(residence_bar=60.0) for public in law.public))


def points(person: Any, now: Now, multiple: float, years: int = 0) -> int:
    pay = multiple * now.places[SHANGHAI].average_wage
    return int(residence_points.points_ahead(person, now, SHANGHAI, ON_B, pay, years))


def years(person: Any, now: Now, multiple: float, status: int = ON_B) -> float:
    pay = multiple * now.places[SHANGHAI].average_wage
    return float(residence_points.years_left(person, now, SHANGHAI, status, pay))


def test_an_engineer_of_35_with_a_master_at_four_times_the_wage_has_52_after_two_years(
    someone: Make, scored: Now
) -> None:
    since = scored.month - 24
    engineer = someone(
        age=35, field=ENGINEERING, education=MASTER, status=ON_B, hsk_start=2, entry_month=since, resident_month=since,
        past_months=0,
    )  # fmt: skip
    hsk = 2 * 2 + 2 * int(24 / scored.behaviour.language_months_per_level)
    assert points(engineer, scored, 4.0) == 15 + 5 + 6 + 20 + 10 + hsk
    assert points(engineer, scored, 3.99) == 15 + 5 + 6 + 15 + 10 + hsk


def test_points_of_age_fall_at_36_and_46_and_those_of_pay_and_stay_are_capped(scored: Now) -> None:
    law = scored.policy[SHANGHAI]
    assert [residence_points.points_for_age(age, law) for age in (35.9, 36.0, 45.9, 46.0)] == [10, 5, 5, 0]
    assert [residence_points.points_for_pay(pay, 100.0, law) for pay in (99.0, 100.0, 650.0, 9_000.0)] == [0, 5, 30, 30]
    assert [residence_points.points_for_stay(months, law) for months in (0.0, 3.0, 4.0, 95.0, 96.0, 500.0)] == [
        0, 0, 1, 23, 24, 24,
    ]  # fmt: skip


def test_points_never_leave_the_register(someone: Make, scored: Now, under: Make) -> None:
    huge = under(scored, points_route_points_education=(1e4,) * 4)
    assert points(someone(), huge, 1.0) == tally.N_RESIDENCE_POINTS - 1


def test_years_until_the_bar_grow_with_the_bar_and_end_at_the_horizon(someone: Make, scored: Now, under: Make) -> None:
    doctor = someone(age=30, education=DOCTORATE)
    assert points(doctor, scored, 5.0) == 55
    assert years(doctor, scored, 5.0) == 2.0
    assert years(doctor, scored, 6.0) == 0.0
    assert years(someone(education=BACHELOR), scored, 1.0) == NO_ROUTE
    assert years(doctor, under(scored, points_route_available=0.0), 6.0) == NO_ROUTE


def test_visitors_and_people_below_the_mark_may_not_file_by_points(someone: Make, scored: Now) -> None:
    doctor = someone(age=30, education=DOCTORATE)
    pay = 6.0 * scored.places[SHANGHAI].average_wage
    assert residence_points.points_to_file(doctor, scored, SHANGHAI, ON_B, pay) == 60
    assert residence_points.points_to_file(doctor, scored, SHANGHAI, ON_B, pay / 2.0) == 0
    assert residence_points.points_to_file(doctor, scored, SHANGHAI, ON_R, pay) == 0
    assert years(doctor, scored, 6.0, ON_R) == NO_ROUTE


def test_a_published_mark_leaves_less_doubt_than_a_decision(someone: Make, scored: Now) -> None:
    pay = 6.0 * scored.places[SHANGHAI].average_wage
    prospect = residence_points.prospect(someone(age=30, education=DOCTORATE), scored, SHANGHAI, ON_B, pay)
    assert prospect.chance == scored.behaviour.published_belief > scored.behaviour.resident_belief


def test_all_above_the_cut_off_are_drawn_none_below_and_a_share_at_it(someone: Make, scored: Now) -> None:
    def drawn(held: int, share: float) -> float:
        public = tuple(here._replace(residence_cutoff=70.0, residence_tie_share=share) for here in scored.public)
        facts = scored._replace(public=public)
        people = [someone(id=number, pr_stage=FILE_IN_POOL, pr_points=held) for number in range(1, 1001)]
        return sum(residence_points.is_drawn(person, facts) for person in people) / len(people)

    assert (drawn(71, 0.0), drawn(69, 1.0), drawn(70, 0.0), drawn(70, 1.0)) == (1.0, 0.0, 0.0, 1.0)
    assert 0.2 < drawn(70, 0.3) < 0.4
    assert residence_points.is_drawn(someone(pr_points=99), scored) == 0
