"""The clause that decided: what a lever was in a month and a place under a scenario, since when, and by whose word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scenarios import Change, Scenario
from simulation.records import month_index, month_text


class Clause(NamedTuple):
    """One value in force.

    ``since`` is the month from which it is in force, ``by`` the reforms that set it (none: the law as it stands; several
    where their effects add up), ``source`` a fact's id, ``assumption``, or nothing.
    """

    path: str
    label: Mapping[str, str]
    unit: str
    value: float
    since: str
    source: str
    by: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**self._asdict(), "label": dict(self.label), "by": list(self.by)}


def clause_at(scenario: Scenario, path: str, at: str, place: str) -> Clause:
    """Return the clause in force in a month, ``YYYY-MM``, in a region, or for an origin where the law goes by origin.

    Raises
    ------
    KeyError
        If there is no such lever.
    """
    lever, month = scenario.library.levers[path], month_index(at)
    value = scenario.value_at(path, at, place)
    setting = changes_at(scenario, path, month, place)
    if setting:
        last, by = setting[-1], tuple(dict.fromkeys(change.by for change in setting))
        return Clause(path, lever.label, lever.unit, value, month_text(last.start), last.source, by)
    in_force = [one for one in scenario.history(path) if one.start <= month and (not one.where or place in one.where)]
    return Clause(path, lever.label, lever.unit, value, month_text(in_force[-1].start), in_force[-1].source, ())


def changes_at(scenario: Scenario, path: str, month: int, place: str) -> list[Change]:
    """Return the changes that set a lever in a month and a place: the one with the last word, or all that add up."""
    acting = [
        change
        for change in scenario.changes
        if change.path == path and change.start <= month <= change.end and (not change.where or place in change.where)
    ]
    if not acting and scenario.parent is not None:
        return changes_at(scenario.parent, path, month, place)
    return acting if scenario.on_overlap == "sum" else acting[-1:]


def overruled_by(scenario: Scenario, change: Change) -> tuple[Change, int] | None:
    """Return the change that takes the last word from one of a scenario's changes, and the first month in which it does.

    None where the change keeps the last word for as long as it acts, or where changes add up.
    """
    if scenario.on_overlap == "sum":
        return None
    later = [other for other in scenario.changes if other.path == change.path and other is not change]
    for month in sorted({change.start, *(max(other.start, change.start) for other in later)}):
        if month > change.end:
            break
        for place in change.where or change.target.places:
            (last,) = changes_at(scenario, change.path, month, place)
            if last is not change:
                return last, month
    return None
