"""What came of it: whole-number counts of each month, and the outcomes that follow from them.

The stock is kept by adding and taking away those who move; that stock(t+1) = stock(t) + in - out holds in every group and
month is checked as the model runs, and against a recount of all rows in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.names import AGE_BANDS, FIELDS, LANES, MODES, ORIGINS, REGIONS
from simulation.records import month_index, month_text
from simulation.rules import tally

GROUPS = (
    "all",
    *(f"category={name}" for name in tally.CATEGORY_GROUPS),
    *(f"region={name}" for name in REGIONS),
    *(f"origin={name}" for name in ORIGINS),
    *(f"field={name}" for name in FIELDS),
    *(f"age={name}" for name in AGE_BANDS),
    *(f"mode={name}" for name in MODES),
)

UNITS = {
    "stock": "persons",
    "inflow": "persons",
    "outflow": "persons",
    "arrivals": "persons",
    "applications": "applications",
    "permits_issued": "permits",
    "refusals": "applications",
    "abandoned": "applications",
    "rework_share": "share",
    "days_to_permit_median": "days",
    "days_to_permit_p90": "days",
    "pr_applications": "applications",
    "pr_granted": "persons",
    "pr_stock": "persons",
    "stay_1y": "share",
    "stay_3y": "share",
    "stay_5y": "share",
    "family_share": "share",
    "spouse_employment": "share",
    "pension_qualifiers": "persons",
    "mean_points": "points",
    "families_joined": "families",
    "families_separated": "families",
    "moved_in": "persons",
    "moved_out": "persons",
    "belief_gap": "share",
}
"""Unit of each outcome; flows are counted over the months asked for."""

LABELS = {
    "stock": {
        "en": "Foreign professionals in China, on any permit or residence",
        "zh": "在华外国专业人才存量（各类许可与居留）",
    },
    "inflow": {"en": "Entries; in a group also changes into it", "zh": "流入（分组含组间转入）"},
    "outflow": {"en": "Exits; in a group also changes out of it", "zh": "流出（分组含组间转出）"},
    "arrivals": {"en": "New stays begun", "zh": "新到华人数"},
    "applications": {"en": "First applications filed from abroad", "zh": "境外首次申请数"},
    "permits_issued": {"en": "Work permits issued, renewals included", "zh": "签发工作许可数（含延期）"},
    "refusals": {"en": "Applications refused", "zh": "被拒申请数"},
    "abandoned": {"en": "Applications given up while waiting", "zh": "等待中放弃的申请数"},
    "rework_share": {"en": "Files sent back at least once", "zh": "至少被退回一次的案件占比"},
    "days_to_permit_median": {"en": "Days to a first permit, median", "zh": "首次许可办理天数（中位数）"},
    "days_to_permit_p90": {"en": "Days to a first permit, nine in ten", "zh": "首次许可办理天数（90分位）"},
    "pr_applications": {"en": "Applications for permanent residence", "zh": "永久居留申请数"},
    "pr_granted": {"en": "Permanent residence granted", "zh": "永久居留批准数"},
    "pr_stock": {"en": "Permanent residents, retired ones apart", "zh": "永久居留者存量（不含退休）"},
    "stay_1y": {"en": "Still in China a year after entry", "zh": "入境一年后仍在华占比"},
    "stay_3y": {"en": "Still in China three years after entry", "zh": "入境三年后仍在华占比"},
    "stay_5y": {"en": "Still in China five years after entry", "zh": "入境五年后仍在华占比"},
    "family_share": {"en": "Couples who live together in China", "zh": "夫妻同住中国的占比"},
    "spouse_employment": {"en": "Spouses in China who work", "zh": "在华配偶就业占比"},
    "pension_qualifiers": {"en": "People who reach a Chinese pension", "zh": "获得养老金资格人数"},
    "mean_points": {"en": "Points of permits issued, mean", "zh": "签发许可的平均积分"},
    "families_joined": {"en": "Families who joined those who came first", "zh": "后来随迁的家庭数"},
    "families_separated": {"en": "Families who went back while one stayed", "zh": "一方留华、家属返回的家庭数"},
    "moved_in": {"en": "Moves between regions of China, by region of arrival", "zh": "地区间迁移（按迁入地）"},
    "moved_out": {"en": "Moves between regions of China, by region of departure", "zh": "地区间迁移（按迁出地）"},
    "belief_gap": {"en": "How far off the beliefs of those who consider coming are", "zh": "有意来华者的认知偏差"},
}

_FLOWS = {
    "inflow": tally.INFLOW,
    "outflow": tally.OUTFLOW,
    "arrivals": tally.ARRIVALS,
    "applications": tally.APPLICATIONS,
    "permits_issued": tally.PERMITS_ISSUED,
    "refusals": tally.REFUSALS,
    "abandoned": tally.ABANDONED,
    "pr_applications": tally.PR_APPLICATIONS,
    "pr_granted": tally.PR_GRANTED,
    "pension_qualifiers": tally.PENSION_QUALIFIERS,
    "families_joined": tally.JOINED,
    "families_separated": tally.SEPARATED,
    "moved_in": tally.MOVED_IN,
    "moved_out": tally.MOVED_OUT,
}
_FLOW_RATIOS = {
    "rework_share": (tally.SENT_BACK, tally.FILED),
    "mean_points": (tally.POINTS, tally.PERMITS_ISSUED),
    "belief_gap": (tally.BELIEF_GAP, tally.SEARCHES),
}
_THOUSANDTHS = ("belief_gap",)
"""Ratios of flows whose part is counted in thousandths."""
_LEVEL_RATIOS = {
    "family_share": (tally.FAMILIES, tally.COUPLES),
    "spouse_employment": (tally.SPOUSES_WORKING, tally.FAMILIES),
}
_STAYS = {"stay_1y": 0, "stay_3y": 1, "stay_5y": 2}
_DAYS = {"days_to_permit_median": 0.5, "days_to_permit_p90": 0.9}
_PR_GROUP = tally.FIRST_CATEGORY + tally.CATEGORY_GROUPS.index("PR")


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
        int64 (months of entry, 1 + tenures): entries, and exits before each tenure.
    month
        Months recorded so far.
    """

    names = tuple(UNITS)
    groups = GROUPS

    def __init__(self, n_months: int) -> None:
        self.events = np.zeros((n_months, len(tally.EVENTS), len(GROUPS)), np.int64)
        self.levels = np.zeros((n_months, len(tally.LEVELS), len(GROUPS)), np.int64)
        self.days = np.zeros((n_months, len(LANES), tally.N_DAY_BINS), np.int64)
        self.cohorts = np.zeros((n_months, 1 + len(tally.TENURES)), np.int64)
        self.month = 0

    def copy(self) -> Outcomes:
        """Return an independent copy."""
        other = Outcomes(0)
        other.events, other.levels = self.events.copy(), self.levels.copy()
        other.days, other.cohorts, other.month = self.days.copy(), self.cohorts.copy(), self.month
        return other

    def record(self, counts: tally.Tally, levels: NDArray[np.int64]) -> None:
        """Take in the counts of the next month and the levels at its end.

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
        self.cohorts += counts.cohorts
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
            nan where the outcome is not defined: shares of nobody, days and stay by group.
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

    if outcome == "stock":
        return level(tally.STOCK)
    if outcome in _FLOWS:
        return flow(_FLOWS[outcome])
    if outcome in _FLOW_RATIOS:
        ratio = _ratio(flow, *_FLOW_RATIOS[outcome])
        return ratio / tally.THOUSAND if outcome in _THOUSANDTHS else ratio
    if outcome in _LEVEL_RATIOS:
        return _ratio(level, *_LEVEL_RATIOS[outcome])
    if outcome == "pr_stock":
        return float(kept.levels[month, tally.STOCK, _PR_GROUP]) if group == 0 else float("nan")
    if outcome in _DAYS:
        return _days(kept, _DAYS[outcome], group, month, first)
    return _stay(kept, _STAYS[outcome], group, month, month - first + 1)


def _ratio(counted: Callable[[int], float], part: int, whole: int) -> float:
    n = counted(whole)
    return counted(part) / n if n else float("nan")


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


def _stay(kept: Outcomes, tenure: int, group: int, month: int, months: int) -> float:
    """Return the share of those who entered a tenure ago, over some months, who were still there at that tenure."""
    if group != 0:
        return float("nan")
    last = month - tally.TENURES[tenure]
    if last < 0:
        return float("nan")
    cohorts = kept.cohorts[max(0, last - months + 1) : last + 1]
    n = float(cohorts[:, 0].sum())
    return 1.0 - float(cohorts[:, 1 + tenure].sum()) / n if n else float("nan")
