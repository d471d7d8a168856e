"""Baselines that a worker keeps, so that a question costs only the reform's own months.

Kept are the model in the month in which most reforms begin, what is read of the whole baseline, and who was in China in
each month of it: all that a comparison person by person needs.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from copy import copy
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

from experiments.classroom.answering.asked import Asked
from experiments.classroom.answering.laws import baseline_under
from experiments.classroom.answering.packed import PackedOutcomes
from experiments.design import Design
from experiments.persons import Snapshot, snapshot_of
from experiments.replicate import start
from experiments.report.people import Counted, count_people
from simulation.catalogue import RESIDENTS
from simulation.records import month_index

BRANCHES = "2027-01"
"""Month in which a model is kept: most reforms begin in it."""
MOST_BYTES = 400_000_000
"""Arrays of baselines that a worker keeps; the twenty of the default question take half of it."""


class Key(NamedTuple):
    """All that a baseline depends on."""

    seed: int
    number: int | None
    first_seed: int
    draws: int
    scale: int
    until: str


@dataclass
class KeptBaseline:
    """One baseline run to its end.

    ``model`` stands before the month BRANCHES; ``outcomes`` are those of the whole run, of everybody
    alone; ``values`` what was read of all groups before the rest was dropped. ``in_china`` holds who was in
    China by month, a bit a row; ``persons`` are all rows at the end, ``snapshots`` everybody at some months.
    """

    model: Any
    outcomes: Any
    persons: Any
    in_china: dict[int, Any]
    snapshots: dict[int, Snapshot]
    values: dict[str, Any]
    _counted: dict[int, Counted] = field(default_factory=dict)

    def counted(self, since: int) -> Counted:
        """Return the people counted at the end, those included who left in or after a month."""
        if since not in self._counted:
            self._counted[since] = count_people(self.persons, since=since)
        return self._counted[since]


def key_at(asked: Asked, place: int) -> Key:
    """Return the baseline of a pair, counted from 0."""
    number = place % asked.draws if asked.draws else None
    return Key(asked.seed + place, number, asked.seed if asked.draws else 0, asked.draws, asked.scale, asked.until)


class Reading(Protocol):
    """What is asked of baselines that end with a month."""

    def dates(self, until: str) -> tuple[int, ...]:
        """Return the months in which people are compared, counted from January 2000."""

    def values(self, outcomes: Any, until: str) -> dict[str, Any]:
        """Return what is read of the outcomes of a whole run."""


def run_baseline(key: Key, reading: Reading) -> KeptBaseline:
    """Run a baseline to its end and keep what is asked of it."""
    given = baseline_under(key.until, key.draws, key.first_seed, key.number)
    trunk = new_model(key, given)
    end, branches, dates = month_index(key.until), month_index(BRANCHES), reading.dates(key.until)
    in_china: dict[int, Any] = {}
    snapshots: dict[int, Snapshot] = {}
    model = trunk
    while model.month <= end:
        if model.month == branches:
            # The copy goes on; the model that waits is packed.
            model = trunk.branch(given)
            trunk.outcomes = PackedOutcomes(trunk.outcomes)
        now = int(model.month)
        model.step()
        in_china[now] = np.packbits(model.people.persons["is_counted"] == 1)
        if now in dates:
            snapshots[now] = snapshot_of(model.people.persons)
    values = reading.values(model.outcomes, key.until)
    kept = KeptBaseline(trunk, _of_everybody(model.outcomes), model.people.persons, in_china, snapshots, values)
    if model is not trunk:
        let_go(model)
    return kept


def let_go(model: Any) -> None:
    """Take away all that a model holds: it is part of circles, which are found late, and 25 MB at class scale."""
    vars(model).clear()


def _of_everybody(outcomes: Any) -> Any:
    """Return outcomes without what only groups need: a tenth of the memory."""
    slim = copy(outcomes)
    slim.events = outcomes.events[:, :, :1].copy()
    slim.levels = outcomes.levels[:, :, : RESIDENTS + 1].copy()
    del slim.cohorts, slim.filled, slim.posts
    return slim


def new_model(key: Key, given: Any) -> Any:
    """Return a model before its first month."""
    return start(given, Design(seed=key.seed, replicates=1, scale=key.scale, until=key.until), key.seed)


class Baselines:
    """The baselines a worker has run, the ones used last kept."""

    def __init__(self, reading: Reading, most_bytes: int = MOST_BYTES) -> None:
        self._reading, self._most_bytes = reading, most_bytes
        self._kept: OrderedDict[Key, KeptBaseline] = OrderedDict()
        self._sizes: dict[Key, int] = {}
        self.is_full = False
        """Whether some had to be let go: then none is prepared."""

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def get(self, key: Key) -> KeptBaseline:
        """Return a baseline; run it first if need be."""
        if key not in self._kept:
            self._kept[key] = kept = run_baseline(key, self._reading)
            # What it is given is shared with others, and kept elsewhere.
            shared: set[int] = set()
            bytes_of(kept.model.given, shared)
            self._sizes[key] = bytes_of(kept, shared)
            while sum(self._sizes.values()) > self._most_bytes and len(self._kept) > 1:
                oldest, _ = self._kept.popitem(last=False)
                del self._sizes[oldest]
                self.is_full = True
                # A model that waited is part of circles; pairs that are under way may still need it.
                gc.collect()
        self._kept.move_to_end(key)
        return self._kept[key]


def bytes_of(value: Any, seen: set[int]) -> int:
    """Return the bytes of all arrays that a value holds, those beneath a view in full; ``seen`` are left out."""
    while isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
        value = value.base
    if id(value) in seen:
        return 0
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, dict):
        return sum(bytes_of(one, seen) for one in value.values())
    if isinstance(value, list | tuple):
        return sum(bytes_of(one, seen) for one in value)
    return sum(bytes_of(one, seen) for one in getattr(value, "__dict__", {}).values())
