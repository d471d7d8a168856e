"""Sensitivity indices: how much one parameter moves a number, with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from experiments.analyses.sampling import DUMMY

CONFIDENCE = 0.95
RESAMPLES = 400
SLICES = 10


@dataclass(frozen=True)
class Settings:
    """How indices are reckoned: confidence of intervals, 0 to 1; resamples behind them; slices of PAWN."""

    confidence: float = CONFIDENCE
    resamples: int = RESAMPLES
    slices: int = SLICES


@dataclass(frozen=True)
class Index:
    """How much one parameter moves a number.

    ``index`` is, by method: the mean absolute change over a step of half the prior's probability, in the number's unit
    (Morris); the total share of variance (Sobol); the median distance of distributions, 0 to 1 (PAWN). ``low`` and
    ``high`` are the ends of its interval; ``uncorrected`` is the same with replicate noise in it, as SALib gives it.
    ``second`` is sigma, the spread of the change over the space (Morris), or the first-order share (Sobol), with its
    interval; ``direction`` is the mean change with its sign (Morris). What a method does not give is nan. ``is_clear``
    says whether it is told from 0 and from the dummy.
    """

    name: str
    index: float
    low: float
    high: float
    uncorrected: float
    second: float = math.nan
    second_low: float = math.nan
    second_high: float = math.nan
    direction: float = math.nan
    is_clear: bool = False


def indices_from(
    names: tuple[str, ...], point: Any, reach: Any, uncorrected: Any, *, direction: Any = None
) -> list[Index]:
    """Return the index of each parameter, the dummy's last.

    Parameters
    ----------
    names
        Of the parameters, without the dummy.
    point, reach
        Shape (1 or 2, parameters + 1): the index in the first row and, where there is one, the second in the next; and
        how far its interval reaches to either side.
    uncorrected, direction
        Shape (parameters + 1,).
    """
    found = []
    for i, name in enumerate((*names, DUMMY)):
        ends = [(float(p[i]), float(p[i] - r[i]), float(p[i] + r[i])) for p, r in zip(point, reach, strict=True)]
        second = ends[1] if len(ends) > 1 else (math.nan, math.nan, math.nan)
        sign = math.nan if direction is None else float(direction[i])
        found.append(Index(name, *ends[0], float(uncorrected[i]), *second, direction=sign))
    return found
