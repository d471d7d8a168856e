"""Runs tasks in worker processes that never outlive the process that started them.

Workers are spawned, not forked: a fork after compiled code has run in threads hangs. Each is single-threaded; the
processes are the parallelism. A task that fails is data (:class:`Failure`), and the others go on. Each worker has a pipe of
its own, so that one that is killed holds nothing another waits for.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
import types
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, Self, TypeAlias

Report: TypeAlias = Callable[[float], bool | None]
"""Called by a task with the share of it that is done, 0 to 1; true asks it to end soon with what it has."""
Work: TypeAlias = Callable[[Any, Report], Any]
"""Does one task: takes the task and a Report, returns the result."""
OnProgress: TypeAlias = Callable[[float, int], None]
"""Called by the driver with the tasks done (with parts of tasks) and the number of tasks."""

_ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_PATIENCE_SECONDS = 2.0
_LISTEN_SECONDS = 0.25
"""How long a driver listens to workers before it looks whether it is to stop."""
_PR_SET_PDEATHSIG = 1
_TASK, _STOP = "task", "stop"


@dataclass(frozen=True)
class Failure:
    """A task that gave no result, and why."""

    task: Any
    error: str
    details: str


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
        self._workers: list[_Worker] = []

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

    def idle(self, busy: Collection[_Worker]) -> _Worker | None:
        """Return a worker that does nothing, a new one if need be; None where all there may be are busy."""
        free = next((worker for worker in self._workers if worker not in busy), None)
        if free is None and len(self._workers) < self._jobs:
            free = _Worker(self._make_work)
            self._workers.append(free)
        return free

    def lose(self, worker: _Worker) -> None:
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
        self._parts: dict[_Worker, float] = {}
        self._crashes: Counter[Any] = Counter()
        self._kills: Counter[Any] = Counter()
        self._lost = Tries(0, 0)
        self._stopping = False

    def run(self) -> Iterator[tuple[Any, Any]]:
        while self._waiting or self._parts:
            self._look_whether_to_stop()
            self._give_out()
            by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._parts}
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

    def _bury(self, worker: _Worker, failure: Failure) -> Iterator[tuple[Any, Failure]]:
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

    def _may_try_again(self, worker: _Worker, failure: Failure) -> bool:
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


class _Worker:
    """The driver's end of one worker process."""

    def __init__(self, make_work: Callable[[], Work]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.task: Any = None
        self.has_begun = False
        self._process = context.Process(target=_serve, args=(theirs, make_work), daemon=True)
        with _quiet_start():
            self._process.start()
        # Workers take no SIGTERM: an interpreter that leaves in a hurry would wait for them for ever.
        self._end = weakref.finalize(self, _end, self._process)
        # Only the worker may hold its end: when it dies, this end must see the end of the stream.
        theirs.close()

    @property
    def code(self) -> int | None:
        """Exit code of the process, minus the signal that killed it."""
        return self._process.exitcode

    def give(self, task: Any) -> None:
        self.task, self.has_begun = task, False
        # If it died while idle, receiving says so and names the task.
        with suppress(OSError):
            self.connection.send((_TASK, task))

    def ask_to_stop(self) -> None:
        with suppress(OSError):
            self.connection.send((_STOP, None))

    def receive(self) -> tuple[str, Any]:
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE_SECONDS)
            code = self._process.exitcode
            self.stop()
            return "died", Failure(self.task, f"the worker process ended with code {code}", "")
        self.has_begun = self.has_begun or kind == "began"
        return kind, value

    def stop(self) -> None:
        self.connection.close()
        # Nothing a worker holds needs to be put away; ending it is quicker than asking it to leave.
        self._end()


def _end(process: Any) -> None:
    process.kill()
    process.join()


def _tell_nobody(done: float, total: int) -> None:
    """Take a report of progress that nobody asked for."""


def _never() -> bool:
    return False


def describe(error: BaseException) -> str:
    """Return an exception as one line."""
    return f"{type(error).__name__}: {error}"


class _Driver:
    """The worker's end: tells the driver how far it is, and hears whether it is to end soon."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_to_stop = False

    def next_task(self) -> Any:
        """Wait for a task; raise EOFError or OSError once the driver is gone."""
        self._is_to_stop = False
        while True:
            kind, task = self._connection.recv()
            # A wish to stop that came after the task was done asks for nothing any more.
            if kind == _TASK:
                return task

    def tell(self, kind: str, value: Any = None) -> None:
        self._connection.send((kind, value))

    def report(self, part: float) -> bool:
        self.tell("part", part)
        if not self._is_to_stop and self._connection.poll():
            self._connection.recv()
            self._is_to_stop = True
        return self._is_to_stop


def _serve(connection: Connection, make_work: Callable[[], Work]) -> None:
    # Ctrl-C and a scheduler's SIGTERM reach every process; the driver decides what ends, and a worker prints no traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _die_with_driver()
    driver = _Driver(connection)
    work: Work | None = None
    while True:
        try:
            task = driver.next_task()
        except (EOFError, OSError):
            return
        try:
            work = work or make_work()
            driver.tell("began")
            result = work(task, driver.report)
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - likewise
            driver.tell("failed", Failure(task, describe(error), traceback.format_exc()))
        else:
            driver.tell("done", result)


def _die_with_driver() -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # Elsewhere, and for a driver that was gone before the line above: a closed pipe is only noticed between months.
    threading.Thread(target=_end_with_driver, daemon=True).start()


def _end_with_driver() -> None:
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
