"""A disk that is full, or a place that may not be written to, loses nothing and is told plainly."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from experiments.batch.durable import StoreError
from experiments.batch.store import Store

from .stand_in import failure_of, fill, rows_of

Names = Callable[[Store], set[str]]


def failing(function: Callable[..., Any], code: int, after: int) -> Callable[..., Any]:
    """Return a function that works some times and then fails for ever."""
    left = iter(range(after))

    def call(*arguments: Any, **named: Any) -> Any:
        if next(left, None) is None:
            raise OSError(code, os.strerror(code))
        return function(*arguments, **named)

    return call


@pytest.mark.parametrize(("call", "steps"), [("os.fsync", 6), ("pathlib.Path.replace", 3)])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_write_that_fails_leaves_no_half_file_and_the_store_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, names: Names, call: str, steps: int, code: int
) -> None:
    chunk = store.left(chunk=0)
    good, bad = chunk.iloc[1:], chunk.iloc[0]
    target: Any = os.fsync if call == "os.fsync" else Path.replace
    for after in range(steps):
        before = store.done()
        with monkeypatch.context() as patched:
            patched.setattr(call, failing(target, code, after))
            with pytest.raises(StoreError) as caught:
                store.write_part(0, rows_of(good), list(good["run"]), [failure_of(bad)])
        assert ("disk is full" in str(caught.value)) == (code != errno.EIO)
        assert f"experiment resume {store.folder}" in str(caught.value)
        assert not any(name.rpartition("/")[2].startswith(".") for name in names(store))
        assert store.done() in (before, set(good["run"]))
        store.verify(repair=True)
        assert store.verify() == []
    fill(store)
    assert len(store.done()) == 17 + 1 - len(store.failures())


WITHOUT_ROOM = """
import resource, signal, sys
from pathlib import Path
from experiments.batch.durable import StoreError
from experiments.batch.parquet import database, save
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with database(threads=1) as connection:
    connection.execute("CREATE TEMP TABLE t AS SELECT random() AS x FROM range(300000)")
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        save(connection, "t", folder / "runs" / "part-000009.parquet", folder)
    except StoreError as error:
        sys.exit(str(error))
"""


@pytest.mark.parametrize(("limit", "is_full"), [(100_000, True), (10_000_000, False)])
def test_duckdb_without_room_is_the_same_error(store: Store, names: Names, limit: int, is_full: bool) -> None:
    """A limit on the size of files stands for a full disk: the system then fails DuckDB's own writes."""
    command = [sys.executable, "-c", WITHOUT_ROOM, str(store.folder), str(limit)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == is_full
    assert ("the disk is full: runs/part-000009.parquet could not be written" in ended.stderr) == is_full
    assert any("part-000009" in name for name in names(store)) != is_full


NOBODY = 65534
"""Number of the user without rights; only an administrator can become somebody else."""


@contextmanager
def without_rights() -> Iterator[None]:
    """Do something as a user who may not write anywhere: an administrator may, whatever the mode of a folder."""
    is_administrator = os.geteuid() == 0
    if is_administrator:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_administrator:
            os.seteuid(0)


def test_a_store_that_may_only_be_read_is_read(full: Store) -> None:
    assert len(full.values()) > 0  # what reading imports must be there before rights are given up
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)  # noqa: S103, PTH101 - another user must come as far as the store
        store = Path(shutil.copytree(full.folder, Path(place) / "store"))
        folders = [store, *(path for path in store.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        try:
            with without_rights():
                opened = Store.open(store)
                assert len(opened.values()) > 0
                with pytest.raises(StoreError, match="could not be written"):
                    opened.derive("x.json", "{}")
        finally:
            for folder in folders:
                folder.chmod(0o755)
        # The control: where it may be written to, it is.
        assert Store.open(store).derive("x.json", "{}").exists()
