"""Estimates the shapes of emulators, a few at a time in worker processes."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from experiments.calibration.answering import Running
from experiments.calibration.emulator import Emulator, Shape
from experiments.calibration.sharing import shared
from experiments.calibration.trial import one_thread
from experiments.design import DesignError
from experiments.runner import Report


class Search:
    """Estimates the shape of the emulator of one goal after another: built once in each worker."""

    def __init__(self, points: Any, answers: Any) -> None:
        self._points, self._answers = points, answers

    def __call__(self, place: int, report: Report) -> Shape:
        """Return the shape of one goal's emulator."""
        report(0.0)
        with one_thread():
            return Emulator(self._points, self._answers[:, :, place]).shape


def shapes_of(points: Any, answers: Any, names: tuple[str, ...], running: Running) -> list[Shape]:
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
        If it is to stop.
    """
    for place, name in enumerate(names):
        _check_enough(answers[:, :, place], name)
    called = [f"the emulator of {name}" for name in names]
    return shared(partial(Search, points, answers), len(names), running, called)


def _check_enough(answers: Any, name: str) -> None:
    from experiments.calibration.emulator import LEAST_POINTS

    known = int(np.isfinite(answers).any(axis=1).sum())
    if known < LEAST_POINTS:
        raise DesignError(f"{name}: an emulator needs {LEAST_POINTS} draws with an answer or more, got {known}")
