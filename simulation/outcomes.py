"""What came of it: whole-number counts of each month, and the outcomes that follow from them.

The stock is kept by adding and taking away those who move; that stock(t+1) = stock(t) + in - out holds in every group and
month is checked as the model runs, and against a recount of all rows in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import catalogue
from simulation.catalogue import GROUPS, LABELS, UNITS
from simulation.fiscal import Purse
from simulation.limits import Scarce
from simulation.names import FIELDS, LANES, REGIONS
from simulation.records import Given, month_index, month_text
from simulation.rules import tally
from simulation.survival import TENURE_MAX, stay_share

__all__ = ["GROUPS", "LABELS", "UNITS", "Outcomes", "StockError"]


class StockError(RuntimeError):
    """The identity stock(t+1) = stock(t) + in - out is broken: the model is wrong, and the run ends."""


class Outcomes:
    """Counts by month and group, in people.

    Attributes
    ----------
    events
        int64 (months, tally.EVENTS, groups).
    levels
        int64 (months, tally.LEVELS, groups), at the end of each month.
    days
        int64 (months, lanes, bins) of first permits decided, by days taken.
    cohorts
        int32 (months of entry, tenures of 0 to TENURE_MAX months, groups on entry): exits.
    filled, posts
        int64 and f8 (months, regions, fields): posts filled at the end of each month, and posts in all.
    shares
        f8 (months, catalogue.LIMITS): how far scarce things reached.
    purse
        The prices by which counts become money.
    month
        Months recorded so far.
    """

    names = tuple(UNITS)
    groups = GROUPS

    def __init__(self, given: Given) -> None:
        n_months = given.until + 1
        self.events = np.zeros((n_months, len(tally.EVENTS), len(GROUPS)), np.int64)
        self.levels = np.zeros((n_months, len(tally.LEVELS), len(GROUPS)), np.int64)
        self.days = np.zeros((n_months, len(LANES), tally.N_DAY_BINS), np.int64)
        self.cohorts = np.zeros((n_months, TENURE_MAX + 1, len(GROUPS)), np.int32)
        self.filled = np.zeros((n_months, len(REGIONS), len(FIELDS)), np.int64)
        self.posts = np.zeros((n_months, len(REGIONS), len(FIELDS)))
        self.shares = np.full((n_months, len(catalogue.LIMITS)), np.nan)
        self.purse = Purse(given.accounts, given.costs, n_months)
        self.month = 0

    def copy(self, given: Given | None = None) -> Outcomes:
        """Return an independent copy; what happens is valued by another ``given`` if there is one."""
        other = object.__new__(Outcomes)
        for name, held in vars(self).items():
            setattr(other, name, held.copy() if isinstance(held, np.ndarray) else held)
        if given is not None:
            other.purse = Purse(given.accounts, given.costs, len(self.events))
        return other

    def record(self, counts: tally.Tally, levels: NDArray[np.int64], scarce: Scarce) -> None:
        """Take in the counts of the next month, the levels at its end and what was scarce.

        Raises
        ------
        StockError
            If any group's stock is not last month's plus entries minus exits.
        """
        month = self.month
        before = self.levels[month - 1, tally.STOCK] if month else np.zeros(len(GROUPS), np.int64)
        expected = before + counts.events[tally.INFLOW] - counts.events[tally.OUTFLOW]
        if not np.array_equal(expected, levels[tally.STOCK]):
            group = int(np.flatnonzero(expected != levels[tally.STOCK])[0])
            raise StockError(
                f"{month_text(month)} {GROUPS[group]}: stock is {levels[tally.STOCK, group]}, "
                f"last month's plus entries minus exits is {expected[group]}"
            )
        self.events[month], self.levels[month], self.days[month] = counts.events, levels, counts.days
        self.filled[month], self.posts[month], self.shares[month] = scarce
        entered = np.arange(max(0, month - TENURE_MAX), month + 1)
        self.cohorts[entered, month - entered] += counts.cohorts[entered].astype(np.int32)
        self.month = month + 1

    def value(self, outcome: str, group: str, month: int, *, months: int = 12) -> float:
        """Return one outcome of one group.

        Parameters
        ----------
        outcome, group
            Names of ``UNITS`` and ``GROUPS``.
        month
            Counted from January 2000; flows end with it, levels are taken at its end.
        months
            Months over which flows, and shares of flows, are counted: a year by default.

        Returns
        -------
            nan where the outcome is not defined: shares of nobody, quantiles of days and limits by group.
        """
        if not 0 <= month < self.month:
            return float("nan")
        return _series(self, outcome, GROUPS.index(group), month, max(0, month - months + 1))

    def values(self, month: int, *, months: int = 12) -> dict[tuple[str, str], float]:
        """Return every outcome of every group, by name and group, leaving out those not defined."""
        found = {}
        for outcome in self.names:
            for group in GROUPS:
                value = self.value(outcome, group, month, months=months)
                if value == value:
                    found[outcome, group] = value
        return found

    def table(
        self, start: str = "2018-01", *, outcomes: tuple[str, ...] = (), groups: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return outcomes month by month as columns date, outcome, group, unit, value; flows are those of the month.

        Parameters
        ----------
        start
            First month, ``YYYY-MM``.
        outcomes, groups
            Those wanted; all by default.
        """
        first = month_index(start)
        columns: dict[str, list[Any]] = {"date": [], "outcome": [], "group": [], "unit": [], "value": []}
        for outcome in outcomes or self.names:
            for group in groups or GROUPS:
                for at in range(first, self.month):
                    value = self.value(outcome, group, at, months=1)
                    if value == value:
                        for name, item in zip(
                            columns, (month_text(at), outcome, group, UNITS[outcome], value), strict=True
                        ):
                            columns[name].append(item)
        return columns

    def to_pandas(self, start: str = "2018-01") -> Any:
        """Return ``table`` as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.table(start))


def _series(kept: Outcomes, outcome: str, group: int, month: int, first: int) -> float:
    def flow(event: int) -> float:
        return float(kept.events[first : month + 1, event, group].sum())

    def level(index: int) -> float:
        return float(kept.levels[month, index, group])

    if outcome in catalogue.FLOWS:
        return flow(catalogue.FLOWS[outcome])
    if outcome in catalogue.FLOW_RATIOS:
        part, whole, unit = catalogue.FLOW_RATIOS[outcome]
        return _ratio(flow, part, whole) / unit
    if outcome in catalogue.LEVEL_RATIOS:
        return _ratio(level, *catalogue.LEVEL_RATIOS[outcome])
    if outcome in catalogue.DAYS:
        return _days(kept, catalogue.DAYS[outcome], group, month, first)
    if outcome in catalogue.MONEY:
        return kept.purse.flow(outcome, kept.events, kept.levels, group, slice(first, month + 1))
    if outcome in catalogue.STAYS:
        return _stay(kept, catalogue.STAYS[outcome], group, month, first)
    return _other(kept, outcome, group, month, first)


def _ratio(counted: Callable[[int], float], part: int, whole: int) -> float:
    n = counted(whole)
    return counted(part) / n if n else float("nan")


def _other(kept: Outcomes, outcome: str, group: int, month: int, first: int) -> float:
    """Return an outcome with a formula of its own; those of the whole nation are known of everybody alone."""
    nan = float("nan")
    if outcome == "stock":
        return float(kept.levels[month, tally.STOCK, group])
    if outcome == "net":
        moved = kept.events[first : month + 1, :, group].sum(axis=0)
        return float(moved[tally.INFLOW] - moved[tally.OUTFLOW])
    if outcome == "residence_odds":
        stock = float(kept.levels[first : month + 1, tally.STOCK, group].sum())
        return 12.0 * float(kept.events[first : month + 1, tally.PR_WON, group].sum()) / stock if stock else nan
    if outcome == "contested_posts":
        return _contested(kept, GROUPS[group], month)
    if outcome == "share_of_workforce":
        return _share_of_workforce(kept, group, month)
    if group != 0:
        return nan
    if outcome == "pr_stock":
        return float(kept.levels[month, tally.STOCK, catalogue.RESIDENTS])
    return float(kept.shares[month, catalogue.LIMITS.index(outcome)])


def _share_of_workforce(kept: Outcomes, group: int, month: int) -> float:
    """Return the stock over urban employment, or the stock in research over the staff in research and development."""
    of = {"all": "urban_workforce", "field=research": "research_workforce"}
    if GROUPS[group] not in of:
        return float("nan")
    workforce = float(kept.purse.accounts[of[GROUPS[group]]][month])
    return float(kept.levels[month, tally.STOCK, group]) / workforce if workforce else float("nan")


def _contested(kept: Outcomes, group: str, month: int) -> float:
    """Return the posts filled beyond the level at which posts are plentiful, in each region and field."""
    plentiful = float(kept.purse.accounts["plentiful_share"][month])
    excess = kept.filled[month] - plentiful * kept.posts[month]
    cells = np.where(excess > 0, excess, 0.0)
    family, _, name = group.partition("=")
    if family == "region":
        cells = cells[REGIONS.index(name)]
    elif family == "field":
        cells = cells[:, FIELDS.index(name)]
    elif family != "all":
        return float("nan")
    return float(cells.sum())


def _days(kept: Outcomes, share: float, group: int, month: int, first: int) -> float:
    """Return the days within which a share of first permits was decided, at the middle of its bin."""
    lanes: dict[int, slice | int] = {
        0: slice(None),
        tally.FIRST_CATEGORY: 0,
        tally.FIRST_CATEGORY + 1: 1,
        tally.FIRST_CATEGORY + 2: 2,
    }
    if group not in lanes:
        return float("nan")
    counts = kept.days[first : month + 1, lanes[group]].reshape(-1, tally.N_DAY_BINS).sum(axis=0)
    n = int(counts.sum())
    if n == 0:
        return float("nan")
    reached = np.cumsum(counts)
    place = int(np.searchsorted(reached, share * n))
    below = float(reached[place - 1]) if place else 0.0
    # Linear within the bin, so that the quantile does not jump from bin to bin.
    return tally.DAYS_PER_BIN * (place + (share * n - below) / float(counts[place]))


def _stay(kept: Outcomes, tenure: int, group: int, month: int, first: int) -> float:
    """Return the share who stay for a tenure, by Kaplan and Meier.

    The cohort are those who entered in the months before ``first`` that the tenure spans, and since; groups are those
    on entry.
    """
    if first < tenure:
        return float("nan")
    entries = kept.events[:, tally.ARRIVALS, group]
    return stay_share(entries, kept.cohorts[:, :, group], tenure=tenure, first=first - tenure, last=month)
