"""What pairing saves: replicates needed to know a reform's effect to 5%, with the same people and luck on both sides and without.

Both are worked out from the same runs. Unpaired differences set each reform against the baseline of another seed, so
that nothing is shared; their spread is measured, not derived.
"""

from __future__ import annotations

import argparse
import json
import math
from typing import Any

import numpy as np

from benchmarks.measure import machine, table
from experiments import compare

PRECISION = 0.05
"""Half width of the 95% interval sought, as a share of the effect."""
CASES = (
    ("category-a-less-stringent", "stock", "all"),
    ("flexible-social-insurance", "stock", "all"),
    ("one-stop", "days_to_permit_median", "all"),
    ("points-based-pr-quota", "pr_granted", "all"),
)
"""Reforms with the outcome asked of them; in the last, a quota binds and a line forms."""
DATE = "2035-12"
_NORMAL_95 = 1.96


def needed(differences: Any) -> int:
    """Return the replicates at which the interval of the mean of such differences is as narrow as sought, at least 2."""
    mean, sd = float(np.mean(differences)), float(np.std(differences, ddof=1))
    return max(2, math.ceil((_NORMAL_95 * sd / (PRECISION * abs(mean))) ** 2))


def unpaired(baseline: Any, reform: Any) -> Any:
    """Return differences of every reform from the baselines of all other seeds but its own, shape (n (n - 1),)."""
    apart = np.subtract.outer(np.asarray(reform, float), np.asarray(baseline, float))
    return apart[~np.eye(len(apart), dtype=bool)]


def measured(*, replicates: int, scale: int) -> list[dict[str, object]]:
    """Return one row for each case."""
    rows = []
    for scenario, outcome, group in CASES:
        result = compare(
            [scenario], outcomes=[outcome], groups=[group], dates=[DATE], replicates=replicates, scale=scale,
            until=DATE, paths=False, draws=0,
        )  # fmt: skip
        before, after = (values[:, -1] for values in result.paths(scenario, outcome, group))
        paired, apart = needed(after - before), needed(unpaired(before, after))
        rows.append(
            {
                "reform": scenario,
                "outcome": outcome,
                "effect": float(np.mean(after - before)),
                "replicates paired": paired,
                "replicates unpaired": apart,
                "times as many": apart / paired,
            }
        )
    return rows


def main() -> None:
    """Run every case and print what is needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=40)
    parser.add_argument("--scale", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = measured(replicates=asked.replicates, scale=asked.scale)
    if asked.json:
        print(json.dumps({"machine": machine(), "rows": rows}, indent=1))
        return
    print(" ".join(f"{name} {value}" for name, value in machine().items()))
    print(
        f"{asked.replicates} pairs, one row for {asked.scale} people, {DATE}; interval sought: {PRECISION:.0%} of the effect"
    )
    print(table(rows))


if __name__ == "__main__":
    main()
