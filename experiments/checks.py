"""The model against data: the baseline's answer to every target."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from experiments.benchmarks import Benchmark, Beside, beside, read_benchmarks
from experiments.cases import scenario_of, warm
from experiments.design import CHECK_SCALE, DEFAULT_SEED, Design, version
from experiments.finite import each_or_none, mean_and_sd, or_none
from experiments.replicate import start
from experiments.runner import Failure, OnProgress, Report
from experiments.seeds import run_seeds
from experiments.targets import ELASTICITY, PAY_STEP, Target, Unanswered, read_targets, read_unanswered
from simulation.records import month_index, month_text

SCHEMA = "talentflow.check/1"
DEFAULT_REPLICATES = 4
IMPLAUSIBLE = 3.0
"""Standard deviations from which on an answer is called implausible, as in history matching."""

Section: TypeAlias = Literal["fit", "held-out", "transfer"]
SECTIONS: tuple[Section, ...] = get_args(Section)


@dataclass(frozen=True)
class Answer:
    """What the model says to one target.

    ``model`` and ``sd`` are mean and spread over the ``n`` replicates that gave a number; the spread of one is nan.
    ``is_met`` says whether the mean is close enough.
    """

    target: Target
    model: float
    sd: float
    is_met: bool
    n: int = 0

    @property
    def ratio(self) -> float:
        """The model's number over the observed one."""
        return self.model / self.target.value

    @property
    def z(self) -> float:
        """How many standard deviations the model is off: of observation, discrepancy and chance together.

        nan for one replicate, whose chance is unknown, and where no error is stated and chance is none.
        """
        spread = math.hypot(self.target.tolerance, self.sd / math.sqrt(self.n)) if self.n else math.nan
        return (self.model - self.target.value) / spread if spread else math.nan


@dataclass(frozen=True)
class Check:
    """The model's answers to all targets: fitted, held out, and of other countries' institutions."""

    scenario: str
    design: Design
    answers: tuple[Answer, ...]
    failures: tuple[Failure, ...] = ()
    context: tuple[Beside, ...] = ()
    """The article's numbers beside ours."""
    unanswered: tuple[Unanswered, ...] = ()

    @property
    def sections(self) -> dict[Section, tuple[Answer, ...]]:
        """Answers by section, those without any left out."""
        found = {name: tuple(one for one in self.answers if section_of(one.target) == name) for name in SECTIONS}
        return {name: answers for name, answers in found.items() if answers}

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
            "replicates": self.design.replicates - len({failure.task for failure in self.failures}),
            "scale": self.design.scale,
            "version": version(),
            "met": self.n_met,
            "scores": {name: score_of(answers) for name, answers in self.sections.items()},
            "targets": [_plain(answer) for answer in self.answers],
            "unanswered": [one.to_dict() for one in self.unanswered],
            "context": [one.to_dict() for one in self.context],
            "failures": [{"seed": failure.task, "error": failure.error} for failure in self.failures],
        }


def section_of(target: Target) -> Section:
    """Return where a target is told: with those that are fitted, those held out, or other countries' institutions."""
    return "transfer" if target.under else target.use


def score_of(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return how well answers agree: how many, how many met, how many three standard deviations off, mean square of z."""
    known = [answer.z for answer in answers if math.isfinite(answer.z)]
    return {
        "total": len(answers),
        "met": sum(answer.is_met for answer in answers),
        "implausible": sum(abs(z) >= IMPLAUSIBLE for z in known),
        "rms_z": or_none(math.sqrt(sum(z * z for z in known) / len(known)) if known else math.nan),
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
    unanswered = tuple(read_unanswered()) if targets is None else ()
    ends = [*(target.months[1] for target in wanted), *(benchmark.last_month for benchmark in benchmarks)]
    design = Design(
        seed=seed,
        replicates=replicates,
        scale=CHECK_SCALE if scale is None else scale,
        until=max("2018-01", month_text(max(ends))),
        engine=engine,
    )
    loaded = scenario_of(scenario)
    warm(loaded, design, on_compile)
    answers: dict[str, Answer] = {}
    failures: tuple[Failure, ...] = ()
    context: tuple[Beside, ...] = ()
    for name in dict.fromkeys(target.under for target in wanted):
        asked = [target for target in wanted if target.under == name]
        beside_these = benchmarks if name is None else []
        work = partial(TargetRuns, _until(design, asked, beside_these), _answering(loaded, name), asked, beside_these)
        runs, failed = run_seeds(work, design, jobs=jobs, on_progress=on_progress)
        failures += failed
        values = np.array([found for found, _ in runs])
        answers |= {target.id: _answer(target, values[:, i]) for i, target in enumerate(asked)}
        if name is None:
            context = beside(benchmarks, [ours for _, ours in runs])
    told = tuple(answers[target.id] for target in wanted)
    return Check(loaded.id, design, told, failures, context, unanswered)


def _answering(scenario: Any, name: str | None) -> Any:
    """Return the scenario that answers: the one checked, or other institutions under its assumptions."""
    return scenario if name is None else scenario_of(name).assuming(scenario.assumptions)


def _until(design: Design, targets: Sequence[Target], benchmarks: Sequence[Benchmark]) -> Design:
    """Return the design as far as these targets and benchmarks need it."""
    last = max(*(one.months[1] for one in targets), *(one.last_month for one in benchmarks), month_index("2018-01"))
    return replace(design, until=month_text(last))


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
    return Answer(target, mean, sd, target.is_met(mean), int(np.isfinite(values).sum()))


def _plain(answer: Answer) -> dict[str, Any]:
    target = answer.target
    numbers = {
        "observed": target.value,
        "model": answer.model,
        "sd": answer.sd,
        "ratio": answer.ratio,
        "error": target.error,
        "discrepancy": target.discrepancy,
        "z": answer.z,
    }
    return {
        "id": target.id,
        "what": target.what["en"],
        "label": dict(target.what),
        "use": target.use,
        "under": target.under,
        "definition": target.definition,
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
