"""Who waits, loses hours and becomes a resident more than others, before and after a reform, as ratios of groups."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import version
from experiments.finite import each_or_none
from experiments.replicate import at_date

if TYPE_CHECKING:
    from experiments.comparison import Comparison

SCHEMA = "talentflow.equity/1"
OUTCOMES = ("days_to_permit_mean", "hours_lost", "residence_odds")
GROUPS = ("all", "category=A", "category=B", "category=C", "sex", "origin", "region")
REFERENCES = {"category": "category=A", "sex": "sex=male", "origin": "all", "region": "all"}
"""The group that each family is held against."""


@dataclass(frozen=True)
class EquityRow:
    """One outcome of a group over that of a reference: 1 is equal, more is more than the reference.

    ``before`` and ``after`` are ratios of means over pairs; ``difference`` is their difference, ``low`` and ``high`` its
    interval by the jackknife over pairs; nan where there is none.
    """

    scenario: str
    outcome: str
    group: str
    reference: str
    date: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    n: int


def equity_rows(result: Comparison) -> tuple[EquityRow, ...]:
    """Return the ratios of a comparison that asked for ``OUTCOMES`` and ``GROUPS``, leaving out undefined ones."""
    return tuple(row for row in _rows(result) if math.isfinite(row.before) and math.isfinite(row.after))


def to_json(result: Comparison) -> str:
    """Return the ratios of a comparison as JSON text (schema talentflow.equity/1)."""
    rows = [each_or_none(asdict(row)) for row in equity_rows(result)]
    head = {"schema": SCHEMA, "seed": result.design.seed, "replicates": result.replicates, "scale": result.design.scale}
    return json.dumps({**head, "version": version(), "rows": rows}, ensure_ascii=False, allow_nan=False, indent=1)


def _rows(result: Comparison) -> Iterator[EquityRow]:
    groups = result.question.groups
    for case in result.cases:
        for outcome in OUTCOMES:
            for group in groups:
                reference = REFERENCES.get(group.partition("=")[0])
                if reference is None or group == reference:
                    continue
                for date in result.question.dates:
                    pair = (group, reference)
                    parts = [_values(result, case.id, outcome, pair, date, which) for which in ("baseline", "reform")]
                    before, after, low, high = change_of_ratio(*parts)
                    yield EquityRow(
                        scenario=case.id,
                        outcome=outcome,
                        group=group,
                        reference=reference,
                        date=date,
                        before=before,
                        after=after,
                        difference=after - before,
                        low=low,
                        high=high,
                        n=len(result.runs),
                    )


def _values(result: Comparison, case: str, outcome: str, groups: Sequence[str], date: str, which: str) -> Any:
    """Return the values of two groups in each pair, shape (2, pairs), nan taken for nobody to count."""
    at = result.question.outcomes.index(outcome)
    places = [result.question.groups.index(group) for group in groups]
    values = [[at_date(getattr(run, which)[case][at, place], date) for run in result.runs] for place in places]
    return np.array(values, float)


def change_of_ratio(before: Any, after: Any) -> tuple[float, float, float, float]:
    """Return a ratio of two groups before and after, and the interval of their difference.

    Parameters
    ----------
    before, after
        Values of the group and of its reference, shape (2, pairs). Pairs with a nan are left out.

    Returns
    -------
        before, after, low, high; nan where there is no ratio or no interval.

    >>> change_of_ratio([[2.0, 2.0], [1.0, 1.0]], [[3.0, 3.0], [2.0, 2.0]])
    (2.0, 1.5, -0.5, -0.5)
    """
    both = np.concatenate([np.asarray(before, float), np.asarray(after, float)])
    both = both[:, np.isfinite(both).all(axis=0)]
    n, nan = both.shape[1], math.nan
    if n == 0:
        return nan, nan, nan, nan
    was, now = _two_ratios(both)
    if n < 2:
        return was, now, nan, nan
    without = np.array([np.subtract(*_two_ratios(np.delete(both, i, axis=1))[::-1]) for i in range(n)])
    from scipy import stats

    # The jackknife: each pair left out in turn.
    error = math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()))
    reach = float(stats.t.ppf(0.975, n - 1)) * error
    return was, now, now - was - reach, now - was + reach


def _two_ratios(values: Any) -> tuple[float, float]:
    means = values.mean(axis=1)
    before, after = (float(means[i] / means[i + 1]) if means[i + 1] else math.nan for i in (0, 2))
    return before, after
