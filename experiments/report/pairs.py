"""The runs of a report: pairs of which more is read than one comparison asks, in as little room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.cases import known_groups, known_outcomes, warm
from experiments.comparison import Comparison, summary_of
from experiments.design import FIRST_DATE, Design, Question, default_dates, version
from experiments.findings import cost_lines, headline_rows, warnings_of
from experiments.replicate import PairedRun, PairedRuns
from experiments.report.people import Counted, count_people
from experiments.rows import persons_of, rows_of
from experiments.runner import Failure, Work, Workers, default_jobs
from experiments.seeds import RunsFailedError
from simulation.records import NEVER, month_index

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.report.asked import Asked, Running
    from experiments.rows import PersonsRow, Row

EARLY_DATE = "2030-12"
GROUP_OUTCOMES = ("stock", "stay_3y", "arrivals", "exits")
"""Outcomes that are read of every group; of everybody, all are."""


class Read(NamedTuple):
    """What is read of a model that has run: values of each question, shape (outcomes, groups, dates), and people."""

    values: tuple[Any, ...]
    people: Counted | None


@dataclass(frozen=True)
class Reader:
    """Reads a model: a few questions, and the people counted from a month on, none where it is NEVER."""

    questions: tuple[Question, ...]
    since: int

    def __call__(self, model: Any, question: Question, end: int) -> Read:  # noqa: ARG002 - it has its own questions
        """Return what is read at the end of a run."""
        values = tuple(_values(model, one) for one in self.questions)
        return Read(values, None if self.since == NEVER else count_people(model.people.persons, since=self.since))


def _values(model: Any, question: Question) -> Any:
    months = [month_index(date) for date in question.dates]
    return np.array(
        [
            [[model.outcomes.value(outcome, group, month) for month in months] for group in question.groups]
            for outcome in question.outcomes
        ]
    )


def report_dates(until: str) -> tuple[str, ...]:
    """Return the dates of the tables: December 2030, 2035 and the last one, where they are simulated.

    >>> report_dates("2040-12"), report_dates("2030-12")
    (('2030-12', '2035-12', '2040-12'), ('2030-12',))
    """
    dates = [date for date in (EARLY_DATE, *default_dates(until)) if date <= until]
    return tuple(dict.fromkeys(sorted(dates)))


def decembers(until: str) -> tuple[str, ...]:
    """Return every December reported.

    >>> decembers("2020-06")
    ('2018-12', '2019-12')
    """
    years = range(int(FIRST_DATE[:4]), int(until[:4]) + 1)
    return tuple(f"{year}-12" for year in years if f"{year}-12" <= until)


@dataclass(frozen=True)
class Pairs:
    """All pairs of runs of a report: every number that is made of them comes from here.

    ``main`` is the comparison that ``talentflow compare`` makes of the same settings: people in China, everybody.
    """

    asked: Asked
    main: Comparison
    persons: tuple[PersonsRow, ...]
    """People reached, by every trait that nobody changes."""
    questions: tuple[Question, ...]
    runs: tuple[PairedRun, ...] = field(repr=False)
    failures: tuple[Failure, ...] = ()

    @property
    def dates(self) -> tuple[str, ...]:
        """Dates of the tables, the last one the headline's."""
        return self.main.question.dates

    @property
    def years(self) -> tuple[str, ...]:
        """Dates of paths."""
        return decembers(self.asked.design.until)

    @property
    def headline(self) -> list[Row]:
        """One row a scenario: people in China at the last date."""
        return list(headline_rows(self.main))

    @property
    def replicates(self) -> int:
        """Pairs of runs."""
        return self.main.replicates

    @property
    def version(self) -> str:
        """Version of the model that ran."""
        return version()

    @property
    def is_crossed(self) -> bool:
        """Pairs have draws in turn."""
        return False

    @property
    def costs(self) -> tuple[CostRow, ...]:
        """Costs at every date."""
        return self.main.costs

    def told_costs(self, lang: str) -> list[str]:
        """Return one sentence on its costs for each scenario that has any."""
        return cost_lines(self.main, lang)

    def warnings(self, lang: str) -> list[str]:
        """Return what must be known before reading the rows."""
        return list(warnings_of(self.main, lang))

    def rows(self, outcomes: Sequence[str], groups: Sequence[str] = ("all",), dates: Sequence[str] = ()) -> list[Row]:
        """Return the rows that a comparison of these outcomes, groups and dates has; the last date unless told."""
        wanted = Question(tuple(outcomes), tuple(groups), tuple(dates) or self.dates[-1:], paths=False)
        place = next(i for i, question in enumerate(self.questions) if _holds(question, wanted))
        runs = [_narrowed(run, place, self.questions[place], wanted, self.asked.design.until) for run in self.runs]
        return [row for case in self.asked.cases for row in rows_of(case, wanted, runs, None)]

    def people(self, scenario: str) -> tuple[list[Counted], list[Counted]]:
        """Return the people counted at the end of each run, under the baseline and under a scenario."""
        return (
            [run.baseline[scenario].people for run in self.runs],
            [run.reform[scenario].people for run in self.runs],
        )


def _holds(question: Question, wanted: Question) -> bool:
    return all(set(getattr(wanted, name)) <= set(getattr(question, name)) for name in ("outcomes", "groups", "dates"))


def _narrowed(run: PairedRun, place: int, held: Question, wanted: Question, until: str) -> PairedRun:
    """Return a run with the values that one question asks for, as comparisons have them."""
    at = np.ix_(
        [held.outcomes.index(name) for name in wanted.outcomes],
        [held.groups.index(name) for name in wanted.groups],
        [held.dates.index(name) for name in wanted.dates],
    )
    first = month_index(FIRST_DATE)
    months = [month_index(date) - first for date in wanted.dates]

    def spread(read: Read) -> Any:
        values = np.full((len(wanted.outcomes), len(wanted.groups), month_index(until) + 1 - first), np.nan)
        values[:, :, months] = read.values[place][at]
        return values

    sides = [{name: spread(read) for name, read in side.items()} for side in (run.baseline, run.reform)]
    return replace(run, baseline=sides[0], reform=sides[1])


def run_pairs(asked: Asked, running: Running) -> Pairs:
    """Run what is asked, and read all that the sections of a report need.

    Raises
    ------
    RunsFailedError
        If no run succeeded.
    KeyboardInterrupt
        If it was asked to stop.
    """
    until = asked.design.until
    dates = report_dates(until)
    questions = (
        Question(known_outcomes(), ("all",), tuple(dict.fromkeys((*decembers(until), *dates))), paths=False),
        Question(GROUP_OUTCOMES, known_groups(), dates, paths=False),
    )
    persons = Question(("stock",), known_groups(), dates, paths=False)
    reader = Reader(questions, asked.cases[0].first_month if asked.is_one else NEVER)
    warm(asked.cases[0].baseline, asked.design)
    runs, failures = _run(partial(_work, asked, persons, reader), asked.design, running)
    headline = replace(persons, groups=("all",))
    narrowed = [_narrowed(run, 0, questions[0], headline, until) for run in runs]
    main = summary_of(asked.design, headline, asked.cases, narrowed, failures)
    main = replace(main, assumed=tuple(one.id for one in asked.assumed), drawn=asked.drawn)
    reached = tuple(row for case in asked.cases for row in persons_of(case, persons, runs))
    return Pairs(asked, main, reached, questions, tuple(runs), tuple(failures))


def _work(asked: Asked, persons: Question, reader: Reader) -> Work:
    if asked.drawn is None:
        return PairedRuns(asked.design, persons, asked.cases, read=reader)
    from experiments.drawn_laws import DrawnLaws

    laws = DrawnLaws(asked.design, persons, asked.cases, asked.drawn)
    return PairedRuns(asked.design, persons, asked.cases, laws, read=reader)


def _run(make_work: Any, design: Design, running: Running) -> tuple[list[PairedRun], list[Failure]]:
    runs: list[PairedRun] = []
    failures: list[Failure] = []
    jobs = min(running.jobs or default_jobs(), design.replicates)
    with Workers(make_work, jobs) as workers:
        for _, result in workers.run(list(design.seeds), running.on_progress, should_stop=running.should_stop):
            (failures if isinstance(result, Failure) else runs).append(result)
    if running.should_stop is not None and running.should_stop():
        raise KeyboardInterrupt
    if not runs:
        raise RunsFailedError(failures)
    # Workers finish in any order; the result must not depend on it.
    return sorted(runs, key=lambda run: run.seed), sorted(failures, key=lambda failure: int(failure.task))
