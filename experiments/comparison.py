"""Reforms against their baseline, paired by seed and by person."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from experiments import components, pairing
from experiments.accounts import CostRow, cost_row
from experiments.cases import cases_of, known_groups, known_outcomes, scenario_of, warm
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
    luck_and_draws,
    version,
)
from experiments.findings import notes, warnings_of
from experiments.posterior import PosteriorDraws, assumed_among, check_draws, posterior_draws
from experiments.replicate import Case, PairedRun, PairedRuns, draws_of
from experiments.rows import DrawnRow, PersonsRow, Row, persons_of, plain, rows_of
from experiments.runner import Failure, OnProgress, Work, Workers, default_jobs
from experiments.seeds import RunsFailedError

SCHEMA = "talentflow.compare/1"


@dataclass(frozen=True)
class Comparison:
    """Every scenario against its baseline.

    ``rows`` holds one row for each scenario, outcome, group and date, ``persons`` one for each scenario, group of
    traits and date, ``costs`` one for each scenario and date.
    ``runs`` are the pairs they come from, in the order of their seeds; ``failures`` the runs that gave none. ``drawn``
    are the draws of uncertain parameters that they are made over; with these, rows are :class:`DrawnRow`.
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
    drawn: PosteriorDraws | None = None

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

    def summarise(self, baseline: Any, reform: Any) -> pairing.PairSummary:
        """Return what some values under each law, one a pair, say of one number."""
        return components.summarise(baseline, reform, draws_of(self.runs))

    def drawn_to_dict(self) -> dict[str, Any]:
        """Return the draws as plain values under their key; nothing without draws."""
        return {} if self.drawn is None else {"draws": self.drawn.to_dict()}

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
            **self.drawn_to_dict(),
            "rows": [plain(row) for row in self.rows],
            "persons": [plain(row) for row in self.persons],
            "costs": [plain(row) for row in self.costs],
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
        names = [one.name for one in fields(Row if self.drawn is None else DrawnRow)]
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(plain(row) for row in self.rows)
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
    draws: int | None = None,
    posterior: str | Path | None = None,
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
        Pairs of runs, at least 1; 20 unless told. With ``precision``, the most that are run (400 unless told); with
        ``draws``, at least two of each, and unless told 20 or more, each draw equally often.
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
    draws
        Settings of the uncertain parameters, 0 or at least 2, out of ``posterior``: pair i has setting i modulo
        ``draws``, the same on both sides, and its own luck. Rows then tell parameters and chance apart, and their interval
        is where the effect lies given that the parameters are not known; see :func:`experiments.components.reach_of`. 0
        leaves every parameter at its default. Unless told, :data:`experiments.design.DEFAULT_DRAWS`, or 0 where precision
        is sought or fewer than two replicates of each are asked for. Assumptions of ``assume`` and of scenarios hold over the draws.
    posterior
        CSV file, a column a parameter, perhaps one called weight; the shipped one unless told.
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
    most, n_draws = _runs_asked(replicates, draws, posterior, precision)
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
    drawn = drawn_for(cases, n_draws, posterior, seed)
    first_batch = most if precision is None else min(DEFAULT_REPLICATES, most)
    n_jobs = min(jobs or default_jobs(), first_batch)
    if on_start is not None:
        on_start(cost_of(cases, replace(design, replicates=first_batch), n_jobs))
    warm(cases[0].baseline, design, on_compile)
    latest: Comparison | None = None
    with Workers(_work(design, question, cases, drawn), n_jobs) as workers:
        for runs, failures in _batches(workers, design, first_batch, n_draws, on_progress):
            latest = replace(
                summary_of(design, question, cases, runs, failures, precision=precision),
                assumed=tuple(one.id for one in assumptions),
                drawn=drawn,
            )
            if precision is None or latest.precision_reached:
                break
    if latest is None:
        raise DesignError("nothing to run")
    return latest


def _runs_asked(
    replicates: int | None, draws: int | None, posterior: str | Path | None, precision: float | None
) -> tuple[int, int]:
    """Return the most replicates and the number of draws; refuse what does not go together."""
    if precision is None:
        most, n_draws = luck_and_draws(replicates, draws)
    elif draws:
        raise DesignError("a precision is sought with parameters at their defaults: leave it out, or ask for 0 draws")
    else:
        most, n_draws = MAX_REPLICATES if replicates is None else replicates, 0
    if posterior is not None and not n_draws:
        raise DesignError("a posterior is read for draws: ask for 2 draws or more")
    return most, n_draws


def drawn_for(cases: Sequence[Case], n_draws: int, posterior: str | Path | None, seed: int) -> PosteriorDraws | None:
    """Return the draws that cases are run under, None without any."""
    if not n_draws:
        return None
    drawn = posterior_draws(n_draws, posterior, seed=seed)
    drawn = replace(drawn, assumed=assumed_among(drawn, cases))
    check_draws(drawn, cases)
    return drawn


def _work(
    design: Design, question: Question, cases: Sequence[Case], drawn: PosteriorDraws | None
) -> Callable[[], Work]:
    """Return what builds the work of a worker."""
    if drawn is None:
        return partial(PairedRuns, design, question, cases)
    from experiments.drawn_laws import drawn_runs

    return partial(drawn_runs, design, question, cases, drawn)


def _batches(
    workers: Workers, design: Design, size: int, n_draws: int, on_progress: OnProgress | None
) -> Iterator[tuple[list[PairedRun], list[Failure]]]:
    """Yield all runs so far, after each batch of seeds."""
    runs: list[PairedRun] = []
    failures: list[Failure] = []
    seeds = design.seeds
    for begin in range(0, len(seeds), size):
        # Draw by draw, as each worker keeps what the latest one gives.
        batch = sorted(seeds[begin : begin + size], key=lambda seed: (seed - design.seed) % max(1, n_draws))
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
    rows = tuple(row for case in cases for row in rows_of(case, question, runs, precision))
    persons = tuple(row for case in cases for row in persons_of(case, question, runs))
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
