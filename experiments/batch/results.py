"""Numbers read from the parts of a store: only planned runs, and each once, however the files overlap."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.batch.parquet import PLAN_COLUMNS, ROW_COLUMNS, database, literal, patterns, quoted, take
from experiments.batch.parts import RowsDigest

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

VALUE_COLUMNS = tuple(name for name in ROW_COLUMNS if name != "run")
PAIR_COLUMNS = ("arm", "draw", "replicate", "seed", "baseline", "reform")
_DIGEST_ROWS = 200_000
_PAIRS = """
    SELECT p.arm, p.draw, p.replicate, p.seed, b.value AS baseline, r.value AS reform
    FROM plan p JOIN wanted r ON r.run = p.run JOIN wanted b ON b.run = p.against
    WHERE p.role = 'reform' ORDER BY p.arm, p.draw, p.replicate, p.run
"""


class Results:
    """The rows of some parts.

    Parameters
    ----------
    runs
        Ids of the runs in each part, as its footer says.
    plan
        The plan; runs outside it do not count.
    """

    def __init__(self, runs: Mapping[Path, Sequence[str]], plan: pd.DataFrame) -> None:
        self._parts = list(runs)
        self._plan = plan
        self._kept = _kept(runs, plan)

    def values(self, **asked: Collection[str] | None) -> pd.DataFrame:
        """Return the rows with one of the asked outcomes, arms, groups, dates; a column not asked about is not cut."""
        with database() as connection:
            source, parameters = self._source(connection, asked)
            connection.execute(f"CREATE TEMP TABLE wanted AS SELECT * FROM ({source})", parameters)  # noqa: S608 - names are ours
            # Millions of cells hold a few dozen names: as such they are sorted and handed over, and a name is kept once.
            cells = ", ".join(_cell(connection, name) for name in VALUE_COLUMNS)
            found = connection.execute(f"SELECT {cells} FROM wanted ORDER BY 1, 2, 3, 4, run, 6, 7, 8").df()  # noqa: S608 - likewise
        return found.astype({name: str for name in VALUE_COLUMNS if ROW_COLUMNS[name] == "VARCHAR"})

    def paired(self, outcome: str, group: str, date: str | None) -> pd.DataFrame:
        """Return one row a pair of which both runs are done: values under baseline and reform, sorted."""
        date = date or self._last_date(outcome)
        with database() as connection:
            take(connection, "plan", self._plan, PLAN_COLUMNS)
            source, parameters = self._source(connection, {"outcome": [outcome], "group": [group], "date": [date]})
            connection.execute(f"CREATE TEMP TABLE wanted AS SELECT run, value FROM ({source})", parameters)  # noqa: S608 - likewise
            return connection.execute(_PAIRS).df()

    def _last_date(self, outcome: str) -> str:
        with database() as connection:
            source, parameters = self._source(connection, {"outcome": [outcome]})
            rows = connection.execute(f"SELECT max(date) FROM ({source})", parameters).fetchall()  # noqa: S608 - likewise
            return str(rows[0][0])

    def digest(self) -> str:
        """Return a digest of all rows, whichever parts they are in."""
        digest = RowsDigest()
        for rows in self._in_order():
            digest.add(rows)
        return digest.hexdigest()

    def _in_order(self) -> Iterator[pd.DataFrame]:
        with database() as connection:
            source, parameters = self._source(connection, {})
            names = ", ".join(quoted(name) for name in ROW_COLUMNS)
            answer = connection.execute(
                f'SELECT {names} FROM ({source}) ORDER BY run, outcome, "group", date',  # noqa: S608 - likewise
                parameters,
            )
            while len(rows := answer.fetch_df_chunk(_DIGEST_ROWS // 2048)):
                yield rows

    def _source(
        self, connection: duckdb.DuckDBPyConnection, asked: Mapping[str, Collection[str] | None]
    ) -> tuple[str, list[Any]]:
        """Return a question for the rows that count, and its parameters."""
        cut = {name: list(wanted) for name, wanted in asked.items() if wanted is not None}
        clauses = [f"{quoted(name)} IN ({', '.join('?' * len(wanted)) or 'NULL'})" for name, wanted in cut.items()]
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        parameters: list[Any] = [one for wanted in cut.values() for one in wanted]
        if not self._parts:
            empty = ", ".join(f"NULL::{kind} AS {quoted(name)}" for name, kind in ROW_COLUMNS.items())
            return f"SELECT * FROM (SELECT {empty} LIMIT 0){where}", parameters  # noqa: S608 - likewise
        parameters = [patterns(self._parts), *parameters]
        if self._kept is None:
            return f"SELECT * FROM read_parquet(?){where}", parameters  # noqa: S608 - likewise
        take(connection, "kept", self._kept, {"run": "VARCHAR", "filename": "VARCHAR"})
        rows = "read_parquet(?, filename = true) SEMI JOIN kept USING (run, filename)"
        return f"SELECT * EXCLUDE (filename) FROM {rows}{where}", parameters  # noqa: S608 - likewise


def _cell(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return what asks for a column of ``wanted``, its texts as an enumeration in their order."""
    column = quoted(name)
    if ROW_COLUMNS[name] != "VARCHAR":
        return column
    texts = connection.execute(f"SELECT DISTINCT {column} FROM wanted ORDER BY 1").fetchall()  # noqa: S608 - likewise
    listed = ", ".join(literal(text) for (text,) in texts)
    return f"CAST({column} AS ENUM ({listed})) AS {column}" if listed else column


def _kept(runs: Mapping[Path, Sequence[str]], plan: pd.DataFrame) -> pd.DataFrame | None:
    """Return which file each planned run is read from; None if the parts hold just planned runs, and each once."""
    import pandas as pd

    planned = set(plan["run"])
    owner: dict[str, str] = {}
    for part, listed in runs.items():
        for run in listed:
            if run in planned:
                owner.setdefault(run, str(part))
    if len(owner) == sum(map(len, runs.values())):
        return None
    return pd.DataFrame({"run": list(owner), "filename": list(owner.values())}, dtype=str)
