"""Sensitivity indices of one number: how much each parameter moves it, freed of replicate noise, with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analyses.noise import crossed, crossed_covariance, crossed_size, mean_over, noise_share, reach, spread, weights_of
from experiments.analyses.sampling import DUMMY, LEVELS, Sample, problem_of
from experiments.design import DesignError

SLIDES = 10
"""Slides of a parameter that PAWN compares with the whole sample."""
PAWN_RESAMPLES = 200


@dataclass(frozen=True)
class Index:
    """How much one parameter moves a number.

    ``index`` is, by method: the mean absolute change over a step of half the prior's probability, in the number's unit
    (Morris); the total share of variance (Sobol); the median distance of distributions, 0 to 1 (PAWN). ``low`` and
    ``high`` are its 95% interval; ``uncorrected`` is the same with replicate noise in it, as SALib gives it. ``second``
    is sigma, the spread of the change over the space (Morris), or the first-order share (Sobol), with its interval;
    ``direction`` is the mean change with its sign (Morris). What a method does not give is nan.
    """

    name: str
    index: float
    low: float
    high: float
    uncorrected: float
    second: float = math.nan
    second_low: float = math.nan
    second_high: float = math.nan
    direction: float = math.nan
    is_clear: bool = False


@dataclass(frozen=True)
class Indices:
    """What moves one number, largest first, beside a dummy that moves nothing.

    ``noise_share`` is the share of the variance between points that is luck, each point the mean of its replicates; nan
    with one replicate. ``mean`` and ``sd`` are of the number over the points, the sd without noise. ``dropped`` counts
    the blocks left out because a run failed or the number does not exist there.
    """

    method: str
    rows: tuple[Index, ...]
    dummy: Index
    noise_share: float
    mean: float
    sd: float
    n_blocks: int
    dropped: int
    replicates: int

    @property
    def clear(self) -> tuple[str, ...]:
        """Parameters told from the dummy and from 0."""
        return tuple(row.name for row in self.rows if row.is_clear)


def indices_of(sample: Sample, values: Any) -> Indices:
    """Return how much each parameter moves a number.

    Parameters
    ----------
    sample
        The design.
    values
        Shape (points, replicates): the number at each point of the design with each seed; nan where there is none.

    Raises
    ------
    DesignError
        If fewer than four blocks of the design have values.
    """
    values = np.asarray(values, float)
    by_block = sample.blocks(values)
    whole = np.isfinite(by_block).all(axis=tuple(range(1, by_block.ndim)))
    if whole.sum() < 4:
        raise DesignError(f"only {int(whole.sum())} of {len(whole)} blocks of the design have values; 4 are needed")
    unit, kept = sample.blocks(sample.unit)[whole], by_block[whole]
    rows = {"morris": _morris, "sobol": _sobol, "pawn": _pawn}[sample.method](sample.names, unit, kept)
    *real, dummy = rows
    points = kept.reshape(-1, values.shape[1])
    n_points, n_replicates = points.shape
    variance = float(crossed_covariance(points, points, np.ones(n_points), np.ones(n_replicates)))
    marked = [_marked(row, dummy) for row in real]
    return Indices(
        method=sample.method,
        rows=tuple(sorted(marked, key=lambda row: (math.isnan(row.index), -row.index, row.name))),
        dummy=dummy,
        noise_share=noise_share(points),
        mean=float(points.mean()),
        sd=math.sqrt(max(0.0, variance)),
        n_blocks=len(kept),
        dropped=int((~whole).sum()),
        replicates=n_replicates,
    )


def _marked(row: Index, dummy: Index) -> Index:
    floor = max(0.0, dummy.high)
    return Index(**{**vars(row), "is_clear": bool(row.low > floor)})


def steps(unit: Any, values: Any) -> Any:
    """Return what each step of each trajectory changes.

    Parameters
    ----------
    unit
        Shape (trajectories, parameters + 1, parameters): one parameter moves from one point to the next.
    values
        Shape (trajectories, parameters + 1, R).

    Returns
    -------
        Shape (trajectories, parameters, R): the change as the parameter goes up.
    """
    moves = np.diff(unit, axis=1)
    # One entry of every move differs from 0; the sum over moves puts it under its parameter.
    return np.einsum("tsp,tsr->tpr", np.sign(moves), np.diff(values, axis=1))


def morris_measures(changes: Any, block_weights: Any, weights: Any) -> Any:
    """Return mean absolute change, its spread and mean change, shape (3, parameters), freed of noise.

    ``changes`` has shape (trajectories, parameters, R); see :func:`steps`.
    """
    n = len(changes)
    size = mean_over(crossed_size(changes, weights), block_weights)
    variance = crossed_covariance(changes, changes, block_weights, weights) * n / (n - 1)
    mean = mean_over((changes * weights).sum(axis=-1) / weights.sum(), block_weights)
    return np.array([size, np.sqrt(np.maximum(0.0, variance)), mean])


def _morris(names: tuple[str, ...], unit: Any, values: Any) -> list[Index]:
    from SALib.analyze import morris

    changes = steps(unit, values)
    n_blocks, n_parameters, n_replicates = changes.shape
    point = morris_measures(changes, np.ones(n_blocks), np.ones(n_replicates))
    error = spread(lambda blocks, seeds: morris_measures(changes, blocks, seeds), n_blocks, n_replicates)
    # SALib wants the grid of its own levels back; its effects are per unit of it, ours per step.
    grid = (unit * LEVELS - 0.5) / (LEVELS - 1)
    step = LEVELS / (2 * (LEVELS - 1))
    flat = grid.reshape(-1, n_parameters), values.mean(axis=-1).ravel()
    plain = morris.analyze(problem_of(n_parameters), *flat, num_levels=LEVELS, num_resamples=2, seed=1)
    return _rows(names, point, error, np.asarray(plain["mu_star"], float) * step, n_blocks, direction=point[2])


def sobol_measures(values: Any, block_weights: Any, weights: Any) -> Any:
    """Return total and first-order shares of variance, shape (2, parameters), freed of noise.

    ``values`` has shape (base rows, parameters + 2, R): the row of A, the mixtures of A with each column of B, the row of
    B. nan where the number does not vary beyond noise. Estimators as in Saltelli et al. 2010, Variance based sensitivity
    analysis of model output, Computer Physics Communications 181: first order their (b), total order Jansen's.
    """
    # Products of small differences with large levels lose digits and add variance: each seed from its own mean.
    centred = values - mean_over(values.mean(axis=1), block_weights)
    a, mixed, b = centred[:, :1], centred[:, 1:-1], centred[:, -1:]
    both = np.concatenate([a, b])[:, 0]
    variance = crossed_covariance(both, both, np.tile(block_weights, 2), weights)
    if not variance > 0.0:
        return np.full((2, mixed.shape[1]), math.nan)
    total = 0.5 * mean_over(crossed(a - mixed, a - mixed, weights), block_weights)
    first = mean_over(crossed(np.broadcast_to(b, mixed.shape), mixed - a, weights), block_weights)
    return np.array([total, first]) / variance


def _sobol(names: tuple[str, ...], unit: Any, values: Any) -> list[Index]:
    from SALib.analyze import sobol

    n_blocks, n_points, n_replicates = values.shape
    n_parameters = n_points - 2
    point = sobol_measures(values, np.ones(n_blocks), np.ones(n_replicates))
    error = spread(lambda blocks, seeds: sobol_measures(values, blocks, seeds), n_blocks, n_replicates)
    if float(np.ptp(values)) == 0.0:
        return _rows(names, point, error, np.full(n_parameters, math.nan), n_blocks)
    flat = values.mean(axis=-1).ravel()
    plain = sobol.analyze(problem_of(n_parameters), flat, calc_second_order=False, num_resamples=2, seed=1)
    return _rows(names, point, error, np.asarray(plain["ST"], float), n_blocks)


def pawn_index(inputs: Any, values: Any) -> Any:
    """Return the PAWN index of each column: the median, over slides of equal size, of the distance of distributions.

    Parameters
    ----------
    inputs
        Shape (points, parameters).
    values
        Shape (points,).

    Returns
    -------
        Shape (parameters,), 0 to 1: the median over ``SLIDES`` slides of the Kolmogorov-Smirnov distance between the
        values in the slide and all values. As in SALib, whose own function is too slow to be resampled.
    """
    order = np.argsort(values, kind="stable")
    ordered, sorted_inputs = values[order], inputs[order]
    edges = np.quantile(inputs, np.linspace(0, 1, SLIDES + 1), axis=0)
    inside = (sorted_inputs >= edges[:-1, None]) & (sorted_inputs < edges[1:, None])
    counts = inside.sum(axis=1)
    with np.errstate(invalid="ignore"):
        of_slide = inside.cumsum(axis=1) / counts[:, None]
    of_all = np.arange(1, len(values) + 1) / len(values)
    # Among equal values only the last has counted them all.
    last = np.append(ordered[1:] != ordered[:-1], [True])
    distance = np.abs(of_slide - of_all[:, None])[:, last].max(axis=1)
    distance[counts == 0] = math.nan
    return np.nanmedian(distance, axis=0)


def _pawn(names: tuple[str, ...], unit: Any, values: Any) -> list[Index]:
    from SALib.analyze import pawn

    inputs, runs = unit[:, 0], values[:, 0]
    means = runs.mean(axis=1)
    index = np.asarray(pawn.analyze(problem_of(inputs.shape[1]), inputs, means, S=SLIDES)["median"], float)
    resampled, dummies = _pawn_again(inputs, runs)
    error = np.append(resampled.std(axis=0, ddof=1)[:-1], dummies.std(ddof=1))
    # One column of luck may be lucky: the dummy stands for many.
    index[-1] = dummies.mean()
    return _rows(names, index[None], error[None], index, len(runs))


def _pawn_again(inputs: Any, runs: Any) -> tuple[Any, Any]:
    """Return the index of each column under other points and replicates, and that of as many fresh dummies."""
    n_points, n_replicates = runs.shape
    rng = np.random.default_rng(PAWN_RESAMPLES)
    found, dummies = [], []
    for _ in range(PAWN_RESAMPLES):
        means = (runs * weights_of(rng, n_replicates)).mean(axis=1)
        taken = rng.integers(n_points, size=n_points)
        found.append(pawn_index(inputs[taken], means[taken]))
        dummies.append(pawn_index(rng.random((n_points, 1)), means)[0])
    return np.array(found), np.array(dummies)


def _rows(names: tuple[str, ...], point: Any, error: Any, uncorrected: Any, n_blocks: int, *, direction: Any = None) -> list[Index]:
    """Return an index a column: ``point`` and ``error`` hold the index in their first row and the second in their next."""
    far = reach(n_blocks) * error
    has_second = len(point) > 1
    return [
        Index(
            name=name,
            index=float(point[0, i]),
            low=float(point[0, i] - far[0, i]),
            high=float(point[0, i] + far[0, i]),
            uncorrected=float(uncorrected[i]),
            second=float(point[1, i]) if has_second else math.nan,
            second_low=float(point[1, i] - far[1, i]) if has_second else math.nan,
            second_high=float(point[1, i] + far[1, i]) if has_second else math.nan,
            direction=math.nan if direction is None else float(direction[i]),
        )
        for i, name in enumerate((*names, DUMMY))
    ]
