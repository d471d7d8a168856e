"""What a store asks of the planner: the plan of an experiment, and what is added to it when it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.batch.experiment import Experiment
from experiments.batch.state import Planned

if TYPE_CHECKING:
    import pandas as pd


def planned(experiment: Experiment) -> Planned:
    """Return what a new store of an experiment holds before anything is run."""
    from experiments.batch.plan import families_per_chunk, plan_of

    per_chunk = families_per_chunk(experiment)
    return _planned(experiment, plan_of(experiment, families_per_chunk=per_chunk), per_chunk)


def planned_on(before: pd.DataFrame, experiment: Experiment, per_chunk: int) -> Planned:
    """Return what the store of a grown experiment holds: the runs of its plan stay in their chunks."""
    from experiments.batch.plan import extended

    plan = extended(before, experiment, families_per_chunk=per_chunk)
    return _planned(experiment, plan, per_chunk, frozenset(before["arm"]))


def _planned(
    experiment: Experiment, plan: pd.DataFrame, per_chunk: int, written: frozenset[str] = frozenset()
) -> Planned:
    """Return what a store holds; the tables of arms that are ``written`` stay as they are."""
    from experiments.batch.inputs import inputs_of
    from experiments.batch.plan import source_sha256
    from experiments.batch.resolved import resolved_tables

    return Planned(
        plan, per_chunk, resolved_tables(experiment, written=written), source_sha256(), inputs_of(experiment)
    )
