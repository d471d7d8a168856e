"""Scores of packages on the hidden pairs, their intervals, and ranks in which ties are ties.

All groups share the pairs, so a difference between two groups is taken pair by pair, and a resample of pairs is the same
for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.classroom.rooms.settings import PAIRS_LEAST, Weights
from experiments.pairing import CONFIDENCE, widened_level

RESAMPLES = 4_000
CATEGORIES = ("category=A", "category=B", "category=C")
_RESAMPLING_SEED = 20_270_101
_FAIRNESS_MOST = 100.0


@dataclass(frozen=True)
class Handed:
    """What the hidden pairs say of one package.

    ``effects`` are people in China more than under today's law, shape (pairs,); ``gains`` and ``before`` the same and the
    level under today's law by category, shape (pairs, 3); ``price`` in yuan.
    """

    effects: Any
    gains: Any
    before: Any
    price: float


@dataclass(frozen=True)
class Scored:
    """The score of one group: parts in points, the interval of the score, its rank, with whom it ties."""

    group: int
    score: float
    low: float
    high: float
    rank: int
    ties: tuple[int, ...]
    parts: Mapping[str, float]
    median: float
    spread: float
    fairness: float


def parts_of(effects: Any, gains: Any, before: Any, *, price: float, weights: Weights) -> dict[str, Any]:
    """Return the points of each part of a score.

    Parameters
    ----------
    effects, gains, before
        As for :class:`Handed`, or a stack of resamples: shape (..., pairs) and (..., pairs, 3).

    Returns
    -------
        Points by part, of shape (...). The spread is half the distance between quartiles. Fairness is the percentage by
        which the category that gains least gains, sums over pairs, between -100 and 100.
    """
    lower, middle, upper = np.quantile(effects, [0.25, 0.5, 0.75], axis=-1)
    relative = 100 * gains.sum(axis=-2) / np.maximum(before.sum(axis=-2), 1.0)
    fairness = np.clip(relative.min(axis=-1), -_FAIRNESS_MOST, _FAIRNESS_MOST)
    return {
        "people": weights.people * middle / 1e3,
        "cost": -weights.cost * price / 1e8 * np.ones_like(middle),
        "spread": -weights.spread * (upper - lower) / 2 / 1e3,
        "fairness": weights.fairness * fairness,
    }


def leaderboard(handed: Mapping[int, Handed], weights: Weights) -> list[Scored]:
    """Return all groups by rank, then by score.

    Notes
    -----
    A group's rank is 1 + the number of groups that are clearly better: those whose score minus its own, resample by
    resample, has an interval above 0. So it does not depend on the order of the groups, and groups that cannot be told
    apart from each other and from the same others share a rank. Being tied is not transitive: A may tie with B and B
    with C while A is clearly better than C. With fewer than ``PAIRS_LEAST`` pairs, as where some failed, nobody is clearly
    better than anybody.
    """
    if not handed:
        return []
    n = len(next(iter(handed.values())).effects)
    picks = np.random.default_rng(_RESAMPLING_SEED).integers(0, n, (RESAMPLES, n))
    drawn = {group: _resampled(one, picks, weights) for group, one in handed.items()}
    better = {
        group: {other for other in handed if n >= PAIRS_LEAST and _bounds(drawn[other] - drawn[group], n)[0] > 0}
        for group in handed
    }
    found = [_scored(group, one, drawn[group], better, weights) for group, one in handed.items()]
    return sorted(found, key=lambda one: (one.rank, -one.score, one.group))


def _resampled(one: Handed, picks: Any, weights: Weights) -> Any:
    effects, gains, before = np.asarray(one.effects), np.asarray(one.gains), np.asarray(one.before)
    parts = parts_of(effects[picks], gains[picks], before[picks], price=one.price, weights=weights)
    return sum(parts.values())


def _scored(group: int, one: Handed, drawn: Any, better: Mapping[int, set[int]], weights: Weights) -> Scored:
    effects, gains, before = np.asarray(one.effects), np.asarray(one.gains), np.asarray(one.before)
    parts = {
        name: float(value) for name, value in parts_of(effects, gains, before, price=one.price, weights=weights).items()
    }
    low, high = _bounds(drawn, len(effects))
    plain = parts_of(effects, gains, before, price=one.price, weights=Weights(1, 1, 1, 1))
    ties = (other for other in better if other != group and other not in better[group] and group not in better[other])
    return Scored(
        group=group,
        score=sum(parts.values()),
        low=low,
        high=high,
        rank=1 + len(better[group]),
        ties=tuple(sorted(ties)),
        parts=parts,
        median=1e3 * float(plain["people"]),
        spread=-1e3 * float(plain["spread"]),
        fairness=float(plain["fairness"]),
    )


def _bounds(values: Any, n: int) -> tuple[float, float]:
    """Return the ends of a percentile interval, widened as for few pairs."""
    level = widened_level(CONFIDENCE, n)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def handed_of(values: Sequence[Mapping[str, Any]], price: float) -> Handed:
    """Return what kept results of one group say, in the order of the pairs; see :mod:`.hidden_runs` for their form."""
    baseline = np.array([one["baseline"] for one in values], float)
    reform = np.array([one["reform"] for one in values], float)
    return Handed(reform[:, 0] - baseline[:, 0], (reform - baseline)[:, 1:4], baseline[:, 1:4], price)
