"""Runs a family: all arms, with their baselines, of one draw and one seed.

They share the pool of people and, by branching, every month that two of them have in common. A run that raises fails
alone: it is data, with what failed and the traceback, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from experiments.batch.experiment import Draw, Experiment
from experiments.batch.laws import Law, Laws
from experiments.branching import Branch, Branching, Ended, months_in_all
from experiments.design import DesignError
from experiments.persons import Touched
from experiments.replicate import at_date, money_of, start, values_of
from experiments.worker import describe
from simulation.records import Given, month_index

BASELINE, REFORM = "baseline", "reform"
PAIR_OUTCOMES = (*(f"pair.{name}" for name in Touched._fields), "pair.cost")
"""What is kept of every pair beside the outcomes: people reached, and public cost since the first month of difference."""


class Planned(NamedTuple):
    """A run as planned. ``against`` is the run of its baseline; None for a baseline."""

    run: str
    arm: str
    role: str
    against: str | None
    draw: int
    replicate: int
    seed: int


@dataclass(frozen=True)
class RunEnded:
    """A run that was tried: its values, or the error that ended it.

    Attributes
    ----------
    values
        Outcomes asked for, shape (outcomes, groups, dates).
    pair
        For a reform, :data:`PAIR_OUTCOMES`, shape (outcomes, dates).
    stage
        What failed: ``resolve`` (the law and the world), ``draw`` (the people), ``run`` or ``outcomes``.
    """

    planned: Planned
    values: Any = None
    pair: Any = None
    error: Exception | None = None
    stage: str = ""


class BaselineFailedError(RuntimeError):
    """A reform has nothing to be compared with: the run of its baseline failed."""


Count = Callable[[float], None]
"""Called with the share of a family that is done, 0 to 1, after each month."""


class Families:
    """Runs the families of one experiment; built once, then called for one after another."""

    def __init__(self, experiment: Experiment, laws: Laws) -> None:
        self._design, self._question = experiment.design, replace(experiment.question, paths=False)
        self._end = month_index(experiment.design.until)
        self._dates = tuple(month_index(date) for date in experiment.question.dates)
        self._draws = {draw.number: draw for draw in experiment.draws}
        self._laws = laws

    def run(self, family: Sequence[Planned], wanted: Collection[str], count: Count) -> Iterator[RunEnded]:
        """Yield the runs that are wanted as they end, each baseline before its reforms.

        Parameters
        ----------
        family
            All runs of the family, also those that are done: a reform needs its baseline's past.
        wanted
            Ids of those to run.
        """
        groups = _by_baseline(family, wanted)
        for number, (baseline, reforms) in enumerate(groups):

            def count_here(share: float, before: int = number) -> None:
                count((before + share) / len(groups))

            yield from self._run_group(baseline, reforms, wanted, count_here)

    def _run_group(
        self, baseline: Planned, reforms: Sequence[Planned], wanted: Collection[str], count: Count
    ) -> Iterator[RunEnded]:
        draw = self._draws[baseline.draw]
        resolved, failed = self._resolve(reforms, draw)
        yield from (ended for ended in failed if ended.planned.run in wanted)
        try:
            given = self._baseline(baseline, reforms, draw)
        except Exception as error:  # noqa: BLE001 - a failed run is data, and the others still count
            yield from _all_failed([baseline, *resolved], wanted, error, "resolve")
            return
        yield from self._run_resolved(baseline, given, resolved, wanted, count)

    def _resolve(self, reforms: Sequence[Planned], draw: Draw) -> tuple[dict[Planned, Law], list[RunEnded]]:
        resolved: dict[Planned, Law] = {}
        failed = []
        for planned in reforms:
            try:
                resolved[planned] = self._laws.law(planned.arm, draw)
            except Exception as error:  # noqa: BLE001 - likewise
                failed.append(RunEnded(planned, error=error, stage="resolve"))
        return resolved, failed

    def _baseline(self, baseline: Planned, reforms: Sequence[Planned], draw: Draw) -> Given:
        """Return what the baseline is given: that of a reform, or an arm that is itself a baseline."""
        error: Exception | None = None
        for arm in dict.fromkeys([*(planned.arm for planned in reforms), baseline.arm]):
            try:
                return self._laws.baseline(self._laws.baseline_of(arm), draw)
            except Exception as found:  # noqa: BLE001 - likewise
                error = error or found
        raise error or DesignError(f"no arm of the experiment departs from {baseline.arm!r}")

    def _run_resolved(
        self,
        baseline: Planned,
        given: Given,
        resolved: Mapping[Planned, Law],
        wanted: Collection[str],
        count: Count,
    ) -> Iterator[RunEnded]:
        apart = [planned for planned, law in resolved.items() if law.first <= self._end]
        branches = self._branches([(planned.arm, resolved[planned]) for planned in apart])
        months = _Months(months_in_all(self._end, branches), count)
        branching = Branching(
            lambda given: start(given, self._design, baseline.seed),
            end=self._end,
            dates=self._dates,
            traits=("all",),
            count=months.count,
        )
        trunk = None
        for ended in branching.run(given, branches):
            if ended.place is not None:
                planned = apart[ended.place]
                yield self._reform_ended(planned, resolved[planned], trunk, ended)
                _let_go(ended.model)
                continue
            trunk = ended.model
            if ended.error is not None:
                yield from _all_failed([baseline, *resolved], wanted, ended.error, ended.stage)
                return
            yield from self._baseline_ended(baseline, resolved, trunk, wanted)
        _let_go(trunk)

    def _branches(self, laws: Sequence[tuple[str, Law]]) -> list[Branch]:
        """Return how laws branch: each leaves the law before it, or the baseline, that it has most months in common with."""
        branches: list[Branch] = []
        for place, (arm, law) in enumerate(laws):
            common = [min(self._laws.first_difference(arm, other), self._end) for other, _ in laws[:place]]
            longest = max(common, default=0)
            if longest > law.first:
                branches.append(Branch(law.given, law.first, common.index(longest), longest))
            else:
                branches.append(Branch(law.given, law.first))
        return branches

    def _baseline_ended(
        self, baseline: Planned, resolved: Mapping[Planned, Law], model: Any, wanted: Collection[str]
    ) -> Iterator[RunEnded]:
        if baseline.run in wanted:
            yield self._kept(baseline, model)
        for planned, law in resolved.items():
            if law.first > self._end:
                # A law that never differs is its baseline; what it costs is not looked at.
                yield self._kept(planned, model, _Pair(model, law.first, {}))

    def _reform_ended(self, planned: Planned, law: Law, trunk: Any, ended: Ended) -> RunEnded:
        if ended.error is not None:
            return RunEnded(planned, error=ended.error, stage=ended.stage)
        return self._kept(planned, ended.model, _Pair(trunk, law.first, ended.touched))

    def _kept(self, planned: Planned, model: Any, pair: _Pair | None = None) -> RunEnded:
        try:
            found = values_of(model, self._question, self._end)
            values = np.stack([at_date(found, date) for date in self._question.dates], axis=-1)
            return RunEnded(planned, values, pair and pair.values(model, self._dates))
        except Exception as error:  # noqa: BLE001 - likewise
            return RunEnded(planned, error=error, stage="outcomes")


class _Pair(NamedTuple):
    """What is known of a reform beside its baseline."""

    baseline: Any
    first: int
    touched: Mapping[int, Mapping[str, Touched]]

    def values(self, reform: Any, dates: Sequence[int]) -> Any:
        """Return :data:`PAIR_OUTCOMES`, shape (outcomes, dates)."""
        nobody = {"all": Touched()}
        columns = [
            (*self.touched.get(month, nobody)["all"], money_of(self.baseline, reform, self.first, month).public_cost)
            for month in dates
        ]
        return np.array(columns, float).T


class _Months:
    """Counts months and tells which share of all of them is done."""

    def __init__(self, total: int, tell: Count) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def count(self) -> None:
        self._done += 1
        self._tell(self._done / self._total)


def _let_go(model: Any) -> None:
    """Empty a model that is done with: Mesa's refer to themselves, and dozens would wait for the collector, 20 MB each."""
    if model is not None:
        vars(model).clear()


def _by_baseline(family: Sequence[Planned], wanted: Collection[str]) -> list[tuple[Planned, list[Planned]]]:
    """Return each baseline of a family with the reforms to run against it; those with nothing to run are left out."""
    reforms = [planned for planned in family if planned.role == REFORM and planned.run in wanted]
    groups = [
        (planned, [reform for reform in reforms if reform.against == planned.run])
        for planned in family
        if planned.role == BASELINE
    ]
    return [(planned, against) for planned, against in groups if against or planned.run in wanted]


def _all_failed(group: Sequence[Planned], wanted: Collection[str], error: Exception, stage: str) -> Iterator[RunEnded]:
    """Yield a baseline that failed, then its reforms, which have nothing to be compared with."""
    for planned in group:
        if planned.run in wanted:
            yield RunEnded(planned, error=error if planned.role == BASELINE else _without(error), stage=stage)


def _without(error: Exception) -> Exception:
    failed = BaselineFailedError(f"the run of its baseline failed: {describe(error)}")
    failed.__cause__ = error
    return failed
