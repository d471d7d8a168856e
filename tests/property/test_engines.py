"""Whole runs under each theory of the decision: the same bits from both engines, the same people, a like level."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import scenarios
from scenarios.library import SHIPPED
from simulation import TalentModel
from simulation.records import month_index

Build = Callable[..., TalentModel]
THEORIES = sorted(path.stem for path in (SHIPPED / "assumptions").glob("engine-*.yaml"))
LEVEL_DATE = "2026-12"


def test_a_theory_is_shipped_for_every_engine_but_the_default() -> None:
    numbers = [scenarios.load(name).tables().behaviour["decision_engine"][0] for name in THEORIES]
    assert sorted(numbers) == [1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize("name", THEORIES)
def test_plain_and_compiled_decide_alike_under_every_theory(
    name: str, build: Build, compare: Callable[[TalentModel, TalentModel], list[str]]
) -> None:
    trunk = build(scenarios.load(name).resolve("2020-12"), scale=20_000, seed=2)
    trunk.run_until("2018-05")
    as_agents = trunk.branch(trunk.given)
    as_agents.engine = "agents"
    for _ in range(12):
        trunk.step()
        as_agents.step()
    assert compare(trunk, as_agents) == []


@pytest.mark.parametrize("name", THEORIES)
def test_a_theory_changes_what_people_do_and_not_who_they_are(name: str, build: Build, run: TalentModel) -> None:
    other = build(scenarios.load(name).resolve("2032-12"))
    lasting = ("id", "birth_month", "skill", "home_gap", "origin", "field", "child_1", "contacts")
    for field in lasting:
        assert np.array_equal(other.people.persons[field], run.people.persons[field]), field
    other.run_until("2018-12")
    assert not np.array_equal(other.outcomes.levels[: other.month], run.outcomes.levels[: other.month])


def stock(given: Any) -> float:
    """Return the mean stock of two seeds."""
    models = [TalentModel(given, scale=1_000, seed=seed) for seed in (1, 2)]
    for model in models:
        model.run_until(LEVEL_DATE)
    return sum(model.outcomes.value("stock", "all", month_index(LEVEL_DATE)) for model in models) / len(models)


def test_every_theory_starts_reforms_from_about_the_stock_of_the_default() -> None:
    target = stock(scenarios.load("baseline").resolve(LEVEL_DATE))
    for name in THEORIES:
        assert abs(stock(scenarios.load(name).resolve(LEVEL_DATE)) / target - 1) < 0.15, name
    # The control: without its own mean taste, at least one theory would start elsewhere.
    unset = scenarios.load("baseline").with_assumptions({"decision_engine": 2}).resolve(LEVEL_DATE)
    assert stock(unset) / target > 1.3
