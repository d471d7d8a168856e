"""A process killed while it writes loses its runs in flight and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from experiments.batch.parts import part_of, sidecar_of
from experiments.batch.store import Store

from .stand_in import fill, rows_of

Names = Callable[[Store], set[str]]
WRITES = """
import os, signal, sys
import pandas as pd
from pathlib import Path
from experiments.batch.store import Store
folder, rows, dies_at = sys.argv[1], pd.read_json(sys.argv[2], dtype={"run": str}, convert_dates=False), int(sys.argv[3])
steps = iter(range(dies_at))
def counted(work):
    def call(*arguments):
        if next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments)
    return call
os.fsync, Path.replace = counted(os.fsync), counted(Path.replace)
Store(Path(folder)).write_part(1, rows, sorted(set(rows["run"])))
"""
BEFORE_RENAME, AFTER_RENAME, BEFORE_SIDECAR, AFTER_ALL = 1, 2, 4, 6


@pytest.mark.parametrize("dies_at", [BEFORE_RENAME, AFTER_RENAME, BEFORE_SIDECAR, AFTER_ALL])
def test_a_store_is_right_after_a_kill_at_any_step_of_a_write(store: Store, names: Names, dies_at: int) -> None:
    fill(store, [0])
    undisturbed = Store(store.folder)
    runs = store.left(chunk=1)
    rows = store.folder.parent / "rows.json"
    rows_of(runs).to_json(rows)
    ended = subprocess.run(
        [sys.executable, "-c", WRITES, str(store.folder), str(rows), str(dies_at)], check=False, capture_output=True
    )
    assert (ended.returncode == -9) == (dies_at != AFTER_ALL), ended.stderr
    is_there = dies_at != BEFORE_RENAME
    assert part_of(store.folder, 1).exists() == is_there
    assert len(undisturbed.done()) == (12 if is_there else 6)
    assert sidecar_of(part_of(store.folder, 1)).exists() == (dies_at == AFTER_ALL)
    found = {damage.kind for damage in store.verify(repair=True)}
    assert found == {1: {"temporary"}, 2: {"no_sidecar"}, 4: {"no_sidecar", "temporary"}, 6: set()}[dies_at]
    assert store.verify() == []
    assert not any(name.rpartition("/")[2].startswith(".") for name in names(store))
    fill(store)
    assert len(store.done()) == 18


def test_a_kill_between_a_new_part_and_its_sidecar_leaves_results_that_prove_themselves(full: Store) -> None:
    plan = full.plan()
    runs = plan[plan["chunk"] == 0]
    old = sidecar_of(part_of(full.folder, 0)).read_bytes()
    part_of(full.folder, 0).unlink()
    full.write_part(0, rows_of(runs.iloc[:2]), list(runs["run"][:2]))
    stale = sidecar_of(part_of(full.folder, 0)).read_bytes()
    fill(full)
    sidecar_of(part_of(full.folder, 0)).write_bytes(stale)
    assert len(full.values(outcomes=["stock"], groups=["all"], dates=["2030-12"])) == 18
    found = full.verify(repair=True)
    assert [(damage.file, damage.kind) for damage in found] == [("runs/part-000000.json", "stale")]
    assert sidecar_of(part_of(full.folder, 0)).read_bytes() == old
