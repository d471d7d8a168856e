"""Replicate noise: moments that hold none of it, and intervals over points and replicates.

A run is its expectation under its parameters plus luck. Squares of runs hold the variance of luck; products of two runs
with different seeds do not, as their luck is independent. So every square is taken across replicates: whatever a
parameter seems to do in one replicate counts as far as it does the same in the others. Nothing is assumed about luck,
which may differ in size from point to point and be shared between points that have the same seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from experiments.analyses.index import Settings

_RESAMPLING_SEED = 20_150_501
_LEAST_WEIGHT = 1e-9


def crossed(first: Any, second: Any, weights: Any) -> Any:
    """Return the mean product over pairs of different replicates.

    Parameters
    ----------
    first, second
        Shape (..., R): values by replicate along the last axis.
    weights
        Shape (R,), above 0: how much each replicate counts.

    Returns
    -------
        Shape (...): an unbiased estimate of the product of the two expectations. With one replicate the plain product,
        luck included.

    >>> float(crossed(np.array([1.0, 3.0]), np.array([2.0, 4.0]), np.ones(2)))  # (1 x 4 + 3 x 2) / 2
    5.0
    """
    weighted_first, weighted_second = first * weights, second * weights
    if first.shape[-1] == 1:
        return (first * second)[..., 0]
    both = weighted_first.sum(axis=-1) * weighted_second.sum(axis=-1) - (weighted_first * weighted_second).sum(axis=-1)
    return both / (weights.sum() ** 2 - (weights**2).sum())


def crossed_size(values: Any, weights: Any) -> Any:
    """Return the size of an expectation, its sign told by the other replicates.

    Parameters
    ----------
    values
        Shape (..., R).
    weights
        Shape (R,), above 0.

    Returns
    -------
        Shape (...): the mean over replicates of the value times the sign of the mean of the others. It is 0 on average
        where the expectation is 0, and never above the true size on average, while the plain absolute mean is never
        below it. With one replicate the plain absolute value, luck included.
    """
    if values.shape[-1] == 1:
        return np.abs(values[..., 0])
    weighted = values * weights
    others = weighted.sum(axis=-1, keepdims=True) - weighted
    return (weighted * np.sign(others)).sum(axis=-1) / weights.sum()


def crossed_covariance(first: Any, second: Any, point_weights: Any, weights: Any) -> Any:
    """Return the covariance over points of two expectations.

    Parameters
    ----------
    first, second
        Shape (points, ..., R).
    point_weights
        Shape (points,), above 0.
    weights
        Shape (R,), above 0.

    Returns
    -------
        Shape (...). Luck shared by all points of a replicate is left out, as each replicate is taken from its own mean.
    """
    first = first - mean_over(first, point_weights)
    second = second - mean_over(second, point_weights)
    return mean_over(crossed(first, second, weights), point_weights)


def mean_over(values: Any, point_weights: Any) -> Any:
    """Return the weighted mean along the first axis."""
    return np.tensordot(point_weights / point_weights.sum(), values, axes=1)


def noise_share(values: Any) -> float:
    """Return the share of the variance between points, each the mean of its replicates, that is luck.

    Parameters
    ----------
    values
        Shape (points, R).

    Returns
    -------
        0 to 1; nan with one replicate, and where nothing varies.
    """
    n_points, n_replicates = values.shape
    total = float(values.mean(axis=1).var())
    if n_replicates < 2 or total == 0.0:
        return math.nan
    signal = float(crossed_covariance(values, values, np.ones(n_points), np.ones(n_replicates)))
    return min(1.0, max(0.0, 1.0 - signal / total))


def reach_of(statistic: Callable[[Any, Any], Any], n_points: int, n_replicates: int, settings: Settings) -> Any:
    """Return how far the interval of a statistic reaches to either side, under other points and other replicates.

    Parameters
    ----------
    statistic
        Takes weights of points, shape (n_points,), and of replicates, shape (n_replicates,); returns an array.
    n_points, n_replicates
        What is drawn independently: trajectories, base rows or single points; and seeds.
    settings
        Confidence and number of resamples.

    Notes
    -----
    Each point and each replicate gets a random weight, and weights multiply: the Bayesian bootstrap of a table whose
    rows and columns are both random (Owen and Eckles 2012, Bootstrapping data arrays of arbitrary order, The Annals of
    Applied Statistics 6). It errs on the wide side. Weights are gamma of shape (n - 2) / n, so that the variance of a
    plain mean of n is the usual s^2 / n also where n is small.
    """
    rng = np.random.default_rng(_RESAMPLING_SEED)
    found = [statistic(weights_of(rng, n_points), weights_of(rng, n_replicates)) for _ in range(settings.resamples)]
    return student(n_points, settings.confidence) * np.std(np.array(found), axis=0, ddof=1)


def student(n: int, confidence: float) -> float:
    """Return how many standard errors the interval of a mean of ``n`` reaches to either side."""
    from scipy import stats

    return float(stats.t.ppf((1 + confidence) / 2, max(1, n - 1)))


def weights_of(rng: Any, n: int) -> Any:
    """Return a random weight for each of ``n``, above 0; see :func:`reach_of`."""
    # Two weigh alike in any product of both; the least number keeps a weight from vanishing in the last digit.
    shape = (n - 2) / n if n > 2 else 1.0
    return rng.gamma(shape, size=n) + _LEAST_WEIGHT
