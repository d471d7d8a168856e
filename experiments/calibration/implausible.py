"""How far what emulators foretell is from what was observed, in standard deviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.calibration.emulator import Emulator, Shape
from experiments.calibration.goals import Goals

CUTOFF = 3.0
"""Implausibility from which on a draw is ruled out, for one target: at most 5% of any one-humped error lies beyond."""


_PART = 4000
"""Points whose covariances are held at a time."""
_TO_NONE = 20
"""Draws that the correlation of errors counts as having had none."""


class Emulators:
    """One emulator for each target, all of the same draws.

    Parameters
    ----------
    goals
        The targets.
    points
        Shape (draws, parameters), in the unit cube.
    answers
        As shares of what was observed, shape (draws, replicates, goals).
    luck
        Variance of the one history that was observed, over that of a run: a run whose rows stand for K people has K times
        the chance of the nation.
    shapes
        Of the emulators, as :func:`experiments.calibration.shapes.shapes_of` estimates them.

    Attributes
    ----------
    correlation
        Of the emulators' errors, shape (goals, goals): what one misses in a draw, those of like targets miss too.
    """

    def __init__(self, goals: Goals, points: Any, answers: Any, luck: float, shapes: Sequence[Shape]) -> None:
        self.goals, self.luck = goals, luck
        self._seen = (points, answers)
        self.shapes = list(shapes)
        self.each = [Emulator(points, answers[:, :, place], shapes[place]) for place in range(len(goals.ids))]
        self.correlation = _correlation(np.column_stack([one.residuals() for one in self.each]))

    def updated(self, points: Any, answers: Any) -> Emulators:
        """Return emulators of the same shapes that have seen further draws."""
        inputs, outputs = (np.concatenate(pair) for pair in zip(self._seen, (points, answers), strict=True))
        return Emulators(self.goals, inputs, outputs, self.luck, self.shapes)

    def __reduce__(self) -> tuple[Any, ...]:
        """Send what emulators are built from to another process, not their large matrices."""
        return Emulators, (self.goals, *self._seen, self.luck, self.shapes)

    def unaware(self, draws: Any) -> Emulators:
        """Return emulators of the same shapes that have not seen some of the draws, given by their places."""
        points, answers = (np.delete(part, draws, axis=0) for part in self._seen)
        return Emulators(self.goals, points, answers, self.luck, self.shapes)

    def foretell(self, points: Any) -> tuple[Any, Any]:
        """Return mean answers and the variances of them as foretold, each of shape (n, goals)."""
        told = [one.foretell(points) for one in self.each]
        return np.column_stack([mean for mean, _ in told]), np.column_stack([variance for _, variance in told])

    def chance(self, points: Any) -> Any:
        """Return the variance of one run's answers, shape (n, goals)."""
        return np.column_stack([one.chance.at(points) for one in self.each])

    def apart(self, points: Any) -> tuple[Any, Any]:
        """Return how far the foretold answers are from 1, what was observed, and the variance of that.

        The variance is of observation, discrepancy, the history's own chance and the emulator, in which the chance of the
        runs it was built from is. Each of shape (n, goals).
        """
        mean, variance = self.foretell(points)
        return mean - 1.0, variance + self.goals.tolerances**2 + self.luck * self.chance(points)

    def implausibility(self, points: Any) -> Any:
        """Return the distance from each target in standard deviations, shape (n, goals)."""
        distance, variance = self.apart(points)
        return np.abs(distance) / np.sqrt(variance)

    def is_near(self, points: Any, is_used: Any = None) -> Any:
        """Return whether each point is less than 3 standard deviations off every target that counts, shape (n,).

        The same as by :meth:`implausibility`, with less work: how sure an emulator is matters only where its mean is far off.
        """
        used = self.goals.is_used if is_used is None else is_used
        left = np.arange(len(points))
        for place in np.flatnonzero(used):
            left = left[self._is_near(int(place), points[left])]
        found = np.zeros(len(points), bool)
        found[left] = True
        return found

    def _is_near(self, place: int, points: Any) -> Any:
        if not len(points):
            return np.zeros(0, bool)
        emulator = self.each[place]
        own = self.goals.tolerances[place] ** 2 + self.luck * emulator.chance.at(points)
        near = np.abs(emulator.mean(points) - 1.0) < CUTOFF * np.sqrt(own)
        unsure = np.flatnonzero(~near)
        if len(unsure):
            mean, variance = emulator.foretell(points[unsure])
            near[unsure] = np.abs(mean - 1.0) / np.sqrt(variance + own[unsure]) < CUTOFF
        return near

    def log_likelihood(self, points: Any, is_used: Any = None) -> Any:
        """Return the logarithm of the Gaussian likelihood of what was observed, up to a constant, shape (n,).

        ``is_used`` says which targets count, shape (goals,); those that are fitted if None.
        """
        used = self.goals.is_used if is_used is None else is_used
        mean, variance = self.foretell(points)
        own = self.goals.tolerances**2 + self.luck * self.chance(points)
        return self.log_density(mean - 1.0, variance, own, used)

    def log_density(self, distance: Any, variance: Any, own: Any, used: Any) -> Any:
        """Return the logarithm of a Gaussian density at distances, up to a constant, shape (n,).

        Parameters
        ----------
        distance, variance
            From what is foretold, and the emulators' variances, whose errors are correlated, shape (n, goals).
        own
            Variances of observation and discrepancy, which are independent, shape (n, goals).
        used
            Which targets count, shape (goals,).
        """
        places = np.flatnonzero(used)
        alike = self.correlation[np.ix_(places, places)]
        parts = range(0, len(distance), _PART)
        cut = [
            (distance[at : at + _PART, places], variance[at : at + _PART, places], own[at : at + _PART, places])
            for at in parts
        ]
        return np.concatenate([_log_gaussian(*part, alike) for part in cut]) if cut else np.zeros(0)


def _log_gaussian(distance: Any, variance: Any, own: Any, alike: Any) -> Any:
    spread = np.sqrt(variance)
    covariance = spread[:, :, None] * alike * spread[:, None, :]
    places = np.arange(distance.shape[1])
    covariance[:, places, places] += own
    root = np.linalg.cholesky(covariance)
    scaled = np.linalg.solve(root, distance[:, :, None])[:, :, 0]
    return -0.5 * (scaled**2).sum(axis=1) - np.log(root[:, places, places]).sum(axis=1)


def _correlation(residuals: Any) -> Any:
    """Return the correlation of errors, shape (goals, goals), a little less than in the sample."""
    known = np.where(np.isfinite(residuals), np.clip(residuals, -CUTOFF, CUTOFF), 0.0)
    spread = np.sqrt((known**2).sum(axis=0))
    # An answer that is the same in every draw, such as none, is foretold without error.
    spread[spread == 0] = 1.0
    found = known.T @ known / np.outer(spread, spread)
    less = _TO_NONE / (_TO_NONE + len(known))
    return (1 - less) * found + less * np.eye(len(found))


def worst(waves: Sequence[Emulators], points: Any, is_used: Any = None) -> Any:
    """Return the largest implausibility of each point over fitted targets and waves, shape (n,).

    A point that one wave rules out is not asked of the others. ``is_used`` says which targets count, shape (goals,).
    """
    points = np.asarray(points, float)
    found = np.zeros(len(points))
    if not len(points):
        return found
    left = np.arange(len(points))
    for emulators in reversed(waves):
        each = emulators.implausibility(points[left])[:, emulators.goals.is_used if is_used is None else is_used]
        found[left] = np.maximum(found[left], each.max(axis=1))
        left = left[found[left] < CUTOFF]
        if not len(left):
            break
    return found


def is_left(waves: Sequence[Emulators], points: Any, is_used: Any = None) -> Any:
    """Return whether no wave rules a point out, shape (n,): :func:`worst` below the cutoff, with less work."""
    points = np.asarray(points, float)
    left = np.arange(len(points))
    for emulators in reversed(waves):
        left = left[emulators.is_near(points[left], is_used)]
    found = np.zeros(len(points), bool)
    found[left] = True
    return found
