"""People counted at the end of a run: their points, and what became of those who were in China."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simulation.names import ON_A, ON_B, ON_C, ON_K, ON_PR, ON_R, RETIRED, SEEKING
from simulation.records import NEVER
from simulation.rules.tally import CATEGORY_GROUPS

BIN = 5
"""Points that a bar of the histogram spans."""
N_BINS = 25
"""Bars from 0 to 124 points; the scale ends at 120."""
ENTRIES = ("A", "B", "C", "R", "K")
"""Permits on which people enter; others are counted as ``other``."""
FATES: dict[str, tuple[int, ...]] = {
    "permit": (ON_A, ON_B, ON_C, ON_R, ON_K),
    "seeking": (SEEKING,),
    "resident": (ON_PR,),
    "retired": (RETIRED,),
    "left": (),
}
"""Where people are at the end, and the statuses that say so; who left is no longer counted."""


class Counted(NamedTuple):
    """People of one run.

    ``points`` counts those on a permit of Category A, B or C at the end by points, shape (N_BINS,). ``fates`` counts
    those who were in China at some time since a month, by permit on their latest entry and where they are at the end,
    shape (ENTRIES and the others, FATES).
    """

    points: Any
    fates: Any


def count_people(persons: Any, *, since: int) -> Counted:
    """Count the people of a run that has ended.

    Parameters
    ----------
    persons
        Rows of people.
    since
        Month, counted from January 2000: who left before it is not counted.
    """
    weight, status = persons["weight"], persons["status"]
    is_here = persons["is_counted"] == 1
    scored = is_here & np.isin(status, (ON_A, ON_B, ON_C))
    bins = np.clip(persons["points"][scored] // BIN, 0, N_BINS - 1)
    points = np.bincount(bins, weight[scored], N_BINS).astype(np.int64)
    has_left = ~is_here & (persons["left_month"] != NEVER) & (persons["left_month"] >= since)
    rows = _entry_of(persons["entry_category"])
    fates = np.zeros((len(ENTRIES) + 1, len(FATES)), np.int64)
    for column, statuses in enumerate(FATES.values()):
        members = is_here & np.isin(status, statuses) if statuses else has_left
        fates[:, column] = np.bincount(rows[members], weight[members], len(ENTRIES) + 1)
    return Counted(points, fates)


def _entry_of(categories: Any) -> Any:
    """Return the place in ENTRIES of groups of category, the last one for any other."""
    places = np.full(len(CATEGORY_GROUPS), len(ENTRIES))
    for place, name in enumerate(ENTRIES):
        places[CATEGORY_GROUPS.index(name)] = place
    return places[categories]
