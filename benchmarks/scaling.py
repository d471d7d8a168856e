"""What the compiled engine costs: against the number of people, against the share awake, in memory, for the nation.

A month costs something however many people there are, a nanosecond or so for each who sleeps, and most for those who
are awake. The last two are measured on samples of awake and sleeping people, mixed in several shares.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import numpy as np

import scenarios
from benchmarks.measure import Spent, machine, peak_memory_mb, table
from simulation import TalentModel
from simulation.compiled import compiled
from simulation.model import live_rows, new_tally, tables_of
from simulation.records import PERSON, month_index, month_text

SEED = 1
UNTIL = "2040-12"
BYTES_MAX = 256
SAMPLE_SCALE = 1000
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2)
"""Shares of awake people through which the line is drawn."""
REPEATS = 7


def bytes_per_person() -> int:
    """Return the bytes that a person takes: a row, and the month of waking beside it.

    Raises
    ------
    SystemExit
        If it is more than the ``BYTES_MAX`` that the house allows.
    """
    size = PERSON.itemsize + np.dtype(np.int16).itemsize
    if size > BYTES_MAX:
        raise SystemExit(f"a person takes {size} bytes, more than {BYTES_MAX}")
    return size


def run_window(given: Any, *, scale: int, start: str, months: int, threads: int) -> dict[str, object]:
    """Return what some months cost at one scale, after a warm-up that is not timed."""
    drawn, spent, awake = Spent(), Spent(), 0
    model = drawn.on(lambda: TalentModel(given, scale=scale, seed=SEED, threads=threads))
    model.run_until(month_text(month_index(start) - 1))
    for _ in range(months):
        spent.on(model.step)
        awake += model.awake
    person_months = model.people.n * months
    return {
        "rows": model.people.n,
        "scale": scale,
        "threads": threads,
        "draw s": drawn.wall,
        "ms a month": 1e3 * spent.wall / months,
        "cpu ms a month": 1e3 * spent.cpu / months,
        "awake share": awake / person_months,
        "cpu us per awake": 1e6 * spent.cpu / awake,
        "person-months/s": person_months / spent.wall,
    }


def cost_by_share(given: Any, *, scale: int, start: str, rows: int = 100_000) -> dict[str, float]:
    """Return the CPU time of a sleeping and of an awake person, and of a month without people.

    Samples of one month's awake and sleeping people are mixed in the proportions of ``SHARES``, and the best of
    ``REPEATS`` runs of the kernel over each mixture is fitted by a line.
    """
    model = TalentModel(given, scale=scale, seed=SEED)
    model.run_until(month_text(month_index(start) - 1))
    before = model.branch(given)
    model.step()
    # The facts of the month that was just run, on the people as they were before it.
    persons, wake, month = before.people.persons, before.people.wake, before.month
    luck = np.random.default_rng(SEED)
    costs = []
    for share in SHARES:
        n_awake = round(rows * share)
        chosen = np.concatenate(
            [
                luck.choice(np.flatnonzero(wake == month), n_awake),
                luck.choice(np.flatnonzero(wake != month), rows - n_awake),
            ]
        )
        luck.shuffle(chosen)
        costs.append(min(_kernel_seconds(model, given, persons[chosen], wake[chosen], month) for _ in range(REPEATS)))
    # Through the cost of sleeping alone, which is small and known well, and least squares from there.
    shares, above = np.array(SHARES[1:]), np.array(costs[1:]) / rows - costs[0] / rows
    return {
        "ns a sleeping person-month": 1e9 * costs[0] / rows,
        "us an awake person": 1e6 * float((shares * above).sum() / (shares * shares).sum()),
        "ms a month whatever the size": 1e3 * _empty_month_seconds(before),
    }


def _kernel_seconds(model: TalentModel, given: Any, persons: Any, wake: Any, month: int) -> float:
    spent, counts = Spent(), new_tally(given.until + 1)
    facts = model.now._replace(
        month=month,
        policy=given.policy[month],
        places=given.places[month],
        origins=given.origins[month],
        rivals=given.rivals[month],
    )
    shared = tables_of(facts)
    persons, wake = persons.copy(), wake.copy()
    live = compiled(live_rows, cache=True)
    spent.on(lambda: live(persons, wake, 0, len(wake), month, SEED, shared, given.behaviour, counts))
    return spent.cpu


def _empty_month_seconds(model: TalentModel) -> float:
    spent = Spent()
    model.people.wake[:] = model.given.until + 1
    model.people.persons, model.people.wake = model.people.persons[:1], model.people.wake[:1]
    months = min(12, model.given.until - model.month)
    for _ in range(months):
        spent.on(model.step)
    return spent.cpu / months


def national(given: Any, *, scale: int, threads: int) -> dict[str, object]:
    """Run 2000-01 to the end and return time and peak memory."""
    drawn, spent, awake = Spent(), Spent(), 0
    model = drawn.on(lambda: TalentModel(given, scale=scale, seed=SEED, threads=threads))
    while model.month <= given.until:
        spent.on(model.step)
        awake += model.awake
    person_months = model.people.n * (given.until + 1)
    return {
        "rows": model.people.n,
        "scale": scale,
        "threads": threads,
        "months": given.until + 1,
        "draw s": drawn.wall,
        "run s": spent.wall,
        "cpu s": drawn.cpu + spent.cpu,
        "peak MB": peak_memory_mb(),
        "awake share": awake / person_months,
        "person-months/s": person_months / spent.wall,
        "stock at the end": model.outcomes.value("stock", "all", given.until),
    }


def estimate(given: Any, costs: dict[str, float]) -> dict[str, object]:
    """Return what the nation, person by person, should take on one core, from the costs and a small run."""
    model, awake = TalentModel(given, scale=SAMPLE_SCALE, seed=SEED), 0
    for _ in range(given.until + 1):
        model.step()
        awake += model.awake
    people, months = model.people.n * SAMPLE_SCALE, given.until + 1
    asleep = 1e-9 * costs["ns a sleeping person-month"] * people * months
    living = 1e-6 * costs["us an awake person"] * awake * SAMPLE_SCALE
    return {
        "rows": people,
        "months": months,
        "awake share": awake / (model.people.n * months),
        "cpu s": asleep + living + 1e-3 * costs["ms a month whatever the size"] * months,
        "people GB": people * bytes_per_person() / 1e9,
    }


def main() -> None:
    """Run what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="sizes, about")
    parser.add_argument("--start", default="2018-01", help="first month timed (default: 2018-01)")
    parser.add_argument("--months", type=int, default=12, help="months timed (default: 12)")
    parser.add_argument("--national", action="store_true", help=f"run 2000-01 to {UNTIL} instead, at --scale")
    parser.add_argument("--scale", type=int, default=1, help="people a row for --national (default: 1, the nation)")
    parser.add_argument("--threads", type=int, default=2, help="threads for --national (default: 2)")
    parser.add_argument("--json", action="store_true", help="print JSON rather than lines")
    asked = parser.parse_args()
    report: dict[str, Any] = {"machine": machine(), "bytes_per_person": bytes_per_person()}
    given = scenarios.load("baseline").resolve(UNTIL)
    TalentModel(given, scale=100_000, seed=SEED).step()  # compiles, or reads, the kernels
    if asked.national:
        report["national"] = national(given, scale=asked.scale, threads=asked.threads)
    else:
        people = TalentModel(given, scale=SAMPLE_SCALE, seed=SEED).people.n * SAMPLE_SCALE
        report["by_size"] = [
            run_window(
                given, scale=max(1, round(people / rows)), start=asked.start, months=asked.months, threads=threads
            )
            for rows in asked.rows
            for threads in (1, 2)
        ]
        report["by_share"] = cost_by_share(given, scale=max(1, round(people / 200_000)), start=asked.start)
        report["estimate"] = estimate(given, report["by_share"])
    print(json.dumps(report, indent=1) if asked.json else told(report))


def told(report: dict[str, Any]) -> str:
    """Return a report as lines."""
    lines = [
        " ".join(f"{name} {version}" for name, version in report["machine"].items()),
        f"{report['bytes_per_person']} bytes a person",
    ]
    if "national" in report:
        return "\n".join([*lines, table([report["national"]])])
    costs = ", ".join(f"{cost:.3g} {name}" for name, cost in report["by_share"].items())
    lines += [table(report["by_size"]), f"one thread: {costs}", "the nation on one core, estimated:"]
    return "\n".join([*lines, table([report["estimate"]])])


if __name__ == "__main__":
    main()
