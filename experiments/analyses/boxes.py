"""One box out of the path of boxes that PRIM finds, and whether other draws would have given the same one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analyses.prim import Box, boxes_of, freed, limited, quasi_p

SIGNIFICANT = 0.05
"""Quasi-p above which a limit is dropped."""
MOST_PARAMETERS = 4
"""Parameters that a box limits at most: more cannot be told in a sentence."""
HALVES = 50
"""How often the draws are split in two, to find a box in one half and try it on the other."""
CONVINCING = 0.9
"""Share of halves in which a box must hold more draws of interest than the half does, to be claimed."""
_SPLITTING_SEED = 19_990_401
_LEAST_OF_INTEREST = 5


@dataclass(frozen=True)
class Limit:
    """What a box asks of one parameter.

    ``lower`` and ``upper`` are in the parameter's unit, None where it has no such limit. ``quasi_p`` is the larger of its
    limits' (see :func:`experiments.analyses.prim.quasi_p`). ``reproduced`` is the share of halves of the draws whose box
    limits the parameter on the same side; the ranges hold the middle 80% of those halves' limits.
    """

    name: str
    lower: float | None
    upper: float | None
    quasi_p: float
    reproduced: float
    lower_range: tuple[float, float] | None = None
    upper_range: tuple[float, float] | None = None


@dataclass(frozen=True)
class Found:
    """The box chosen, and how it does on draws that it was not found on.

    ``base`` is the share of all draws that are of interest. The ``held_out`` numbers are means over halves of the draws, of
    boxes found in the other half: density, coverage and base rate; ``better`` is the share of halves in which density
    exceeds the base rate. ``others`` are parameters that the box leaves alone but boxes of many halves limit, with the share.
    ``path`` is coverage, density, mass and number of parameters limited, along the path.
    """

    base: float
    box: Box
    limits: tuple[Limit, ...]
    path: tuple[tuple[float, float, float, int], ...]
    held_out_density: float
    held_out_coverage: float
    held_out_base: float
    better: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def is_convincing(self) -> bool:
        """Whether the box may be claimed: denser than all draws, here and on draws it was not found on."""
        return bool(self.limits) and self.box.density > self.base and self.better >= CONVINCING


def find_box(inputs: Any, of_interest: Any, names: tuple[str, ...], *, most: int = MOST_PARAMETERS) -> Found | None:
    """Return the box of draws of interest, tried on halves of the draws.

    Parameters
    ----------
    inputs
        Shape (draws, parameters).
    of_interest
        Shape (draws,), booleans.
    names
        Of the parameters.
    most
        Parameters limited at most, 1 or more.

    Returns
    -------
        None where fewer than five draws are of interest, or fewer than five are not: there is nothing to tell apart.
    """
    inputs, of_interest = np.asarray(inputs, float), np.asarray(of_interest, bool)
    if min(of_interest.sum(), (~of_interest).sum()) < _LEAST_OF_INTEREST:
        return None
    path = boxes_of(inputs, of_interest)
    box = chosen(inputs, of_interest, path, most=most)
    halves = [_half(inputs, of_interest, most, number) for number in range(HALVES)]
    trials = np.array([half[1] for half in halves])
    boxes = [half[0] for half in halves]
    return Found(
        base=float(of_interest.mean()),
        box=box,
        limits=_limits(inputs, of_interest, names, box, boxes),
        path=tuple((one.coverage, one.density, one.mass, _n_limited(inputs, one)) for one in path),
        held_out_density=float(np.nanmean(trials[:, 0])) if np.isfinite(trials[:, 0]).any() else math.nan,
        held_out_coverage=float(trials[:, 1].mean()),
        held_out_base=float(trials[:, 2].mean()),
        better=float((trials[:, 0] > trials[:, 2]).mean()),
        others=_others(inputs, names, box, boxes),
    )


def chosen(inputs: Any, of_interest: Any, path: list[Box], *, most: int = MOST_PARAMETERS) -> Box:
    """Return the box of a path with the largest harmonic mean of coverage and density, freed of limits that say little.

    Limits are dropped, the one with the largest quasi-p first, until all are at most ``SIGNIFICANT`` and at most ``most``
    parameters are limited.
    """
    box = max(path, key=_balance)
    while True:
        limits = [(quasi_p(inputs, of_interest, box, j, upper=is_upper), j, is_upper) for j, is_upper in limited(inputs, box)]
        if not limits:
            return box
        p, parameter, is_upper = max(limits)
        if p <= SIGNIFICANT and _n_limited(inputs, box) <= most:
            return box
        box = freed(inputs, of_interest, box, parameter, lower=not is_upper, upper=is_upper)


def _balance(box: Box) -> float:
    both = box.coverage + box.density
    return 2 * box.coverage * box.density / both if both else 0.0


def _n_limited(inputs: Any, box: Box) -> int:
    return len({parameter for parameter, _ in limited(inputs, box)})


def _half(inputs: Any, of_interest: Any, most: int, number: int) -> tuple[tuple[Box, Any], tuple[float, float, float]]:
    """Return the box of a random half of the draws with that half, and its density, coverage and base in the other."""
    rng = np.random.default_rng((_SPLITTING_SEED, number))
    order = rng.permutation(len(inputs))
    here, there = order[: len(order) // 2], order[len(order) // 2 :]
    mine = inputs[here]
    if len(set(of_interest[here].tolist())) < 2:
        box = boxes_of(mine, of_interest[here])[0]
    else:
        box = chosen(mine, of_interest[here], boxes_of(mine, of_interest[here]), most=most)
    # A side without a limit is open: the other half may hold a value beyond all of this one.
    low = np.where(box.low > mine.min(axis=0), box.low, -math.inf)
    high = np.where(box.high < mine.max(axis=0), box.high, math.inf)
    inside = ((inputs[there] >= low) & (inputs[there] <= high)).all(axis=1)
    hit = of_interest[there]
    density = float(hit[inside].mean()) if inside.any() else math.nan
    coverage = float(inside[hit].mean()) if hit.any() else 0.0
    return (low, high), (density, coverage, float(hit.mean()))


def _limits(inputs: Any, of_interest: Any, names: tuple[str, ...], box: Box, boxes: list[Any]) -> tuple[Limit, ...]:
    sides: dict[int, list[bool]] = {}
    for parameter, is_upper in limited(inputs, box):
        sides.setdefault(parameter, []).append(is_upper)
    limits = [_limit(inputs, of_interest, names[parameter], box, parameter, sides[parameter], boxes) for parameter in sides]
    return tuple(sorted(limits, key=lambda limit: (limit.quasi_p, limit.name)))


def _limit(inputs: Any, of_interest: Any, name: str, box: Box, j: int, sides: list[bool], boxes: list[Any]) -> Limit:
    lows, highs = (np.array([ends[side][j] for ends in boxes]) for side in (0, 1))
    again = [np.isfinite(highs if is_upper else lows) for is_upper in sides]
    return Limit(
        name=name,
        lower=float(box.low[j]) if False in sides else None,
        upper=float(box.high[j]) if True in sides else None,
        quasi_p=max(quasi_p(inputs, of_interest, box, j, upper=is_upper) for is_upper in sides),
        reproduced=float(np.mean(np.any(again, axis=0))),
        lower_range=_range(lows) if False in sides else None,
        upper_range=_range(highs) if True in sides else None,
    )


def _range(limits: Any) -> tuple[float, float] | None:
    known = limits[np.isfinite(limits)]
    return (float(np.quantile(known, 0.1)), float(np.quantile(known, 0.9))) if known.size else None


def _others(inputs: Any, names: tuple[str, ...], box: Box, boxes: list[Any]) -> tuple[tuple[str, float], ...]:
    mine = {parameter for parameter, _ in limited(inputs, box)}
    ends = np.array(boxes)
    shares = np.isfinite(ends).any(axis=1).mean(axis=0)
    often = [(names[j], float(shares[j])) for j in range(len(names)) if j not in mine and shares[j] >= 0.25]
    return tuple(sorted(often, key=lambda other: (-other[1], other[0])))
