"""One number of a batch, as a table of draws and replicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import DesignError, Question, unknown

if TYPE_CHECKING:
    from experiments.batch.experiment import Arm, Experiment
    from experiments.batch.store import Store

EFFECT, LEVEL = "effect", "level"
OF_A_PAIR = "pair."
"""What the names of outcomes begin with that belong to a pair of runs: effects as they stand."""


@dataclass(frozen=True)
class Target:
    """The number that an analysis is about: an outcome of an arm, or what the arm changes in it.

    ``of`` is ``effect`` (reform less baseline, pair by pair) or ``level``.
    """

    arm: str
    outcome: str
    group: str
    date: str
    of: str


def numbers_of(store: Store, target: Target, draws: Sequence[int]) -> Any:
    """Return a number by draw and replicate.

    Parameters
    ----------
    store
        A batch, done or not.
    target
        Which number.
    draws
        Numbers of the draws wanted, in the order of the rows.

    Returns
    -------
        Shape (draws, replicates), replicates in their order; nan where a run is missing or the number does not exist.
    """
    table = _effects(store, target) if target.of == EFFECT else _levels(store, target)
    place = {draw: row for row, draw in enumerate(draws)}
    table = table[table["draw"].isin(place)]
    replicates = {replicate: column for column, replicate in enumerate(sorted(set(table["replicate"])))}
    values = np.full((len(draws), max(1, len(replicates))), np.nan)
    for draw, replicate, value in zip(table["draw"], table["replicate"], table["value"], strict=True):
        values[place[draw], replicates[replicate]] = value
    return values


def _effects(store: Store, target: Target) -> Any:
    if target.outcome.startswith(OF_A_PAIR):
        return _levels(store, target)
    pairs = store.paired(target.outcome, target.group, target.date)
    pairs = pairs[pairs["arm"] == target.arm]
    return pairs.assign(value=pairs["reform"] - pairs["baseline"])


def _levels(store: Store, target: Target) -> Any:
    place = {"outcomes": [target.outcome], "groups": [target.group], "dates": [target.date]}
    rows = store.values(**place, arms=[target.arm])
    roles = set(rows["role"])
    # An arm that is a reform may be listed with the runs of its baseline, which have its name.
    return rows[rows["role"] == "reform"] if "reform" in roles else rows


def drawn_in(store: Store) -> tuple[str, ...]:
    """Return the parameters that differ between the draws of a batch.

    Raises
    ------
    DesignError
        If there is none.
    """
    table = store.draws().drop(columns="draw")
    names = tuple(str(name) for name in table.columns if float(np.ptp(table[name].to_numpy(float))) > 0.0)
    if not names:
        raise DesignError(f"{store.folder} holds no draws of uncertain parameters; give its file `uncertainty`")
    return names


def targets_of(question: Question, arms: Sequence[str], of: str) -> list[Target]:
    """Return every number that is asked: each arm, outcome, group and date."""
    return [
        Target(arm, outcome, group, date, of)
        for arm in arms
        for outcome in question.outcomes
        for group in question.groups
        for date in question.dates
    ]


def asked_of_store(
    store: Store, outcomes: Sequence[str], groups: Sequence[str], dates: Sequence[str], *, of: str
) -> list[Target]:
    """Return the numbers asked of a batch: of its reforms, or of all its arms; what is not named is all it holds.

    Raises
    ------
    DesignError
        For what the batch does not hold, and for the effect of reforms where it has none.
    """
    experiment = store.experiment
    kept = experiment.question
    asked = Question(
        tuple(_known("outcome", name, kept.outcomes) or "" for name in outcomes) or kept.outcomes,
        tuple(_known("group", name, kept.groups) or "" for name in groups) or kept.groups,
        tuple(_known("date", _month(name), kept.dates) or "" for name in dates) or kept.dates,
    )
    arms = [arm.id for arm in experiment.arms if of == LEVEL or not is_baseline(arm)]
    if not arms:
        raise DesignError("the batch holds no reform, so there is no effect; ask for levels with --against none")
    return targets_of(asked, arms, of)


def one_target(
    experiment: Experiment,
    *,
    scenario: str | None = None,
    outcome: str | None = None,
    group: str | None = None,
    date: str | None = None,
    of: str = EFFECT,
) -> Target:
    """Return the one number asked of an experiment: without a name the first reform, outcome, group and the last date.

    Raises
    ------
    DesignError
        For what the experiment does not hold, and for the effect of a baseline.
    """
    question = experiment.question
    reforms = [arm.id for arm in experiment.arms if not is_baseline(arm)]
    known = [arm.id for arm in experiment.arms]
    arm = _known("scenario", scenario, known) or (reforms or known)[0]
    if of == EFFECT and arm not in reforms:
        raise DesignError(f"{arm!r} is the law as it stands, so it has no effect; ask for its level")
    kept = [*question.outcomes, outcome] if (outcome or "").startswith(OF_A_PAIR) else question.outcomes
    return Target(
        arm=arm,
        outcome=_known("outcome", outcome, kept) or question.outcomes[0],
        group=_known("group", group, question.groups) or question.groups[0],
        date=_known("date", _month(date), question.dates) or question.dates[-1],
        of=of,
    )


def is_baseline(arm: Arm) -> bool:
    """Return whether an arm is the law as it stands."""
    from experiments.batch.arms import is_baseline as is_it

    return is_it(arm)


def _month(date: str | None) -> str | None:
    return f"{date}-12" if date is not None and len(date) == 4 else date


def _known(what: str, name: str | None, known: Sequence[str | None]) -> str | None:
    if name is not None and name not in known:
        raise DesignError(unknown(what, name, [one for one in known if one]))
    return name
