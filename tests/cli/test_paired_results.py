from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

REFORM = "category-a-less-stringent"
SMALL = ("--scale", "10000", "--until", "2028-12", "--jobs", "1")
Call = Callable[..., Result]


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """Return a scenario file with two problems, in lines 5 and 6."""
    file = tmp_path / "wrong.yaml"
    file.write_text(
        "schema: talentflow.scenario/1\n"
        "id: wrong\n"
        "title: {en: Wrong, zh: 错误}\n"
        "changes:\n"
        "  - {path: work_permit.category_a.point_min, from: 2027-01, set: 75}\n"
        "  - {path: work_permit.category_b.points_min, from: 2027-01, set: 500}\n",
        encoding="utf-8",
    )
    return str(file)


def test_the_finding_comes_first_then_the_numbers_then_what_they_are_not(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, "--replicates", "8", *SMALL)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Make Category A less stringent: ")
    header = next(i for i, line in enumerate(lines) if line.startswith("scenario"))
    assert lines[header + 1].startswith(REFORM)
    assert "not a forecast" in lines[-1]


def test_json_is_the_result_and_nothing_else(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, "--replicates", "2", "--json", *SMALL)
    told = json.loads(result.stdout)
    assert (told["schema"], told["replicates"], told["scale"], told["seed"]) == ("talentflow.compare/1", 2, 10_000, 1)
    (row,) = told["rows"]
    named = ("scenario", "outcome", "group", "date", "unit")
    assert [row[name] for name in named] == [REFORM, "stock", "all", "2028-12", "persons"]
    assert row["difference"] == row["reform"] - row["baseline"]


def test_the_same_command_twice_gives_the_same_bytes(talentflow: Call) -> None:
    first, second = (talentflow("compare", REFORM, "--replicates", "2", "--json", *SMALL) for _ in range(2))
    assert first.stdout_bytes == second.stdout_bytes


def test_seed_zero_is_a_seed(talentflow: Call) -> None:
    zero, one = (
        json.loads(talentflow("compare", REFORM, "--replicates", "1", "--seed", seed, "--json", *SMALL).stdout)
        for seed in ("0", "1")
    )
    assert zero["seed"] == 0
    assert zero["rows"] != one["rows"]


def test_outcomes_groups_and_dates_multiply_to_rows(talentflow: Call) -> None:
    result = talentflow(
        "compare", REFORM, "--replicates", "2", "--json", *SMALL,
        "--outcome", "stock", "--outcome", "inflow", "--group", "category=A", "--group", "all",
        "--date", "2027", "--date", "2028-06",
    )  # fmt: skip
    rows = json.loads(result.stdout)["rows"]
    assert [(row["outcome"], row["group"], row["date"]) for row in rows] == [
        (outcome, group, date)
        for outcome in ("stock", "inflow")
        for group in ("category=A", "all")
        for date in ("2027-12", "2028-06")
    ]


def test_one_pair_has_no_interval_and_says_so_at_the_top(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, "--replicates", "1", *SMALL)
    assert result.stdout.startswith("Warning: one pair of runs gives no interval")
    told = json.loads(talentflow("compare", REFORM, "--replicates", "1", "--json", *SMALL).stdout)
    assert (told["rows"][0]["low"], told["rows"][0]["high"], told["rows"][0]["n"]) == (None, None, 1)
    assert told["warnings"]


def test_a_comparison_with_the_same_law_warns_that_nothing_can_differ(talentflow: Call) -> None:
    result = talentflow("compare", "baseline", "--replicates", "2", *SMALL)
    assert result.exit_code == 0
    assert result.stdout.startswith("Warning: baseline is the same law as baseline")
    assert "changes nothing" in result.stdout


def test_a_precision_that_is_not_reached_is_marked_and_ends_with_5(talentflow: Call) -> None:
    asked = ("compare", "whole-article", "--precision", "0.1%", "--replicates", "2", *SMALL)
    result = talentflow(*asked)
    assert result.exit_code == 5
    assert "precision of 0.1% not reached in 1 of 1 rows" in result.stdout.partition("December 2028")[0]
    assert re.search(r"to [\d,]+\*", result.stdout)
    told = json.loads(talentflow(*asked, "--json").stdout)
    assert told["precision"] == {"asked": 0.001, "reached": False}
    assert told["rows"][0]["precision_reached"] is False


@pytest.mark.parametrize("share", ["5", "0", "-5%", "100%", "five"])
def test_a_precision_that_is_no_share_is_refused(talentflow: Call, share: str) -> None:
    result = talentflow("compare", REFORM, f"--precision={share}", *SMALL)
    assert result.exit_code == 2
    assert "write 5% or 0.05" in result.stderr


def test_runs_that_fail_are_listed_and_end_with_4(talentflow: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.replicate import start

    def start_or_fail(given: Any, design: Any, seed: int) -> Any:
        if seed == 2:
            raise RuntimeError("this seed fails")
        return start(given, design, seed)

    monkeypatch.setattr("experiments.replicate.start", start_or_fail)
    some = talentflow("compare", REFORM, "--replicates", "2", *SMALL)
    assert some.exit_code == 4
    assert "1 of 2 runs failed (seed 2: RuntimeError: this seed fails)" in some.stdout
    every = talentflow("compare", REFORM, "--replicates", "1", "--seed", "2", *SMALL)
    assert (every.exit_code, every.stdout) == (4, "")
    assert "seed 2: RuntimeError: this seed fails" in every.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument"),
        (("one-stp",), "nearest: 'one-stop'"),
        ((REFORM, REFORM), "named twice"),
        ((REFORM, "--outcome", "stok"), "did you mean 'stock'"),
        ((REFORM, "--group", "region=hainn"), "did you mean 'region=hainan'"),
        ((REFORM, "--date", "1999"), "must lie in 2018-01"),
        ((REFORM, "--until", "2040"), "write YYYY-MM"),
        ((REFORM, "--replicates", "0"), "x>=1"),
        ((REFORM, "--seed", "-1"), "x>=0"),
        ((REFORM, "--plot", "x.jpg"), ".svg or .png"),
        ((REFORM, "--replicatse", "3"), "--replicates"),
    ],
)
def test_a_wrong_use_is_told_plainly_and_ends_with_2(talentflow: Call, arguments: tuple[str, ...], said: str) -> None:
    result = talentflow("compare", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_wrong_file_ends_with_3_and_all_its_problems(talentflow: Call, wrong: str) -> None:
    result = talentflow("compare", wrong, *SMALL)
    assert (result.exit_code, result.stdout) == (3, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"{wrong}:5:")
    assert second.startswith(f"{wrong}:6:")


def test_a_reform_after_the_horizon_ends_with_3(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, "--scale", "10000", "--until", "2026-12")
    assert result.exit_code == 3
    assert "the run ends in 2026-12" in result.stderr


def test_an_interrupted_command_says_how_to_run_it_again(talentflow: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("experiments.comparison.compare", interrupted)
    result = talentflow("compare", REFORM, "--replicates", "7")
    assert result.exit_code == 130
    assert f"talentflow compare {REFORM} --replicates 7" in result.stderr
    assert "Traceback" not in result.stderr


def test_chinese_reaches_every_part_of_the_result(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, "--replicates", "2", "--lang", "zh", *SMALL)
    text = result.stdout.replace(REFORM, "").replace("talentflow", "").replace("unreleased", "")
    assert "放宽A类标准：" in text
    assert "不是预测" in text
    assert re.findall(r"[A-Za-z]{3,}", text) == []


def test_quiet_leaves_the_result_alone(talentflow: Call) -> None:
    loud = talentflow("compare", REFORM, "--replicates", "2", *SMALL)
    quiet = talentflow("compare", REFORM, "--replicates", "2", "--quiet", *SMALL)
    assert quiet.stdout == loud.stdout
    assert quiet.stderr == ""


def test_a_folder_gets_json_csv_and_the_figure(talentflow: Call, tmp_path: Path) -> None:
    out = tmp_path / "results" / "one"
    writes = ("--out", str(out), "--plot", "gain.svg", "--json")
    result = talentflow("compare", REFORM, "--replicates", "2", *writes, *SMALL)
    assert result.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["compare.csv", "compare.json", "gain.svg"]
    assert (out / "compare.json").read_text(encoding="utf-8") == result.stdout
    with (out / "compare.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert float(row["difference"]) == json.loads(result.stdout)["rows"][0]["difference"]
    assert (out / "gain.svg").read_bytes().startswith(b"<?xml")


def test_the_figure_is_the_same_to_the_last_byte(talentflow: Call, tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        talentflow("compare", REFORM, "--replicates", "2", "--plot", str(tmp_path / name), *SMALL)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_both_engines_give_the_same_rows(talentflow: Call) -> None:
    few = ("compare", REFORM, "--replicates", "1", "--scale", "100000", "--until", "2028-12", "--jobs", "1", "--json")
    compiled, agents = (json.loads(talentflow(*few, "--engine", name).stdout) for name in ("compiled", "agents"))
    assert compiled["rows"] == agents["rows"]
