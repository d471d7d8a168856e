"""One replicate: a baseline and the reforms that branch off it, with the same people and the same luck.

A reform shares the baseline's past: at the first month in which its law differs, the baseline is copied and goes on
under the other law. Rows of persons stay the same people in both, so the two can be compared person by person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from experiments.design import FIRST_DATE, Design, Question
from experiments.persons import Pairing, Snapshot, Touched, known_traits, snapshot_of
from experiments.runner import Report
from simulation.records import NEVER, month_index

_MONTHS_BETWEEN_REPORTS = 6


@dataclass(frozen=True)
class Case:
    """A scenario, the baseline it departs from, and the first month in which they differ, if any."""

    id: str
    title: dict[str, str]
    scenario: Any
    baseline_id: str
    baseline: Any
    first: str | None
    family: str = ""
    """Tells baselines apart that share an id but not their assumptions."""

    @property
    def first_month(self) -> int:
        """First month of difference, counted from January 2000, or NEVER."""
        return NEVER if self.first is None else month_index(self.first)


class Money(NamedTuple):
    """Money from a reform's first month to a date, yuan: its own cost, and the fiscal balance under each law."""

    public_cost: float = 0.0
    balance_baseline: float = 0.0
    balance_reform: float = 0.0


@dataclass
class PairedRun:
    """What one seed gives, by case: values of shape (outcomes, groups, months from ``FIRST_DATE``)."""

    seed: int
    baseline: dict[str, Any] = field(default_factory=dict)
    reform: dict[str, Any] = field(default_factory=dict)
    persons: dict[str, dict[str, Touched]] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, Touched]]] = field(default_factory=dict)
    """People reached by case, date and group of traits."""
    money: dict[str, dict[str, Money]] = field(default_factory=dict)


@dataclass
class _Trunk:
    """A baseline run to its end: what it held in each month, and where reforms branch off."""

    model: Any
    forks: dict[int, Any]
    in_china: dict[int, Any]
    """Who was in China, a bit a row, by month."""
    snapshots: dict[int, Snapshot]


class PairedRuns:
    """Does replicates: built once in each worker, then called with one seed after another."""

    def __init__(self, design: Design, question: Question, cases: Sequence[Case]) -> None:
        self._design = design
        self._question = question
        self._end = month_index(design.until)
        self._dates = {date: month_index(date) for date in (*question.dates, design.until)}
        self._wanted = set(self._dates.values())
        self._traits = known_traits(question.groups)
        self._families: dict[str, list[Case]] = {}
        self._baselines: dict[str, Any] = {}
        self._reforms: dict[str, Any] = {}
        for case in cases:
            self._families.setdefault(case.family, []).append(case)
            if case.family not in self._baselines:
                self._baselines[case.family] = case.baseline.resolve(design.until)
            self._reforms[case.id] = case.scenario.resolve(design.until)

    def __call__(self, seed: int, report: Report) -> PairedRun:
        """Run every baseline and every case with one seed."""
        run = PairedRun(seed)
        steps = _Steps(self._months_in_all(), report)
        for family, cases in self._families.items():
            self._run_family(run, family, cases, steps)
        return run

    def _run_family(self, run: PairedRun, family: str, cases: list[Case], steps: _Steps) -> None:
        trunk = self._trunk(family, cases, run.seed, steps)
        values = values_of(trunk.model, self._question, self._end)
        for case in cases:
            run.baseline[case.id] = values
            # A scenario that never differs is its baseline.
            run.reform[case.id] = values
            found = {date: {group: Touched() for group in self._traits} for date in self._dates}
            run.money[case.id] = {date: Money() for date in self._dates}
            if case.first_month <= self._end:
                branch = self._branch(trunk, case, run.seed)
                found |= self._follow(branch, trunk, steps)
                run.reform[case.id] = values_of(branch, self._question, self._end)
                run.money[case.id] = self._money(trunk.model, branch, case.first_month)
            run.groups[case.id] = found
            run.persons[case.id] = {date: counts["all"] for date, counts in found.items()}

    def _trunk(self, family: str, cases: list[Case], seed: int, steps: _Steps) -> _Trunk:
        """Run a baseline to its end, keeping a copy of it in each month in which a reform begins."""
        given = self._baselines[family]
        trunk = _Trunk(start(given, self._design, seed), {}, {}, {})
        model = trunk.model
        begins = {case.first_month for case in cases if case.first_month <= self._end}
        first = min(begins, default=NEVER)
        while model.month <= self._end:
            now = int(model.month)
            # Other assumptions from the start: nobody has lived yet, and people may be drawn differently.
            if now in begins and now > 0:
                trunk.forks[now] = model.branch(given)
            model.step()
            steps.count()
            if now >= first:
                trunk.in_china[now] = np.packbits(model.people.persons["is_counted"] == 1)
            if now in self._wanted:
                trunk.snapshots[now] = snapshot_of(model.people.persons)
        return trunk

    def _branch(self, trunk: _Trunk, case: Case, seed: int) -> Any:
        given = self._reforms[case.id]
        fork = trunk.forks.get(case.first_month)
        return start(given, self._design, seed) if fork is None else fork.branch(given)

    def _follow(self, branch: Any, trunk: _Trunk, steps: _Steps) -> dict[str, dict[str, Touched]]:
        """Run a branch to its end and compare its people, month by month, with those of the trunk."""
        before = trunk.model.people.persons
        pairing = Pairing(before, branch.people.persons, self._traits)
        found: dict[int, dict[str, Touched]] = {}
        while branch.month <= self._end:
            now = int(branch.month)
            branch.step()
            steps.count()
            persons = branch.people.persons
            was_here = np.unpackbits(trunk.in_china[now], count=len(before)).astype(bool)
            pairing.add_month(was_here, persons["is_counted"] == 1)
            if now in self._wanted:
                found[now] = pairing.at(trunk.snapshots[now], snapshot_of(persons))
        return {date: found[month] for date, month in self._dates.items() if month in found}

    def _money(self, baseline: Any, reform: Any, first: int) -> dict[str, Money]:
        def total(model: Any, outcome: str, month: int) -> float:
            return float(model.outcomes.value(outcome, "all", month, months=month - first + 1))

        return {
            date: Money(
                total(reform, "public_cost", month),
                total(baseline, "fiscal_balance", month),
                total(reform, "fiscal_balance", month),
            )
            if month >= first
            else Money()
            for date, month in self._dates.items()
        }

    def _months_in_all(self) -> int:
        branches = (case for cases in self._families.values() for case in cases)
        own = sum(max(0, self._end + 1 - case.first_month) for case in branches)
        return own + len(self._families) * (self._end + 1)


class _Steps:
    """Counts steps and reports their share of all steps now and then."""

    def __init__(self, total: int, report: Report) -> None:
        self._done, self._total, self._report = 0, total, report

    def count(self) -> None:
        self._done += 1
        if self._done % _MONTHS_BETWEEN_REPORTS == 0:
            self._report(self._done / self._total)


def start(given: Any, design: Design, seed: int) -> Any:
    """Return a new model for one seed of a design."""
    from simulation.model import TalentModel

    return TalentModel(given, scale=design.scale, seed=seed, until=design.until, engine=design.engine, threads=1)


def values_of(model: Any, question: Question, end: int, *, months: int = 12) -> Any:
    """Return the outcomes asked for, shape (outcomes, groups, months from ``FIRST_DATE`` to ``end``).

    Flows, and shares of flows, count the ``months`` up to each month. Months not asked for are nan.
    """
    first = month_index(FIRST_DATE)
    at = range(first, end + 1) if question.paths else sorted({month_index(date) for date in question.dates})
    values = np.full((len(question.outcomes), len(question.groups), end + 1 - first), np.nan)
    for i, outcome in enumerate(question.outcomes):
        for j, group in enumerate(question.groups):
            for month in at:
                values[i, j, month - first] = model.outcomes.value(outcome, group, month, months=months)
    return values


def at_date(values: Any, date: str) -> Any:
    """Return the values of a month, from monthly values along the last axis."""
    return values[..., month_index(date) - month_index(FIRST_DATE)]
