"""What a store asks of the planner: the plan of an experiment, and what is added to it when it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.batch.experiment import Experiment
from experiments.batch.state import Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from experiments.batch.plan import PlannedArm


def planned(experiment: Experiment) -> Planned:
    """Return what a new store of an experiment holds before anything is run."""
    from experiments.batch.plan import families_per_chunk, plan_of, planned_arms

    arms = planned_arms(experiment)
    per_chunk = families_per_chunk(experiment, len(arms))
    return _planned(experiment, plan_of(experiment, families_per_chunk=per_chunk, arms=arms), per_chunk, arms)


def planned_on(before: pd.DataFrame, experiment: Experiment, per_chunk: int) -> Planned:
    """Return what the store of a grown experiment holds: the runs of its plan stay in their chunks."""
    from experiments.batch.plan import extended, planned_arms

    arms = planned_arms(experiment)
    plan = extended(before, experiment, families_per_chunk=per_chunk, arms=arms)
    return _planned(experiment, plan, per_chunk, arms, frozenset(before["arm"]))


def _planned(
    experiment: Experiment,
    plan: pd.DataFrame,
    per_chunk: int,
    arms: Sequence[PlannedArm],
    written: frozenset[str] = frozenset(),
) -> Planned:
    """Return what a store holds; the tables of arms that are ``written`` stay as they are."""
    from experiments.batch.inputs import inputs_of
    from experiments.batch.plan import source_sha256
    from experiments.batch.resolved import resolved_tables

    return Planned(
        plan, per_chunk, resolved_tables(experiment, arms, written=written), source_sha256(), inputs_of(experiment)
    )
