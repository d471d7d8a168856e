"""Whether emulators foretell runs that they have not seen as well as they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.calibration.goals import bent, slope
from experiments.calibration.implausible import Emulators

NINETY = 1.6448536269514722
"""Standard deviations within which nine in ten normal errors lie."""


@dataclass(frozen=True, eq=False)
class Validity:
    """Errors of emulators on runs that they were not built from, in standard deviations of what they should be.

    Attributes
    ----------
    inside
        Share of them within the 90% band, by goal, shape (goals,).
    rms
        Root of the mean square, 1 if the emulators are right about their errors, shape (goals,).
    explained
        Share of the answers' variance, chance aside, that was foretold, shape (goals,).
    n
        Draws.
    """

    inside: Any
    rms: Any
    explained: Any
    n: int

    @property
    def share_inside(self) -> float:
        """Share of all errors within the 90% band."""
        return float(np.nanmean(self.inside))


def validity_of(emulators: Emulators, points: Any, answers: Any) -> Validity:
    """Return how emulators foretold runs.

    Parameters
    ----------
    points
        Draws that the emulators were not built from, shape (n, parameters).
    answers
        Shape (n, replicates, goals), as shares of what was observed.
    """
    counts = np.isfinite(answers).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.nansum(answers, axis=1) / counts
        chance = emulators.chance(points) / counts * slope(means) ** 2
    found, (mean, variance) = bent(means), emulators.foretell(points)
    errors = (found - mean) / np.sqrt(variance + chance)
    known = np.isfinite(errors)
    inside = np.where(known, np.abs(errors) <= NINETY, np.nan)
    each = zip(found.T, mean.T, chance.T, known.T, strict=True)
    return Validity(
        np.nanmean(inside, axis=0),
        np.sqrt(np.nanmean(errors**2, axis=0)),
        np.array([_explained(*columns) for columns in each]),
        len(points),
    )


def _explained(found: Any, mean: Any, chance: Any, known: Any) -> float:
    noise = float(chance[known].mean())
    signal = float(found[known].var()) - noise
    missed = max(0.0, float(((found - mean)[known] ** 2).mean()) - noise)
    return 1.0 - missed / signal if signal > 0.1 * noise else float("nan")
