"""One scenario along time: outcomes by month, averaged over replicates."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from experiments.benchmarks import Benchmark, Beside, beside, read_benchmarks
from experiments.cases import known_groups, known_outcomes, outcome_unit, scenario_of, titles_of, under, warm
from experiments.design import (
    DEFAULT_SCALE,
    DEFAULT_SEED,
    DEFAULT_UNTIL,
    FIRST_DATE,
    Design,
    Question,
    check_question,
    version,
)
from experiments.finite import each_or_none, mean_and_sd
from experiments.replicate import at_date, start, values_of
from experiments.runner import Failure, OnProgress, Report
from experiments.seeds import run_seeds
from experiments.words import say
from simulation.records import month_index, month_text

SCHEMA = "talentflow.run/1"


class Point(NamedTuple):
    """One outcome of one group in one month: the mean over replicates, and their spread (nan for one replicate)."""

    date: str
    outcome: str
    group: str
    unit: str
    value: float
    sd: float


@dataclass(frozen=True)
class RunSeries:
    """Outcomes of one scenario.

    ``values`` has shape (replicates, outcomes, groups, months from ``FIRST_DATE``); flows are those of each month.
    ``yearly`` has the same shape; its flows count the 12 months up to each month.
    """

    scenario: str
    title: dict[str, str]
    design: Design
    question: Question
    values: Any = field(repr=False)
    yearly: Any = field(repr=False)
    failures: tuple[Failure, ...] = ()
    assumed: tuple[str, ...] = ()
    """Ids of the scenarios whose assumptions hold."""
    context: tuple[Beside, ...] = ()
    """The article's numbers beside ours."""

    @property
    def replicates(self) -> int:
        """Runs that the values come from."""
        return len(self.values)

    def months(self) -> list[str]:
        """Return the months of the last axis."""
        first = month_index(FIRST_DATE)
        return [month_text(first + i) for i in range(self.values.shape[-1])]

    def points(self, dates: Sequence[str] | None = None) -> list[Point]:
        """Return the points of every month; or of some dates, with flows over the 12 months up to each."""
        every = self.values if dates is None else self.yearly
        found = []
        for i, outcome in enumerate(self.question.outcomes):
            for j, group in enumerate(self.question.groups):
                for date in self.months() if dates is None else dates:
                    mean, sd = mean_and_sd(at_date(every[:, i, j], date))
                    found.append(Point(date, outcome, group, outcome_unit(outcome), mean, sd))
        return found

    def to_pandas(self) -> Any:
        """Return every month as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.points())

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return every month as plain values, with None where a number does not exist."""
        return {
            "schema": SCHEMA,
            "scenario": self.scenario,
            "assumed": list(self.assumed),
            "seed": self.design.seed,
            "replicates": self.replicates,
            "scale": self.design.scale,
            "until": self.design.until,
            "engine": self.design.engine,
            "version": version(),
            "series": [each_or_none(point._asdict()) for point in self.points()],
            "context": [one.to_dict() for one in self.context],
            "failures": [{"seed": failure.task, "error": failure.error} for failure in self.failures],
            "notes": [say("provisional", lang)],
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return every month as JSON text (schema talentflow.run/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)

    def to_csv(self) -> str:
        """Return every month as CSV text with a header; an empty cell where a number does not exist."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(Point._fields)
        writer.writerows(
            ["" if isinstance(value, float) and math.isnan(value) else value for value in point]
            for point in self.points()
        )
        return text.getvalue()


class SingleRuns:
    """Runs one law with one seed after another: built once in each worker."""

    def __init__(self, design: Design, question: Question, scenario: Any, benchmarks: Sequence[Benchmark]) -> None:
        self._design, self._benchmarks = design, benchmarks
        self._question = question
        self._given = scenario.resolve(design.until)

    def __call__(self, seed: int, report: Report) -> tuple[Any, list[float]]:
        """Run one seed and return its values, monthly and yearly, shape (2, outcomes, groups, months).

        With them come our numbers for the benchmarks.
        """
        model = start(self._given, self._design, seed)
        end = month_index(self._design.until)
        while model.month <= end:
            model.step()
            report(model.month / (end + 1))
        values = np.stack([values_of(model, self._question, end, months=months) for months in (1, 12)])
        return values, [benchmark.of(model) for benchmark in self._benchmarks]


def run(
    scenario: Any,
    *,
    replicates: int = 1,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str = DEFAULT_UNTIL,
    jobs: int | None = None,
    engine: str = "compiled",
    outcomes: Sequence[str] = ("stock",),
    groups: Sequence[str] = ("all",),
    dates: Sequence[str] = (),
    assume: Sequence[Any] = (),
    on_progress: OnProgress | None = None,
    on_compile: Callable[[], None] | None = None,
) -> RunSeries:
    """Run one scenario and return its outcomes by month.

    Arguments are those of :func:`experiments.comparison.compare`; so are the errors.
    """
    design = Design(
        seed=seed, replicates=replicates, scale=DEFAULT_SCALE if scale is None else scale, until=until, engine=engine
    )
    asked = Question(tuple(outcomes), tuple(groups), tuple(dates))
    question = check_question(asked, until, known_outcomes=known_outcomes(), known_groups=known_groups())
    assumptions = [scenario_of(one) for one in assume]
    loaded = under(scenario_of(scenario), assumptions)
    loaded.resolve(until)
    warm(loaded, design, on_compile)
    benchmarks = read_benchmarks()
    work = partial(SingleRuns, design, question, loaded, benchmarks)
    runs, failures = run_seeds(work, design, jobs=jobs, on_progress=on_progress)
    values, yearly = np.stack([found for found, _ in runs], axis=1)
    context = beside(benchmarks, [ours for _, ours in runs])
    assumed = tuple(one.id for one in assumptions)
    return RunSeries(loaded.id, titles_of(loaded), design, question, values, yearly, failures, assumed, context)
