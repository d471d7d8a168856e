"""The page on the store tells what is there: its SQL runs on a store as written, and gives what the package gives."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from experiments.batch.parquet import PLAN_COLUMNS, ROW_COLUMNS, read_frame
from experiments.batch.store import Store

from .stand_in import experiment_of, failure_of, fill, rows_of

PAGE = Path(__file__).parents[4] / "docs" / "store.md"
TEXT = PAGE.read_text(encoding="utf-8")
PAIRS, LEFT, MEANS = re.findall(r"^```sql\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store with a chunk left and a failure, its folder the current one."""
    store = Store.create(tmp_path / "batch", experiment_of())
    fill(store, [0])
    chunk = store.left(chunk=1)
    store.write_part(1, rows_of(chunk.iloc[1:]), list(chunk["run"][1:]), [failure_of(chunk.iloc[0])])
    store.derive("x.json", "{}")
    monkeypatch.chdir(store.folder)
    return store


def answer(question: str) -> pd.DataFrame:
    """Return what DuckDB alone says."""
    with duckdb.connect(":memory:") as connection:
        return connection.execute(question).df()


def test_differences_in_sql_are_those_of_the_pairs(told: Store) -> None:
    found = answer(PAIRS).set_index("arm")
    pairs = told.paired("stock", "all", "2035-12")
    differences = pairs.assign(d=pairs["reform"] - pairs["baseline"]).groupby("arm")
    expected = differences.agg(pairs=("d", "size"), difference=("d", "mean"), standard_error=("d", "sem"))
    assert len(found) == 2
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_what_is_left_in_sql_is_what_is_left(told: Store) -> None:
    found = answer(LEFT)
    expected = told.left(retry_failed=True).groupby("arm").size().sort_index()
    assert dict(zip(found["arm"], found["left"], strict=True)) == expected.to_dict()
    assert expected.sum() == 7


def test_means_of_rollups_are_means_of_values(told: Store) -> None:
    keys = ["arm", "outcome", "group", "date"]
    found = answer(MEANS).set_index(keys)
    expected = told.values().groupby(keys).agg(n=("value", "count"), mean=("value", "mean"))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_every_file_of_a_store_is_on_the_page_and_every_column(told: Store) -> None:
    files = {path.relative_to(told.folder).as_posix() for path in told.folder.rglob("*") if path.is_file()}
    known = {re.sub(r"\d{6}", "000000", name) for name in files if not name.startswith(("resolved/", "derived/"))}
    assert {name for name in known if name not in TEXT} == set()
    for name in (*PLAN_COLUMNS, *ROW_COLUMNS):
        assert f"`{name}`" in TEXT
    assert list(read_frame(told.folder / "plan.parquet").columns) == list(PLAN_COLUMNS)


def test_the_page_is_short() -> None:
    assert TEXT.count("\n") <= 150
