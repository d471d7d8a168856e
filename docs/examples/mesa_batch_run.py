"""Mesa's own batch_run drives the model over scenarios and seeds.

It works because a ``TalentModel`` is a ``mesa.Model`` with a data collector that stops by itself; for more than a few
runs, `talentflow experiment` is faster and survives interruptions. Run it with `python docs/examples/mesa_batch_run.py`.
"""

from __future__ import annotations

from typing import Any

import mesa
import pandas as pd

from scenarios import load
from simulation import TalentModel

UNTIL = "2028-12"


def run(
    scenarios: tuple[str, ...] = ("baseline", "whole-article"), seeds: tuple[int, ...] = (1, 2), *, scale: int = 5_000
) -> Any:
    """Return the stock at the horizon: a row a seed, a column a scenario."""
    parameters = {
        "scenario": [load(name) for name in scenarios],
        # Not "seed", nor iterations: Mesa 3.5 overwrites the first, and each Mesa draws other seeds for the second.
        "rng": list(seeds),
        "scale": scale,
        "until": UNTIL,
    }
    # The model stops at its horizon; a larger max_steps keeps Mesa 3.3, which runs one step more than it, from failing.
    rows = mesa.batch_run(TalentModel, parameters, number_processes=1, max_steps=10_000, display_progress=False)
    found = pd.DataFrame(rows)
    found["scenario"] = [scenario.id for scenario in found["scenario"]]
    return found.pivot_table(index="rng", columns="scenario", values="stock")[list(scenarios)]


if __name__ == "__main__":
    stock = run()
    print(stock.assign(difference=stock["whole-article"] - stock["baseline"]))
