"""Arms ranked over draws of what is uncertain: which is likely the best, and what choosing another would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments import pairing
from experiments.analyses.defaults import REGRET_DATE, REGRET_DRAWS, REGRET_REPLICATES
from experiments.analyses.effects import effect_array, effects_of
from experiments.analyses.likely import complete, likely_effects
from experiments.analyses.numbers import is_baseline
from experiments.analyses.ranking import Spread, spreads_of, standing_of
from experiments.analyses.titles import title_of, unit_of
from experiments.design import DEFAULT_SEED, LAST_UNTIL, DesignError, checked_date, unknown

if TYPE_CHECKING:
    from experiments.batch.experiment import Experiment
    from experiments.batch.store import Store


class Number(NamedTuple):
    """A number over sets of likely effects: its mean and the ends that hold 95% of them."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ArmStanding:
    """One arm over all draws.

    ``effect`` is its mean difference from the baseline. ``ranks`` are the probabilities of its ranks, best first;
    ``seems_best`` is the share of draws in which its measured effect is the best, luck included. Regrets are in the
    outcome's unit: what it falls short of the best arm under the same draw.
    """

    arm: str
    title: Mapping[str, str]
    effect: Number
    is_best: Number
    seems_best: float
    ranks: tuple[float, ...]
    mean_regret: Number
    high_regret: Number
    most_regret: Number


@dataclass(frozen=True)
class Duel:
    """Two arms beside each other: how likely the first is the better one under a draw, and by how much on average.

    ``difference`` is the mean over draws, with the interval that luck leaves it; ``is_told_apart`` says whether that
    leaves out 0.
    """

    first: str
    second: str
    first_is_better: float
    difference: Number

    @property
    def is_told_apart(self) -> bool:
        """Whether the runs say which of the two is better on average."""
        return self.difference.low > 0 or self.difference.high < 0


@dataclass(frozen=True)
class Regrets:
    """Ranks and regrets of the arms of an experiment in one number; the arm with the least mean regret comes first."""

    experiment: Experiment
    outcome: str
    group: str
    date: str
    unit: str
    is_less_better: bool
    arms: tuple[ArmStanding, ...]
    duels: tuple[Duel, ...]
    n_draws: int
    n_replicates: int
    draws_left_out: int
    replicates_left_out: int

    def duel(self, first: str, second: str) -> Duel:
        """Return two arms beside each other, in either order."""
        for one in self.duels:
            if (one.first, one.second) == (first, second):
                return one
            if (one.first, one.second) == (second, first):
                turned = Number(-one.difference.value, -one.difference.high, -one.difference.low)
                return Duel(first, second, 1 - one.first_is_better, turned)
        raise KeyError((first, second))

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.regret/1)."""
        from experiments.analyses.regret_telling import to_json

        return to_json(self, lang)


def regret(
    scenarios: Sequence[Any],
    *,
    uncertainty: Mapping[str, Any] | None = None,
    outcome: str = "stock",
    group: str = "all",
    date: str = REGRET_DATE,
    is_less_better: bool = False,
    replicates: int = REGRET_REPLICATES,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str | None = None,
    assume: Sequence[Any] = (),
    folder: str | Path | None = None,
    **run: Any,
) -> Regrets:
    """Run scenarios under draws of what is uncertain, and rank them.

    Parameters
    ----------
    scenarios
        Ids or files of two or more, or Scenario objects.
    uncertainty
        As in an experiment file; ``REGRET_DRAWS`` draws of the shipped posterior unless told.
    outcome, group, date
        The number by which they are ranked.
    is_less_better
        Whether a lower number is the better one, as for days or hours lost.
    replicates, seed, scale, until, assume
        As for :func:`experiments.compare`; runs end with ``date`` unless told.
    folder
        Where runs are kept; a temporary folder unless told.
    **run
        ``jobs``, ``cluster``, ``on_progress`` and more of :func:`experiments.batch.driver.conduct`.

    Raises
    ------
    DesignError
        If something cannot be run as asked.
    """
    from experiments.analyses.filling import Filling, place_for
    from experiments.batch.form import SHIPPED
    from experiments.batch.writing import experiment_of

    month = checked_date(date, until or LAST_UNTIL)
    experiment = experiment_of(
        scenarios, id="regret", replicates=replicates, seed=seed, scale=scale, until=until or month,
        outcomes=(outcome,), groups=(group,), dates=(month,), assume=assume,
        uncertainty=uncertainty or {"posterior": SHIPPED, "draws": REGRET_DRAWS},
    )  # fmt: skip
    # Before anything is run.
    _chosen(experiment, ())
    with place_for(folder) as place:
        store = Filling(experiment, place, run).fill().store
        return read_regret(store, outcome=outcome, group=group, date=month, is_less_better=is_less_better)


def read_regret(
    store: Store,
    *,
    arms: Sequence[str] = (),
    outcome: str | None = None,
    group: str | None = None,
    date: str | None = None,
    is_less_better: bool = False,
) -> Regrets:
    """Return ranks and regrets from the runs that a store has.

    Parameters
    ----------
    arms
        Scenarios to choose among; all that are no baseline unless named.
    outcome, group, date
        The number to rank by; the first outcome and group and the last date that the store keeps unless named.

    Raises
    ------
    DesignError
        If there are fewer than two arms, one is unknown, or no draw has all of them.
    """
    experiment, question = store.experiment, store.experiment.question
    month = checked_date(date, experiment.design.until) if date else question.dates[-1]
    number = (outcome or question.outcomes[0], group or question.groups[0], month)
    chosen = _chosen(experiment, arms)
    table = effects_of(store, *number)
    values, draws, replicates = effect_array(table, [arm.id for arm in chosen])
    kept_draws, kept_replicates = complete(values)
    if not kept_draws.any() or not kept_replicates.any():
        raise DesignError(f"no draw has {number[0]} for every scenario: resume the batch, or rank by another outcome")
    values = values[:, kept_draws][:, :, kept_replicates]
    standings, duels = standings_of(
        values, {arm.id: title_of(arm, experiment.assume) for arm in chosen}, is_less_better=is_less_better
    )
    return Regrets(
        experiment,
        *number,
        unit=unit_of(number[0]),
        is_less_better=is_less_better,
        arms=standings,
        duels=duels,
        n_draws=values.shape[1],
        n_replicates=values.shape[2],
        draws_left_out=len(draws) - values.shape[1],
        replicates_left_out=len(replicates) - values.shape[2],
    )


def _chosen(experiment: Experiment, names: Sequence[str]) -> list[Any]:
    """Return the arms to choose among."""
    arms = {arm.id: arm for arm in experiment.arms if not is_baseline(arm)}
    for name in names:
        if name not in arms:
            raise DesignError(unknown("scenario", name, arms))
    chosen = [arms[name] for name in dict.fromkeys(names or arms)]
    if len(chosen) < 2:
        raise DesignError("a choice needs two scenarios or more beside the baseline")
    return chosen


def standings_of(
    values: Any, titles: Mapping[str, Mapping[str, str]], *, is_less_better: bool = False
) -> tuple[tuple[ArmStanding, ...], tuple[Duel, ...]]:
    """Return the standing of arms, the one with the least mean regret first, and each two of them beside each other.

    Parameters
    ----------
    values
        Effects of shape (arms, draws, replicates), nothing missing.
    titles
        Of the arms, in the same order.
    """
    better = -values if is_less_better else values
    spreads = spreads_of(likely_effects(better))
    seeming = standing_of(better.mean(axis=2)).is_best
    found = [
        ArmStanding(
            arm=arm,
            title=title,
            effect=_mean_over_draws(values[place]),
            is_best=_at(spreads["is_best"], place),
            seems_best=float(seeming[place]),
            ranks=tuple(map(float, spreads["ranks"].value[place])),
            mean_regret=_at(spreads["mean_regret"], place),
            high_regret=_at(spreads["high_regret"], place),
            most_regret=_at(spreads["most_regret"], place),
        )
        for place, (arm, title) in enumerate(titles.items())
    ]
    names, beats = list(titles), spreads["beats"].value
    duels = tuple(
        Duel(names[one], names[other], float(beats[one, other]), _mean_over_draws(better[one] - better[other]))
        for one, other in combinations(range(len(names)), 2)
    )
    return tuple(sorted(found, key=lambda one: one.mean_regret.value)), duels


def _mean_over_draws(values: Any) -> Number:
    """Return the mean of effects of shape (draws, replicates) with the interval over replicates, paired by draw."""
    by_replicate = values.mean(axis=0)
    found = pairing.summarise(np.zeros(by_replicate.size), by_replicate)
    return Number(found.difference, found.low, found.high)


def _at(spread: Spread, place: int) -> Number:
    return Number(float(spread.value[place]), float(spread.low[place]), float(spread.high[place]))
