"""The folder of a calibration: settings, and of each stage the draws, what they answered, and the shapes of emulators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from experiments.batch.parquet import read_frame, save_frame
from experiments.batch.sealed import read_sealed, write_sealed
from experiments.calibration.emulator import Shape
from experiments.calibration.trial import Settings, Task, Trial
from experiments.design import DesignError

SCHEMA = "talentflow.calibration/1"
_SETTINGS, _POINTS, _ANSWERS, _SHAPES = "settings.json", "points.parquet", "answers.parquet", "emulators.json"
_RUN_COLUMNS = {"run": "VARCHAR", "draw": "INTEGER", "replicate": "INTEGER", "seed": "BIGINT", "error": "VARCHAR"}


class Answer(NamedTuple):
    """What a run answered: an error, empty if there was none, and a number a goal in its unit, nan where there is none."""

    error: str
    numbers: Any


class Stage:
    """One batch of draws of a calibration, kept in a folder of its own."""

    def __init__(self, root: Path, name: str, trial: Trial) -> None:
        self._root, self._folder, self._trial = root, root / name, trial

    def points(self, make: Callable[[], Any]) -> Any:
        """Return the draws, points of the unit cube; made, and kept, at first."""
        names = self._trial.names
        path = self._folder / _POINTS
        if not path.exists():
            import pandas as pd

            made = pd.DataFrame(make(), columns=list(names))
            save_frame(made, dict.fromkeys(names, "DOUBLE"), path, self._root)
        return read_frame(path)[list(names)].to_numpy(float)

    def answers(self) -> dict[str, Answer]:
        """Return the answers that were kept, by run."""
        path = self._folder / _ANSWERS
        if not path.exists():
            return {}
        table = read_frame(path)
        numbers = table[list(self._trial.goals.ids)].to_numpy(float)
        return {run: Answer(error, row) for run, error, row in zip(table["run"], table["error"], numbers, strict=True)}

    def keep(self, tasks: Mapping[str, Task], answers: Mapping[str, Answer]) -> None:
        """Keep the answers of those tasks, by run, that have one."""
        import pandas as pd

        ids = list(self._trial.goals.ids)
        rows = [
            (name, task.draw, task.replicate, task.seed, answers[name].error, *answers[name].numbers)
            for name, task in tasks.items()
            if name in answers
        ]
        columns = _RUN_COLUMNS | dict.fromkeys(ids, "DOUBLE")
        table = pd.DataFrame(rows, columns=list(columns))
        save_frame(table, columns, self._folder / _ANSWERS, self._root)

    def shapes(self, make: Callable[[], list[Shape]]) -> list[Shape]:
        """Return the shapes of the stage's emulators; made, and kept, at first."""
        path = self._folder / _SHAPES
        if not path.exists():
            write_sealed(path, [asdict(shape) for shape in make()], self._root)
        return [
            Shape(tuple(one["active"]), tuple(one["theta"]), one["centre"], one["spread"], one["is_log"])
            for one in read_sealed(path, self._root)
        ]


def take_folder(root: Path, trial: Trial, settings: Settings) -> None:
    """Make a folder that of a calibration, or find that it is.

    Raises
    ------
    DesignError
        If another calibration, or something else, is in it.
    """
    goals = trial.goals
    asked = {
        "schema": SCHEMA,
        "identity": trial.identity,
        "parameters": list(trial.names),
        "targets": [
            [name, float(value), float(tolerance), bool(used)]
            for name, value, tolerance, used in zip(
                goals.ids, goals.values, goals.tolerances, goals.is_used, strict=True
            )
        ],
        **asdict(settings),
    }
    path = root / _SETTINGS
    if not path.exists():
        if root.is_dir() and any(root.iterdir()):
            raise DesignError(f"{root} is not empty and holds no calibration; name another folder")
        write_sealed(path, asked, root)
    found = read_sealed(path, root)
    differing = [key for key in asked if found.get(key) != asked[key]]
    if differing:
        told = "the model or its inputs" if differing == ["identity"] else ", ".join(differing)
        raise DesignError(f"{root} holds another calibration: {told} differ; name another folder")
