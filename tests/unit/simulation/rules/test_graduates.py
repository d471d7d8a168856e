"""Graduates of Chinese universities: what each lever of their path to a first permit does, and where it does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import BACHELOR, LEFT, MASTER, ON_B, REGIONS, SEEKING, STUDENT, STUDENT_MODE
from simulation.records import NEVER, Now
from simulation.rules import staying, work_permit

Make = Callable[..., Any]
SHANGHAI = REGIONS.index("shanghai")


@pytest.fixture
def graduate(someone: Make, now: Now) -> Make:
    """Return what makes somebody who ends their studies in this month and would not dream of leaving."""

    def of(**fields: Any) -> Any:
        usual = {
            "age": 25.0, "status": STUDENT, "mode": STUDENT_MODE, "education": MASTER, "mark": 85.0, "theta": 50.0,
            "region": SHANGHAI, "pool_month": now.month - 36, "review_month": NEVER, "job_loss_month": NEVER,
        }  # fmt: skip
        return someone(**(usual | fields))

    return of


@pytest.mark.parametrize(
    ("lever", "shut", "open_", "who"),
    [
        ("master_waiver", 0.0, 1.0, {}),
        ("bachelor_waiver", 0.0, 1.0, {"education": BACHELOR}),
        ("mark_min", 90.0, 80.0, {}),
    ],
)
def test_a_graduate_stays_to_look_only_where_a_route_is_open(
    lever: str, shut: float, open_: float, who: dict[str, Any], graduate: Make, now: Now, under: Make
) -> None:
    found = []
    for value in (shut, open_):
        person = graduate(**who)
        staying.graduate(person, under(now, **{lever: value}), new_tally(500))
        found.append(person.status)
    assert found == [LEFT, SEEKING]


@pytest.mark.parametrize("months", [2.0, 12.0])
def test_the_search_lasts_as_long_as_the_law_says(months: float, graduate: Make, now: Now, under: Make) -> None:
    person = graduate()
    staying.graduate(person, under(now, job_seek_months=months), new_tally(500))
    assert person.grace_until == now.month + months


@pytest.mark.parametrize(("window", "is_open"), [(12.0, False), (24.0, True)])
def test_a_waiver_holds_within_its_window(window: float, is_open: bool, graduate: Make, now: Now, under: Make) -> None:
    person = graduate(degree_month=now.month - 18)
    person.degree_month = now.month - 18
    law = under(now, window_months=window).policy[SHANGHAI]
    assert (work_permit.graduate_route(person, law, now.month) != work_permit.BY_NONE) == is_open


@pytest.mark.parametrize("months", [12.0, 24.0])
def test_the_first_permit_of_a_graduate_has_a_length_of_its_own_and_later_ones_do_not(
    months: float, graduate: Make, now: Now, under: Make
) -> None:
    sure = under(now, first_permit_months=months)
    sure = sure._replace(behaviour=sure.behaviour._replace(refind_prob=1.0))
    first = graduate()
    staying.graduate(first, sure, new_tally(500))
    staying.find_post(first, sure, new_tally(500))
    assert (first.status, first.permit_until) == (ON_B, now.month + months)
    later = graduate(status=SEEKING, entry_month=now.month - 20, resident_month=now.month - 20)
    later.grace_until = now.month + 2
    staying.find_post(later, sure, new_tally(500))
    assert later.permit_until == now.month + sure.policy[SHANGHAI].category_b_permit_months


def test_years_of_study_stay_with_graduates(graduate: Make, now: Now) -> None:
    person = graduate(past_months=36)
    staying.graduate(person, now, new_tally(500))
    assert (person.status, person.past_months) == (SEEKING, 36)


def test_a_graduate_without_a_waiver_who_reaches_category_b_by_points_stays_to_look(
    graduate: Make, now: Now, under: Make
) -> None:
    found = []
    for bar in (120.0, 20.0):
        person = graduate(mark=0.0)
        staying.graduate(person, under(now, master_waiver=0.0, category_b_points_min=bar), new_tally(500))
        found.append(person.status)
    assert found == [LEFT, SEEKING]
