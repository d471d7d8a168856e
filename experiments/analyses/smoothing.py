"""Smooth curves through many noisy numbers at once, each as smooth as its numbers ask for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

WAVES = 10
"""Ways of bending, the smoothest first; an effect has no use for more."""
_PENALTIES = np.geomspace(1e-6, 1e2, 25)


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
    The cubic smoothing spline as a mixed model (Wahba 1990, Spline models for observational data; Wood 2017, Generalized
    additive models, section 5.8), over ranks: what a parameter tells does not depend on the scale it is written in.
    """
    from scipy.stats import rankdata

    x = (rankdata(values) - 0.5) / len(values)
    straight = np.linalg.qr(np.column_stack([np.ones(len(x)), x]))[0]
    low, high = np.minimum.outer(x, x), np.maximum.outer(x, x)
    kernel = low**2 * (3 * high - low) / 6
    bent = kernel - straight @ (straight.T @ kernel)
    bent -= (bent @ straight) @ straight.T
    sizes, waves = np.linalg.eigh((bent + bent.T) / 2)
    n = min(WAVES, len(x) - 3)
    sizes, waves = sizes[::-1][:n], waves[:, ::-1][:, :n]
    kept = sizes > 1e-9 * max(float(sizes[0]), 1e-300) if n else np.zeros(0, dtype=bool)
    return Curve(straight, waves[:, kept], sizes[kept] / sizes[0] if n else sizes)


def smoothed(curve: Curve, numbers: Any) -> Any:
    """Return the curve through each column of numbers, at their own places.

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
        return line
    freedom = len(numbers) - 2
    unbent = np.maximum((numbers**2).sum(axis=0) - (flat**2).sum(axis=0) - (bent**2).sum(axis=0), 0.0)
    # How much of each wave is left out, shape (penalties, waves, 1).
    left_out = (_PENALTIES[:, None] / (curve.sizes + _PENALTIES[:, None]))[:, :, None]
    rough = np.maximum(unbent + (bent**2 * left_out).sum(axis=1), np.finfo(float).tiny)
    likelihood = freedom * np.log(rough) - np.log(left_out).sum(axis=1)
    best = left_out[np.argmin(likelihood, axis=0), :, 0].T
    return line + curve.waves @ (bent * (1 - best))
