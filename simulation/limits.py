"""How far scarce things reach in a month: posts, quotas, decisions, school places, for the nation."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simulation.institutions import Memory
from simulation.names import TIER_PUBLIC


class Scarce(NamedTuple):
    """Posts filled and posts in all, shape (regions, fields); the rest in the order of ``catalogue.LIMITS``."""

    filled: Any
    posts: Any
    shares: tuple[float, ...]


def scarce_things(public: Any, memory: Memory, places: Any) -> Scarce:
    """Return what was scarce in a month; regions weigh by their posts, schools by their children.

    Parameters
    ----------
    public, places
        Public facts and givens of the month, by region.
    memory
        What institutions remember at its end.
    """
    posts = places["posts"]
    filled = float(memory.employed.sum())
    shares = (
        _mean(public["match_share"].ravel(), posts.ravel()),
        filled / _total(posts.ravel()) if filled > 0 else 0.0,
        _mean(public["quota_share"], posts[:, 0]),
        _mean(public["residence_queue_months"], posts[:, 0]),
        _mean(public["seat_share"][:, TIER_PUBLIC], memory.school[:, TIER_PUBLIC]),
    )
    return Scarce(memory.employed.copy(), posts.copy(), shares)


def _total(values: Any) -> float:
    # One by one, from the left: numpy's own sum may add in another order on another machine.
    return float(np.add.accumulate(values)[-1])


def _mean(values: Any, weights: Any) -> float:
    total = _total(weights)
    return _total(values * weights) / total if total > 0 else float("nan")
