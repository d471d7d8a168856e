from __future__ import annotations

import os
import signal
import sys
from typing import Any

import pytest

from experiments.batch.chunk import ChunkDone, ChunkTask
from experiments.batch.cluster import run_on_cluster
from experiments.batch.driver import run_batch
from experiments.batch.store import Store
from experiments.design import DesignError

from .conftest import Driving, children_of, lines_until, temporary_files

pytest.importorskip("distributed")
# Dask looks for the address under which others would reach this machine; tests stay on it.
pytestmark = pytest.mark.filterwarnings("ignore:Couldn't detect a suitable IP address:RuntimeWarning")


def test_a_local_cluster_that_loses_a_worker_gives_the_same_content(
    store: Store, undisturbed: Store, driving: Driving
) -> None:
    with driving(store.folder, cluster="local") as process:
        lines_until(process, "done")
        workers = children_of(process.pid)
        os.kill(workers[0], signal.SIGKILL)
        assert lines_until(process, "left")[-1] == "left 0"
    assert store.content_digest() == undisturbed.content_digest()
    assert temporary_files(store.folder) == []


def test_a_scheduler_that_does_not_answer_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.batch.cluster._CONNECT_SECONDS", 0.2)
    with pytest.raises(DesignError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        run_batch(store.folder, cluster="tcp://127.0.0.1:9")


def test_without_dask_one_line_says_what_to_install(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DesignError, match=r"pip install 'talentflow\[cluster\]'"):
        run_batch(store.folder, cluster="local")


def test_workers_with_several_threads_are_refused(store: Store) -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster,
        pytest.raises(DesignError, match="start workers with --nthreads 1"),
    ):
        gathered(store, cluster.scheduler_address, stop=False)


def test_asked_to_stop_a_cluster_begins_nothing_more(store: Store) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        found = gathered(store, cluster.scheduler_address, stop=True)
    assert len(found) == 6
    assert store.status().left > 0


def gathered(store: Store, address: str, *, stop: bool) -> list[tuple[ChunkTask, Any]]:
    tasks = [ChunkTask(chunk) for chunk in range(6)]
    found = list(
        run_on_cluster(store.folder, tasks, address=address, jobs=1, on_progress=None, should_stop=lambda: stop)
    )
    assert all(isinstance(result, ChunkDone) for _, result in found)
    return found
