"""The disk that results take, from a trial file of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.experiment import Experiment
from experiments.batch.parquet import ROW_COLUMNS
from experiments.batch.parts import sidecar_of, write_part
from experiments.batch.plan import REFORM, PlannedArm, families_per_chunk
from simulation.records import month_index

if TYPE_CHECKING:
    import pandas as pd

_PAIR_NUMBERS = 8
_SPREAD = 0.01
"""How far the numbers of other runs lie from the pilot's, about, as a share: equal ones would be packed into nothing."""


def bytes_per_run(experiment: Experiment, arms: Sequence[PlannedArm], values: Any) -> float:
    """Return what a run takes in a file of results and its sums, bytes.

    Parameters
    ----------
    arms
        Laws of one family.
    values
        Of one run, shape (outcomes, groups, months up to the end); the others are taken to be much like it.
    """
    runs = [arm for arm in arms for _ in range(families_per_chunk(experiment, len(arms)))]
    rows = _rows(experiment, runs, values)
    with tempfile.TemporaryDirectory(prefix="talentflow-") as folder:
        part = Path(folder) / "part-000000.parquet"
        write_part(part, rows, rows["run"].unique(), Path(folder))
        return (part.stat().st_size + sidecar_of(part).stat().st_size) / len(runs)


def _rows(experiment: Experiment, runs: Sequence[PlannedArm], values: Any) -> pd.DataFrame:
    """Return the rows of a file that holds such runs."""
    import numpy as np
    import pandas as pd

    question, last = experiment.question, month_index(experiment.design.until)
    outcomes = [
        (outcome, group, date, float(values[i, j, month_index(date) - last - 1]))
        for i, outcome in enumerate(question.outcomes)
        for j, group in enumerate(question.groups)
        for date in question.dates
    ]
    pairs = [(f"pair.{number}", "all", date, 1000.0) for number in range(_PAIR_NUMBERS) for date in question.dates]
    rows = [
        (hashlib.sha256(str(run).encode()).hexdigest()[:32], arm.arm, arm.role, run, run, run, *number)
        for run, arm in enumerate(runs)
        for number in (outcomes + pairs if arm.role == REFORM else outcomes)
    ]
    frame = pd.DataFrame(rows, columns=list(ROW_COLUMNS))
    frame["value"] *= 1 + _SPREAD * np.random.default_rng(0).standard_normal(len(rows))
    return frame
