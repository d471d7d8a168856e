"""Where the files of a store are, and who may change those that say what it holds.

The files of the state (manifest, experiment, arms, draws, plan, resolved values) change together, and only by an
extension: the new ones are written in a folder aside, which is renamed to ``extension`` (from then on they hold), and
then moved into place, the manifest last. A process that dies before the rename leaves the old state; after it, whoever
opens the store next finishes the moves.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from experiments.batch.durable import cannot_write, sync

if sys.platform != "win32":
    import fcntl

MANIFEST, EXPERIMENT, ARMS, DRAWS, PLAN = (
    "manifest.json",
    "experiment.yaml",
    "arms.json",
    "draws.parquet",
    "plan.parquet",
)
RESOLVED, RUNS, FAILURES, DERIVED, DAMAGED = "resolved", "runs", "failures", "derived", "damaged"
EXTENSION, STORE_LOCK, CLAIMS_LOCK = "extension", "store.lock", "claims.lock"
DERIVED_SUMS = f"{DERIVED}/sums.json"


@contextmanager
def locked(folder: Path, *, exclusive: bool) -> Iterator[None]:
    """Hold the lock of a store's state: shared to read it, exclusive to change it.

    Where the system or the place has no such locks (a folder that may only be read), nothing is held.
    """
    handle = _open_lock(folder)
    if handle is None:
        yield
        return
    try:
        # Some shared file systems know no locks.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _open_lock(folder: Path) -> int | None:
    # A folder that is no store is left as it is.
    if sys.platform == "win32" or not (folder / MANIFEST).exists():
        return None
    try:
        return os.open(folder / STORE_LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None


def settle(folder: Path) -> None:
    """Move the files of a committed extension into place; the exclusive lock is held.

    Raises
    ------
    StoreError
        If the folder may not be written to.
    """
    extension = folder / EXTENSION
    if not extension.is_dir():
        return
    moved = sorted((path for path in extension.rglob("*") if path.is_file()), key=lambda path: path.name == MANIFEST)
    try:
        for path in moved:
            place = folder / path.relative_to(extension)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
            sync(place.parent)
        shutil.rmtree(extension)
        sync(folder)
    except OSError as error:
        raise cannot_write(folder / MANIFEST, folder, error) from error


def set_aside(path: Path, folder: Path) -> Path | None:
    """Move a file of the store to ``damaged/``, under its name or its name with a number; None if it is not there."""
    place = folder / DAMAGED / path.relative_to(folder).as_posix().replace("/", "-")
    number = 1
    while place.exists():
        number += 1
        place = place.with_name(f"{place.stem.partition('~')[0]}~{number}{place.suffix}")
    try:
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
        sync(place.parent)
        sync(path.parent)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_write(place, folder, error) from error
    return place
