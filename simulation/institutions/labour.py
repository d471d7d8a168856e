"""Posts open to foreign professionals: how many stand empty, and how likely a seeker is to find one."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule

VACANT_SHARE_MIN = 0.02
"""Share of posts that is always being refilled (assumption)."""


@rule
def vacancies(posts: float, employed: float) -> float:
    """Return the posts that stand empty, people: those not filled, and at least the few being refilled."""
    empty = posts - employed
    least = VACANT_SHARE_MIN * posts
    return empty if empty > least else least


@rule
def match_share(seekers: float, vacant: float, efficiency: float) -> float:
    """Return the share of seekers matched in a month, 0 to 1: V(1 - exp(-A U / V)) / U.

    Falls with seekers and rises with vacancies: without vacancies, lower bars and easier visas add nobody.
    """
    if vacant <= 0.0:
        return 0.0
    # So few that 1 - exp(-x) would lose its digits: the limit.
    if seekers <= 1e-9 * vacant:
        return efficiency if efficiency < 1.0 else 1.0
    share = vacant * (1.0 - draws.exp(-efficiency * seekers / vacant)) / seekers
    return share if share < 1.0 else 1.0
