"""What a reform costs the public purse, and what each year of work in China that it adds costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments import components, pairing
from experiments.replicate import draws_of

if TYPE_CHECKING:
    from experiments.replicate import PairedRun


@dataclass(frozen=True)
class CostRow:
    """Money of a scenario from its first month to a date, means over pairs, yuan of 2024.

    ``public_cost`` is that of the reform itself: set-up, running, cases. ``balance`` is what the fiscal balance changes
    by, the reform's cost included; ``balance_low`` and ``balance_high`` bound it. ``person_years`` are the years in China
    that it adds, less those it takes. ``per_person_year`` is the public cost of one such year, with its interval; all
    three are nan where the mean of ``person_years`` cannot be told from 0, and then no such number exists. Over draws of
    uncertain parameters, the first two intervals are those of :func:`experiments.components.reach_of`, and that of the
    ratio of means counts each draw as one pair.
    """

    scenario: str
    date: str
    public_cost: float
    balance: float
    balance_low: float
    balance_high: float
    person_years: float
    person_years_low: float
    person_years_high: float
    per_person_year: float
    per_person_year_low: float
    per_person_year_high: float
    n: int


def cost_row(scenario: str, date: str, runs: Sequence[PairedRun]) -> CostRow:
    """Return what a scenario costs up to a date, from pairs of runs."""
    money = [run.money[scenario][date] for run in runs]
    reached = [run.groups[scenario][date]["all"] for run in runs]
    years = [(count.additional_months - count.displaced_months) / 12 for count in reached]
    cost = [one.public_cost for one in money]
    draws = draws_of(runs)
    balance = components.summarise(
        [one.balance_baseline for one in money], [one.balance_reform for one in money], draws
    )
    added = components.summarise([0.0] * len(years), years, draws)
    ratio, low, high = pairing.ratio(_by_draw(cost, draws), _by_draw(years, draws))
    return CostRow(
        scenario=scenario,
        date=date,
        public_cost=sum(cost) / len(cost),
        balance=balance.difference,
        balance_low=balance.low,
        balance_high=balance.high,
        person_years=added.difference,
        person_years_low=added.low,
        person_years_high=added.high,
        per_person_year=ratio,
        per_person_year_low=low,
        per_person_year_high=high,
        n=len(runs),
    )


def _by_draw(values: Sequence[float], draws: Sequence[int] | None) -> Sequence[float]:
    """Return the mean of each draw, the values themselves without draws."""
    return values if draws is None else [float(mean) for mean in components.means_of(values, draws)]
