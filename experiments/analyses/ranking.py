"""Ranks and regrets of arms whose effects are known under every draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

_WORST_SHARE = 0.95
_LIKELY = (0.025, 0.975)


class Standing(NamedTuple):
    """How arms stand to each other over draws.

    ``ranks`` is of shape (arms, arms): the share of draws in which an arm (row) has a rank (column, best first), ties
    split evenly. ``beats`` is of shape (arms, arms): the share in which a row is better than a column, ties counted half.
    ``mean_regret``, ``high_regret`` (95% of draws are at most there) and ``most_regret`` are of shape (arms,).
    """

    ranks: Any
    beats: Any
    mean_regret: Any
    high_regret: Any
    most_regret: Any

    @property
    def is_best(self) -> Any:
        """Share of draws in which an arm is the best, shape (arms,)."""
        return self.ranks[:, 0]


class Spread(NamedTuple):
    """A mean over sets of likely effects, and the ends that hold 95% of them."""

    value: Any
    low: Any
    high: Any


def regrets(effects: Any) -> Any:
    """Return by how much each arm falls short of the best one under the same draw.

    Parameters
    ----------
    effects
        Shape (arms, draws), more is better.

    >>> regrets(np.array([[3.0, 0.0], [1.0, 4.0]]))
    array([[0., 4.],
           [2., 0.]])
    """
    return effects.max(axis=0) - effects


def standing_of(effects: Any) -> Standing:
    """Return ranks and regrets of arms, shape (arms, draws), more is better."""
    n_arms = len(effects)
    better = (effects[None, :] > effects[:, None]).sum(axis=1)
    tied = (effects[None, :] == effects[:, None]).sum(axis=1)
    places = np.arange(n_arms)[:, None, None]
    holds = (better <= places) & (places < better + tied)
    beats = (effects[:, None] > effects[None, :]) + (effects[:, None] == effects[None, :]) / 2
    lost = regrets(effects)
    return Standing(
        ranks=(holds / tied).mean(axis=2).T,
        beats=beats.mean(axis=2),
        mean_regret=lost.mean(axis=1),
        high_regret=np.quantile(lost, _WORST_SHARE, axis=1),
        most_regret=lost.max(axis=1),
    )


def spreads_of(sets: Iterable[Any]) -> dict[str, Spread]:
    """Return every number of a :class:`Standing`, and ``is_best``, over sets of likely effects."""
    standings = [standing_of(effects) for effects in sets]
    return {name: _spread([getattr(one, name) for one in standings]) for name in (*Standing._fields, "is_best")}


def _spread(values: Sequence[Any]) -> Spread:
    low, high = np.quantile(values, _LIKELY, axis=0)
    return Spread(np.mean(values, axis=0), low, high)
