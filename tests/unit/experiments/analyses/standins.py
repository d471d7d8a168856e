"""A batch in memory: what analyses read of a store, with numbers of our choosing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.batch.experiment import Draw, Experiment
from experiments.batch.status import Status
from experiments.batch.writing import experiment_of

REFORM = "flexible-social-insurance"


class MemoryStore:
    """Holds ``effects`` of one reform, shape (draws, replicates), under draws of parameters."""

    def __init__(self, names: tuple[str, ...], inputs: Any, effects: Any, **asked: Any) -> None:
        draws = [
            Draw(number, dict(zip(names, map(float, row), strict=True)))
            for number, row in enumerate(np.asarray(inputs))
        ]
        self.effects = np.asarray(effects, float)
        self.folder = Path("memory")
        self.experiment: Experiment = experiment_of(
            ["baseline", REFORM], draws=draws, replicates=self.effects.shape[1], dates=("2030-12",), **asked
        )
        self.derived: dict[str, str] = {}

    def draws(self) -> pd.DataFrame:
        rows = [{"draw": draw.number, **draw.parameters} for draw in self.experiment.draws]
        return pd.DataFrame(rows)

    def paired(self, outcome: str, group: str, date: str) -> pd.DataFrame:
        table = self._long().assign(arm=REFORM, baseline=1_000.0)
        return table.assign(reform=table["baseline"] + table["value"]).drop(columns="value")

    def values(self, **asked: Any) -> pd.DataFrame:
        reform = self._long().assign(arm=REFORM, role="reform")
        return pd.concat(
            [reform.assign(value=reform["value"] + 1_000.0), reform.assign(role="baseline", value=1_000.0)]
        )

    def status(self) -> Status:
        n = self.effects.size
        return Status(n, n, 0, 0, self.effects.shape[1], self.effects.shape[1], 1, 0, (), ())

    def derive(self, name: str, content: str) -> Path:
        self.derived[name] = content
        return self.folder / name

    def _long(self) -> pd.DataFrame:
        rows = [
            {"draw": draw, "replicate": replicate, "seed": 1 + replicate, "value": value}
            for draw, values in enumerate(self.effects)
            for replicate, value in enumerate(values)
            if np.isfinite(value)
        ]
        return pd.DataFrame(rows)
