"""Likely true effects of reforms under every draw and every theory, given the luck in the runs that measured them.

Effect = mean + theory + draw + the rest of a draw under a theory + luck. As every draw is run under every theory with
luck of its own, the parts are told apart without being in each other's way, and each is drawn towards nothing by as
much as luck explains its size: the mean of 100 runs little, the difference of one draw under one theory more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

SAMPLES = 400
"""Sets of likely effects."""
_SAMPLING_SEED = 19_770_403
_ROUNDING = 1e-12
_SPREADS_TRIED = 81
_LEAST_FREEDOM = 3
"""Degrees of freedom from which the mean of a t distribution has a variance."""


class Part(NamedTuple):
    """One part of effects: ``likely`` of shape (arms, members), and ``left``, a root of what luck leaves open of each."""

    likely: Any
    left: Any


class Parts(NamedTuple):
    """All parts of effects: members are one, the theories, the draws, and each draw under each theory."""

    mean: Part
    theories: Part
    draws: Part
    rest: Part


def likely_effects(values: Any, *, samples: int = SAMPLES) -> Iterator[Any]:
    """Yield sets of likely true effects, each of shape (arms, draws, theories).

    Parameters
    ----------
    values
        Effects of shape (arms, draws, theories, replicates), nothing missing, each cell with luck of its own. With one
        replicate luck cannot be told from effect, and the measured effects are yielded once, as they are.

    Notes
    -----
    The posterior of normal parts with variances from the runs (empirical Bayes: Morris 1983, Parametric empirical Bayes
    inference). Reforms share luck, so covariances are of all reforms together.
    """
    if values.shape[3] < 2:
        yield values[..., 0]
        return
    distinct, stands_for = _distinct(values)
    parts = parts_of(distinct)
    luck, freedom = np.random.default_rng(_SAMPLING_SEED), max(values[0].size - values[0, ..., 0].size, _LEAST_FREEDOM)
    for _ in range(samples):
        # What luck leaves open of the means is known from so many runs: a t distribution.
        wider = math.sqrt(freedom / luck.chisquare(freedom))
        mean = _drawn(parts.mean._replace(left=parts.mean.left * wider), luck)
        theory, draw, rest = (_drawn(part, luck) for part in parts[1:])
        rest = rest.reshape(len(distinct), *distinct.shape[1:3])
        yield (mean[:, :, None] + draw[:, :, None] + theory[:, None, :] + rest)[stands_for]


def parts_of(values: Any) -> Parts:
    """Return the parts of effects, each drawn towards nothing by as much as luck explains.

    ``values`` as for :func:`likely_effects`, with 2 replicates or more, and no two reforms alike in every run.
    """
    n_arms, n_draws, n_theories, n_replicates = values.shape
    cells = values.mean(axis=3)
    luck = _covariance((values - cells[..., None]).reshape(n_arms, -1), n_draws * n_theories * (n_replicates - 1))
    luck = luck / n_replicates
    mean, of_theory, of_draw = cells.mean(axis=(1, 2)), cells.mean(axis=1), cells.mean(axis=2)
    rest = cells - of_theory[:, None, :] - of_draw[:, :, None] + mean[:, None, None]
    freedom = (n_draws - 1) * (n_theories - 1)
    return Parts(
        _mean_part(mean, luck / (n_draws * n_theories)),
        _part(of_theory - mean[:, None], n_theories - 1, luck / n_draws),
        _part(of_draw - mean[:, None], n_draws - 1, luck / n_theories),
        _part(rest.reshape(n_arms, -1), freedom, luck),
    )


def _part(deviations: Any, freedom: int, luck: Any) -> Part:
    """Return a part whose members differ by ``deviations``, of which ``luck`` is a covariance that says nothing."""
    if freedom < 1:
        return Part(np.zeros_like(deviations), np.zeros_like(luck))
    true = _without_negatives(_covariance(deviations, freedom) - luck)
    kept = true @ np.linalg.pinv(true + luck, hermitian=True)
    return Part(kept @ deviations, _root(true - kept @ true))


def _mean_part(mean: Any, luck: Any) -> Part:
    """Return the mean effects, drawn towards their own mean by as much as luck explains how reforms differ."""
    spread = _spread_of(mean, luck)
    if not math.isfinite(spread):
        return Part(mean[:, None], _root(luck))
    known = np.linalg.pinv(luck + spread**2 * np.eye(len(mean)), hermitian=True)
    centre = (known @ mean).sum() / known.sum()
    kept = spread**2 * known
    left = spread**2 * (np.eye(len(mean)) - kept)
    return Part((centre + kept @ (mean - centre))[:, None], _root(left))


def _spread_of(mean: Any, luck: Any) -> float:
    """Return the standard deviation between true means that is likeliest (REML); infinite where none is to be told."""
    observed = float(mean.std())
    if len(mean) < 3 or observed == 0.0:
        return math.inf
    spreads = observed * np.geomspace(1e-3, 10.0, _SPREADS_TRIED)
    return float(spreads[int(np.argmax([_likelihood(mean, luck, spread) for spread in spreads]))])


def _likelihood(mean: Any, luck: Any, spread: float) -> float:
    covariance = luck + spread**2 * np.eye(len(mean))
    known = np.linalg.inv(covariance)
    off = mean - (known @ mean).sum() / known.sum()
    return float(-np.linalg.slogdet(covariance)[1] - math.log(known.sum()) - off @ known @ off) / 2


def _drawn(part: Part, luck: Any) -> Any:
    return part.likely + part.left @ luck.standard_normal(part.likely.shape)


def _distinct(values: Any) -> tuple[Any, Any]:
    """Return the reforms that differ in some run, and for each reform which of them it is."""
    flat, stands_for = np.unique(values.reshape(len(values), -1), axis=0, return_inverse=True)
    return flat.reshape(-1, *values.shape[1:]), stands_for.ravel()


def _covariance(deviations: Any, freedom: int) -> Any:
    """Return a covariance between reforms, its correlations drawn towards their mean by as much as they are unsure.

    Parameters
    ----------
    deviations
        Shape (arms, n), each arm's around 0.
    freedom
        Independent numbers among the n.

    Notes
    -----
    With 30 reforms and 50 draws a plain covariance tells more than it knows. The target of one common correlation is
    Ledoit and Wolf's (2004, Honey, I shrunk the sample covariance matrix), its weight that of Schaefer and Strimmer
    (2005, Statistical Applications in Genetics and Molecular Biology 4).
    """
    variances = (deviations**2).sum(axis=1) / freedom
    sizes = np.sqrt(variances)
    standard = deviations / np.where(sizes > 0, sizes, 1.0)[:, None]
    moves = sizes > 0
    correlation = standard @ standard.T / freedom
    off = np.outer(moves, moves) & ~np.eye(len(sizes), dtype=bool)
    if off.sum() < 2:
        return np.diag(variances) if off.sum() == 0 else correlation * np.outer(sizes, sizes)
    common = float(correlation[off].mean())
    unsure = (standard**2) @ (standard**2).T / freedom - correlation**2
    apart = float(((correlation[off] - common) ** 2).sum())
    is_guess = apart == 0 or freedom == 1
    weight = 1.0 if is_guess else min(1.0, float(unsure[off].sum()) / (freedom - 1) / apart)
    blended = np.where(off, (1 - weight) * correlation + weight * common, 0.0) + np.diag(moves.astype(float))
    return _without_negatives(blended * np.outer(sizes, sizes))


def _without_negatives(matrix: Any) -> Any:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return (vectors * np.maximum(values, 0.0)) @ vectors.T


def _root(matrix: Any) -> Any:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return vectors * np.sqrt(np.where(values > _ROUNDING * max(float(values[-1]), 0.0), values, 0.0))
