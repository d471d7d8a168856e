"""Givens: the world that no reform changes, read from ``world/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.checked import check_header, checked, note_unknown_keys
from scenarios.elements import ELEMENTS, POOL_ELEMENTS, values_by_element
from scenarios.events import Document, Location, read_file
from scenarios.facts import Fact, check_source
from scenarios.levers import lever_slots
from scenarios.months import FIRST_MONTH, MONTHS, between, month_index
from scenarios.problems import Findings
from scenarios.schema import GivenForm
from simulation.fiscal import ACCOUNT
from simulation.names import ORIGINS, REGIONS, RIVALS
from simulation.records import ORIGIN, PLACE, POOL, RIVAL

SCHEMA = "talentflow.world/1"

TABLES: Mapping[str, tuple[tuple[str, ...], np.dtype[Any]]] = {
    "regions": (REGIONS, PLACE),
    "origins": (ORIGINS, ORIGIN),
    "rivals": (RIVALS, RIVAL),
    "accounts": (("nation",), ACCOUNT),
}
"""Files of the world with their rows and the record of a row."""

POOL_TABLES: tuple[str, ...] = POOL.names or ()
"""Tables that the pool of candidates is drawn from."""


@dataclass(frozen=True)
class Citation:
    """Where a given comes from: its unit, its source, its place in a file."""

    unit: str
    source: str
    note: str
    file: str
    line: int


@dataclass
class World:
    """The givens of every month: records by region, origin and rival, shape (months, rows), and the pool's tables.

    ``sources`` holds unit and source by path, such as ``world.regions.shanghai.rent_cny``.
    """

    records: dict[str, Any] = field(default_factory=dict)
    pool: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Citation] = field(default_factory=dict)


def fields_of(table: str) -> tuple[str, ...]:
    """Return the fields of a table of the world: those of its record that are not levers."""
    levers = {slot.field for slot in lever_slots().values() if slot.scope == "origin"}
    return tuple(name for name in TABLES[table][1].names or () if table != "origins" or name not in levers)


def read_world(folder: Path, facts: Mapping[str, Fact], shown_in: str) -> tuple[World, list[Findings]]:
    """Return the givens of a folder, and what is wrong with its files."""
    world = World()
    findings = []
    for table, (rows, dtype) in TABLES.items():
        document = read_file(folder / f"{table}.yaml", f"{shown_in}/{table}.yaml")
        findings.append(document.findings)
        world.records[table] = np.zeros((MONTHS, len(rows)), dtype=dtype)
        if check_header(document, SCHEMA, table):
            _read_table(table, document, world, facts)
    document = read_file(folder / "pool.yaml", f"{shown_in}/pool.yaml")
    findings.append(document.findings)
    if check_header(document, SCHEMA, *POOL_TABLES):
        _read_pool(document, world, facts)
    return world, findings


def _read_table(table: str, document: Document, world: World, facts: Mapping[str, Fact]) -> None:
    rows, names = TABLES[table][0], fields_of(table)
    meant = note_unknown_keys(document, (table,), rows)
    for index, row in enumerate(rows):
        given = document.data[table].get(row)
        if not isinstance(given, dict):
            if row not in meant:
                document.findings.add(document.mark(table, row), "missing-key", key=row)
            continue
        mistyped = note_unknown_keys(document, (table, row), names)
        for name in (name for name in names if name not in mistyped or name in given):
            location = (table, row, name)
            form = _given(document, location, world, facts)
            values = _values(form, name, document, location) if form else None
            if values is not None:
                world.records[table][name][:, index] = values


def _read_pool(document: Document, world: World, facts: Mapping[str, Fact]) -> None:
    for name in POOL_TABLES:
        form = _given(document, (name,), world, facts, within=("pool",))
        if form is None:
            continue
        table = _in_order(form.value if form.value is not None else form.values, name, document)
        if _count(table) != np.empty(1, dtype=POOL)[name].size:
            rule = {"en": "it has one number for each element", "zh": "每个元素须有一个数字"}
            document.findings.add(document.mark(name), "bad-value", key=name, value=_count(table), rule=rule)
        world.pool[name] = table


def _count(table: Any) -> int:
    return sum(_count(item) for item in table) if isinstance(table, list) else 1


def _in_order(table: Any, name: str, document: Document) -> Any:
    """Return a table by element as a list in the order of the records."""
    if not isinstance(table, dict):
        return table
    elements = POOL_ELEMENTS.get(name, ())
    meant = note_unknown_keys(document, (name, "values"), elements)
    for element in elements:
        if element not in table and element not in meant:
            document.findings.add(document.mark(name, "values"), "missing-key", key=element)
    return [table[element] for element in elements if element in table]


def _given(
    document: Document, location: Location, world: World, facts: Mapping[str, Fact], *, within: Location = ()
) -> GivenForm | None:
    """Return one given, its source checked and kept by its path; None once a problem is noted."""
    if location[-1] not in document.part(*location[:-1]):
        document.findings.add(document.mark(*location[:-1]), "missing-key", key=location[-1])
        return None
    form = checked(GivenForm, document, location)
    if form is None:
        return None
    check_source(document, location, facts)
    path = ".".join(map(str, ("world", *within, *location)))
    line = document.key_mark(*location)[0]
    world.sources[path] = Citation(form.unit, form.source, form.note or "", document.file, line)
    stated = [part for part in (form.value, form.values, form.series) if part is not None]
    if len(stated) != 1:
        rule = {"en": "a given has one of value, values, series", "zh": "须有value、values、series之一"}
        mark, key = document.mark(*location), str(location[-1])
        document.findings.add(mark, "bad-value", key=key, value=len(stated), rule=rule)
        return None
    return form


def _values(form: GivenForm, name: str, document: Document, location: Location) -> Any:
    """Return the values of a given by month; a series holds in January of its years and moves evenly between them."""
    if form.series is not None and name not in ELEMENTS:
        steps = sorted((month_index(f"{year}-{FIRST_MONTH[-2:]}"), value) for year, value in form.series.items())
        return between(steps)
    part = "values" if form.values is not None else "value" if form.value is not None else "series"
    if part == "value" and name in ELEMENTS and isinstance(form.value, float):
        return form.value  # one number for every element
    value = values_by_element(getattr(form, part), ELEMENTS.get(name), document, (*location, part))
    return list(value.values()) if isinstance(value, dict) else value
