"""Runs the model at draws of the parameters; goes on where it was interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.calibration.folder import Answer, Stage
from experiments.calibration.trial import Settings, Task, Trial
from experiments.runner import Failure, OnProgress, Tries, Workers, default_jobs
from experiments.seeds import RunsFailedError

_SECONDS_BETWEEN_SAVES = 15.0
_TRIES = Tries(3, 3)
"""A worker may be killed by a system short of memory; the run is tried again."""


@dataclass(frozen=True)
class Running:
    """Who is told of runs and who may stop them; ``jobs`` worker processes, one for each processor if None."""

    jobs: int | None = None
    on_progress: OnProgress | None = None
    should_stop: Callable[[], bool] | None = None

    def heard(self, measure: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return the same function, before each call of which a wish to stop is heard as KeyboardInterrupt."""

        def heard(points: Any) -> Any:
            if self.should_stop is not None and self.should_stop():
                raise KeyboardInterrupt
            return measure(points)

        return heard


def answers_at(
    trial: Trial, points: Any, stage: Stage, settings: Settings, first_seed: int, running: Running
) -> tuple[Any, int]:
    """Return what the model answers at draws, as shares of what was observed, and how many runs failed.

    Parameters
    ----------
    points
        Of the unit cube, shape (draws, parameters).
    stage
        Where answers are kept, so that those kept are not run again.

    Returns
    -------
        Shape (draws, replicates, goals), nan where there is no answer.

    Raises
    ------
    KeyboardInterrupt
        If ``should_stop`` said so; what was run is kept.
    RunsFailedError
        If every run failed.
    """
    tasks = {trial.name(task): task for task in trial.tasks(points, settings.replicates, first_seed)}
    answers = stage.answers()
    if not answers.keys() >= tasks.keys():
        _run(trial, tasks, answers, stage, running)
    failed = [task for name, task in tasks.items() if answers[name].error]
    if len(failed) == len(tasks):
        raise RunsFailedError([Failure(task.seed, answers[trial.name(task)].error, "") for task in failed])
    numbers = np.array([answers[name].numbers for name in tasks])
    return trial.goals.relative(numbers.reshape(len(points), settings.replicates, -1)), len(failed)


def _run(trial: Trial, tasks: Mapping[str, Task], answers: dict[str, Answer], stage: Stage, running: Running) -> None:
    """Run what is not among the answers, and add it there."""
    left = [task for name, task in tasks.items() if name not in answers]
    saved_at = time.monotonic()
    nothing = np.full(len(trial.goals.ids), np.nan)
    jobs = min(running.jobs or default_jobs(), len(left))
    try:
        with Workers(trial.make_work, jobs) as workers:
            for task, found in workers.run(left, running.on_progress, tries=_TRIES, should_stop=running.should_stop):
                is_failure = isinstance(found, Failure)
                error = found.error if is_failure else ""
                answers[trial.name(task)] = Answer(error, nothing if is_failure else np.asarray(found, float))
                if time.monotonic() - saved_at > _SECONDS_BETWEEN_SAVES:
                    stage.keep(tasks, answers)
                    saved_at = time.monotonic()
    finally:
        stage.keep(tasks, answers)
    if not answers.keys() >= tasks.keys():
        raise KeyboardInterrupt
