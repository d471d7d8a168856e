"""The tables of ``talentflow compare``: all measures, two reforms together, ratios between groups."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.article import MEASURES

SMALL = ("--scale", "20000", "--replicates", "2", "--jobs", "1")
Call = Callable[..., Result]


@pytest.fixture(scope="module")
def measured() -> dict[str, object]:
    from experiments.measures import measures

    told: dict[str, object] = json.loads(measures(scale=20_000, replicates=2, jobs=1, date="2029-12").to_json())
    return told


def test_every_measure_has_a_row_and_none_is_silent_without_a_reason(measured: dict[str, object]) -> None:
    rows = measured["rows"]
    assert isinstance(rows, list)
    assert measured["schema"] == "talentflow.measures/1"
    assert {row["measure"] for row in rows} == set(range(1, len(MEASURES) + 1))
    for row in rows:
        if row["scenario"] is None:
            assert row["difference"] is None
        elif not row["is_detected"]:
            assert row["reasons"], row["scenario"]
            assert all(reason["text"] for reason in row["reasons"])
        if row["scenario"]:
            assert row["levers"]
            assert row["public_cost"] > 0
            assert row["touched"] >= row["deadweight"]


def test_the_table_names_every_measure_and_says_why_some_move_nothing(talentflow: Call) -> None:
    result = talentflow("compare", "--measures", *SMALL, "--date", "2028", "--quiet")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "29 measures" in result.stdout
    numbers = {line.split()[0] for line in lines if line[:1].isdigit()}
    assert numbers == {str(number) for number in range(1, 30)}
    assert "not a forecast" in lines[-1]


def test_the_table_reads_in_chinese(talentflow: Call) -> None:
    result = talentflow("compare", "--measures", *SMALL, "--date", "2028", "--quiet", "--lang", "zh")
    assert "文章29项措施" in result.stdout
    assert "不是预测" in result.stdout


def test_the_table_goes_to_a_folder_and_to_json_alike(talentflow: Call, tmp_path: Path) -> None:
    out = tmp_path / "table"
    result = talentflow("compare", "--measures", *SMALL, "--date", "2028", "--json", "--out", str(out))
    assert (out / "measures.json").read_text(encoding="utf-8") == result.stdout


def test_two_reforms_together_give_four_parts_and_a_finding(talentflow: Call) -> None:
    asked = ("compare", "category-a-less-stringent", "split-category-b", "--together", *SMALL, "--until", "2028-12")
    result = talentflow(*asked)
    assert result.exit_code == 0
    for part in ("alone", "both", "interaction"):
        assert part in result.stdout
    told = json.loads(talentflow(*asked, "--json").stdout)
    assert told["schema"] == "talentflow.together/1"
    assert [row["part"] for row in told["rows"]] == ["first", "second", "both", "interaction"]


def test_equity_gives_ratios_before_and_after(talentflow: Call) -> None:
    asked = (
        "compare",
        "fast-track",
        "--equity",
        "--scale",
        "1000",
        "--replicates",
        "2",
        "--jobs",
        "1",
        "--date",
        "2028",
    )
    told = json.loads(talentflow(*asked, "--until", "2028-12", "--json").stdout)
    waits = {row["group"]: row for row in told["rows"] if row["outcome"] == "days_to_permit_mean"}
    assert told["schema"] == "talentflow.equity/1"
    assert waits["category=B"]["before"] > 1
    # A faster lane for Category A makes Category B wait longer than A by more.
    assert waits["category=B"]["after"] > waits["category=B"]["before"]
    shown = talentflow(*asked, "--until", "2028-12")
    assert "Category B against Category A" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measures", "one-stop"), "name none"),
        (("--measures", "--together", "one-stop", "fast-track"), "one at a time"),
        (("--together", "one-stop"), "takes two scenarios, got 1"),
        (("--measures", "--outcome", "stock"), "leave out --outcome"),
        (("--measures", "--date", "2030", "--date", "2031"), "takes one --date"),
        (("--equity", "one-stop", "--plot", "x.svg"), "draws no figure"),
        (("--together", "one-stop", "optimised-approval"), "contains"),
        (("--together",), "Missing argument"),
    ],
)
def test_a_question_that_does_not_fit_is_refused(talentflow: Call, arguments: tuple[str, ...], said: str) -> None:
    result = talentflow("compare", *arguments)
    assert result.exit_code == 2, result.stderr
    assert said in result.stderr
    assert result.stdout == ""
