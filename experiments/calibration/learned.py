"""What the data say of each parameter: how far its posterior is from its prior."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from experiments.calibration.foretold import ENDS, weighted_quantiles
from experiments.calibration.sampler import effective

LEAST = 0.1
"""Share by which data must narrow a parameter for it to count as identified."""
_UNIFORM_SD = 1 / math.sqrt(12)
_UNIFORM_KURTOSIS = 1.8
_STANDARD_ERRORS = 3.0
"""Enough that, of some dozens of parameters of which nothing is learned, hardly any is taken for identified."""
_JOINT = 0.3
"""Correlation from which on two parameters are told as bound together."""
_JOINT_ERRORS = 5.0
"""Likewise in its standard errors: among hundreds of pairs some are correlated by luck."""
_JOINT_MAX = 6
_PRIOR_POINTS = 999


@dataclass(frozen=True)
class Learned:
    """One parameter before and after.

    Attributes
    ----------
    name
        Of the parameter; numbers are in its unit.
    prior, posterior
        Mean, and the middle nine tenths: (mean, low, high).
    shrinkage
        Share by which its spread falls, in ranks of its prior: 0 nothing learned, 1 known.
    error
        Standard error of the shrinkage if nothing was learned, from the number of draws.
    shift
        By how much its mean moves, in standard deviations of its prior.
    """

    name: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    shrinkage: float
    error: float
    shift: float

    @property
    def is_identified(self) -> bool:
        """Whether data narrow it by a tenth or more, and beyond what so few draws do by luck."""
        return self.shrinkage >= max(LEAST, _STANDARD_ERRORS * self.error)


def learned(names: tuple[str, ...], points: Any, weights: Any, values_at: Callable[[Any], Any]) -> list[Learned]:
    """Return what a weighted sample, in the unit cube of the priors, says of each parameter."""
    middle = np.tile(((np.arange(_PRIOR_POINTS) + 0.5) / _PRIOR_POINTS)[:, None], len(names))
    prior, posterior = values_at(middle), values_at(points)
    even = np.ones(_PRIOR_POINTS)
    means = weights @ points
    n = effective(weights)
    spreads = np.sqrt(weights @ (points - means) ** 2 * n / (n - 1))
    # Of the standard deviation of a uniform sample: what luck does if nothing is learned.
    error = math.sqrt((_UNIFORM_KURTOSIS - 1) / (4 * n))
    return [
        Learned(
            name=name,
            prior=_told(prior[:, column], even),
            posterior=_told(posterior[:, column], weights),
            shrinkage=float(1 - spreads[column] / _UNIFORM_SD),
            error=error,
            shift=float((means[column] - 0.5) / _UNIFORM_SD),
        )
        for column, name in enumerate(names)
    ]


def bound(names: tuple[str, ...], points: Any, weights: Any) -> list[tuple[str, str, float]]:
    """Return pairs of parameters that data bind together, with their correlation, the strongest first."""
    covariance = np.cov(points, rowvar=False, aweights=weights).reshape(len(names), len(names))
    spreads = np.sqrt(np.diag(covariance))
    pairs = [
        (names[i], names[j], float(covariance[i, j] / (spreads[i] * spreads[j])))
        for i, j in combinations(range(len(names)), 2)
    ]
    least = max(_JOINT, _JOINT_ERRORS / math.sqrt(effective(weights)))
    strong = [pair for pair in pairs if abs(pair[2]) >= least]
    return sorted(strong, key=lambda pair: -abs(pair[2]))[:_JOINT_MAX]


def _told(values: Any, weights: Any) -> tuple[float, float, float]:
    low, high = weighted_quantiles(values, weights, ENDS)
    return float(np.average(values, weights=weights)), low, high
