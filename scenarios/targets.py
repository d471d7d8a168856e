"""Targets: what a path names, where its values are held, what it may become."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.elements import ELEMENTS, POOL_ELEMENTS
from scenarios.givens import POOL_TABLES, TABLES, fields_of
from scenarios.levers import PLACES, Lever, Scope
from scenarios.library import Library, Tables
from scenarios.uncertainties import Uncertainty
from scenarios.world_words import label_of

_TABLE_OF_WORLD = {"regions": "places", "origins": "origins", "rivals": "rivals", "accounts": "accounts"}


@dataclass(frozen=True)
class Target:
    """One value that a scenario may change: a lever, a parameter of behaviour or a given of the world.

    ``table`` names the part of the tables that holds it, ``row`` its row where the path names one, ``element`` its
    place in a vector. ``scope`` is what `where` may list, None if it is not set by place. ``is_dated`` tells whether
    it may differ from month to month.
    """

    path: str
    table: str
    field: str
    row: int | None
    element: int | None
    scope: Scope | None
    is_dated: bool
    label: Mapping[str, str]
    unit: str
    low: float = -math.inf
    high: float = math.inf
    is_whole: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the columns of its values; one nameless column if it is not set by place."""
        return PLACES[self.scope] if self.scope else ("",)

    def read(self, tables: Tables) -> Any:
        """Return a copy of its values, shape (months, places); one row if it is not dated."""
        if self.table == "pool":
            held = tables.pool[self.field]
            return np.array([[held if self.element is None else held[self.element]]], dtype=float)
        values = getattr(tables, self.table)[self.field][self._at()]
        return np.array(values, dtype=float).reshape(-1, len(self.places))

    def write(self, tables: Tables, values: Any) -> None:
        """Set its values in ``tables``."""
        if self.table == "pool":
            value = float(values[0, 0])
            held = tables.pool[self.field]
            tables.pool[self.field] = value if self.element is None else _with(held, self.element, value)
            return
        part = getattr(tables, self.table)[self.field]
        part[self._at()] = values.reshape(part[self._at()].shape)

    def _at(self) -> tuple[Any, ...]:
        element = () if self.element is None else (self.element,)
        if self.table == "behaviour":
            return (slice(None), *element)
        return (slice(None), slice(None) if self.row is None else self.row, *element)


def _with(values: list[float], index: int, value: float) -> list[float]:
    return [*values[:index], value, *values[index + 1 :]]


def target_of(path: str, library: Library) -> Target | None:
    """Return what ``path`` names, or None if it names nothing."""
    if path in library.levers:
        return _target_of_lever(library.levers[path])
    kind, _, rest = path.partition(".")
    if kind == "behaviour":
        return _target_of_behaviour(path, rest, library)
    return _target_of_world(path, rest, library) if kind == "world" else None


def assumption_paths(library: Library) -> Iterator[str]:
    """Return every path that `assumptions` may name."""
    for name in library.behaviours:
        yield from _with_elements(f"behaviour.{name}", ELEMENTS.get(name))
    for table, (rows, _) in TABLES.items():
        for row in rows:
            for name in fields_of(table):
                yield from _with_elements(f"world.{table}.{row}.{name}", ELEMENTS.get(name))
    for name in POOL_TABLES:
        if not _is_matrix(library.world.pool[name]):
            yield from _with_elements(f"world.pool.{name}", POOL_ELEMENTS.get(name))


def _with_elements(path: str, elements: tuple[str, ...] | None) -> list[str]:
    return [path] if elements is None else [f"{path}.{element}" for element in elements]


def _is_matrix(table: Any) -> bool:
    return isinstance(table, list) and isinstance(table[0], list)


def _target_of_lever(lever: Lever) -> Target:
    return Target(
        path=lever.path,
        table="policy" if lever.scope == "region" else "origins",
        field=lever.field,
        row=None,
        element=lever.element,
        scope=lever.scope,
        is_dated=True,
        label=lever.label,
        unit=lever.unit,
        low=lever.low,
        high=lever.high,
        is_whole=lever.is_whole,
    )


def _target_of_behaviour(path: str, rest: str, library: Library) -> Target | None:
    name, _, element = rest.partition(".")
    uncertainty: Uncertainty | None = library.behaviours.get(name)
    elements = ELEMENTS.get(name, ("",))
    if uncertainty is None or element not in elements:
        return None
    return Target(
        path=path,
        table="behaviour",
        field=name,
        row=None,
        element=elements.index(element) if element else None,
        scope=None,
        is_dated=False,
        label=uncertainty.label,
        unit=uncertainty.unit,
        low=uncertainty.low,
        high=uncertainty.high,
        is_whole=uncertainty.is_whole,
    )


def _target_of_world(path: str, rest: str, library: Library) -> Target | None:
    table, _, inner = rest.partition(".")
    row, _, leaf = inner.partition(".") if table in TABLES else ("", "", inner)
    name, _, element = leaf.partition(".")
    known = POOL_ELEMENTS if table == "pool" else ELEMENTS
    elements = known.get(name, ("",))
    owner = ".".join(part for part in ("world", table, row, name) if part)
    citation = library.world.sources.get(owner)
    is_table = table == "pool" and _is_matrix(library.world.pool.get(name))
    if citation is None or element not in elements or is_table:
        return None
    return Target(
        path=path,
        table=_TABLE_OF_WORLD.get(table, "pool"),
        field=name,
        row=TABLES[table][0].index(row) if row else None,
        element=elements.index(element) if element else None,
        scope=None,
        is_dated=table != "pool",
        label=label_of(row, name, element) if row else {"en": rest, "zh": rest},
        unit=citation.unit,
    )
