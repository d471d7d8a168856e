"""Tables as Parquet files, written and read by DuckDB."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.durable import aside

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

PLAN_COLUMNS = {
    "run": "VARCHAR",
    "chunk": "INTEGER",
    "family": "INTEGER",
    "arm": "VARCHAR",
    "role": "VARCHAR",
    "against": "VARCHAR",
    "draw": "INTEGER",
    "replicate": "INTEGER",
    "seed": "BIGINT",
}
ROW_COLUMNS = {
    "run": "VARCHAR",
    "arm": "VARCHAR",
    "role": "VARCHAR",
    "draw": "INTEGER",
    "replicate": "INTEGER",
    "seed": "BIGINT",
    "outcome": "VARCHAR",
    "group": "VARCHAR",
    "date": "VARCHAR",
    "value": "DOUBLE",
}
_SETTINGS: dict[str, Any] = {
    # Nothing is fetched from anywhere, and what a large sort spills does not land in the user's folder.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "temp_directory": tempfile.gettempdir(),
    # A file that another process has replaced must not be answered from memory.
    "enable_external_file_cache": False,
}


@contextmanager
def database(*, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an empty database in memory; with one thread, the same work gives the same bytes."""
    import duckdb

    connection = _shared(os.getpid(), threads).cursor()
    try:
        yield connection
    except (duckdb.FatalException, duckdb.InternalException):
        # It answers nothing more; a damaged file can do that.
        _shared.cache_clear()
        raise
    finally:
        connection.close()


@cache
def _shared(pid: int, threads: int | None) -> duckdb.DuckDBPyConnection:  # noqa: ARG001 - a forked process needs its own
    """Return the database whose cursors a process uses: opening one takes as long as reading a dozen files."""
    import duckdb

    return duckdb.connect(":memory:", config=_SETTINGS if threads is None else {**_SETTINGS, "threads": threads})


def take(
    connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame, columns: Mapping[str, str], order: str = ""
) -> None:
    """Make a table of a frame's columns in their types, nan as NULL."""
    connection.register("given", frame)
    casts = ", ".join(f"CAST({_cell(column, kind)} AS {kind}) AS {quoted(column)}" for column, kind in columns.items())
    connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {casts} FROM given {order}")  # noqa: S608 - names are ours
    connection.unregister("given")


def _cell(column: str, kind: str) -> str:
    name = quoted(column)
    return f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END" if kind == "DOUBLE" else name


def save(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    path: Path,
    folder: Path,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write a table as one Parquet file of the store, with text by key in its footer.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    import duckdb

    keys = ", ".join(f"{key}: {literal(value)}" for key, value in (metadata or {}).items())
    footer = f", KV_METADATA {{{keys}}}" if keys else ""
    with aside(path, folder) as temporary:
        options = f"FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false{footer}"
        try:
            connection.execute(f"COPY {table} TO {literal(str(temporary))} ({options})")
        except duckdb.IOException as error:
            raise _system_error(error) from error


def save_frame(
    frame: pd.DataFrame, columns: Mapping[str, str], path: Path, folder: Path, metadata: Mapping[str, str] | None = None
) -> None:
    """Write a frame's columns as one Parquet file of the store, rows in their order."""
    with database(threads=1) as connection:
        take(connection, "kept", frame, columns)
        save(connection, "kept", path, folder, metadata)


def read_frame(path: Path) -> pd.DataFrame:
    """Return a Parquet file, rows in their order."""
    with database(threads=1) as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [pattern(path)]).df()


def pattern(path: Path) -> str:
    """Return a path with the characters disarmed that DuckDB would take for wildcards.

    >>> pattern(Path("a[1]/b*.parquet"))
    'a[[]1]/b[*].parquet'
    """
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def patterns(paths: Sequence[Path]) -> list[str]:
    """Return several paths, disarmed."""
    return [pattern(path) for path in paths]


def quoted(name: str) -> str:
    """Return a name as SQL has it.

    >>> quoted("group")
    '"group"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL has it.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _system_error(error: duckdb.IOException) -> OSError:
    """Return what the system said, which DuckDB tells in words only."""
    text = str(error)
    code = next((code for code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if os.strerror(code) in text), errno.EIO)
    return OSError(code, text.splitlines()[0])
