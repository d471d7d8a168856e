"""Numbers that may not exist: as JSON has them, and averaged over the runs that have one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def or_none(value: Any) -> Any:
    """Return a value as JSON has it: None for a number that does not exist.

    >>> or_none(math.nan), or_none(2.0), or_none("stock")
    (None, 2.0, 'stock')
    """
    return None if isinstance(value, float) and not math.isfinite(value) else value


def each_or_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by name as JSON has them."""
    return {name: or_none(value) for name, value in values.items()}


def mean_and_sd(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard deviation of the numbers that exist: nan for none of them, and for one.

    >>> mean_and_sd([1.0, math.nan, 3.0])
    (2.0, 1.4142135623730951)
    """
    known = np.asarray(values, float)
    known = known[np.isfinite(known)]
    mean = float(known.mean()) if known.size else math.nan
    return mean, float(known.std(ddof=1)) if known.size > 1 else math.nan
