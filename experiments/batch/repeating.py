"""Repeats one run of a store by itself, to see why it failed; nothing is kept."""

from __future__ import annotations

from experiments.batch.chunk import Chunks, families_in
from experiments.batch.family import RunEnded
from experiments.batch.store import Store
from experiments.design import DesignError


def repeated(store: Store, run: str) -> RunEnded:
    """Run one run again in this process, with the past that it shares with its baseline alone.

    Parameters
    ----------
    run
        Its id, or enough of the id's beginning.

    Raises
    ------
    DesignError
        If no run is called that, or several are.
    """
    plan = store.plan()
    found = plan[plan["run"].str.startswith(run)]
    if len(found) != 1:
        how_many = "no run" if found.empty else f"{len(found)} runs"
        raise DesignError(f"{store.folder} has {how_many} called {run!r}; see `talentflow experiment failures`")
    with Chunks(store.folder) as chunks:
        (family,) = families_in(found, plan)
        return next(chunks.families().run(family, {found["run"].iloc[0]}, _tell_nobody))


def _tell_nobody(_share: float) -> None:
    """Take a share done that nobody asked for."""
