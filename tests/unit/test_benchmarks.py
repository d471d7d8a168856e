"""Benchmarks run on the model as it stands, and time engines that do the same work."""

from __future__ import annotations

from typing import Any

import pytest

import scenarios
from benchmarks import engines, lives, scaling
from simulation import TalentModel

START = "2018-01"


@pytest.fixture(scope="module")
def given() -> Any:
    return scenarios.load("baseline").resolve("2018-06")


def test_every_engine_of_the_race_ends_with_the_same_people(given: Any) -> None:
    one, two = (engines.trunk(given, rows=300, start=START, threads=threads) for threads in (1, 2))
    spent, states, awake = engines.race(one, two, 1)
    assert set(engines.digests(states)) == set(spent)
    assert awake > 0


def test_a_state_that_differs_stops_the_race() -> None:
    with pytest.raises(SystemExit, match="different states"):
        engines.digests({"one": b"1", "other": b"2"})


def test_costs_are_taken_apart_on_rows_of_the_model(given: Any) -> None:
    costs = scaling.cost_by_share(given, scale=20_000, start=START, rows=200)
    assert len(costs) == 3
    assert costs["us an awake person"] > costs["ns a sleeping person-month"] / 1000
    window = scaling.run_window(given, scale=20_000, start=START, months=1, threads=1)
    assert window["rows"] == TalentModel(given, scale=20_000, seed=scaling.SEED).people.n


def test_lives_are_held_against_the_run() -> None:
    facts, drawn, digests = lives.run("baseline", 20_000, 1, 5)
    assert digests.shape == (facts.months, len(drawn)) == (facts.months, 5)
