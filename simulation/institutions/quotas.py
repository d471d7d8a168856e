"""Yearly numbers: first permits of Category C."""

from __future__ import annotations

from simulation.compiled import rule


@rule
def served_share(per_year: float, cases_per_month: float) -> float:
    """Return the share of cases that a yearly number can serve, 0 to 1; a number of 0 serves nobody."""
    if per_year <= 0.0:
        return 0.0
    cases = 12.0 * cases_per_month
    return 1.0 if cases <= per_year else per_year / cases
