"""The queue: who is served next, who shares an answer, and what is let go when nobody waits for it any more.

Whoever has had the least of the workers' time goes first, a slice at a time. So a first answer, which is rough and short,
never waits behind the refinement of others' answers.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

from experiments.classroom.config import Config
from experiments.classroom.kept import Kept
from experiments.classroom.phrases import failed, told
from experiments.classroom.refused import TooMuch
from experiments.classroom.running.errand import Errand, Event
from experiments.classroom.running.slicing import ENDED, PARKED, STOPPED, Sliced
from experiments.classroom.running.slot import DIED, FAILED, TOO_LONG, Slot, describe

_MOST_PARKED = 24
"""Answers begun that one worker holds at a time: each takes memory."""
_MOST_REMEMBERED = 200
"""Errands that ended and can still be asked for by their id."""
_KEPT_EVENTS = {"answer", "done"}
_RUN = "answer"
_TRIES = 2
"""Workers that an errand may be begun on, where the one that held it died of another."""


class Queue:
    """Everything asked of the workers.

    Parameters
    ----------
    config
        Workers, limits, times.
    kept
        Finished answers.
    """

    def __init__(self, config: Config, kept: Kept) -> None:
        self._config, self._limits, self._kept = config, config.limits, kept
        self._errands: OrderedDict[str, Errand] = OrderedDict()
        self._live: dict[str, Errand] = {}
        self._waiting: list[Errand] = []
        self._numbers = itertools.count(1)
        self._tries: dict[str, int] = {}
        self._full: set[str] = set()
        """Errands that met the end of a worker's memory once."""
        self._threads = ThreadPoolExecutor(config.jobs, thread_name_prefix="classroom-worker")
        make_work = functools.partial(Sliced, config.answerer, config.limits.worker_bytes)
        self.slots = [Slot(make_work, self._threads) for _ in range(config.jobs)]
        self._tasks: list[asyncio.Task[None]] = []
        self._compiling = asyncio.Lock()
        self._is_closing = False

    def start(self) -> None:
        """Start the workers, within a running loop."""
        self._tasks = [asyncio.create_task(self._serve(slot)) for slot in self.slots]

    async def close(self) -> None:
        """End everything: whoever listens is told, and no worker is left."""
        self._is_closing = True
        for errand in list(self._live.values()):
            self._end(errand, "stopped", {})
        for slot in self.slots:
            slot.interrupt()
            slot.wake.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for slot in self.slots:
            slot.close()
        self._threads.shutdown(wait=False)

    def find(self, errand_id: str) -> Errand | None:
        """Return an errand by its id, None for one that is unknown or long over."""
        return self._errands.get(errand_id)

    def ask(self, task: Mapping[str, Any], key: str, visitor: str, address: str) -> Errand:
        """Return the errand of a task: one that is kept, one that others wait for already, or a new one.

        Raises
        ------
        TooMuch
            Where the visitor, their address, or all together have as much on the way as may be.
        """
        answer = self._kept.get(key)
        if answer is not None:
            return self._found(key, task, answer)
        errand = self._live.get(key)
        if errand is None or visitor not in errand.askers:
            self._make_room(visitor, address, is_run=task["kind"] == _RUN)
        if errand is None:
            errand = Errand(next(self._numbers), key, task)
            self._live[key] = errand
            self._remember(errand)
            self._waiting.append(errand)
        errand.askers[visitor] = address
        # Whoever asks and then never listens is as good as gone.
        self._leave_later(errand, visitor, 3 * self._config.leave_seconds)
        self._changed()
        return errand

    def leave(self, errand: Errand, visitor: str) -> None:
        """Let one visitor go; an errand that nobody waits for any more is stopped."""
        if errand.askers.pop(visitor, None) is None or errand.askers or errand.last is not None:
            return
        holder = errand.home
        if holder is not None and holder.current is errand:
            holder.ask_to_stop()
        elif holder is not None:
            holder.drop(errand.number)
        self._end(errand, "stopped", {})
        self._changed()

    async def follow(self, errand: Errand, visitor: str, address: str, after: int) -> AsyncIterator[Event | None]:
        """Yield what is told of an errand; a visitor who listens waits for it, and one who stops listening has left."""
        if errand.last is None:
            errand.askers.setdefault(visitor, address)
        errand.streams[visitor] += 1
        try:
            async for event in errand.follow(after, self._config.beat_seconds):
                yield event
        finally:
            errand.streams[visitor] -= 1
            self._leave_later(errand, visitor, self._config.leave_seconds)

    async def answer_of(self, errand: Errand, visitor: str, address: str) -> Event:
        """Return how an errand ended, waiting for it as one who listens."""
        last = errand.last
        async for event in self.follow(errand, visitor, address, 0):
            last = event or last
        if last is None:
            raise RuntimeError("an errand ended without an event")
        return last

    def _leave_later(self, errand: Errand, visitor: str, seconds: float) -> None:
        if errand.last is not None or errand.streams[visitor]:
            return
        # A browser whose stream broke is back within seconds, and finds its place.
        asyncio.get_running_loop().call_later(seconds, self._leave_unless_back, errand, visitor)

    def _leave_unless_back(self, errand: Errand, visitor: str) -> None:
        if not errand.streams[visitor]:
            self.leave(errand, visitor)

    def _found(self, key: str, task: Mapping[str, Any], answer: bytes) -> Errand:
        errand = Errand(next(self._numbers), key, task)
        errand.tell("answer" if task["kind"] == _RUN else "done", answer)
        self._remember(errand)
        return errand

    def _remember(self, errand: Errand) -> None:
        self._errands[errand.id] = errand
        over = [other for other in self._errands.values() if other.last is not None]
        for other in over[: max(0, len(over) - _MOST_REMEMBERED)]:
            del self._errands[other.id]

    def _make_room(self, visitor: str, address: str, *, is_run: bool) -> None:
        """Let go of a visitor's older runs; refuse what is beyond a limit."""
        if is_run:
            runs = [errand for errand in self._of(visitor) if errand.task["kind"] == _RUN]
            for older in runs[: max(0, len(runs) - self._limits.runs + 1)]:
                self.leave(older, visitor)
        mine = len(self._of(visitor))
        beside = sum(address in errand.askers.values() for errand in self._live.values())
        if mine >= self._limits.queue:
            raise TooMuch("queue", told("queue_visitor", most=self._limits.queue))
        if beside >= self._limits.queue * self._limits.per_address or len(self._live) >= self._limits.everyone:
            raise TooMuch("queue-full", told("queue_full"))

    def _of(self, visitor: str) -> list[Errand]:
        return [errand for errand in self._live.values() if visitor in errand.askers]

    async def _serve(self, slot: Slot) -> None:
        # One compiles, and the others find it on disk.
        async with self._compiling:
            if not self._is_closing:
                await slot.compile()
        is_cold = self._config.is_warmed and not self._is_closing and await slot.warm()
        while not self._is_closing:
            errand = self._next(slot)
            if errand is None and is_cold:
                is_cold = await slot.warm()
                continue
            if errand is None:
                slot.wake.clear()
                await slot.wake.wait()
                continue
            self._changed()
            await self._serve_slice(slot, errand)
            is_cold = is_cold or slot.pid is None

    async def _serve_slice(self, slot: Slot, errand: Errand) -> None:
        errand.home, began = slot, monotonic()
        how, failure = await slot.slice(errand, self._config.slice_seconds, self._limits.step_seconds)
        errand.served += monotonic() - began
        is_full = how == FAILED and is_of_memory(describe(failure))
        if how in {DIED, TOO_LONG}:
            self._bury(slot, errand)
        if is_full:
            self._empty(slot, errand)
        last = errand.last
        if last is not None:
            if how == PARKED:
                slot.drop(errand.number)
            self._finish(errand, last)
        elif self._is_closing or how == STOPPED:
            self._end(errand, "stopped", {})
        elif how == PARKED and errand.served < self._limits.run_seconds:
            self._waiting.append(errand)
        elif how == PARKED:
            slot.drop(errand.number)
            self._end(errand, "failed", failed("run_too_long", errand.task, most=round(self._limits.run_seconds)))
        elif how == ENDED:
            self._end(errand, "failed", failed("no_answer", errand.task))
        elif is_full and errand.id not in self._full:
            # It may have met what others left behind: once more, with all the memory to itself.
            self._full.add(errand.id)
            errand.begin_again()
            self._waiting.append(errand)
        else:
            phrase = f"worker_{how}" if how in {DIED, TOO_LONG} else "worker_memory" if is_full else "worker_error"
            self._end(errand, "failed", failed(phrase, errand.task, error=describe(failure)))
        self._changed()

    def _bury(self, slot: Slot, culprit: Errand) -> None:
        """Begin again, elsewhere, what a dead worker held beside the errand it died of."""
        for errand in list(self._waiting):
            if errand.home is not slot or errand is culprit:
                continue
            self._tries[errand.id] = self._tries.get(errand.id, 1) + 1
            errand.begin_again()
            if self._tries[errand.id] > _TRIES:
                self._end(errand, "failed", failed("worker_died", errand.task, error=""))

    def _empty(self, slot: Slot, culprit: Errand) -> None:
        """Begin a worker anew that has no memory left: what it held beside is begun again, and is not to blame."""
        slot.close()
        for errand in self._waiting:
            if errand.home is slot and errand is not culprit:
                errand.begin_again()

    def _finish(self, errand: Errand, last: Event) -> None:
        self._forget(errand)
        if last.name in _KEPT_EVENTS and errand.task.get("is_kept", True):
            self._kept.put(errand.key, last.data)

    def _end(self, errand: Errand, name: str, data: Mapping[str, Any]) -> None:
        errand.tell(name, json.dumps(data, ensure_ascii=False).encode())
        self._forget(errand)

    def _forget(self, errand: Errand) -> None:
        if self._live.get(errand.key) is errand:
            del self._live[errand.key]
        if errand in self._waiting:
            self._waiting.remove(errand)
        self._tries.pop(errand.id, None)
        self._full.discard(errand.id)

    def _next(self, slot: Slot) -> Errand | None:
        """Take out of the queue what this worker does next: the least served of what it holds and what nobody holds."""
        held = sum(errand.home is slot for errand in self._waiting)
        mine = [
            errand for errand in self._waiting if errand.home is slot or (errand.home is None and held < _MOST_PARKED)
        ]
        if not mine:
            return None
        errand = min(mine, key=_turn)
        self._waiting.remove(errand)
        return errand

    def _changed(self) -> None:
        """Tell those who wait for a first answer how many are ahead, and wake the workers."""
        untouched = sorted((errand for errand in self._waiting if errand.home is None), key=_turn)
        for ahead, errand in enumerate(untouched):
            data = json.dumps({"ahead": ahead}).encode()
            if errand.ahead != data:
                errand.tell("queued", data)
        for slot in self.slots:
            slot.wake.set()


def is_of_memory(error: str) -> bool:
    """Return whether an error says that there was no memory left, as Python or as the system words it.

    >>> is_of_memory("MemoryError: Unable to allocate 40 MiB"), is_of_memory("ValueError: memory")
    (True, False)
    """
    return error.startswith(("MemoryError", "OSError: [Errno 12]")) or "failed to map segment" in error


def _turn(errand: Errand) -> tuple[float, int]:
    return errand.served, errand.number
