"""How far what emulators foretell is from what was observed, in standard deviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.calibration.emulator import Emulator, Shape
from experiments.calibration.goals import Goals

CUTOFF = 3.0
"""Implausibility from which on a draw is ruled out, for one target: at most 5% of any one-humped error lies beyond."""


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
    """

    def __init__(self, goals: Goals, points: Any, answers: Any, luck: float, shapes: Sequence[Shape]) -> None:
        self.goals, self.luck = goals, luck
        self._seen = (points, answers)
        self.shapes = list(shapes)
        self.each = [Emulator(points, answers[:, :, place], shapes[place]) for place in range(len(goals.ids))]

    def updated(self, points: Any, answers: Any) -> Emulators:
        """Return emulators of the same shapes that have seen further draws."""
        inputs, outputs = (np.concatenate(pair) for pair in zip(self._seen, (points, answers), strict=True))
        return Emulators(self.goals, inputs, outputs, self.luck, self.shapes)

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

    def log_likelihoods(self, points: Any) -> Any:
        """Return the logarithm of each target's Gaussian likelihood, shape (n, goals)."""
        distance, variance = self.apart(points)
        return -0.5 * (distance**2 / variance + np.log(variance))


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
