"""Batches whose plan and numbers are made up, for tests of where they are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from experiments.batch.experiment import Arm, Draw, Experiment, Replicates
from experiments.batch.failure import RunFailure
from experiments.batch.parquet import PLAN_COLUMNS, ROW_COLUMNS
from experiments.batch.state import Planned
from experiments.batch.store import Store
from experiments.design import Design, Question

BASELINE = "baseline"
DATES = ("2030-12", "2035-12")
QUESTION = Question(outcomes=("stock", "inflow"), groups=("all", "category=A"), dates=DATES)


def experiment_of(
    arms: Sequence[str] = ("one-stop", "fast-track"), draws: int = 2, replicates: int = 3, text: str = "id: trial\n"
) -> Experiment:
    """Return an experiment of arms under draws of two parameters, draw 0 with none."""
    return Experiment(
        id="trial",
        title={"en": "A trial", "zh": "试验"},
        arms=tuple(Arm(arm, (arm,), {"tax.rate": 0.1 + number}) for number, arm in enumerate(arms)),
        design=Design(until="2035-12", scale=20_000, replicates=replicates),
        question=QUESTION,
        replicates=Replicates(replicates),
        draws=tuple(
            Draw(number, {"taste": 0.1 * number, "it's [odd]": 1 / 3} if number else {}) for number in range(draws)
        ),
        text=text,
        analyses={"decompose": {"members": ["one-stop"]}},
    )


def run_id(arm: str, draw: int, seed: int) -> str:
    """Return the id of a run."""
    return hashlib.sha256(f"{arm} {draw} {seed}".encode()).hexdigest()[:32]


def plan_of(experiment: Experiment, families_per_chunk: int) -> pd.DataFrame:
    """Return a plan with the columns of a real one: family by family, replicate by replicate."""
    families = [(replicate, draw) for replicate in range(experiment.replicates.least) for draw in experiment.draws]
    rows = [
        planned_run(arm, draw.number, replicate, experiment.design.seed) | {"family": family}
        for family, (replicate, draw) in enumerate(families)
        for arm in (BASELINE, *(arm.id for arm in experiment.arms))
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(chunk=frame["family"] // families_per_chunk)[list(PLAN_COLUMNS)]


def planned_run(arm: str, draw: int, replicate: int, first_seed: int) -> dict[str, Any]:
    """Return a row of a plan, family and chunk aside."""
    seed, is_baseline = first_seed + replicate, arm == BASELINE
    return {
        "run": run_id(arm, draw, seed),
        "arm": arm,
        "role": "baseline" if is_baseline else "reform",
        "against": None if is_baseline else run_id(BASELINE, draw, seed),
        "draw": draw,
        "replicate": replicate,
        "seed": seed,
    }


def planned(experiment: Experiment) -> Planned:
    """Stand in for the planner."""
    return Planned(
        plan_of(experiment, 2), 2, {arm.id: f"path,value\n{arm.id},1\n" for arm in experiment.arms}, "0" * 64
    )


def planned_on(before: pd.DataFrame, experiment: Experiment, per_chunk: int) -> Planned:
    """Stand in for the planner of what is added: new runs in chunks of their own, after the others."""
    whole = planned(experiment)
    added = whole.plan[~whole.plan["run"].isin(before["run"])]
    added = added.assign(chunk=added["chunk"] + int(before["chunk"].max()) + 1)
    return Planned(pd.concat([before, added], ignore_index=True), per_chunk, whole.resolved, whole.source_sha256)


def rows_of(runs: pd.DataFrame) -> pd.DataFrame:
    """Return made-up results of planned runs, the same for the same run; one number in three runs does not exist."""
    rows: list[list[Any]] = []
    asked = [(outcome, group, date) for outcome in QUESTION.outcomes for group in QUESTION.groups for date in DATES]
    for run in runs.to_dict("records"):
        same = [run[name] for name in ("run", "arm", "role", "draw", "replicate", "seed")]
        for number, names in enumerate(asked):
            luck = int(hashlib.sha256(f"{run['run']} {number}".encode()).hexdigest()[:13], 16) / 16**13
            is_none = number == 3 and int(run["run"][:8], 16) % 3 == 0
            rows.append([*same, *names, float("nan") if is_none else 1000 * (number + luck)])
        if run["role"] == "reform":
            rows.append([*same, "pair.touched", "all", "2035-12", float(run["seed"])])
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS))


def failure_of(run: Any) -> RunFailure:
    """Return the failure of a planned run."""
    command = f"talentflow run {run.arm} --seed {run.seed}"
    return RunFailure(
        run.run, run.arm, run.draw, run.replicate, run.seed, "run", "ValueError: nothing", "Traceback ...", command
    )


def fill(store: Store, chunks: Iterable[int] | None = None) -> None:
    """Write results of chunks, of all unless told, for those runs that are left."""
    left = store.left()
    for chunk in sorted(set(left["chunk"])) if chunks is None else chunks:
        runs = left[left["chunk"] == chunk]
        store.write_part(chunk, rows_of(runs), list(runs["run"]))
