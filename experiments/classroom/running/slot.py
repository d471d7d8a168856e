"""A worker process seen from the server: given one slice of work after another, built anew when it dies."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from experiments.classroom.running.errand import Errand
from experiments.classroom.running.slicing import PARKED, STEP
from experiments.worker import Failure, Work, Worker

DIED, FAILED, TOO_LONG = "died", "failed", "too-long"
_WARMING_SECONDS = 300.0
"""What a worker may take to start: the first one on a machine compiles."""


class Slot:
    """A place for one worker process.

    Parameters
    ----------
    make_work
        Builds the work inside the worker; importable by name.
    threads
        Where the server waits for what a worker tells; one thread a slot.
    """

    def __init__(self, make_work: Callable[[], Work], threads: Executor) -> None:
        self._make_work, self._threads = make_work, threads
        self._worker: Worker | None = None
        self._current: Errand | None = None
        self._dropped: list[int] = []
        self.wake = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Number of the worker's process, None where there is none yet."""
        return self._worker.pid if self._worker else None

    @property
    def current(self) -> Errand | None:
        """What it works on."""
        return self._current

    async def warm(self) -> bool:
        """Let the worker prepare something, so that those who ask need not wait for it; return whether more is left."""
        return await self._wish("warm")

    async def compile(self) -> None:
        """Let the model be compiled where it is not yet, in a worker that then makes room for another.

        What compiles holds a gigabyte that it never needs again.
        """
        if await self._wish("compile"):
            self.close()

    async def _wish(self, name: str) -> bool:
        order: dict[str, Any] = {"task": None, "wish": name, "dropped": []}
        how, _ = await self._give(order, _WARMING_SECONDS, lambda _: None)
        return how == PARKED

    async def slice(self, errand: Errand, seconds: float, most_seconds: float) -> tuple[str, Any]:
        """Work on an errand for about so many seconds, and tell what it yields.

        Returns
        -------
            How that ended, and a Failure or None: ``ended``, ``parked``, ``stopped``, ``failed``, ``died``, or ``too-long``
            beyond ``most_seconds`` between two events.
        """
        dropped, self._dropped = self._dropped, []
        order = {"number": errand.number, "task": errand.task, "seconds": seconds, "dropped": dropped}
        self._current = errand
        try:
            return await self._give(order, most_seconds, functools.partial(_tell, errand))
        finally:
            self._current = None

    async def _give(self, order: Any, most_seconds: float, tell: Callable[[Any], None]) -> tuple[str, Any]:
        if self._worker is None:
            self._worker = Worker(self._make_work)
            most_seconds += _WARMING_SECONDS
        worker, is_late = self._worker, False
        worker.give(order)
        while True:
            heard = asyncio.get_running_loop().run_in_executor(self._threads, worker.receive)
            done, _ = await asyncio.wait({heard}, timeout=most_seconds)
            if not done:
                # It will be heard that it died.
                is_late = True
                worker.kill()
            kind, value = await heard
            if kind == "part":
                tell(value)
            elif kind == "died":
                self._worker, self._dropped = None, []
                return (TOO_LONG if is_late else DIED), value
            elif kind != "began":
                return (value, None) if kind == "done" else (kind, value)

    def drop(self, number: int) -> None:
        """Let go, with the next slice, of what is parked under a number."""
        self._dropped.append(number)

    def ask_to_stop(self) -> None:
        """Ask the worker to end what it does after the step it is in."""
        if self._worker:
            self._worker.ask_to_stop()

    def interrupt(self) -> None:
        """Kill the process; a slice that goes on ends as died."""
        if self._worker:
            self._worker.kill()

    def close(self) -> None:
        """End the process, when no slice goes on any more; the next slice begins another."""
        if self._worker:
            self._worker.stop()
        self._worker, self._dropped = None, []


def _tell(errand: Errand, event: tuple[str, bytes, int | None]) -> None:
    if event[0] != STEP:
        errand.tell(*event)


def describe(failure: Failure | None) -> str:
    """Return what a failure says, in one line."""
    return failure.error if failure else ""
