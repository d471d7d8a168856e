"""Effects of reforms from the runs of a store: means, paired differences and their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from experiments.batch.precision import full_block
from experiments.exporting.outcomes import PAIR
from experiments.pairing import CONFIDENCE, PairSummary, summarise

KEYS = ["arm", "outcome", "group", "date"]
_SHARES = (0.05, 0.5, 0.95)
"""Quantiles over draws."""


@dataclass(frozen=True)
class Effect:
    """One number of one arm; ``draw_low``, ``draw_mid`` and ``draw_high`` are nan for one draw."""

    arm: str
    outcome: str
    group: str
    date: str
    summary: PairSummary
    draws: int
    draw_low: float
    draw_mid: float
    draw_high: float

    def to_row(self) -> dict[str, Any]:
        """Return the effect as a row of a table."""
        told = asdict(self)
        summary: dict[str, Any] = told.pop("summary")
        del summary["variance_ratio"]
        return told | summary


def pairs_of(values: Any, plan: Any) -> Any:
    """Return each value of a reform beside that of its baseline, as the plan pairs them.

    Parameters
    ----------
    values
        Columns arm, role, draw, replicate, outcome, group, date, value.
    plan
        Columns run, arm, role, against, draw, replicate.

    Returns
    -------
        Columns arm, draw, replicate, outcome, group, date, baseline, reform. Values that only a pair has, such as
        people added, have baseline 0. A pair without a baseline that is done is left out.
    """
    same = ["draw", "replicate", "outcome", "group", "date"]
    reforms = values[values["role"] == "reform"].merge(links_of(plan), on=["arm", "draw", "replicate"])
    baselines = values.loc[values["role"] == "baseline", ["arm", *same, "value"]]
    found = reforms.merge(
        baselines.rename(columns={"arm": "base", "value": "baseline"}), how="left", on=["base", *same], indicator=True
    )
    of_pair = found["outcome"].str.startswith(PAIR)
    found.loc[of_pair, "baseline"] = 0.0
    found = found[of_pair | (found["_merge"] == "both")]
    return found.rename(columns={"value": "reform"})[["arm", *same, "baseline", "reform"]]


def links_of(plan: Any) -> Any:
    """Return the arm of the baseline that each run of a reform is compared with.

    ``plan`` is that of :func:`pairs_of`; the result has columns arm, draw, replicate, base.
    """
    runs = plan[["run", "arm"]].rename(columns={"run": "against", "arm": "base"})
    reforms = plan.loc[plan["role"] == "reform", ["arm", "draw", "replicate", "against"]]
    return reforms.merge(runs, on="against").drop(columns="against")


def effects_of(pairs: Any, *, confidence: float = CONFIDENCE) -> Iterator[Effect]:
    """Yield the effect of every arm, outcome, group and date of some pairs, in the order they are met.

    Notes
    -----
    With several draws, a replicate's pair is the mean over draws: draws share their seeds, so pairs of different draws
    are not independent, and an interval over replicates covers chance alone. What the draws do to the difference is
    told by its quantiles over draws. Where runs are missing, the most pairs are kept for which every replicate has the
    same draws, as :mod:`experiments.batch.precision` has it: ``experiment run`` and exports say the same.
    """
    for key, rows in pairs.groupby(KEYS, sort=False):
        before, after = (_grid(rows, name) for name in ("baseline", "reform"))
        kept = np.ix_(*full_block(np.isfinite(before) & np.isfinite(after)))
        before, after = before[kept], after[kept]
        n_draws = before.shape[1] if before.size else 0
        summary = summarise(_over_draws(before), _over_draws(after), confidence=confidence)
        if str(key[1]).startswith(PAIR):
            summary = _without_levels(summary)
        arm, outcome, group, date = map(str, key)
        low, mid, high = quantiles_over_draws(after - before)
        yield Effect(arm, outcome, group, date, summary, n_draws, low, mid, high)


def levels_of(values: Any) -> Any:
    """Return the mean of every arm, outcome, group and date over runs, and its quantiles over draws.

    Returns
    -------
        Columns arm, outcome, group, date, value, low, high; ``low`` and ``high`` are nan for one draw.
    """
    import pandas as pd

    rows = []
    for key, runs in values.groupby(KEYS, sort=False):
        grid = _grid(runs, "value")
        kept = grid[np.ix_(*full_block(np.isfinite(grid)))]
        low, _, high = quantiles_over_draws(kept)
        rows.append((*key, float(kept.mean()) if kept.size else math.nan, low, high))
    return pd.DataFrame(rows, columns=[*KEYS, "value", "low", "high"])


def quantiles_over_draws(grid: Any) -> tuple[float, float, float]:
    """Return quantiles, over draws, of means over replicates: nan for one draw.

    ``grid`` has shape (replicates, draws).
    """
    if grid.shape[0] == 0 or grid.shape[1] < 2:
        return math.nan, math.nan, math.nan
    low, mid, high = np.quantile(grid.mean(axis=0), _SHARES)
    return float(low), float(mid), float(high)


def _grid(rows: Any, column: str) -> Any:
    # Not pivot_table: a run that is there twice must be an error, not a mean.
    return rows.pivot(index="replicate", columns="draw", values=column).to_numpy(float)  # noqa: PD010


def _over_draws(grid: Any) -> Any:
    return grid.mean(axis=1) if grid.shape[1] else np.empty(0)


def _without_levels(summary: PairSummary) -> PairSummary:
    from dataclasses import replace

    return replace(summary, baseline=math.nan, reform=math.nan)
