"""What a coarser scale costs: levels and effects of reforms with one row for ever more people, each with its error.

The same months under the same law, from one row for ten people to one for two thousand. Finer scales get fewer replicates: the
people simulated are what an error shrinks with. A level or an effect that departs from that of the finest scale by more than the
errors allow is a property of the scale, not of the country.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from typing import Any

import numpy as np

from benchmarks.measure import machine, table
from experiments import compare

REPLICATES = {2000: 40, 1000: 40, 500: 30, 200: 16, 100: 12, 10: 3}
"""Pairs of runs by people that one row stands for."""
REFORMS = ("category-a-less-stringent", "flexible-social-insurance", "one-stop")
OUTCOMES = ("stock", "inflow", "days_to_permit_median", "pr_granted")
DATE = "2035-12"


def measured(scale: int, replicates: int) -> list[dict[str, Any]]:
    """Return mean and standard error of each level, and of each reform's effect on the stock, at one scale."""
    began = time.process_time()
    result = compare(
        REFORMS, outcomes=OUTCOMES, dates=[DATE], replicates=replicates, scale=scale, until=DATE, paths=False, jobs=1,
        draws=0,
    )  # fmt: skip
    seconds = (time.process_time() - began) / replicates
    rows = [_row(scale, seconds, f"{one}, level", result.paths(REFORMS[0], one, "all")[0][:, -1]) for one in OUTCOMES]
    for reform in REFORMS:
        before, after = (values[:, -1] for values in result.paths(reform, "stock", "all"))
        rows.append(_row(scale, seconds, f"{reform}, effect on stock", after - before))
    return rows


def _row(scale: int, seconds: float, what: str, values: Any) -> dict[str, Any]:
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return {
        "what": what,
        "people a row": scale,
        "pairs": len(values),
        "mean": float(np.mean(values)),
        "error": error,
        "CPU s a replicate": seconds,
    }


def beside_finest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows, by what they are of, with how far each departs from the finest scale, in percent and in errors."""
    finest = {row["what"]: row for row in sorted(rows, key=lambda row: -row["people a row"])}
    told = []
    for row in sorted(rows, key=lambda row: (row["what"], -row["people a row"])):
        best = finest[row["what"]]
        apart, error = row["mean"] - best["mean"], math.hypot(row["error"], best["error"])
        is_best = row is best or not error
        told.append(row | {"off %": 100 * apart / best["mean"], "errors off": 0.0 if is_best else apart / error})
    return told


def main() -> None:
    """Run every scale and print what it answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--finest", type=int, default=10, choices=sorted(REPLICATES), help="people a row at the finest")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = [row for scale, n in REPLICATES.items() if scale >= asked.finest for row in measured(scale, n)]
    told = beside_finest(rows)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": told}, indent=1))
        return
    print(" ".join(f"{name} {value}" for name, value in machine().items()))
    print(table(told))


if __name__ == "__main__":
    main()
