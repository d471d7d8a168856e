"""One replicate: a baseline and the reforms that branch off it, with the same people and the same luck.

A reform shares the baseline's past: at the first month in which its law differs, the baseline is copied and goes on
under the other law. Rows of persons stay the same people in both, so the two can be compared person by person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

from experiments.branching import Branch, Branching, Ended
from experiments.design import FIRST_DATE, Design, Question
from experiments.persons import Touched, known_traits
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
    draw: int | None = None
    """Number of the draw of the uncertain parameters; None where all are at their defaults."""
    baseline: dict[str, Any] = field(default_factory=dict)
    reform: dict[str, Any] = field(default_factory=dict)
    persons: dict[str, dict[str, Touched]] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, Touched]]] = field(default_factory=dict)
    """People reached by case, date and group of traits."""
    money: dict[str, dict[str, Money]] = field(default_factory=dict)


def draws_of(runs: Sequence[PairedRun]) -> list[int] | None:
    """Return the number of the draw of each run; None without draws."""
    draws = [run.draw for run in runs if run.draw is not None]
    return draws or None


class CaseLaw(NamedTuple):
    """What a case is given, and the first month in which that differs from its baseline, or NEVER."""

    given: Any
    first: int


class CaseLaws(Protocol):
    """What cases and their baselines are given in the replicate of a seed; baselines are told apart by family."""

    def draw(self, seed: int) -> int | None:
        """Return the number of the draw, if there are any."""

    def baseline(self, family: str, seed: int) -> Any:
        """Return what a baseline is given."""

    def law(self, case: Case, seed: int) -> CaseLaw:
        """Return what a case is given."""


class FixedLaws:
    """The same for every seed: resolved once."""

    def __init__(self, cases: Sequence[Case], until: str) -> None:
        self._baselines: dict[str, Any] = {}
        self._laws: dict[str, CaseLaw] = {}
        for case in cases:
            if case.family not in self._baselines:
                self._baselines[case.family] = case.baseline.resolve(until)
            self._laws[case.id] = CaseLaw(case.scenario.resolve(until), case.first_month)

    def draw(self, seed: int) -> int | None:  # noqa: ARG002 - there is none
        """Return None: every parameter is at its default."""
        return None

    def baseline(self, family: str, seed: int) -> Any:  # noqa: ARG002 - the same for all
        """Return what a baseline is given."""
        return self._baselines[family]

    def law(self, case: Case, seed: int) -> CaseLaw:  # noqa: ARG002 - the same for all
        """Return what a case is given."""
        return self._laws[case.id]


class PairedRuns:
    """Does replicates: built once in each worker, then called with one seed after another.

    Without ``laws``, every seed has the same ones. ``read`` is what is kept of a model that has run, given the question
    and the last month; :func:`values_of` unless told.
    """

    def __init__(
        self,
        design: Design,
        question: Question,
        cases: Sequence[Case],
        laws: CaseLaws | None = None,
        *,
        read: Callable[[Any, Question, int], Any] | None = None,
    ) -> None:
        self._design, self._read = design, read or values_of
        self._question = question
        self._end = month_index(design.until)
        self._dates = {date: month_index(date) for date in (*question.dates, design.until)}
        self._traits = known_traits(question.groups)
        self._laws = laws or FixedLaws(cases, design.until)
        self._families: dict[str, list[Case]] = {}
        for case in cases:
            self._families.setdefault(case.family, []).append(case)

    def __call__(self, seed: int, report: Report) -> PairedRun:
        """Run every baseline and every case with one seed."""
        run = PairedRun(seed, self._laws.draw(seed))
        steps = Steps(self._months_in_all(), report)
        for family, cases in self._families.items():
            self._run_family(run, family, cases, steps)
        return run

    def _run_family(self, run: PairedRun, family: str, cases: list[Case], steps: Steps) -> None:
        laws = [(case, self._laws.law(case, run.seed)) for case in cases]
        apart = [(case, law) for case, law in laws if law.first <= self._end]
        branches = [Branch(law.given, law.first) for _, law in apart]
        branching = Branching(
            lambda given: start(given, self._design, run.seed),
            end=self._end,
            dates=tuple(self._dates.values()),
            traits=self._traits,
            count=steps.count,
        )
        trunk = None
        for ended in branching.run(self._laws.baseline(family, run.seed), branches):
            if ended.error is not None:
                raise ended.error
            if ended.place is None:
                trunk = ended.model
                self._keep_baseline(run, cases, trunk)
            else:
                case, law = apart[ended.place]
                self._keep_reform(run, case, trunk, ended, first=law.first)

    def _keep_baseline(self, run: PairedRun, cases: list[Case], model: Any) -> None:
        values = self._read(model, self._question, self._end)
        for case in cases:
            # A scenario that never differs is its baseline.
            run.baseline[case.id] = run.reform[case.id] = values
            run.money[case.id] = {date: Money() for date in self._dates}
            self._keep_persons(run, case.id, {})

    def _keep_reform(self, run: PairedRun, case: Case, trunk: Any, ended: Ended, *, first: int) -> None:
        run.reform[case.id] = self._read(ended.model, self._question, self._end)
        run.money[case.id] = {date: money_of(trunk, ended.model, first, month) for date, month in self._dates.items()}
        self._keep_persons(run, case.id, ended.touched)

    def _keep_persons(self, run: PairedRun, name: str, touched: dict[int, dict[str, Touched]]) -> None:
        nobody = {group: Touched() for group in self._traits}
        run.groups[name] = {date: touched.get(month, nobody) for date, month in self._dates.items()}
        run.persons[name] = {date: counts["all"] for date, counts in run.groups[name].items()}

    def _months_in_all(self) -> int:
        branches = (case for cases in self._families.values() for case in cases)
        own = sum(max(0, self._end + 1 - case.first_month) for case in branches)
        return own + len(self._families) * (self._end + 1)


class Steps:
    """Counts steps and reports their share of all steps now and then."""

    def __init__(self, total: int, report: Report) -> None:
        self._done, self._total, self._report = 0, total, report

    def count(self) -> None:
        """Count one more step."""
        self._done += 1
        if self._done % _MONTHS_BETWEEN_REPORTS == 0:
            self._report(self._done / self._total)


def money_of(baseline: Any, reform: Any, first: int, month: int) -> Money:
    """Return the money from the first month of difference to a month, both counted from January 2000."""

    def total(model: Any, outcome: str) -> float:
        return float(model.outcomes.value(outcome, "all", month, months=month - first + 1))

    if month < first:
        return Money()
    return Money(total(reform, "public_cost"), total(baseline, "fiscal_balance"), total(reform, "fiscal_balance"))


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
