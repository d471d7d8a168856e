"""What is decided and what is given: the door to scenarios, the law, the world and their facts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scenarios.changes import Change, Overlap
from scenarios.costs import Cost
from scenarios.explain import ChangeView, describe_changes
from scenarios.facts import Fact
from scenarios.json_schema import json_schema
from scenarios.levers import Lever, Provision
from scenarios.library import SHIPPED, library_at
from scenarios.load import Entry, catalogue, joined, load, reforms_touching, with_changes
from scenarios.person import ScoredPerson, load_person
from scenarios.problems import Problem, ScenarioProblems
from scenarios.scenario import Scenario
from scenarios.uncertainties import Prior, Uncertainty

__all__ = [
    "Change",
    "ChangeView",
    "Cost",
    "Entry",
    "Fact",
    "Lever",
    "Overlap",
    "Prior",
    "Problem",
    "Provision",
    "Scenario",
    "ScenarioProblems",
    "ScoredPerson",
    "Uncertainty",
    "behaviours",
    "catalogue",
    "describe_changes",
    "facts",
    "joined",
    "json_schema",
    "levers",
    "load",
    "load_person",
    "posterior_file",
    "reforms_touching",
    "with_changes",
]


def levers() -> Mapping[str, Lever]:
    """Return the levers of the law by path, such as ``work_permit.category_a.points_min``."""
    return library_at(SHIPPED).levers


def behaviours() -> Mapping[str, Uncertainty]:
    """Return the uncertainties of behaviour by name, such as ``beta``."""
    return library_at(SHIPPED).behaviours


def facts() -> Mapping[str, Fact]:
    """Return the facts that the project rests on, by id."""
    return library_at(SHIPPED).facts


def posterior_file() -> Path:
    """Return where the shipped posterior lies: joint draws of uncertain parameters, a column each, and their weight."""
    return SHIPPED / "world" / "posterior.csv"
