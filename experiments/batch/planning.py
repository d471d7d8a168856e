"""What a store asks of the planner: the plan of an experiment, and what is added to it when it grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.batch.experiment import Experiment, Replicates
from experiments.batch.state import Planned

if TYPE_CHECKING:
    import pandas as pd

_CHUNKS_AT_LEAST = 16
"""Chunks that a small batch has where it can, so that several workers have something to do."""


def planned(experiment: Experiment) -> Planned:
    """Return what a new store of an experiment holds before anything is run."""
    from experiments.batch.plan import plan_of

    families = len(experiment.draws) * experiment.replicates.least
    first = replace(experiment, draws=experiment.draws[:1], replicates=Replicates(1))
    per_chunk = families_per_chunk(experiment.chunk_runs, len(plan_of(first, families_per_chunk=1)), families)
    return _planned(experiment, plan_of(experiment, families_per_chunk=per_chunk), per_chunk)


def planned_on(before: pd.DataFrame, experiment: Experiment, per_chunk: int) -> Planned:
    """Return what the store of a grown experiment holds: the runs of its plan stay in their chunks."""
    from experiments.batch.plan import extended

    return _planned(experiment, extended(before, experiment), per_chunk)


def families_per_chunk(chunk_runs: int, runs_in_family: int, families: int) -> int:
    """Return how many whole families share a file of results: about ``chunk_runs`` runs, 16 chunks where it can be.

    >>> families_per_chunk(100, 4, 500), families_per_chunk(100, 4, 32), families_per_chunk(100, 300, 5)
    (25, 2, 1)
    """
    return max(1, min(chunk_runs // runs_in_family, families // _CHUNKS_AT_LEAST))


def _planned(experiment: Experiment, plan: pd.DataFrame, per_chunk: int) -> Planned:
    from experiments.batch.plan import source_sha256
    from experiments.batch.resolved import resolved_tables

    return Planned(plan, per_chunk, resolved_tables(experiment), source_sha256())
