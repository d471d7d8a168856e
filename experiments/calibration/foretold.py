"""What a posterior foretells of each observed number, and what it would have foretold without it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from experiments.calibration.answering import Running
from experiments.calibration.goals import Goals, straightened
from experiments.calibration.implausible import Emulators
from experiments.calibration.posterior import Posterior, without
from experiments.calibration.sharing import shared
from experiments.calibration.trial import Settings, one_thread
from experiments.calibration.validity import NINETY
from experiments.calibration.waves import Wave
from experiments.runner import Report

ENDS = (0.05, 0.95)
"""Quantiles at the ends of bands."""
_LUCK_DRAWS = 40
"""Draws of chance for each draw of parameters."""


@dataclass(frozen=True)
class Band:
    """A number foretold in its unit: its mean, and the middle nine tenths of it."""

    mean: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Return whether a number is inside."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Foretold:
    """One observed number and what the posterior says of it.

    Attributes
    ----------
    id
        Of the target.
    observed
        In its unit.
    likely
        Within which it lies nine times in ten, by its own error and discrepancy.
    model
        The model's answer over the posterior: how far parameters are uncertain.
    predictive
        What would be observed, error, discrepancy and chance included.
    left_out
        The same, if the number had not been fitted; None where it was not.
    runs
        Weighted mean of what the runs answered, emulators aside.
    is_used
        Whether it was fitted.
    """

    id: str
    observed: float
    likely: tuple[float, float]
    model: Band
    predictive: Band
    left_out: Band | None
    runs: float
    is_used: bool


def foretold(posterior: Posterior, waves: list[Wave], settings: Settings, running: Running) -> list[Foretold]:
    """Return what the posterior says of each goal.

    Raises
    ------
    KeyboardInterrupt
        If it is to stop.
    """
    names = [f"what is foretold of {name}" for name in posterior.emulators.goals.ids]
    return shared(partial(Foretelling, posterior, waves, settings), len(names), running, names)


class Foretelling:
    """Foretells one goal after another: built once in each worker."""

    def __init__(self, posterior: Posterior, waves: list[Wave], settings: Settings) -> None:
        self._posterior, self._waves, self._settings = posterior, waves, settings

    def __call__(self, place: int, report: Report) -> Foretold:
        """Return what the posterior says of one goal."""
        report(0.0)
        with one_thread():
            return _one(self._posterior, self._waves, place, self._settings.generator(0, 1, place))


def _one(posterior: Posterior, waves: list[Wave], place: int, rng: np.random.Generator) -> Foretold:
    emulators, goals = posterior.emulators, posterior.emulators.goals
    value, tolerance, used = float(goals.values[place]), float(goals.tolerances[place]), bool(goals.is_used[place])
    sample = (posterior.points, posterior.weights)
    left_out = _band(emulators, *without(posterior, waves, place, rng), place, rng, observed=True) if used else None
    return Foretold(
        id=goals.ids[place],
        observed=value,
        likely=tuple(_possible(goals, place, value * (1 + NINETY * tolerance * np.array([-1.0, 1.0]))).tolist()),
        model=_band(emulators, *sample, place, rng, observed=False),
        predictive=_band(emulators, *sample, place, rng, observed=True),
        left_out=left_out,
        runs=value * _mean_of_runs(posterior, place),
        is_used=used,
    )


def _band(
    emulators: Emulators, points: Any, weights: Any, place: int, rng: np.random.Generator, *, observed: bool
) -> Band:
    mean, variance = (told[:, place] for told in emulators.foretell(points))
    if observed:
        extra = emulators.goals.tolerances[place] ** 2 + emulators.luck * emulators.chance(points)[:, place]
        variance = variance + extra
    spread = rng.standard_normal((len(points), _LUCK_DRAWS)) * np.sqrt(variance)[:, None]
    values = emulators.goals.values[place] * straightened(mean[:, None] + spread)
    values = _possible(emulators.goals, place, values)
    low, high = weighted_quantiles(values.ravel(), np.repeat(weights, _LUCK_DRAWS), ENDS)
    return Band(float(weights @ values.mean(axis=1)), low, high)


def _possible(goals: Goals, place: int, values: Any) -> Any:
    """Return numbers as far as they are possible: no count and no share is below 0, whatever a normal distribution says."""
    return values if goals.is_signed[place] else np.maximum(values, 0.0)


def weighted_quantiles(values: Any, weights: Any, shares: tuple[float, ...]) -> list[float]:
    """Return quantiles of weighted numbers.

    >>> weighted_quantiles([1.0, 2.0, 3.0], [0.2, 0.2, 0.6], (0.5,))
    [3.0]
    """
    values, weights = np.asarray(values, float), np.asarray(weights, float)
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order]) / weights.sum()
    places = np.minimum(np.searchsorted(ends, shares), len(values) - 1)
    return [float(value) for value in values[order][places]]


def _mean_of_runs(posterior: Posterior, place: int) -> float:
    answers = posterior.answers[:, :, place]
    known = np.isfinite(answers).any(axis=1)
    weights = posterior.weights[known]
    return float(weights @ np.nanmean(answers[known], axis=1) / weights.sum()) if known.any() else float("nan")
