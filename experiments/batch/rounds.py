"""Hands chunks to workers, here or on a cluster, until each has an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from experiments.batch.chunk import ChunkDone, ChunkTask, failure_of, planned_of
from experiments.batch.rows import rows_of
from experiments.batch.store import Store
from experiments.runner import Failure, OnProgress

OnNote: TypeAlias = Callable[[str, dict[str, Any]], None]
"""Told what happens beside the results: a key of ``RUN_WORDS``, and the values of its sentence."""


@dataclass(frozen=True)
class Shard:
    """The part of a batch that one of ``count`` jobs runs: chunks whose number leaves the rest ``number`` % ``count``.

    Jobs may be numbered from 0 or from 1: job ``count`` is job 0.
    """

    number: int
    count: int

    def has(self, chunk: int) -> bool:
        """Say whether a chunk belongs to it.

        >>> [Shard(3, 3).has(chunk) for chunk in range(4)]
        [True, False, False, True]
        """
        return chunk % self.count == self.number % self.count


WHOLE = Shard(0, 1)


@dataclass(frozen=True)
class Rounds:
    """The way of some chunks of a store through workers.

    A chunk that another process is at is left to that one; at the end its workers wait until it is done, or take it over.
    A chunk that costs too many workers is set aside: its runs are failures, and the others go on.
    """

    store: Store
    jobs: int
    cluster: str | None
    on_progress: OnProgress | None
    on_note: OnNote
    should_stop: Callable[[], bool]

    def run(self, tasks: Sequence[ChunkTask]) -> None:
        """Run chunks, and wait for those that others have claimed."""
        claimed = self._round(tasks, self.on_progress)
        if claimed and not self.should_stop():
            self.on_note("waiting", {"n": len(claimed)})
            self._round([task._replace(is_waiting=True) for task in claimed], None)

    def _round(self, tasks: Sequence[ChunkTask], on_progress: OnProgress | None) -> list[ChunkTask]:
        claimed = []
        for task, result in self._results(tasks, on_progress):
            if isinstance(result, Failure):
                self._set_aside(task, result)
            elif result.is_claimed:
                claimed.append(task)
        return claimed

    def _results(
        self, tasks: Sequence[ChunkTask], on_progress: OnProgress | None
    ) -> Iterator[tuple[ChunkTask, ChunkDone | Failure]]:
        folder, jobs, should_stop = self.store.folder, self.jobs, self.should_stop
        if self.cluster is None:
            from experiments.batch.local import run_here

            yield from run_here(folder, tasks, jobs=jobs, on_progress=on_progress, should_stop=should_stop)
        else:
            from experiments.batch.cluster import run_on_cluster

            yield from run_on_cluster(
                folder, tasks, address=self.cluster, jobs=jobs, on_progress=on_progress, should_stop=should_stop
            )

    def _set_aside(self, task: ChunkTask, failure: Failure) -> None:
        """Record every run of a chunk as failed."""
        left = self.store.left(chunk=task.chunk, retry_failed=task.retry_failed)
        failures = [
            failure_of(
                self.store.folder,
                planned,
                stage="worker",
                message=failure.error,
                trace=failure.details or failure.error,
            )
            for planned in planned_of(left)
        ]
        self.store.write_part(task.chunk, rows_of(self.store.experiment.question, []), [], failures)
        self.on_note("chunk_aside", {"chunk": task.chunk, "n": len(failures), "error": failure.error})
