"""What keeping a batch costs: finding what is left, reading, verifying; on a made-up store of 100,000 runs.

Nothing is simulated: ids, plan and numbers are drawn. Half of the chunks are left, as after an interruption, and what is
left is found twice: from sound files, and with one damaged footer, after which every file is asked by itself.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measure import Spent, machine, peak_memory_mb, table
from experiments.batch.experiment import Arm, Experiment, Replicates
from experiments.batch.parquet import PLAN_COLUMNS, ROW_COLUMNS
from experiments.batch.parts import part_of
from experiments.batch.state import Planned, lay_out
from experiments.batch.store import Store
from experiments.design import Design, Question

RUNS = 100_000
CHUNK_RUNS = 100
LEFT_SECONDS_MAX = 5.0
"""What finding the runs that are left may take."""
ARMS = ("baseline", "one-stop", "fast-track", "points-based-pr")
QUESTION = Question(
    ("stock", "inflow", "outflow", "pr_stock"), ("all", "category=A", "category=B"), ("2035-12", "2040-12")
)


def made_up_plan(runs: int) -> pd.DataFrame:
    """Return a plan of about so many runs: one draw, a family of ``ARMS`` a replicate."""
    families = max(1, runs // len(ARMS))
    luck = np.random.default_rng(1)
    ids = np.array([luck.bytes(16).hex() for _ in range(families * len(ARMS))], dtype=object)
    family = np.repeat(np.arange(families), len(ARMS))
    against = np.repeat(ids[:: len(ARMS)], len(ARMS))
    against[:: len(ARMS)] = None
    return pd.DataFrame(
        {
            "run": ids,
            "chunk": family // (CHUNK_RUNS // len(ARMS)),
            "family": family,
            "arm": np.tile(np.array(ARMS, dtype=object), families),
            "role": np.tile(np.array(["baseline"] + ["reform"] * (len(ARMS) - 1), dtype=object), families),
            "against": against,
            "draw": 0,
            "replicate": family,
            "seed": 1 + family,
        },
        columns=list(PLAN_COLUMNS),
    )


def made_up_rows(runs: pd.DataFrame, luck: np.random.Generator) -> pd.DataFrame:
    """Return a number for every outcome, group and date of some planned runs."""
    asked = pd.MultiIndex.from_product(
        [QUESTION.outcomes, QUESTION.groups, QUESTION.dates], names=["outcome", "group", "date"]
    ).to_frame(index=False)
    rows = runs[["run", "arm", "role", "draw", "replicate", "seed"]].merge(asked, how="cross")
    return rows.assign(value=luck.normal(1e5, 1e3, len(rows)).round())[list(ROW_COLUMNS)]


def made_up_store(folder: Path, runs: int, *, chunks: Callable[[int], range]) -> Store:
    """Make a store and fill some of its chunks; ``chunks`` chooses them from how many there are."""
    plan = made_up_plan(runs)
    families = len(plan) // len(ARMS)
    experiment = Experiment(
        id="made-up",
        title={"en": "Made up", "zh": "虚构"},
        arms=tuple(Arm(arm, (arm,)) for arm in ARMS[1:]),
        design=Design(replicates=families),
        question=QUESTION,
        replicates=Replicates(families),
    )
    lay_out(folder, experiment, Planned(plan, CHUNK_RUNS // len(ARMS), {}, "0" * 64))
    store = Store.open(folder)
    fill(store, plan, chunks(int(plan["chunk"].max()) + 1))
    return store


def fill(store: Store, plan: pd.DataFrame, chunks: range) -> None:
    """Write made-up results of chunks."""
    luck, by_chunk = np.random.default_rng(2), plan.groupby("chunk")
    for chunk in chunks:
        runs = by_chunk.get_group(chunk)
        store.write_part(chunk, made_up_rows(runs, luck), list(runs["run"]))


def measured(folder: Path, runs: int) -> dict[str, Any]:
    """Make a store and return what its work takes, seconds.

    Raises
    ------
    SystemExit
        If what is left is not found in ``LEFT_SECONDS_MAX``, or wrongly.
    """
    times: dict[str, Spent] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        times[name] = Spent()
        return times[name].on(work)

    store = timed("write half of the parts", lambda: made_up_store(folder, runs, chunks=lambda n: range(0, n, 2)))
    plan = store.plan()
    expected = plan[plan["chunk"] % 2 == 1]["run"].tolist()
    check(timed("what is left", lambda: Store.open(folder).left())["run"].tolist() == expected, "what is left is wrong")
    fill(store, plan, range(1, int(plan["chunk"].max()) + 1, 2))
    check(timed("what is left, all done", lambda: Store.open(folder).left()).empty, "something is left")
    timed("status", lambda: Store.open(folder).status())
    check(timed("verify", store.verify) == [], "damage where there is none")
    timed("values of one number", lambda: store.values(["stock"], groups=["all"], dates=["2035-12"]))
    pairs = timed("pairs of one number", lambda: store.paired("stock", "all", "2035-12"))
    check(len(pairs) == len(plan) * (len(ARMS) - 1) // len(ARMS), "a pair is missing")
    rows = timed("all values", store.values)
    timed("digest of the content", store.content_digest)
    size = store.status().size_bytes
    last = part_of(folder, int(plan["chunk"].max()))
    last.write_bytes(last.read_bytes()[:-4])
    left = timed("what is left, one footer damaged", lambda: Store.open(folder).left())
    check(set(left["chunk"]) == {plan["chunk"].max()}, "the damaged part is not what is left")
    slowest = max(spent.wall for name, spent in times.items() if name.startswith("what is left"))
    check(slowest < LEFT_SECONDS_MAX, f"what is left took {slowest:.1f} s")
    return {
        "runs": len(plan),
        "parts": int(plan["chunk"].max()) + 1,
        "rows": len(rows),
        "store MB": size / 1e6,
        "peak MB": peak_memory_mb(),
        "times": [{"work": name, "s": spent.wall, "cpu s": spent.cpu} for name, spent in times.items()],
    }


def check(holds: bool, complaint: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Stop if something does not hold."""
    if not holds:
        raise SystemExit(complaint)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"runs of the store (default: {RUNS})")
    parser.add_argument("--json", action="store_true", help="print JSON rather than lines")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = measured(Path(folder) / "store", asked.runs)
    if asked.json:
        print(json.dumps({"machine": machine(), **report}, indent=1))
        return
    times = report.pop("times")
    print(" ".join(f"{name} {version}" for name, version in machine().items()))
    print(table([report]))
    print(table(times))


if __name__ == "__main__":
    main()
