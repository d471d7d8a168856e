"""Tables as CSV or Parquet files, a file each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_flat(tables: Mapping[str, Any], folder: Path, *, form: str, facts: Mapping[str, str]) -> None:
    """Write tables to ``NAME.csv`` or ``NAME.parquet``.

    Parameters
    ----------
    tables
        Data frames by name. A number that does not exist becomes an empty cell, or NULL.
    folder
        Where to; it exists.
    form
        ``csv`` (UTF-8, comma, a header, LF) or ``parquet``.
    facts
        What the runs have in common, written into the metadata of each Parquet file.
    """
    if form == "csv":
        for name, table in tables.items():
            write_csv(table, folder / f"{name}.csv")
        return
    metadata = ", ".join(f"{_quoted(name)}: {_quoted(value)}" for name, value in facts.items())
    for name, table in tables.items():
        _copy(table, folder / f"{name}.parquet", f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}}")


def write_csv(table: Any, path: Path) -> None:
    """Write a data frame as CSV: UTF-8, comma, a header, LF, an empty cell where a number does not exist."""
    _copy(table, path, "FORMAT csv, HEADER, DELIMITER ','")


def _copy(table: Any, path: Path, settings: str) -> None:
    import duckdb

    # One thread: rows keep their order, and the same tables give the same bytes.
    with duckdb.connect(config={"threads": 1}) as database:
        database.register("held", _with_gaps(table))
        # Names are ours and texts are quoted; a COPY takes no parameters.
        database.execute(f"COPY (SELECT * FROM held) TO {_quoted(str(path))} ({settings})")  # noqa: S608


def _with_gaps(table: Any) -> Any:
    """Return a table whose nan are missing values, and whose texts are plain."""
    import pandas as pd

    plain = {}
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_float_dtype(column):
            plain[name] = column.astype("Float64")
        elif not pd.api.types.is_numeric_dtype(column):
            plain[name] = column.astype(object).where(column.notna(), None)
        else:
            plain[name] = column
    return pd.DataFrame(plain)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
