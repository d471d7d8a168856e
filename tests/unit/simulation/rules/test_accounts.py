"""What a person pays, is paid back, loses and is counted for, against sums done by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.model import new_tally
from simulation.names import (
    CATEGORY_A,
    CATEGORY_B,
    LEFT,
    ON_A,
    ON_B,
    ON_PR,
    REGIONS,
    SEEKING,
    TIER_PUBLIC,
    TIER_SECTION,
    WITH_FAMILY,
)
from simulation.records import NEVER, Now
from simulation.rules import accounts, ledger, tally, tax

Make = Callable[..., Any]
BEIJING = REGIONS.index("beijing")


@pytest.fixture
def law(insured: Now, under: Make) -> Now:
    """Return June 2024 with everybody insured on both sides, refunds in full and no short-term scheme."""
    return under(
        insured,
        medical_employer_rate=0.10,
        unemployment_employee_rate=0.005,
        unemployment_employer_rate=0.005,
        own_account_refund_share=1.0,
        refund_pool_share=0.0,
        short_term_available=0.0,
    )


@pytest.fixture
def worker(someone: Make, law: Now) -> Any:
    """Return someone on Category B in Beijing whose pay is the average wage there, three years after entry."""
    person = someone(
        status=ON_B, category=CATEGORY_B, is_counted=1, region=BEIJING, experience=8, entry_month=law.month - 36,
        contributing_month=law.month - 36, salary_cny=law.places[BEIJING].average_wage,
    )  # fmt: skip
    accounts.update(person, law)
    return person


def test_both_sides_pay_37_percent_of_the_average_wage(worker: Any, law: Now) -> None:
    wage = law.places[BEIJING].average_wage
    assert worker.insurance_cny == int(wage * 0.37)


def test_the_tax_is_that_on_pay_after_the_employees_contributions(worker: Any, law: Now) -> None:
    wage = law.places[BEIJING].average_wage
    assert worker.tax_cny == int(tax.tax_on_salary(wage, wage * 0.105, 0, law.policy[BEIJING]))
    assert worker.tax_cny > 0


def test_category_a_and_residents_who_came_as_such_pay_on_more(worker: Any, law: Now) -> None:
    paid = worker.insurance_cny
    for status, category, is_more in ((ON_A, CATEGORY_A, True), (ON_PR, CATEGORY_A, True), (ON_PR, CATEGORY_B, False)):
        worker.status, worker.category = status, category
        accounts.update(worker, law)
        assert (worker.insurance_cny > paid) is is_more


@pytest.mark.parametrize("status", [SEEKING, LEFT])
def test_those_without_a_post_pay_nothing(worker: Any, law: Now, status: int) -> None:
    worker.status, worker.is_counted = status, 1 if status == SEEKING else 0
    accounts.update(worker, law)
    assert (worker.tax_cny, worker.insurance_cny) == (0, 0)
    assert (worker.hours_lost > 0) is (status == SEEKING)


def test_a_resident_files_nothing_and_so_loses_fewer_hours(worker: Any, law: Now) -> None:
    public = tuple(here._replace(filing_hours=(20.0, 20.0, 20.0)) for here in law.public)
    busy = law._replace(public=public)
    accounts.update(worker, busy)
    with_filing = worker.hours_lost
    accounts.update(worker, law)
    assert with_filing == worker.hours_lost + 20


def test_only_children_in_public_schools_are_pupils(worker: Any, law: Now) -> None:
    worker.child_1, worker.child_2, worker.family_mode = law.month - 12 * 8, law.month - 12 * 2, WITH_FAMILY
    for tier, pupils in ((TIER_PUBLIC, 1), (TIER_SECTION, 0)):
        worker.tier = tier
        accounts.update(worker, law)
        assert worker.pupils == pupils


def test_a_leaver_gets_three_years_of_the_own_account_back(worker: Any, law: Now) -> None:
    wage = law.places[BEIJING].average_wage
    paid_back = accounts.refund(worker, law, 36, worker.insurance_cny)
    assert paid_back == pytest.approx(3 * 0.08 * wage, rel=1e-4)


def test_half_of_the_pool_adds_half_of_the_employers_pension(worker: Any, law: Now, under: Make) -> None:
    wage = law.places[BEIJING].average_wage
    half = under(law, refund_pool_share=0.5)
    assert accounts.refund(worker, half, 36, worker.insurance_cny) == pytest.approx(3 * 0.16 * wage, rel=1e-4)


def test_one_who_paid_a_quarter_of_the_pension_gets_a_quarter_back(worker: Any, law: Now) -> None:
    wage = law.places[BEIJING].average_wage
    paid = int(wage * (0.25 * 0.24 + 0.13))
    assert accounts.refund(worker, law, 36, paid) == pytest.approx(0.25 * 3 * 0.08 * wage, rel=1e-3)


def test_nobody_is_paid_back_for_months_not_paid_nor_a_pensioner(worker: Any, law: Now) -> None:
    assert accounts.refund(worker, law, 0, worker.insurance_cny) == 0.0
    worker.birth_month, worker.contributed_months = law.month - 12 * 66, 12 * 16
    worker.contributing_month = NEVER
    assert accounts.refund(worker, law, 36, worker.insurance_cny) == 0.0


def test_the_levels_take_what_was_held_and_add_what_is_held_now(worker: Any, law: Now) -> None:
    counts = new_tally(400)
    opening = ledger.open_month(worker, law)
    worker.salary_cny *= 1.5
    ledger.close_month(worker, law, counts, opening)
    group = tally.FIRST_REGION + BEIJING
    for held, level in (("tax_cny", tally.TAX), ("insurance_cny", tally.INSURANCE)):
        change = worker.weight * (getattr(worker, held) - getattr(opening, held))
        assert counts.levels[level, 0] == counts.levels[level, group] == change > 0
    assert counts.levels[tally.STOCK, 0] == 0
    assert counts.levels[tally.INSURED, 0] == 0


def test_an_exit_takes_all_from_the_groups_stood_in_and_counts_tenure_in_those_of_the_entry(
    worker: Any, law: Now
) -> None:
    counts = new_tally(400)
    worker.entry_region, worker.entry_category = REGIONS.index("shanghai"), 2
    opening = ledger.open_month(worker, law)
    worker.status, worker.is_counted, worker.entry_month = LEFT, 0, NEVER
    ledger.close_month(worker, law, counts, opening)
    assert counts.levels[tally.TAX, tally.FIRST_REGION + BEIJING] == -worker.weight * opening.tax_cny
    assert counts.levels[tally.INSURED, 0] == counts.levels[tally.STOCK, 0] == -worker.weight
    entered = counts.cohorts[law.month - 36]
    assert entered[tally.FIRST_REGION + REGIONS.index("shanghai")] == entered[0] == worker.weight
    assert entered[tally.FIRST_REGION + BEIJING] == 0
    assert entered[tally.FIRST_CATEGORY + 2] == worker.weight
    wage = law.places[BEIJING].average_wage
    assert counts.events[tally.REFUNDS, 0] == pytest.approx(worker.weight * 3 * 0.08 * wage, rel=1e-3)
