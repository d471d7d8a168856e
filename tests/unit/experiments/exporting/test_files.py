from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import duckdb
import numpy as np
import pandas as pd
import pytest

from experiments.design import DesignError
from experiments.exporting import export as module
from experiments.exporting.aside import files_aside
from experiments.exporting.export import FORMATS, Asked, export
from experiments.exporting.held import ExportError, held_by

Exported = Callable[..., list[Path]]
_CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def exported(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exported:
    """Return an export of the store in memory."""
    monkeypatch.setattr(module, "held_in", lambda folder, **choice: held_by(store, "1.2.3", **choice))

    def call(form: str, name: str, **choice: Any) -> list[Path]:
        return export(tmp_path / "store", Asked(form, tmp_path / name, **choice))

    return call


def sheet_of(path: Path, number: int) -> Any:
    with zipfile.ZipFile(path) as book:
        return ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file


def texts_of(path: Path, number: int) -> list[str]:
    return [cell.text or "" for cell in sheet_of(path, number).iter(f"{_CELLS}t")]


def test_csv_holds_each_table_and_reads_back_as_it_was(exported: Exported, store: Any, tmp_path: Path) -> None:
    written = exported("csv", "tables")
    assert [path.name for path in written] == ["dictionary.csv", "draws.csv", "effects.csv", "plan.csv", "runs.csv"]
    effects, runs = (pd.read_csv(tmp_path / "tables" / f"{name}.csv") for name in ("effects", "runs"))
    expected = held_by(store, "1.2.3")
    pd.testing.assert_frame_equal(effects, expected.effects, check_dtype=False)
    assert len(runs) == len(store.values())
    assert runs["value"].sum() == pytest.approx(store.values()["value"].sum())


def test_csv_is_utf8_with_an_empty_cell_for_a_number_that_does_not_exist(exported: Exported, tmp_path: Path) -> None:
    exported("csv", "tables", lang="zh")
    lines = (tmp_path / "tables" / "effects.csv").read_bytes().decode("utf-8").split("\n")
    undefined = next(line for line in lines if "stay_3y" in line and "region=shanghai" in line)
    assert "工作生活一站式服务" in undefined
    assert ",share,,,,,,0,," in undefined
    assert "nan" not in undefined.lower()


def test_parquet_holds_types_gaps_and_the_facts(exported: Exported, tmp_path: Path) -> None:
    exported("parquet", "tables")
    place = tmp_path / "tables" / "effects.parquet"
    with duckdb.connect() as database:
        gaps = database.execute(f"SELECT count(*) FROM '{place}' WHERE difference IS NULL").fetchone()  # noqa: S608
        facts = dict(database.execute(f"SELECT key, value FROM parquet_kv_metadata('{place}')").fetchall())  # noqa: S608
    assert gaps == (4,)
    assert facts[b"seed"] == b"7"
    assert b"chance only" in facts[b"intervals"]


def test_a_workbook_has_its_sheets_in_the_language_asked_for(exported: Exported, tmp_path: Path) -> None:
    for lang, names in (
        ("en", ["read me", "effects", "runs", "draws", "dictionary"]),
        ("zh", ["说明", "效果", "模拟结果", "参数抽样", "数据字典"]),
    ):
        exported("xlsx", f"{lang}.xlsx", lang=lang)
        with zipfile.ZipFile(tmp_path / f"{lang}.xlsx") as book:
            found = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        assert found == names
    assert texts_of(tmp_path / "zh.xlsx", 2)[:3] == ["方案", "名称", "指标"]


def test_a_workbook_freezes_its_header_and_formats_numbers(exported: Exported, tmp_path: Path) -> None:
    exported("xlsx", "runs.xlsx")
    sheet = sheet_of(tmp_path / "runs.xlsx", 2)
    pane = next(sheet.iter(f"{_CELLS}pane"))
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    numbers = [
        cell for cell in sheet.iter(f"{_CELLS}c") if cell.get("t") is None and cell.find(f"{_CELLS}v") is not None
    ]
    assert numbers
    assert all(cell.get("s") for cell in numbers)


def test_a_title_that_looks_like_a_formula_stays_text(exported: Exported, tmp_path: Path) -> None:
    exported("xlsx", "runs.xlsx")
    with zipfile.ZipFile(tmp_path / "runs.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert any("=SUM(A1:A9)" in sheet for sheet in sheets)
    assert not any("<f>" in sheet for sheet in sheets)


def test_more_rows_than_excel_has_are_refused_unless_left_out(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.exporting.workbook.MOST_ROWS", 100)
    with pytest.raises(ExportError, match="321 rows are more than the 100"):
        exported("xlsx", "runs.xlsx")
    assert list(tmp_path.iterdir()) == []
    exported("xlsx", "runs.xlsx", with_runs=False)
    assert len(texts_of(tmp_path / "runs.xlsx", 3)) == 2


def test_netcdf_has_a_variable_for_each_outcome_and_the_runs_where_they_belong(
    exported: Exported, store: Any, tmp_path: Path
) -> None:
    import xarray as xr

    store.missing = {"lower-1-2"}
    exported("netcdf", "runs.nc")
    with xr.open_dataset(tmp_path / "runs.nc", engine="h5netcdf") as found:
        assert found["stock"].dims == ("arm", "draw", "replicate", "group", "date")
        one = found["stock"].sel(arm="faster", draw=1, replicate=3, group="category=A", date="2030-12")
        assert float(one.item()) == 225.0
        missing = (found["stock"] != found["stock"]).sum(("group", "date"))
        assert int((missing > 0).sum()) == 1
        assert int(missing.sel(arm="lower", draw=1, replicate=2)) == 6
        assert np.isnan(found["stay_3y"].sel(group="region=shanghai")).all()
        assert found["pair_additional"].dims == ("arm", "draw", "replicate", "date")
        assert found["against"].values.tolist() == ["", "baseline", "baseline"]
        assert found["parameter_beta"].values.tolist() == [1.5, 2.0]
        assert found["seed"].values.tolist() == [7, 8, 9, 10]


def test_netcdf_says_what_its_numbers_are(exported: Exported, tmp_path: Path) -> None:
    import xarray as xr

    exported("netcdf", "runs.nc")
    with xr.open_dataset(tmp_path / "runs.nc", engine="h5netcdf") as found:
        told = found["stock"].attrs
        assert (told["units"], told["kind"], told["long_name_zh"][:2]) == ("persons", "level", "在华")
        assert "students not" in told["comment"]
        assert found.attrs["Conventions"].startswith("CF-")
        assert "chance only" in found.attrs["comment"]
        assert (found.attrs["seed"], found.attrs["scale"]) == (7, 1000)


def test_a_netcdf_file_that_would_be_too_large_is_refused(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 3 arms, 2 draws, 4 replicates, 3 outcomes, 3 groups, 2 dates.
    monkeypatch.setattr("experiments.exporting.netcdf.MOST_NUMBERS", 431)
    with pytest.raises(ExportError, match="432 numbers, more than 431"):
        exported("netcdf", "runs.nc")
    assert list(tmp_path.iterdir()) == []


def test_iamc_is_a_table_of_years_by_scenario_region_and_variable(exported: Exported, tmp_path: Path) -> None:
    exported("iamc", "runs.csv")
    table = pd.read_csv(tmp_path / "runs.csv")
    assert list(table.columns) == ["model", "scenario", "region", "variable", "unit", "2030"]
    keys = table[["model", "scenario", "region", "variable", "unit"]]
    assert not keys.duplicated().any()
    assert keys.notna().all().all()
    assert set(table["region"]) == {"China", "China|Shanghai"}
    stock = table[table["variable"] == "Foreign Professionals|Stock"].set_index(["scenario", "region"])["2030"]
    assert stock["faster", "China"] == 115.0
    assert stock["faster", "China|Shanghai"] - stock["baseline", "China|Shanghai"] == 8.5
    assert "Foreign Professionals|Stock|Category A|95th Percentile" in set(table["variable"])


def test_every_iamc_variable_is_in_its_dictionary(exported: Exported, tmp_path: Path) -> None:
    exported("iamc", "runs.csv", outcomes=("stock",))
    table, told = (pd.read_csv(tmp_path / name) for name in ("runs.csv", "runs.dictionary.csv"))
    known = set(told.loc[told["section"] == "variable", "name"])
    assert {re.sub(r"\|\d+th Percentile$", "", name) for name in table["variable"]} == known


def test_iamc_tells_of_months_it_leaves_out(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "held_in", lambda folder, **choice: held_by(store, "1.2.3", **choice))
    notes: list[str] = []
    export(tmp_path, Asked("iamc", tmp_path / "runs.csv"), on_note=notes.append)
    assert notes == ["IAMC tables have one number a year, that of December: left out 2031-06"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_exists_is_replaced_only_by_force(exported: Exported, tmp_path: Path, form: str) -> None:
    first = {path: path.read_bytes() for path in exported(form, "out.csv")}
    with pytest.raises(ExportError, match="--force"):
        exported(form, "out.csv", outcomes=("stock",))
    assert {path: path.read_bytes() for path in first} == first
    exported(form, "out.csv", outcomes=("stock",), force=True)
    assert {path: path.read_bytes() for path in first} != first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_export_twice_gives_the_same_bytes(exported: Exported, form: str) -> None:
    first = [path.read_bytes() for path in exported(form, "out.csv")]
    assert [path.read_bytes() for path in exported(form, "out.csv", force=True)] == first


@pytest.mark.parametrize("form", FORMATS)
def test_an_arm_that_was_not_asked_for_is_not_written(exported: Exported, form: str) -> None:
    for path in exported(form, "out.csv", arms=("lower",)):
        content = path.read_bytes() if form != "xlsx" else "".join(texts_of(path, 2)).encode()
        if form != "netcdf":
            assert b"faster" not in content, path


def test_an_arm_or_outcome_that_is_not_held_is_named_with_the_nearest(exported: Exported) -> None:
    with pytest.raises(DesignError, match="did you mean 'faster'"):
        exported("csv", "tables", arms=("fastr",))
    with pytest.raises(DesignError, match="did you mean 'stock'"):
        exported("csv", "tables", outcomes=("stok",))


def test_a_library_that_is_missing_is_named_with_the_line_that_installs_it(
    exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ExportError, match=re.escape("pip install 'talentflow[export]'")):
        exported("xlsx", "runs.xlsx")
    assert exported("csv", "tables")


def test_a_store_without_a_run_has_nothing_to_export(exported: Exported, store: Any, tmp_path: Path) -> None:
    store.missing = set(store.plan()["run"])
    with pytest.raises(ExportError, match="no run has finished yet"):
        exported("csv", "tables")
    assert list(tmp_path.iterdir()) == []


def test_files_that_fail_half_way_leave_nothing(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        with files_aside(folder) as aside:
            (aside / "first.csv").write_text("whole")
            raise OSError("disk full")

    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "there", tmp_path / "new"):
        with pytest.raises(OSError, match="disk full"):
            write(folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_others_may_read_what_was_written_as_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with files_aside(tmp_path / "new") as aside:
            (aside / "one.csv").write_text("1")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "new" / "one.csv").stat().st_mode & 0o777 == 0o644
