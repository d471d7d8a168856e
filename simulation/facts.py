"""What everybody faced in each month of a run: recorded while it runs, given back month by month.

A person's path depends on nothing else but who they are and the seed, so these facts are enough to live any life of the
run again. From month to month only the rows of a table that changed are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.plain import plain_now
from simulation.records import Now

_COUNTED = ("month", "seed")
"""Fields of ``Now`` that are no tables."""
_BY_MONTH = "_by_month"
"""Ending of the fields of ``Now`` that hold the past of another table: the kept months give it again."""
_PASTS = tuple(name for name in Now._fields if name.endswith(_BY_MONTH))
TABLES = tuple(name for name in Now._fields if name not in _COUNTED and not name.endswith(_BY_MONTH))
"""Fields of ``Now`` that are kept."""


class Course(NamedTuple):
    """One table of ``Now`` through the months.

    ``rows`` holds every row that is new or has changed, month after month; ``at`` the place of each in the table;
    ``changed`` how many there are in each month, ``length`` how many rows the table has in it.
    """

    rows: NDArray[Any]
    at: NDArray[np.int32]
    changed: NDArray[np.int32]
    length: NDArray[np.int32]


class Recorder:
    """Keeps what everybody faces: called with the facts of every month, from January 2000 on."""

    def __init__(self) -> None:
        self.months = 0
        self._seed = 0
        self._last: dict[str, NDArray[Any]] = {}
        self._kept: dict[str, list[tuple[NDArray[Any], NDArray[Any], int]]] = {}

    def __call__(self, now: Now) -> None:
        """Take in the facts of the next month.

        Raises
        ------
        ValueError
            If a month is passed over.
        """
        if now.month != self.months:
            raise ValueError(f"facts are kept month by month: expected month {self.months}, got {now.month}")
        self.months, self._seed = now.month + 1, now.seed
        for name in TABLES:
            self._keep(name, np.asarray(getattr(now, name)))

    def _keep(self, name: str, table: NDArray[Any]) -> None:
        last = self._last.get(name, table[:0])
        at = changed_rows(last, table)
        self._kept.setdefault(name, []).append((table[at], at, len(table)))
        # The model rewrites its tables in place.
        self._last[name] = table.copy()

    def facts(self, *, scale: int, pool: NDArray[Any]) -> Facts:
        """Return what was kept.

        Parameters
        ----------
        scale
            People that one row of the run stands for.
        pool
            The record that the run's people were drawn from, one row of POOL.
        """
        courses = {}
        for name, kept in self._kept.items():
            rows, at, lengths = zip(*kept, strict=True)
            changed = np.array([len(part) for part in at], np.int32)
            courses[name] = Course(
                np.concatenate(rows), np.concatenate(at).astype(np.int32), changed, np.array(lengths, np.int32)
            )
        return Facts(self._seed, scale, self.months, pool, courses)


def changed_rows(old: NDArray[Any], new: NDArray[Any]) -> NDArray[np.intp]:
    """Return the places of the rows of a table that are not as they were, to the bit; rows added count."""
    common = min(len(old), len(new))
    differs = np.ones(len(new), bool)
    if common:
        before, after = (np.ascontiguousarray(part[:common]).view(np.uint8).reshape(common, -1) for part in (old, new))
        differs[:common] = (before != after).any(axis=1)
    return np.flatnonzero(differs)


# Told apart by identity: comparing all of it would take long, and what is worked out from it may then be kept.
@dataclass(frozen=True, eq=False)
class Facts:
    """What everybody faced in a run.

    Attributes
    ----------
    seed, scale
        Those of the run.
    months
        Months kept, from January 2000 on.
    pool
        One row of POOL.
    courses
        Tables of ``Now`` by name.
    """

    seed: int
    scale: int
    months: int
    pool: NDArray[Any]
    courses: Mapping[str, Course]

    def now_at(self, month: int) -> Now:
        """Return the facts of one month, 0 to ``months`` - 1, with plain records."""
        return Calendar(self).turn_to(month)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything as named arrays, to be stored."""
        arrays = {"run": np.array([self.seed, self.scale, self.months], np.int64), "pool": self.pool}
        for name, course in self.courses.items():
            arrays |= {f"{name}.{part}": array for part, array in course._asdict().items()}
        return arrays

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Facts:
        """Return the facts that ``arrays`` gave; raise KeyError if a table of ``Now`` is missing."""
        seed, scale, months = (int(number) for number in arrays["run"])
        courses = {name: Course(*(arrays[f"{name}.{part}"] for part in Course._fields)) for name in TABLES}
        return cls(seed, scale, months, arrays["pool"], courses)


class Calendar:
    """Turns the pages of kept facts, month after month; it goes forwards only."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._month = -1
        self._tables: dict[str, NDArray[Any]] = {}
        self._read = dict.fromkeys(facts.courses, 0)
        self._past = {name: self._months_of(name.removesuffix(_BY_MONTH)) for name in _PASTS}

    def _months_of(self, name: str) -> NDArray[Any]:
        """Return room for a table in every month."""
        course = self._facts.courses[name]
        return np.zeros((self._facts.months, int(course.length[0]), *course.rows.shape[1:]), course.rows.dtype)

    def turn_to(self, month: int) -> Now:
        """Return the facts of a month not before the last one asked for, with plain records.

        Raises
        ------
        ValueError
            If the month lies before the last one asked for, or was not kept.
        """
        if not max(0, self._month) <= month < self._facts.months:
            raise ValueError(f"month {month} is not kept, or lies before month {self._month}, which was read last")
        while self._month < month:
            self._month += 1
            for name, course in self._facts.courses.items():
                self._advance(name, course)
            for name, past in self._past.items():
                past[self._month] = self._tables[name.removesuffix(_BY_MONTH)]
        return plain_now(Now(month=month, seed=self._facts.seed, **self._tables, **self._past))

    def _advance(self, name: str, course: Course) -> None:
        changed, length = int(course.changed[self._month]), int(course.length[self._month])
        table = self._tables.get(name)
        if table is None or len(table) != length:
            longer = np.zeros((length, *course.rows.shape[1:]), course.rows.dtype)
            if table is not None:
                common = min(len(table), length)
                longer[:common] = table[:common]
            table = self._tables[name] = longer
        first = self._read[name]
        self._read[name] = first + changed
        table[course.at[first : first + changed]] = course.rows[first : first + changed]
