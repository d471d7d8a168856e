"""Conducts a batch: hands out what is left, adds replicates until they suffice, and leaves a store.

A driver may be killed at any moment, and several may drive one store: what is done is read from the store each time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from experiments.batch.chunk import ChunkTask
from experiments.batch.experiment import Arm, Draw, Experiment
from experiments.batch.layout import MANIFEST
from experiments.batch.precision import next_replicates
from experiments.batch.rounds import WHOLE, OnNote, Rounds, Shard
from experiments.batch.state import read_manifest
from experiments.batch.status import Status
from experiments.batch.store import Store
from experiments.batch.tidying import tidy
from experiments.cases import scenario_of, warm
from experiments.design import DesignError
from experiments.runner import OnProgress, default_jobs


def run_batch(
    folder: str | Path,
    *,
    jobs: int | None = None,
    shard: Shard = WHOLE,
    cluster: str | None = None,
    retry_failed: bool = False,
    on_progress: OnProgress | None = None,
    on_note: OnNote | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Status:
    """Run what is left of a store, and return how far it then is.

    Parameters
    ----------
    jobs
        Worker processes; one for each processor unless told. With 1, runs are done in this process.
    shard
        The part of the batch to run.
    cluster
        Address of a Dask scheduler whose workers run the chunks; ``local`` starts one here with ``jobs`` workers.
    retry_failed
        Whether runs that failed are tried again.
    on_progress
        Told of runs done and of all.
    should_stop
        Asked now and then; once true, the runs going on are finished and kept, and nothing else is begun.

    Raises
    ------
    StoreError
        If the store cannot be read or written.
    DesignError
        If the store was made by another version of the model, or the cluster cannot be used.
    """
    store = Store.open(folder)
    check_source(store)
    left = store.left(retry_failed=retry_failed)
    chunks = [chunk for chunk in left["chunk"].drop_duplicates().tolist() if shard.has(chunk)]
    if chunks:
        _warm(store.experiment, on_note)
        n_left = int(left["chunk"].isin(chunks).sum())
        n_all = int(store.plan()["chunk"].map(shard.has).sum())
        rounds = Rounds(
            store,
            jobs=min(jobs or default_jobs(), len(chunks)),
            cluster=cluster,
            on_progress=on_progress and partial(_in_runs, on_progress, n_all - n_left, n_left),
            on_note=on_note or _note_nothing,
            should_stop=should_stop or _never,
        )
        rounds.run([ChunkTask(chunk, retry_failed) for chunk in chunks])
    tidy(store.folder)
    return store.status()


def conduct(
    experiment: Experiment,
    folder: str | Path | None = None,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    retry_failed: bool = False,
    on_progress: OnProgress | None = None,
    on_note: OnNote | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Store:
    """Run an experiment and return its store; what the folder has of it already is not run again.

    Replicates are added until the experiment's ``stop_when`` is met, or there are as many as it allows.

    Parameters
    ----------
    experiment
        What is asked; see :func:`experiments.batch.reading.read_experiment`.
    folder
        Where results are kept; a temporary folder if None.
    jobs, cluster, retry_failed, on_progress, on_note, should_stop
        As for :func:`run_batch`.

    Raises
    ------
    StoreError
        If the store cannot be read or written.
    DesignError
        If the folder holds another experiment, or something cannot be run as asked.
    """
    store = store_of(experiment, folder)
    run = partial(
        run_batch,
        store.folder,
        jobs=jobs,
        cluster=cluster,
        retry_failed=retry_failed,
        on_progress=on_progress,
        on_note=on_note,
        should_stop=should_stop,
    )
    stops = should_stop or _never
    run()
    while not stops():
        replicates = next_replicates(store)
        if replicates is None or not store.extend(replicates=replicates):
            break
        if on_note is not None:
            on_note("more_replicates", {"n": replicates})
        run()
    return store


def store_of(experiment: Experiment, folder: str | Path | None) -> Store:
    """Return the store of an experiment, a new one if need be.

    Raises
    ------
    StoreError
        If it cannot be read or made.
    DesignError
        If the folder holds another experiment.
    """
    if folder is None:
        return Store.create(tempfile.mkdtemp(prefix="talentflow-"), experiment)
    if not (Path(folder) / MANIFEST).exists():
        return Store.create(folder, experiment)
    store = Store.open(folder)
    differs = differences(store.experiment, experiment)
    if differs:
        raise DesignError(
            f"{folder} holds another experiment (differs in {', '.join(differs)}): name another folder, "
            f"or add to this one with `talentflow experiment expand`"
        )
    return store


def differences(held: Experiment, asked: Experiment) -> list[str]:
    """Return in what a store is not for an experiment; it may hold more arms, draws and replicates than are asked for."""
    found = [name for name in ("question", "assume", "own_seeds") if getattr(held, name) != getattr(asked, name)]
    if replace(held.design, replicates=1) != replace(asked.design, replicates=1):
        found.append("design")
    if not set(map(_key, asked.arms)) <= set(map(_key, held.arms)):
        found.append("scenarios")
    if not set(map(_key, asked.draws)) <= set(map(_key, held.draws)):
        found.append("draws")
    if asked.replicates.least > held.replicates.least:
        found.append("replicates")
    return found


def _key(held: Arm | Draw) -> str:
    """Return what an arm or a draw is, wherever its files are looked for."""
    if isinstance(held, Draw):
        return repr((held.number, sorted(held.parameters.items())))
    return repr((held.id, held.parts, sorted(held.levers.items()), held.levers and held.levers_from))


def check_source(store: Store) -> None:
    """Refuse a store whose runs were planned by another version of the model: numbers of two are never mixed.

    Raises
    ------
    DesignError
        If the source of the model is not the one that the store names.
    """
    from experiments.batch.identity import source_sha256

    if read_manifest(store.folder)["source_sha256"] != source_sha256():
        raise DesignError(
            f"{store.folder} was planned with another version of the model; run it with that one, "
            f"or run the experiment anew in another folder"
        )


def _warm(experiment: Experiment, on_note: OnNote | None) -> None:
    warm(scenario_of("baseline"), experiment.design, on_note and (lambda: on_note("compiling", {})))


def _in_runs(on_progress: OnProgress, before: int, left: int, done: float, total: int) -> None:
    """Tell progress in chunks as progress in runs."""
    on_progress(before + left * done / total, before + left)


def _note_nothing(_key: str, _fields: dict[str, Any]) -> None:
    """Take a note that nobody asked for."""


def _never() -> bool:
    return False
