from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Change = Callable[..., Path]

MISTYPED = "{path: work_permit.categori_a.points_min, from: 2027-01, set: 75}"
TWICE = "{path: work_permit.category_a.points_min, from: 2027-01, set: 75, set: 70}"
# A change, its fault's code and column in line 5, and what its message says to do.
FAULTS = [
    pytest.param(MISTYPED, "unknown-path", 12, "'work_permit.category_a.points_min'", id="a-mistyped-path"),
    pytest.param(TWICE, "duplicate-key", 71, "delete one of the two", id="a-duplicate-key"),
    pytest.param(
        "{path: treaties.visa_free_entry, from: 2027-01, set: 1, where: {origin: [NO]}}",
        "unknown-origin", 78, "'NO'; origins: united-states", id="an-origin-NO",
    ),
    pytest.param(
        "{path: treaties.visa_free_entry, from: 2027-01, set: 1, where: {origin: [japann]}}",
        "unknown-origin", 78, "japan", id="a-mistyped-origin",
    ),
    pytest.param(
        "{path: social_insurance.refund_pool_share, from: 2027-01, set: 85%}",
        "percent", 68, "write 0.85", id="a-percentage",
    ),
    pytest.param(
        "{path： work_permit.category_a.points_min, from: 2027-01, set: 75}",
        "full-width", 10, "YAML needs ':'", id="a-full-width-colon",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "column", "hint"), FAULTS)
def test_a_fault_is_told_with_its_line_column_and_remedy(
    talentflow: Run, change: Change, text: str, code: str, column: int, hint: str
) -> None:
    result = talentflow("validate", change(text), "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["ok"] is False
    (problem,) = found["problems"]
    assert set(problem) == {"file", "line", "column", "code", "message", "nearest"}
    assert (problem["code"], problem["line"], problem["column"]) == (code, 5, column)
    assert hint in problem["message"]


@pytest.mark.parametrize(("text", "code", "column", "hint"), FAULTS)
def test_compare_refuses_the_same_fault_in_the_same_words(
    talentflow: Run, change: Change, text: str, code: str, column: int, hint: str
) -> None:
    file = change(text)
    result = talentflow("compare", file, "--json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == talentflow("validate", file).stdout
    assert result.stderr.startswith(f"{file}:5:{column}  ")


def test_the_nearest_name_is_a_field_of_its_own(talentflow: Run, change: Change) -> None:
    found = json.loads(talentflow("validate", change(MISTYPED), "--json").stdout)
    assert found["problems"][0]["nearest"] == "work_permit.category_a.points_min"


def test_problems_of_all_files_are_told_at_once(talentflow: Run, change: Change) -> None:
    files = [change(MISTYPED, "one.yaml"), change(TWICE, "two.yaml")]
    result = talentflow("validate", *files)
    assert result.exit_code == 3
    assert [line.partition(":5:")[0] for line in result.stdout.splitlines()] == [str(file) for file in files]


def test_problems_are_told_in_chinese(talentflow: Run, change: Change) -> None:
    assert "没有名为" in talentflow("validate", change(MISTYPED), "--lang", "zh").stdout


def test_a_package_that_includes_itself_is_refused(talentflow: Run, tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        text = f"schema: talentflow.scenario/1\nid: my-{name}\ntitle: {{en: X, zh: X}}\nreforms: [{other}.yaml]\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = talentflow("compare", tmp_path / "a.yaml")
    assert result.exit_code == 3
    assert "includes itself: a.yaml > b.yaml > a.yaml" in result.stderr


def test_a_folder_or_a_missing_file_in_place_of_a_scenario_is_refused(talentflow: Run, tmp_path: Path) -> None:
    assert talentflow("compare", tmp_path).exit_code in {2, 3}
    missing = talentflow("compare", tmp_path / "mine.yaml")
    assert missing.exit_code == 3
    assert "mine.yaml" in missing.stderr


# What is typed, and what is said of it.
USAGE = [
    pytest.param(("compar", "one-stop"), "did you mean 'compare'?", id="a-mistyped-verb"),
    pytest.param(("frobnicate",), "known: list, validate", id="no-such-verb"),
    pytest.param(("compare",), "Missing argument", id="no-scenario"),
    pytest.param(("compare", "one-stp"), "nearest: 'one-stop'", id="a-mistyped-id"),
    pytest.param(("explain", "whole-artcle"), "nearest: 'whole-article'", id="a-mistyped-id-to-explain"),
    pytest.param(("compare", "one-stop", "one-stop"), "named twice", id="one-scenario-twice"),
    pytest.param(("compare", "one-stop", "--outcome", "stok"), "did you mean 'stock'?", id="an-unknown-outcome"),
    pytest.param(("run", "baseline", "--group", "category=D"), "unknown group 'category=D'", id="an-unknown-group"),
    pytest.param(("compare", "one-stop", "--date", "2099"), "must lie in 2018-01 to 2040-12", id="a-date-beyond"),
    pytest.param(("compare", "one-stop", "--replicates", "0"), "0 is not in the range", id="no-replicate"),
    pytest.param(("compare", "one-stop", "--seed", "-1"), "-1 is not in the range", id="a-seed-below-0"),
    pytest.param(("compare", "one-stop", "--until", "2030"), "write YYYY-MM", id="a-year-for-a-month"),
    pytest.param(("compare", "one-stop", "--precision", "500%"), "no share", id="no-share"),
    pytest.param(("compare", "one-stop", "--plot", "x.jpg"), "drawn as .svg or .png", id="a-figure-of-unknown-kind"),
    pytest.param(("params", "points_mim"), "did you mean", id="a-mistyped-lever"),
    pytest.param(("compare", "one-stop", "--replicate", "3"), "--replicates", id="a-mistyped-flag"),
]


@pytest.mark.parametrize(("args", "said"), USAGE)
def test_a_usage_error_names_what_was_meant(talentflow: Run, args: tuple[str, ...], said: str) -> None:
    result = talentflow(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in " ".join(result.stderr.split())
