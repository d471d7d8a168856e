"""The results of one chunk of runs: a Parquet file that proves its own content, and a sealed sidecar beside it.

The footer holds the ids of the runs, a digest of their rows, and a seal over both: what is done is read from footers
alone, and a part without a sidecar can still be told sound or damaged. The sidecar has the SHA-256 of the file, which is
cheaper to check, and rollups for summaries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.durable import StoreError
from experiments.batch.parquet import ROW_COLUMNS, database, pattern, read_frame, save, take
from experiments.batch.sealed import read_sealed, sha256_of, write_sealed

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

RUNS = "runs"
SCHEMA = "talentflow.part/1"
_ORDER = 'ORDER BY replicate, draw, arm, role, run, outcome, "group", date'
_KEY = ["run", "outcome", "group", "date"]
_ROLLUPS = """
    SELECT arm, role, outcome, "group", date,
        count(value) AS n, coalesce(fsum(value), 0.0) AS sum, coalesce(fsum(value * value), 0.0) AS sum_of_squares
    FROM part GROUP BY ALL ORDER BY ALL
"""


@dataclass
class Footers:
    """What the footers of a store say: ids of runs by file, and the files whose footer is damaged."""

    runs: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    damaged: list[Path] = field(default_factory=list)


def part_of(folder: Path, chunk: int) -> Path:
    """Return where the results of a chunk are."""
    return folder / RUNS / f"part-{chunk:06d}.parquet"


def sidecar_of(part: Path) -> Path:
    """Return the sidecar of a part."""
    return part.with_suffix(".json")


def parts_in(folder: Path) -> list[Path]:
    """Return the parts of a store, in order."""
    return sorted((folder / RUNS).glob("part-*.parquet"))


def write_part(part: Path, rows: pd.DataFrame, runs: Iterable[str], folder: Path) -> None:
    """Write the rows of some runs as one part, then its sidecar.

    The same rows and runs give the same bytes, in whatever order they come.

    Parameters
    ----------
    rows
        Columns of ``ROW_COLUMNS``; one row for each run, outcome, group and date.
    runs
        Ids of the runs that are done, those without rows too.

    Raises
    ------
    ValueError
        If a row is there twice, or belongs to none of the runs.
    StoreError
        If it cannot be written.
    """
    done = sorted(set(runs))
    if rows.duplicated(_KEY).any():
        raise ValueError(f"{part.name}: two rows have the same run, outcome, group and date")
    strange = set(rows["run"].unique()) - set(done)
    if strange:
        raise ValueError(f"{part.name}: rows of a run that is not among those done: {min(strange)}")
    with database(threads=1) as connection:
        take(connection, "part", rows, ROW_COLUMNS, _ORDER)
        digest = digest_of(connection.table("part").df())
        save(connection, "part", part, folder, footer_of(done, digest))
        _write_sidecar(connection, part, done, folder)


def _write_sidecar(connection: duckdb.DuckDBPyConnection, part: Path, runs: Sequence[str], folder: Path) -> None:
    rollups = connection.execute(_ROLLUPS)
    names = [column[0] for column in rollups.description or ()]
    content = {
        "schema": SCHEMA,
        "part": part.name,
        "sha256": sha256_of(part),
        "runs": list(runs),
        "rollups": [dict(zip(names, row, strict=True)) for row in rollups.fetchall()],
    }
    write_sealed(sidecar_of(part), content, folder)


def footer_of(runs: Sequence[str], digest: str) -> dict[str, str]:
    """Return what the footer of a part says."""
    listed = " ".join(runs)
    return {"schema": SCHEMA, "runs": listed, "rows_sha256": digest, "seal": _seal(listed, digest)}


def _seal(listed: str, digest: str) -> str:
    return hashlib.sha256(f"{SCHEMA}\n{listed}\n{digest}".encode()).hexdigest()


def read_footers(parts: Sequence[Path]) -> Footers:
    """Return what the footers of parts say: one question for all of them, one each where a file is damaged."""
    import duckdb

    try:
        found = _key_values([pattern(part) for part in parts]) if parts else {}
    except duckdb.Error:
        found = {}
        for part in parts:
            try:
                found |= _key_values([pattern(part)])
            except duckdb.Error:
                continue
    footers = Footers()
    for part in parts:
        runs = _runs_in(found.get(str(part), {}))
        if runs is not None:
            footers.runs[part] = runs
        elif part.exists():
            footers.damaged.append(part)
    return footers


def _key_values(listed: list[str]) -> dict[str, dict[str, str]]:
    question = "SELECT file_name, key, value FROM parquet_kv_metadata(?)"
    with database() as connection:
        answer = connection.execute(question, [listed]).fetchall()
    found: dict[str, dict[str, str]] = {}
    for file, key, value in answer:
        found.setdefault(file, {})[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
    return found


def _runs_in(footer: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the ids in a footer; None if it is not as it was written."""
    listed, digest = footer.get("runs", ""), footer.get("rows_sha256", "")
    return tuple(listed.split()) if footer.get("seal") == _seal(listed, digest) else None


def read_rows(part: Path) -> tuple[pd.DataFrame, tuple[str, ...]] | None:
    """Return the rows and run ids of a part, proven by its own digest; None if it is damaged or not there."""
    import duckdb

    try:
        footer = _key_values([pattern(part)]).get(str(part), {})
        rows = read_frame(part)
        is_sound = list(rows.columns) == list(ROW_COLUMNS) and digest_of(rows) == footer.get("rows_sha256")
    # What a damaged file makes its reader say is not foreseeable.
    except (duckdb.Error, OSError, ValueError, TypeError, MemoryError, AttributeError):
        return None
    runs = _runs_in(footer)
    return None if runs is None or not is_sound else (rows, runs)


def has_its_sum(part: Path) -> bool:
    """Say whether a part has the SHA-256 that its sidecar names; no where the sidecar is missing or damaged."""
    try:
        content = read_sealed(sidecar_of(part), part.parent.parent)
        return bool(content["part"] == part.name and content["sha256"] == sha256_of(part))
    except (StoreError, OSError):
        return False


def digest_of(rows: pd.DataFrame) -> str:
    """Return a digest of rows in their order: every column's values, numbers to the last bit."""
    digest = RowsDigest()
    digest.add(rows)
    return digest.hexdigest()


class RowsDigest:
    """A digest of rows that come in pieces: where they are cut does not matter."""

    def __init__(self) -> None:
        self._columns = {name: hashlib.sha256() for name in ROW_COLUMNS}

    def add(self, rows: pd.DataFrame) -> None:
        """Go on with some rows."""
        for name, digest in self._columns.items():
            digest.update(_bytes_of(rows[name], ROW_COLUMNS[name]))

    def hexdigest(self) -> str:
        """Return the digest so far, hexadecimal."""
        whole = "".join(f"{name} {digest.hexdigest()}\n" for name, digest in self._columns.items())
        return hashlib.sha256(whole.encode()).hexdigest()


def _bytes_of(column: Any, kind: str) -> bytes:
    import numpy as np

    if kind == "VARCHAR":
        return "".join(f"{text}\n" for text in column).encode("utf-8", "surrogatepass")
    if kind == "DOUBLE":
        values = np.asarray(column, "<f8")
        # Every nan is the same one: no number.
        return np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes()
    return bytes(np.asarray(column, "<i8").tobytes())
