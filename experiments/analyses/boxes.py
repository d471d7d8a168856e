"""One box out of the path of boxes that PRIM finds, and whether other draws would have given the same one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.analyses.prim import LEAST_MASS, PEEL_SHARE, Box, box_of, boxes_of, freed, limited, quasi_p

SIGNIFICANT = 0.05
"""Quasi-p above which a limit is dropped."""
CONVINCING = 0.9
"""Share of halves in which a box must hold more draws of interest than the half does, to be claimed."""
_SPLITTING_SEED = 19_990_401
_LEAST_OF_INTEREST = 5


@dataclass(frozen=True)
class BoxSettings:
    """How a box is looked for.

    ``most`` parameters are limited at most: more cannot be told in a sentence. A peel takes the share ``peel`` of the draws
    inside, 0 to 0.5; a box holds at least the share ``least_mass`` of all draws. ``halves`` is how often the draws are split
    in two, to find a box in one half and try it on the other; ``seed`` gives the splits.
    """

    most: int = 4
    peel: float = PEEL_SHARE
    least_mass: float = LEAST_MASS
    halves: int = 50
    seed: int = 0


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


def find_box(
    inputs: Any, of_interest: Any, names: tuple[str, ...], settings: BoxSettings | None = None
) -> Found | None:
    """Return the box of draws of interest, tried on halves of the draws.

    Parameters
    ----------
    inputs
        Shape (draws, parameters).
    of_interest
        Shape (draws,), booleans.
    names
        Of the parameters.
    settings
        How it is looked for.

    Returns
    -------
        None where fewer than five draws are of interest, or fewer than five are not: there is nothing to tell apart.
    """
    settings = settings or BoxSettings()
    inputs, of_interest = np.asarray(inputs, float), np.asarray(of_interest, bool)
    if min(of_interest.sum(), (~of_interest).sum()) < _LEAST_OF_INTEREST:
        return None
    path, box = search(inputs, of_interest, settings)
    halves = [_half(inputs, of_interest, settings, number) for number in range(settings.halves)]
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


def search(inputs: Any, of_interest: Any, settings: BoxSettings) -> tuple[list[Box], Box]:
    """Return a path of boxes over few parameters, and the box chosen from it.

    With many parameters and few draws, a path peels away what is of no interest by luck as well. So it is first walked
    over all parameters; those that its last and densest box limits are ordered by how much their limits say. Then it is
    walked over the first of them alone, the first two and so on, up to ``settings.most``. Chosen is the box with the largest harmonic
    mean of coverage and density, of all boxes of these paths freed of limits that say little.
    """
    how = {"share": settings.peel, "least_mass": settings.least_mass}
    first = boxes_of(inputs, of_interest, **how)
    telling = _telling(inputs, of_interest, first[-1])[: settings.most]
    tried: list[tuple[list[Box], Box, list[int]]] = [(first[:1], first[0], list(range(inputs.shape[1])))]
    for n in range(1, len(telling) + 1):
        few = inputs[:, telling[:n]]
        path = boxes_of(few, of_interest, **how)
        tried.append((path, max((plainer(few, of_interest, box) for box in path), key=_balance), telling[:n]))
    path, best, parameters = max(tried, key=lambda one: _balance(one[1]))
    return [_widened(inputs, of_interest, box, parameters) for box in path], _widened(
        inputs, of_interest, best, parameters
    )


def plainer(inputs: Any, of_interest: Any, box: Box) -> Box:
    """Return a box without limits that say little: the largest quasi-p first, until all are at most ``SIGNIFICANT``."""
    while True:
        limits = [
            (quasi_p(inputs, of_interest, box, j, upper=is_upper), j, is_upper) for j, is_upper in limited(inputs, box)
        ]
        p, parameter, is_upper = max(limits, default=(0.0, 0, False))
        if p <= SIGNIFICANT:
            return box
        box = freed(inputs, of_interest, box, parameter, lower=not is_upper, upper=is_upper)


def _telling(inputs: Any, of_interest: Any, box: Box) -> list[int]:
    """Return the parameters that a box limits, the one with the smallest quasi-p first."""
    best: dict[int, float] = {}
    for parameter, is_upper in limited(inputs, box):
        p = quasi_p(inputs, of_interest, box, parameter, upper=is_upper)
        best[parameter] = min(p, best.get(parameter, 1.0))
    return sorted(best, key=lambda parameter: (best[parameter], parameter))


def _widened(inputs: Any, of_interest: Any, box: Box, parameters: list[int]) -> Box:
    """Return a box over some parameters as one over all of them."""
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    low[parameters], high[parameters] = box.low, box.high
    return box_of(inputs, of_interest, low, high)


def _balance(box: Box) -> float:
    both = box.coverage + box.density
    return 2 * box.coverage * box.density / both if both else 0.0


def _n_limited(inputs: Any, box: Box) -> int:
    return len({parameter for parameter, _ in limited(inputs, box)})


def _half(
    inputs: Any, of_interest: Any, settings: BoxSettings, number: int
) -> tuple[tuple[Any, Any], tuple[float, float, float]]:
    """Return the box of a random half of the draws with that half, and its density, coverage and base in the other."""
    rng = np.random.default_rng((_SPLITTING_SEED, settings.seed, number))
    order = rng.permutation(len(inputs))
    here, there = order[: len(order) // 2], order[len(order) // 2 :]
    mine = inputs[here]
    _, box = search(mine, of_interest[here], settings)
    # A side without a limit is open: the other half may hold a value beyond all of this one.
    low = np.where(box.low > mine.min(axis=0), box.low, -math.inf)
    high = np.where(box.high < mine.max(axis=0), box.high, math.inf)
    inside = ((inputs[there] >= low) & (inputs[there] <= high)).all(axis=1)
    hit = of_interest[there]
    density = float(hit[inside].mean()) if inside.any() else math.nan
    coverage = float(inside[hit].mean()) if hit.any() else 0.0
    return (low, high), (density, coverage, float(hit.mean()))


def _limits(inputs: Any, of_interest: Any, names: tuple[str, ...], box: Box, boxes: list[Any]) -> tuple[Limit, ...]:
    limits = list(limited(inputs, box))
    p = {(j, is_upper): quasi_p(inputs, of_interest, box, j, upper=is_upper) for j, is_upper in limits}
    found = []
    for j in dict.fromkeys(j for j, _ in limits):
        sides = [is_upper for is_upper in (False, True) if (j, is_upper) in p]
        lows, highs = (np.array([ends[side][j] for ends in boxes]) for side in (0, 1))
        again = [np.isfinite(highs if is_upper else lows) for is_upper in sides]
        limit = Limit(
            name=names[j],
            lower=float(box.low[j]) if False in sides else None,
            upper=float(box.high[j]) if True in sides else None,
            quasi_p=max(p[j, is_upper] for is_upper in sides),
            reproduced=float(np.mean(np.any(again, axis=0))),
            lower_range=_range(lows) if False in sides else None,
            upper_range=_range(highs) if True in sides else None,
        )
        found.append(limit)
    return tuple(sorted(found, key=lambda limit: (limit.quasi_p, limit.name)))


def _range(limits: Any) -> tuple[float, float] | None:
    known = limits[np.isfinite(limits)]
    return (float(np.quantile(known, 0.1)), float(np.quantile(known, 0.9))) if known.size else None


def _others(inputs: Any, names: tuple[str, ...], box: Box, boxes: list[Any]) -> tuple[tuple[str, float], ...]:
    mine = {parameter for parameter, _ in limited(inputs, box)}
    ends = np.array(boxes)
    shares = np.isfinite(ends).any(axis=1).mean(axis=0)
    often = [(names[j], float(shares[j])) for j in range(len(names)) if j not in mine and shares[j] >= 0.25]
    return tuple(sorted(often, key=lambda other: (-other[1], other[0])))
