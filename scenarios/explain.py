"""What a scenario changes, told change by change: dated, with the value before and after, and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.changes import Change
from scenarios.levers import Lever
from scenarios.months import MONTHS, Steps, month_text
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class ChangeView:
    """One change in words and numbers.

    ``before`` and ``after`` hold the value by place (one nameless place if it is not set by place): before, in the
    baseline in the month ``start``; after, in ``reached``, which is ``start`` or the last date of a phase. ``where``
    is empty for everywhere and ``until`` None for an open end. ``law_sources`` are the sources of the law it changes.
    """

    path: str
    label: Mapping[str, str]
    unit: str
    operation: str
    steps: tuple[tuple[str, float], ...]
    start: str
    until: str | None
    reached: str
    where: tuple[str, ...]
    before: Mapping[str, float]
    after: Mapping[str, float]
    source: str
    note: str
    law_sources: tuple[str, ...]
    by: str
    file: str
    line: int


def describe_changes(scenario: Scenario) -> list[ChangeView]:
    """Return what a scenario changes: its levers in the order of its files, then the assumptions made under it."""
    views = [_view(change, scenario.baseline.column(change.path), scenario) for change in scenario.changes]
    if scenario.assumptions:
        tables = scenario.library.tables()
        views += [_view(change, change.target.read(tables), scenario) for change in scenario.assumptions]
    return views


def _view(change: Change, base: Any, scenario: Scenario) -> ChangeView:
    target, effect = change.target, change.effect(base)
    reached = min(change.steps[-1][0], change.end) if change.operation == "phase" else change.start
    columns = [index for index, place in enumerate(target.places) if not change.where or place in change.where]
    lever = scenario.library.levers.get(change.path)
    return ChangeView(
        path=change.path,
        label=target.label,
        unit=target.unit,
        operation=change.operation,
        steps=_dated(change.steps),
        start=month_text(change.start),
        until=None if change.end == MONTHS - 1 else month_text(change.end),
        reached=month_text(reached),
        where=change.where,
        before={target.places[column]: float(base[change.start, column]) for column in columns},
        after={target.places[column]: float(effect.values[reached, column]) for column in columns},
        source=change.source,
        note=change.note,
        law_sources=_sources_in_force(lever, change) if lever else (),
        by=change.by,
        file=change.file,
        line=change.line,
    )


def _dated(steps: Steps) -> tuple[tuple[str, float], ...]:
    return tuple((month_text(month), value) for month, value in steps)


def _sources_in_force(lever: Lever, change: Change) -> tuple[str, ...]:
    """Return the sources of the provisions that hold where and when a change begins, each once."""
    sources: dict[str, None] = {}
    for place in change.where or lever.places:
        in_force = [
            provision
            for provision in sorted(lever.provisions, key=lambda item: item.start)
            if provision.start <= change.start and (not provision.where or place in provision.where)
        ]
        sources[in_force[-1].source] = None
    return tuple(sources)
