"""Ctrl-C, and a scheduler's SIGTERM: the first asks a batch to end soon, the second ends it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, Self


class Stopping:
    """While it is entered, the first signal is a wish and the second an interruption.

    Parameters
    ----------
    on_wish
        Called when the first comes.
    """

    def __init__(self, on_wish: Callable[[], None]) -> None:
        self._on_wish = on_wish
        self._is_asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def __call__(self) -> bool:
        """Say whether to stop."""
        return self._is_asked

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
        self._on_wish()
