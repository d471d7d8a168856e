"""What true effects may be, given the luck in the runs that measured them.

An effect is measured with a few replicates, and the largest of several measured effects is partly the luckiest. So
questions about the best arm are asked of likely true effects, drawn around the measured ones: effects that differ
between draws by no more than luck explains are drawn together towards their mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

SAMPLES = 400
"""Sets of likely effects; a probability over them is off by at most 0.025, one standard error."""
_SAMPLING_SEED = 19_550_710
_ROUNDING = 1e-9
_LEAST_FREEDOM = 3.0
"""Degrees of freedom from which the mean of a t distribution has a variance."""


class Measured(NamedTuple):
    """Effects as measured, of shape (arms, draws, replicates), and where they came from."""

    values: Any
    draws: tuple[int, ...]
    replicates: tuple[int, ...]


class Noise(NamedTuple):
    """How far measured means may be off: covariances between arms, each of shape (arms, arms).

    ``of_means`` is of the mean over draws and replicates; ``of_draws`` is of the mean over the replicates of one draw,
    apart from what its seeds do to all draws alike; ``between_draws`` is how true effects differ between draws.
    """

    of_means: Any
    of_draws: Any
    between_draws: Any


def complete(values: Any) -> tuple[Any, Any]:
    """Return which draws and which replicates to keep, so that no effect is missing.

    Parameters
    ----------
    values
        Shape (arms, draws, replicates); nan where a run failed, was not made or has no such outcome.

    Returns
    -------
        Masks of shape (draws,) and (replicates,). A draw in which an arm has no effect at all is left out; then every
        replicate in which one is missing.
    """
    known = np.isfinite(values)
    draws = known.any(axis=2).all(axis=0)
    return draws, known[:, draws].all(axis=(0, 1)) & bool(draws.any())


def noise_of(values: Any) -> Noise:
    """Return the noise of effects measured with the same seeds under every draw and in every arm.

    Parameters
    ----------
    values
        Shape (arms, draws, replicates), nothing missing; at least 2 replicates.

    Notes
    -----
    Effect = mean + draw + seed + rest, without assumptions on how arms go together: a two-way analysis of variance
    (Searle, Casella and McCulloch 1992, Variance components), its negative estimates set to 0.
    """
    n_arms, n_draws, n_replicates = values.shape
    by_draw, by_replicate, mean = values.mean(axis=2), values.mean(axis=1), values.mean(axis=(1, 2))
    of_means = _covariance(by_replicate - mean[:, None], n_replicates - 1) / n_replicates
    if n_draws == 1:
        none = np.zeros((n_arms, n_arms))
        return Noise(of_means, none, none)
    rest = values - by_draw[:, :, None] - by_replicate[:, None, :] + mean[:, None, None]
    of_draws = _covariance(rest.reshape(n_arms, -1), (n_draws - 1) * (n_replicates - 1)) / n_replicates
    spread = _covariance(by_draw - mean[:, None], n_draws - 1)
    return Noise(of_means, of_draws, _without_negatives(spread - of_draws))


def likely_effects(values: Any, *, samples: int = SAMPLES) -> Iterator[Any]:
    """Yield sets of likely true effects, each of shape (arms, draws).

    Parameters
    ----------
    values
        Shape (arms, draws, replicates), nothing missing. With one replicate luck cannot be told from effect, and the
        measured effects are yielded once, as they are.

    Notes
    -----
    The posterior of a normal model with the variances of :func:`noise_of` (empirical Bayes: Morris 1983, Parametric
    empirical Bayes inference). The mean over draws has a t distribution, as its variance comes from few replicates.
    """
    if values.shape[2] < 2:
        yield values.mean(axis=2)
        return
    # Arms that never differ are one: whatever the last digits of the arithmetic are, they stay the same.
    values, stands_for = _distinct(values)
    n_arms, n_draws, n_replicates = values.shape
    by_draw = values.mean(axis=2)
    noise, mean = noise_of(values), by_draw.mean(axis=1)
    # How much of what was measured to differ is a difference, and how far the rest may be off.
    kept = noise.between_draws @ np.linalg.pinv(noise.between_draws + noise.of_draws, hermitian=True)
    centres = mean[:, None] + kept @ (by_draw - mean[:, None])
    left = _root(noise.between_draws - kept @ noise.between_draws, np.trace(noise.between_draws))
    common = _root(noise.of_means, np.trace(noise.of_means))
    freedom = max(n_replicates - 1.0, _LEAST_FREEDOM)
    luck = np.random.default_rng(_SAMPLING_SEED)
    for _ in range(samples):
        stretch = math.sqrt(freedom / luck.chisquare(freedom))
        shift = common @ luck.standard_normal(n_arms) * stretch
        likely = centres + shift[:, None] + left @ luck.standard_normal((n_arms, n_draws))
        yield likely[stands_for]


def _distinct(values: Any) -> tuple[Any, Any]:
    """Return the arms that differ, and for each arm which of them it is."""
    flat, stands_for = np.unique(values.reshape(len(values), -1), axis=0, return_inverse=True)
    return flat.reshape(-1, *values.shape[1:]), stands_for


def _covariance(deviations: Any, freedom: int) -> Any:
    return deviations @ deviations.T / freedom


def _without_negatives(matrix: Any) -> Any:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return (vectors * np.maximum(values, 0.0)) @ vectors.T


def _root(matrix: Any, size: float) -> Any:
    """Return a square root of a covariance: a matrix that turns independent luck into luck that varies together.

    Variances below the rounding of ``size`` are none.
    """
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return vectors * np.sqrt(np.where(values > _ROUNDING * size, values, 0.0))
