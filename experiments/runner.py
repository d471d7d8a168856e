"""Runs tasks in worker processes that never outlive the process that started them.

Workers are spawned, not forked: a fork after compiled code has run in threads hangs. Each is single-threaded; the
processes are the parallelism. A task that fails is data (:class:`Failure`), and the others go on. Each worker has a pipe of
its own, so that one that is killed holds nothing another waits for.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from multiprocessing.connection import wait
from typing import Any, NamedTuple, Self, TypeAlias

from experiments.worker import Failure, Report, Work, Worker, describe

__all__ = [
    "Failure",
    "OnProgress",
    "Report",
    "Tries",
    "Work",
    "Workers",
    "WorkersLostError",
    "default_jobs",
    "describe",
]

OnProgress: TypeAlias = Callable[[float, int], None]
"""Called by the driver with the tasks done (with parts of tasks) and the number of tasks."""

_LISTEN_SECONDS = 0.25
"""How long a driver listens to workers before it looks whether it is to stop."""


class Tries(NamedTuple):
    """Workers that a task may cost before it is given up; a worker lost before it began a task is not that task's fault.

    ``crashes`` are deaths of the worker's own making; ``kills`` are from outside (SIGKILL), where the task is hardly to blame.
    """

    crashes: int = 1
    kills: int = 1


class WorkersLostError(RuntimeError):
    """Worker processes die again and again before they begin any task."""


def default_jobs() -> int:
    """Return the number of processors this process may use."""
    # Not every system tells which processors a process may use.
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Workers:
    """A few processes that each build their work once and then do one task after another.

    Parameters
    ----------
    make_work
        Builds the work inside the worker; must be importable by name (or a ``functools.partial`` of such).
    jobs
        Worker processes, at least 1. With 1, tasks run in this process.

    Use as a context manager: leaving it, by an exception too, ends every worker.
    """

    def __init__(self, make_work: Callable[[], Work], jobs: int) -> None:
        if jobs < 1:
            raise ValueError(f"at least 1 job is needed, got {jobs}")
        self._make_work = make_work
        self._jobs = jobs
        self._work: Work | None = None
        self._workers: list[Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def run(
        self,
        tasks: Sequence[Any],
        on_progress: OnProgress | None = None,
        *,
        tries: Tries = Tries(),  # noqa: B008 - it cannot be changed
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[tuple[Any, Any]]:
        """Yield (task, result or Failure) as tasks finish, in no promised order.

        Parameters
        ----------
        tries
            Workers that a task may cost; with the default, its first death is a Failure.
        should_stop
            Asked now and then. Once true, no task is begun any more, and those that run are asked to end soon.

        Raises
        ------
        WorkersLostError
            If workers die before they begin, and a task may be tried again.
        """
        tell = on_progress or _tell_nobody
        stops = should_stop or _never
        if self._jobs == 1:
            yield from self._run_here(tasks, tell, stops)
        else:
            yield from _Round(self, tasks, tell, tries, stops).run()

    def _run_here(
        self, tasks: Sequence[Any], tell: OnProgress, should_stop: Callable[[], bool]
    ) -> Iterator[tuple[Any, Any]]:
        for done, task in enumerate(tasks):
            if should_stop():
                return

            def report(part: float, done: int = done) -> bool:
                tell(done + part, len(tasks))
                return should_stop()

            yield task, self._do_here(task, report)
            tell(done + 1, len(tasks))

    def _do_here(self, task: Any, report: Report) -> Any:
        try:
            if self._work is None:
                self._work = self._make_work()
            return self._work(task, report)
        except Exception as error:  # noqa: BLE001 - a failed run is data, and the others still count
            return Failure(task, describe(error), traceback.format_exc())

    def idle(self, busy: Collection[Worker]) -> Worker | None:
        """Return a worker that does nothing, a new one if need be; None where all there may be are busy."""
        free = next((worker for worker in self._workers if worker not in busy), None)
        if free is None and len(self._workers) < self._jobs:
            free = Worker(self._make_work)
            self._workers.append(free)
        return free

    def lose(self, worker: Worker) -> None:
        """Forget a worker that died."""
        self._workers.remove(worker)


class _Round:
    """Some tasks on their way through the workers."""

    def __init__(
        self, workers: Workers, tasks: Sequence[Any], tell: OnProgress, tries: Tries, should_stop: Callable[[], bool]
    ) -> None:
        self._workers, self._tell, self._tries, self._should_stop = workers, tell, tries, should_stop
        self._total, self._done = len(tasks), 0
        self._waiting = list(reversed(tasks))
        self._parts: dict[Worker, float] = {}
        self._crashes: Counter[Any] = Counter()
        self._kills: Counter[Any] = Counter()
        self._lost = Tries(0, 0)
        self._stopping = False

    def run(self) -> Iterator[tuple[Any, Any]]:
        while self._waiting or self._parts:
            self._look_whether_to_stop()
            self._give_out()
            by_connection: dict[Any, Worker] = {worker.connection: worker for worker in self._parts}
            for connection in wait(list(by_connection), _LISTEN_SECONDS):
                worker = by_connection[connection]
                kind, value = worker.receive()
                if kind == "part":
                    self._parts[worker] = value
                elif kind == "began":
                    self._lost = Tries(0, 0)
                elif kind == "died":
                    yield from self._bury(worker, value)
                else:
                    del self._parts[worker]
                    self._done += 1
                    yield worker.task, value
                self._tell(self._done + sum(self._parts.values()), self._total)

    def _look_whether_to_stop(self) -> None:
        if not self._stopping and self._should_stop():
            self._stopping = True
            self._waiting.clear()
            for worker in self._parts:
                worker.ask_to_stop()

    def _give_out(self) -> None:
        while self._waiting:
            worker = self._workers.idle(self._parts)
            if worker is None:
                return
            worker.give(self._waiting.pop())
            self._parts[worker] = 0.0

    def _bury(self, worker: Worker, failure: Failure) -> Iterator[tuple[Any, Failure]]:
        """Take leave of a worker that died; its task is tried again, or is the Failure that is yielded."""
        self._workers.lose(worker)
        del self._parts[worker]
        if self._stopping:
            return
        if self._may_try_again(worker, failure):
            self._waiting.append(worker.task)
        else:
            self._done += 1
            yield worker.task, failure

    def _may_try_again(self, worker: Worker, failure: Failure) -> bool:
        if self._tries.crashes == 1:
            return False
        is_kill = worker.code == -signal.SIGKILL
        if worker.has_begun:
            count, most = (self._kills, self._tries.kills) if is_kill else (self._crashes, self._tries.crashes)
            count[worker.task] += 1
            return count[worker.task] < most
        self._lost = Tries(self._lost.crashes + (not is_kill), self._lost.kills + is_kill)
        if self._lost.crashes >= self._tries.crashes or self._lost.kills >= self._tries.kills:
            raise WorkersLostError(f"worker processes end before they begin: {failure.error}")
        return True


def _tell_nobody(done: float, total: int) -> None:
    """Take a report of progress that nobody asked for."""


def _never() -> bool:
    return False
