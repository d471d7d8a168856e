"""Sobol indices: the share of a number's variance that each parameter accounts for, freed of replicate noise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.analyses.index import Index, Settings, indices_from
from experiments.analyses.noise import crossed, crossed_covariance, mean_over, reach_of
from experiments.analyses.sampling import problem_of


def measures(values: Any, row_weights: Any, weights: Any) -> Any:
    """Return total and first-order shares of variance, freed of noise.

    Parameters
    ----------
    values
        Shape (base rows, parameters + 2, R): a row of A, its mixtures with each column of B, the row of B.
    row_weights, weights
        Of base rows and of replicates; see :mod:`experiments.analyses.noise`.

    Returns
    -------
        Shape (2, parameters); nan where the number does not vary beyond noise.

    Notes
    -----
    Estimators (b) and (f) of Saltelli et al. 2010, Variance based sensitivity analysis of model output, Computer Physics
    Communications 181; (f) is Jansen's.
    """
    # Small differences of large levels add variance to products: each seed from its own mean.
    centred = values - mean_over(values.mean(axis=1), row_weights)
    a, mixed, b = centred[:, :1], centred[:, 1:-1], centred[:, -1:]
    both = np.concatenate([a, b])[:, 0]
    variance = crossed_covariance(both, both, np.tile(row_weights, 2), weights)
    if not variance > 0.0:
        return np.full((2, mixed.shape[1]), math.nan)
    total = 0.5 * mean_over(crossed(a - mixed, a - mixed, weights), row_weights)
    first = mean_over(crossed(np.broadcast_to(b, mixed.shape), mixed - a, weights), row_weights)
    return np.array([total, first]) / variance


def sobol(names: tuple[str, ...], unit: Any, values: Any, settings: Settings) -> list[Index]:
    """Return the indices of parameters and dummy.

    Parameters
    ----------
    unit
        Shape (base rows, parameters + 3, parameters + 1), in the unit cube.
    values
        Shape (base rows, parameters + 3, R).
    """
    from SALib.analyze import sobol as salib

    n_rows, n_parameters, n_replicates = unit.shape[0], unit.shape[2], values.shape[2]
    point = measures(values, np.ones(n_rows), np.ones(n_replicates))
    reach = reach_of(lambda *weights: measures(values, *weights), n_rows, n_replicates, settings)
    flat = values.mean(axis=-1).ravel()
    if np.ptp(flat) == 0.0:
        return indices_from(names, point, reach, np.full(n_parameters, math.nan))
    plain = salib.analyze(problem_of(n_parameters), flat, calc_second_order=False, num_resamples=2, seed=1)
    return indices_from(names, point, reach, plain["ST"])
