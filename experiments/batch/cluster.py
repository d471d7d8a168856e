"""Runs chunks on a Dask cluster: a scheduler that is running, or one made here; workers write the files.

The store's folder must be the same path on every worker. A worker that is lost costs the chunk it was running, which Dask
gives to another; a chunk that costs more workers than Dask allows (``distributed.scheduler.allowed-failures``) is set aside.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from experiments.batch.chunk import ChunkDone, Chunks, ChunkTask
from experiments.batch.durable import StoreError
from experiments.design import DesignError
from experiments.runner import Failure, OnProgress
from experiments.worker import ONE_THREAD, describe

LOCAL = "local"
_LISTEN_SECONDS = 0.5
_SECONDS_BETWEEN_QUESTIONS = 2.0
_CONNECT_SECONDS = 20


def run_on_cluster(
    folder: Path,
    tasks: Sequence[ChunkTask],
    *,
    address: str,
    jobs: int,
    on_progress: OnProgress | None,
    should_stop: Callable[[], bool],
) -> Iterator[tuple[ChunkTask, ChunkDone | Failure]]:
    """Yield each chunk with what became of it, in no promised order.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://node1:8786``; ``local`` starts one with ``jobs`` workers.

    Raises
    ------
    DesignError
        If Dask is not installed, nobody answers, or a worker has several threads.
    StoreError
        If the store cannot be read or written.
    """
    with _client(address, jobs) as client:
        stop = _distributed().Event(f"talentflow-stop-{secrets.token_hex(8)}", client=client)
        pending = {
            client.submit(
                _work, str(folder), task, stop.name, pure=False, key=f"talentflow-{stop.name}-{task.chunk}"
            ): task
            for task in tasks
        }
        yield from _gathered(pending, stop, on_progress, should_stop)


def _gathered(
    pending: dict[Any, ChunkTask], stop: Any, on_progress: OnProgress | None, should_stop: Callable[[], bool]
) -> Iterator[tuple[ChunkTask, ChunkDone | Failure]]:
    total, is_stopping = len(pending), False
    while pending:
        if not is_stopping and should_stop():
            is_stopping = True
            stop.set()
        try:
            ready = _distributed().wait(list(pending), timeout=_LISTEN_SECONDS, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            continue
        for future in ready:
            task = pending.pop(future)
            yield task, _result_of(future, task)
            if on_progress is not None:
                on_progress(total - len(pending), total)


def _result_of(future: Any, task: ChunkTask) -> ChunkDone | Failure:
    error = future.exception()
    if isinstance(error, StoreError | DesignError):
        raise error
    if error is not None:
        return Failure(task, describe(error), "")
    result: ChunkDone = future.result()
    return result


def _distributed() -> Any:
    """Return Dask's package, of which few functions have types."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise DesignError("--cluster needs Dask: pip install 'talentflow[cluster]'") from error


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Any]:
    distributed = _distributed()
    # Numba and BLAS read these when they are imported, which in a worker is after it is spawned.
    one_thread = {"distributed.nanny.pre-spawn-environ": dict.fromkeys(ONE_THREAD, "1")}
    if address == LOCAL:
        with (
            import_module("dask.config").set(one_thread),
            distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise DesignError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client


def _work(folder: str, task: ChunkTask, stop: str) -> ChunkDone:
    """Run a chunk in a Dask worker."""
    n_threads = _distributed().get_worker().state.nthreads
    if n_threads != 1:
        raise DesignError(f"a Dask worker has {n_threads} threads; start workers with --nthreads 1, one for each core")
    report = _Report(stop)
    if report(0.0):
        return ChunkDone(task.chunk, is_claimed=False)
    return _chunks(folder)(task, report)


@lru_cache(maxsize=1)
def _chunks(folder: str) -> Chunks:
    """Return what runs the chunks of a store, kept from task to task: laws are resolved once."""
    return Chunks(folder)


class _Report:
    """Hears from the driver, now and then, whether to stop."""

    def __init__(self, stop: str) -> None:
        self._event = _distributed().Event(stop)
        self._asked = 0.0
        self._is_to_stop = False

    def __call__(self, _share: float) -> bool:
        now = time.monotonic()
        if not self._is_to_stop and now - self._asked >= _SECONDS_BETWEEN_QUESTIONS:
            self._asked = now
            self._is_to_stop = bool(self._event.is_set())
        return self._is_to_stop
