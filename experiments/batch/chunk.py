"""Runs one chunk of a store and writes its file of results: a pure function of the plan and a number.

Done twice, or half and then the rest, it leaves the same file, so any scheduler may run it.
"""

from __future__ import annotations

import shlex
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from experiments.batch.claims import Claims
from experiments.batch.failure import RunFailure
from experiments.batch.family import Families, Planned, RunEnded
from experiments.batch.laws import Laws
from experiments.batch.rows import rows_of
from experiments.batch.store import Store
from experiments.worker import Report, describe

if TYPE_CHECKING:
    import pandas as pd

    from experiments.batch.experiment import Experiment

_SECONDS_BETWEEN_REPORTS = 0.1
_SECONDS_BETWEEN_CLAIMS = 0.5


class ChunkTask(NamedTuple):
    """What a worker is to do with a chunk.

    ``is_waiting`` says whether to wait for a chunk that another process has claimed, or to leave it to that one.
    """

    chunk: int
    retry_failed: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class ChunkDone:
    """What became of a chunk: runs that gave a result, that failed, and that were not begun.

    ``is_claimed`` says that another process has it, and nothing was done.
    """

    chunk: int
    done: int = 0
    failed: int = 0
    left: int = 0
    is_claimed: bool = False


def run_chunk(folder: str | Path, chunk: int, report: Report, *, retry_failed: bool = False) -> ChunkDone:
    """Run what is left of a chunk and write its part; wait for another process that has claimed it.

    Parameters
    ----------
    report
        Told the share that is done; where it answers true, the part is written after the run that is going on.

    Raises
    ------
    StoreError
        If the store cannot be read or written.
    """
    with Chunks(folder) as chunks:
        return chunks(ChunkTask(chunk, retry_failed, is_waiting=True), report)


class Chunks:
    """Runs chunks of one store, one after another: laws are resolved once for all of them."""

    def __init__(self, folder: str | Path) -> None:
        self._store = Store.open(folder)
        self._claims = Claims(self._store.folder)
        self._experiment: Experiment | None = None
        self._families: Families | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._claims.close()

    def __call__(self, task: ChunkTask, report: Report) -> ChunkDone:
        """Run what is left of a chunk."""
        while not self._claims.take(task.chunk):
            if not task.is_waiting or report(0.0):
                return ChunkDone(task.chunk, is_claimed=True)
            time.sleep(_SECONDS_BETWEEN_CLAIMS)
        try:
            return self._run(task, report)
        finally:
            self._claims.give_up(task.chunk)

    def _run(self, task: ChunkTask, report: Report) -> ChunkDone:
        left = self._store.left(chunk=task.chunk, retry_failed=task.retry_failed)
        progress = _Progress(len(left), report)
        ended = list(self._ended(left, progress)) if len(left) else []
        done = [one for one in ended if one.values is not None]
        failed = [self.failure_of(one) for one in ended if one.error is not None]
        if ended:
            rows = rows_of(self._store.experiment.question, done)
            self._store.write_part(task.chunk, rows, [one.planned.run for one in done], failed)
        return ChunkDone(task.chunk, len(done), len(failed), len(left) - len(ended))

    def _ended(self, left: pd.DataFrame, progress: _Progress) -> Iterator[RunEnded]:
        families = self.families()
        for runs in families_in(left, self._store.plan()):
            wanted = {planned.run for planned in runs} & set(left["run"])
            progress.begin(len(wanted))
            for ended in families.run(runs, wanted, progress.tell):
                yield ended
                if progress.should_stop():
                    return

    def families(self) -> Families:
        """Return what runs families of the experiment as it now is."""
        experiment = self._store.experiment
        if self._families is None or self._experiment is not experiment:
            from experiments.batch.arms import scenario_of_arm

            laws = Laws(experiment, lambda arm: scenario_of_arm(arm, experiment.assume))
            self._experiment, self._families = experiment, Families(experiment, laws)
        return self._families

    def failure_of(self, ended: RunEnded) -> RunFailure:
        """Return a run that raised, as data."""
        error = ended.error or RuntimeError("it gave no result")
        return failure_of(
            self._store.folder,
            ended.planned,
            stage=ended.stage,
            message=describe(error),
            trace="".join(traceback.format_exception(error)),
        )


def failure_of(folder: Path, planned: Planned, *, stage: str, message: str, trace: str) -> RunFailure:
    """Return a failed run with the one line that repeats it."""
    return RunFailure(
        run=planned.run,
        arm=planned.arm,
        draw=planned.draw,
        replicate=planned.replicate,
        seed=planned.seed,
        stage=stage,
        message=message,
        traceback=trace,
        command=shlex.join(["talentflow", "experiment", "run", str(folder), "--only", planned.run]),
    )


def planned_of(rows: pd.DataFrame) -> list[Planned]:
    """Return rows of a plan as runs."""
    columns = [rows[name].tolist() for name in Planned._fields]
    return [
        Planned(*row)._replace(against=row[3] if isinstance(row[3], str) else None)
        for row in zip(*columns, strict=True)
    ]


def families_in(left: pd.DataFrame, plan: pd.DataFrame) -> Iterator[Sequence[Planned]]:
    """Yield what is left family by family, each with the baselines that its reforms are compared with."""
    for _, rows in left.groupby("family", sort=False):
        baselines = plan[plan["run"].isin(set(rows["against"].dropna()) - set(rows["run"]))]
        yield [*planned_of(baselines), *planned_of(rows)]


class _Progress:
    """Which share of the runs of a chunk is done, told now and then; hears whether to stop."""

    def __init__(self, total: int, report: Report) -> None:
        self._total, self._report = total, report
        self._before = self._size = 0
        self._share = self._told = 0.0
        self._is_to_stop = False

    def begin(self, runs: int) -> None:
        """Go on to a family with some runs."""
        self._before, self._size = self._before + self._size, runs

    def tell(self, share: float) -> None:
        """Tell which share of the family is done, unless that was told a moment ago."""
        self._share = (self._before + share * self._size) / self._total
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_REPORTS:
            self._told = now
            self._hear()

    def should_stop(self) -> bool:
        """Say whether to stop, now that a run has ended."""
        self._hear()
        return self._is_to_stop

    def _hear(self) -> None:
        self._is_to_stop = bool(self._report(self._share)) or self._is_to_stop
