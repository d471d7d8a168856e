"""How likely reforms are among the best few, over draws, theories and luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments import pairing

_SAMPLING_SEED = 19_890_214
_ENDS = ((1 - pairing.CONFIDENCE) / 2, (1 + pairing.CONFIDENCE) / 2)


class Range(NamedTuple):
    """A number and the ends of its interval."""

    value: float
    low: float
    high: float


def shares_among_best(effects: Any, best: int) -> Any:
    """Return whether reforms are among the ``best`` largest, ties split evenly; the shape of ``effects``, arms first.

    >>> shares_among_best(np.array([[5.0], [2.0], [2.0]]), 2).ravel()
    array([1. , 0.5, 0.5])
    """
    above = (effects[None] > effects[:, None]).sum(axis=1)
    alike = (effects[None] == effects[:, None]).sum(axis=1)
    return np.clip(best - above, 0, alike) / alike


def among_best(likely: Sequence[Any], best: int) -> list[Range]:
    """Return the probability of each reform to be among the best, with what luck and the number of draws leave open.

    Parameters
    ----------
    likely
        Sets of likely effects, each of shape (arms, draws, theories), more is better.

    Notes
    -----
    Draws are a sample: they are weighed anew for every set (Bayesian bootstrap, Rubin 1981, The Annals of Statistics 9),
    theories counting alike. One draw more is weighed with them, in which the reform is not among the best for the lower
    end, and is for the upper one: where all of 8 draws agree, a ninth might not.
    """
    held = np.array([shares_among_best(one, best).mean(axis=2) for one in likely])
    n_draws = held.shape[2]
    weights = np.random.default_rng(_SAMPLING_SEED).dirichlet(np.ones(n_draws + 1), len(held))
    seen = np.einsum("sad,sd->sa", held, weights[:, :n_draws])
    low = np.quantile(seen, _ENDS[0], axis=0)
    high = np.minimum(np.quantile(seen + weights[:, n_draws:], _ENDS[1], axis=0), 1.0)
    value = held.mean(axis=(0, 2))
    return [Range(*map(float, ends)) for ends in zip(value, low, high, strict=True)]


def spread_of(likely: Sequence[Any]) -> list[Range]:
    """Return the mean effect of each reform, and the ends that hold 95% of its likely effects over draws and theories."""
    flat = np.array(likely).transpose(1, 0, 2, 3).reshape(len(likely[0]), -1)
    low, high = np.quantile(flat, _ENDS, axis=1)
    return [Range(*map(float, ends)) for ends in zip(flat.mean(axis=1), low, high, strict=True)]


def is_better(likely: Sequence[Any]) -> Any:
    """Return the probability that a reform (row) is better than another (column), shape (arms, arms); ties are halves."""
    found = np.zeros((len(likely[0]), len(likely[0])))
    for one in likely:
        flat = one.reshape(len(one), -1)
        signs = np.sign(flat[:, None] - flat[None])
        found += (1 + signs.mean(axis=2)) / 2
    return found / len(likely)
