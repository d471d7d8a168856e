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


class Touched(NamedTuple):
    """People whom a reform reached by a date, with their weights.

    ``touched``: their record differs in anything; ``additional``: in China only under the reform; ``displaced``: in
    China only under the baseline; ``abroad``: touched, and abroad under both.
    """

    touched: int
    additional: int
    displaced: int
    abroad: int


@dataclass
class PairedRun:
    """What one seed gives, by case: values of shape (outcomes, groups, months from ``FIRST_DATE``)."""

    seed: int
    baseline: dict[str, Any] = field(default_factory=dict)
    reform: dict[str, Any] = field(default_factory=dict)
    persons: dict[str, dict[str, Touched]] = field(default_factory=dict)


class _Snapshot(NamedTuple):
    """What is kept of everybody at a date: who, how many people they stand for, in China or not, all else in 64 bits."""

    id: Any
    weight: Any
    is_counted: Any
    digest: Any


class PairedRuns:
    """Does replicates: built once in each worker, then called with one seed after another."""

    def __init__(self, design: Design, question: Question, cases: Sequence[Case]) -> None:
        self._design = design
        self._question = question
        self._end = month_index(design.until)
        self._dates = {date: month_index(date) for date in (*question.dates, design.until)}
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
            self._run_family(run, family, sorted(cases, key=lambda case: case.first_month), steps)
        return run

    def _run_family(self, run: PairedRun, family: str, cases: list[Case], steps: _Steps) -> None:
        model = start(self._baselines[family], self._design, run.seed)
        before: dict[int, _Snapshot] = {}
        after: dict[str, dict[int, _Snapshot]] = {}
        for case in cases:
            if case.first_month <= self._end:
                self._advance(model, case.first_month, before, steps)
                branch = self._branch(model, case, run.seed)
                after[case.id] = {}
                self._advance(branch, self._end + 1, after[case.id], steps)
                run.reform[case.id] = values_of(branch, self._question, self._end)
        self._advance(model, self._end + 1, before, steps)
        values = values_of(model, self._question, self._end)
        for case in cases:
            run.baseline[case.id] = values
            # A scenario that never differs is its baseline.
            run.reform.setdefault(case.id, values)
            seen = after.get(case.id, {})
            run.persons[case.id] = {
                date: _compare(before[month], seen[month]) if month in seen else Touched(0, 0, 0, 0)
                for date, month in self._dates.items()
            }

    def _branch(self, model: Any, case: Case, seed: int) -> Any:
        given = self._reforms[case.id]
        # Other assumptions from the start: nobody has lived yet, and people may be drawn differently.
        return model.branch(given) if case.first_month > 0 else start(given, self._design, seed)

    def _advance(self, model: Any, month: int, snapshots: dict[int, _Snapshot], steps: _Steps) -> None:
        """Step a model until ``month`` is its next one, keeping the people of the dates asked for."""
        wanted = set(self._dates.values())
        while model.month < month:
            now = int(model.month)
            model.step()
            steps.count()
            if now in wanted:
                snapshots[now] = _snapshot(model.people.persons)

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

    Flows, and shares of flows, count the ``months`` up to each month.
    """
    at = range(month_index(FIRST_DATE), end + 1)
    return np.array(
        [
            [[model.outcomes.value(outcome, group, month, months=months) for month in at] for group in question.groups]
            for outcome in question.outcomes
        ],
        float,
    )


def at_date(values: Any, date: str) -> Any:
    """Return the values of a month, from monthly values along the last axis."""
    return values[..., month_index(date) - month_index(FIRST_DATE)]


def _snapshot(persons: Any) -> _Snapshot:
    return _Snapshot(persons["id"].copy(), persons["weight"].copy(), persons["is_counted"] == 1, _digest(persons))


def _digest(persons: Any) -> Any:
    """Return 64 bits per person that differ where any field of the record does (up to a chance of 2**-64)."""
    digest = np.zeros(len(persons), np.uint64)
    for name in persons.dtype.names:
        column = np.ascontiguousarray(persons[name])
        bits = column.view(np.uint64) if column.dtype.itemsize == 8 else column.astype(np.int64).view(np.uint64)
        # An odd multiplier keeps every bit; the shift spreads the high bits of floats over the low ones.
        digest = (digest ^ bits) * np.uint64(0x9E3779B97F4A7C15)
        digest ^= digest >> np.uint64(29)
    return digest


def _compare(before: _Snapshot, after: _Snapshot) -> Touched:
    """Compare the same people under two laws; people whom only one of the two holds are abroad in the other."""
    if np.array_equal(before.id, after.id):
        return _count(before.weight, before.digest != after.digest, before.is_counted, after.is_counted)
    ids = np.union1d(before.id, after.id)
    weight, is_in_before, is_in_after = (np.zeros(len(ids), kind) for kind in (np.int64, bool, bool))
    digests = np.zeros((2, len(ids)), np.uint64)
    for i, (snapshot, is_in) in enumerate(((before, is_in_before), (after, is_in_after))):
        at = np.searchsorted(ids, snapshot.id)
        weight[at], is_in[at], digests[i, at] = snapshot.weight, snapshot.is_counted, snapshot.digest
    return _count(weight, digests[0] != digests[1], is_in_before, is_in_after)


def _count(weight: Any, is_touched: Any, is_in_before: Any, is_in_after: Any) -> Touched:
    weight = weight.astype(np.int64)
    return Touched(
        touched=int(weight[is_touched].sum()),
        additional=int(weight[is_in_after & ~is_in_before].sum()),
        displaced=int(weight[is_in_before & ~is_in_after].sum()),
        abroad=int(weight[is_touched & ~is_in_before & ~is_in_after].sum()),
    )
