"""A small run in a frozen world, held to the person: counts that may only move together with a line in the changelog.

``law.json`` is one month of law, world and behaviour, taken once and not meant to be true: data may change without
moving these numbers, rules and draws may not. After a change of rules that is meant::

    REFRESH_GOLDEN=1 python -m pytest tests/golden

writes ``run.json`` anew (and adds to ``law.json`` fields that it lacks, from the baseline of the day); say in CHANGELOG.md
what moved and why.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import Given, TalentModel
from simulation.outcomes import GROUPS
from simulation.records import BEHAVIOUR, ORIGIN, PLACE, POLICY, RIVAL, month_index
from simulation.rules import tally

LAW, RUN = (Path(__file__).with_name(name) for name in ("law.json", "run.json"))
TABLES = {"policy": POLICY, "places": PLACE, "origins": ORIGIN, "rivals": RIVAL, "behaviour": BEHAVIOUR}
UNTIL = month_index("2012-12")
TAKEN_FROM = month_index("2024-06")
REFRESH = os.environ.get("REFRESH_GOLDEN") == "1"


def laid_out(content: dict[str, Any]) -> str:
    """Return JSON with a line for each entry of each table, so that a change shows as one line."""
    tables = []
    for name, part in sorted(content.items()):
        if isinstance(part, dict):
            lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(part[key], sort_keys=True)}" for key in sorted(part))
            tables.append(f" {json.dumps(name)}: {{\n{lines}\n }}")
        else:
            tables.append(f" {json.dumps(name)}: {json.dumps(part)}")
    return "{\n" + ",\n".join(tables) + "\n}\n"


def write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(laid_out(content), encoding="utf-8")


def taken_law() -> dict[str, Any]:
    """Return the law, world and behaviour of a month by table and field, a list by place for each."""
    given = scenarios.load("baseline").resolve("2024-12")
    tables = {
        name: getattr(given, name) if name == "behaviour" else getattr(given, name)[TAKEN_FROM] for name in TABLES
    }
    law: dict[str, Any] = {
        name: {field: table[field].tolist() for field in table.dtype.names} for name, table in tables.items()
    }
    law["pool"] = {name: np.asarray(value, float).reshape(-1).tolist() for name, value in given.pool.items()}
    return law


def frozen() -> Given:
    """Return the frozen month as the law of every month."""
    law = json.loads(LAW.read_text(encoding="utf-8"))
    tables = {}
    for name, dtype in TABLES.items():
        months = 1 if name == "behaviour" else UNTIL + 1
        rows = len(next(iter(law[name].values())))
        table = np.zeros((months, rows), dtype)
        for field in dtype.names or ():
            table[field] = law[name][field]
        tables[name] = table[0] if name == "behaviour" else table
    pool = {name: values[0] if len(values) == 1 else values for name, values in law["pool"].items()}
    return Given("frozen", UNTIL, pool=pool, **tables)


def digest(persons: np.ndarray[Any, Any], wake: np.ndarray[Any, Any]) -> str:
    """Return 16 hexadecimal digits of every field of everybody."""
    found = hashlib.sha256(wake.tobytes())
    for name in persons.dtype.names or ():
        found.update(name.encode() + persons[name].tobytes())
    return found.hexdigest()[:16]


def outcome_of(given: Given) -> dict[str, Any]:
    model = TalentModel(given, scale=4_000, seed=1)
    rows = {"start": digest(model.people.persons, model.people.wake)}
    stock: dict[str, dict[str, int]] = {}
    while model.month <= given.until:
        model.step()
        if model.month % 48 == 0:
            year = str(1999 + model.month // 12)
            levels = model.outcomes.levels[model.month - 1, tally.STOCK]
            stock[year] = {name: int(n) for name, n in zip(GROUPS, levels, strict=True) if n}
            rows[year] = digest(model.people.persons, model.people.wake)
    events = model.outcomes.events[: model.month].sum(axis=0)
    return {
        "people": model.people.n,
        "rows": rows,
        "stock": stock,
        "events": {name: int(events[at, 0]) for at, name in enumerate(tally.EVENTS)},
    }


def test_the_frozen_world_has_every_field_that_a_model_is_given() -> None:
    now = taken_law()
    if REFRESH:
        old = json.loads(LAW.read_text(encoding="utf-8")) if LAW.exists() else {}
        write(
            LAW,
            {table: {field: old.get(table, {}).get(field, now[table][field]) for field in now[table]} for table in now},
        )
    law = json.loads(LAW.read_text(encoding="utf-8"))
    assert {table: sorted(fields) for table, fields in law.items()} == {
        table: sorted(fields) for table, fields in now.items()
    }


def test_the_frozen_world_runs_as_it_ran() -> None:
    found = outcome_of(frozen())
    if REFRESH:
        write(RUN, found)
    # Counts before digests: they say what moved.
    expected = json.loads(RUN.read_text(encoding="utf-8"))
    for part in ("people", "events", "stock", "rows"):
        assert found[part] == expected[part]


def test_a_change_of_one_number_of_the_law_moves_the_run() -> None:
    given = frozen()
    assert given.policy["category_b_permit_months"].min() == 12.0
    given.policy["category_b_permit_months"] = 13.0
    expected = json.loads(RUN.read_text(encoding="utf-8"))
    found = outcome_of(given)
    assert found["people"] == expected["people"]
    assert found["rows"]["start"] == expected["rows"]["start"]
    assert found["rows"]["2011"] != expected["rows"]["2011"]


def test_the_refresh_is_never_left_on_in_ci() -> None:
    assert not (REFRESH and os.environ.get("CI")), "REFRESH_GOLDEN compares the run with itself"


@pytest.mark.parametrize("path", [LAW, RUN], ids=["law", "run"])
def test_golden_files_are_as_the_refresh_writes_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == laid_out(json.loads(text))
