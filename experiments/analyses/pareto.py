"""Pareto fronts: the points that no other point beats in one aim without losing in another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def front_of(values: Any, senses: Sequence[str], excess: Any = None) -> list[int]:
    """Return the places of the points on the front, in the order given.

    Parameters
    ----------
    values
        Shape (points, aims). A point with a nan is never on the front.
    senses
        ``max`` or ``min`` for each aim.
    excess
        Shape (points,): by how much a point breaks its limit, 0 or less where it keeps it. Points above 0 are left out.

    Returns
    -------
        Places of points that no other admissible point dominates. Of equal points the first stands for all.

    >>> front_of([[3.0, 1.0], [2.0, 2.0], [3.0, 2.0]], ["max", "min"])
    [0]
    >>> front_of([[3.0, 1.0], [4.0, 2.0]], ["max", "min"])
    [0, 1]
    """
    points = np.array(values, float).reshape(-1, len(senses)) * [-1.0 if sense == "max" else 1.0 for sense in senses]
    admissible = np.isfinite(points).all(axis=1)
    if excess is not None:
        admissible &= np.asarray(excess, float) <= 0.0
    places = np.flatnonzero(admissible)
    found: list[int] = []
    for place in places:
        others = points[places]
        beaten = (others <= points[place]).all(axis=1) & (others < points[place]).any(axis=1)
        repeated = any((points[earlier] == points[place]).all() for earlier in found)
        if not beaten.any() and not repeated:
            found.append(int(place))
    return found
