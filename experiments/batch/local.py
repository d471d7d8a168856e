"""Runs chunks on this machine: in worker processes, or in this one where one job is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from experiments.batch.chunk import ChunkDone, Chunks, ChunkTask
from experiments.batch.durable import StoreError
from experiments.runner import Failure, OnProgress, Tries, Work, Workers
from experiments.worker import Report

TRIES = Tries(crashes=3, kills=12)
"""Workers that a chunk may cost before it is set aside. What kills from outside, such as a want of memory, is often not its fault."""


def run_here(
    folder: Path,
    tasks: Sequence[ChunkTask],
    *,
    jobs: int,
    on_progress: OnProgress | None,
    should_stop: Callable[[], bool],
) -> Iterator[tuple[ChunkTask, ChunkDone | Failure]]:
    """Yield each chunk with what became of it, in no promised order; a Failure cost too many workers, or raised.

    Raises
    ------
    StoreError
        If the store cannot be read or written: then no chunk can be kept.
    experiments.runner.WorkersLostError
        If workers end before they begin.
    """
    with _workers(folder, jobs) as workers:
        for task, result in workers.run(tasks, on_progress, tries=TRIES, should_stop=should_stop):
            if isinstance(result, StoreError):
                raise result
            yield task, result


@contextmanager
def _workers(folder: Path, jobs: int) -> Iterator[Workers]:
    if jobs > 1:
        with Workers(partial(_make_work, folder), jobs) as workers:
            yield workers
    else:
        with Chunks(folder) as chunks, Workers(lambda: partial(_work, chunks), 1) as workers:
            yield workers


def _make_work(folder: Path) -> Work:
    # Opened by the first task: a store that cannot be read is then told as such.
    opened: list[Chunks] = []

    def work(task: ChunkTask, report: Report) -> ChunkDone | StoreError:
        try:
            if not opened:
                opened.append(Chunks(folder))
        except StoreError as error:
            return error
        return _work(opened[0], task, report)

    return work


def _work(chunks: Chunks, task: ChunkTask, report: Report) -> ChunkDone | StoreError:
    try:
        return chunks(task, report)
    except StoreError as error:
        return error
