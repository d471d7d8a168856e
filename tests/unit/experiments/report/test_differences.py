"""Columns of differences: each says so where it is made, so that its numbers bear a sign and are called unclear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from experiments.report.cells import mark, shown
from experiments.report.drivers import Off, known_table, told
from experiments.report.parts import Column, Dossier, Figure, Table
from experiments.report.thirds import Mean, drivers_of

from .uncertain_standins import NAMES, drawn, uniform


def differences(table: Table) -> set[str]:
    return {column.key for column in table.columns if column.is_difference}


def found(columns: Iterable[Column], key: str) -> Column:
    return next(column for column in columns if column.key == key)


def test_every_table_of_a_report_says_which_of_its_columns_are_differences(dossier: Dossier) -> None:
    wanted = {
        "outcomes": {"difference"},
        "paths": {"difference"},
        "who-category": {"difference"},
        "regions": {"value"},
        "cost": {"balance_difference", "added_years"},
        "persons": set(),
    }
    assert {table.id: differences(table) for table in dossier.tables() if table.id in wanted} == wanted


def test_what_a_moved_parameter_does_is_a_difference_and_its_value_is_none() -> None:
    draws = drawn(np.zeros((96, 2)), uniform(96))
    off = {name: Off(None, Mean(1.0, -1.0, 3.0)) for name in NAMES}
    table = known_table(draws, NAMES, off, Mean(20.0, 15.0, 25.0))
    assert differences(table) == {"less", "more"}
    more = found(table.columns, "more")
    assert shown(more, table.rows[0], "en").startswith("+1")
    assert mark(more, table.rows[0]) == "unclear"


def test_draws_that_gave_no_effect_are_told() -> None:
    draws = drawn(np.zeros((96, 2)), uniform(96))
    drivers = drivers_of(NAMES, draws.inputs, draws.means)
    off = {name: Off(None, None) for name in NAMES}
    sources = [
        told(found, drivers, {"en": "A reform", "zh": "改革"}, Mean(20.0, 15.0, 25.0), off).items
        for found in (draws, replace(draws, dropped=3))
    ]
    none, some = (next(item.source for item in items if isinstance(item, Figure)) for items in sources)
    assert "failed" not in none["en"]
    assert "96 draws out of posterior.csv (3 more failed)" in some["en"]
    assert "另有3组失败" in some["zh"]
