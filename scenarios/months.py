"""The months that files may speak of, and values that move between dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from simulation.records import FIRST_YEAR, month_index, month_text

FIRST_MONTH = f"{FIRST_YEAR}-01"
LAST_MONTH = "2060-12"
MONTHS = month_index(LAST_MONTH) + 1

Steps: TypeAlias = tuple[tuple[int, float], ...]
"""Months and the values reached in them, rising in time."""


def is_inside(month: str) -> bool:
    """Return whether ``YYYY-MM`` lies within the horizon of files.

    >>> is_inside("2027-01"), is_inside("1999-12"), is_inside("2061-01")
    (True, False, False)
    """
    return FIRST_MONTH <= month <= LAST_MONTH


def between(steps: Sequence[tuple[int, float]]) -> Any:
    """Return the value of every month: linear between ``steps``, level before the first and after the last.

    >>> between([(0, 1.0), (4, 3.0)])[:6].tolist()
    [1.0, 1.5, 2.0, 2.5, 3.0, 3.0]
    """
    at, values = zip(*steps, strict=True)
    return np.interp(np.arange(MONTHS), at, values)


def steps_of(values: dict[str, float]) -> Steps:
    """Return dated values as steps in the order of time.

    >>> steps_of({"2001-01": 2.0, "2000-02": 1.0})
    ((1, 1.0), (12, 2.0))
    """
    return tuple(sorted((month_index(month), value) for month, value in values.items()))


__all__ = [
    "FIRST_MONTH",
    "LAST_MONTH",
    "MONTHS",
    "Steps",
    "between",
    "is_inside",
    "month_index",
    "month_text",
    "steps_of",
]
