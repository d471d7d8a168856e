"""How far rankings under several theories agree, and how far chance alone would let them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from experiments import pairing


@dataclass(frozen=True)
class Agreement:
    """How far two theories rank reforms alike: Kendall's tau-b, -1 to 1.

    ``of_means`` is that of mean effects over draws, with its interval of likely effects. ``by_draw`` is the mean over
    draws of the agreement under one draw, ``median`` its median, between runs with other luck. ``by_chance`` is what two
    sets of runs of one theory, as many as those, agree: no theories can agree more. ``is_less`` says whether they agree
    less than that. ``shared`` is the share of the best reforms, by mean effects, that both theories have.
    """

    first: str
    second: str
    of_means: float
    low: float
    high: float
    by_draw: float
    median: float
    by_chance: float
    is_less: bool
    shared: float


def tau(first: Any, second: Any) -> Any:
    """Return Kendall's tau-b of numbers along the first axis; nan where one side is all ties.

    >>> tau(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])).round(2)
    np.float64(0.33)
    """
    one, other = _signs(first), _signs(second)
    size = np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))
    with np.errstate(invalid="ignore"):
        return (one * other).sum(axis=0) / np.where(size > 0, size, np.nan)


def _signs(values: Any) -> Any:
    above, below = np.triu_indices(len(values), 1)
    return np.sign(values[above] - values[below])


def agreements(values: Any, likely: Sequence[Any], names: Sequence[str], *, best: int) -> tuple[Agreement, ...]:
    """Return how far each two theories agree.

    Parameters
    ----------
    values
        Effects of shape (arms, draws, theories, replicates).
    likely
        Sets of likely effects, each of shape (arms, draws, theories).
    names
        Of the theories.
    best
        How many reforms are the best.

    Notes
    -----
    Replicates are split in halves: what one theory says with one half is held against what another, or the same one, says
    with the other half. So both are measured with equally much luck, and the difference is the theories'.
    """
    n = values.shape[3] // 2
    halves = (values[..., :n].mean(axis=3), values[..., n : 2 * n].mean(axis=3)) if n else None
    means = np.array([one.mean(axis=1) for one in likely])
    places = (means[:, None] > means[:, :, None]).sum(axis=2)
    return tuple(_agreement(means, places < best, halves, names, pair) for pair in combinations(range(len(names)), 2))


def _agreement(means: Any, is_best: Any, halves: Any, names: Sequence[str], pair: tuple[int, int]) -> Agreement:
    one, other = pair
    of_means = tau(means[:, :, one].T, means[:, :, other].T)
    low, high = np.nanquantile(of_means, ((1 - pairing.CONFIDENCE) / 2, (1 + pairing.CONFIDENCE) / 2))
    between, within = _by_draw(halves, one, other)
    lost, _, _ = pairing.interval(within - between)
    return Agreement(
        names[one],
        names[other],
        float(np.nanmean(of_means)),
        float(low),
        float(high),
        float(between.mean()),
        float(np.median(between)),
        float(within.mean()),
        lost > 0,
        float((is_best[:, :, one] & is_best[:, :, other]).sum() / is_best[:, :, one].sum()),
    )


def _by_draw(halves: Any, one: int, other: int) -> tuple[Any, Any]:
    """Return the agreement of two theories, and of each with itself, under each draw, with other luck; nan without."""
    nothing = np.full(1, np.nan)
    if halves is None:
        return nothing, nothing
    first, second = halves
    between = (tau(first[:, :, one], second[:, :, other]) + tau(first[:, :, other], second[:, :, one])) / 2
    within = (tau(first[:, :, one], second[:, :, one]) + tau(first[:, :, other], second[:, :, other])) / 2
    known = np.isfinite(between) & np.isfinite(within)
    return (between[known], within[known]) if known.any() else (nothing, nothing)
