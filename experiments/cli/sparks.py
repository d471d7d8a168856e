"""A path in one line of text, for terminals."""

from __future__ import annotations

import math
from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
_NOTHING = " "


def spark(values: Sequence[float]) -> str:
    """Return a character for each value, the lower the block the lower the value; 0 is always in the range.

    >>> spark([0.0, 1.0, 2.0, float("nan"), 7.0]), spark([0.0, 0.0]), spark([-2.0, 0.0])
    ('▁▂▃ █', '▁▁', '▁█')
    """
    known = [value for value in values if math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    step = (high - low) / (len(BLOCKS) - 1)
    return "".join(
        _NOTHING if not math.isfinite(value) else BLOCKS[round((value - low) / step) if step else 0] for value in values
    )


def thinned(values: Sequence[float], columns: int) -> list[float]:
    """Return at most ``columns`` of the values, evenly spread, the first and the last among them.

    >>> thinned([1.0, 2.0, 3.0, 4.0, 5.0], 3)
    [1.0, 3.0, 5.0]
    """
    if len(values) <= columns:
        return list(values)
    last = len(values) - 1
    return [values[round(place * last / (columns - 1))] for place in range(columns)]
