"""Clears up after processes that were killed: temporary files go, sidecars that were not written are."""

from __future__ import annotations

import re
from pathlib import Path

from experiments.batch.claims import Claims
from experiments.batch.durable import is_stale, is_temporary, remove
from experiments.batch.parts import parts_in, read_rows, sidecar_of, write_part

_CHUNK = re.compile(r"part-(\d+)")


def tidy(folder: Path) -> None:
    """Clear up a store; what a living process is at is left alone.

    Raises
    ------
    StoreError
        If a sidecar cannot be written.
    """
    for path in folder.rglob(".*"):
        if is_temporary(path) and is_stale(path):
            remove(path)
    bare = [part for part in parts_in(folder) if _lacks_sidecar(part)]
    if bare:
        with Claims(folder) as claims:
            for part in bare:
                _complete(part, folder, claims)


def _complete(part: Path, folder: Path, claims: Claims) -> None:
    chunk = int(_CHUNK.findall(part.name)[0])
    if not claims.take(chunk):
        return
    # A part that is damaged is left to verification, which tells of it.
    proven = read_rows(part)
    if proven is not None and _lacks_sidecar(part):
        write_part(part, *proven, folder)
    claims.give_up(chunk)


def _lacks_sidecar(part: Path) -> bool:
    """Say whether a part has none, or the one of the part that was there before."""
    sidecar = sidecar_of(part)
    return not sidecar.exists() or sidecar.stat().st_mtime_ns < part.stat().st_mtime_ns
