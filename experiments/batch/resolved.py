"""Every value of the law, of behaviour and of the world that runs stand on, with unit, source and place in a file.

The table of a baseline holds all of them; that of another arm those that differ from its baseline's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from experiments.batch.arms import scenario_of_arm
from experiments.batch.experiment import Experiment
from experiments.batch.plan import BASELINE, PlannedArm, planned_arms
from scenarios.changes import Change
from scenarios.library import Library
from scenarios.months import month_index, month_text
from scenarios.scenario import Scenario
from scenarios.targets import Target, assumption_paths, target_of

_NEGLIGIBLE = 1e-9
"""Relative distance from a straight line that is rounding, not another value."""


class Resolved(NamedTuple):
    """One value of one path: from month ``since`` to ``until`` it moves evenly from ``value`` to ``value_until``.

    ``place`` is empty where it holds everywhere. ``source`` is a fact, a reference or ``assumption``; ``set_by`` is the
    scenario that changed it, empty for what came with the package; ``file`` and ``line`` say where it is written.
    """

    path: str
    place: str
    since: str
    until: str
    value: float
    value_until: float
    unit: str
    source: str
    set_by: str
    file: str
    line: int


def resolved_tables(
    experiment: Experiment, arms: Sequence[PlannedArm] | None = None, *, written: Collection[str] = ()
) -> dict[str, str]:
    """Return the tables of all baselines and arms as CSV, by their names in the plan; those ``written`` are left out.

    ``arms`` are those of :func:`experiments.batch.plan.planned_arms`, where they are known already.
    """
    until = experiment.design.until
    scenarios = {arm.id: scenario_of_arm(arm, experiment.assume) for arm in experiment.arms}
    tables: dict[str, str] = {}
    waiting: list[str] = []
    for planned in arms or planned_arms(experiment):
        if planned.arm in written:
            continue
        if planned.role == BASELINE:
            waiting.append(planned.arm)
            continue
        scenario = scenarios[planned.arm]
        for name in waiting:
            tables[name] = _csv(resolved(scenario.baseline, until))
        waiting = []
        tables[planned.arm] = _csv(resolved(scenario, until, beside=scenario.baseline))
    return tables | {name: _csv(resolved(scenarios[name].baseline, until)) for name in waiting}


def resolved(scenario: Scenario, until: str, *, beside: Scenario | None = None) -> Iterator[Resolved]:
    """Yield the values of a scenario from January 2000 to ``until``; with ``beside``, those that differ from its."""
    library, last = scenario.library, month_index(until) + 1
    own, other = scenario.tables(), beside.tables() if beside else None
    changes: dict[str, list[Change]] = {}
    for change in (*_inherited(scenario), *scenario.assumptions):
        changes.setdefault(change.path, []).append(change)
    for path in (*library.levers, *assumption_paths(library)):
        target = target_of(path, library)
        if target is None:
            raise AssertionError(f"{path} names nothing")
        values = target.read(own)[:last]
        if other is None or (values != target.read(other)[:last]).any():
            yield from _of_target(target, values, changes.get(path, ()), library, until)


def _inherited(scenario: Scenario) -> tuple[Change, ...]:
    """Return the changes of levers of a scenario after those of the baselines it stands on."""
    before = _inherited(scenario.parent) if scenario.parent else ()
    return (*before, *scenario.changes)


def _of_target(
    target: Target, values: Any, changes: Sequence[Change], library: Library, until: str
) -> Iterator[Resolved]:
    places = [("", 0)] if (values == values[:, :1]).all() else [(name, at) for at, name in enumerate(target.places)]
    for place, at in places:
        for first, end, value, value_end in _segments(values[:, at]):
            ends = until if len(values) == 1 else month_text(end)
            stated = _stated(target.path, place, first, changes, library)
            yield Resolved(target.path, place, month_text(first), ends, value, value_end, target.unit, *stated)


def _stated(
    path: str, place: str, month: int, changes: Sequence[Change], library: Library
) -> tuple[str, str, str, int]:
    """Return source, scenario, file and line of what sets a value in a month."""
    for change in reversed(changes):
        if change.start <= month <= change.end and _holds(change.where, place):
            return change.source or "assumption", change.by, change.file, change.line
    if path in library.levers:
        lever = library.levers[path]
        in_force = [one for one in lever.provisions if one.start <= month and _holds(one.where, place)]
        latest = max(in_force, key=lambda one: one.start) if in_force else lever.provisions[0]
        return latest.source, "", lever.file, lever.line
    if path.startswith("behaviour."):
        known = library.behaviours[path.split(".")[1]]
        return known.source, "", known.file, known.line
    steps = path.split(".")
    owners = (".".join(steps[:count]) for count in range(len(steps), 0, -1))
    citation = next(library.world.sources[owner] for owner in owners if owner in library.world.sources)
    return citation.source, "", citation.file, citation.line


def _holds(where: Sequence[str], place: str) -> bool:
    return not where or not place or place in where


def _segments(column: Any) -> Iterator[tuple[int, int, float, float]]:
    """Yield the stretches of months over which a value moves evenly: first and last month, and the values there."""
    first = 0
    while first < len(column):
        last = min(first + 1, len(column) - 1)
        step = column[last] - column[first]
        if _is_jump(column, first, last):
            last, step = first, 0.0
        while last + 1 < len(column) and last > first and _continues(column, first, last + 1, step):
            last += 1
        yield first, last, float(column[first]), float(column[last])
        first = last + 1


def _continues(column: Any, first: int, month: int, step: float) -> bool:
    expected = column[first] + step * (month - first)
    return bool(abs(column[month] - expected) <= _NEGLIGIBLE * max(1.0, abs(expected)))


def _is_jump(column: Any, first: int, last: int) -> bool:
    """Return whether a month and the next are two levels and no slope: the slope would not go on."""
    if last == first or column[last] == column[first]:
        return False
    return last + 1 >= len(column) or not _continues(column, first, last + 1, column[last] - column[first])


def _csv(rows: Iterator[Resolved]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Resolved._fields)
    writer.writerows(rows)
    return text.getvalue()
