"""Shapley shares: what each member of a package adds, averaged over all orders in which members could join.

Worths are fractions, so that shares add up to the total exactly, not up to the last digit. A coalition is the set of its
members' places, 0 to n - 1; the empty one is worth 0 where worths are differences from a baseline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import TypeAlias

Coalition: TypeAlias = frozenset[int]
Worths: TypeAlias = Mapping[Coalition, Fraction]
Order: TypeAlias = tuple[int, ...]


def coalitions(n: int) -> list[Coalition]:
    """Return all 2^n coalitions of n members, the small ones first.

    >>> [sorted(coalition) for coalition in coalitions(2)]
    [[], [0], [1], [0, 1]]
    """
    return [frozenset(chosen) for size in range(n + 1) for chosen in combinations(range(n), size)]


def shares(worths: Worths, n: int) -> tuple[Fraction, ...]:
    """Return the Shapley share of each of n members.

    Parameters
    ----------
    worths
        The worth of every coalition.

    Returns
    -------
        Shares that add up to the worth of all less that of none. Source: Shapley (1953, A value for n-person games).

    >>> alone = {0: 3, 1: 5}
    >>> game = {c: Fraction(sum(alone[i] for i in c) + (2 if len(c) == 2 else 0)) for c in coalitions(2)}
    >>> [int(share) for share in shares(game, 2)]  # what only both achieve is halved
    [4, 6]
    """
    found = [Fraction(0)] * n
    for coalition in coalitions(n):
        size = len(coalition)
        if size == n:
            continue
        weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
        for member in range(n):
            if member not in coalition:
                found[member] += weight * (worths[coalition | {member}] - worths[coalition])
    return tuple(found)


def interactions(worths: Worths, n: int) -> dict[tuple[int, int], Fraction]:
    """Return the Shapley interaction index of each pair of members.

    What a pair adds together beyond what each adds alone, averaged over all groups of the others: above 0 where they
    help each other. Source: Grabisch and Roubens (1999, An axiomatic approach to the concept of interaction).
    """
    found = {}
    for first, second in combinations(range(n), 2):
        total = Fraction(0)
        for coalition in coalitions(n):
            if first in coalition or second in coalition:
                continue
            size = len(coalition)
            weight = Fraction(factorial(size) * factorial(n - size - 2), factorial(n - 1))
            both, one, other = coalition | {first, second}, coalition | {first}, coalition | {second}
            total += weight * (worths[both] - worths[one] - worths[other] + worths[coalition])
        found[first, second] = total
    return found


def order_of(number: int, n: int, seed: int) -> Order:
    """Return an order of n members drawn at random; one with an odd number is the reverse of the one before it.

    A member that comes early in one comes late in the other, which evens out much of the luck of the draw. An order
    depends on its number and the seed alone, so that more orders never change those before.

    >>> order_of(1, 6, seed=1) == tuple(reversed(order_of(0, 6, seed=1)))
    True
    """

    def luck(member: int) -> bytes:
        return hashlib.sha256(f"order of joining/{seed}/{number // 2}/{member}".encode()).digest()

    order = tuple(sorted(range(n), key=luck))
    return order[::-1] if number % 2 else order


def joined_by(order: Order) -> list[Coalition]:
    """Return the coalitions that arise as members join in an order, from none to all.

    >>> [sorted(coalition) for coalition in joined_by((1, 0))]
    [[], [1], [0, 1]]
    """
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


def gains(worths: Worths, order: Order) -> tuple[Fraction, ...]:
    """Return what each member adds at the moment it joins in an order, by the member's place."""
    steps = joined_by(order)
    found = [Fraction(0)] * len(order)
    for member, before, after in zip(order, steps, steps[1:], strict=False):
        found[member] = worths[after] - worths[before]
    return tuple(found)


def shares_over(worths: Worths, orders: Sequence[Order]) -> tuple[Fraction, ...]:
    """Return the mean of each member's gain over some orders: an unbiased estimate of its share if they are random.

    Each order's gains add up to the total, so their means do as well.
    """
    columns = zip(*(gains(worths, order) for order in orders), strict=True)
    return tuple(sum(column, Fraction(0)) / len(orders) for column in columns)
