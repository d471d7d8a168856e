"""The effect of a package shared among its members: Shapley shares of real runs, which add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import pairing
from experiments.analyses.decision_words import WORDS
from experiments.analyses.filling import Filled, Filling, place_for
from experiments.analyses.members import Division, divided
from experiments.analyses.shapley import Coalition, Order
from experiments.analyses.splits import EXACT_MOST, Split, needed, orders_of, split_of, worths_of
from experiments.analyses.titles import unit_of
from experiments.design import DEFAULT_REPLICATES, DEFAULT_SEED, LAST_UNTIL, DesignError, checked_date

if TYPE_CHECKING:
    from experiments.batch.experiment import Arm, Experiment

DATE = "2035-12"
_ROUNDING = 1e-12
REST = dict(zip(("en", "zh"), WORDS["rest"], strict=True))


@dataclass(frozen=True)
class Decomposition:
    """What is due to each member of a package: one :class:`~experiments.analyses.splits.Split` for each number.

    ``orders`` are those that were sampled; none where every coalition was run. ``experiment`` says from which runs;
    ``n_failed`` of them failed.
    """

    experiment: Experiment
    division: Division
    orders: tuple[Order, ...]
    splits: tuple[Split, ...]
    n_failed: int = 0
    confidence: float = pairing.CONFIDENCE

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.decompose/1)."""
        from experiments.analyses.decompose_telling import to_json

        return to_json(self, lang)

    def to_pandas(self) -> Any:
        """Return every replicate's shares as a pandas DataFrame: a row a replicate, member and number."""
        import pandas as pd

        rows = [
            (split.outcome, split.group, split.date, replicate, member.id, float(part), str(part))
            for split in self.splits
            for replicate, parts in zip(split.replicates, split.parts, strict=True)
            for member, part in zip(self.division.members, parts, strict=True)
        ]
        return pd.DataFrame(rows, columns=["outcome", "group", "date", "replicate", "member", "share", "exact"])


def decompose(
    package: Any,
    *,
    members: Sequence[str] = (),
    depth: int = 1,
    permutations: int | None = None,
    outcomes: Sequence[str] = ("stock",),
    groups: Sequence[str] = ("all",),
    dates: Sequence[str] = (),
    replicates: int = DEFAULT_REPLICATES,
    seed: int = DEFAULT_SEED,
    scale: int | None = None,
    until: str | None = None,
    engine: str = "compiled",
    assume: Sequence[Any] = (),
    folder: str | Path | None = None,
    **run: Any,
) -> Decomposition:
    """Share the effect of a package among its members.

    Parameters
    ----------
    package
        Id or file of a package, or a Scenario.
    members, depth
        See :func:`experiments.analyses.members.divided`.
    permutations
        See :func:`experiments.analyses.splits.orders_of`.
    outcomes, groups, dates, replicates, seed, scale, until, engine, assume
        As for :func:`experiments.compare`; December 2035, where the runs then end, unless told.
    folder
        Where the runs are kept and those that are there already are read; a temporary folder unless told.
    **run
        ``jobs``, ``cluster``, ``on_progress`` and more of :func:`experiments.batch.driver.conduct`.

    Raises
    ------
    DesignError
        If the package cannot be divided so, or something cannot be run as asked.
    """
    from experiments.batch.writing import experiment_of

    division = divided(package, members=members, depth=depth, rest=REST)
    dates = [checked_date(date, until or LAST_UNTIL) for date in tuple(dates) or (DATE,)]
    experiment = experiment_of(
        arms=[division.arm(division.everyone)], id=f"decompose-{division.package.id}"[:80],
        title=dict(division.package.title), replicates=replicates, seed=seed, scale=scale,
        until=until or max(dates), engine=engine,
        outcomes=outcomes, groups=groups, dates=dates, assume=assume, folder=division.folder,
    )  # fmt: skip
    orders = orders_of(len(division), permutations, seed)
    return _run(experiment, division, orders, folder=folder, **run)


def decompose_in(experiment: Experiment, folder: str | Path | None = None, **run: Any) -> Decomposition:
    """Share the effect of a package as the section ``decompose`` of an experiment asks, under its draws.

    ``folder`` is that of the experiment's store, which gets the arms that are missing; see :func:`decompose`.

    Raises
    ------
    DesignError
        If the experiment has no such section, or as for :func:`decompose`.
    """
    from experiments.batch.analysis_forms import DecomposeForm, section_of

    form = section_of(experiment, DecomposeForm)
    if form is None:
        raise DesignError("the experiment has no section 'decompose'; it names the package to divide")
    division = divided(_located(form.package, experiment), members=form.members, depth=form.depth, rest=REST)
    sample = form.orders if len(division) > form.exact_up_to else None
    orders = orders_of(
        len(division), sample, experiment.design.seed if form.seed is None else form.seed, exact_most=form.exact_up_to
    )
    question = experiment.question
    number = (form.outcome or question.outcomes[0], form.group or question.groups[0], form.date or question.dates[-1])
    return _run(experiment, division, orders, numbers=[number], confidence=form.confidence, folder=folder, **run)


def _located(reference: str, experiment: Experiment) -> str:
    from experiments.batch.arms import located

    return located(reference, experiment.arms[0].folder)


def _run(
    experiment: Experiment,
    division: Division,
    orders: tuple[Order, ...],
    *,
    folder: str | Path | None,
    numbers: Sequence[tuple[str, str, str]] = (),
    confidence: float = pairing.CONFIDENCE,
    **run: Any,
) -> Decomposition:
    arms = {coalition: division.arm(coalition) for coalition in needed(len(division), orders)}
    check_whole(division, arms[division.everyone], experiment)
    with place_for(folder) as place:
        runs = Filling(experiment, place, run).fill(list(arms.values()))
        return read_decomposition(
            runs, division, orders, numbers=numbers or _numbers(experiment), confidence=confidence
        )


def read_decomposition(
    runs: Filled,
    division: Division,
    orders: tuple[Order, ...],
    *,
    numbers: Sequence[tuple[str, str, str]],
    confidence: float = pairing.CONFIDENCE,
) -> Decomposition:
    """Return the shares that some runs give, for each number: outcome, group, date."""
    coalitions: dict[str, Coalition] = {
        division.arm(coalition).id: coalition for coalition in needed(len(division), orders)
    }
    splits = []
    for outcome, group, date in numbers:
        worths, left_out = worths_of(runs.effects(outcome, group, date), coalitions)
        number = (outcome, group, date, unit_of(outcome))
        splits.append(split_of(worths, division, orders, number=number, left_out=left_out, confidence=confidence))
    failed = len(runs.store.failures())
    return Decomposition(runs.store.experiment, division, orders, tuple(splits), failed, confidence)


def check_whole(division: Division, whole: Arm, experiment: Experiment) -> None:
    """Refuse a division whose members, joined, are not the package: law and world to the last bit, costs up to rounding.

    Raises
    ------
    DesignError
        Saying what may be the reason.
    """
    from experiments.batch.arms import scenario_of_arm

    until = experiment.design.until
    joined = scenario_of_arm(whole, experiment.assume).resolve(until)
    package = _under(division.package, experiment).resolve(until)
    apart = [field.name for field in fields(package) if field.name != "name" and _differs(joined, package, field.name)]
    if apart:
        raise DesignError(
            f"the members of {division.package.id!r} together are not the package: they differ in {', '.join(apart)}; "
            "it may add up overlaps, assume something or state a cost of its own"
        )


def _under(package: Any, experiment: Experiment) -> Any:
    from experiments.batch.arms import located
    from experiments.cases import under

    return under(package, [located(one, experiment.arms[0].folder) for one in experiment.assume])


def _differs(first: Any, second: Any, name: str) -> bool:
    one, other = getattr(first, name), getattr(second, name)
    if name == "costs":
        # Sums of costs depend on their order in the last digit.
        return not all(np.allclose(one[part], other[part], rtol=_ROUNDING, atol=0.0) for part in one.dtype.names)
    return bool(one.tobytes() != other.tobytes()) if hasattr(one, "tobytes") else bool(one != other)


def _numbers(experiment: Experiment) -> list[tuple[str, str, str]]:
    asked = experiment.question
    return [(outcome, group, date) for outcome in asked.outcomes for group in asked.groups for date in asked.dates]


__all__ = ["EXACT_MOST", "Decomposition", "decompose", "decompose_in", "read_decomposition"]
