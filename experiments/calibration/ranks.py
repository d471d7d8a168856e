"""Simulation-based calibration: whether the posterior holds known truths as often as it says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.calibration.emulator import answered
from experiments.calibration.goals import Goals
from experiments.calibration.implausible import Emulators
from experiments.calibration.sampler import effective, tempered, weights_of
from experiments.calibration.trial import Settings
from experiments.calibration.waves import Wave
from experiments.design import DesignError

FOLDS = 5
LEVEL = 0.05
"""Chance of an alarm about one parameter if all is well."""
_CLOUD = 20_000
"""Points of the prior that every truth's posterior is weighed from."""
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
        Mean share by which truths' posteriors are narrower than the prior, shape (parameters,).
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


def known_truths(wave: Wave, n: int, names: tuple[str, ...], settings: Settings) -> Ranks:
    """Recover known truths: draws of a first wave, whose own runs, with error and discrepancy, stand for observations.

    Parameters
    ----------
    wave
        The first, whose draws are spread over the prior.
    n
        Truths, of at most its draws. Emulators do not see the truths they are asked to recover.

    Raises
    ------
    DesignError
        For fewer than 20 truths.
    """
    n = min(n, len(wave.points))
    if n < LEAST:
        raise DesignError(f"known truths: {LEAST} or more are needed for a test, got {n}")
    rng = settings.generator(99)
    chosen = rng.permutation(len(wave.points))[:n]
    folds = [chosen[fold::FOLDS] for fold in range(FOLDS)]
    parts = [_fold(wave, fold, settings, rng) for fold in folds if len(fold)]
    ranks, spreads = (np.concatenate([part[i] for part in parts]) for i in range(2))
    least = min(part[2] for part in parts)
    return ranks_from(names, ranks, spreads, least)


def ranks_from(names: tuple[str, ...], ranks: Any, spreads: Any, least: float) -> Ranks:
    """Return what ranks, and the posteriors' standard deviations in the unit cube, both (truths, parameters), say."""
    return Ranks(
        names=names,
        ranks=ranks,
        p_values=np.array([uniformity(column) for column in ranks.T]),
        inside=((ranks >= 0.05) & (ranks <= 0.95)).mean(axis=0),
        shrinkage=1 - spreads.mean(axis=0) * math.sqrt(12),
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


def _fold(wave: Wave, truths: Any, settings: Settings, rng: np.random.Generator) -> tuple[Any, Any, float]:
    """Return ranks and spreads of some truths by emulators that have not seen them, and the fewest effective points."""
    seen = np.setdiff1d(np.arange(len(wave.points)), truths)
    whole = wave.emulators
    emulators = Emulators(whole.goals, wave.points[seen], wave.answers[seen], whole.luck, whole.shapes)
    recovery = _Recovery(emulators, rng.random((_CLOUD, wave.points.shape[1])), settings)
    found = [recovery.of(wave.points[truth], wave.answers[truth], rng) for truth in truths]
    return (
        np.array([ranks for ranks, _, _ in found]),
        np.array([spreads for _, spreads, _ in found]),
        min(enough for _, _, enough in found),
    )


class _Recovery:
    """Posteriors of synthetic observations, weighed from one cloud of points of the prior."""

    def __init__(self, emulators: Emulators, cloud: Any, settings: Settings) -> None:
        self._emulators, self._cloud, self._settings = emulators, cloud, settings
        self._at_cloud = emulators.foretell(cloud)

    def of(self, truth: Any, answers: Any, rng: np.random.Generator) -> tuple[Any, Any, float]:
        """Return the truth's ranks, the posterior's standard deviations, and its effective points."""
        observed, noise = self._observation(truth, answers, rng)
        used = self._emulators.goals.is_used & np.isfinite(observed)

        def log_density(mean: Any, variance: Any) -> Any:
            own = np.broadcast_to(self._emulators.goals.tolerances**2, mean.shape)
            return self._emulators.log_density(mean - observed, variance + noise, own, used)

        points, weights = self._cloud, weights_of(log_density(*self._at_cloud))
        if effective(weights) < _ENOUGH:
            start = rng.random((self._settings.particles, len(truth)))
            points = tempered(start, lambda at: log_density(*self._emulators.foretell(at)), rng)
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
