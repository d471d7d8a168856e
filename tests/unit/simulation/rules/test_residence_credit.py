"""Months that count: by status, over moves and absences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import LEFT, ON_A, ON_B, ON_K, REGIONS, STUDENT
from simulation.records import NEVER, Now
from simulation.rules import residence_credit

Make = Callable[..., Any]
SHANGHAI, BEIJING = REGIONS.index("shanghai"), REGIONS.index("beijing")


def on(status: int, months: int, someone: Make, now: Now, **fields: Any) -> Any:
    since = now.month - months
    resident = NEVER if status == ON_K else since
    return someone(status=status, entry_month=since, resident_month=resident, region=SHANGHAI, **fields)


def test_under_the_law_in_force_a_month_on_a_permit_is_a_month_and_one_on_a_k_visa_none(
    someone: Make, now: Now
) -> None:
    assert residence_credit.counted_months(on(ON_B, 30, someone, now), now, SHANGHAI) == 30.0
    assert residence_credit.counted_months(on(ON_K, 30, someone, now), now, SHANGHAI) == 0.0
    assert residence_credit.years_until(on(ON_B, 30, someone, now), now, SHANGHAI, ON_B, 4.0) == 1.5


def test_a_rate_shortens_the_years_left_and_without_one_no_years_come(someone: Make, now: Now, under: Make) -> None:
    fast, none = under(now, credit_category_a=1.5), under(now, credit_category_a=0.0)
    person = on(ON_A, 24, someone, now)
    assert residence_credit.counted_months(person, fast, SHANGHAI) == 36.0
    assert residence_credit.years_until(person, fast, SHANGHAI, ON_A, 4.0) == pytest.approx(12.0 / 18.0)
    assert residence_credit.years_until(person, none, SHANGHAI, ON_A, 4.0) == residence_credit.NO_ROUTE
    slow = under(now, credit_category_a=1e-300)
    assert residence_credit.years_until(person, slow, SHANGHAI, ON_A, 4.0) == residence_credit.NO_ROUTE
    assert residence_credit.years_until(person, now, SHANGHAI, ON_A, residence_credit.NO_ROUTE) == (
        residence_credit.NO_ROUTE
    )


def test_months_settled_are_kept_when_the_status_changes(someone: Make, now: Now, under: Make) -> None:
    law = under(now, credit_k=0.5)
    person = on(ON_K, 24, someone, now)
    residence_credit.settle(person, law)
    assert (person.credited_months, person.resident_month) == (12, NEVER)
    person.status, person.resident_month = ON_B, law.month
    later = law._replace(month=law.month + 6)
    assert residence_credit.counted_months(person, later, SHANGHAI) == 18.0


def test_a_move_keeps_the_share_that_the_law_of_the_new_region_leaves(someone: Make, now: Now, under: Make) -> None:
    for share, kept in ((1.0, 40), (0.5, 20), (0.0, 0)):
        law = under(now, credit_portable_share=share)
        person = on(ON_B, 40, someone, now)
        assert residence_credit.counted_months(person, law, BEIJING) == kept
        assert residence_credit.counted_months(person, law, SHANGHAI) == 40
        residence_credit.carry_months(person, law, SHANGHAI, BEIJING)
        person.region = BEIJING
        assert residence_credit.counted_months(person, law, BEIJING) == kept


def test_an_absence_costs_all_months_unless_a_share_is_kept(someone: Make, now: Now, under: Make) -> None:
    for share, kept in ((0.0, 0), (0.5, 20), (1.0, 40)):
        gone = someone(status=LEFT, credited_months=40, left_month=now.month - 12)
        law = under(now, credit_kept_share=share)
        assert residence_credit.counted_months(gone, law, SHANGHAI) == kept
        residence_credit.come_back(gone, law)
        assert gone.credited_months == kept


def test_studies_count_as_the_law_says(someone: Make, now: Now, under: Make) -> None:
    for share, months in ((0.0, 0), (0.5, 21)):
        student = someone(status=STUDENT, past_months=42)
        residence_credit.credit_studies(student, under(now, credit_student=share))
        assert student.credited_months == months
