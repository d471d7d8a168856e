"""Morris screening: what a step of each parameter changes, from many places of the space, freed of replicate noise."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.analyses.index import Index, Settings, indices_from
from experiments.analyses.noise import crossed_covariance, crossed_size, mean_over, reach_of
from experiments.analyses.sampling import problem_of


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


def measures(changes: Any, trajectory_weights: Any, weights: Any) -> Any:
    """Return mean absolute change (mu star), its spread (sigma) and mean change (mu), freed of noise.

    Parameters
    ----------
    changes
        Shape (trajectories, parameters, R); see :func:`steps`.
    trajectory_weights, weights
        Of trajectories and of replicates; see :mod:`experiments.analyses.noise`.

    Returns
    -------
        Shape (3, parameters), in the unit of the number.
    """
    n = len(changes)
    size = mean_over(crossed_size(changes, weights), trajectory_weights)
    variance = crossed_covariance(changes, changes, trajectory_weights, weights) * n / (n - 1)
    mean = mean_over((changes * weights).sum(axis=-1) / weights.sum(), trajectory_weights)
    return np.array([size, np.sqrt(np.maximum(0.0, variance)), mean])


def morris(names: tuple[str, ...], unit: Any, values: Any, settings: Settings) -> list[Index]:
    """Return the indices of parameters and dummy.

    Parameters
    ----------
    unit
        Shape (trajectories, points of each, parameters + 1), in the unit cube.
    values
        Shape (trajectories, points of each, R).

    Notes
    -----
    Morris 1991, Factorial sampling plans for preliminary computational experiments, Technometrics 33; mu star as in
    Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software 22.
    """
    from SALib.analyze import morris as salib

    changes = steps(unit, values)
    n_trajectories, n_parameters, n_replicates = changes.shape
    point = measures(changes, np.ones(n_trajectories), np.ones(n_replicates))
    reach = reach_of(lambda *weights: measures(changes, *weights), n_trajectories, n_replicates, settings)
    # With two levels a step of SALib's grid is 1, so that its effects are changes over a step, as ours are.
    flat = np.where(unit > 0.5, 1.0, 0.0).reshape(-1, n_parameters), values.mean(axis=-1).ravel()
    plain = salib.analyze(problem_of(n_parameters), *flat, num_levels=2, num_resamples=2, seed=1)
    return indices_from(names, point[:2], reach[:2], plain["mu_star"], direction=point[2])
