"""A quadratic surface through simulated points, held at nothing where nothing moves.

Levers are counted from today in units of their reach, so a term is 0 where its lever stands as today: the surface needs
no constant and never shifts the baseline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.classroom.estimates.featured import Featured

Term = tuple[int, ...]
"""One place in the list of levers for a slope, the same twice for a curve, two for an interaction."""
_PENALTIES = tuple(10.0**power for power in np.arange(-3.0, 2.1, 0.5))
_CURVED = (1.0, 4.0, 16.0, 64.0)
"""How many times more a curve or an interaction is held back than a slope; the folds choose."""
_FOLDS = 8
_HARDLY = 1e-6
"""Enough to solve for the slope and the curve of a lever that was run at one end."""


@dataclass(frozen=True)
class Surface:
    """Coefficients of one number in its unit, term by term, and how strongly they were held back."""

    coefficients: Any
    penalty: float
    curved: float

    def at(self, features: Any) -> Any:
        """Return the difference at some features, shape (points, terms)."""
        return features @ self.coefficients


def terms_of(levers: Sequence[Featured]) -> list[Term]:
    """Return all terms: slopes, then curves of what is no switch, then interactions."""
    places = range(len(levers))
    joint = [place for place in places if not levers[place].is_alone]
    slopes: list[Term] = [(place,) for place in places]
    curves: list[Term] = [(place, place) for place in places if not levers[place].is_switch]
    return [*slopes, *curves, *((one, other) for one in joint for other in joint if one < other)]


def features_of(changes: Sequence[Mapping[str, float]], levers: Sequence[Featured], terms: Sequence[Term]) -> Any:
    """Return the value of each term at each set of changes, shape (points, terms).

    >>> lever = Featured("a.b", low=0.0, today=1.0, high=3.0, is_whole=False, is_switch=False)
    >>> features_of([{}, {"a.b": 2.0}], [lever], [(0,), (0, 0)]).tolist()
    [[0.0, 0.0], [0.5, 0.25]]
    """
    moved = np.zeros((len(changes), len(levers)))
    for row, own in enumerate(changes):
        for place, lever in enumerate(levers):
            moved[row, place] = (own.get(lever.path, lever.today) - lever.today) / lever.reach
    return np.stack([moved[:, list(term)].prod(axis=1) for term in terms], axis=1)


def fitted(features: Any, effects: Any, weights: Any, folded: Any, held: Any) -> list[Surface]:
    """Return the surface of each number, as strongly held back as predicts best in folds.

    Parameters
    ----------
    features
        Shape (points, terms).
    effects
        Differences from the baseline, shape (points, numbers), finite.
    weights
        How much each point counts, shape (points,): its number of pairs.
    folded
        Which points are left out in turn, shape (points,), true or false; the others stay in every fold.
    held
        How each term is held back, shape (terms,): 0 not at all, 1 by the penalty, 2 by more.
    """
    choices = [(penalty, curved) for curved in _CURVED for penalty in _PENALTIES]
    missed = np.zeros((len(choices), effects.shape[1]))
    candidates = np.flatnonzero(folded)
    for fold in range(_FOLDS):
        out = candidates[fold::_FOLDS]
        kept = np.setdiff1d(np.arange(len(features)), out)
        for row, (penalty, curved) in enumerate(choices):
            found = _ridge(features[kept], effects[kept], weights[kept], _strengths(held, penalty, curved))
            missed[row] += ((features[out] @ found - effects[out]) ** 2).sum(axis=0)
    best = missed.argmin(axis=0)
    solved = {row: _ridge(features, effects, weights, _strengths(held, *choices[row])) for row in set(best.tolist())}
    return [Surface(solved[row][:, number], *choices[row]) for number, row in enumerate(best.tolist())]


def _strengths(held: Any, penalty: float, curved: float) -> Any:
    return np.array([_HARDLY, penalty, penalty * curved])[held]


def _ridge(features: Any, effects: Any, weights: Any, strengths: Any) -> Any:
    share = (weights / weights.mean())[:, None]
    return np.linalg.solve(features.T @ (features * share) + np.diag(strengths), features.T @ (effects * share))
