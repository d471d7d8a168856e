"""Runs that failed, kept as data: one sealed file a chunk."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from experiments.batch.durable import StoreError
from experiments.batch.layout import FAILURES
from experiments.batch.sealed import read_sealed, write_sealed


@dataclass(frozen=True, order=True)
class RunFailure:
    """One run that gave no result, and why.

    ``stage`` says where it failed, such as ``population`` or ``run``. ``command`` is the one line that repeats it.
    """

    run: str
    arm: str
    draw: int
    replicate: int
    seed: int
    stage: str
    message: str
    traceback: str
    command: str

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        # What comes from a plan has NumPy's integers.
        return {name: value if isinstance(value, str) else int(value) for name, value in asdict(self).items()}


def failures_file(folder: Path, chunk: int) -> Path:
    """Return where the failures of a chunk are."""
    return folder / FAILURES / f"part-{chunk:06d}.json"


def record_failures(folder: Path, chunk: int, failures: Iterable[RunFailure], done: AbstractSet[str]) -> None:
    """Add failures to those of a chunk, a later one of a run in place of an earlier; forget those of runs now done.

    Raises
    ------
    StoreError
        If they cannot be written.
    """
    known = {failure.run: failure for failure in (*recorded_failures(folder, chunk), *failures)}
    kept = [failure.to_plain() for failure in sorted(known.values()) if failure.run not in done]
    path = failures_file(folder, chunk)
    if kept:
        write_sealed(path, kept, folder)
    else:
        path.unlink(missing_ok=True)


def recorded_failures(folder: Path, chunk: int | None = None) -> list[RunFailure]:
    """Return the failures on record, of one chunk or of all; a damaged record counts as none, so its runs are left."""
    paths = sorted((folder / FAILURES).glob("part-*.json")) if chunk is None else [failures_file(folder, chunk)]
    return [failure for path in paths for failure in _read(path, folder)]


def _read(path: Path, folder: Path) -> list[RunFailure]:
    try:
        return [RunFailure(**failure) for failure in read_sealed(path, folder)]
    except (StoreError, FileNotFoundError):
        return []
