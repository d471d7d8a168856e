"""Smooth curves through many noisy numbers at once, each as smooth as its numbers ask for."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

WAVES = 10
"""Ways of bending, the smoothest first; an effect has no use for more."""
_ROUNDING = 1e-9
_PENALTIES = np.geomspace(1e-5, 1e2, 15)


class Curve(NamedTuple):
    """What a curve over one parameter may be: ``straight``, shape (n, 2), and ``waves`` of rising roughness.

    Both have orthonormal columns; ``sizes``, falling, is how easily each wave is taken up.
    """

    straight: Any
    waves: Any
    sizes: Any


def curve_over(values: Any) -> Curve:
    """Return the curves over one parameter.

    Parameters
    ----------
    values
        Shape (n,), n at least 4, not all alike.

    Notes
    -----
    The cubic smoothing spline as a mixed model, in waves that rise in roughness: half cosines, whose sizes fall with the
    fourth power of how often they turn (Wahba 1990, Spline models for observational data, section 2; Wood 2017, Generalized
    additive models, section 5.8). Over ranks: what a parameter tells does not depend on the scale it is written in.
    """
    from scipy.stats import rankdata

    x = (rankdata(values) - 0.5) / len(values)
    turns = np.arange(2, 2 + min(WAVES, len(x) - 3, len(np.unique(x)) - 2))
    basis, triangle = np.linalg.qr(np.column_stack([np.ones(len(x)), x, np.cos(np.pi * np.outer(x, turns))]))
    is_kept = np.abs(np.diag(triangle))[2:] > _ROUNDING * math.sqrt(len(x))
    return Curve(basis[:, :2], basis[:, 2:][:, is_kept], (2.0 / turns[is_kept]) ** 4)


class Smooth(NamedTuple):
    """Curves at the places of their numbers, shape (n, columns), and how many numbers each was bent by, shape (columns,)."""

    values: Any
    freedom: Any


def smoothed(curve: Curve, numbers: Any) -> Smooth:
    """Return the curve through each column of numbers.

    Parameters
    ----------
    numbers
        Shape (n, columns).

    Notes
    -----
    How smooth is decided by restricted maximum likelihood, for each column by itself.
    """
    flat = curve.straight.T @ numbers
    bent = curve.waves.T @ numbers
    line = curve.straight @ flat
    if not len(bent):
        return Smooth(line, np.full(numbers.shape[1], 2.0))
    freedom = len(numbers) - 2
    unbent = np.maximum((numbers**2).sum(axis=0) - (flat**2).sum(axis=0) - (bent**2).sum(axis=0), 0.0)
    # How much of each wave is left out, shape (penalties, waves, 1).
    left_out = (_PENALTIES[:, None] / (curve.sizes + _PENALTIES[:, None]))[:, :, None]
    rough = np.maximum(unbent + (bent**2 * left_out).sum(axis=1), np.finfo(float).tiny)
    likelihood = freedom * np.log(rough) - np.log(left_out).sum(axis=1)
    taken = 1 - left_out[np.argmin(likelihood, axis=0), :, 0].T
    return Smooth(line + curve.waves @ (bent * taken), 2 + taken.sum(axis=0))
