"""What a batch will take: runs counted, time and disk from a small pilot, and whether that is within its limits."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from experiments.batch.arms import case_of_arm, is_baseline
from experiments.batch.experiment import Arm, Experiment
from experiments.batch.file_size import bytes_per_run
from experiments.batch.plan import REFORM, PlannedArm, families_per_chunk, planned_arms
from experiments.cases import case_of, scenario_of, warm
from experiments.design import DesignError
from experiments.replicate import Case, PairedRuns
from experiments.runner import default_jobs
from simulation.records import month_index

ARMS_TRIED = 6
"""Arms that the pilot runs at most, beside their baseline; the others are taken to last as long."""


@dataclass(frozen=True)
class Count:
    """How many runs there are: ``runs`` in ``families`` of ``in_family`` runs, in ``chunks`` files.

    ``most_runs`` is how many there are if every search for precision goes on to its end.
    """

    in_family: int
    families: int
    runs: int
    chunks: int
    most_runs: int


@dataclass(frozen=True)
class Pilot:
    """What a pilot took: ``runs`` done in ``seconds``; for a run of the batch, seconds and bytes."""

    runs: int
    seconds: float
    seconds_per_run: float
    bytes_per_run: float


@dataclass(frozen=True)
class Estimate:
    """What a batch takes with ``jobs`` workers, each as fast as the pilot was."""

    count: Count
    pilot: Pilot
    jobs: int

    @property
    def hours(self) -> float:
        """Hours that all runs take."""
        return self.count.runs * self.pilot.seconds_per_run / self.jobs / 3600

    @property
    def gigabytes(self) -> float:
        """Disk that their results take."""
        return self.count.runs * self.pilot.bytes_per_run / 1e9


class LimitError(DesignError):
    """A batch that takes more than its file allows; ``limit`` is which of ``runs``, ``hours``, ``gigabytes``."""

    def __init__(self, limit: str, value: str, allowed: str, enough: str) -> None:
        super().__init__(
            f"the batch takes {value}, above its limit of {allowed}: write 'limits: {{{limit}: {enough}}}' in its file, "
            f"or ask for fewer replicates, draws or scenarios"
        )
        self.limit = limit


def count_of(experiment: Experiment, arms: Sequence[PlannedArm] | None = None) -> Count:
    """Return how many runs an experiment has; ``arms`` are its planned arms, where they are known already."""
    in_family = len(arms or planned_arms(experiment))
    draws, replicates = len(experiment.draws), experiment.replicates
    families = replicates.least * draws
    chunks = math.ceil(families / families_per_chunk(experiment, in_family))
    most = (replicates.most or replicates.least) * draws * in_family
    return Count(in_family, families, families * in_family, chunks, most)


def check_count(experiment: Experiment, count: Count) -> None:
    """Refuse an experiment with more runs than its limits allow, a search for precision counted to its end."""
    limit, runs = experiment.limits.runs, count.most_runs
    if limit is not None and runs > limit:
        raise LimitError(
            "runs", f"up to {runs:,} runs" if runs > count.runs else f"{runs:,} runs", f"{limit:,}", str(runs)
        )


def check_estimate(experiment: Experiment, estimate: Estimate) -> None:
    """Refuse an experiment that takes more time or disk than its limits allow."""
    limits = experiment.limits
    for limit, value, unit, allowed in (
        ("hours", estimate.hours, "hours", limits.hours),
        ("gigabytes", estimate.gigabytes, "GB", limits.gigabytes),
    ):
        if allowed is not None and value > allowed:
            raise LimitError(limit, f"about {value:.2g} {unit}", f"{allowed:g}", f"{_above(value):g}")


def _above(value: float) -> float:
    """Return a round number a little above.

    >>> _above(3.21), _above(0.0123)
    (4.0, 0.013)
    """
    step = 10.0 ** (math.floor(math.log10(value)) - (1 if value < 1 else 0))
    return round(math.ceil(value / step) * step, 12)


def estimate_of(
    experiment: Experiment, *, jobs: int | None = None, on_compile: Callable[[], None] | None = None
) -> Estimate:
    """Run a small pilot and return what an experiment will take.

    Parameters
    ----------
    jobs
        Workers of the batch; one for each processor if None. The pilot itself runs here.
    on_compile
        Called before rules are compiled, which is not counted.
    """
    arms = planned_arms(experiment)
    count = count_of(experiment, arms)
    return Estimate(count, _pilot(experiment, arms, on_compile), jobs or default_jobs())


def _pilot(experiment: Experiment, arms: Sequence[PlannedArm], on_compile: Callable[[], None] | None) -> Pilot:
    """Time one family, or some of its arms, of the first draw and the first seed."""
    design = experiment.design
    tried = [arm for arm in experiment.arms if not is_baseline(arm)][:ARMS_TRIED]
    cases = _cases(experiment, tried)
    warm(scenario_of("baseline"), design, on_compile)
    work = PairedRuns(design, replace(experiment.question, paths=False), cases)
    began = time.perf_counter()
    run = work(design.seed, _unheard)
    seconds = time.perf_counter() - began
    end = month_index(design.until) + 1
    branches = [max(0, end - case.first_month) for case in cases]
    trunks = len({case.family for case in cases}) * end
    reforms = sum(arm.role == REFORM for arm in arms)
    mean = sum(branches) / len(branches)
    months = (len(arms) - reforms) * end + reforms * mean
    per_run = seconds / (trunks + sum(branches)) * months / len(arms)
    size = bytes_per_run(experiment, arms, run.reform[cases[0].id])
    done = trunks // end + sum(branch > 0 for branch in branches)
    return Pilot(done, seconds, per_run, size)


def _cases(experiment: Experiment, tried: Sequence[Arm]) -> list[Case]:
    parameters = experiment.draws[0].parameters
    until = experiment.design.until
    if tried:
        return [case_of_arm(arm, experiment.assume, until, parameters) for arm in tried]
    return [case_of(scenario_of("baseline").with_assumptions(parameters), until)]


def _unheard(share: float) -> None:
    """Take the progress of a pilot, which is over before anybody asks."""
