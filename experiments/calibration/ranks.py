"""Simulation-based calibration: whether the posterior holds known truths as often as it says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from experiments.calibration.answering import Running
from experiments.calibration.emulator import answered
from experiments.calibration.goals import Goals
from experiments.calibration.implausible import Emulators, is_left
from experiments.calibration.sampler import effective, more, tempered, weights_of
from experiments.calibration.sharing import shared
from experiments.calibration.trial import Settings, one_thread
from experiments.calibration.waves import Wave
from experiments.design import DesignError
from experiments.runner import Report

FOLDS = 5
LEVEL = 0.05
"""Chance of an alarm about one parameter if all is well."""
_CLOUD = 20
"""Times as many points as the searches have that every truth's posterior is weighed from."""
_ENOUGH = 100.0
"""Effective points below which a truth's posterior is sampled on its own."""
_SIMULATIONS = 4000
LEAST = 20
"""Truths that a test needs."""
TOO_NARROW = 1.5
"""How many times too narrow the posteriors are of which the power is told."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """Where known truths fall in their posteriors.

    Attributes
    ----------
    names
        Of the parameters.
    ranks
        Share of the posterior below the truth, shape (truths, parameters); uniform if posteriors are right.
    p_values
        Of a smooth test of uniformity that sees shifts and wrong widths, shape (parameters,).
    inside
        Share of truths in the middle nine tenths of their posterior, shape (parameters,).
    shrinkage
        Mean share by which truths' posteriors are narrower than what was left before the last wave, shape (parameters,).
    power
        Chance that the test, at 5%, sees posteriors 1.5 times too narrow.
    least_effective
        Fewest effective points of any posterior.
    """

    names: tuple[str, ...]
    ranks: Any
    p_values: Any
    inside: Any
    shrinkage: Any
    power: float
    least_effective: float

    @property
    def n(self) -> int:
        """Number of truths."""
        return len(self.ranks)

    def alarms(self, chosen: Any) -> list[str]:
        """Return the chosen parameters, shape (parameters,), whose ranks are not uniform, by Holm's rule at 5% in all."""
        places = np.flatnonzero(chosen)
        found: list[str] = []
        for step, place in enumerate(places[np.argsort(self.p_values[places], kind="stable")]):
            if self.p_values[place] > LEVEL / (len(places) - step):
                break
            found.append(self.names[place])
        return found


def known_truths(waves: Sequence[Wave], n: int, names: tuple[str, ...], settings: Settings, running: Running) -> Ranks:
    """Recover known truths: draws of the last wave, whose own runs, with error and discrepancy, stand for observations.

    Those draws are spread evenly over what the wave before left, the whole prior for a first wave; so that is the prior
    here. What the posterior rests on, the last wave's emulators, is what is tried.

    Parameters
    ----------
    n
        Truths, of at most its draws. Emulators do not see the truths they are asked to recover.

    Raises
    ------
    DesignError
        For fewer than 20 truths.
    KeyboardInterrupt
        If it is to stop.
    """
    last = waves[-1]
    n = min(n, len(last.points))
    if n < LEAST:
        raise DesignError(f"known truths: {LEAST} or more are needed for a test, got {n}")
    rng = settings.generator(0, 2)
    cloud = _cloud(waves, settings, rng, running)
    chosen = rng.permutation(len(last.points))[:n]
    folds = [chosen[fold::FOLDS] for fold in range(FOLDS)]
    work = partial(_Folds, last, [wave.emulators for wave in waves[:-1]], cloud, folds, settings)
    parts = shared(work, FOLDS, running, [f"fold {fold + 1} of the known truths" for fold in range(FOLDS)])
    ranks, spreads, enough = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return ranks_from(names, ranks, spreads / cloud.std(axis=0), float(enough.min()))


def _cloud(waves: Sequence[Wave], settings: Settings, rng: np.random.Generator, running: Running) -> Any:
    if len(waves) == 1:
        return rng.random((_CLOUD * settings.particles, waves[0].points.shape[1]))
    before = [wave.emulators for wave in waves[:-1]]
    return more(waves[-2].region.points, running.heard(lambda at: is_left(before, at)), _CLOUD, rng)


def ranks_from(names: tuple[str, ...], ranks: Any, spreads: Any, least: float) -> Ranks:
    """Return what ranks, and the posteriors' standard deviations over the prior's, both (truths, parameters), say."""
    return Ranks(
        names=names,
        ranks=ranks,
        p_values=np.array([uniformity(column) for column in ranks.T]),
        inside=((ranks >= 0.05) & (ranks <= 0.95)).mean(axis=0),
        shrinkage=1 - spreads.mean(axis=0),
        power=power(len(ranks)),
        least_effective=least,
    )


def uniformity(ranks: Any) -> float:
    """Return the p-value of Neyman's smooth test of order 2: that ranks have the mean and the width of uniform ones."""
    from scipy.stats import chi2

    return float(chi2.sf(_smooth(np.asarray(ranks, float)), 2))


def power(n: int, too_narrow: float = TOO_NARROW) -> float:
    """Return the chance that the test at 5% sees, in ``n`` ranks, posteriors that are so many times too narrow."""
    from scipy.special import ndtr
    from scipy.stats import chi2

    rng = np.random.Generator(np.random.PCG64(n))
    ranks = ndtr(too_narrow * rng.standard_normal((_SIMULATIONS, n)))
    return float((chi2.sf(_smooth(ranks), 2) < LEVEL).mean())


def _smooth(ranks: Any) -> Any:
    centred = 2 * ranks - 1
    first, second = math.sqrt(3) * centred, math.sqrt(5) * (3 * centred**2 - 1) / 2
    return (first.sum(axis=-1) ** 2 + second.sum(axis=-1) ** 2) / ranks.shape[-1]


class _Folds:
    """Recovers one fold of truths after another, by emulators that have not seen them: built once in each worker."""

    def __init__(
        self, last: Wave, before: Sequence[Emulators], cloud: Any, folds: Sequence[Any], settings: Settings
    ) -> None:
        self._last, self._before, self._cloud, self._folds, self._settings = last, before, cloud, folds, settings

    def __call__(self, fold: int, report: Report) -> tuple[Any, Any, Any]:
        """Return ranks, spreads and effective points of a fold's truths."""
        # Counted from 1: zeros at the end of a stage change nothing, and the cloud's luck would come again.
        truths, rng = self._folds[fold], self._settings.generator(0, 2, fold + 1)
        with one_thread():
            # A wave's own draws are the first that its emulators have seen.
            recovery = _Recovery(self._last.emulators.unaware(truths), self._before, self._cloud)
            found = []
            for done, truth in enumerate(truths):
                report(done / len(truths))
                found.append(recovery.of(self._last.points[truth], self._last.answers[truth], rng))
        ranks, spreads, enough = zip(*found, strict=True)
        return np.array(ranks), np.array(spreads), np.array(enough)


class _Recovery:
    """Posteriors of synthetic observations, weighed from one cloud of points of the prior."""

    def __init__(self, emulators: Emulators, before: Sequence[Emulators], cloud: Any) -> None:
        self._emulators, self._before, self._cloud = emulators, before, cloud
        self._at_cloud = emulators.foretell(cloud)

    def of(self, truth: Any, answers: Any, rng: np.random.Generator) -> tuple[Any, Any, float]:
        """Return the truth's ranks, the posterior's standard deviations, and its effective points."""
        observed, noise = self._observation(truth, answers, rng)
        used = self._emulators.goals.is_used & np.isfinite(observed)

        def log_density(mean: Any, variance: Any) -> Any:
            own = np.broadcast_to(self._emulators.goals.tolerances**2, mean.shape)
            return self._emulators.log_density(mean - observed, variance + noise, own, used)

        def log_posterior(points: Any) -> Any:
            inside = is_left(self._before, points)
            found = np.full(len(points), -np.inf)
            if inside.any():
                found[inside] = log_density(*self._emulators.foretell(points[inside]))
            return found

        points, weights = self._cloud, weights_of(log_density(*self._at_cloud))
        if effective(weights) < _ENOUGH:
            start = self._cloud[rng.permutation(len(self._cloud))[: len(self._cloud) // _CLOUD]]
            points = tempered(start, log_posterior, rng)
            weights = np.full(len(points), 1 / len(points))
        mean = weights @ points
        return weights @ (points < truth), np.sqrt(weights @ (points - mean) ** 2), effective(weights)

    def _observation(self, truth: Any, answers: Any, rng: np.random.Generator) -> tuple[Any, Any]:
        """Return what would be observed if the truth held, and the variance of the chance of its runs in it."""
        goals: Goals = self._emulators.goals
        observed = np.full(len(goals.ids), np.nan)
        noise = np.zeros(len(goals.ids))
        for place, emulator in enumerate(self._emulators.each):
            _, mean, variance = answered(truth[None], answers[None, :, place], emulator.chance)
            if len(mean):
                observed[place] = mean[0]
                noise[place] = variance[0]
        return observed + goals.tolerances * rng.standard_normal(len(observed)), noise
