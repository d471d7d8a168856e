"""What a batch costs beside its runs: the share of time outside the engine, runs an hour, and what 100,000 runs would take.

The engine is drawing people, stepping months and copying models where laws branch. Everything else is starting processes,
reading the plan, resolving laws, comparing people, reading outcomes and writing files.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import Spent, machine, table
from experiments.batch.driver import run_batch
from experiments.batch.experiment import Arm, Experiment
from experiments.batch.rounds import Shard
from experiments.batch.store import Store
from experiments.batch.writing import experiment_of

N_ARMS = 20
MANY_RUNS = 100_000
SHARE_MAX = 0.10
A = "work_permit.category_a.points_min"


def asked_of(replicates: int, scale: int) -> Experiment:
    """Return a batch of class size: 20 laws that begin in 2027, until 2040, and the default numbers of an analysis."""
    arms = tuple(Arm(f"points-{60 + number}", (), {A: 60.0 + number}, "2027-01") for number in range(N_ARMS))
    outcomes, groups, dates = (
        ("stock", "inflow", "stay_3y", "public_cost"),
        ("all", "category=A"),
        ("2030", "2035", "2040"),
    )
    return experiment_of(
        id="class", arms=arms, replicates=replicates, scale=scale, outcomes=outcomes, groups=groups, dates=dates
    )


def inside(engine: Spent, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of the model whose time counts as the engine's."""

    def timed(*arguments: Any, **named: Any) -> Any:
        return engine.on(lambda: method(*arguments, **named))

    return timed


def taken_apart(folder: Path, families: int, scale: int) -> dict[str, float]:
    """Return where the CPU time of a batch done in one process goes: seconds to plan it, to start a process, and of each run."""
    from simulation.model import TalentModel

    engine, copies, whole = Spent(), Spent(), Spent()
    methods = {name: getattr(TalentModel, name) for name in ("step", "__init__", "branch")}
    planned = Spent()
    store = planned.on(lambda: Store.create(folder, asked_of(families, scale)))
    run_batch(folder, jobs=1, shard=Shard(0, families))
    once = time.process_time()
    for name, method in methods.items():
        setattr(TalentModel, name, inside(copies if name == "branch" else engine, method))
    before = len(store.done())
    whole.on(lambda: run_batch(folder, jobs=1))
    for name, method in methods.items():
        setattr(TalentModel, name, method)
    runs = len(store.done()) - before
    each = {"engine": engine.cpu, "copies": copies.cpu, "rest": whole.cpu - engine.cpu - copies.cpu}
    a_run = {name: seconds / runs for name, seconds in each.items()}
    return {"plan": planned.cpu, "start": once - planned.cpu - before * sum(a_run.values()), **a_run}


def throughput(folder: Path, replicates: int, scale: int, jobs: int) -> dict[str, Any]:
    """Return what a batch takes from nothing to the last file, and what many runs would."""
    began = time.perf_counter()
    Store.create(folder, asked_of(replicates, scale))
    status = run_batch(folder, jobs=jobs)
    seconds = time.perf_counter() - began
    if status.done != status.runs:
        raise SystemExit(f"{status.failed} of {status.runs} runs failed")
    return {
        "runs": status.runs,
        "jobs": jobs,
        "seconds": seconds,
        "runs an hour": 3600 * status.runs / seconds,
        "bytes a run": status.size_bytes / status.runs,
        f"hours for {MANY_RUNS:,}": MANY_RUNS * seconds / status.runs / 3600,
        f"MB for {MANY_RUNS:,}": MANY_RUNS * status.size_bytes / status.runs / 1e6,
    }


def main() -> None:
    """Run the benchmark and print its tables; end with an error where more than ``SHARE_MAX`` is outside the engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000, help="runs whose throughput is measured")
    parser.add_argument("--scale", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--families", type=int, default=5, help="families whose time is taken apart")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="talentflow-batch-") as place:
        apart = taken_apart(Path(place) / "apart", asked.families, asked.scale)
        row = throughput(Path(place) / "whole", max(1, asked.runs // (N_ARMS + 1)), asked.scale, asked.jobs)
    whole = (
        apart["plan"] + apart["start"] * asked.jobs + row["runs"] * (apart["engine"] + apart["copies"] + apart["rest"])
    )
    outside = 1 - row["runs"] * (apart["engine"] + apart["copies"]) / whole
    if asked.json:
        print(json.dumps({"machine": machine(), "apart": apart, "outside": outside, "rows": [row]}, indent=2))
    else:
        print(
            f"CPU seconds: {apart['plan']:.1f} to plan, {apart['start']:.1f} to start each process; a run {apart['engine']:.3f} in the engine, "
            f"{apart['copies']:.3f} copying where laws branch, {apart['rest']:.3f} beside it"
        )
        print(f"outside the engine: {100 * outside:.1f}% of the CPU time of {row['runs']} runs")
        print(table([row]))
    if outside > SHARE_MAX:
        raise SystemExit(f"more than {SHARE_MAX:.0%} of the time is outside the engine")


if __name__ == "__main__":
    main()
