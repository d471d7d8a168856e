"""Samples of parameters: of the part of the prior where something holds, and of a posterior.

Points live in the unit cube, whose uniform distribution is the prior. They move by steps that keep a normal distribution
fitted to the sample (preconditioned Crank-Nicolson), so that parameters of which the data say nothing cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

KEPT = 0.3
"""Share of the sample that the next level of a search keeps, and least share that a tempering step leaves effective."""
MOVES, LAST_MOVES = 8, 24
_WANTED = 0.3
"""Share of steps accepted that the length of steps aims at."""
_LEVELS_MAX = 40
_EDGE = 1e-12
_LEAST_SHARE = 1e-9
"""Share of the prior below which a search gives up: what is left is nothing."""


class Remaining(NamedTuple):
    """Points of the unit cube where a measure is below a bound, shape (n, parameters), and the share of the cube that has it.

    ``lowest`` is the least measure seen.
    """

    points: Any
    share: float
    lowest: float


Measure = Callable[[Any], Any]
"""From points, shape (n, parameters), to one number each."""


def remaining(measure: Measure, start: Any, bound: float, rng: np.random.Generator) -> Remaining:
    """Return points where a measure is below a bound, by subset simulation.

    Parameters
    ----------
    measure
        What is to be low.
    start
        Points spread over the unit cube, as many as are wanted, shape (n, parameters).
    rng
        Where the luck comes from.

    Returns
    -------
        No points, and share 0, if the search does not get below the bound.
    """
    points, values, share = start, measure(start), 1.0
    for _ in range(_LEVELS_MAX):
        level = max(bound, float(np.quantile(values, KEPT)))
        inside = values < level
        share *= float(inside.mean())
        if share < _LEAST_SHARE:
            break
        chosen = rng.choice(np.flatnonzero(inside), len(points))

        def log_target(at: Any, level: float = level) -> Any:
            return np.where(measure(at) < level, 0.0, -np.inf)

        points = _moved(points[chosen], log_target, LAST_MOVES if level == bound else MOVES, rng)
        values = measure(points)
        if level == bound:
            return Remaining(points, share, float(values.min()))
    return Remaining(points[:0], 0.0, float(values.min()))


def more(points: Any, is_in: Measure, times: int, rng: np.random.Generator) -> Any:
    """Return so many times as many points of a region, from points that are spread over it."""

    def log_target(at: Any) -> Any:
        return np.where(is_in(at), 0.0, -np.inf)

    rounds = [points]
    for _ in range(times - 1):
        rounds.append(_moved(rounds[-1], log_target, MOVES, rng))
    return np.concatenate(rounds)


def resampled(points: Any, weights: Any, n: int, log_target: Measure, rng: np.random.Generator) -> Any:
    """Return ``n`` points drawn by their weights, and moved by steps that leave the density they stand for as it is."""
    return _moved(points[rng.choice(len(points), n, p=weights)], log_target, LAST_MOVES, rng)


def tempered(points: Any, log_end: Measure, rng: np.random.Generator, log_start: Measure | None = None) -> Any:
    """Return a sample of one density from a sample of another, by annealed resampling and moves.

    Parameters
    ----------
    points
        A sample of the start, shape (n, parameters).
    log_end, log_start
        Logarithms of the densities, in respect of the prior, up to a constant. Without a start, it is flat wherever the
        end is above minus infinity.
    """
    at = 0.0
    for _ in range(_LEVELS_MAX):
        gain = log_end(points) - (0.0 if log_start is None else log_start(points))
        step = _step(gain, 1.0 - at)
        at += step
        points = points[rng.choice(len(points), len(points), p=weights_of(step * gain))]
        is_last = at >= 1.0 - 1e-9
        density = log_end if is_last else _between(log_start, log_end, at)
        points = _moved(points, density, LAST_MOVES if is_last else MOVES, rng)
        if is_last:
            break
    return points


def _between(log_start: Measure | None, log_end: Measure, share: float) -> Measure:
    if log_start is None:
        return lambda points: share * log_end(points)

    def density(points: Any) -> Any:
        start = log_start(points)
        inside = np.isfinite(start)
        found = np.full(len(points), -np.inf)
        found[inside] = (1 - share) * start[inside] + share * log_end(points[inside])
        return found

    return density


def weights_of(log_weights: Any) -> Any:
    """Return weights that add up to 1 from their logarithms."""
    weights = np.exp(log_weights - np.max(log_weights))
    return weights / weights.sum()


def effective(weights: Any) -> float:
    """Return the number of equally weighted points that are worth as much.

    >>> effective([0.5, 0.5, 0.0])
    2.0
    """
    weights = np.asarray(weights, float)
    return float(weights.sum() ** 2 / (weights**2).sum())


def _step(gain: Any, most: float) -> float:
    """Return how far to temper so that ``KEPT`` of the sample stays effective."""
    if effective(weights_of(most * gain)) >= KEPT * len(gain):
        return most
    low, high = 0.0, most
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(weights_of(middle * gain)) >= KEPT * len(gain) else (low, middle)
    return max(low, 1e-6)


def _moved(points: Any, log_target: Measure, moves: int, rng: np.random.Generator) -> Any:
    """Return points after some steps that leave a density in respect of the prior as it is."""
    from scipy.special import ndtr, ndtri

    normal = ndtri(np.clip(points, _EDGE, 1 - _EDGE))
    mean, root, inverse = _fitted(normal)

    def log_ratio(where: Any) -> Any:
        """Return the logarithm of the prior's density over that of the fitted normal."""
        return 0.5 * ((((where - mean) @ inverse.T) ** 2).sum(axis=1) - (where**2).sum(axis=1))

    current = log_target(ndtr(normal)) + log_ratio(normal)
    length = 0.5
    for _ in range(moves):
        step = rng.standard_normal(normal.shape) @ root.T
        proposed = mean + np.sqrt(1 - length**2) * (normal - mean) + length * step
        found = log_target(ndtr(proposed)) + log_ratio(proposed)
        taken = np.log(rng.random(len(points))) < found - current
        normal[taken], current[taken] = proposed[taken], found[taken]
        length = float(np.clip(length * np.exp(taken.mean() - _WANTED), 0.02, 0.999))
    return ndtr(normal)


def _fitted(normal: Any) -> tuple[Any, Any, Any]:
    """Return mean of a sample, and a root of its covariance (drawn a little to the prior's) with its inverse."""
    n, dimensions = normal.shape
    towards = dimensions / (dimensions + n)
    mean = normal.mean(axis=0)
    covariance = (1 - towards) * np.cov(normal, rowvar=False).reshape(dimensions, dimensions)
    root = np.linalg.cholesky(covariance + towards * np.eye(dimensions))
    return mean, root, np.linalg.inv(root)
