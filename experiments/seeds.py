"""One task a seed, in worker processes: what the runs give in the order of their seeds, and those that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from experiments.design import Design
from experiments.runner import Failure, OnProgress, Work, Workers, default_jobs


class RunsFailedError(RuntimeError):
    """Every run failed; ``failures`` says why."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        super().__init__(f"all {len(failures)} runs failed; the first: {failures[0].error}")
        self.failures = tuple(failures)


def run_seeds(
    make_work: Callable[[], Work], design: Design, *, jobs: int | None, on_progress: OnProgress | None
) -> tuple[list[Any], tuple[Failure, ...]]:
    """Run a design seed by seed; return what the runs gave, by rising seed, and the failures.

    Parameters
    ----------
    make_work
        As for :class:`experiments.runner.Workers`.
    jobs
        Worker processes, at most one a seed; one for each processor if None.

    Raises
    ------
    RunsFailedError
        If no run succeeded.
    """
    found: dict[int, Any] = {}
    failures: list[Failure] = []
    with Workers(make_work, min(jobs or default_jobs(), design.replicates)) as workers:
        for seed, result in workers.run(design.seeds, on_progress):
            if isinstance(result, Failure):
                failures.append(result)
            else:
                found[seed] = result
    # Workers finish in any order; the result must not depend on it.
    failures.sort(key=lambda failure: int(failure.task))
    if not found:
        raise RunsFailedError(failures)
    return [found[seed] for seed in sorted(found)], tuple(failures)
