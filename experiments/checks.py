"""The model against data: the baseline's answer to every target."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from experiments.benchmarks import Benchmark, Beside, beside, read_benchmarks
from experiments.cases import scenario_of, warm
from experiments.design import CHECK_SCALE, DEFAULT_SEED, Design, version
from experiments.finite import each_or_none, mean_and_sd
from experiments.replicate import start
from experiments.runner import Failure, OnProgress, Report
from experiments.seeds import run_seeds
from experiments.targets import ELASTICITY, PAY_STEP, Target, read_targets
from simulation.records import month_text

SCHEMA = "talentflow.check/1"
DEFAULT_REPLICATES = 4


@dataclass(frozen=True)
class Answer:
    """What the model says to one target: mean and spread over replicates (nan for one), and whether it is close enough."""

    target: Target
    model: float
    sd: float
    is_met: bool

    @property
    def ratio(self) -> float:
        """The model's number over the observed one."""
        return self.model / self.target.value


@dataclass(frozen=True)
class Check:
    """The model's answers to all targets."""

    scenario: str
    design: Design
    answers: tuple[Answer, ...]
    failures: tuple[Failure, ...] = ()
    context: tuple[Beside, ...] = ()
    """The article's numbers beside ours."""

    @property
    def n_met(self) -> int:
        """Targets that are met."""
        return sum(answer.is_met for answer in self.answers)

    def to_dict(self) -> dict[str, Any]:
        """Return the answers as plain values, with None where a number does not exist."""
        return {
            "schema": SCHEMA,
            "scenario": self.scenario,
            "seed": self.design.seed,
            "replicates": self.design.replicates - len(self.failures),
            "scale": self.design.scale,
            "version": version(),
            "met": self.n_met,
            "targets": [_plain(answer) for answer in self.answers],
            "context": [one.to_dict() for one in self.context],
            "failures": [{"seed": failure.task, "error": failure.error} for failure in self.failures],
        }


class TargetRuns:
    """Answers the targets with one seed after another: built once in each worker."""

    def __init__(
        self, design: Design, scenario: Any, targets: Sequence[Target], benchmarks: Sequence[Benchmark]
    ) -> None:
        self._design, self._targets, self._benchmarks = design, targets, benchmarks
        self._given = scenario.resolve(design.until)

    def __call__(self, seed: int, report: Report) -> tuple[list[float], list[float]]:
        """Run one seed and return its answers, and our numbers for the benchmarks."""
        model = start(self._given, self._design, seed)
        n_months = self._given.until + 1
        answers = [math.nan] * len(self._targets)
        branches: dict[int, Any] = {}
        while model.month < n_months:
            for index, target in enumerate(self._targets):
                if target.outcome == ELASTICITY and target.months[0] == model.month:
                    branches[index] = model.branch(self._paid_more())
            model.step()
            report(model.month / n_months)
            for index, target in enumerate(self._targets):
                if target.months[1] != model.month - 1:
                    continue
                answers[index] = _elasticity(target, model, branches[index]) if index in branches else target.of(model)
        return answers, [benchmark.of(model) for benchmark in self._benchmarks]

    def _paid_more(self) -> Any:
        origins = self._given.origins.copy()
        origins["china_pay"] += math.log(PAY_STEP)
        return replace(self._given, origins=origins)


def check(
    scenario: Any = "baseline",
    *,
    targets: Sequence[Target] | None = None,
    replicates: int = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    jobs: int | None = None,
    engine: str = "compiled",
    on_progress: OnProgress | None = None,
    on_compile: Callable[[], None] | None = None,
) -> Check:
    """Hold a scenario against observed numbers: those of ``scenarios/world/targets.yaml`` unless told.

    The other arguments are those of :func:`experiments.comparison.compare`; so are the errors.
    """
    wanted = list(read_targets() if targets is None else targets)
    benchmarks = read_benchmarks() if targets is None else []
    ends = [*(target.months[1] for target in wanted), *(benchmark.last_month for benchmark in benchmarks)]
    until = max("2018-01", month_text(max(ends)))
    design = Design(
        seed=seed, replicates=replicates, scale=CHECK_SCALE if scale is None else scale, until=until, engine=engine
    )
    loaded = scenario_of(scenario)
    warm(loaded, design, on_compile)
    work = partial(TargetRuns, design, loaded, wanted, benchmarks)
    runs, failures = run_seeds(work, design, jobs=jobs, on_progress=on_progress)
    values = np.array([found for found, _ in runs])
    answers = [_answer(target, values[:, i]) for i, target in enumerate(wanted)]
    context = beside(benchmarks, [ours for _, ours in runs])
    return Check(loaded.id, design, tuple(answers), failures, context)


def _elasticity(target: Target, model: Any, better_paid: Any) -> float:
    first, last = target.months
    while better_paid.month <= last:
        better_paid.step()
    before, after = (
        one.outcomes.value("arrivals", "all", last, months=last - first + 1) for one in (model, better_paid)
    )
    return math.log(after / before) / math.log(PAY_STEP) if before > 0 and after > 0 else math.nan


def _answer(target: Target, values: Any) -> Answer:
    mean, sd = mean_and_sd(values)
    return Answer(target, mean, sd, target.is_met(mean))


def _plain(answer: Answer) -> dict[str, Any]:
    target = answer.target
    numbers = {"observed": target.value, "model": answer.model, "sd": answer.sd, "ratio": answer.ratio}
    return {
        "id": target.id,
        "what": target.what,
        "outcome": target.outcome,
        "group": target.group,
        "period": target.period,
        "unit": target.unit,
        "source": target.source,
        "note": target.note,
        "factor": target.factor,
        **each_or_none(numbers),
        "met": answer.is_met,
    }
