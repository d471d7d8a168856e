"""One worker process: what it hears and tells, and the driver's end of it.

A worker never outlives its driver, and is single-threaded: the processes are the parallelism.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, NoReturn, TypeAlias

Report: TypeAlias = Callable[[float], bool | None]
"""Called by a task with the share of it that is done, 0 to 1; true asks it to end soon with what it has."""
Work: TypeAlias = Callable[[Any, Report], Any]
"""Does one task: takes the task and a Report, returns the result."""

ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_PATIENCE_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1
_TASK, _STOP = "task", "stop"


@dataclass(frozen=True)
class Failure:
    """A task that gave no result, and why."""

    task: Any
    error: str
    details: str


class Worker:
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

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    def give(self, task: Any) -> None:
        """Hand out a task."""
        self.task, self.has_begun = task, False
        # If it died while idle, receiving says so and names the task.
        with suppress(OSError):
            self.connection.send((_TASK, task))

    def ask_to_stop(self) -> None:
        """Ask it to end its task soon, with what it has."""
        with suppress(OSError):
            self.connection.send((_STOP, None))

    def receive(self) -> tuple[str, Any]:
        """Return what it tells, and what belongs to it: began, part, done, failed, or died."""
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            self._process.join(_PATIENCE_SECONDS)
            code = self._process.exitcode
            self.stop()
            return "died", Failure(self.task, f"the worker process ended with code {code}", "")
        self.has_begun = self.has_begun or kind == "began"
        return kind, value

    def kill(self) -> None:
        """End the process; whoever receives from it hears that it died."""
        self._process.kill()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        # Nothing a worker holds needs to be put away; ending it is quicker than asking it to leave.
        self._end()


def _end(process: Any) -> None:
    process.kill()
    process.join()


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
        try:
            self._connection.send((kind, value))
        except OSError:
            _leave()

    def report(self, part: float) -> bool:
        self.tell("part", part)
        try:
            while self._connection.poll():
                self._is_to_stop = self._connection.recv()[0] == _STOP
        except (EOFError, OSError):
            _leave()
        return self._is_to_stop


def _leave() -> NoReturn:
    # The driver is gone. No task may take this for an error of its own and go on.
    raise SystemExit(1)


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
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    main = sys.modules["__main__"]
    # Numba reads the variable when it is imported, which in a worker is after this.
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
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
