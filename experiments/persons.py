"""The same people under two laws: who is reached, who is in China under only one of them, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any, NamedTuple

import numpy as np

from simulation.names import FIELDS, MODES, ORIGINS, SEXES

TRAITS = {"origin": ORIGINS, "field": FIELDS, "mode": MODES, "sex": SEXES}
"""Families of groups that nobody changes: only of these can people be compared one by one."""


class Touched(NamedTuple):
    """People whom a reform reached by a date, with their weights.

    ``touched``: their record differs in anything; ``additional``: in China only under the reform; ``displaced``: in
    China only under the baseline; ``abroad``: touched, and abroad under both; ``deadweight``: touched, and in China
    under both. ``additional_months`` and ``displaced_months`` count the months so far of those in China under one law
    alone.
    """

    touched: int = 0
    additional: int = 0
    displaced: int = 0
    abroad: int = 0
    deadweight: int = 0
    additional_months: int = 0
    displaced_months: int = 0


class Snapshot(NamedTuple):
    """Everybody at a date: in China or not, and all that is written of them in 64 bits."""

    is_counted: Any
    digest: Any


def snapshot_of(persons: Any) -> Snapshot:
    """Return a snapshot of rows of people."""
    return Snapshot(persons["is_counted"] == 1, digest_of(persons))


def digest_of(persons: Any) -> Any:
    """Return 64 bits per person that differ where any field of the record does (up to a chance of 2**-64)."""
    digest = np.zeros(len(persons), np.uint64)
    for name in persons.dtype.names:
        column = np.ascontiguousarray(persons[name])
        bits = column.view(np.uint64) if column.dtype.itemsize == 8 else column.astype(np.int64).view(np.uint64)
        # An odd multiplier keeps every bit; the shift spreads the high bits of floats over the low ones.
        digest = (digest ^ bits) * np.uint64(0x9E3779B97F4A7C15)
        digest ^= digest >> np.uint64(29)
    return digest


def known_traits(groups: Sequence[str]) -> list[str]:
    """Return the groups, ``all`` first, in which people can be compared one by one."""
    return ["all", *(group for group in groups if group.partition("=")[0] in TRAITS)]


class Pairing:
    """The people of two runs side by side; those whom only one of the runs holds are abroad in the other.

    Parameters
    ----------
    before, after
        Rows of people under the baseline and under a reform, in the order of their ids.
    groups
        Groups to count people in, of :func:`known_traits`.
    """

    def __init__(self, before: Any, after: Any, groups: Sequence[str]) -> None:
        self._same = np.array_equal(before["id"], after["id"])
        ids = before["id"] if self._same else np.union1d(before["id"], after["id"])
        self._at = tuple(np.searchsorted(ids, rows["id"]) for rows in (before, after))
        self._n = len(ids)
        self._weight = np.zeros(self._n, np.int64)
        self._members = {group: np.zeros(self._n, bool) for group in groups}
        for at, rows in zip(self._at, (before, after), strict=True):
            self._weight[at] = rows["weight"]
            for group, members in self._members.items():
                members[at] = _is_in(rows, group)
        self._months = {group: [0, 0] for group in groups}

    def copy(self) -> Pairing:
        """Return one that has counted the same months so far."""
        other = copy(self)
        other._months = {group: list(months) for group, months in self._months.items()}  # noqa: SLF001 - its own kind
        return other

    def _side_by_side(self, before: Any, after: Any) -> tuple[Any, Any]:
        if self._same:
            return before, after
        spread = []
        for at, values in zip(self._at, (before, after), strict=True):
            whole = np.zeros(self._n, values.dtype)
            whole[at] = values
            spread.append(whole)
        return spread[0], spread[1]

    def add_month(self, before: Any, after: Any) -> None:
        """Count one more month, given who is in China in each run."""
        is_before, is_after = self._side_by_side(before, after)
        if np.array_equal(is_before, is_after):
            return
        for group, members in self._members.items():
            self._months[group][0] += self._sum(members & is_after & ~is_before)
            self._months[group][1] += self._sum(members & is_before & ~is_after)

    def at(self, before: Snapshot, after: Snapshot) -> dict[str, Touched]:
        """Return, by group, the people reached at a date, with the months counted so far."""
        is_before, is_after = self._side_by_side(before.is_counted, after.is_counted)
        digests = self._side_by_side(before.digest, after.digest)
        touched = digests[0] != digests[1]
        found = {}
        for group, members in self._members.items():
            reached = members & touched
            found[group] = Touched(
                touched=self._sum(reached),
                additional=self._sum(members & is_after & ~is_before),
                displaced=self._sum(members & is_before & ~is_after),
                abroad=self._sum(reached & ~is_before & ~is_after),
                deadweight=self._sum(reached & is_before & is_after),
                additional_months=self._months[group][0],
                displaced_months=self._months[group][1],
            )
        return found

    def _sum(self, who: Any) -> int:
        return int(self._weight[who].sum())


def _is_in(rows: Any, group: str) -> Any:
    family, _, name = group.partition("=")
    return np.ones(len(rows), bool) if group == "all" else rows[family] == TRAITS[family].index(name)
