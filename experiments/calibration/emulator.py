"""A Gaussian process that foretells what the model answers to one target at parameters that were not run."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from experiments.calibration.chance import Chance, chance_of
from experiments.calibration.goals import bent, slope
from experiments.design import DesignError

LEAST_POINTS = 12
"""Draws with an answer that an emulator needs."""
_ACTIVE_MAX = 12
_POINTS_AN_ACTIVE = 6
_LENGTHS = (0.2, 30.0)
"""Range of length scales, in widths of the prior: below, the process would follow the luck of single draws."""
_FOLDS = 5
_FROM = 0.25
"""What is added, as a share of what was observed, before logarithms are taken: near 0, differences are small again."""
_QUIET = 0.15
"""Standard deviation of chance up to which logarithms are taken; with more, means of few runs would come out too low."""


@dataclass(frozen=True)
class Shape:
    """What is estimated of a Gaussian process once, so that it is built again without a search.

    ``active`` are the columns of the parameters that matter; ``theta`` the logarithms of the kernel's numbers, as
    scikit-learn orders them, for answers less ``centre`` over ``spread``. ``is_log`` says whether answers are taken as
    logarithms, so that errors grow with them.
    """

    active: tuple[int, ...]
    theta: tuple[float, ...]
    centre: float
    spread: float
    is_log: bool


class Emulator:
    """Foretells the mean answer to one target, as a bent share of what was observed.

    Parameters
    ----------
    points
        Draws, shape (n, parameters), in the unit cube.
    replicates
        Answers as shares of what was observed, shape (n, R); nan where there is none.
    shape
        Of an emulator built before; estimated if None.

    Raises
    ------
    DesignError
        If too few draws have an answer.
    """

    def __init__(self, points: Any, replicates: Any, shape: Shape | None = None) -> None:
        self.chance = chance_of(points, replicates)
        self._known = np.isfinite(replicates).any(axis=1)
        points, means, noise = answered(points, replicates, self.chance)
        if len(points) < LEAST_POINTS:
            raise DesignError(f"an emulator needs {LEAST_POINTS} draws with an answer or more, got {len(points)}")
        is_log = _is_log(means, noise) if shape is None else shape.is_log
        if is_log:
            means, noise = np.log(means + _FROM), noise / (means + _FROM) ** 2
        centre = float(means.mean()) if shape is None else shape.centre
        spread = (float(means.std()) or 1.0) if shape is None else shape.spread
        scaled = (means - centre) / spread
        active = _active(points, scaled) if shape is None else shape.active
        self._process = _process(len(active), noise / spread**2, shape)
        with warnings.catch_warnings():
            # A length scale at the end of its range says that the parameter acts linearly: no reason to worry.
            warnings.simplefilter("ignore")
            self._process.fit(points[:, active] - 0.5, scaled)
        theta = tuple(float(value) for value in self._process.kernel_.theta)
        self.shape = Shape(tuple(active), theta, centre, spread, is_log)

    def foretell(self, points: Any) -> tuple[Any, Any]:
        """Return mean and variance of the model's mean answer at points of the unit cube, each of shape (n,)."""
        inputs = np.asarray(points, float)[:, self.shape.active] - 0.5
        mean, sd = self._process.predict(inputs, return_std=True)
        mean, sd = self.shape.centre + self.shape.spread * mean, self.shape.spread * sd
        if self.shape.is_log:
            return np.exp(mean) - _FROM, (np.exp(mean) * sd) ** 2
        return mean, sd**2

    def mean(self, points: Any) -> Any:
        """Return the mean alone, shape (n,): a small part of the work."""
        mean = self.shape.centre + self.shape.spread * self._process.predict(
            np.asarray(points, float)[:, self.shape.active] - 0.5
        )
        return np.exp(mean) - _FROM if self.shape.is_log else mean

    def residuals(self) -> Any:
        """Return by how much each draw is off what the others foretell of it, in standard deviations; nan without an answer.

        Shape (n,).
        """
        from scipy.linalg import cho_solve

        inverse = np.diag(cho_solve((self._process.L_, True), np.eye(len(self._process.L_))))
        found = np.full(len(self._known), np.nan)
        found[self._known] = self._process.alpha_ / np.sqrt(inverse)
        return found


def _is_log(means: Any, noise: Any) -> bool:
    """Return whether answers are far enough above 0, for their chance, that the mean of logarithms tells their mean."""
    return bool(means.min() >= 0 and math.sqrt(float(np.mean(noise))) < _QUIET)


def answered(points: Any, replicates: Any, chance: Chance) -> tuple[Any, Any, Any]:
    """Return the points with an answer, their bent means and the variances of these by chance."""
    points, replicates = np.asarray(points, float), np.asarray(replicates, float)
    counts = np.isfinite(replicates).sum(axis=1)
    known = counts > 0
    points, counts = points[known], counts[known]
    means = np.nansum(replicates[known], axis=1) / counts
    return points, bent(means), chance.at(points) / counts * slope(means) ** 2


def require_library() -> None:
    """Refuse to go on without scikit-learn."""
    if find_spec("sklearn") is None:
        raise DesignError("calibrate needs scikit-learn: pip install 'talentflow[analysis]'")


def _active(points: Any, values: Any) -> Sequence[int]:
    """Return the columns that matter most: a lasso over levels and squares names them."""
    from sklearn.linear_model import LassoCV

    centred = points - 0.5
    features = np.hstack([centred, 4 * (centred**2 - 1 / 12)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = LassoCV(cv=_FOLDS, max_iter=5000).fit(features, values)
    sizes = np.abs(fitted.coef_.reshape(2, -1)).max(axis=0)
    most = max(1, min(_ACTIVE_MAX, len(points) // _POINTS_AN_ACTIVE))
    order = np.argsort(-sizes, kind="stable")[:most]
    return sorted(int(column) for column in order if sizes[column] > 0) or [int(order[0])]


def _process(n_active: int, noise: Any, shape: Shape | None) -> Any:
    """Return the process: a plane, what bends it, and what the parameters left out add, seen through noise."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, Matern, WhiteKernel

    plane = ConstantKernel(4.0, (1e-2, 1e3)) * DotProduct(0.5, (1e-2, 1e2))
    bend = ConstantKernel(0.5, (1e-4, 1e2)) * Matern([1.0] * n_active, _LENGTHS, nu=2.5)
    kernel = plane + bend + WhiteKernel(0.05, (1e-6, 2.0))
    if shape is not None:
        kernel = kernel.clone_with_theta(np.array(shape.theta))
    return GaussianProcessRegressor(kernel, alpha=noise + 1e-9, optimizer="fmin_l_bfgs_b" if shape is None else None)
