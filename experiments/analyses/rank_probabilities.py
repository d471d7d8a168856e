"""Reforms ranked over draws of what is uncertain and over theories of the decision, with probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analyses.agreement import Agreement, agreements
from experiments.analyses.defaults import RANK_BEST, RANK_DATE, RANK_DRAWS, RANK_REPLICATES
from experiments.analyses.effects import effect_array
from experiments.analyses.information import Information, information
from experiments.analyses.numbers import is_baseline
from experiments.analyses.places import Range, among_best, is_better, spread_of
from experiments.analyses.strata import likely_effects
from experiments.analyses.theories import Theory, crossed, shipped_rules, theories_of
from experiments.analyses.titles import title_of, unit_of
from experiments.design import DEFAULT_SEED, LAST_UNTIL, DesignError, checked_date
from experiments.posterior import PosteriorDraws, posterior_draws

if TYPE_CHECKING:
    from experiments.batch.experiment import Draw, Experiment

TOLD_APART = 0.9
"""How likely one of two reforms has to be the better one, for the two to be told apart."""


@dataclass(frozen=True)
class RankedArm:
    """One reform over all draws and theories.

    ``effect`` is its mean difference from the baseline, with the ends that hold 95% of its likely effects over draws and
    theories. ``is_among_best`` and ``is_best`` are probabilities with intervals; ``beats_next`` is the probability that it
    is better than the one ranked next, nan for the last, and ``ties_with_next`` says that the two are not told apart.
    """

    arm: str
    title: Mapping[str, str]
    effect: Range
    is_among_best: Range
    is_best: Range
    beats_next: float
    ties_with_next: bool


@dataclass(frozen=True)
class Level:
    """A theory, and the baseline's mean level under it as a share of that under the model as it stands."""

    theory: Theory
    level: float


@dataclass(frozen=True)
class RankProbabilities:
    """Reforms in the order of their probability to be among the ``best``; ``agreements`` are of each two theories.

    ``n_settings`` of the ``n_draws`` differ: a weighted sample is drawn from with repeats.
    """

    experiment: Experiment
    drawn: PosteriorDraws
    outcome: str
    date: str
    unit: str
    is_less_better: bool
    best: int
    arms: tuple[RankedArm, ...]
    theories: tuple[Level, ...]
    agreements: tuple[Agreement, ...]
    information: tuple[Information, ...]
    parameters: tuple[str, ...]
    n_draws: int
    n_settings: int
    n_replicates: int
    draws_left_out: int

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.rank-probabilities/1)."""
        from experiments.analyses.rank_telling import to_json

        return to_json(self, lang)


def measure_ids() -> list[str]:
    """Return the ids of the shipped scenarios of the article's measures."""
    from scenarios import catalogue

    return [entry.id for entry in catalogue() if entry.measure is not None]


def rank_probabilities(
    scenarios: Sequence[Any],
    *,
    posterior: str | Path | None = None,
    draws: int = RANK_DRAWS,
    assume: Sequence[Any] | None = None,
    outcome: str = "stock",
    date: str = RANK_DATE,
    best: int = RANK_BEST,
    is_less_better: bool = False,
    replicates: int = RANK_REPLICATES,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str | None = None,
    engine: str = "compiled",
    folder: str | Path | None = None,
    **run: Any,
) -> RankProbabilities:
    """Run reforms under draws of what is uncertain and under theories of the decision, and rank them.

    Parameters
    ----------
    scenarios
        Ids or files of reforms, more than ``best``, or Scenario objects.
    posterior
        CSV file that parameters are drawn from, a column a parameter, perhaps one called ``weight``; the shipped one if
        None.
    draws
        How many settings are drawn from it; more keep the earlier ones.
    assume
        Ids or files of theories, each held alone beside the model as it stands; those that are shipped unless told.
    outcome, date
        What reforms are ranked by.
    best
        Of how many best reforms the probability is asked.
    is_less_better
        Whether a lower number is the better one.
    replicates, seed, scale, until, engine
        As for :func:`experiments.compare`; every draw under every theory has seeds of its own, and runs end with ``date``
        unless told.
    folder
        Where runs are kept; what is there is not run again. A temporary folder unless told.
    **run
        ``jobs``, ``cluster``, ``on_progress`` and more of :func:`experiments.batch.driver.conduct`.

    Raises
    ------
    DesignError
        If something cannot be run as asked, or no posterior is named and none is shipped.
    scenarios.ScenarioProblems
        For a file that is wrong.
    """
    from experiments.analyses.filling import Filling, place_for

    month = checked_date(date, until or LAST_UNTIL)
    theories = theories_of(shipped_rules() if assume is None else assume)
    drawn = posterior_draws(draws, posterior, seed=seed)
    points = drawn.draws
    design = {"replicates": replicates, "seed": seed, "scale": scale, "until": until or month, "engine": engine}
    experiment = _experiment(scenarios, crossed(points, theories), (outcome, month), design)
    arms = [arm for arm in experiment.arms if not is_baseline(arm)]
    if len(arms) <= best:
        raise DesignError(f"to be among the best {best} says something of more than {best} scenarios, got {len(arms)}")
    with place_for(folder) as place:
        filled = Filling(experiment, place, run).fill()
        cells, levels = _cells(filled, [arm.id for arm in arms], (outcome, month), (len(points), len(theories)))
    return ranked(
        cells, levels, experiment=experiment, drawn=drawn, theories=theories,
        number=(outcome, month), best=best, is_less_better=is_less_better,
    )  # fmt: skip


def _experiment(
    scenarios: Sequence[Any], points: Sequence[Draw], number: tuple[str, str], design: Mapping[str, Any]
) -> Experiment:
    from experiments.batch.writing import experiment_of

    outcome, month = number
    return experiment_of(
        scenarios, id="rank", outcomes=(outcome,), dates=(month,), draws=points, own_seeds=True, **design
    )


def _cells(filled: Any, arms: Sequence[str], number: tuple[str, str], shape: tuple[int, int]) -> tuple[Any, Any]:
    """Return effects of shape (arms, draws, theories, replicates), and the baseline's level by draw and theory."""
    outcome, month = number
    n_draws, n_theories = shape
    table = filled.effects(outcome, "all", month)
    table = table[table["draw"] < n_draws * n_theories]
    found, points, replicates = effect_array(table, arms)
    values = np.full((len(arms), n_draws * n_theories, len(replicates)), np.nan)
    values[:, list(points)] = found
    levels = np.full(n_draws * n_theories, np.nan)
    pairs = filled.store.paired(outcome, group="all", date=month)
    for point, level in pairs.groupby("draw")["baseline"].mean().items():
        if point < len(levels):
            levels[int(point)] = level
    return values.reshape(len(arms), n_draws, n_theories, -1), levels.reshape(n_draws, n_theories)


def ranked(
    cells: Any,
    levels: Any,
    *,
    experiment: Experiment,
    drawn: PosteriorDraws,
    theories: Sequence[Theory],
    number: tuple[str, str],
    best: int,
    is_less_better: bool,
) -> RankProbabilities:
    """Return the ranking that measured effects give.

    Parameters
    ----------
    cells
        Effects of shape (arms, draws, theories, replicates), nan where a run is missing: such a draw is left out.
    levels
        Of the baseline, shape (draws, theories).
    drawn, theories
        What the draws and the theories are.

    Raises
    ------
    DesignError
        If no draw has every run.
    """
    kept = np.isfinite(cells).all(axis=(0, 2, 3))
    if not kept.any():
        raise DesignError(f"no draw has {number[0]} for every scenario under every theory: nothing can be ranked")
    cells, levels = cells[:, kept], levels[kept]
    better = -cells if is_less_better else cells
    likely = list(likely_effects(better))
    arms = [arm for arm in experiment.arms if not is_baseline(arm)]
    parameters, settings = _settings([draw for draw, is_kept in zip(drawn.draws, kept, strict=True) if is_kept])
    first = np.unique(settings, return_index=True)[1]
    known = {name: values[first] for name, values in parameters.items()}
    means, titles = better.mean(axis=3), {arm.id: title_of(arm) for arm in arms}
    return RankProbabilities(
        experiment=experiment,
        drawn=drawn,
        outcome=number[0],
        date=number[1],
        unit=unit_of(number[0]),
        is_less_better=is_less_better,
        best=best,
        arms=standings_of(likely, titles, best, settings=settings, is_less_better=is_less_better),
        theories=tuple(
            Level(theory, float(level / levels[:, 0].mean()))
            for theory, level in zip(theories, levels.mean(axis=0), strict=True)
        ),
        agreements=agreements(better, likely, [theory.id for theory in theories], best=best),
        information=information(
            _by_setting(means, settings), np.array(likely), known, bests=tuple(dict.fromkeys((1, best)))
        ),
        parameters=tuple(parameters),
        n_draws=cells.shape[1],
        n_settings=int(settings.max()) + 1,
        n_replicates=cells.shape[3],
        draws_left_out=int((~kept).sum()),
    )


def _settings(draws: Sequence[Draw]) -> tuple[dict[str, Any], Any]:
    """Return the values of each parameter by draw, and which setting each draw is, numbered from 0."""
    names = list(dict.fromkeys(name for draw in draws for name in draw.parameters))
    numbers: dict[tuple[float, ...], int] = {}
    settings = [numbers.setdefault(tuple(draw.parameters[name] for name in names), len(numbers)) for draw in draws]
    return {name: np.array([draw.parameters[name] for draw in draws]) for name in names}, np.array(settings)


def _by_setting(means: Any, settings: Any) -> Any:
    """Return effects averaged over the draws of each setting, the draws being the second axis."""
    return np.stack([means[:, settings == number].mean(axis=1) for number in range(int(settings.max()) + 1)], axis=1)


def standings_of(
    likely: Sequence[Any],
    titles: Mapping[str, Mapping[str, str]],
    best: int,
    *,
    settings: Any = None,
    is_less_better: bool = False,
) -> tuple[RankedArm, ...]:
    """Return reforms in the order of their probability to be among the best; those that have none by mean effect.

    Parameters
    ----------
    likely
        Sets of likely effects, each of shape (arms, draws, theories), more is better.
    titles
        Of the reforms, in the same order.
    best, settings
        As for :func:`experiments.analyses.places.among_best`.
    """
    sign = -1.0 if is_less_better else 1.0
    among, first = among_best(likely, best, settings), among_best(likely, 1, settings)
    effects, beats = spread_of(likely), is_better(likely)
    order = sorted(range(len(effects)), key=lambda at: (-round(among[at].value, 2), -effects[at].value))
    names = list(titles)
    found = []
    for place, at in enumerate(order):
        after = order[place + 1] if place + 1 < len(order) else None
        chance = float(beats[at, after]) if after is not None else float("nan")
        mean, low, high = (sign * value for value in effects[at])
        found.append(
            RankedArm(
                arm=names[at],
                title=titles[names[at]],
                effect=Range(mean, min(low, high), max(low, high)),
                is_among_best=among[at],
                is_best=first[at],
                beats_next=chance,
                ties_with_next=after is not None and 1 - TOLD_APART < chance < TOLD_APART,
            )
        )
    return tuple(found)
