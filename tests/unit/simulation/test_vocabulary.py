"""Every field of the vocabulary is read by a rule, and every field that a rule reads is in the vocabulary."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulation import records
from simulation.draws import PURPOSES

SIMULATION = Path(records.__file__).parent
RECORDS = ("PERSON", "POLICY", "PLACE", "ORIGIN", "RIVAL", "PUBLIC", "COMMUNITY", "BEHAVIOUR", "POOL")

# How rules call a row of each record: by name, or by position in a table.
ROWS = {
    "person": "PERSON", "policy": "POLICY", "law": "POLICY", "place": "PLACE", "origin": "ORIGIN", "rival": "RIVAL",
    "public": "PUBLIC", "here": "PUBLIC", "behaviour": "BEHAVIOUR", "pool": "POOL",
    "community": "COMMUNITY",
}  # fmt: skip
TABLES = {
    "persons": "PERSON", "policy": "POLICY", "places": "PLACE", "origins": "ORIGIN", "rivals": "RIVAL",
    "public": "PUBLIC", "behaviour": "BEHAVIOUR", "pool": "POOL",
    "communities": "COMMUNITY",
}  # fmt: skip


@cache
def trees() -> dict[str, ast.Module]:
    """Return the parsed modules that hold rules, institutions and the drawing of people, by path."""
    paths = [*SIMULATION.glob("rules/*.py"), *SIMULATION.glob("institutions/*.py"), SIMULATION / "population.py"]
    return {path.relative_to(SIMULATION).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def record_of(node: ast.expr) -> str | None:
    """Return the record that an expression is a row of: ``policy``, ``now.policy[region]``, ``places[0]``."""
    if isinstance(node, ast.Name):
        return ROWS.get(node.id)
    if isinstance(node, ast.Attribute):
        return ROWS.get(node.attr) if node.attr == "behaviour" else None
    if isinstance(node, ast.Subscript):
        table = node.value
        name = table.attr if isinstance(table, ast.Attribute) else table.id if isinstance(table, ast.Name) else ""
        return TABLES.get(name)
    return None


def reads(tree: ast.AST, where: str) -> Iterator[tuple[str, str, str]]:
    """Yield record, field and place of every field read or written on a row."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            record = record_of(node.value)
            if record is not None:
                yield record, node.attr, f"{where}:{node.lineno}"


def loaded(tree: ast.AST) -> set[tuple[str, str]]:
    """Return record and field of every field that is read, not only written."""
    return {
        (record, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and (record := record_of(node.value)) is not None
    }


def fields(record: str) -> tuple[str, ...]:
    dtype: Any = getattr(records, record)
    return tuple(dtype.names)


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_is_read_by_a_rule(record: str) -> None:
    read = {name for tree in trees().values() for kind, name in loaded(tree) if kind == record}
    assert [name for name in fields(record) if name not in read] == []


def test_every_field_that_a_rule_names_is_in_its_record() -> None:
    named = [item for where, tree in trees().items() for item in reads(tree, where)]
    assert len(named) > 500
    assert [f"{where} {record}.{name}" for record, name, where in named if name not in fields(record)] == []


def test_every_purpose_of_a_draw_is_used() -> None:
    used = {node.attr for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert [name for name in PURPOSES if name not in used] == []


def test_a_misspelt_field_would_be_found() -> None:
    source = (
        "def f(person, now, region):\n    return now.policy[region].mark_mni + person.salery_cny + now.behaviour.beta"
    )
    found = {(record, name) for record, name, _ in reads(ast.parse(source), "f.py") if name not in fields(record)}
    assert found == {("POLICY", "mark_mni"), ("PERSON", "salery_cny")}


def test_a_field_that_is_only_written_does_not_count_as_read() -> None:
    source = "def f(person, now):\n    person.status_month = now.month\n    person.stays = int(person.stays) + 1"
    assert loaded(ast.parse(source)) == {("PERSON", "stays")}
