"""Tables of every value that runs stand on."""

from __future__ import annotations

import csv
import io
from functools import cache

import numpy as np
import pytest

from experiments.batch.experiment import Arm
from experiments.batch.resolved import resolved, resolved_tables
from experiments.batch.writing import experiment_of
from scenarios import behaviours, levers, load

BAR = "work_permit.category_a.points_min"


@cache
def tables() -> dict[str, list[dict[str, str]]]:
    experiment = experiment_of(
        ["category-a-less-stringent", "us-h1b-shock"], arms=[Arm("bar", (), {BAR: 70.0}, "2029-03")], until="2030-12"
    )
    return {arm: list(csv.DictReader(io.StringIO(text))) for arm, text in resolved_tables(experiment).items()}


def test_a_baseline_holds_every_lever_and_every_parameter_with_unit_and_source() -> None:
    rows = tables()["baseline"]
    paths = {row["path"] for row in rows}
    assert set(levers()) <= paths
    assert {f"behaviour.{name}" for name, one in behaviours().items() if isinstance(one.default, float | int)} <= paths
    assert any(path.startswith("world.origins.") for path in paths)
    assert all(row["unit"] and row["source"] and row["file"] and int(row["line"]) > 0 for row in rows)


def test_an_arm_holds_what_differs_from_its_baseline_and_who_says_so() -> None:
    rows = [(row["path"], row["since"], row["until"], row["value"], row["set_by"]) for row in tables()["bar"]]
    assert rows == [
        (BAR, "2000-01", "2017-03", "120.0", ""),
        (BAR, "2017-04", "2029-02", "85.0", ""),
        (BAR, "2029-03", "2030-12", "70.0", "bar"),
    ]
    assert {row["path"] for row in tables()["us-h1b-shock"]} < {row["path"] for row in tables()["baseline"]}


@pytest.mark.parametrize("name", ["baseline", "whole-article", "home-boom"])
def test_the_stretches_of_a_table_give_back_every_value(name: str) -> None:
    scenario, until = load(name), "2032-06"
    given = scenario.resolve(until)
    found: dict[tuple[str, str], list[float]] = {}
    for row in resolved(scenario, until):
        months = _months(row.since, row.until)
        step = (row.value_until - row.value) / max(months - 1, 1)
        found.setdefault((row.path, row.place), []).extend(row.value + step * month for month in range(months))
    for path, lever in levers().items():
        table = (given.policy if lever.scope == "region" else given.origins)[lever.field]
        held = table if lever.element is None else table[..., lever.element]
        for at, place in enumerate(lever.places):
            values = found.get((path, place)) or found[path, ""]
            np.testing.assert_allclose(values, held[:, at], rtol=1e-6, err_msg=f"{path} {place}")


def _months(since: str, until: str) -> int:
    return 12 * (int(until[:4]) - int(since[:4])) + int(until[5:]) - int(since[5:]) + 1
