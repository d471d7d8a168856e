"""How far replicates of one draw differ, as a function of the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_RIDGE = 0.01
"""Penalty of the regression, in units of its deviance: a few hundred variances of two runs each tell little."""
_FLOOR = 1e-8


@dataclass(frozen=True, eq=False)
class Chance:
    """The variance of one run's answer: ``exp(intercept + slopes . point)`` times ``size``.

    A count has more of it where there are many, a share where there are few, so that one number would not do.
    """

    size: float
    intercept: float
    slopes: Any

    def at(self, points: Any) -> Any:
        """Return the variance of one run at points of the unit cube, shape (n,)."""
        return self.size * np.exp(self.intercept + (np.asarray(points) - 0.5) @ self.slopes)


def chance_of(points: Any, replicates: Any) -> Chance:
    """Return how the variance between replicates depends on the parameters: a Poisson-like regression with a log link.

    Parameters
    ----------
    points
        Shape (n, parameters), in the unit cube.
    replicates
        Answers, shape (n, R); nan where there is none.
    """
    points, replicates = np.asarray(points, float), np.asarray(replicates, float)
    enough = np.isfinite(replicates).sum(axis=1) > 1
    if not enough.any():
        return Chance(0.0, 0.0, np.zeros(points.shape[1]))
    variances = np.nanvar(replicates[enough], axis=1, ddof=1)
    size = float(variances.mean())
    if size <= _FLOOR:
        return Chance(max(size, 0.0), 0.0, np.zeros(points.shape[1]))
    from sklearn.linear_model import PoissonRegressor

    # The estimate is right on average whatever the distribution of variances, as long as its mean is of this form.
    fitted = PoissonRegressor(alpha=_RIDGE, max_iter=1000).fit(points[enough] - 0.5, variances / size)
    return Chance(size, float(fitted.intercept_), np.asarray(fitted.coef_, float))
