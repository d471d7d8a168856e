import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import experiments.classroom
from experiments.classroom.estimates.estimate import estimate_of
from experiments.classroom.estimates.featured import featured_levers
from experiments.classroom.estimates.made import FILE, model_hashes, presets, read, shipped
from experiments.classroom.estimates.points import START, Point
from experiments.classroom.estimates.running import UNTIL, YEARS, law_of
from scenarios import levers

SCRIPT = Path(experiments.classroom.__file__).parent / "page" / "estimate.js"
NODE = shutil.which("node")
BAR, ONE_VISIT = "work_permit.category_a.points_min", "administration.one_visit_hours_share"


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return read()


def asked(*reforms: str, **changes: float) -> dict[str, Any]:
    named = {"bar": BAR, "one_visit": ONE_VISIT}
    lines = [{"path": named.get(name, name), "from": START, "set": value} for name, value in changes.items()]
    return {"reforms": list(reforms), "changes": lines}


QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    "preset": asked("one-stop"),
    "pair": asked("fast-track", "one-stop"),
    "one": asked(bar=75),
    "some": asked(bar=75, one_visit=0.5),
    "mixed": asked("fast-track", bar=78),
    "many": {
        "reforms": [],
        "changes": [{"path": lever.path, "from": START, "set": lever.high} for lever in featured_levers()[:8]],
    },
    "nothing": asked(),
    "overlap": asked("category-a-less-stringent", bar=78),
    "range": asked(bar=20),
    "reform": asked("no-such-reform"),
    "lever": {"reforms": [], "changes": [{"path": "work_permit.category_c.quota", "from": START, "set": 1}]},
    "date": {"reforms": [], "changes": [{"path": BAR, "from": "2030-01", "set": 80}]},
    "form": {"reforms": [], "changes": [{"path": BAR, "from": START, "add": 1}]},
}


def test_the_file_belongs_to_this_model(content: dict[str, Any]) -> None:
    assert content["model"] == model_hashes(), "made with another version: python -m experiments.classroom.estimates"


def test_the_file_is_small_enough_to_send_at_once() -> None:
    assert FILE.stat().st_size < 200_000


def test_a_file_of_another_model_is_off_and_says_so(tmp_path: Path, content: dict[str, Any]) -> None:
    other = {**content, "model": {**content["model"], "source": "0" * 64}}
    (tmp_path / "old.json").write_text(json.dumps(other), encoding="utf-8")
    estimate = estimate_of(asked("one-stop"), read(tmp_path / "old.json"))
    assert not estimate.is_on
    assert estimate.why == ("stale", "")


def test_what_the_server_sends_is_the_file(content: dict[str, Any]) -> None:
    assert json.loads(shipped()) == content


def test_every_lever_exists_with_the_value_of_today(content: dict[str, Any]) -> None:
    for lever in content["levers"]:
        known = levers()[lever["path"]]
        assert known.low <= lever["low"] <= lever["today"] <= lever["high"] <= known.high
    featured = {lever.path: lever for lever in featured_levers()}
    for lever in content["levers"]:
        own = featured[lever["path"]]
        assert (own.low, own.today, own.high) == (lever["low"], lever["today"], lever["high"])


def test_every_shipped_reform_is_a_preset_with_its_levers(content: dict[str, Any]) -> None:
    assert {name: frozenset(one["paths"]) for name, one in content["presets"].items()} == presets()


def test_a_preset_is_what_compare_says_with_the_same_settings(content: dict[str, Any]) -> None:
    from experiments.comparison import compare

    settings = content["settings"]
    rows = compare(
        ["one-stop"],
        replicates=settings["pairs_of_presets"],
        draws=settings["draws"],
        seed=settings["seed"],
        scale=settings["scale"],
        until=UNTIL,
        outcomes=["stock", "hours_lost"],
        paths=False,
        jobs=1,
    ).rows
    told = estimate_of(asked("one-stop"), content).outcomes
    assert rows
    for row in rows:
        key = f"{row.outcome}@{row.date}"
        assert told[key].is_exact
        assert told[key].difference == pytest.approx(row.difference, rel=1e-4)
        if settings["intervals"] == "compare":
            assert [told[key].low, told[key].high] == pytest.approx([row.low, row.high], rel=1e-3)
            assert told[key].is_clear == row.is_clear
        else:
            assert told[key].low <= row.low <= row.high <= told[key].high
        assert content["baseline"][key] == pytest.approx(row.baseline, rel=1e-4)


def test_the_lines_of_presets_end_where_their_numbers_stand(content: dict[str, Any]) -> None:
    series = content["series"]
    assert series["dates"] == list(YEARS)
    for name, line in series["presets"].items():
        assert line[-1] == pytest.approx(content["presets"][name]["differences"]["stock@2040-12"], abs=5)


def test_two_presets_add_up_with_the_error_of_pairs(content: dict[str, Any]) -> None:
    both, one, other = (estimate_of(asked(*names), content).outcomes for names in (
        ("fast-track", "one-stop"), ("fast-track",), ("one-stop",)))  # fmt: skip
    for key, told in both.items():
        assert told.difference == pytest.approx(one[key].difference + other[key].difference)
        assert told.error == content["outcomes"][key]["errors"]["pair"]


def test_a_number_whose_tests_were_poor_is_not_told(content: dict[str, Any]) -> None:
    told = estimate_of(asked(bar=75), content).outcomes
    assert set(told) == {key for key, one in content["outcomes"].items() if one["is_on"]}
    assert all(one["error"] < 0.5 * one["effect"] for key, one in content["outcomes"].items() if key in told)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nothing", ("nothing", "")), ("overlap", ("overlap", BAR)), ("range", ("range", BAR)),
        ("reform", ("reform", "no-such-reform")), ("lever", ("lever", "work_permit.category_c.quota")),
        ("date", ("form", BAR)), ("form", ("form", BAR)),
    ],
)  # fmt: skip
def test_what_was_not_simulated_beforehand_gets_a_reason(
    name: str, why: tuple[str, str], content: dict[str, Any]
) -> None:
    estimate = estimate_of(QUESTIONS[name], content)
    assert not estimate.is_on
    assert estimate.why == why
    assert not estimate.outcomes


def test_a_lower_bar_adds_people_and_a_higher_one_takes_some_away(content: dict[str, Any]) -> None:
    lower, higher = (estimate_of(asked(bar=bar), content).outcomes["stock@2040-12"].difference for bar in (75, 95))
    assert lower > 0 > higher


def test_a_point_of_the_design_is_the_law_that_is_asked() -> None:
    law = law_of(Point("x", "one", 1, (), {BAR: 75.0}))
    assert law.column(BAR)[-1, 0] == 75.0


@pytest.mark.skipif(NODE is None, reason="no node on this machine; the browser's test runs the same script")
def test_the_page_and_python_give_the_same_numbers(tmp_path: Path, content: dict[str, Any]) -> None:
    (tmp_path / "estimate.mjs").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "held.json").write_text(json.dumps([content, QUESTIONS]), encoding="utf-8")
    (tmp_path / "run.mjs").write_text(
        'import { readFileSync } from "node:fs"; import { load, estimateOf } from "./estimate.mjs";\n'
        'const [content, questions] = JSON.parse(readFileSync(new URL("held.json", import.meta.url)));\n'
        "await load(content);\n"
        'const told = Object.entries(questions).map(([name, asked]) => [name, estimateOf({ ...asked, lang: "zh" })]);\n'
        "console.log(JSON.stringify(Object.fromEntries(told)));\n",
        encoding="utf-8",
    )
    done = subprocess.run([str(NODE), "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    same_in_both(json.loads(done.stdout), content)


def same_in_both(told: Mapping[str, Any], content: dict[str, Any]) -> None:
    for name, question in QUESTIONS.items():
        here, there = estimate_of(question, content), told[name]
        assert there["isOn"] == here.is_on
        assert (there["code"], there["path"]) == (here.why or (None, None))
        assert bool(there["why"]) != here.is_on
        assert set(there["outcomes"]) == set(here.outcomes)
        for key, one in here.outcomes.items():
            assert there["outcomes"][key]["difference"] == pytest.approx(one.difference, rel=1e-12)
            assert there["outcomes"][key]["error"] == one.error
            assert there["outcomes"][key]["isClear"] == one.is_clear
            assert there["outcomes"][key]["isExact"] == one.is_exact
