"""Income tax: closed forms of the table of 2019, the exempt benefits, the cap of the Greater Bay Area."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulation.names import REGIONS
from simulation.records import Now
from simulation.rules import tax

SHANGHAI, GUANGDONG = REGIONS.index("shanghai"), REGIONS.index("guangdong")

# Rate and quick deduction of each band, as tax offices print them: the tax is rate x income - deduction.
QUICK = (
    (36_000, 0.03, 0), (144_000, 0.10, 2_520), (300_000, 0.20, 16_920), (420_000, 0.25, 31_920),
    (660_000, 0.30, 52_920), (960_000, 0.35, 85_920), (10_000_000, 0.45, 181_920),
)  # fmt: skip


@pytest.mark.parametrize(("top", "rate", "deduction"), QUICK)
def test_tax_is_the_rate_less_the_quick_deduction(top: float, rate: float, deduction: float, now: Now) -> None:
    law = now.policy[SHANGHAI]
    for taxable in (top, top - 1_000.0):
        assert tax.income_tax(taxable, law) == pytest.approx(rate * taxable - deduction, abs=1e-6)


def test_nobody_without_taxable_income_pays(now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert [tax.income_tax(taxable, law) for taxable in (-50_000.0, 0.0)] == [0.0, 0.0]
    assert tax.tax_on_salary(60_000.0, 0.0, 0, law) == 0.0


def test_tax_reaches_a_fifth_of_the_wage_at_709_200_yuan(now: Now, under: Callable[..., Now]) -> None:
    law = under(now, exempt_benefits=0.0).policy[SHANGHAI]
    wage = 709_200.0
    assert tax.tax_on_salary(wage, 0.0, 0, law) / wage == pytest.approx(0.2, abs=1e-12)
    assert tax.tax_on_salary(wage - 500.0, 0.0, 0, law) / (wage - 500.0) < 0.2


def test_a_cap_of_15_percent_saves_102_080_yuan_on_a_million(now: Now, under: Callable[..., Now]) -> None:
    plain = under(now, exempt_benefits=0.0)
    usual = tax.tax_on_salary(1_000_000.0, 0.0, 0, plain.policy[SHANGHAI])
    capped = tax.tax_on_salary(1_000_000.0, 0.0, 0, plain.policy[GUANGDONG])
    assert usual == pytest.approx(243_080.0, abs=1e-6)
    assert capped == pytest.approx(141_000.0, abs=1e-6)
    assert usual - capped == pytest.approx(102_080.0, abs=1e-6)


def test_the_cap_changes_nothing_for_small_incomes_and_nothing_before_2019(facts: Callable[..., Now]) -> None:
    now = facts("2024-06")
    for taxable in (10_000.0, 100_000.0):
        assert tax.income_tax(taxable, now.policy[GUANGDONG]) == tax.income_tax(taxable, now.policy[SHANGHAI])
    before = facts("2018-12")
    assert tax.income_tax(1e6, before.policy[GUANGDONG]) == tax.income_tax(1e6, before.policy[SHANGHAI])


def test_assignees_use_the_whole_exempt_share_and_others_two_fifths(now: Now, under: Callable[..., Now]) -> None:
    law: Any = under(now, exempt_benefits=1.0, exempt_benefits_share_max=0.3).policy[SHANGHAI]
    assert tax.exempt_benefits(500_000.0, 1, law) == pytest.approx(150_000.0)
    assert tax.exempt_benefits(500_000.0, 0, law) == pytest.approx(60_000.0)
    ended = law._replace(exempt_benefits=0.0)
    assert tax.exempt_benefits(500_000.0, 1, ended) == 0.0
    assert tax.tax_on_salary(500_000.0, 0.0, 1, law) == pytest.approx(tax.income_tax(290_000.0, law))


def test_contributions_are_deducted_before_tax(now: Now) -> None:
    law = now.policy[SHANGHAI]
    assert tax.tax_on_salary(200_000.0, 40_000.0, 0, law._replace(exempt_benefits=0.0)) == pytest.approx(
        0.10 * 100_000.0 - 2_520.0
    )
