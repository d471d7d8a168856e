"""PAWN indices: how far each parameter shifts the whole distribution of a number; any sample will do."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.analyses.index import Index, Settings, indices_from
from experiments.analyses.noise import student, weights_of
from experiments.analyses.sampling import problem_of

_RESAMPLING_SEED = 20_180_901
_MOST_RESAMPLES = 200
"""Each resample sorts every parameter anew; more would hardly move a standard deviation."""


def distances(inputs: Any, values: Any, slices: int) -> Any:
    """Return the PAWN index of each column.

    Parameters
    ----------
    inputs
        Shape (points, parameters).
    values
        Shape (points,).
    slices
        Parts of equal size into which each parameter is cut.

    Returns
    -------
        Shape (parameters,), 0 to 1: the median, over slices, of the Kolmogorov-Smirnov distance between the values in the
        slice and all values.

    Notes
    -----
    Pianosi and Wagener 2018, Distribution-based sensitivity analysis from a generic input-output sample, Environmental
    Modelling & Software 108. The same as SALib's, which is too slow to be resampled as it works out p-values.
    """
    order = np.argsort(values, kind="stable")
    ordered, along = values[order], inputs[order]
    edges = np.quantile(inputs, np.linspace(0, 1, slices + 1), axis=0)
    inside = (along >= edges[:-1, None]) & (along < edges[1:, None])
    counts = inside.sum(axis=1)
    of_slice = inside.cumsum(axis=1) / np.maximum(1, counts)[:, None]
    of_all = np.arange(1, len(values) + 1) / len(values)
    # Among equal values only the last has counted them all.
    last = np.append(ordered[1:] != ordered[:-1], [True])
    distance = np.abs(of_slice - of_all[:, None])[:, last].max(axis=1)
    distance[counts == 0] = math.nan
    return np.nanmedian(distance, axis=0)


def pawn(names: tuple[str, ...], unit: Any, values: Any, settings: Settings) -> list[Index]:
    """Return the indices of parameters and dummy.

    Distances are never 0 in a sample, so the dummy stands for what luck alone gives. It is the mean of many columns of
    random numbers, as a single one may be lucky.

    Parameters
    ----------
    unit
        Shape (points, 1, parameters + 1): values of the parameters in any unit, as only their order counts.
    values
        Shape (points, 1, R).
    """
    from SALib.analyze import pawn as salib

    inputs, runs = unit[:, 0], values[:, 0]
    n_parameters = inputs.shape[1]
    plain = salib.analyze(problem_of(n_parameters), inputs, runs.mean(axis=1), S=settings.slices)
    index = np.asarray(plain["median"], float)
    resampled, dummies = _again(inputs, runs, settings)
    error = np.append(resampled.std(axis=0, ddof=1)[:-1], dummies.std(ddof=1))
    index[-1] = dummies.mean()
    return indices_from(names, index[None], student(len(runs), settings.confidence) * error[None], index)


def _again(inputs: Any, runs: Any, settings: Settings) -> tuple[Any, Any]:
    """Return the index of each column under other points and replicates, and that of as many fresh dummies."""
    n_points, n_replicates = runs.shape
    rng = np.random.default_rng(_RESAMPLING_SEED)
    found, dummies = [], []
    for _ in range(min(settings.resamples, _MOST_RESAMPLES)):
        weights = weights_of(rng, n_replicates)
        means = (runs * weights).sum(axis=1) / weights.sum()
        taken = rng.integers(n_points, size=n_points)
        found.append(distances(inputs[taken], means[taken], settings.slices))
        dummies.append(distances(rng.random((n_points, 1)), means, settings.slices)[0])
    return np.array(found), np.array(dummies)
