from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.batch.experiment import Arm, Draw, Experiment, Replicates
from experiments.design import Design, Question

DATES = ("2030-12", "2031-06")
GROUPS = ("all", "category=A", "region=shanghai")
REPLICATES = 4
DRAWS = (Draw(0, {"beta": 1.5}), Draw(1, {"beta": 2.0}))
EXPERIMENT = Experiment(
    id="tried",
    title={"en": "=SUM(A1:A9)", "zh": "试验"},
    arms=(Arm("faster", parts=("one-stop",)), Arm("lower", levers={"work_permit.category_a.points_min": 75.0})),
    design=Design(seed=7, replicates=REPLICATES, scale=1000, until="2031-12"),
    question=Question(("stock", "stay_3y"), GROUPS, DATES, paths=False),
    replicates=Replicates(REPLICATES),
    draws=DRAWS,
)


def value_of(arm: str, draw: int, replicate: int, outcome: str, group: str, date: str) -> float:
    """Return numbers whose means are easily said.

    The stock of ``faster`` is above the baseline by 5 in draw 0 and 6 in draw 1, and by 2 more in each replicate.
    """
    if outcome == "stay_3y":
        return float("nan") if group == "region=shanghai" else 0.5
    if outcome == "pair.additional":
        return 20.0 + replicate
    level = 100.0 * (1 + GROUPS.index(group)) + 10 * draw + replicate + (1000 if date == DATES[1] else 0)
    return level + {"baseline": 0, "faster": 5 + draw + 2 * replicate, "lower": -3}[arm]


def plan_of(experiment: Experiment) -> pd.DataFrame:
    rows = []
    for replicate, draw in itertools.product(range(REPLICATES), (draw.number for draw in experiment.draws)):
        for arm in ("baseline", *(arm.id for arm in experiment.arms)):
            run, base = (f"{name}-{draw}-{replicate}" for name in (arm, "baseline"))
            role = "baseline" if arm == "baseline" else "reform"
            rows.append((run, 0, 0, arm, role, None if arm == "baseline" else base, draw, replicate, 7 + replicate))
    columns = ["run", "chunk", "family", "arm", "role", "against", "draw", "replicate", "seed"]
    return pd.DataFrame(rows, columns=columns)


@dataclass
class StandIn:
    """A store in memory: what an export asks of one, with runs that may be missing."""

    experiment: Experiment = EXPERIMENT
    folder: Path = Path("in memory")
    missing: set[str] = field(default_factory=set)

    def plan(self) -> pd.DataFrame:
        return plan_of(self.experiment)

    def draws(self) -> pd.DataFrame:
        return pd.DataFrame([{"draw": draw.number, **draw.parameters} for draw in self.experiment.draws])

    def done(self) -> set[str]:
        return set(self.plan()["run"]) - self.missing

    def values(self) -> pd.DataFrame:
        columns = ["arm", "role", "draw", "replicate", "seed", "outcome", "group", "date", "value"]
        runs: Any = self.plan().itertuples()
        rows = [
            (run.arm, run.role, run.draw, run.replicate, run.seed, outcome, group, date, value)
            for run in runs
            if run.run not in self.missing
            for outcome in ("stock", "stay_3y", *(["pair.additional"] if run.role == "reform" else []))
            for group in (GROUPS if outcome != "pair.additional" else ("all",))
            for date in DATES
            for value in [value_of(run.arm, run.draw, run.replicate, outcome, group, date)]
        ]
        return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def store() -> StandIn:
    """Return a store all of whose runs are done."""
    return StandIn()


@pytest.fixture
def one_draw() -> StandIn:
    """Return a store without uncertain parameters."""
    return StandIn(replace(EXPERIMENT, draws=(Draw(0),)))


def effect(held: Any, **key: str) -> Any:
    """Return the row of effects that a key names."""
    rows = held.effects
    for name, value in key.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.fixture
def effect_of() -> Any:
    return effect
