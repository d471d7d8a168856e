"""Regions that bid for talent: what of their gain the nation gains, and what the other regions lose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.design import DesignError
from experiments.pairing import PairSummary, summarise
from experiments.replicate import at_date

if TYPE_CHECKING:
    from experiments.comparison import Comparison

STOCK = "stock"


@dataclass(frozen=True)
class Split:
    """A difference between two laws, split: ``regions`` = ``nation`` + ``reallocated``, exactly, in every pair.

    ``regions`` is the stock of the regions that bid, ``nation`` that of all regions, ``reallocated`` what the others
    have less (its ``baseline`` and ``reform`` are their stocks with the sign turned).
    """

    scenario: str
    date: str
    bidders: tuple[str, ...]
    regions: PairSummary
    nation: PairSummary
    reallocated: PairSummary


def groups_of(regions: Sequence[str]) -> tuple[str, ...]:
    """Return the groups that a comparison must hold to be split for some regions.

    >>> groups_of(["guangdong"])
    ('all', 'region=guangdong')
    """
    return "all", *(f"region={region}" for region in regions)


def split_gain(result: Comparison, scenario: str, regions: Sequence[str], date: str) -> Split:
    """Split what a scenario does to the stock of some regions into national gain and reallocation between regions.

    Parameters
    ----------
    result
        A comparison of ``stock`` with the groups that ``groups_of`` names.
    scenario
        Id of one of its scenarios.
    regions
        Those that bid, for example those whose supplements a reform raises.
    date
        One month, ``YYYY-MM``.

    Raises
    ------
    DesignError
        If the comparison lacks the scenario, the outcome or a group.
    """
    if not regions or len(set(regions)) < len(regions):
        raise DesignError("name the regions that bid, each once")
    missing = [group for group in groups_of(regions) if group not in result.question.groups]
    if STOCK not in result.question.outcomes or missing:
        raise DesignError(f"the comparison lacks {STOCK} of {', '.join(missing) or 'everybody'}")
    if scenario not in {case.id for case in result.cases}:
        raise DesignError(f"the comparison has no scenario {scenario!r}")
    nation, *parts = (
        [at_date(values, date) for values in result.paths(scenario, STOCK, group)] for group in groups_of(regions)
    )
    bidding = [sum(values) for values in zip(*parts, strict=True)]
    others = [mine - all_of_them for mine, all_of_them in zip(bidding, nation, strict=True)]
    return Split(scenario, date, tuple(regions), summarise(*bidding), summarise(*nation), summarise(*others))
