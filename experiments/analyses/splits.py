"""One number of a package split among its members, replicate by replicate."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from experiments import pairing
from experiments.analyses.members import Division
from experiments.analyses.shapley import (
    Coalition,
    Order,
    Worths,
    coalitions,
    gains,
    interactions,
    joined_by,
    order_of,
    shares,
    shares_over,
)
from experiments.design import DesignError

EXACT_MOST = 5
"""Members up to which every coalition is run."""
DEFAULT_ORDERS = 20
NOBODY: Coalition = frozenset()


class Estimate(NamedTuple):
    """A mean over replicates and the interval that luck leaves it; see :class:`experiments.pairing.PairSummary`."""

    value: float
    low: float
    high: float
    error: float
    n: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


class Ratio(NamedTuple):
    """A ratio of means and its interval; nan where the lower mean cannot be told from 0."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class MemberShare:
    """What is due to one member: ``exact`` is the mean share before it is rounded to a float.

    ``first`` is what it adds alone, ``last`` what it adds to all others. ``order_error`` is the standard error that comes
    from the sample of orders; nan where every coalition was run.
    """

    member: str
    title: Mapping[str, str]
    share: Estimate
    exact: Fraction
    of_total: Ratio
    first: Estimate
    last: Estimate
    order_error: float


@dataclass(frozen=True)
class Interaction:
    """What two members do together beyond what each does, over all groups of the others: above 0, they help each other."""

    first: str
    second: str
    index: Estimate


@dataclass(frozen=True)
class Split:
    """One outcome of one group at one date: the package's effect, and what of it is due to whom.

    ``replicates`` are the numbers of those that had every coalition, ``totals`` and ``parts`` (by replicate and member)
    their effects and shares; ``left_out`` counts the others.
    """

    outcome: str
    group: str
    date: str
    unit: str
    total: Estimate
    exact: Fraction
    members: tuple[MemberShare, ...]
    interactions: tuple[Interaction, ...]
    replicates: tuple[int, ...]
    totals: tuple[Fraction, ...]
    parts: tuple[tuple[Fraction, ...], ...]
    left_out: int


def orders_of(n: int, permutations: int | None, seed: int, *, exact_most: int = EXACT_MOST) -> tuple[Order, ...]:
    """Return the orders in which members join; none where all coalitions are run.

    Parameters
    ----------
    n
        Members.
    permutations
        Orders to sample, 2 or more; they come in opposite pairs, so that an odd number is one more. None: no sample up
        to ``exact_most`` members, ``DEFAULT_ORDERS`` beyond.
    """
    if permutations is None:
        permutations = 0 if n <= exact_most else DEFAULT_ORDERS
    elif permutations < 2:
        raise DesignError(f"members join in 2 orders or more, got {permutations}")
    return tuple(order_of(number, n, seed) for number in range(permutations + permutations % 2))


def needed(n: int, orders: Sequence[Order]) -> list[Coalition]:
    """Return the coalitions to run, none of them empty: all, or those of the orders and each member first and last."""
    if not orders:
        return coalitions(n)[1:]
    everyone = frozenset(range(n))
    ends = [part for member in range(n) for part in (frozenset({member}), everyone - {member})]
    wanted = dict.fromkeys([*ends, *(coalition for order in orders for coalition in joined_by(order))])
    return sorted((coalition for coalition in wanted if coalition), key=lambda one: (len(one), sorted(one)))


def worths_of(table: Any, arms: Mapping[str, Coalition]) -> tuple[dict[int, Worths], int]:
    """Return the worth of every coalition by replicate, means over draws, and how many replicates were left out.

    Parameters
    ----------
    table
        Effects by arm, draw, replicate; see :func:`experiments.analyses.effects.effects_of`.
    arms
        The coalition that an arm is.

    Returns
    -------
        Exact fractions: every float is one. A replicate in which a coalition has no value under some draw is left out.
    """
    draws, replicates = table["draw"].unique(), sorted(table["replicate"].unique())
    found: dict[int, dict[Coalition, list[Fraction]]] = {}
    for arm, replicate, effect in zip(table["arm"], table["replicate"], table["effect"], strict=True):
        if arm in arms and math.isfinite(effect):
            found.setdefault(int(replicate), {}).setdefault(arms[arm], []).append(Fraction(float(effect)))
    whole: dict[int, Worths] = {
        replicate: {NOBODY: Fraction(0)} | {coalition: _mean(values) for coalition, values in found[replicate].items()}
        for replicate in sorted(found)
        if len(found[replicate]) == len(arms) and all(len(values) == len(draws) for values in found[replicate].values())
    }
    return whole, len(replicates) - len(whole)


def split_of(
    worths: Mapping[int, Worths],
    division: Division,
    orders: Sequence[Order],
    *,
    number: tuple[str, str, str, str],
    left_out: int = 0,
    confidence: float = pairing.CONFIDENCE,
) -> Split:
    """Return the shares of a package's members in one number.

    Parameters
    ----------
    worths
        By replicate, the worth of every coalition that was run.
    orders
        Orders that were sampled; none where all coalitions were run.
    number
        Outcome, group, date and unit.

    Raises
    ------
    DesignError
        If no replicate has every coalition.
    """
    n, games = len(division), list(worths.values())
    if not games:
        raise DesignError(f"no replicate has {number[0]} for every group of members: more runs or another outcome")
    parts = tuple(shares_over(game, orders) if orders else shares(game, n) for game in games)
    totals = tuple(game[division.everyone] for game in games)
    members = tuple(_member_share(place, division, games, parts, orders, confidence) for place in range(n))
    return Split(
        *number,
        total=estimate(totals, confidence),
        exact=_mean(totals),
        members=members,
        interactions=() if orders else _interactions(division, games, confidence),
        replicates=tuple(worths),
        totals=totals,
        parts=parts,
        left_out=left_out,
    )


def estimate(values: Sequence[Fraction], confidence: float = pairing.CONFIDENCE) -> Estimate:
    """Return the mean of exact values of replicates, and its interval."""
    found = pairing.summarise(np.zeros(len(values)), [float(value) for value in values], confidence=confidence)
    return Estimate(float(_mean(values)), found.low, found.high, found.error, found.n)


def _member_share(
    place: int,
    division: Division,
    games: Sequence[Worths],
    parts: Sequence[Sequence[Fraction]],
    orders: Sequence[Order],
    confidence: float,
) -> MemberShare:
    member, everyone = division.members[place], division.everyone
    own = [part[place] for part in parts]
    totals = [float(game[everyone]) for game in games]
    return MemberShare(
        member=member.id,
        title=member.title,
        share=estimate(own, confidence),
        exact=_mean(own),
        of_total=Ratio(*pairing.ratio([*map(float, own)], totals, confidence=confidence)),
        first=estimate([game[frozenset({place})] for game in games], confidence),
        last=estimate([game[everyone] - game[everyone - {place}] for game in games], confidence),
        order_error=_order_error(place, games, orders),
    )


def _order_error(place: int, games: Sequence[Worths], orders: Sequence[Order]) -> float:
    """Return the standard error of a mean gain over opposite pairs of orders; nan for fewer than two pairs."""
    if len(orders) < 4:
        return math.nan
    means = [float(_mean([gains(game, order)[place] for game in games])) for order in orders]
    pairs = np.reshape(means, (-1, 2)).mean(axis=1)
    return float(pairs.std(ddof=1) / math.sqrt(pairs.size))


def _interactions(division: Division, games: Sequence[Worths], confidence: float) -> tuple[Interaction, ...]:
    found = [interactions(game, len(division)) for game in games]
    names = [member.id for member in division.members]
    return tuple(
        Interaction(names[first], names[second], estimate([one[first, second] for one in found], confidence))
        for first, second in found[0]
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
