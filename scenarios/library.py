"""The data that scenarios stand on: the law, the world, the behaviour and the facts of one folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.facts import Fact, read_facts
from scenarios.givens import World, read_world
from scenarios.law_files import read_law
from scenarios.levers import Lever
from scenarios.months import MONTHS
from scenarios.problems import raise_all
from scenarios.uncertainties import Uncertainty, behaviour_record, read_behaviour
from simulation.names import REGIONS
from simulation.records import POLICY

SHIPPED = Path(__file__).parent


@dataclass
class Tables:
    """Everything a model is given, for every month of the horizon: what a scenario changes a copy of."""

    policy: Any
    places: Any
    origins: Any
    rivals: Any
    behaviour: Any
    pool: dict[str, Any]
    accounts: Any


@dataclass(frozen=True)
class Library:
    """The data of one folder, read when first asked for and kept.

    Raises ScenarioProblems, with the problems of all its files, when they cannot be used.
    """

    root: Path

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process reads the folder itself: it is faster than sending what was read.
        return library_at, (self.root,)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by id."""
        path = self.root / "facts.csv"
        return read_facts(path) if path.exists() else {}

    @cached_property
    def levers(self) -> Mapping[str, Lever]:
        """Levers of the law by path."""
        levers, findings = read_law(self.root / "law", self.facts, f"{self.root.name}/law")
        raise_all(findings)
        return levers

    @cached_property
    def world(self) -> World:
        """Givens of the world."""
        world, findings = read_world(self.root / "world", self.facts, f"{self.root.name}/world")
        raise_all(findings)
        return world

    @cached_property
    def behaviours(self) -> Mapping[str, Uncertainty]:
        """Uncertainties of behaviour by name."""
        shown_as = f"{self.root.name}/behaviour.yaml"
        behaviours, findings = read_behaviour(self.root / "behaviour.yaml", self.facts, shown_as)
        findings.raise_if_any()
        return behaviours

    @cached_property
    def timelines(self) -> Mapping[str, Any]:
        """Values of each lever in the law as it stands, shape (months, places)."""
        return {path: lever.timeline() for path, lever in self.levers.items()}

    def tables(self) -> Tables:
        """Return the law, the world and the behaviour as they stand; the caller may change what it gets."""
        policy = np.zeros((MONTHS, len(REGIONS)), dtype=POLICY)
        origins = self.world.records["origins"].copy()
        for path, lever in self.levers.items():
            record = policy if lever.scope == "region" else origins
            at = ... if lever.element is None else (..., lever.element)
            record[lever.field][at] = self.timelines[path]
        return Tables(
            policy=policy,
            places=self.world.records["regions"].copy(),
            origins=origins,
            rivals=self.world.records["rivals"].copy(),
            behaviour=behaviour_record(self.behaviours),
            pool=dict(self.world.pool),
            accounts=self.world.records["accounts"].copy(),
        )


@cache
def library_at(root: Path) -> Library:
    """Return the library of a folder, the same one each time."""
    return Library(root)
