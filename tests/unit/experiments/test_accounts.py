"""What a reform costs, and what each added year costs: a number where there is one, a sentence where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest

from experiments.accounts import cost_row
from experiments.comparison import Comparison
from experiments.findings import cost_lines
from experiments.persons import Touched
from experiments.replicate import Money, PairedRun

Make = Callable[..., Comparison]


def runs_of(months: Sequence[int], cost: float = 6e6) -> list[PairedRun]:
    """Return pairs of runs that add so many months of people, or take them where the number is negative."""
    runs = []
    for seed, n in enumerate(months):
        run = PairedRun(seed)
        reached = Touched(additional_months=max(0, n), displaced_months=-n if n < 0 else 0)
        run.groups["a"] = {"2030-12": {"all": reached}}
        run.money["a"] = {"2030-12": Money(cost, 100e6, 100e6 - cost + 50_000.0 * n)}
        runs.append(run)
    return runs


def test_each_added_year_costs_the_cost_over_the_years() -> None:
    row = cost_row("a", "2030-12", runs_of([1200, 1200, 1200]))
    assert (row.public_cost, row.person_years) == (6e6, 100.0)
    assert row.per_person_year == row.per_person_year_low == row.per_person_year_high == 60_000.0
    assert row.balance == pytest.approx(-6e6 + 60e6)


def test_the_interval_of_a_year_s_cost_is_wider_above_than_below() -> None:
    row = cost_row("a", "2030-12", runs_of([900, 1200, 1500, 1100, 1300]))
    below, above = (abs(end - row.per_person_year) for end in (row.per_person_year_low, row.per_person_year_high))
    assert 0 < below < above


@pytest.mark.parametrize("months", [[-300, 200, 400], [0, 0, 0], [5]])
def test_no_cost_a_year_exists_where_the_years_may_be_none(months: list[int]) -> None:
    assert math.isnan(cost_row("a", "2030-12", runs_of(months)).per_person_year)


def test_the_cost_is_told_with_its_years(comparison_of: Make) -> None:
    (line,) = cost_lines(comparison_of({"a": [50.0, 60.0, 70.0]}, touched=120), "en")
    # 720 months added and 240 taken are 40 years, for a million yuan.
    assert "cost 1.0 million yuan and added 40 years of people in China" in line
    assert "each added year cost 25,000 yuan (25,000 to 25,000)" in line
    assert "changes by -0.5 million yuan" in line


def test_without_added_years_a_sentence_stands_for_the_ratio(comparison_of: Make) -> None:
    result = comparison_of({"a": [50.0, 60.0, 70.0]}, touched=0)
    (english,), (chinese,) = cost_lines(result, "en"), cost_lines(result, "zh")
    assert "holds 0, so there is no cost per added year" in english
    assert "没有每人年成本" in chinese


def test_one_pair_of_runs_claims_no_interval_of_money(comparison_of: Make) -> None:
    result = comparison_of({"a": [50.0]}, touched=120)
    (english,), (chinese,) = cost_lines(result, "en"), cost_lines(result, "zh")
    assert "one pair of runs bounds no cost per added year" in english
    assert english.endswith("million yuan in all.")
    assert "一对运行" in chinese
    assert chinese.endswith("百万元。")
