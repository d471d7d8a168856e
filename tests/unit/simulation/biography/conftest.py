"""A run, the facts kept of it, and lives lived again from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import TalentModel
from simulation.biography.replay import Month, draw, live_again
from simulation.facts import Facts, Recorder
from simulation.population import pool_record
from simulation.rules.tally import EVENTS

SCALE = 16_000
UNTIL = "2032-12"


class Run:
    """A finished run with what was kept of it: facts, and everybody's status at the end of each month."""

    def __init__(self, scale: int, scenario: str) -> None:
        given = scenarios.load(scenario).resolve(UNTIL)
        self.model, recorder = TalentModel(given, scale=scale, seed=3, until=UNTIL), Recorder()
        self.model.on_facts = recorder
        self.statuses: list[Any] = []
        while self.model.running:
            self.model.step()
            self.statuses.append(self.model.people.persons["status"].copy())
        self.facts: Facts = recorder.facts(scale=scale, pool=pool_record(given.pool))

    @property
    def persons(self) -> Any:
        return self.model.people.persons

    @property
    def events(self) -> Any:
        """Counts of events of everybody, shape (months, events)."""
        return self.model.outcomes.events[:, : len(EVENTS), 0]

    def lives(self, *, is_told: bool = False) -> dict[int, list[Month]]:
        """Return everybody's months, lived again, by number."""
        ids = self.persons["id"].tolist()
        return {each: list(live_again(*draw(each, self.facts), self.facts, is_told=is_told)) for each in ids}


@pytest.fixture(scope="session")
def run() -> Run:
    return Run(SCALE, "baseline")


@pytest.fixture(scope="session")
def reformed() -> Run:
    """Return a run under every measure of the article, some of which reach people in their month."""
    return Run(SCALE, "whole-article")


@pytest.fixture(scope="session")
def told(run: Run) -> dict[int, list[Month]]:
    """Return the lives of some who came to China, with the calls of the rules."""
    came = np.flatnonzero(run.persons["stays"] > 0)[:25]
    ids = run.persons["id"][came].tolist()
    return {each: list(live_again(*draw(each, run.facts), run.facts)) for each in ids}


@pytest.fixture(scope="session")
def calls(told: dict[int, list[Month]]) -> Callable[..., list[Any]]:
    """Return what finds all calls of some rules in the lives told."""

    def find(*rules: str) -> list[Any]:
        roots = [step for months in told.values() for month in months for step in month.steps]
        return [step for root in roots for step in [root, *root.calls(*rules)] if step.rule in rules]

    return find
