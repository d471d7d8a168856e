"""What a comparison will take, roughly, told before it starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.design import Design
from experiments.replicate import Case
from simulation.population import nominal_size, pool_record
from simulation.records import month_index

_SECONDS_PER_ROW_AND_MONTH = 4e-7
"""Measured on one processor of 2024, compiled rules, 8,000 to 40,000 rows (decided by hand: good to a factor of two)."""
_BYTES_PER_ROW = 210
"""A person's record; a baseline, what it was when the reform began and one reform are held, and what is copied."""
_COPIES = 4


@dataclass(frozen=True)
class Cost:
    """Rows of a run, seconds of the whole with ``jobs`` at a time, and bytes that all of them hold."""

    rows: int
    seconds: float
    memory: float
    jobs: int


def cost_of(cases: Sequence[Case], design: Design, jobs: int) -> Cost:
    """Return what a comparison will take, within a factor of about two; cases share a baseline run where they can."""
    end = month_index(design.until) + 1
    baselines = {case.family: case.baseline for case in cases}
    given = next(iter(baselines.values())).resolve(design.until)
    rows = nominal_size(pool_record(given.pool), design.scale, end - 1)
    months = len(baselines) * end + sum(max(0, end - case.first_month) for case in cases)
    seconds = rows * months * _SECONDS_PER_ROW_AND_MONTH * design.replicates / jobs
    return Cost(rows, seconds, float(rows * _BYTES_PER_ROW * _COPIES * jobs), jobs)
