"""Aims of a search as numbers: what an arm is worth in each, over replicates and draws, and how surely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from experiments import pairing
from experiments.analyses.effects import COST, effect_array
from experiments.analyses.numbers import OF_A_PAIR

Measure: TypeAlias = Literal["ratio", "gap"]
Robust: TypeAlias = Literal["mean", "worst", "quantile"]


@dataclass(frozen=True)
class Objective:
    """One thing to raise or to lower.

    Without ``against`` it is an outcome of a group: its difference from the baseline or, with ``of`` level, its value
    under the law. With ``against`` it is how unequal the group and that one are: how far the ratio of the two is from 1,
    or the gap between them is from 0; less is more equal.
    """

    outcome: str
    group: str
    date: str
    goal: Literal["raise", "lower"]
    of: Literal["paired_difference", "level"] = "paired_difference"
    against: str | None = None
    measure: Measure = "ratio"

    @property
    def sense(self) -> Literal["max", "min"]:
        """The same for a search."""
        return "max" if self.goal == "raise" else "min"

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups whose numbers it needs."""
        return (self.group,) if self.against is None else (self.group, self.against)

    @property
    def name(self) -> str:
        """What it is called in results."""
        versus = "" if self.against is None else f"/{self.against}:{self.measure}"
        return f"{self.outcome}[{self.group}{versus}]@{self.date}"


@dataclass(frozen=True)
class Robustness:
    """How the draws of what is uncertain count: on average, the worst of them, or the worst but a share of them."""

    kind: Robust = "mean"
    share: float = 0.1

    def over(self, values: Any, sense: str) -> float:
        """Return one number for the values under each draw, shape (draws,).

        >>> Robustness("worst").over(np.array([3.0, 1.0]), "max"), Robustness("worst").over(np.array([3.0, 1.0]), "min")
        (1.0, 3.0)
        """
        if self.kind == "mean":
            return float(values.mean())
        share = 0.0 if self.kind == "worst" else self.share
        return float(np.quantile(values, share if sense == "max" else 1 - share))


class Worth(NamedTuple):
    """The worth of an arm in one objective, and the interval that luck in the runs leaves it."""

    value: float
    low: float
    high: float


NOTHING = Worth(math.nan, math.nan, math.nan)


def numbers_of(store: Any, objective: Objective, arms: Sequence[str], n_replicates: int) -> Any:
    """Return the numbers that an objective needs, shape (arms, groups, 2, draws, replicates).

    The third axis is the baseline, then the law; numbers of pairs, such as costs, stand against nothing. Only the first
    ``n_replicates`` replicates are taken, so that a store that has more gives the same.
    """
    if objective.outcome.startswith(OF_A_PAIR):
        table = store.values(outcomes=[objective.outcome], groups=["all"], dates=[objective.date])
        table = table[table["role"] == "reform"].assign(baseline=0.0, reform=lambda own: own["value"])
        tables = [table]
    else:
        tables = [store.paired(objective.outcome, group=group, date=objective.date) for group in objective.groups]
    columns = []
    for table in tables:
        early = table[table["replicate"] < n_replicates]
        both = [effect_array(early.assign(effect=early[side]), arms)[0] for side in ("baseline", "reform")]
        columns.append(np.stack(both, axis=1))
    return np.stack(columns, axis=1)


def worth_of(objective: Objective, numbers: Any, robust: Robustness) -> Worth:
    """Return the worth of one arm.

    Parameters
    ----------
    numbers
        Shape (groups, 2, draws, replicates); see :func:`numbers_of`. A replicate with a nan in any draw is left out.

    Notes
    -----
    The interval is by the jackknife over replicates (Tukey's pseudo-values), which for a mean is the usual one.
    """
    kept = numbers[..., np.isfinite(numbers).all(axis=(0, 1, 2))]
    n = kept.shape[-1]
    if n == 0:
        return NOTHING
    whole = _value(objective, kept, robust)
    if n == 1 or not math.isfinite(whole):
        return Worth(whole, math.nan, math.nan)
    without = np.array([_value(objective, np.delete(kept, place, axis=-1), robust) for place in range(n)])
    low, high, _ = pairing.interval(n * whole - (n - 1) * without)
    return Worth(whole, low, high)


def _value(objective: Objective, numbers: Any, robust: Robustness) -> float:
    means = numbers.mean(axis=-1)
    levels = means[0] if objective.against is None else unequal(means[0], means[1], objective.measure)
    before, after = levels
    values = after if objective.of == "level" or objective.outcome.startswith(OF_A_PAIR) else after - before
    return robust.over(values, objective.sense)


def unequal(group: Any, reference: Any, measure: Measure) -> Any:
    """Return how unequal two groups are, 0 for equal: how far their ratio is from 1, or their gap from 0.

    A ratio to nothing is nan.

    >>> float(unequal(np.array(3.0), np.array(2.0), "ratio")), float(unequal(np.array(3.0), np.array(2.0), "gap"))
    (0.5, 1.0)
    """
    if measure == "gap":
        return np.abs(group - reference)
    return np.abs(group / np.where(reference == 0.0, np.nan, reference) - 1.0)


def cost_objective(date: str) -> Objective:
    """Return the public cost of an arm up to a date, to be lowered."""
    return Objective(COST, "all", date, "lower")
