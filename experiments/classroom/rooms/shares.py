"""What of a package's effect is due to which measure, on the hidden pairs: Shapley shares.

Up to ``EXACT_MOST`` measures every combination is run; beyond, shares are means over ``ORDERS`` orders of joining, and say
so. Numbers are people in China in the last month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from experiments.analyses.shapley import Coalition, Order, shares, shares_over
from experiments.analyses.splits import Estimate, estimate, needed, orders_of
from experiments.classroom.rooms.packages import Package

EXACT_MOST = 4
ORDERS = 4
_ORDERS_SEED = 1


class Shares(NamedTuple):
    """The shares of a package's measures in the order of its parts, over ``pairs`` hidden pairs."""

    parts: tuple[str, ...]
    shares: tuple[Estimate, ...]
    total: Estimate
    is_sampled: bool
    pairs: int


def orders_for(n: int) -> tuple[Order, ...]:
    """Return the orders that stand for all; none where every combination is run."""
    return orders_of(n, ORDERS if n > EXACT_MOST else None, _ORDERS_SEED)


def coalition_packages(package: Package) -> Iterator[tuple[Coalition, Package]]:
    """Yield the combinations of measures to run, each as a package."""
    n = len(package.parts)
    for coalition in needed(n, orders_for(n)):
        yield coalition, package.only(coalition)


def key_of(coalition: Coalition) -> str:
    """Return the name of a combination.

    >>> key_of(frozenset({2, 0}))
    'c0-2'
    """
    return "c" + "-".join(str(place) for place in sorted(coalition))


def shares_of(package: Package, results: Mapping[int, Mapping[str, Any]]) -> Shares | None:
    """Return the shares of a package's measures; None where there is nothing to share or nothing was run.

    Parameters
    ----------
    results
        By pair, what each combination gave; see :class:`experiments.classroom.rooms.hidden_runs.HiddenRuns`.
    """
    n = len(package.parts)
    if n < 2 or not results:
        return None
    orders = orders_for(n)
    whole = frozenset(range(n))
    games = [_worths(result, n, orders) for result in results.values()]
    parts = [shares_over(game, orders) if orders else shares(game, n) for game in games]
    found = tuple(estimate([one[place] for one in parts]) for place in range(n))
    return Shares(package.parts, found, estimate([game[whole] for game in games]), bool(orders), len(games))


def _worths(result: Mapping[str, Any], n: int, orders: tuple[Order, ...]) -> dict[Coalition, Fraction]:
    found = {frozenset[int](): Fraction(0)}
    for coalition in needed(n, orders):
        told = result[key_of(coalition)]
        found[coalition] = Fraction(told["reform"][0] - told["baseline"][0])
    return found
