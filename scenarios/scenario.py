"""A scenario: a difference from a baseline, and the law, world and behaviour that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np

from scenarios.change_forms import add_fault, note_faults, read_changes
from scenarios.changes import Base, Change, Effect, Fault, Overlap, Part, Rule, combine, limits_fault
from scenarios.costs import Cost, costs_by_month
from scenarios.events import read_data
from scenarios.levers import Provision
from scenarios.library import Library, Tables
from scenarios.months import FIRST_MONTH, LAST_MONTH, is_inside, month_index, month_text
from scenarios.names import shown
from scenarios.problems import Findings, raise_all
from scenarios.targets import Target
from simulation.records import Given

Kind = Literal["baseline", "reform", "package", "world", "transfer"]
"""A scenario of assumptions about the world alone is a world; about behaviour alone, another baseline.

A transfer puts another country's institutions in the place of China's: it is held against data, never ranked.
"""

_RELATIVE = frozenset({"add", "multiply"})
"""Operations whose result depends on what they change."""
BASELINES: frozenset[Kind] = frozenset({"baseline", "world"})
"""Kinds that change no lever."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """A law that might hold, as a difference from a baseline.

    ``own_changes`` are those of the file itself; :attr:`changes` adds those of its ``reforms``. ``assumptions`` about
    behaviour and the world hold for a reform and for its baseline alike, so that a comparison shows what the reform
    does and nothing else; a scenario of assumptions alone is a baseline of its own, compared with the one it departs
    from. ``mechanism`` says through which rules it acts, ``cannot_show`` what it leaves out. ``cost`` is what the file
    states or, for a package that states none, the sum over its reforms, whose own dates and cases then count.
    ``main_outcome`` of ``main_group`` is what its measure is about.
    """

    id: str
    kind: Kind
    title: Mapping[str, str]
    library: Library = field(repr=False)
    measure: int | None = None
    status: str = "illustrative"
    why: str = ""
    mechanism: str = ""
    cannot_show: str = ""
    file: str = ""
    key: str = field(default="", repr=False)
    parent: Scenario | None = field(default=None, repr=False)
    reforms: tuple[Scenario, ...] = ()
    own_changes: tuple[Change, ...] = field(default=(), repr=False)
    assumptions: tuple[Change, ...] = field(default=(), repr=False)
    on_overlap: Rule | None = None
    cost: Cost = field(default_factory=Cost)
    states_cost: bool = False
    main_outcome: str = "stock"
    main_group: str = "all"

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_combined"}

    @property
    def baseline(self) -> Scenario:
        """The scenario that this one is compared with: itself, for the law as it stands."""
        return self.parent or self

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes of levers: those of the reforms, then its own."""
        return (*(change for reform in self.reforms for change in reform.changes), *self.own_changes)

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Where reforms set one value in one month, and which rule decides."""
        inner = (overlap for reform in self.reforms for overlap in reform.overlaps)
        return (*inner, *self._combined[1])

    def column(self, path: str) -> Any:
        """Return the values of a lever, shape (months, places), from January 2000 to the last month of files."""
        base = self._base(path)
        effect = self._combined[0].get(path)
        return base if effect is None else effect.on(base)

    def effects(self, base: Base) -> tuple[dict[str, Effect], list[Overlap]]:
        """Return what the scenario does to each path of ``base``, and where its parts overlap."""
        parts = [Part(reform.id, reform.effects(base)[0]) for reform in self.reforms]
        parts += [
            Part(f"{change.by}, line {change.line}", {change.path: change.effect(base(change.path))})
            for change in self.own_changes
        ]
        targets = {change.path: change.target for change in self.changes}
        return combine(parts, base, targets, self.on_overlap)

    @cached_property
    def _combined(self) -> tuple[dict[str, Effect], list[Overlap]]:
        return self.effects(self._base)

    def _base(self, path: str) -> Any:
        return self.parent.column(path) if self.parent else self.library.timelines[path]

    def tables(self) -> Tables:
        """Return everything a model is given, for every month that files may speak of, as a fresh copy."""
        tables = self.library.tables()
        for target in self._lever_targets().values():
            target.write(tables, self.column(target.path))
        for change in self.assumptions:
            change.target.write(tables, change.effect(change.target.read(tables)).values)
        return tables

    def _lever_targets(self) -> dict[str, Target]:
        """Return the levers that differ from the law as it stands, by path."""
        inherited = self.parent._lever_targets() if self.parent else {}  # noqa: SLF001 - its own kind
        return inherited | {change.path: change.target for change in self.changes}

    def costs(self) -> Any:
        """Return what the reform costs by month, records of COST for every month of the horizon; 0 for a baseline."""
        if self.reforms and not self.states_cost:
            costs = [reform.costs() for reform in self.reforms]
            total = costs[0]
            for name in total.dtype.names:
                total[name] = sum(cost[name] for cost in costs)
            return total
        return costs_by_month(self.cost, self.changes)

    def resolve(self, until: str) -> Given:
        """Return what a model is given from January 2000 to the month ``until`` (``YYYY-MM``), inclusive.

        Raises ValueError for a month outside the horizon, and ScenarioProblems if a change begins after ``until``.
        """
        last = _checked_month(until)
        self._check_end(last, until)
        tables = self.tables()
        rows = slice(last + 1)
        return Given(
            name=self.id,
            until=last,
            policy=tables.policy[rows].copy(),
            places=tables.places[rows].copy(),
            origins=tables.origins[rows].copy(),
            rivals=tables.rivals[rows].copy(),
            behaviour=tables.behaviour,
            pool=tables.pool,
            accounts=tables.accounts[rows].copy(),
            costs=self.costs()[rows].copy(),
        )

    def _check_end(self, last: int, until: str) -> None:
        late = [change for change in self.changes if change.start > last]
        findings = [Findings(change.file) for change in late]
        for change, found in zip(late, findings, strict=True):
            params = {"path": change.path, "value": month_text(change.start), "last": until}
            found.add((change.line, change.column), "after-the-run", **params)
        raise_all(findings)

    def first_difference(self, until: str) -> str | None:
        """Return the first month, up to ``until``, in which it differs from its baseline; None if it never does."""
        last = _checked_month(until)
        if self.parent is None:
            return None
        own, other = self.tables(), self.parent.tables()
        if own.pool != other.pool or own.behaviour.tobytes() != other.behaviour.tobytes():
            return FIRST_MONTH
        months = [
            _first_row(getattr(own, part)[: last + 1], getattr(other, part)[: last + 1])
            for part in ("policy", "places", "origins", "rivals", "accounts")
        ]
        differing = [month for month in months if month is not None]
        return month_text(min(differing)) if differing else None

    def value_at(self, path: str, month: str, place: str | None = None) -> float:
        """Return the value of a lever in a month, in a region (an origin, for a lever set by origin).

        Without ``place`` the value must be the same everywhere. Raises KeyError for an unknown path and ValueError
        for an unknown place or month.
        """
        values = self.values_at(path, month)
        if place is not None:
            if place not in values:
                raise ValueError(f"{path} is set for {', '.join(values)}, not for {place!r}")
            return values[place]
        if len(set(values.values())) > 1:
            raise ValueError(f"{path} differs by place in {month}: name one of {', '.join(values)}")
        return next(iter(values.values()))

    def values_at(self, path: str, month: str) -> dict[str, float]:
        """Return the values of a lever in a month by place."""
        places = self.library.levers[path].places
        row = self.column(path)[_checked_month(month)]
        return dict(zip(places, row.tolist(), strict=True))

    def history(self, path: str) -> tuple[Provision, ...]:
        """Return the dated values of a lever in the law as it stands, oldest first, each with its source."""
        return tuple(sorted(self.library.levers[path].provisions, key=lambda provision: provision.start))

    def with_assumptions(self, values: Mapping[str, float]) -> Scenario:
        """Return the scenario, and its baseline, under other parameters of behaviour or givens of the world.

        Names are those of behaviour (``beta``, ``career_gain.research``) or full paths. Raises ScenarioProblems for
        unknown names, for values that are not finite numbers and for values outside their limits.
        """
        return self.assuming(self._assumed(values))

    def with_defaults(self, values: Mapping[str, float]) -> Scenario:
        """Return the scenario, and its baseline, where parameters have other defaults.

        What they assume themselves holds over these values. Otherwise as :meth:`with_assumptions`; ScenarioProblems are
        raised, too, where an assumption that adds or multiplies then leaves its limits.
        """
        added = self._assumed(values)
        changed = self._standing_on(added)
        paths = {change.path for change in added}
        moved = [change for change in self.assumptions if change.path in paths and change.operation in _RELATIVE]
        if moved:
            changed._check_limits(moved)  # noqa: SLF001 - its own kind
        return changed

    def _assumed(self, values: Mapping[str, float]) -> tuple[Change, ...]:
        lines = [{"path": _assumption_path(name), "set": value} for name, value in values.items()]
        document = read_data({"assumptions": lines}, "assumptions")
        read = read_changes("assumptions", document, self.library, self.id)
        tables = self.tables()
        held = {change.path: change.target.read(tables) for _, change in read}
        note_faults(read, held.__getitem__, document, {"no-change"})
        document.findings.raise_if_any()
        return tuple(change for _, change in read)

    def _standing_on(self, changes: tuple[Change, ...]) -> Scenario:
        parent = self.parent._standing_on(changes) if self.parent else None  # noqa: SLF001 - its own kind
        return replace(self, assumptions=(*changes, *self.assumptions), parent=parent)

    def _check_limits(self, assumptions: Iterable[Change]) -> None:
        tables = self.tables()
        for change in assumptions:
            values = change.target.read(tables)
            fault = limits_fault(change.target, Effect(np.ones(values.shape, dtype=bool), values))
            if fault:
                findings = Findings(change.file)
                add_fault(Fault(change.operation, *fault), (change.line, change.column), findings)
                findings.raise_if_any()

    def assuming(self, changes: Iterable[Change]) -> Scenario:
        """Return the scenario, and its baseline, under further assumptions, which hold over earlier ones."""
        added = tuple(changes)
        if not added:
            return self
        parent = self.parent.assuming(added) if self.parent else None
        return replace(self, assumptions=(*self.assumptions, *added), parent=parent)


def _assumption_path(name: str) -> str:
    return name if name.partition(".")[0] in {"behaviour", "world"} else f"behaviour.{name}"


def _checked_month(month: str) -> int:
    try:
        index = month_index(month)
    except ValueError:
        index = -1
    if not is_inside(month) or month_text(index) != month:
        raise ValueError(f"a month is YYYY-MM from {FIRST_MONTH} to {LAST_MONTH}, got {shown(month)}")
    return index


def _first_row(first: Any, second: Any) -> int | None:
    """Return the first row in which two tables differ."""
    rows = len(first)
    differs = (first.view("u1").reshape(rows, -1) != second.view("u1").reshape(rows, -1)).any(axis=1)
    return int(np.argmax(differs)) if differs.any() else None
