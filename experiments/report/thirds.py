"""Which parameters an effect depends on: its mean where each is low and where it is high, told from luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from experiments import pairing

SHUFFLES = 2000
ALPHA = 0.05
_SHUFFLING_SEED = 19_930_601


class Mean(NamedTuple):
    """A mean and its interval; nan where none exists."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Driver:
    """One parameter: the effect in the draws with its lowest third of values, in those with its highest third.

    ``difference`` is the second less the first. ``correlation`` is of ranks, -1 to 1; ``p`` the probability that the
    strongest of all parameters does as much where none does anything. ``is_told`` where luck is ruled out: ``p`` is small
    and the interval of the difference leaves out 0.
    """

    name: str
    low: Mean
    high: Mean
    difference: Mean
    correlation: float
    p: float

    @property
    def is_told(self) -> bool:
        """Whether the effect is told to depend on the parameter."""
        return self.p <= ALPHA and self.difference.is_clear


def drivers_of(names: Sequence[str], inputs: Any, effects: Any) -> list[Driver]:
    """Return what each parameter says of an effect: those told from luck first, then by the size of the difference.

    Parameters
    ----------
    inputs
        Shape (draws, parameters), at least 6 draws.
    effects
        Shape (draws,): means over replicates. Their luck is part of what a difference is told from.

    Notes
    -----
    Effects are shuffled against the draws, and the largest rank correlation of any parameter is what luck gives once in
    so many times: all parameters are one question (Westfall and Young 1993, Resampling-based multiple testing).
    """
    from scipy.stats import rankdata

    ranks = _standard(rankdata(inputs, axis=0))
    correlations = ranks.T @ _standard(rankdata(effects))
    strongest = _strongest(ranks, effects)
    drivers = []
    for place, name in enumerate(names):
        low, high = thirds_of(inputs[:, place])
        p = (1 + int((strongest >= abs(correlations[place]) - 1e-12).sum())) / (1 + SHUFFLES)
        drivers.append(
            Driver(
                name,
                mean_of(effects[low]),
                mean_of(effects[high]),
                difference_of(effects[low], effects[high]),
                float(correlations[place]),
                p,
            )
        )
    return sorted(drivers, key=lambda one: (not one.is_told, -abs(one.difference.value), one.name))


def thirds_of(values: Any) -> tuple[Any, Any]:
    """Return which draws are in the lowest and in the highest third of a parameter.

    >>> [part.tolist() for part in thirds_of(np.array([3.0, 1.0, 2.0]))]
    [[1], [0]]
    """
    order = np.argsort(values, kind="stable")
    n = len(values) // 3
    return order[:n], order[len(values) - n :]


def mean_of(values: Any) -> Mean:
    """Return the mean of some numbers and its interval."""
    low, high, _ = pairing.interval(values)
    return Mean(float(np.mean(values)), low, high)


def difference_of(first: Any, second: Any) -> Mean:
    """Return by how much the mean of a second sample is above that of a first, with Welch's interval."""
    from scipy import stats

    difference = float(np.mean(second) - np.mean(first))
    parts = [float(np.var(one, ddof=1)) / len(one) for one in (first, second)]
    error = math.sqrt(sum(parts))
    if error == 0.0:
        return Mean(difference, difference, difference)
    freedom = sum(parts) ** 2 / sum(part**2 / (len(one) - 1) for part, one in zip(parts, (first, second), strict=True))
    reach = float(stats.t.ppf((1 + pairing.CONFIDENCE) / 2, freedom)) * error
    return Mean(difference, difference - reach, difference + reach)


def _strongest(ranks: Any, effects: Any) -> Any:
    """Return the largest correlation of any parameter where effects are shuffled, shape (shuffles,)."""
    from scipy.stats import rankdata

    rng = np.random.default_rng(_SHUFFLING_SEED)
    shuffled = rng.permuted(np.tile(rankdata(effects), (SHUFFLES, 1)), axis=1)
    return np.abs(_standard(shuffled.T).T @ ranks).max(axis=1)


def _standard(columns: Any) -> Any:
    """Return columns around 0 and of length 1; those that do not vary stay 0."""
    centred = columns - columns.mean(axis=0)
    lengths = np.sqrt((centred**2).sum(axis=0))
    return centred / np.where(lengths > 0, lengths, 1.0)
