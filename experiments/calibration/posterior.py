"""The posterior: a sample drawn with the emulators, weighed again by what the model itself answers there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.answering import Running, answers_at
from experiments.calibration.folder import Stage
from experiments.calibration.implausible import CUTOFF, Emulators, is_left
from experiments.calibration.sampler import effective, tempered, weights_of
from experiments.calibration.trial import Settings, Trial
from experiments.calibration.validity import Validity, validity_of
from experiments.calibration.waves import Wave, first_seed

STAGE = "posterior"
_ENOUGH = 0.2
"""Share of a sample that must stay effective to be weighed for another question; below, it is moved."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """A sample of the posterior.

    Attributes
    ----------
    particles
        As drawn with the emulators of the last wave, of equal weight, shape (particles, parameters), in the unit cube.
    informed
        Weights of these once the emulators have seen the runs below, adding up to 1, shape (particles,).
    points
        Those of them that the model was run at, shape (draws, parameters).
    weights
        Of these, adding up to 1, shape (draws,).
    answers
        What the model answered there, as shares of what was observed, shape (draws, replicates, goals).
    failed
        Runs that failed.
    emulators
        Those of the last wave, once they have seen these answers.
    validity
        How those of the last wave foretold these answers.
    """

    particles: Any
    informed: Any
    points: Any
    weights: Any
    answers: Any
    failed: int
    emulators: Emulators
    validity: Validity

    @property
    def effective(self) -> float:
        """Number of equally weighted draws that are worth as much."""
        return effective(self.weights)


def posterior_of(trial: Trial, settings: Settings, waves: list[Wave], root: Path, running: Running) -> Posterior:
    """Return a sample of the posterior.

    A Gaussian likelihood, whose variance is that of implausibility, is sampled with the last wave's emulators in what is
    left. Then the model is run at some of the points, the emulators are told, and each point is weighed by how much more
    or less likely the observed numbers are by what they say now.

    Raises
    ------
    KeyboardInterrupt
        If it is to stop; what was run is kept.
    """
    rng = settings.generator(0)
    every = [wave.emulators for wave in waves]
    last, left = every[-1], waves[-1].region.points
    particles = tempered(left, running.heard(log_posterior(every)), rng)
    stage = Stage(root, STAGE, trial)
    points = stage.points(lambda: particles[rng.permutation(len(particles))[: settings.sample]])
    answers, failed = answers_at(trial, points, stage, settings, first_seed(settings, len(waves)), running)
    seen = last.updated(points, answers)
    return Posterior(
        particles=particles,
        informed=_reweighed(last, seen, particles),
        points=points,
        weights=_reweighed(last, seen, points),
        answers=answers,
        failed=failed,
        emulators=seen,
        validity=validity_of(last, points, answers),
    )


def log_posterior(waves: Sequence[Emulators], is_used: Any = None) -> Callable[[Any], Any]:
    """Return the posterior's density in respect of the prior, as a logarithm: minus infinity for what is ruled out.

    ``is_used`` says which goals count, shape (goals,); those that are fitted if None.
    """
    *earlier, last = waves
    used = last.goals.is_used if is_used is None else is_used

    def density(points: Any) -> Any:
        mean, variance = last.foretell(points)
        own = last.goals.tolerances**2 + last.luck * last.chance(points)
        off = (mean - 1.0) ** 2 / (variance + own)
        inside = (off[:, used] < CUTOFF**2).all(axis=1)
        inside[inside] = is_left(earlier, points[inside], used)
        found = np.full(len(points), -np.inf)
        found[inside] = last.log_density(mean[inside] - 1.0, variance[inside], own[inside], used)
        return found

    return density


def without(posterior: Posterior, waves: list[Wave], place: int, rng: np.random.Generator) -> tuple[Any, Any]:
    """Return a sample of the posterior that one goal was left out of: points, and weights that add up to 1.

    The runs are those that all goals chose; where the goal narrows the posterior much, the sample is moved.
    """
    every = [wave.emulators for wave in waves]
    with np.errstate(divide="ignore"):
        known = np.log(posterior.informed)
    rest = every[-1].goals.without(place).is_used
    both = (posterior.emulators.log_likelihood(posterior.particles, used) for used in (rest, None))
    weights = weights_of(known + next(both) - next(both))
    if effective(weights) >= _ENOUGH * len(weights):
        return posterior.particles, weights
    points = tempered(posterior.particles, log_posterior(every, rest), rng, log_start=log_posterior(every))
    return points, np.full(len(points), 1 / len(points))


def _reweighed(drawn_with: Emulators, seen: Emulators, points: Any) -> Any:
    """Return weights by how much likelier the observed numbers are by emulators that have seen more, adding up to 1.

    The few very large ones are cut (truncated importance sampling).
    """
    weights = weights_of(seen.log_likelihood(points) - drawn_with.log_likelihood(points))
    cut = np.minimum(weights, weights.mean() * np.sqrt(len(weights)))
    return cut / cut.sum()
