from __future__ import annotations

import os
import shutil
from pathlib import Path

from experiments.batch.driver import run_batch
from experiments.batch.parts import part_of, sidecar_of
from experiments.batch.store import Store

from .conftest import temporary_files


def test_a_sidecar_that_a_killed_process_did_not_write_is_written(tmp_path: Path, undisturbed: Store) -> None:
    folder = tmp_path / "store"
    shutil.copytree(undisturbed.folder, folder)
    missing, stale = (sidecar_of(part_of(folder, chunk)) for chunk in (0, 1))
    missing.unlink()
    os.utime(stale, (1, 1))
    stale.write_bytes(sidecar_of(part_of(folder, 2)).read_bytes())
    os.utime(stale, (1, 1))
    assert Store.open(folder).verify()
    run_batch(folder)
    assert Store.open(folder).verify() == []


def test_what_a_dead_process_wrote_aside_is_removed_and_what_a_living_one_writes_is_not(
    tmp_path: Path, undisturbed: Store
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(undisturbed.folder, folder)
    from experiments.batch.durable import _host

    # No process has the first number: it is above what the kernel gives out.
    dead, alive = (folder / "runs" / f".part-000000.parquet.{_host()}-{pid}-0a1b2c3d" for pid in (2**30, os.getppid()))
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    run_batch(folder)
    assert temporary_files(folder) == [alive.name]
