"""The laws that a lesson speaks of: shipped ones, and combinations of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from experiments.classroom.lessons.form import LawForm
from experiments.design import LAST_UNTIL
from scenarios import Scenario, joined, load, with_changes
from simulation.names import REGIONS
from simulation.plain import plain_table
from simulation.records import month_index


class Facts(NamedTuple):
    """What a law and the world say in one month, in plain records."""

    month: int
    policy: tuple[Any, ...]
    places: tuple[Any, ...]
    origins: tuple[Any, ...]
    behaviour: Any


def law_named(name: str, laws: Mapping[str, LawForm]) -> Scenario:
    """Return a law by its name: one of the lesson, or else a shipped scenario.

    Raises
    ------
    scenarios.ScenarioProblems
        If there is no such scenario, or its parts do not fit.
    """
    return law_of(name, laws[name]) if name in laws else load(name)


def law_of(name: str, form: LawForm) -> Scenario:
    """Return the law that reforms and changes make together."""
    law = load("baseline")
    for identity in form.reforms:
        reform = load(identity)
        law = reform if law.kind == "baseline" else joined(law, reform)
    changes = [change.model_dump(by_alias=True, exclude_none=True) for change in form.changes]
    return with_changes(law, changes, name=name) if changes else law


def facts_at(law: Scenario, at: str) -> Facts:
    """Return what a law and the world say in a month, ``YYYY-MM``."""
    given, month = _given(law), month_index(at)
    policy, places, origins = (plain_table(table[month]) for table in (given.policy, given.places, given.origins))
    return Facts(month, policy, places, origins, plain_table(given.behaviour)[0])


def region_index(region: str) -> int:
    """Return the place of a region in the tables."""
    return REGIONS.index(region)


@lru_cache(maxsize=32)
def _given(law: Scenario) -> Any:
    return law.resolve(LAST_UNTIL)
