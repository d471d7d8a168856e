"""Where parameters are tried: designs in the unit cube, one column a parameter, with a dummy that does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analyses.defaults import DEFAULT_DRAWS, METHODS
from experiments.design import DesignError, unknown

DUMMY = "dummy"
_LEAST_DRAWS = {"morris": 4, "sobol": 8, "pawn": 50}
DEFAULT_LEVELS = 4
"""Levels of a Morris design, each in the middle of an equal share of the prior's probability; a step is half of them."""
_SAMPLING_SEED = 20_070_101


@dataclass(frozen=True)
class Sample:
    """A design: points in the unit cube, in blocks that are resampled whole.

    ``unit`` has shape (points, parameters + 1), the last column the dummy's. A block is a trajectory (Morris), a base row
    with its mixtures (Sobol) or a single point (PAWN).
    """

    method: str
    names: tuple[str, ...]
    unit: Any
    block: int

    @property
    def n_blocks(self) -> int:
        """How many blocks there are."""
        return len(self.unit) // self.block

    def distinct(self) -> tuple[Any, Any]:
        """Return the points that differ in a real parameter, and for each point which of them it is.

        A step of the dummy alone changes nothing, so it is not run again.
        """
        points, place = np.unique(self.unit[:, :-1], axis=0, return_inverse=True)
        # In the order in which they come up, so that an interrupted batch holds whole trajectories.
        first = np.full(len(points), len(place))
        np.minimum.at(first, place, np.arange(len(place)))
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return points[order], rank[place]

    def blocks(self, values: Any) -> Any:
        """Return values of points, shape (points, ...), as shape (blocks, points of a block, ...)."""
        return values.reshape(self.n_blocks, self.block, *values.shape[1:])


def sample_of(
    method: str, names: tuple[str, ...], draws: int | None = None, *, levels: int = DEFAULT_LEVELS, seed: int = 0
) -> Sample:
    """Return the design of a method.

    Parameters
    ----------
    method
        ``morris``, ``sobol`` or ``pawn``.
    names
        Parameters to vary, at least one.
    draws
        Trajectories (Morris), base rows (Sobol, a power of two) or points (PAWN).
    levels
        Of a Morris design, even.
    seed
        Of the design, at least 0; another one gives another design.

    Raises
    ------
    DesignError
        If there is no parameter, no such method, or too few draws for it; if SALib is not installed.
    """
    check_installed()
    if method not in METHODS:
        raise DesignError(unknown("method", method, METHODS))
    if not names:
        raise DesignError("name at least one parameter to vary")
    n = DEFAULT_DRAWS[method] if draws is None else draws
    if n < _LEAST_DRAWS[method]:
        raise DesignError(f"{method} needs {_LEAST_DRAWS[method]} draws or more, got {n}")
    if method == "sobol" and n & (n - 1):
        raise DesignError(f"sobol takes a power of two of draws, such as 64 or 128, got {n}")
    n_columns = len(names) + 1
    if method == "morris":
        return Sample(method, names, _morris(n_columns, n, levels, _SAMPLING_SEED + seed), n_columns + 1)
    if method == "sobol":
        return Sample(method, names, _sobol(n_columns, n, _SAMPLING_SEED + seed), n_columns + 2)
    return Sample(method, names, _latin(n_columns, n, _SAMPLING_SEED + seed), 1)


def sample_from(names: tuple[str, ...], inputs: Any) -> Sample:
    """Return draws that others have made, shape (draws, parameters), as a sample for PAWN."""
    check_installed()
    rng = np.random.default_rng(_SAMPLING_SEED)
    return Sample("pawn", names, np.column_stack([inputs, rng.random(len(inputs))]), 1)


def check_installed() -> None:
    """Refuse to go on without SALib."""
    from importlib.util import find_spec

    if find_spec("SALib") is None:
        raise DesignError("sensitivity needs SALib: pip install 'talentflow[analysis]'")


def problem_of(n_parameters: int) -> dict[str, Any]:
    """Return what SALib calls a problem: parameters by number, each from 0 to 1."""
    return {
        "num_vars": n_parameters,
        "names": [str(number) for number in range(n_parameters)],
        "bounds": [[0.0, 1.0]] * n_parameters,
    }


def _morris(n_parameters: int, draws: int, levels: int, seed: int) -> Any:
    from SALib.sample import morris

    grid = morris.sample(problem_of(n_parameters), draws, num_levels=levels, seed=seed)
    # The ends of a prior are its least likely values, or do not exist: levels move to the middle of their share.
    return (np.round(grid * (levels - 1)) + 0.5) / levels


def _sobol(n_parameters: int, draws: int, seed: int) -> Any:
    from SALib.sample import sobol

    return sobol.sample(problem_of(n_parameters), draws, calc_second_order=False, seed=seed)


def _latin(n_parameters: int, draws: int, seed: int) -> Any:
    from scipy.stats import qmc

    return qmc.LatinHypercube(n_parameters, rng=np.random.default_rng(seed)).random(draws)
