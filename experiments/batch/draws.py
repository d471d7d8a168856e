"""Draws of what is uncertain: designs over priors, and settings out of a posterior sample.

Values are kept to six digits, so that every machine holds the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.batch.experiment import Draw
from experiments.batch.form import METHODS, SHIPPED, DrawsForm
from experiments.batch.samples import Sample, read_sample
from experiments.batch.values import EVERY
from experiments.design import DEFAULT_SEED, DesignError, unknown
from scenarios import Uncertainty, behaviours, posterior_file

SOBOL, LATIN_HYPERCUBE = METHODS
DIGITS = 6
_EDGE = 2.0**-33
"""How near a quantile comes to 0 or 1: a normal prior has no value there."""


def draws_from(form: DrawsForm, *, folder: str = "", seed: int = DEFAULT_SEED) -> tuple[Draw, ...]:
    """Return the draws that a file asks for, numbered from 0.

    Parameters
    ----------
    form
        The section ``uncertainty``.
    folder
        Where its file is looked for.
    seed
        Of the draws, unless the form has one.

    Notes
    -----
    More Sobol points, or more out of a posterior, keep the earlier ones: both sequences are balanced at every power of
    two. A Latin hypercube of another size is another sample.
    """
    at = form.seed if form.seed is not None else seed
    if form.points is not None:
        return draws_of(read_sample(Path(folder) / form.points, form.points))
    if form.posterior is not None:
        return _resampled(read_sample(_posterior(form.posterior, folder), form.posterior), form.draws, at)
    names = drawn_names(form.over)
    return _numbered(names, draw_values(names, unit_cube(form.method or SOBOL, form.draws or 1, len(names), at)))


def _posterior(name: str, folder: str) -> Path:
    return posterior_file() if name == SHIPPED else Path(folder) / name


def can_grow(form: DrawsForm) -> bool:
    """Return whether more draws keep the earlier ones."""
    return form.method == SOBOL or (form.posterior is not None and form.draws is not None)


def unit_cube(method: str, n: int, dimensions: int, seed: int) -> Any:
    """Return the points of a design in the unit cube, shape (n, dimensions), each value in [0, 1)."""
    from scipy.stats import qmc

    if method == LATIN_HYPERCUBE:
        return qmc.LatinHypercube(dimensions, rng=seed).random(n)
    return qmc.Sobol(dimensions, rng=seed).random_base2(max(0, math.ceil(math.log2(n))))[:n]


def drawn_names(over: Any = EVERY) -> tuple[str, ...]:
    """Return the names of the parameters that are drawn, vectors by their elements.

    ``over`` is ``all`` (or None) for every uncertainty that is not held fixed, or names of them or of their elements.

    Raises
    ------
    DesignError
        For an unknown name, or one that has no range to draw from.
    """
    elements = uncertain_elements()
    if over is None or over == EVERY:
        return tuple(name for name, uncertainty in elements.items() if is_drawn(uncertainty))
    names: list[str] = []
    for wanted in over:
        found = [name for name in elements if wanted in {name, name.partition(".")[0]}]
        if not found:
            raise DesignError(unknown("uncertain parameter", wanted, [*behaviours(), *elements]))
        if not all(is_drawn(elements[name]) for name in found):
            raise DesignError(f"{wanted!r} is held fixed: it has no range to draw from")
        names += found
    return tuple(dict.fromkeys(names))


def uncertain_elements() -> dict[str, Uncertainty]:
    """Return the uncertainties by name, those that are vectors once for each of their elements."""
    found: dict[str, Uncertainty] = {}
    for name, uncertainty in behaviours().items():
        is_number = isinstance(uncertainty.default, float | int)
        found |= {name: uncertainty} if is_number else {f"{name}.{part}": uncertainty for part in uncertainty.default}  # type: ignore[union-attr]
    return found


def is_drawn(uncertainty: Uncertainty) -> bool:
    """Return whether an uncertainty has a range to draw from and is not held fixed."""
    return uncertainty.role != "fixed" and uncertainty.prior.kind != "fixed"


def draw_values(names: Sequence[str], unit_cube: Any) -> Any:
    """Return the values of parameters at points of the unit cube: quantiles of their priors within their hard limits.

    Parameters
    ----------
    names
        Of uncertainties or of their elements; a prior of a vector holds for each element.
    unit_cube
        Shape (points, names), values of 0 to 1.

    Returns
    -------
        The same shape, in the units of the parameters; whole where they must be, else to six digits.
    """
    elements = uncertain_elements()
    points = np.asarray(unit_cube, dtype=float)
    values = np.empty(points.shape)
    for column, name in enumerate(names):
        if name not in elements or elements[name].prior.kind == "fixed":
            raise DesignError(unknown("uncertain parameter", name, elements))
        values[:, column] = _quantiles(elements[name], points[:, column])
    return values


def _quantiles(uncertainty: Uncertainty, points: Any) -> Any:
    prior = _distribution(uncertainty)
    # A prior that reaches beyond the hard limits is cut there, not heaped up on them.
    first, last = prior.cdf(uncertainty.low), prior.cdf(uncertainty.high)
    values = prior.ppf(np.clip(first + points * (last - first), _EDGE, 1 - _EDGE))
    if uncertainty.is_whole:
        values = np.floor(values + 0.5)
    else:
        values = np.array([float(f"{value:.{DIGITS}g}") for value in values])
    return np.clip(values, uncertainty.low, uncertainty.high)


def _distribution(uncertainty: Uncertainty) -> Any:
    from scipy import stats

    kind, parts = uncertainty.prior.kind, uncertainty.prior.parts
    if kind == "normal":
        return stats.norm(parts["mean"], parts["sd"])
    width = parts["high"] - parts["low"]
    if kind == "uniform":
        return stats.uniform(parts["low"], width)
    return stats.triang((parts["mode"] - parts["low"]) / width if width else 0.5, parts["low"], width or 1e-300)


def draws_of(sample: Sample) -> tuple[Draw, ...]:
    """Return every setting of a sample once, in its order."""
    return _numbered(sample.names, sample.values)


def _resampled(sample: Sample, n: int | None, seed: int) -> tuple[Draw, ...]:
    """Return ``n`` settings of a sample, each as often as its weight asks; every one once without ``n`` and weights.

    One number that the seed gives shifts all positions, as in systematic resampling; they follow the van der Corput
    sequence, so that more can be added.
    """
    from scipy.stats import qmc

    if n is None and sample.weights is None:
        return draws_of(sample)
    n = n or len(sample.values)
    weights = np.asarray(sample.weights if sample.weights is not None else np.ones(len(sample.values)))
    shift = np.random.Generator(np.random.Philox(key=seed)).random()
    steps = qmc.Sobol(1, scramble=False).random_base2(max(0, math.ceil(math.log2(n))))[:n, 0]
    ends = np.cumsum(weights) / weights.sum()
    rows = np.minimum(np.searchsorted(ends, (steps + shift) % 1.0, side="right"), np.flatnonzero(weights)[-1])
    return _numbered(sample.names, [sample.values[row] for row in rows])


def _numbered(names: Sequence[str], values: Any) -> tuple[Draw, ...]:
    return tuple(
        Draw(number, {name: float(value) for name, value in zip(names, row, strict=True)})
        for number, row in enumerate(values)
    )
