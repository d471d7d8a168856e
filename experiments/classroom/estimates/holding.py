"""How wrong estimates are on laws that they were not fitted to, and which numbers are therefore not told.

The rule, set before the runs were made: a number is told where the root mean square of the errors is below half that of
the effects themselves, so that an estimate leaves less than a quarter of the squared effect unexplained.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST = 0.5
"""Largest error that is told, as a share of the effect; both as root mean squares."""
LEVERS, TOGETHER = ("one", "some", "many"), ("pair", "mixed")
"""Kinds of tests of levers alone, and of packages with something added."""


@dataclass(frozen=True)
class HeldOut:
    """Root mean squares of errors and effects over ``n`` laws, in the unit of the outcome."""

    n: int
    error: float
    effect: float

    @property
    def r2(self) -> float:
        """Share of the squared effects that is explained; nan where there is no effect."""
        return 1 - (self.error / self.effect) ** 2 if self.effect > 0 else math.nan

    @property
    def is_on(self) -> bool:
        """Whether the number is told."""
        return self.error < MOST * self.effect


def held_out(estimates: Any, effects: Any) -> HeldOut:
    """Return how far estimates are from effects, both of shape (laws,).

    >>> held_out(np.array([1.0, 0.0]), np.array([1.0, 4.0]))
    HeldOut(n=2, error=2.8284271247461903, effect=2.9154759474226504)
    """
    kept = np.isfinite(estimates) & np.isfinite(effects)
    n = int(kept.sum())
    if n == 0:
        return HeldOut(0, math.nan, math.nan)
    apart = estimates[kept] - effects[kept]
    return HeldOut(n, float(np.sqrt((apart**2).mean())), float(np.sqrt((effects[kept] ** 2).mean())))


def held_out_by_kind(kinds: Sequence[str], estimates: Any, effects: Any) -> Mapping[str, HeldOut]:
    """Return the same for each kind of test, and for levers alone and what is together."""
    named = np.array(kinds)
    groups = {**{kind: (kind,) for kind in (*LEVERS, *TOGETHER)}, "levers": LEVERS, "together": TOGETHER}
    masks = {name: np.isin(named, within) for name, within in groups.items()}
    return {name: held_out(estimates[mask], effects[mask]) for name, mask in masks.items()}
