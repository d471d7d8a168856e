"""What follows from a person's dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.records import Now
from simulation.rules import traits

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("age", "band"),
    [(20, 0), (29 + 11 / 12, 0), (30, 1), (39 + 11 / 12, 1), (40, 2), (49 + 11 / 12, 2), (50, 3), (90, 3)],
)
def test_age_bands_begin_at_30_40_and_50(age: float, band: int, someone: Make, now: Now) -> None:
    assert traits.age_band(someone(age=age), now.month) == band


def test_experience_counts_completed_years_and_never_below_zero(someone: Make, now: Now) -> None:
    assert traits.experience_years(someone(work_month=now.month - 23), now.month) == 1
    assert traits.experience_years(someone(work_month=now.month - 24), now.month) == 2
    assert traits.experience_years(someone(work_month=now.month + 30), now.month) == 0


def test_months_in_china_add_past_stays_to_the_present_one(someone: Make, now: Now) -> None:
    assert traits.china_months(someone(past_months=30), now.month) == 30
    assert traits.china_months(someone(past_months=30, entry_month=now.month - 7), now.month) == 37


def test_chinese_improves_in_china_up_to_level_six(someone: Make, now: Now) -> None:
    per_level = now.behaviour.language_months_per_level
    at = [
        traits.hsk_level(someone(hsk_start=2, past_months=round(per_level * levels)), now.month, now.behaviour)
        for levels in (0, 1, 3, 9)
    ]
    assert at == [2, 3, 5, 6]


def test_children_of_3_to_17_need_a_school(someone: Make, now: Now) -> None:
    ages = (35, 36, 215, 216, -5)
    found = [traits.n_school_children(someone(child_1=now.month - age), now.month) for age in ages]
    assert found == [0, 1, 1, 0, 0]
    assert (
        traits.n_school_children(
            someone(child_1=now.month - 60, child_2=now.month - 100, child_3=now.month - 10), now.month
        )
        == 2
    )


def test_a_child_changes_school_at_3_6_12_and_15_in_september(someone: Make) -> None:
    september = 12 * 24 + 8
    moments = [
        age
        for age in range(20)
        if traits.has_school_moment(someone(child_1=september - 12 * age - 3, month=september), september) == 1
    ]
    assert moments == [3, 6, 12, 15]
    assert traits.has_school_moment(someone(child_1=september - 72), september - 1) == 0


def test_experience_raises_pay_for_20_years(someone: Make, now: Now) -> None:
    pay = [traits.log_pay_relative(someone(age=60, experience=years), now) for years in (0, 10, 20, 35)]
    assert pay[1] - pay[0] == pytest.approx(10 * now.behaviour.experience_pay)
    assert pay[0] < pay[1] < pay[2] == pay[3]
