"""SALib asks which of three uncertain parameters the stock depends on, by Morris' elementary effects.

Run it with `python docs/examples/salib_sensitivity.py`; the coarse scale answers in seconds and shows the way, no more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from SALib.analyze import morris as analyze
from SALib.sample import morris as sample

from experiments import evaluate

OUTCOME = "stock@2019-12"
PROBLEM = {
    "num_vars": 3,
    "names": ["beta", "career_gain.research", "lead_weight"],
    "bounds": [[0.8, 2.8], [0.0, 0.3], [0.4, 0.8]],
}


def run(trajectories: int = 4, *, scale: int = 5_000, seed: int = 1) -> Any:
    """Return SALib's table: mu_star is how far a parameter moves the stock over its range, in people."""
    design = sample.sample(PROBLEM, trajectories, num_levels=4, seed=seed)
    # One seed for all: the people and their luck stay the same, and only the parameters differ.
    stocks = [
        evaluate("baseline", dict(zip(PROBLEM["names"], row, strict=True)), seed, scale, [OUTCOME]) for row in design
    ]
    found = analyze.analyze(PROBLEM, design, np.array([stock[OUTCOME] for stock in stocks]), num_levels=4, seed=seed)
    return found.to_df()


if __name__ == "__main__":
    print(run())
