"""How far a batch is."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ArmStatus:
    """How far the runs of one arm are, its baselines counted under their own name."""

    arm: str
    runs: int
    done: int
    failed: int
    left: int


@dataclass(frozen=True)
class Status:
    """How far a batch is.

    Attributes
    ----------
    runs, done, failed, left
        Runs planned; with a result; without one, and not to be tried again unless asked; not settled.
    replicates, replicates_complete
        Replicates planned, and how many from the first on have every run done.
    parts, size_bytes
        Files of results, and what they take.
    damaged
        Files of results that cannot be read; their runs are left.
    arms
        The same by arm, in the order of the plan.
    """

    runs: int
    done: int
    failed: int
    left: int
    replicates: int
    replicates_complete: int
    parts: int
    size_bytes: int
    damaged: tuple[str, ...]
    arms: tuple[ArmStatus, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to run."""
        return self.left == 0

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)


def status_of(
    plan: pd.DataFrame,
    done: AbstractSet[str],
    failed: AbstractSet[str],
    parts: int,
    size_bytes: int,
    damaged: list[str],
) -> Status:
    """Return how far a plan is; a run with a result does not count as failed."""
    has_result = plan["run"].isin(done)
    has_failed = plan["run"].isin(failed) & ~has_result
    marks = plan[["arm", "replicate"]].assign(done=has_result, failed=has_failed)
    by_arm = marks.groupby("arm", sort=False)[["done", "failed"]].agg(["size", "sum"])
    arms = tuple(
        ArmStatus(str(arm), int(row["done", "size"]), int(row["done", "sum"]), int(row["failed", "sum"]), 0)
        for arm, row in by_arm.iterrows()
    )
    complete = marks.groupby("replicate")["done"].all().sort_index().cummin()
    return Status(
        runs=len(plan),
        done=int(has_result.sum()),
        failed=int(has_failed.sum()),
        left=int(len(plan) - has_result.sum() - has_failed.sum()),
        replicates=len(complete),
        replicates_complete=int(complete.sum()),
        parts=parts,
        size_bytes=size_bytes,
        damaged=tuple(damaged),
        arms=tuple(
            ArmStatus(arm.arm, arm.runs, arm.done, arm.failed, arm.runs - arm.done - arm.failed) for arm in arms
        ),
    )
