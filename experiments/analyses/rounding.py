"""Numbers rounded to their noise that still add up."""

from __future__ import annotations

import math
from collections.abc import Sequence


def rounded_together(values: Sequence[float], total: float, quantum: float) -> list[float]:
    """Return values rounded to a step so that they add up to the rounded total.

    Those that lose most by rounding down are rounded up (Hamilton's method of largest remainders), so none is off by a
    step or more. Without a step (0) they are left as they are.

    >>> rounded_together([3.4, 3.3, 3.3], 10.0, 1.0)
    [4.0, 3.0, 3.0]
    """
    if quantum <= 0 or not all(map(math.isfinite, (*values, total))):
        return list(values)
    steps = [math.floor(value / quantum) for value in values]
    missing = round(total / quantum) - sum(steps)
    by_loss = sorted(range(len(values)), key=lambda place: steps[place] - values[place] / quantum)
    for place in by_loss[: max(0, missing)]:
        steps[place] += 1
    return [step * quantum for step in steps]
