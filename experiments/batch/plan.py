"""The plan of a batch: one row a run, whole families together, in the order they are done.

A family is all arms, and their baselines, of one draw and one replicate: they share luck and past. Families come
replicate by replicate, so that a batch that stops early has each scenario and draw equally often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.batch.arms import scenario_of_arm
from experiments.batch.experiment import SEED_STEP, Experiment
from experiments.batch.identity import RunNames, given_hash, source_sha256
from experiments.design import DesignError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("run", "chunk", "family", "arm", "role", "against", "draw", "replicate", "seed")
_TYPES = dict.fromkeys(("chunk", "family", "draw", "replicate", "seed"), "int64")
BASELINE, REFORM = "baseline", "reform"
FEWEST_CHUNKS = 16
"""Chunks that a small batch is cut into, where it has the families: work for many workers, little lost by a stop."""


@dataclass(frozen=True)
class PlannedArm:
    """One law that every family runs: ``law`` is its part of a run's name, ``against`` the place of its baseline.

    A baseline has no ``against``.
    """

    arm: str
    role: str
    law: str
    against: int | None


def planned_arms(experiment: Experiment) -> tuple[PlannedArm, ...]:
    """Return the laws of a family: each baseline once, before the reforms that depart from it.

    The baselines of arms are called by their id; a second one of that id, by the arm that departs from it.

    Raises
    ------
    DesignError
        If two arms are one law, so that their runs would be the same.
    scenarios.ScenarioProblems
        If an arm cannot be made.
    """
    until = experiment.design.until
    names = RunNames(experiment.design.scale, until)
    found: list[PlannedArm] = []
    at: dict[str, int] = {}
    hashes: dict[str, str] = {}
    for arm in experiment.arms:
        scenario = scenario_of_arm(arm, experiment.assume)
        baseline = scenario.baseline
        key = repr((baseline.key, baseline.assumptions))
        if key not in hashes:
            hashes[key] = given_hash(baseline.resolve(until))
        base = hashes[key]
        if base not in at:
            name = baseline.id if scenario is not baseline else arm.id
            at[base] = len(found)
            found.append(PlannedArm(_free(name, arm.id, found), BASELINE, names.law(base, None), None))
        if scenario is not baseline:
            law = names.law(given_hash(scenario.resolve(until)), base)
            _check_new(law, arm.id, found)
            found.append(PlannedArm(arm.id, REFORM, law, at[base]))
    return tuple(found)


def _free(name: str, arm: str, found: Sequence[PlannedArm]) -> str:
    return name if all(other.arm != name for other in found) else f"{name}-of-{arm}"


def _check_new(law: str, arm: str, found: Sequence[PlannedArm]) -> None:
    same = next((other.arm for other in found if other.law == law), None)
    if same is not None:
        raise DesignError(f"{arm!r} is the same law as {same!r} in every month; leave one of them out")


def families_per_chunk(experiment: Experiment, in_family: int | None = None) -> int:
    """Return how many families one file of results holds: about ``chunk_runs`` runs, fewer in a small batch.

    ``in_family`` is the number of runs in a family, where it is known already.
    """
    runs = in_family or len(planned_arms(experiment))
    families = experiment.replicates.least * len(experiment.draws)
    return max(1, min(experiment.chunk_runs // runs, families // FEWEST_CHUNKS))


def plan_of(
    experiment: Experiment, *, families_per_chunk: int, arms: Sequence[PlannedArm] | None = None
) -> pd.DataFrame:
    """Return the plan of a new batch, columns ``COLUMNS``, one row a run.

    ``against`` is the run of the baseline that a reform's run is paired with, None for a baseline's. Chunks hold
    ``families_per_chunk`` whole families, the last one perhaps fewer. ``arms`` are those of :func:`planned_arms`, where
    they are known already.
    """
    return _frame(_rows(experiment, arms or planned_arms(experiment), {}, {}), families_per_chunk)


def extended(
    plan: pd.DataFrame,
    experiment: Experiment,
    *,
    families_per_chunk: int | None = None,
    arms: Sequence[PlannedArm] | None = None,
) -> pd.DataFrame:
    """Return a plan with what a larger experiment adds, after the rows it has, which stay as they are.

    What is added is in chunks of its own: those that are done stay whole. A reform added to a family that has been run
    is paired with the baseline's run that the family has. ``families_per_chunk`` is that of the plan unless told, ``arms``
    as for :func:`plan_of`.

    Raises
    ------
    DesignError
        If the experiment lacks runs of the plan, so that it is not a larger one.
    """
    import pandas as pd

    arms = arms or planned_arms(experiment)
    held = dict(zip(zip(plan["arm"], plan["draw"], plan["replicate"], strict=True), plan["run"], strict=True))
    families = dict(zip(zip(plan["replicate"], plan["draw"], strict=True), plan["family"], strict=True))
    _check_larger(plan, experiment, arms)
    per_chunk = families_per_chunk or int(plan.groupby("chunk")["family"].nunique().max())
    added = _frame(_rows(experiment, arms, held, families), per_chunk, first=int(plan["chunk"].max()) + 1)
    return pd.concat([plan, added], ignore_index=True) if len(added) else plan.copy()


def _check_larger(plan: pd.DataFrame, experiment: Experiment, arms: Sequence[PlannedArm]) -> None:
    design = experiment.design
    lost = set(plan["arm"]) - {arm.arm for arm in arms}
    if lost:
        raise DesignError(f"the plan has runs of {min(lost)!r}, which the experiment has no more")
    if plan["draw"].max() >= len(experiment.draws) or plan["replicate"].max() >= experiment.replicates.least:
        raise DesignError("the plan has more draws or replicates than the experiment; it can only grow")
    if int(plan["seed"].iloc[0]) - int(plan["replicate"].iloc[0]) != design.seed:
        raise DesignError(f"the plan begins at another seed than {design.seed}")


def _rows(
    experiment: Experiment, arms: Sequence[PlannedArm], held: dict[Any, str], families: dict[Any, int]
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of each family that are not ``held``, chunks aside, in the order in which they are run."""
    design = experiment.design
    names = RunNames(design.scale, design.until)
    draws = [names.draw(draw.parameters) for draw in experiment.draws]
    after = max(families.values(), default=-1) + 1
    for replicate in range(experiment.replicates.least):
        for number, draw in enumerate(draws):
            seed = design.seed + replicate + (SEED_STEP * number if experiment.own_seeds else 0)
            family = families.get((replicate, number))
            if family is None:
                family, after = after, after + 1
            runs: list[str] = []
            rows = []
            for arm in arms:
                known = held.get((arm.arm, number, replicate))
                runs.append(known or names.run(arm.law, draw, seed))
                if known is None:
                    against = None if arm.against is None else runs[arm.against]
                    rows.append((runs[-1], family, arm.arm, arm.role, against, number, replicate, seed))
            if rows:
                yield rows


def _frame(families: Iterator[list[tuple[Any, ...]]], per_chunk: int, *, first: int = 0) -> pd.DataFrame:
    import pandas as pd

    rows = [(run, first + index // per_chunk, *rest) for index, family in enumerate(families) for run, *rest in family]
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(COLUMNS, ())
    # As objects, so that a baseline's `against` is None and not a number.
    return pd.DataFrame({name: pd.Series(column, dtype=_TYPES.get(name, object)) for name, column in columns.items()})


def run_ids(experiment: Experiment) -> list[str]:
    """Return the names of all runs of an experiment, in the order of its plan."""
    return [str(run) for run in plan_of(experiment, families_per_chunk=1)["run"]]


__all__ = [
    "COLUMNS",
    "PlannedArm",
    "extended",
    "families_per_chunk",
    "plan_of",
    "planned_arms",
    "run_ids",
    "source_sha256",
]
