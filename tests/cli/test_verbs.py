from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.cli.entry import VERBS

REFORM = "category-a-less-stringent"
SMALL = ("--scale", "10000", "--until", "2028-12", "--jobs", "1")
BAR = "work_permit.category_a.points_min"
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


@pytest.fixture
def person(tmp_path: Path) -> str:
    """Return the file of the worked case of a manager."""
    file = tmp_path / "person.yaml"
    file.write_text(
        "{birth: 1984-03, education: bachelor, experience_years: 17, salary_cny: 300000, months_per_year: 12,\n"
        " hsk: 0, region: shanghai, top_university: false, fortune_500: false, patent: false, years_in_china: 0,\n"
        " former_chinese_national: false}\n",
        encoding="utf-8",
    )
    return str(file)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_help_with_grouped_options_and_examples(talentflow: Call, verb: str) -> None:
    result = talentflow(verb, "--help")
    assert result.exit_code == 0
    assert f"talentflow {verb}" in result.stdout.partition("Examples:")[2]
    assert re.search(r"^(Output|Other):$", result.stdout, re.MULTILINE)
    assert re.search(r"^Options:$", result.stdout, re.MULTILINE) is None


def test_the_help_names_every_verb_and_the_exit_codes(talentflow: Call) -> None:
    text = talentflow("--help").stdout
    assert all(re.search(rf"^  {verb} ", text, re.MULTILINE) for verb in VERBS)
    assert "130 interrupted" in text


@pytest.mark.parametrize(("typed", "meant"), [("compar", "compare"), ("Explain", "explain"), ("valdate", "validate")])
def test_a_misspelt_verb_is_answered_with_the_one_meant(talentflow: Call, typed: str, meant: str) -> None:
    result = talentflow(typed)
    assert result.exit_code == 2
    assert f"did you mean '{meant}'" in result.stderr


def test_a_verb_like_no_other_is_answered_with_all_of_them(talentflow: Call) -> None:
    result = talentflow("xyzzy")
    assert result.exit_code == 2
    assert "known: list, validate" in result.stderr


def test_the_version_is_told(talentflow: Call) -> None:
    assert talentflow("--version").stdout.startswith("talentflow ")


def test_the_list_has_scenarios_levers_and_outcomes(talentflow: Call) -> None:
    told = json.loads(talentflow("list", "--json").stdout)
    assert told["schema"] == "talentflow.list/1"
    entry = next(entry for entry in told["scenarios"] if entry["id"] == REFORM)
    title = {"en": "Make Category A less stringent", "zh": "放宽A类标准"}
    assert entry == {"id": REFORM, "kind": "reform", "measure": 7, "title": title}
    assert BAR in {lever["path"] for lever in told["levers"]}
    assert "stock" in {outcome["id"] for outcome in told["outcomes"]}


def test_one_kind_alone_can_be_listed_in_chinese(talentflow: Call) -> None:
    text = talentflow("list", "scenarios", "--lang", "zh").stdout
    assert text.startswith("方案\n")
    assert "放宽A类标准" in text
    assert BAR not in text


def test_a_valid_file_ends_with_0(talentflow: Call) -> None:
    result = talentflow("validate", REFORM, "one-stop", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"schema": "talentflow.validate/1", "ok": True, "problems": []}


def test_all_problems_of_a_file_are_told_at_once(talentflow: Call, wrong: str) -> None:
    result = talentflow("validate", wrong, "--json")
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert told["ok"] is False
    assert [problem["line"] for problem in told["problems"]] == [5, 6]
    first = told["problems"][0]
    assert first.keys() == {"file", "line", "column", "code", "message", "nearest"}
    assert (first["file"], first["code"], first["nearest"]) == (wrong, "unknown-path", BAR)
    lines = talentflow("validate", wrong).stdout.splitlines()
    assert [line.startswith(f"{wrong}:{n}:") for n, line in zip((5, 6), lines, strict=True)] == [True, True]


def test_problems_are_told_in_chinese(talentflow: Call, wrong: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", talentflow("validate", wrong, "--lang", "zh").stdout)


def test_a_missing_file_is_a_problem(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("validate", str(tmp_path / "missing.yaml"))
    assert result.exit_code == 3
    assert "missing.yaml" in result.stdout


def test_a_person_file_is_checked_as_one(talentflow: Call, person: str) -> None:
    assert talentflow("validate", "--kind", "person", person).exit_code == 0
    assert talentflow("validate", person).exit_code == 3


def test_the_schema_is_printed_or_written(talentflow: Call, tmp_path: Path) -> None:
    printed = json.loads(talentflow("schema").stdout)
    file = tmp_path / "scenario.schema.json"
    assert talentflow("schema", "--out", str(file)).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == printed
    assert "birth" in json.loads(talentflow("schema", "--kind", "person").stdout)["properties"]


def test_a_score_has_the_blocks_that_scripts_rely_on(talentflow: Call, person: str) -> None:
    told = json.loads(talentflow("score", person, "--at", "2026-06", "--json").stdout)
    assert told["schema"] == "talentflow.score/1"
    assert told["blocks"] == {
        "salary": 14, "education": 10, "experience": 20, "months": 15, "chinese": 0, "place": 0, "age": 15, "extra": 0,
        "local": 0,
    }  # fmt: skip
    assert (told["points"], told["category"], told["route"], told["to_next"]) == (74, "B", "points", 11)


def test_a_score_under_two_laws_shows_both(talentflow: Call, person: str) -> None:
    asked = ("score", person, "--rules", f"baseline,{REFORM}", "--at", "2027-06")
    text = talentflow(*asked).stdout
    told = "June 2027: 74 points, Category B (by points)."
    assert f"The law as it stands, {told} 11 points short of Category A." in text
    assert f"Make Category A less stringent, {told} 1 points short of Category A." in text
    assert [rule["to_next"] for rule in json.loads(talentflow(*asked, "--json").stdout)["rules"]] == [11, 1]


def test_a_wrong_person_file_ends_with_3(talentflow: Call, tmp_path: Path) -> None:
    file = tmp_path / "person.yaml"
    file.write_text("{birth: 1984-03, education: batchelor}\n")
    result = talentflow("score", str(file))
    assert result.exit_code == 3
    assert f"{file}:1:" in result.stderr
    assert talentflow("score", str(tmp_path / "missing.yaml")).exit_code == 3


def test_unknown_rules_are_answered_with_the_nearest(talentflow: Call, person: str) -> None:
    result = talentflow("score", person, "--rules", "one-stp")
    assert result.exit_code == 2
    assert "one-stop" in result.stderr
    assert talentflow("score", person, "--rules", ",").exit_code == 2


def test_a_lever_is_told_with_value_source_history_and_reforms(talentflow: Call) -> None:
    text = talentflow("params", BAR, "--at", "2026-01").stdout
    assert "in 2026-01: 85 points" in text
    assert "2000-01  120  [assumption" in text
    assert "2017-04  85  [A3-01:" in text
    assert REFORM in text


def test_all_levers_fit_a_table(talentflow: Call) -> None:
    lines = talentflow("params", "--at", "2026-01").stdout.splitlines()
    assert any(line.startswith(BAR) and " 85 " in line for line in lines)


def test_params_json_has_every_number_with_its_source(talentflow: Call) -> None:
    told = json.loads(talentflow("params", BAR, "--at", "2026-01", "--json").stdout)
    (lever,) = told["params"]
    assert (lever["path"], lever["value"], lever["unit"], lever["source"]) == (BAR, 85, "points", "A3-01")
    assert lever["history"][0]["from"] == "2000-01"


def test_an_unknown_lever_is_answered_with_the_nearest(talentflow: Call) -> None:
    result = talentflow("params", "pointsmin")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


@pytest.mark.parametrize(("lang", "said"), [("en", "goes from 85 to 75 points"), ("zh", "由85变为75")])
def test_a_scenario_is_explained_in_sentences(talentflow: Call, lang: str, said: str) -> None:
    text = talentflow("explain", REFORM, "--lang", lang).stdout
    assert said in text
    assert "A3-01" in text


def test_two_scenarios_are_explained_by_their_difference(talentflow: Call) -> None:
    text = talentflow("explain", REFORM, "one-stop").stdout
    assert f"Only in {REFORM}:" in text
    assert "Only in one-stop:" in text
    told = json.loads(talentflow("explain", REFORM, "one-stop", "--json").stdout)
    assert {view["path"] for view in told["only_first"]} >= {BAR}


def test_the_baseline_is_explained_to_change_nothing(talentflow: Call) -> None:
    assert "changes nothing" in talentflow("explain", "baseline").stdout
    assert "changes nothing" in talentflow("explain", "baseline", "baseline").stdout


def test_a_run_shows_the_years_and_holds_the_months(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("run", "baseline", "--out", str(tmp_path), *SMALL)
    assert result.exit_code == 0
    dates = re.findall(r"^(\d{4}-\d{2}) ", result.stdout, re.MULTILINE)
    assert dates == [f"{year}-12" for year in range(2018, 2029)]
    told = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert told["schema"] == "talentflow.run/1"
    assert len(told["series"]) == 11 * 12
    assert len((tmp_path / "run.csv").read_text(encoding="utf-8").splitlines()) == 11 * 12 + 1


def test_a_run_gives_the_dates_asked_for(talentflow: Call) -> None:
    result = talentflow("run", REFORM, "--date", "2028", "--date", "2020-06", "--outcome", "inflow", *SMALL)
    assert re.findall(r"^(\d{4}-\d{2}) ", result.stdout, re.MULTILINE) == ["2028-12", "2020-06"]
    assert "12 months" in result.stdout


def test_a_check_that_agrees_less_than_on_record_ends_with_a_code_of_its_own(talentflow: Call, tmp_path: Path) -> None:
    coarse = ("check", "--replicates", "1", "--scale", "5000", "--jobs", "1", "--no-patterns", "--quiet")
    file = tmp_path / "record.json"
    assert "on record" not in talentflow(*coarse, "--record", str(file)).output
    kept = talentflow(*coarse, "--against", str(file))
    assert kept.exit_code == 0
    assert "No score is worse than on record" in kept.output
    record = json.loads(file.read_text(encoding="utf-8"))
    record["scores"]["fit"]["met"] += 1
    file.write_text(json.dumps(record), encoding="utf-8")
    worse = talentflow(*coarse, "--against", str(file), "--lang", "zh")
    assert worse.exit_code == 6
    assert "低于记录" in worse.output
    assert (
        json.loads(talentflow(*coarse, "--against", str(file), "--json").output)["record"]["worse"][0]["kind"] == "met"
    )
    other = talentflow(*coarse, "--seed", "2", "--against", str(file))
    assert other.exit_code == 2
    assert "other settings" in other.output


def test_a_check_tells_how_many_targets_are_met(talentflow: Call) -> None:
    coarse = ("check", "--replicates", "1", "--scale", "5000", "--jobs", "1", "--no-patterns")
    told = json.loads(talentflow(*coarse, "--json").stdout)
    assert told["schema"] == "talentflow.check/1"
    text = talentflow(*coarse).stdout
    assert text.startswith(f"{told['met']} of {len(told['targets'])} observed numbers are met")
    scores = told["scores"]
    assert sum(score["total"] for score in scores.values()) == len(told["targets"])
    assert sum(score["met"] for score in scores.values()) == told["met"]
    for begins, section in (("Numbers that parameters may be fitted to", "fit"), ("Numbers held out", "held-out")):
        (line,) = (line for line in text.splitlines() if line.startswith(begins))
        assert f"{scores[section]['met']} of {scores[section]['total']} met" in line
    assert "Germany: still there five years after entry" in text
    assert f"{len(told['unanswered'])} more observed numbers have no answer" in text
    chinese = talentflow(*coarse, "--lang", "zh").stdout
    assert "留作检验" in chinese
    assert "德国：入境五年后仍在" in chinese


def test_a_comparison_may_assume_a_world_and_says_so(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, *SMALL, "--replicates", "2", "--assume", "us-h1b-shock", "--quiet")
    assert result.exit_code == 0
    assert "Assumed on both sides: us-h1b-shock." in result.stdout


def test_a_law_is_no_assumption(talentflow: Call) -> None:
    result = talentflow("compare", REFORM, *SMALL, "--assume", "one-stop")
    assert result.exit_code == 2
    assert "compare it instead" in result.stderr


def test_a_run_shows_the_numbers_of_the_article_beside_ours(talentflow: Call) -> None:
    text = talentflow("run", "baseline", *SMALL, "--quiet").stdout
    assert "The article's numbers beside ours" in text
    assert "65,511" in text
    chinese = talentflow("run", "baseline", *SMALL, "--quiet", "--lang", "zh").stdout
    assert "文章数字与本模型对照" in chinese


def test_worlds_are_listed_as_such(talentflow: Call) -> None:
    told = json.loads(talentflow("list", "scenarios", "--json").stdout)["scenarios"]
    assert {entry["id"] for entry in told if entry["kind"] == "world"} >= {"us-h1b-shock", "german-easing", "home-boom"}
