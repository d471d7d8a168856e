"""A model of three parameters whose truth is known: two of them act, one does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.answering import Running
from experiments.calibration.calibrate import calibrated
from experiments.calibration.goals import Goals
from experiments.calibration.result import Calibration
from experiments.calibration.trial import Settings, Task, Trial

NAMES = ("a", "b", "idle")
IDS = ("sum", "curve", "product")
TRUTH = np.array([0.35, 0.6, 0.5])
TOLERANCE, CHANCE = 0.05, 0.03
QUICK = Settings(waves=2, draws=40, replicates=2, sample=60, particles=400, seed=1)


def model(values: Any) -> Any:
    """Return what the model answers on average, goals along the last axis."""
    a, b = np.asarray(values, float)[..., 0], np.asarray(values, float)[..., 1]
    return np.stack([1 + 2 * a + b, np.exp(1.5 * a) / 2, 0.5 + a * b], axis=-1)


class Answers:
    """The model with the luck of each run; fails for some seeds if told."""

    def __init__(self, fails: Sequence[int] = ()) -> None:
        self._fails = set(fails)

    def __call__(self, task: Task, report: Callable[[float], object]) -> list[float]:
        report(0.5)
        if task.seed in self._fails:
            raise ArithmeticError("out of luck")
        luck = np.random.Generator(np.random.PCG64(task.seed)).standard_normal(3)
        return list(model(task.values) * (1 + CHANCE * luck))


def as_they_are(points: Any) -> Any:
    """Return values of parameters whose priors are uniform from 0 to 1."""
    return np.asarray(points, float)


def toy(
    error_seed: int | None = None, *, truth: Any = TRUTH, tolerance: float = TOLERANCE, fails: Sequence[int] = ()
) -> Trial:
    """Return the toy with observations of the truth, off by luck of this seed."""
    values = model(truth)
    if error_seed is not None:
        values = values * (1 + tolerance * np.random.Generator(np.random.PCG64(error_seed)).standard_normal(3))
    goals = Goals(IDS, values, np.full(3, tolerance), np.full(3, True), np.full(3, False))
    return Trial(NAMES, goals, partial(Answers, tuple(fails)), as_they_are, "toy", 0.01)


def calibrate_toy(folder: Path, trial: Trial, settings: Settings = QUICK, truths: int = 0, **run: Any) -> Calibration:
    return calibrated(trial, settings, folder, Running(jobs=1, **run), truths=truths)
