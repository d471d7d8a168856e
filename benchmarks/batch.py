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
from experiments.batch.experiment import Arm, Experiment, Replicates
from experiments.batch.store import Store
from experiments.design import Design, Question

N_ARMS = 20
MANY_RUNS = 100_000
SHARE_MAX = 0.10
A = "work_permit.category_a.points_min"


def experiment_of(replicates: int, scale: int) -> Experiment:
    """Return a batch of class size: 20 laws that begin in 2027, until 2040, and the default numbers of an analysis."""
    arms = tuple(Arm(f"points-{60 + number}", (), {A: 60.0 + number}, "2027-01") for number in range(N_ARMS))
    question = Question(
        ("stock", "inflow", "stay_3y", "public_cost"),
        ("all", "category=A"),
        ("2030-12", "2035-12", "2040-12"),
        paths=False,
    )
    design = Design(replicates=replicates, scale=scale)
    return Experiment("class", {"en": "class", "zh": "class"}, arms, design, question, Replicates(replicates))


def inside(engine: Spent, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of the model whose time counts as the engine's."""

    def timed(*arguments: Any, **named: Any) -> Any:
        return engine.on(lambda: method(*arguments, **named))

    return timed


def share_outside(folder: Path, replicates: int, scale: int) -> float:
    """Return the share of this process's CPU time, its start included, that a batch spends outside the engine."""
    from simulation.model import TalentModel

    engine = Spent()
    methods = {name: getattr(TalentModel, name) for name in ("step", "branch", "__init__")}
    for name, method in methods.items():
        setattr(TalentModel, name, inside(engine, method))
    store = Store.create(folder, experiment_of(replicates, scale))
    run_batch(folder, jobs=1)
    store.content_digest()
    for name, method in methods.items():
        setattr(TalentModel, name, method)
    return 1 - engine.cpu / time.process_time()


def throughput(folder: Path, replicates: int, scale: int, jobs: int) -> dict[str, object]:
    """Return what a batch takes from nothing to the last file, and what many runs would."""
    began = time.perf_counter()
    Store.create(folder, experiment_of(replicates, scale))
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
        outside = share_outside(Path(place) / "apart", asked.families, asked.scale)
        row = throughput(Path(place) / "whole", max(1, asked.runs // (N_ARMS + 1)), asked.scale, asked.jobs)
    if asked.json:
        print(json.dumps({"machine": machine(), "outside": outside, "rows": [row]}, indent=2))
    else:
        print(f"outside the engine: {100 * outside:.1f}% of the CPU time of {asked.families * (N_ARMS + 1)} runs")
        print(table([row]))
    if outside > SHARE_MAX:
        raise SystemExit(f"more than {SHARE_MAX:.0%} of the time is outside the engine")


if __name__ == "__main__":
    main()
