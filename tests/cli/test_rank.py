"""Rankings under other assumptions, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

Call = Callable[..., Result]
SMALL = ("--scale", 20_000, "--replicates", 2, "--until", "2030-12", "--jobs", 1, "--date", 2030, "--quiet")
TWO = ("one-stop", "category-a-less-stringent")


def test_a_ranking_is_a_table_of_reforms_by_assumptions(talentflow: Call) -> None:
    result = talentflow("rank", *TWO, "--assume", "engine-prospect", *SMALL)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "December 2030" in lines[0]
    assert lines[1].split() == ["scenario", "as-it-stands", "engine-prospect"]
    assert {lines[2].split()[0], lines[3].split()[0]} == set(TWO)
    assert [line.split()[1] for line in lines[2:4]] == ["1.", "2."]
    assert lines[4].startswith("agreement")


def test_json_has_a_row_for_every_reform_and_assumption(talentflow: Call) -> None:
    result = talentflow("rank", *TWO, "--assume", "engine-linear-income", *SMALL, "--json")
    found = json.loads(result.stdout)
    assert found["schema"] == "talentflow.rank/1"
    assert [(row["assumption"], row["rank"]) for row in found["rows"]] == [
        ("as-it-stands", 1),
        ("as-it-stands", 2),
        ("engine-linear-income", 1),
        ("engine-linear-income", 2),
    ]
    assert found["agreement"]["as-it-stands"] == 1.0


def test_chinese_reaches_the_ranking(talentflow: Call) -> None:
    result = talentflow("rank", "one-stop", "--assume", "engine-prospect", *SMALL, "--lang", "zh")
    assert "与首列的一致程度" in result.stdout


def test_a_reform_is_refused_as_an_assumption(talentflow: Call) -> None:
    for verb in ("rank", "compare"):
        result = talentflow(verb, "one-stop", "--assume", "fast-track", "--quiet")
        assert result.exit_code == 2
        assert "'fast-track' changes the law" in result.stderr


def test_a_comparison_says_what_was_assumed_on_both_sides(talentflow: Call) -> None:
    result = talentflow("compare", "one-stop", "--assume", "engine-prospect", *SMALL)
    assert result.exit_code == 0
    assert "Assumed on both sides: engine-prospect." in result.stdout
