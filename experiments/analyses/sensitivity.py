"""Which uncertain parameters move an outcome, or what a reform changes in it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analyses.index import Settings
from experiments.analyses.indices import indices_of
from experiments.analyses.numbers import (
    EFFECT,
    LEVEL,
    Target,
    drawn_in,
    is_baseline,
    numbers_of,
    one_target,
    targets_of,
)
from experiments.analyses.parameters import varied
from experiments.analyses.sampling import DEFAULT_LEVELS, Sample, sample_from, sample_of
from experiments.analyses.sensitivity_result import Answer, Sensitivity
from experiments.design import DEFAULT_SEED, DesignError
from experiments.evaluation import DEFAULT_DATE
from experiments.runner import OnProgress

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment
    from experiments.batch.store import Store

RESULT = "sensitivity.json"
"""The file that a store keeps the result in, under ``derived/``."""
SCALE = 2000
REPLICATES = 4
SCREENING = "screening"
"""The folder, inside that of the result, of the Morris runs that choose parameters."""


@dataclass(frozen=True)
class Asked:
    """How parameters are tried: see :func:`sensitivity`."""

    method: str = "morris"
    over: tuple[str, ...] | str | None = None
    draws: int | None = None
    levels: int = DEFAULT_LEVELS
    screen: bool = False
    seed: int = 0
    settings: Settings = field(default_factory=Settings)


def sensitivity(
    scenario: Any,
    *,
    against: str = "baseline",
    method: str = "morris",
    over: Sequence[str] | str | None = None,
    outcomes: Sequence[str] = ("stock",),
    groups: Sequence[str] = ("all",),
    dates: Sequence[str] = (DEFAULT_DATE,),
    draws: int | None = None,
    replicates: int = REPLICATES,
    scale: int = SCALE,
    seed: int = DEFAULT_SEED,
    until: str | None = None,
    assume: Sequence[Any] = (),
    screen: bool = False,
    settings: Settings | None = None,
    folder: str | Path | None = None,
    jobs: int | None = None,
    on_progress: OnProgress | None = None,
    on_note: Callable[[str, dict[str, Any]], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Sensitivity:
    """Find which uncertain parameters move an outcome, or a reform's effect on it.

    Parameters
    ----------
    scenario
        Id, file or Scenario.
    against
        ``baseline``: the effect, reform less baseline in pairs; ``none``, or a scenario that is the law as it stands: the
        level.
    method
        ``morris`` screens many parameters with few runs, ``sobol`` shares out the variance, ``pawn`` compares distributions.
    over
        Names of parameters of behaviour, or the roles ``calibrate`` and ``sensitivity``; both roles if None.
    draws
        Trajectories (Morris), base rows (Sobol, a power of two) or points (PAWN).
    replicates
        Runs of every point with other luck, the same seeds for all; noise is told from effects from 2 on.
    until
        Last month simulated; the last date if None.
    screen
        Whether Morris, with its default number of trajectories, first chooses the parameters: the others stay at their
        defaults.
    folder
        Where runs are kept, so that an interrupted search goes on; a temporary folder if None.

    Raises
    ------
    DesignError
        If it cannot be run as asked, or Morris finds no parameter to go on with.
    KeyboardInterrupt
        If ``should_stop`` said so before all was run.
    scenarios.ScenarioProblems
        For a scenario that is wrong.
    """
    from experiments.batch.writing import experiment_of

    asked = Asked(method, _listed(over), draws, screen=screen, seed=seed, settings=settings or Settings())
    dates = tuple(f"{date}-12" if len(date) == 4 else date for date in dates)
    base = experiment_of(
        [scenario],
        id="sensitivity",
        replicates=replicates,
        seed=seed,
        scale=scale,
        until=until or max(dates, default=DEFAULT_DATE),
        outcomes=outcomes,
        groups=groups,
        dates=dates,
        assume=assume,
    )
    of = LEVEL if against == "none" or is_baseline(base.arms[0]) else EFFECT
    targets = targets_of(base.question, [base.arms[0].id], of)
    run = {"folder": folder, "jobs": jobs, "on_progress": on_progress, "on_note": on_note, "should_stop": should_stop}
    return sensitivity_of(base, targets, asked, **run)


def asked_of_file(experiment: Experiment) -> tuple[Experiment, Target, Asked]:
    """Return what the section ``sensitivity`` of an experiment's file asks: its runs, its number, how it is tried.

    Raises
    ------
    DesignError
        For a number that the experiment does not hold.
    """
    from experiments.batch.analysis_forms import SensitivityForm, section_of

    form = section_of(experiment, SensitivityForm) or SensitivityForm()
    if form.second_order:
        raise DesignError("sensitivity gives total and first-order shares; leave out second_order")
    of = LEVEL if form.of == "level" else EFFECT
    place = {"scenario": form.scenario, "outcome": form.outcome, "group": form.group, "date": form.date}
    target = one_target(experiment, of=of, **place)
    arms = tuple(arm for arm in experiment.arms if arm.id == target.arm)
    draws = {"morris": form.trajectories, "sobol": form.base, "pawn": None}[form.method]
    asked = Asked(
        method=form.method,
        over=form.over if isinstance(form.over, str) else tuple(form.over),
        draws=draws,
        levels=form.levels,
        seed=experiment.design.seed if form.seed is None else form.seed,
        settings=Settings(form.confidence, form.resamples, form.slices),
    )
    design = replace(experiment.design, replicates=form.replicates)
    return replace(experiment, arms=arms, design=design), target, asked


def sensitivity_of(experiment: Experiment, targets: Sequence[Target], asked: Asked, **run: Any) -> Sensitivity:
    """Find which uncertain parameters move some numbers of an experiment, whose own draws are left aside.

    ``run`` are ``folder``, ``jobs``, ``on_progress``, ``on_note`` and ``should_stop``, as for :func:`experiments.conduct`.
    """
    folder = run.pop("folder", None)
    if folder is not None:
        return _screened(experiment, targets, asked, Path(folder), run)
    with tempfile.TemporaryDirectory(prefix="talentflow-") as made:
        return replace(_screened(experiment, targets, asked, Path(made), run), folder=None)


def _screened(
    experiment: Experiment, targets: Sequence[Target], asked: Asked, folder: Path, run: Mapping[str, Any]
) -> Sensitivity:
    names = not_held(experiment, asked.over)
    if not asked.screen:
        return _searched(experiment, targets, asked, names, (), {**run, "folder": folder})
    first = replace(asked, method="morris", draws=None, screen=False)
    morris = _searched(experiment, targets, first, names, (), {**run, "folder": folder / SCREENING})
    kept = tuple(name for name in names if any(name in answer.indices.clear for answer in morris.answers))
    if not kept:
        raise DesignError("the screening tells no parameter from zero, so there is nothing to go on with")
    left_out = tuple(name for name in names if name not in kept)
    return _searched(experiment, targets, asked, kept, left_out, {**run, "folder": folder})


def not_held(experiment: Experiment, over: tuple[str, ...] | str | None) -> tuple[str, ...]:
    """Return the parameters to vary: what the experiment assumes is held, and naming it as well is refused."""
    from experiments.batch.held import held_in

    names = varied(over)
    held = held_in(experiment, names)
    named = over if isinstance(over, tuple) else (over,)
    for name in held:
        if name in named or name.partition(".")[0] in named or len(held) == len(names):
            raise DesignError(f"{name!r} is set by an assumption, which holds over draws: leave out one of the two")
    return tuple(name for name in names if name not in held)


def sensitivity_of_store(store: Store, targets: Sequence[Target], settings: Settings) -> Sensitivity:
    """Find, by PAWN, which parameters of the draws of a batch move some numbers.

    Raises
    ------
    DesignError
        If the batch has no draws of uncertain parameters.
    """
    table = store.draws()
    names = drawn_in(store)
    sample = sample_from(names, table[list(names)].to_numpy(float))
    place = list(range(len(table)))
    return _answered(store, targets, sample, (place, table["draw"].tolist()), settings, ())


def _searched(
    experiment: Experiment,
    targets: Sequence[Target],
    asked: Asked,
    names: tuple[str, ...],
    left_out: tuple[str, ...],
    run: Mapping[str, Any],
) -> Sensitivity:
    from experiments.batch.draws import draw_values
    from experiments.batch.driver import conduct
    from experiments.batch.experiment import Draw
    from experiments.batch.writing import experiment_of

    sample = sample_of(asked.method, names, asked.draws, levels=asked.levels, seed=asked.seed)
    points, place = sample.distinct()
    draws = [
        Draw(number, dict(zip(names, map(float, row), strict=True)))
        for number, row in enumerate(draw_values(names, points))
    ]
    design, question = experiment.design, experiment.question
    batch = experiment_of(
        arms=experiment.arms,
        id=f"{experiment.id}-{asked.method}",
        replicates=design.replicates,
        seed=design.seed,
        scale=design.scale,
        until=design.until,
        engine=design.engine,
        outcomes=question.outcomes,
        groups=question.groups,
        dates=question.dates,
        assume=experiment.assume,
        limits=experiment.limits,
        draws=draws,
    )
    store = conduct(batch, **run)
    if store.status().left:
        raise KeyboardInterrupt
    return _answered(store, targets, sample, (place, list(range(len(draws)))), asked.settings, left_out)


def _answered(
    store: Store,
    targets: Sequence[Target],
    sample: Sample,
    place: tuple[Any, list[int]],
    settings: Settings,
    left_out: tuple[str, ...],
) -> Sensitivity:
    """Return what moves each number; ``place`` is each point's row among the draws, and the draws' numbers."""
    from experiments.analyses.titles import title_of, unit_of

    rows, draws = place
    experiment = store.experiment
    titles = {arm.id: title_of(arm, experiment.assume) for arm in experiment.arms}
    answers = [
        Answer(
            target,
            titles[target.arm],
            unit_of(target.outcome),
            indices_of(sample, numbers_of(store, target, draws)[rows], settings),
        )
        for target in targets
    ]
    result = Sensitivity(
        method=sample.method,
        answers=tuple(answers),
        names=sample.names,
        points=len(draws),
        replicates=max(answer.indices.replicates for answer in answers),
        seed=experiment.design.seed,
        scale=experiment.design.scale,
        until=experiment.design.until,
        settings=settings,
        folder=store.folder,
        failed=store.status().failed,
        screened=left_out,
    )
    store.derive(RESULT, result.to_json() + "\n")
    return result


def _listed(over: Sequence[str] | str | None) -> tuple[str, ...] | str | None:
    return over if over is None or isinstance(over, str) else tuple(over)
