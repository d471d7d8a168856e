"""Runs tasks in worker processes that never outlive the process that started them.

Workers are spawned, not forked: a fork after compiled code has run in threads hangs. Each is single-threaded; the
processes are the parallelism. A task that fails is data (:class:`Failure`), and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Self, TypeAlias

Report: TypeAlias = Callable[[float], None]
"""Called by a task with the share of it that is done, 0 to 1."""
Work: TypeAlias = Callable[[Any, Report], Any]
"""Does one task: takes the task and a Report, returns the result."""
OnProgress: TypeAlias = Callable[[float, int], None]
"""Called by the driver with the tasks done (with parts of tasks) and the number of tasks."""

_ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Failure:
    """A task that gave no result, and why."""

    task: Any
    error: str
    details: str


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
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def run(self, tasks: Sequence[Any], on_progress: OnProgress | None = None) -> Iterator[tuple[Any, Any]]:
        """Yield (task, result or Failure) as tasks finish, in no promised order."""
        tell = on_progress or _tell_nobody
        if self._jobs == 1:
            yield from self._run_here(tasks, tell)
        else:
            yield from self._run_apart(tasks, tell)

    def _run_here(self, tasks: Sequence[Any], tell: OnProgress) -> Iterator[tuple[Any, Any]]:
        for done, task in enumerate(tasks):
            yield task, self._do_here(task, lambda part, done=done: tell(done + part, len(tasks)))  # type: ignore[misc]
            tell(done + 1, len(tasks))

    def _do_here(self, task: Any, report: Report) -> Any:
        try:
            if self._work is None:
                self._work = self._make_work()
            return self._work(task, report)
        except Exception as error:  # noqa: BLE001 - a failed run is data, and the others still count
            return Failure(task, describe(error), traceback.format_exc())

    def _run_apart(self, tasks: Sequence[Any], tell: OnProgress) -> Iterator[tuple[Any, Any]]:
        waiting, done = list(reversed(tasks)), 0
        parts: dict[_Worker, float] = {}
        while waiting or parts:
            self._give_out(waiting, parts)
            by_connection = {worker.connection: worker for worker in parts}
            for connection in wait(list(by_connection)):
                worker = by_connection[connection]  # type: ignore[index]
                kind, value = worker.receive()
                if kind == "part":
                    parts[worker] = value
                else:
                    del parts[worker]
                    done += 1
                    if kind == "died":
                        self._workers.remove(worker)
                    yield worker.task, value
                tell(done + sum(parts.values()), len(tasks))

    def _give_out(self, waiting: list[Any], parts: dict[_Worker, float]) -> None:
        idle = [worker for worker in self._workers if worker not in parts]
        while waiting and len(parts) < self._jobs:
            if idle:
                worker = idle.pop()
            else:
                worker = _Worker(self._make_work)
                self._workers.append(worker)
            worker.give(waiting.pop())
            parts[worker] = 0.0


class _Worker:
    """The driver's end of one worker process."""

    def __init__(self, make_work: Callable[[], Work]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.task: Any = None
        self._process = context.Process(target=_serve, args=(theirs, make_work), daemon=True)
        with _quiet_start():
            self._process.start()
        # Only the worker may hold its end: when it dies, this end must see the end of the stream.
        theirs.close()

    def give(self, task: Any) -> None:
        self.task = task
        try:
            self.connection.send(task)
        except OSError:
            return  # it died while idle; receiving says so and names the task

    def receive(self) -> tuple[str, Any]:
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE_SECONDS)
            code = self._process.exitcode
            self.stop()
            return "died", Failure(self.task, f"the worker process ended with code {code}", "")
        return kind, value

    def stop(self) -> None:
        self.connection.close()
        # Nothing a worker holds needs to be put away; ending it is quicker than asking it to leave.
        self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()


def _tell_nobody(done: float, total: int) -> None:
    """Take a report of progress that nobody asked for."""


def describe(error: BaseException) -> str:
    """Return an exception as one line."""
    return f"{type(error).__name__}: {error}"


def _serve(connection: Connection, make_work: Callable[[], Work]) -> None:
    # Ctrl-C reaches the whole group; the driver decides what ends, and a worker prints no traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    work: Work | None = None
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            work = work or make_work()
            result = work(task, lambda part: connection.send(("part", part)))
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - likewise
            connection.send(("failed", Failure(task, describe(error), traceback.format_exc())))
        else:
            connection.send(("done", result))


def _end_with_driver() -> None:
    # Closing a pipe is only noticed between months; a killed driver must not leave a worker in a long one.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Start a process single-threaded, and without running the caller's script again.

    A spawned process imports the main module anew, so a plain script without ``if __name__ == "__main__"`` would start
    itself over. Workers need nothing from it; it is hidden while they start.
    """
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    main = sys.modules["__main__"]
    # Numba reads the variable when it is imported, which in a worker is after this.
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
