"""How often something may be asked: bursts are fine, a stream without end is not."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_NAMES = 10_000


class Buckets:
    """Tokens by name, granted again with time.

    Parameters
    ----------
    size
        Tokens that a name has at first, and at most.
    per_second
        Tokens granted again each second.
    now
        A clock in seconds.
    """

    def __init__(self, size: float, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._size, self._per_second, self._now = size, per_second, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> bool:
        """Take one of a name's tokens; false where it has none."""
        now = self._now()
        left, then = self._left.get(name, (self._size, now))
        left = min(self._size, left + (now - then) * self._per_second)
        self._left[name] = (left - 1 if left >= 1 else left, now)
        self._left.move_to_end(name)
        # Who asked longest ago is forgotten first: they have their tokens back by now.
        if len(self._left) > _MOST_NAMES:
            self._left.popitem(last=False)
        return left >= 1
