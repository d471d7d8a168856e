"""How long people stay: the estimator of Kaplan and Meier, from whole-number counts of entries and exits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

TENURE_MAX = 120
"""Longest tenure measured, months."""


def kaplan_meier(at_risk: Any, exits: Any) -> NDArray[np.float64]:
    """Return the share still there after each step of tenure.

    Parameters
    ----------
    at_risk
        People observed at the start of each step, shape (steps,).
    exits
        Those of them who left within it, shape (steps,), at most ``at_risk``.

    Returns
    -------
        Shares, 0 to 1, falling; nan from the first step at which nobody was observed.

    Notes
    -----
    Kaplan and Meier (1958, Nonparametric estimation from incomplete observations, Journal of the American
    Statistical Association 53): people whose stay is cut off by the end of observation count for as long as they were
    seen, and for nothing after.

    >>> kaplan_meier([10, 8, 4], [2, 1, 0]).round(3).tolist()
    [0.8, 0.7, 0.7]
    """
    seen, left = np.asarray(at_risk, float), np.asarray(exits, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = np.where(seen > 0, 1.0 - left / seen, np.nan)
    return np.asarray(np.cumprod(kept))


def stay_share(entries: Any, exits: Any, *, tenure: int, first: int, last: int) -> float:
    """Return the share of those who entered in some months who stay for a tenure, seen from the end of a month.

    Parameters
    ----------
    entries
        People who entered, by month, shape (months,).
    exits
        Of them, those who left, by month of entry and months of tenure, shape (months, TENURE_MAX + 1).
    tenure
        Months, 1 to TENURE_MAX.
    first, last
        First month of entry, and the month at whose end we look: nothing that comes later is known.

    Returns
    -------
        nan where some step of tenure was seen of nobody.
    """
    cohorts = np.arange(max(0, first), last + 1)
    if not cohorts.size:
        return float("nan")
    steps = np.arange(tenure)
    seen = cohorts[:, None] + steps <= last
    left = exits[cohorts, :tenure].astype(np.int64)
    # In China at the start of a step: all who entered, less those who left before it.
    before = np.cumsum(left, axis=1) - left
    here = np.asarray(entries)[cohorts, None] - before
    return float(kaplan_meier((here * seen).sum(axis=0), (left * seen).sum(axis=0))[-1])
