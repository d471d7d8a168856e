"""The same people under two laws: who is reached, who is in China under only one of them, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache
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


_PLACES = np.arange(8)


def snapshot_of(persons: Any) -> Snapshot:
    """Return a snapshot of rows of people."""
    return Snapshot(persons["is_counted"] == 1, digest_of(persons))


def digest_of(persons: Any) -> Any:
    """Return 64 bits per person that differ where any field of the record does (up to a chance of 2**-64)."""
    digest = np.zeros(len(persons), np.uint64)
    words = _words(persons)
    for place, mask in enumerate(_mask(persons.dtype)):
        # An odd multiplier keeps every bit; the shift spreads the high bits over the low ones.
        digest = (digest ^ (words[:, place] & mask)) * np.uint64(0x9E3779B97F4A7C15)
        digest ^= digest >> np.uint64(29)
    return digest


def _words(persons: Any) -> Any:
    """Return records as words of 64 bits, shape (rows, words), the last one filled up with zeros."""
    rows = np.ascontiguousarray(persons).view(np.uint8).reshape(len(persons), -1)
    short = -rows.shape[1] % 8
    return (np.pad(rows, ((0, 0), (0, short))) if short else rows).view(np.uint64)


@cache
def _mask(record: np.dtype[Any]) -> Any:
    """Return the bits of a record's words that belong to a field; what lies between fields is left to chance."""
    held = np.zeros(record.itemsize + -record.itemsize % 8, np.uint8)
    for kind, start, *_ in (record.fields or {}).values():
        held[start : start + kind.itemsize] = 0xFF
    return held.view(np.uint64)


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
        # Months in China under one law alone, row by row: no month counts anything twice.
        self._months = (np.zeros(self._n, np.int64), np.zeros(self._n, np.int64))

    def copy(self) -> Pairing:
        """Return one that has counted the same months so far."""
        other = copy(self)
        other._months = (self._months[0].copy(), self._months[1].copy())  # noqa: SLF001 - its own kind
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
        """Count one more month, given who is in China in each run, a bit a row."""
        rows, is_after = self._differing(before, after)
        self._months[0][rows[is_after]] += 1
        self._months[1][rows[~is_after]] += 1

    def _differing(self, before: Any, after: Any) -> tuple[Any, Any]:
        """Return the rows in China in one run alone, and whether that is the second one."""
        if self._same:
            # Most bytes are alike: only those that differ are taken apart.
            changed = before ^ after
            at = np.flatnonzero(changed)
            differs = np.unpackbits(changed[at]).view(bool)
            rows = (at[:, None] * 8 + _PLACES).ravel()[differs]
            return rows, np.unpackbits(after[at]).view(bool)[differs]
        sides = [
            np.unpackbits(bits, count=len(at)).view(bool) for bits, at in zip((before, after), self._at, strict=True)
        ]
        was_here, is_here = self._side_by_side(*sides)
        rows = np.flatnonzero(was_here != is_here)
        return rows, is_here[rows]

    def at(self, before: Snapshot, after: Snapshot) -> dict[str, Touched]:
        """Return, by group, the people reached at a date, with the months counted so far."""
        is_before, is_after = self._side_by_side(before.is_counted, after.is_counted)
        digests = self._side_by_side(before.digest, after.digest)
        touched = digests[0] != digests[1]
        additional, displaced = (self._weight * months for months in self._months)
        found = {}
        for group, members in self._members.items():
            reached = members & touched
            found[group] = Touched(
                touched=self._sum(reached),
                additional=self._sum(members & is_after & ~is_before),
                displaced=self._sum(members & is_before & ~is_after),
                abroad=self._sum(reached & ~is_before & ~is_after),
                deadweight=self._sum(reached & is_before & is_after),
                additional_months=int(additional[members].sum()),
                displaced_months=int(displaced[members].sum()),
            )
        return found

    def _sum(self, who: Any) -> int:
        return int(self._weight[who].sum())


def _is_in(rows: Any, group: str) -> Any:
    family, _, name = group.partition("=")
    return np.ones(len(rows), bool) if group == "all" else rows[family] == TRAITS[family].index(name)
