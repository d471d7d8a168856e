"""Effects of arms as a store holds them: reform less baseline, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.analyses.numbers import OF_A_PAIR
from experiments.design import DesignError

COST = "pair.cost"


def effects_of(store: Any, outcome: str, group: str, date: str) -> Any:
    """Return the effect of each arm in each pair: a table of arm, draw, replicate, effect, sorted.

    Parameters
    ----------
    store
        An :class:`experiments.batch.store.Store`.
    outcome
        An outcome that the store holds; one of a pair, such as ``pair.cost``, is an effect as it stands.
    """
    if outcome.startswith(OF_A_PAIR):
        table = store.values(outcomes=[outcome], groups=["all"], dates=[date])
        table = table[table["role"] == "reform"]
        return table.assign(effect=table["value"])[["arm", "draw", "replicate", "effect"]]
    table = store.paired(outcome, group=group, date=date)
    return table.assign(effect=table["reform"] - table["baseline"])[["arm", "draw", "replicate", "effect"]]


def effect_array(table: Any, arms: Sequence[str]) -> tuple[Any, tuple[int, ...], tuple[int, ...]]:
    """Return effects as an array of shape (arms, draws, replicates), with the numbers of its draws and replicates.

    Pairs that are missing are nan.

    Raises
    ------
    DesignError
        If an arm has no pair at all.
    """
    draws = tuple(sorted(int(draw) for draw in table["draw"].unique()))
    replicates = tuple(sorted(int(replicate) for replicate in table["replicate"].unique()))
    values = np.full((len(arms), len(draws), len(replicates)), np.nan)
    for place, arm in enumerate(arms):
        own = table[table["arm"] == arm]
        if own.empty:
            raise DesignError(f"no pair of runs of {arm!r} is done yet: resume the batch first")
        at = np.searchsorted(draws, own["draw"]), np.searchsorted(replicates, own["replicate"])
        values[place, at[0], at[1]] = own["effect"]
    return values, draws, replicates
