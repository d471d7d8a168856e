"""The worker's side: an answer is made in steps, and gives way to others between two steps."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol

from experiments.finite import or_none

STEP = "step"
"""An event that tells nobody anything: a place between two steps where others may go on."""
ENDED, PARKED, STOPPED = "ended", "parked", "stopped"


class Answerer(Protocol):
    """Makes answers; built once in each worker process."""

    def steps(self, task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield events, ``{"event": name, "data": {...}}``; what was asked has been checked."""
        ...

    def compile(self) -> bool:
        """Compile the model if this machine has not yet; return whether it had to."""
        ...

    def warm(self) -> bool:
        """Prepare something that answers will need; return whether there is more to prepare."""
        ...


class Sliced:
    """The work of one worker: several answers begun, one of them going on.

    Parameters
    ----------
    answerer
        Where the Answerer is found, ``package.module:Class``.
    most_bytes
        Memory that the process may take, where the system can hold it to that; 0 for no limit.
    """

    def __init__(self, answerer: str, most_bytes: int = 0) -> None:
        if most_bytes:
            _hold_to(most_bytes)
        module, _, name = answerer.partition(":")
        self._answerer: Answerer = getattr(import_module(module), name)()
        self._parked: dict[int, Iterator[dict[str, Any]]] = {}

    def __call__(self, order: Mapping[str, Any], report: Any) -> str:
        """Go on with one task for a while; return whether it ended, was parked, or was stopped."""
        for number in order["dropped"]:
            if number in self._parked:
                del self._parked[number]
        if order["task"] is None:
            return PARKED if getattr(self._answerer, order["wish"])() else ENDED
        number = order["number"]
        steps = self._parked.pop(number, None) or self._answerer.steps(order["task"])
        until = time.monotonic() + order["seconds"]
        for event in steps:
            name, data = event["event"], event["data"]
            # What one event answers is told under the name of what was asked.
            is_done = name == order["task"]["kind"] != "answer"
            if report(("done" if is_done else name, to_bytes(data), data.get("done"))):
                return STOPPED
            if time.monotonic() >= until:
                self._parked[number] = steps
                return PARKED
        return ENDED


def to_bytes(value: Any) -> bytes:
    """Return JSON in one line; a number that is not finite is null."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return or_none(value)


def _hold_to(most_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    # Not the address space: a compiler reserves much more of it than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
