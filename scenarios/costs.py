"""What a reform costs the public purse, from its file: at once, a year, for each case, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.changes import LAST, Change
from scenarios.months import MONTHS
from simulation.fiscal import CASES, COST


@dataclass(frozen=True)
class Cost:
    """What a reform costs, CNY of 2024: once, a year, and for each case.

    ``case`` names the events that are its cases, one of ``CASES``. Over the first ``ramp_months`` months the set-up is
    spent in equal parts, and the running cost rises evenly to its full amount.
    """

    set_up: float = 0.0
    per_year: float = 0.0
    per_case: float = 0.0
    ramp_months: int = 12
    case: str = CASES[0]
    source: str = ""
    note: str = ""

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.set_up + other.set_up,
            self.per_year + other.per_year,
            self.per_case + other.per_case,
            self.ramp_months,
            self.case,
            self.source,
        )


def costs_by_month(cost: Cost, changes: Sequence[Change]) -> Any:
    """Return the costs of a reform from its first change to the end of its last, COST of shape (MONTHS,)."""
    costs = np.zeros(MONTHS, COST)
    if not changes:
        return costs
    start, end = min(change.start for change in changes), min(max(change.end for change in changes), LAST)
    running = costs[start : end + 1]
    months = np.arange(len(running))
    share = np.minimum(1.0, (months + 1) / cost.ramp_months)
    running["fixed"] = cost.per_year / 12 * share + np.where(
        months < cost.ramp_months, cost.set_up / cost.ramp_months, 0
    )
    running["per_case"][:, CASES.index(cost.case)] = cost.per_case
    return costs
