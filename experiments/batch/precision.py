"""Whether replicates suffice: intervals of the mean difference of pairs, draws taken together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import pairing
from experiments.batch.experiment import Stop
from experiments.batch.store import Store
from experiments.design import MAX_REPLICATES

if TYPE_CHECKING:
    import pandas as pd


def unmet(store: Store) -> list[str]:
    """Return the arms for which replicates do not suffice yet; none where the experiment asks for no precision."""
    stop = store.experiment.replicates.stop
    if stop is None:
        return []
    pairs = dict(tuple(store.paired(stop.outcome, stop.group, stop.date).groupby("arm")))
    plan = store.plan()
    arms = plan.loc[plan["role"] == "reform", "arm"].drop_duplicates().tolist()
    return [arm for arm in arms if arm not in pairs or not _suffices(pairs[arm], stop)]


def next_replicates(store: Store) -> int | None:
    """Return how many replicates there should be next; None if there are enough, or as many as may be."""
    replicates = store.experiment.replicates
    most = replicates.most or MAX_REPLICATES
    if replicates.least >= most or not unmet(store):
        return None
    if store.paired(*_asked(replicates.stop)).empty:
        # Nothing came of the first ones; more of them would fail alike.
        return None
    return min(replicates.least + replicates.batch, most)


def _asked(stop: Stop | None) -> tuple[str, str, str]:
    return ("", "", "") if stop is None else (stop.outcome, stop.group, stop.date)


def _suffices(pairs: pd.DataFrame, stop: Stop) -> bool:
    summary = pairing.summarise(*by_replicate(pairs), confidence=stop.confidence)
    reach = max(summary.high - summary.difference, summary.difference - summary.low)
    allowed = stop.half_width * abs(summary.difference) if stop.relative else stop.half_width
    return math.isfinite(reach) and reach <= allowed


def by_replicate(pairs: pd.DataFrame) -> tuple[Any, Any]:
    """Return baseline and reform of one arm by replicate, each the mean over draws, shape (replicates,).

    Draws of one replicate share their luck, so replicates are what an interval of chance counts. Where runs are missing, the
    most pairs are kept for which every replicate has the same draws.
    """
    table = pairs.pivot_table(index="replicate", columns="draw", values=["baseline", "reform"], dropna=False)
    before, after = (table[name].to_numpy() for name in ("baseline", "reform"))
    rows, columns = full_block(np.isfinite(before) & np.isfinite(after))
    return before[np.ix_(rows, columns)].mean(axis=1), after[np.ix_(rows, columns)].mean(axis=1)


def full_block(is_there: Any) -> tuple[Any, Any]:
    """Return rows and columns of a large block without a gap: rows are taken in the order of what they have.

    >>> rows, columns = full_block(np.array([[True, True, True], [True, True, False], [False, False, True]]))
    >>> rows.tolist(), columns.tolist()
    ([0, 1], [0, 1])
    """
    order = np.argsort(-is_there.sum(axis=1), kind="stable")
    common = np.logical_and.accumulate(is_there[order], axis=0)
    n_rows = int(np.argmax(common.sum(axis=1) * np.arange(1, len(order) + 1))) + 1
    return np.sort(order[:n_rows]), np.flatnonzero(common[n_rows - 1])
