"""Reforms against their baseline, paired by seed and by person."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from typing import Any

from experiments import pairing
from experiments.accounts import CostRow, cost_row
from experiments.cases import cases_of, known_groups, known_outcomes, outcome_unit, scenario_of, warm
from experiments.cost import Cost, cost_of
from experiments.design import (
    DEFAULT_REPLICATES,
    DEFAULT_SCALE,
    DEFAULT_SEED,
    DEFAULT_UNTIL,
    MAX_REPLICATES,
    Design,
    DesignError,
    Question,
    check_question,
    version,
)
from experiments.findings import notes, warnings_of
from experiments.finite import each_or_none
from experiments.persons import Touched, known_traits
from experiments.replicate import Case, PairedRun, PairedRuns, at_date
from experiments.runner import Failure, OnProgress, Workers, default_jobs
from experiments.seeds import RunsFailedError

SCHEMA = "talentflow.compare/1"


@dataclass(frozen=True)
class Row:
    """One number of one scenario: means over pairs, their difference and its interval.

    ``low`` and ``high`` are nan where no interval exists. See :class:`experiments.pairing.PairSummary`.
    """

    scenario: str
    outcome: str
    group: str
    date: str
    unit: str
    baseline: float
    reform: float
    difference: float
    low: float
    high: float
    n: int
    same_sign: float
    error: float
    variance_ratio: float
    method: str
    precision_reached: bool | None = None


@dataclass(frozen=True)
class PersonsRow:
    """People of a group reached by a scenario up to a date, means over pairs.

    See :class:`experiments.persons.Touched`; years are those of people in China under one law alone.
    """

    scenario: str
    group: str
    date: str
    touched: float
    additional: float
    displaced: float
    abroad: float
    deadweight: float
    additional_years: float
    displaced_years: float
    n: int


@dataclass(frozen=True)
class Comparison:
    """Every scenario against its baseline.

    ``rows`` holds one row for each scenario, outcome, group and date, ``persons`` one for each scenario, group of
    traits and date, ``costs`` one for each scenario and date.
    ``runs`` are the pairs they come from, in the order of their seeds; ``failures`` the runs that gave none.
    """

    design: Design
    question: Question
    cases: tuple[Case, ...]
    rows: tuple[Row, ...]
    persons: tuple[PersonsRow, ...]
    costs: tuple[CostRow, ...]
    runs: tuple[PairedRun, ...] = field(repr=False)
    failures: tuple[Failure, ...] = ()
    precision: float | None = None
    assumed: tuple[str, ...] = ()
    """Ids of the scenarios whose assumptions hold on both sides."""

    @property
    def replicates(self) -> int:
        """Pairs that the rows come from."""
        return len(self.runs)

    @property
    def warnings(self) -> list[str]:
        """What a reader must know before reading the rows, in English."""
        return list(warnings_of(self, "en"))

    @property
    def precision_reached(self) -> bool:
        """Whether every row is as precise as asked; true where nothing was asked."""
        return all(row.precision_reached is not False for row in self.rows)

    @property
    def baseline(self) -> str:
        """Name of the baseline, or of all of them."""
        return ", ".join(dict.fromkeys(case.baseline_id for case in self.cases))

    def paths(self, scenario: str, outcome: str, group: str) -> tuple[Any, Any]:
        """Return monthly values under the baseline and under a scenario, each of shape (pairs, months).

        Without ``paths`` in the question, months other than its dates are nan.
        """
        import numpy as np

        place = self.question.outcomes.index(outcome), self.question.groups.index(group)
        before = np.array([run.baseline[scenario][place] for run in self.runs])
        after = np.array([run.reform[scenario][place] for run in self.runs])
        return before, after

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.rows])

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the result as plain values, with None where a number does not exist."""
        return {
            "schema": SCHEMA,
            "seed": self.design.seed,
            "replicates": self.replicates,
            "scale": self.design.scale,
            "until": self.design.until,
            "engine": self.design.engine,
            "confidence": pairing.CONFIDENCE,
            "version": version(),
            "baseline": self.baseline,
            "assumed": list(self.assumed),
            "rows": [_plain(row) for row in self.rows],
            "persons": [_plain(row) for row in self.persons],
            "costs": [_plain(row) for row in self.costs],
            "warnings": list(warnings_of(self, lang)),
            "notes": notes(self, lang),
            "failures": [{"seed": failure.task, "error": failure.error} for failure in self.failures],
            "precision": None
            if self.precision is None
            else {"asked": self.precision, "reached": self.precision_reached},
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.compare/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)

    def to_csv(self) -> str:
        """Return the rows as CSV text with a header; an empty cell where a number does not exist."""
        text = io.StringIO()
        names = [one.name for one in fields(Row)]
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_plain(row) for row in self.rows)
        return text.getvalue()


def compare(
    scenarios: Sequence[Any],
    *,
    replicates: int | None = None,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str = DEFAULT_UNTIL,
    jobs: int | None = None,
    engine: str = "compiled",
    outcomes: Sequence[str] = ("stock",),
    groups: Sequence[str] = ("all",),
    dates: Sequence[str] = (),
    assume: Sequence[Any] = (),
    precision: float | None = None,
    paths: bool = True,
    on_progress: OnProgress | None = None,
    on_compile: Callable[[], None] | None = None,
    on_start: Callable[[Cost], None] | None = None,
) -> Comparison:
    """Compare scenarios with their baselines, paired by seed and person.

    Parameters
    ----------
    scenarios
        Ids or files of scenarios, or Scenario objects.
    replicates
        Pairs of runs, at least 1; 20 unless told. With ``precision``, the most that are run (400 unless told).
    seed
        First seed, at least 0; replicate i has ``seed + i``.
    scale
        People that one row stands for, at least 1.
    until
        Last month simulated, ``YYYY-MM``.
    jobs
        Worker processes; one per processor unless told. The result does not depend on it.
    engine
        ``compiled``, or ``agents`` for the same rules in plain Python (slow).
    outcomes, groups, dates
        The rows asked for; see :class:`experiments.design.Question`.
    assume
        Scenarios whose assumptions about behaviour or the world hold on both sides: ids, files or Scenario objects.
    precision
        Relative precision sought, above 0: replicates are added until every interval reaches at most this share of its
        difference to either side. Stopping by looking costs a little coverage; searches start at 20 pairs to limit it.
    paths
        Whether every month is worked out, as figures need, or the dates alone, which is faster.
    on_progress, on_compile, on_start
        Told of replicates done, before rules are compiled for this machine, and of the cost before anything is run.

    Raises
    ------
    DesignError
        If something cannot be run as asked.
    RunsFailedError
        If no run succeeded. Where only some failed, the result lists them.
    """
    if precision is not None and not 0 < precision < math.inf:
        raise DesignError(f"the precision must be above 0, got {precision}")
    most = replicates if replicates is not None else DEFAULT_REPLICATES if precision is None else MAX_REPLICATES
    design = Design(
        seed=seed, replicates=most, scale=DEFAULT_SCALE if scale is None else scale, until=until, engine=engine
    )
    question = check_question(
        Question(tuple(outcomes), tuple(groups), tuple(dates), paths),
        until,
        known_outcomes=known_outcomes(),
        known_groups=known_groups(),
    )
    assumptions = [scenario_of(one) for one in assume]
    cases = cases_of(scenarios, until, assumptions)
    first_batch = most if precision is None else min(DEFAULT_REPLICATES, most)
    n_jobs = min(jobs or default_jobs(), first_batch)
    if on_start is not None:
        on_start(cost_of(cases, replace(design, replicates=first_batch), n_jobs))
    warm(cases[0].baseline, design, on_compile)
    latest: Comparison | None = None
    with Workers(partial(PairedRuns, design, question, cases), n_jobs) as workers:
        for runs, failures in _batches(workers, design, first_batch, on_progress):
            latest = replace(
                summary_of(design, question, cases, runs, failures, precision=precision),
                assumed=tuple(one.id for one in assumptions),
            )
            if precision is None or latest.precision_reached:
                break
    if latest is None:
        raise DesignError("nothing to run")
    return latest


def _batches(
    workers: Workers, design: Design, size: int, on_progress: OnProgress | None
) -> Iterator[tuple[list[PairedRun], list[Failure]]]:
    """Yield all runs so far, after each batch of seeds."""
    runs: list[PairedRun] = []
    failures: list[Failure] = []
    seeds = design.seeds
    for begin in range(0, len(seeds), size):
        batch = seeds[begin : begin + size]
        done_before = begin
        tell = on_progress and partial(_shifted, on_progress, done_before)
        for _, result in workers.run(batch, tell):
            (failures if isinstance(result, Failure) else runs).append(result)
        if not runs:
            raise RunsFailedError(failures)
        # Workers finish in any order; the result must not depend on it.
        runs.sort(key=lambda run: run.seed)
        failures.sort(key=lambda failure: int(failure.task))
        yield runs, failures


def _shifted(on_progress: OnProgress, before: int, done: float, total: int) -> None:
    on_progress(before + done, before + total)


def summary_of(
    design: Design,
    question: Question,
    cases: Sequence[Case],
    runs: Sequence[PairedRun],
    failures: Sequence[Failure],
    *,
    precision: float | None = None,
) -> Comparison:
    """Return the comparison that some runs make."""
    rows = tuple(row for case in cases for row in _rows(case, question, runs, precision))
    persons = tuple(row for case in cases for row in _persons(case, question, runs))
    costs = tuple(cost_row(case.id, date, runs) for case in cases for date in question.dates)
    return Comparison(
        design=design,
        question=question,
        cases=tuple(cases),
        rows=rows,
        persons=persons,
        costs=costs,
        runs=tuple(runs),
        failures=tuple(failures),
        precision=precision,
    )


def _rows(case: Case, question: Question, runs: Sequence[PairedRun], precision: float | None) -> Iterator[Row]:
    for i, outcome in enumerate(question.outcomes):
        for j, group in enumerate(question.groups):
            for date in question.dates:
                pairs = pairing.summarise(
                    [at_date(run.baseline[case.id][i, j], date) for run in runs],
                    [at_date(run.reform[case.id][i, j], date) for run in runs],
                )
                yield Row(
                    scenario=case.id,
                    outcome=outcome,
                    group=group,
                    date=date,
                    unit=outcome_unit(outcome),
                    **asdict(pairs),
                    precision_reached=None if precision is None else _is_precise(pairs, precision),
                )


def _is_precise(pairs: pairing.PairSummary, precision: float) -> bool:
    reach = max(pairs.high - pairs.difference, pairs.difference - pairs.low)
    return bool(reach <= precision * abs(pairs.difference))


def _persons(case: Case, question: Question, runs: Sequence[PairedRun]) -> Iterator[PersonsRow]:
    n = len(runs)
    for group in known_traits(question.groups):
        for date in question.dates:
            counts = [run.groups[case.id][date][group] for run in runs]
            means = {name: sum(getattr(count, name) for count in counts) / n for name in Touched._fields}
            years = {f"{name}_years": means.pop(f"{name}_months") / 12 for name in ("additional", "displaced")}
            yield PersonsRow(scenario=case.id, group=group, date=date, **means, **years, n=n)


def _plain(row: Row | PersonsRow | CostRow) -> dict[str, Any]:
    values = asdict(row)
    if values.get("precision_reached", False) is None:
        del values["precision_reached"]
    return each_or_none(values)
