"""Boxes in which the cases of interest crowd: the Patient Rule Induction Method.

From the box of all draws, the slice that is worth most is peeled off again and again: of every parameter the lowest or
the highest few percent of the draws still inside. Then slices are pasted back where that helps. The result is not one box
but a path of them, from everything to the densest few.

Sources: Friedman and Fisher 1999, Bump hunting in high-dimensional data, Statistics and Computing 9; Bryant and Lempert
2010, Thinking inside the box, Technological Forecasting and Social Change 77. Limits, objective and order of ties are
those of the EMA Workbench, so that both find the same boxes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

PEEL_SHARE = 0.05
"""Share of the draws inside that one peel takes away, and of those outside that one paste adds."""
LEAST_MASS = 0.05
"""Share of all draws that a box holds at least."""


@dataclass(frozen=True)
class Box:
    """A box: limits of every parameter, shape (parameters,), both within, and what it holds.

    ``n`` draws lie inside, ``n_of_interest`` of them of interest. ``coverage`` is the share of all draws of interest that
    lie inside, ``density`` the share of the draws inside that are of interest, ``mass`` the share of all draws inside.
    """

    low: Any
    high: Any
    n: int
    n_of_interest: int
    coverage: float
    density: float
    mass: float

    def holds(self, inputs: Any) -> Any:
        """Return which of some draws lie inside, shape (draws,)."""
        return ((inputs >= self.low) & (inputs <= self.high)).all(axis=1)


class _Move(NamedTuple):
    """A box with one limit moved, and which draws then lie inside."""

    low: Any
    high: Any
    inside: Any


def boxes_of(inputs: Any, of_interest: Any, *, share: float = PEEL_SHARE, least_mass: float = LEAST_MASS) -> list[Box]:
    """Return the path of boxes, the first with every draw in it.

    Parameters
    ----------
    inputs
        Shape (draws, parameters), finite.
    of_interest
        Shape (draws,), booleans with both values.
    share
        Share of draws that a peel or a paste moves, 0 to 0.5.
    least_mass
        Share of all draws that every box holds at least.
    """
    search = _Search(np.asarray(inputs, float), np.asarray(of_interest, bool), share)
    path = [search.whole]
    for moves, is_better in ((search.peels, _is_smaller), (search.pastes, _is_larger_and_denser)):
        while True:
            found = search.best(path[-1], moves(path[-1]))
            if found is None or not is_better(found, path[-1]) or found.mass < least_mass:
                break
            path.append(found)
    return path


def quasi_p(inputs: Any, of_interest: Any, box: Box, parameter: int, *, upper: bool) -> float:
    """Return how likely the box's density is by chance, were one limit not there.

    Returns
    -------
        One-sided binomial p: of as many draws as the box holds, at least as many of interest, if their share were that
        of the box without the limit. "Quasi", as the box was found on the same draws (Bryant and Lempert 2010).
    """
    from scipy.special import bdtrc

    inside = freed(inputs, of_interest, box, parameter, lower=not upper, upper=upper)
    # One less, as bdtrc counts what lies above; of no draw of interest at least none are.
    return float(bdtrc(box.n_of_interest - 1, box.n, inside.density)) if box.n_of_interest else 1.0


def freed(inputs: Any, of_interest: Any, box: Box, parameter: int, *, lower: bool = True, upper: bool = True) -> Box:
    """Return a box without the lower or the upper limit of a parameter, or without both."""
    low, high = box.low.copy(), box.high.copy()
    if lower:
        low[parameter] = inputs[:, parameter].min()
    if upper:
        high[parameter] = inputs[:, parameter].max()
    return box_of(inputs, of_interest, low, high)


def limited(inputs: Any, box: Box) -> Iterator[tuple[int, bool]]:
    """Yield each limit that a box has: the parameter's place, and whether it is the upper limit."""
    for parameter in range(inputs.shape[1]):
        if box.low[parameter] > inputs[:, parameter].min():
            yield parameter, False
        if box.high[parameter] < inputs[:, parameter].max():
            yield parameter, True


def box_of(inputs: Any, of_interest: Any, low: Any, high: Any) -> Box:
    """Return a box with its limits and what it holds of some draws."""
    inside = ((inputs >= low) & (inputs <= high)).all(axis=1)
    n, n_of_interest, total = int(inside.sum()), int(of_interest[inside].sum()), int(of_interest.sum())
    return Box(
        low=low,
        high=high,
        n=n,
        n_of_interest=n_of_interest,
        coverage=n_of_interest / total if total else math.nan,
        density=n_of_interest / n if n else math.nan,
        mass=n / len(inputs),
    )


class _Search:
    """The draws, and the ways to move one limit of a box."""

    def __init__(self, inputs: Any, of_interest: Any, share: float) -> None:
        self._inputs, self._of_interest, self._share = inputs, of_interest, share
        self._least, self._most = inputs.min(axis=0), inputs.max(axis=0)

    @property
    def whole(self) -> Box:
        """The box of all draws."""
        return box_of(self._inputs, self._of_interest, self._least.copy(), self._most.copy())

    def best(self, box: Box, moves: Iterable[_Move]) -> Box | None:
        """Return the move that gains most density per draw moved; of equal ones the first with the fewest limits."""
        gain, _, best = max(
            ((*self._worth(box, move), move) for move in moves), key=itemgetter(0, 1), default=(0, 0, None)
        )
        return box_of(self._inputs, self._of_interest, best.low, best.high) if best and gain > 0 else None

    def peels(self, box: Box) -> Iterator[_Move]:
        """Yield the box with one slice less, for every parameter and side."""
        inside = box.holds(self._inputs)
        for parameter in range(self._inputs.shape[1]):
            column = self._inputs[:, parameter]
            most = limit_at(column[inside], 1 - self._share)
            yield _Move(box.low, _with(box.high, parameter, most), inside & (column <= most))
            least = limit_at(column[inside], self._share)
            yield _Move(_with(box.low, parameter, least), box.high, inside & (column >= least))

    def pastes(self, box: Box) -> Iterator[_Move]:
        """Yield the box with one slice more, for every parameter that has a limit, and either side."""
        for parameter in sorted({parameter for parameter, _ in limited(self._inputs, box)}):
            column = self._inputs[:, parameter]
            # As if the parameter had no limit: a slice beyond one is made of the draws that meet all the others.
            open_ = freed(self._inputs, self._of_interest, box, parameter).holds(self._inputs)
            below, above = (
                column[open_ & far] for far in (column <= box.low[parameter], column >= box.high[parameter])
            )
            least = limit_at(below, 1 - self._share) if below.size else self._least[parameter]
            yield self._moved(_with(box.low, parameter, least), box.high)
            most = limit_at(above, self._share) if above.size else self._most[parameter]
            yield self._moved(box.low, _with(box.high, parameter, most))

    def _moved(self, low: Any, high: Any) -> _Move:
        return _Move(low, high, ((self._inputs >= low) & (self._inputs <= high)).all(axis=1))

    def _worth(self, box: Box, move: _Move) -> tuple[float, int]:
        """Return the density gained per draw moved, and how many parameters have no limit."""
        n = int(move.inside.sum())
        density = float(self._of_interest[move.inside].mean()) if n else 0.0
        free = int(((move.low == self._least) & (move.high == self._most)).sum())
        return (density - box.density) / abs(n - box.n) if n != box.n else 0.0, free


def limit_at(values: Any, share: float) -> float:
    """Return a limit that has a share of the values below it, half way between two that differ.

    >>> limit_at(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 0.1), limit_at(np.array([1.0, 2.0, 2.0]), 0.9)
    (1.5, 1.5)
    """
    ordered = np.sort(values)
    at = (len(ordered) - 1) * share
    lower, upper = math.floor(at), math.ceil(at)
    if share > 0.5:
        while ordered[lower] == ordered[upper] and lower > 0:
            lower -= 1
    else:
        while ordered[lower] == ordered[upper] and upper < len(ordered) - 1:
            upper += 1
    return float((ordered[lower] + ordered[upper]) / 2)


def _with(limits: Any, parameter: int, value: float) -> Any:
    moved = limits.copy()
    moved[parameter] = value
    return moved


def _is_smaller(found: Box, box: Box) -> bool:
    return found.n < box.n


def _is_larger_and_denser(found: Box, box: Box) -> bool:
    return found.n > box.n and found.density > box.density
