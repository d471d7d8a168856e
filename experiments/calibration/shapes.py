"""Estimates the shapes of emulators, a few at a time in worker processes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from experiments.calibration.emulator import Emulator, Shape
from experiments.calibration.trial import one_thread
from experiments.design import DesignError
from experiments.runner import Failure, Report, Workers, default_jobs


class Search:
    """Estimates the shape of the emulator of one goal after another: built once in each worker."""

    def __init__(self, points: Any, answers: Any) -> None:
        self._points, self._answers = points, answers

    def __call__(self, place: int, report: Report) -> Shape:
        """Return the shape of one goal's emulator."""
        report(0.0)
        with one_thread():
            return Emulator(self._points, self._answers[:, :, place]).shape


def shapes_of(
    points: Any, answers: Any, names: tuple[str, ...], jobs: int | None, should_stop: Callable[[], bool] | None = None
) -> list[Shape]:
    """Return the shape of each goal's emulator.

    Parameters
    ----------
    points, answers
        Shapes (draws, parameters) and (draws, replicates, goals).
    names
        Of the goals.

    Raises
    ------
    DesignError
        If too few draws have an answer to a goal.
    KeyboardInterrupt
        If ``should_stop`` said so.
    """
    places = range(answers.shape[2])
    for place in places:
        _check_enough(answers[:, :, place], names[place])
    found: dict[int, Shape] = {}
    with Workers(partial(Search, points, answers), min(jobs or default_jobs(), len(places))) as workers:
        for place, shape in workers.run(places, should_stop=should_stop):
            if isinstance(shape, Failure):
                failed = f"the emulator of {names[place]} failed: {shape.details}"
                raise RuntimeError(failed)  # noqa: TRY004 - a failure handed over, not an argument's type
            found[place] = shape
    if len(found) < len(places):
        raise KeyboardInterrupt
    return [found[place] for place in places]


def _check_enough(answers: Any, name: str) -> None:
    from experiments.calibration.emulator import LEAST_POINTS

    known = int(np.isfinite(answers).any(axis=1).sum())
    if known < LEAST_POINTS:
        raise DesignError(f"{name}: an emulator needs {LEAST_POINTS} draws with an answer or more, got {known}")
