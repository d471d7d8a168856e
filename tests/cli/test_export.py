from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
REFORM = "category-a-less-stringent"


@pytest.fixture
def compared(talentflow: Call, tmp_path: Path) -> Path:
    """Return a folder that ``compare`` wrote: 2 outcomes, 2 groups, 1 date."""
    folder = tmp_path / "compared"
    done = talentflow(
        "compare", REFORM, "--replicates", "2", "--scale", "10000", "--until", "2028-12", "--jobs", "1",
        "--outcome", "stock", "--outcome", "inflow", "--group", "all", "--group", "category=A", "--out", folder,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_comparison_is_exported_with_its_dictionary(talentflow: Call, compared: Path, tmp_path: Path) -> None:
    result = talentflow("export", compared, "--format", "csv", "--out", tmp_path / "tables", "--lang", "zh")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [Path(line).name for line in result.stdout.splitlines()] == ["dictionary.csv", "effects.csv"]
    ours, theirs = rows_of(tmp_path / "tables" / "effects.csv"), rows_of(compared / "compare.csv")
    assert [float(row["difference"]) for row in ours] == [float(row["difference"]) for row in theirs]
    assert {row["title"] for row in ours} == {"放宽A类标准"}
    told = {(row["section"], row["name"]): row for row in rows_of(tmp_path / "tables" / "dictionary.csv")}
    assert told["about", "scale"]["meaning_en"] == "10000"
    assert told["outcome", "inflow"]["kind"] == "flow"


def test_a_comparison_over_draws_says_what_its_intervals_hold(talentflow: Call, tmp_path: Path) -> None:
    folder, sample = tmp_path / "drawn", tmp_path / "sample.csv"
    sample.write_text("beta\n1.2\n3.2\n", encoding="utf-8")
    asked = ("--draws", "2", "--posterior", sample, "--scale", "20000", "--until", "2027-12", "--jobs", "1")
    assert talentflow("compare", REFORM, *asked, "--replicates", "4", "--out", folder).exit_code == 0
    assert talentflow("export", folder, "--format", "csv", "--out", tmp_path / "tables").exit_code == 0
    told = {(row["section"], row["name"]): row for row in rows_of(tmp_path / "tables" / "dictionary.csv")}
    assert "parameters are not known" in told["about", "intervals"]["meaning_en"]
    assert "chance only" not in told["about", "intervals"]["meaning_en"]
    assert told["parameter", "beta"]["label_en"] == "Weight of income"
    (row,) = rows_of(tmp_path / "tables" / "effects.csv")
    assert (row["draws"], row["n"]) == ("2", "4")


def test_a_comparison_becomes_an_iamc_table_of_both_laws(talentflow: Call, compared: Path) -> None:
    result = talentflow("export", compared, "--format", "iamc", "--outcome", "inflow")
    assert result.exit_code == 0
    rows = rows_of(compared.parent / "compared.iamc.csv")
    assert {row["scenario"] for row in rows} == {"baseline", REFORM}
    assert {row["unit"] for row in rows} == {"persons/yr"}
    assert all(float(row["2028"]) >= 0 for row in rows)


def test_what_exists_is_replaced_only_by_force(talentflow: Call, compared: Path) -> None:
    asked = ("export", compared, "--format", "xlsx")
    assert talentflow(*asked).exit_code == 0
    again = talentflow(*asked)
    assert (again.exit_code, again.stdout) == (3, "")
    assert again.stderr.count("\n") == 1
    assert "--force" in again.stderr
    assert talentflow(*asked, "--force").exit_code == 0


def test_means_without_runs_make_no_netcdf(talentflow: Call, compared: Path) -> None:
    result = talentflow("export", compared, "--format", "netcdf")
    assert result.exit_code == 3
    assert "no single runs" in result.stderr
    assert not list(compared.parent.glob("*.nc"))


def test_a_folder_that_holds_no_results_is_refused_in_one_line(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("export", tmp_path, "--format", "csv", "--lang", "zh")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "既没有试验" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(("--outcome", "stok"), "'stock'"), (("--arm", "categor-a"), REFORM), (("--format", "xls"), "xlsx")],
)
def test_a_wrong_name_is_told_with_the_nearest(
    talentflow: Call, compared: Path, wrong: tuple[str, str], said: str
) -> None:
    result = talentflow("export", compared, "--format", "csv", *wrong)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_folder_that_is_not_there_is_a_usage_error(talentflow: Call, tmp_path: Path) -> None:
    assert talentflow("export", tmp_path / "nowhere", "--format", "csv").exit_code == 2
