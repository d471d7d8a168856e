"""A question is checked once; whatever is wrong is told with its place and the nearest name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from experiments.classroom.answering.asked import DEFAULTS, check
from experiments.classroom.answering.files import asked_of, file_of, scenario_of
from experiments.classroom.answering.problems import AskedProblems
from scenarios import load

POINTS: dict[str, Any] = {"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 75}


def problems_of(raw: Any) -> str:
    """Return what is wrong with a question, in English."""
    with pytest.raises(AskedProblems) as found:
        check(raw)
    assert all(one.text["zh"] for one in found.value.problems)
    return str(found.value)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "an object"),
        ({"reforms": ["one-stop"], "sede": 1}, "did you mean seed"),
        ({"reforms": ["onestop"]}, "did you mean one-stop"),
        ({"reforms": ["baseline"]}, "unknown name"),
        ({"reforms": "one-stop"}, "must be a list"),
        ({"reforms": ["one-stop", "one-stop"]}, "named twice"),
        ({"reforms": ["one-stop"], "schema": "talentflow.asked/2"}, "talentflow.asked/1"),
        ({"reforms": ["one-stop"], "seed": True}, "seed must be a whole number"),
        ({"reforms": ["one-stop"], "seed": -1}, "seed must be a whole number"),
        ({"reforms": ["one-stop"], "scale": 10}, "1000 to 20000"),
        ({"reforms": ["one-stop"], "scale": 2000.0}, "1000 to 20000"),
        ({"reforms": ["one-stop"], "replicates": 41}, "1 to 40"),
        ({"reforms": ["one-stop"], "replicates": 8, "draws": 5}, "two pairs of each"),
        ({"reforms": ["one-stop"], "draws": 1}, "0, or 2 and more"),
        ({"reforms": ["one-stop"], "until": "2051-01"}, "until must be a month"),
        ({"reforms": ["one-stop"], "until": "2040"}, "until must be a month"),
        ({"reforms": ["one-stop"], "lang": ["en"]}, "lang must be"),
        ({"changes": [{**POINTS, "set": float("nan")}]}, "finite"),
        ({"changes": [{**POINTS, "set": True}]}, "finite"),
        ({"changes": [{**POINTS, "set": 850}]}, "0 to 120"),
        ({"changes": [{**POINTS, "sets": 75}]}, "did you mean set"),
        ({"changes": [{**POINTS, "path": "work_permit.catgory_a.points_min"}]}, "category_a.points_min"),
        ({"changes": [{**POINTS, "from": "2041-01"}]}, "only after 2040-12"),
        ({"changes": [POINTS] * 25}, "at most 24"),
        ({"changes": [{**POINTS, "path": "behaviour.beta"}]}, "behaviour.beta"),
        ({}, "choose a reform"),
        ({"changes": [{**POINTS, "set": 85}]}, "today's value"),
        ({"reforms": ["one-stop", "optimised-approval"]}, "included twice"),
        ({"reforms": ["category-a-less-stringent"], "changes": [{**POINTS, "set": 85}]}, "sets another"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(raw: Any, said: str) -> None:
    assert said in problems_of(raw)


def test_seed_zero_is_a_seed() -> None:
    assert check({"reforms": ["one-stop"], "seed": 0}).seed == 0


def test_everything_wrong_is_told_at_once() -> None:
    told = problems_of({"reforms": ["onestop"], "seed": "1", "sede": 1})
    assert told.count(":") >= 3


def test_few_pairs_leave_the_draws_out_unless_they_are_asked_for() -> None:
    assert check({"reforms": ["one-stop"], "replicates": 4}).draws == 0
    assert check({"reforms": ["one-stop"]}).draws == DEFAULTS["draws"]


def test_a_slider_back_at_todays_value_is_left_out_with_a_note() -> None:
    asked = check({"reforms": ["one-stop"], "changes": [{**POINTS, "set": 85}]})
    assert asked.changes == ()
    assert "left out" in asked.notes[0]["en"]
    assert scenario_of(asked).id == "one-stop"


def test_a_slider_holds_over_a_reform() -> None:
    asked = check({"reforms": ["category-a-less-stringent"], "changes": [{**POINTS, "set": 60}]})
    assert scenario_of(asked).value_at(POINTS["path"], "2028-01") == 60


@pytest.mark.parametrize(
    "raw",
    [
        {"reforms": ["one-stop"]},
        {"reforms": ["one-stop", "easier-visits"]},
        {"changes": [POINTS]},
        {"reforms": ["category-a-less-stringent"], "changes": [{**POINTS, "set": 60}]},
        {"changes": [{"path": "administration.time_limit_days", "from": "2027-07", "add": 2, "where": {"region": ["hainan"]}}]},
    ],
)  # fmt: skip
def test_the_file_of_a_question_is_a_scenario_file_that_asks_it_again(raw: dict[str, Any], tmp_path: Path) -> None:
    asked = check(raw)
    file = tmp_path / "class-question.yaml"
    file.write_text(file_of(asked), encoding="utf-8")
    assert asked_of(file.read_bytes()) == asked
    read, meant = load(file), scenario_of(asked)
    paths = {change.path for change in (*read.changes, *meant.changes)}
    assert all((read.column(path) == meant.column(path)).all() for path in paths)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: talentflow.scenario/1\nid: x\n  a: &b [", "YAML"),
        ("[" * 5000, ""),
        ("schema: talentflow.law/1\nid: x\n", "talentflow.scenario/1"),
        ("schema: talentflow.scenario/1\nid: x\ntitle: {en: X}\nreforms: [../../etc/passwd.yaml]\n", "folder"),
        ("schema: talentflow.scenario/1\nid: x\ntitle: {en: X}\nassumptions:\n  - {path: behaviour.beta, multiply: 1.1}\n", "assumptions"),
    ],
)  # fmt: skip
def test_an_upload_that_is_no_scenario_file_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(AskedProblems) as found:
        asked_of(text)
    assert said in str(found.value)
    assert found.value.problems[0].line >= 1


def test_checking_and_starting_load_no_engine() -> None:
    code = (
        "import sys; from experiments.classroom.answering import asked, files, start; "
        "asked.check({'reforms': ['one-stop']}); start.start('en'); "
        "sys.exit(sum(name in sys.modules for name in ('numba', 'mesa', 'matplotlib', 'pandas', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
