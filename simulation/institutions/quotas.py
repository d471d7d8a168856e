"""Yearly numbers: Category C, decisions on permanent residence; and the networks that grow with the stock."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule


@rule
def served_share(per_year: float, cases_per_month: float) -> float:
    """Return the share of cases that a yearly number can serve, 0 to 1; a number of 0 serves nobody."""
    if per_year <= 0.0:
        return 0.0
    cases = 12.0 * cases_per_month
    return 1.0 if cases <= per_year else per_year / cases


@rule
def network_growth(stock: float, reference: float, elasticity: float) -> float:
    """Return how many contacts in China people have, relative to the reference stock of their origin.

    A fifth of the reference is added on both sides, so that an empty start is no barrier (assumption).
    """
    if reference <= 0.0:
        return 1.0
    return draws.power((stock + 0.2 * reference) / (1.2 * reference), elasticity)
