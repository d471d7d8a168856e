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


def among_best(likely: Sequence[Any], best: int, settings: Any = None) -> list[Range]:
    """Return the probability of each reform to be among the best, with what luck and the number of draws leave open.

    Parameters
    ----------
    likely
        Sets of likely effects, each of shape (arms, draws, theories), more is better.
    best
        How many are the best.
    settings
        The setting of parameters that each draw is, numbered from 0, where several draws are one; shape (draws,).

    Notes
    -----
    Settings are a sample: they are weighed anew for every set (Bayesian bootstrap, Rubin 1981, The Annals of Statistics 9),
    theories counting alike. One draw more is weighed with them: where all of 8 draws agree, a ninth might not. By how much
    the reform is among the best there, or fails to be, is drawn as one more of the same normal numbers.
    """
    held = np.array([shares_among_best(one, best).mean(axis=2) for one in likely])
    margins = np.array([margins_of(one, best).mean(axis=2) for one in likely])
    n_draws = held.shape[2]
    rng = np.random.default_rng(_SAMPLING_SEED)
    weights = _weights(np.arange(n_draws) if settings is None else settings, len(held), rng)
    seen = np.einsum("sad,sd->sa", held, weights[:, :n_draws])
    seen += weights[:, n_draws:] * _one_more(margins, rng)
    low, high = (np.clip(np.quantile(seen, end, axis=0), 0.0, 1.0) for end in _ENDS)
    value = held.mean(axis=(0, 2))
    return [Range(*map(float, ends)) for ends in zip(value, low, high, strict=True)]


def _weights(settings: Any, n_sets: int, rng: Any) -> Any:
    """Return random weights of draws, those of one setting alike, and of one draw more; each set's add up to 1."""
    drawn = rng.exponential(size=(n_sets, int(settings.max()) + 2))
    weights = np.column_stack([drawn[:, settings], drawn[:, -1]])
    return weights / weights.sum(axis=1, keepdims=True)


def margins_of(effects: Any, best: int) -> Any:
    """Return by how much reforms are above the best that is left out, or below the last of the best.

    >>> margins_of(np.array([[5.0], [3.0], [2.0]]), 2).ravel()
    array([ 3.,  1., -1.])
    """
    falling = -np.sort(-effects, axis=0)
    last, left_out = falling[best - 1], falling[min(best, len(falling) - 1)]
    return effects - np.where(effects >= last, left_out, last)


def _one_more(margins: Any, rng: Any) -> Any:
    """Return, for each set, whether a reform is among the best in one draw more; margins of shape (sets, arms, draws).

    One draw tells nothing of another: the coin is then fair.
    """
    n_draws = margins.shape[2]
    if n_draws == 1:
        return rng.integers(0, 2, margins.shape[:2]).astype(float)
    centre, spread = margins.mean(axis=2), margins.std(axis=2, ddof=1)
    drawn = rng.standard_t(n_draws - 1, margins.shape[:2])
    return (centre + drawn * spread * np.sqrt(1 + 1 / n_draws) > 0).astype(float)


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
