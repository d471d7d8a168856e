"""Records as light Python objects, for rules that run in plain Python.

A rule reads attributes many times. One read costs about 2 microseconds on a row of a ``numpy.recarray``, 0.1 through
a Mesa agent, and 0.02 on the objects made here; each value is an ``int`` or a ``float``, as wide as in compiled code.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.records import (
    BEHAVIOUR,
    COMMUNITY,
    ORIGIN,
    PERSON,
    PERSON_FIELDS,
    PLACE,
    POLICY,
    POOL,
    PUBLIC,
    RIVAL,
    Now,
)

_PERSON_NAMES = tuple(field[0] for field in PERSON_FIELDS)


class PlainPerson:
    """One person in plain Python: the fields of PERSON and no others, free to change."""

    __slots__ = _PERSON_NAMES


_setters = tuple(getattr(PlainPerson, name).__set__ for name in _PERSON_NAMES)
_values_of = attrgetter(*_PERSON_NAMES)


def load_person(persons: NDArray[Any], row: int) -> Any:
    """Return a copy of one row of a PERSON array as a ``PlainPerson``."""
    person = PlainPerson()
    for put, value in zip(_setters, persons[row].item(), strict=True):
        put(person, value)
    return person


def copy_of(person: Any) -> Any:
    """Return a copy of a ``PlainPerson``."""
    copy = PlainPerson()
    for put, value in zip(_setters, _values_of(person), strict=True):
        put(copy, value)
    return copy


def store_person(persons: NDArray[Any], row: int, person: Any) -> None:
    """Write a person back into a row; a fraction in a whole-number field is cut off, as compiled code does.

    Raises
    ------
    OverflowError
        If a whole number does not fit its field.
    """
    persons[row] = _values_of(person)


def _frozen(name: str, dtype: np.dtype[Any]) -> Any:
    return NamedTuple(name, [(field, Any) for field in dtype.names or ()])


# Each under its own name in the module: a generated class that is not cannot be pickled.
PlainPolicy = _frozen("PlainPolicy", POLICY)
PlainPlace = _frozen("PlainPlace", PLACE)
PlainPublic = _frozen("PlainPublic", PUBLIC)
PlainOrigin = _frozen("PlainOrigin", ORIGIN)
PlainRival = _frozen("PlainRival", RIVAL)
PlainCommunity = _frozen("PlainCommunity", COMMUNITY)
PlainBehaviour = _frozen("PlainBehaviour", BEHAVIOUR)
PlainPool = _frozen("PlainPool", POOL)

_FROZEN = {
    POLICY: PlainPolicy,
    PLACE: PlainPlace,
    PUBLIC: PlainPublic,
    ORIGIN: PlainOrigin,
    RIVAL: PlainRival,
    COMMUNITY: PlainCommunity,
    BEHAVIOUR: PlainBehaviour,
    POOL: PlainPool,
}


def plain_record(record: Any) -> Any:
    """Return one record as a plain object: a ``PlainPerson`` for a person, a named tuple for anything else.

    Parameters
    ----------
    record
        A row of a structured array of any of the record types, or an array of one row.

    Returns
    -------
        Single numbers as ``int`` or ``float``, vectors as tuples of them.
    """
    if record.dtype == PERSON:
        return load_person(record.reshape(1), 0)
    values = (tuple(value.tolist()) if isinstance(value, np.ndarray) else value for value in record.item())
    return _FROZEN[record.dtype]._make(values)


def plain_table(table: Any) -> tuple[Any, ...]:
    """Return an array of records as a tuple of plain objects; one that is plain already is returned as it is.

    Tables with equal contents share their objects: law and world mostly stand still from month to month.
    """
    if isinstance(table, tuple):
        return table
    return _plain_rows(table.dtype, table.tobytes())


# Keyed by content, not by array: the public facts are rewritten in place every month.
@lru_cache(maxsize=1024)
def _plain_rows(dtype: np.dtype[Any], content: bytes) -> tuple[Any, ...]:
    return tuple(plain_record(record) for record in np.frombuffer(content, dtype))


class PlainMonths:
    """Tables of records by month, each made plain when it is asked for.

    Parameters
    ----------
    tables
        Array of records, by month and row.
    """

    def __init__(self, tables: NDArray[Any]) -> None:
        self.tables = tables

    def __getitem__(self, month: int) -> tuple[Any, ...]:
        return plain_table(self.tables[month])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainMonths) and np.array_equal(self.tables, other.tables)

    # The tables may change.
    __hash__ = None  # type: ignore[assignment]


def plain_now(now: Now) -> Now:
    """Return a month's facts with every record as a plain object.

    ``plain_now`` of a plain ``Now`` is that ``Now``; the rules give the same bits on both.
    """
    if isinstance(now.public, tuple):
        return now
    return now._replace(
        policy=plain_table(now.policy),
        places=plain_table(now.places),
        public=plain_table(now.public),
        origins=plain_table(now.origins),
        rivals=plain_table(now.rivals),
        behaviour=plain_table(now.behaviour)[0],
        communities=plain_table(now.communities),
        policy_by_month=PlainMonths(now.policy_by_month),
        public_by_month=PlainMonths(now.public_by_month),
    )
