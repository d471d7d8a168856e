"""Levers under a budget: laws that cannot be bettered in one aim without a loss in another, as far as the model can say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from experiments.analyses.candidates import Candidates, candidates_of
from experiments.analyses.filling import Filling, place_for
from experiments.analyses.objectives import Objective, Robustness, Worth, cost_objective, numbers_of, worth_of
from experiments.analyses.pareto import front_of
from experiments.analyses.search import Steps, Trial, Valued, search
from experiments.design import DesignError

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment

SEARCH, FRESH = "search", "fresh"
"""Folders of two stores: runs of the search, and runs with seeds that the search has not seen."""
FRESH_AFTER = 1_000_000
"""How far fresh seeds are from those of the search, so that they never meet."""
_EQUITY = ("hours_lost", "category=C", "category=A")
OnGeneration: TypeAlias = Callable[[int, int], None]
"""Told of the trials done and of all, after each generation."""


@dataclass(frozen=True)
class FrontPoint:
    """A law on the front: its levers and reforms, what it was worth in the search, and what with fresh seeds.

    ``is_within`` says whether it keeps the budget with fresh seeds, ``is_still_on`` whether it then still is on the front.
    """

    arm: str
    levers: Mapping[str, float]
    reforms: tuple[str, ...]
    searched: tuple[float, ...]
    fresh: tuple[Worth, ...]
    cost: Worth
    is_within: bool
    is_still_on: bool


@dataclass(frozen=True)
class Optimum:
    """A Pareto front of a search, its values from seeds that the search has not seen.

    ``trials`` are all points that were tried, in order; ``fresh_replicates`` is how many fresh seeds each point of the
    front had.
    """

    experiment: Experiment
    candidates: Candidates
    objectives: tuple[Objective, ...]
    robust: Robustness
    budget: float | None
    cost_date: str
    trials: tuple[Trial, ...]
    population: int
    seed: int
    fresh_replicates: int
    front: tuple[FrontPoint, ...]
    n_failed: int = 0

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.optimise/1)."""
        from experiments.analyses.optimise_telling import to_json

        return to_json(self, lang)

    def to_pandas(self) -> Any:
        """Return every trial as a row: its levers and reforms, its values in the search, whether it kept the budget."""
        import pandas as pd

        names = [objective.name for objective in self.objectives]
        return pd.DataFrame(
            {
                "trial": trial.number,
                "generation": trial.generation,
                "scenario": self.candidates.arm(trial.point).id,
                **self.candidates.values(trial.point),
                **{name: trial.point[name] for name in self.candidates.chosen},
                **dict(zip(names, trial.valued.values, strict=True)),
                "over_budget": max(0.0, trial.valued.excess),
            }
            for trial in self.trials
        )


def optimise(
    experiment: Experiment,
    folder: str | Path | None = None,
    *,
    trials: int | None = None,
    population: int | None = None,
    on_generation: OnGeneration | None = None,
    **run: Any,
) -> Optimum:
    """Search the levers of the section ``optimise`` of an experiment for its Pareto front.

    Parameters
    ----------
    experiment
        With the section, and the draws over which laws are to be good.
    folder
        Where runs are kept; those that are there already are not made again, so that a search that was stopped goes on
        and a longer one begins where the shorter one ended. A temporary folder unless told.
    trials, population
        In place of those of the section.
    **run
        ``jobs``, ``cluster``, ``on_progress`` and more of :func:`experiments.batch.driver.conduct`.

    Raises
    ------
    DesignError
        If there is no such section, Optuna is not installed, or something cannot be run as asked.
    """
    from experiments.batch.analysis_forms import OptimiseForm, section_of

    form = section_of(experiment, OptimiseForm)
    if form is None:
        raise DesignError("the experiment has no section 'optimise'; it names the levers to search")
    asked = _Asked.of(experiment, form)
    with place_for(folder) as place:
        searched = _Valuing(asked, Filling(asked.batch(form.replicates), place / SEARCH, run), form.replicates)
        tried = search(
            asked.candidates.axes,
            [objective.sense for objective in asked.objectives],
            _told(searched.generation, trials or form.trials, on_generation),
            trials=trials or form.trials,
            population=population or form.population,
            seed=experiment.design.seed if form.seed is None else form.seed,
        )
        points = _front_points(asked, tried)
        fresh_batch = asked.batch(form.fresh_replicates, seed=experiment.design.seed + FRESH_AFTER)
        fresh = _Valuing(asked, Filling(fresh_batch, place / FRESH, run), form.fresh_replicates)
        front = _looked_at_again(asked, points, fresh) if points else ()
        n_failed = searched.n_failed + (fresh.n_failed if points else 0)
    return Optimum(
        experiment=asked.batch(form.replicates),
        candidates=asked.candidates,
        objectives=asked.objectives,
        robust=asked.robust,
        budget=form.budget,
        cost_date=asked.cost.date,
        trials=tuple(tried),
        population=population or form.population,
        seed=experiment.design.seed if form.seed is None else form.seed,
        fresh_replicates=form.fresh_replicates,
        front=front,
        n_failed=n_failed,
    )


@dataclass(frozen=True)
class _Asked:
    """What an experiment asks of a search."""

    experiment: Experiment
    candidates: Candidates
    objectives: tuple[Objective, ...]
    cost: Objective
    robust: Robustness
    budget: float | None

    @classmethod
    def of(cls, experiment: Experiment, form: Any) -> _Asked:
        return cls(
            experiment,
            candidates_of(form, experiment.arms[0].folder),
            objectives_of(experiment, form),
            cost_objective(form.date or experiment.question.dates[-1]),
            Robustness(form.robust, form.quantile),
            form.budget,
        )

    def batch(self, replicates: int, *, seed: int | None = None) -> Experiment:
        """Return the experiment as a batch of some replicates, without a search for precision."""
        from experiments.batch.experiment import Replicates

        design = replace(self.experiment.design, replicates=replicates)
        if seed is not None:
            design = replace(design, seed=seed)
        return replace(self.experiment, design=design, replicates=Replicates(replicates))


def objectives_of(experiment: Experiment, form: Any) -> tuple[Objective, ...]:
    """Return the aims of a search; without any named: more of the first outcome kept, less cost, more equity if kept."""
    question = experiment.question
    date = question.dates[-1]
    if form.objectives:
        return tuple(
            Objective(one.outcome, one.group, one.date or date, one.goal, one.of, one.against, one.measure)
            for one in form.objectives
        )
    found = [Objective(question.outcomes[0], question.groups[0], date, "raise"), cost_objective(form.date or date)]
    outcome, group, against = _EQUITY
    if outcome in question.outcomes and {group, against} <= set(question.groups):
        found.append(Objective(outcome, group, date, "lower", against=against))
    return tuple(found)


class _Valuing:
    """Values points by runs, which a store keeps."""

    def __init__(self, asked: _Asked, filling: Filling, replicates: int) -> None:
        self._asked, self._filling, self._replicates = asked, filling, replicates
        self.n_failed = 0

    def generation(self, points: Sequence[Steps]) -> list[Valued]:
        """Return what points are worth, and by how much each is over the budget."""
        found = self.worths(points)
        budget = math.inf if self._asked.budget is None else self._asked.budget
        return [
            Valued(tuple(worth.value for worth in worths), cost.value - budget if math.isfinite(budget) else 0.0)
            for worths, cost in found
        ]

    def worths(self, points: Sequence[Steps]) -> list[tuple[tuple[Worth, ...], Worth]]:
        """Return what each point is worth in each objective, and its cost."""
        asked = self._asked
        arms = [asked.candidates.arm(point) for point in points]
        filled = self._filling.fill(arms)
        self.n_failed = len(filled.store.failures())
        held = [filled.stands_for[arm.id] for arm in arms]
        numbers = {
            objective: numbers_of(filled.store, objective, held, self._replicates)
            for objective in dict.fromkeys((*asked.objectives, asked.cost))
        }
        return [self._worth(place, point, numbers) for place, point in enumerate(points)]

    def _worth(self, place: int, point: Steps, numbers: Mapping[Objective, Any]) -> tuple[tuple[Worth, ...], Worth]:
        asked = self._asked

        def worth(objective: Objective) -> Worth:
            found = worth_of(objective, numbers[objective][place], asked.robust)
            if objective.outcome != asked.cost.outcome:
                return found
            more = asked.candidates.assumed_cost(point, objective.date)
            return Worth(found.value + more, found.low + more, found.high + more)

        return tuple(map(worth, asked.objectives)), worth(asked.cost)


def _told(
    evaluate: Callable[[Sequence[Steps]], list[Valued]], total: int, on_generation: OnGeneration | None
) -> Callable[[Sequence[Steps]], list[Valued]]:
    """Return an evaluation that tells how far the search is."""
    done = 0

    def telling(points: Sequence[Steps]) -> list[Valued]:
        nonlocal done
        found = evaluate(points)
        done += len(points)
        if on_generation is not None:
            on_generation(done, total)
        return found

    return telling


def _front_points(asked: _Asked, tried: Sequence[Trial]) -> list[Trial]:
    """Return the trials on the front, each law once."""
    senses = [objective.sense for objective in asked.objectives]
    places = front_of([one.valued.values for one in tried], senses, [one.valued.excess for one in tried])
    return [tried[place] for place in places]


def _looked_at_again(asked: _Asked, points: Sequence[Trial], fresh: _Valuing) -> tuple[FrontPoint, ...]:
    """Return the points of a front with values from fresh seeds, best in the first objective first."""
    again = fresh.worths([trial.point for trial in points])
    senses = [objective.sense for objective in asked.objectives]
    within = [asked.budget is None or cost.value <= asked.budget for _, cost in again]
    values = [[worth.value for worth in worths] for worths, _ in again]
    still_on = set(front_of(values, senses, [0.0 if keeps else 1.0 for keeps in within]))
    found = [
        FrontPoint(
            arm=asked.candidates.arm(trial.point).id,
            levers=asked.candidates.values(trial.point),
            reforms=asked.candidates.reforms(trial.point),
            searched=trial.valued.values,
            fresh=worths,
            cost=cost,
            is_within=within[place],
            is_still_on=place in still_on,
        )
        for place, (trial, (worths, cost)) in enumerate(zip(points, again, strict=True))
    ]
    sign = -1.0 if senses[0] == "max" else 1.0
    return tuple(sorted(found, key=lambda point: (sign * point.fresh[0].value, point.arm)))
