"""What every arm of an experiment is given under every draw.

An arm is kept as what it changes of its baseline's law: a few columns instead of 10 MB, for any number of arms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.cases import case_of
from experiments.replicate import Case
from simulation.records import NEVER, Given

Columns = Mapping[tuple[str, str], Any]
"""Columns of levers by table (``policy``, ``origins``) and field, shape (months, places, ...)."""
_POLICIES_KEPT = 24
"""Arms whose policy is kept whole in each worker, 10 MB each: copying it anew takes as long as a month's step or two."""


@dataclass(frozen=True)
class Law:
    """An arm and its baseline under one draw.

    ``baseline`` tells baselines apart; ``first`` is the first month in which the arm differs from it, or NEVER.
    """

    given: Given
    baseline: str
    first: int


@dataclass(frozen=True)
class _Kept:
    """An arm under the draw that changes nothing; ``columns`` is None where it is more than a law."""

    case: Case
    columns: Columns | None
    costs: Any


class Laws:
    """Resolves the arms of an experiment, each once; an arm that cannot be resolved raises when it is asked for.

    Parameters
    ----------
    experiment
        What is asked.
    scenario_of
        Returns the scenario of an arm, under the experiment's assumptions.

    Notes
    -----
    What a scenario assumes was asked for by name, and holds over the draw.
    """

    def __init__(self, experiment: Experiment, scenario_of: Callable[[Arm], Any]) -> None:
        self._until = experiment.design.until
        self._scenario_of = scenario_of
        self._arms = {arm.id: arm for arm in experiment.arms}
        self._kept: dict[str, _Kept | Exception] = {}
        self._baselines: dict[str, Given] = {}
        self._scenarios: dict[str, Any] = {}
        self._policies: dict[str, Any] = {}
        self._drawn = _Drawn(Draw(0))

    def baseline_of(self, arm: str) -> str:
        """Return the key of an arm's baseline; see :attr:`Law.baseline`."""
        return self._arm(arm).case.family

    def baseline(self, key: str, draw: Draw) -> Given:
        """Return what a baseline is given under a draw."""
        if not draw.parameters:
            return self._baselines[key]
        found = self._under(draw).baselines
        if key not in found:
            found[key] = self._scenarios[key].with_defaults(draw.parameters).resolve(self._until)
        return found[key]

    def law(self, arm: str, draw: Draw) -> Law:
        """Return an arm under a draw."""
        kept = self._arm(arm)
        case = kept.case
        if kept.columns is not None:
            base = self.baseline(case.family, draw)
            tables = {"policy": self._policy(arm, kept.columns, base.policy)}
            if any(table == "origins" for table, _ in kept.columns):
                tables["origins"] = _with_columns(base.origins, "origins", kept.columns)
            given = replace(base, name=case.id, costs=kept.costs, **tables)
            return Law(given, case.family, case.first_month)
        if draw.parameters:
            # A draw may change people from the start, or be what such an arm assumes.
            case = case_of(case.scenario.with_defaults(draw.parameters), self._until)
        return Law(case.scenario.resolve(self._until), kept.case.family, case.first_month)

    def first_difference(self, arm: str, other: str) -> int:
        """Return the first month in which two laws differ; 0 where that is not known, NEVER if they do not."""
        one, two = self._arm(arm), self._arm(other)
        if one.columns is None or two.columns is None or one.case.family != two.case.family:
            return 0
        base = self._baselines[one.case.family]
        months = [
            _first_row(
                one.columns.get(at, getattr(base, at[0])[at[1]]), two.columns.get(at, getattr(base, at[0])[at[1]])
            )
            for at in one.columns.keys() | two.columns.keys()
        ]
        return min(months, default=NEVER)

    def _policy(self, arm: str, columns: Columns, base: Any) -> Any:
        """Return the policy of an arm; no draw touches it, so that of the first few arms is kept."""
        if arm not in self._policies:
            policy = _with_columns(base, "policy", columns)
            if len(self._policies) >= _POLICIES_KEPT:
                return policy
            self._policies[arm] = policy
        return self._policies[arm]

    def _arm(self, name: str) -> _Kept:
        if name not in self._kept:
            try:
                self._kept[name] = self._resolved(self._arms[name])
            except Exception as error:  # noqa: BLE001 - it is the same for every draw and seed
                self._kept[name] = error
        found = self._kept[name]
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found

    def _resolved(self, arm: Arm) -> _Kept:
        case = case_of(self._scenario_of(arm), self._until)
        if case.family not in self._baselines:
            self._baselines[case.family] = case.baseline.resolve(self._until)
            self._scenarios[case.family] = case.baseline
        given = case.scenario.resolve(self._until)
        return _Kept(case, _columns_of(given, self._baselines[case.family]), given.costs)

    def _under(self, draw: Draw) -> _Drawn:
        if self._drawn.draw != draw:
            self._drawn = _Drawn(draw)
        return self._drawn


@dataclass
class _Drawn:
    """The latest draw; a family has one."""

    draw: Draw
    baselines: dict[str, Given] = field(default_factory=dict)


def _columns_of(given: Given, base: Given) -> Columns | None:
    """Return the columns of levers that differ; None if anything else does, which a draw may change too."""
    from scenarios.levers import lever_slots

    if given.pool != base.pool or _differs(given, base, ("behaviour", "places", "rivals", "accounts")):
        return None
    columns = {
        (table, name): getattr(given, table)[name].copy()
        for table in ("policy", "origins")
        for name in getattr(given, table).dtype.names
        if getattr(given, table)[name].tobytes() != getattr(base, table)[name].tobytes()
    }
    levers = {slot.field for slot in lever_slots().values() if slot.scope == "origin"}
    if any(table == "origins" and name not in levers for table, name in columns):
        return None
    return columns


def _differs(given: Given, base: Given, tables: tuple[str, ...]) -> bool:
    return any(getattr(given, table).tobytes() != getattr(base, table).tobytes() for table in tables)


def _with_columns(base: Any, table: str, columns: Columns) -> Any:
    """Return a copy of a table with the columns of an arm."""
    changed = base.copy()
    for (_, name), column in ((at, column) for at, column in columns.items() if at[0] == table):
        changed[name] = column
    return changed


def _first_row(first: Any, second: Any) -> int:
    differs = (first != second).reshape(len(first), -1).any(axis=1)
    return int(np.argmax(differs)) if differs.any() else NEVER
