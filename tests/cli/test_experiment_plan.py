"""``talentflow experiment plan`` and ``expand``, and experiment files under ``validate`` and ``schema``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.batch.words import PLAN_WORDS

Call = Callable[..., Result]
STUDY = (
    "schema: talentflow.experiment/1\nid: study\ntitle: {en: A study, zh: 研究}\nscenarios: [one-stop]\n"
    "run: {scale: 100000, until: 2027-06}\nkeep: {dates: [2027-03]}\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    file = tmp_path / "experiment.yaml"
    file.write_text(STUDY + "replicates: 3\n", encoding="utf-8")
    return file


def test_a_plan_tells_runs_time_and_disk_and_the_line_that_runs_it(talentflow: Call, study: Path) -> None:
    result = talentflow("experiment", "plan", study, "--jobs", "2")
    assert result.exit_code == 0
    assert "6, in 3 families of 2" in result.stdout
    assert "with 2 workers" in result.stdout
    assert f"talentflow experiment run {study} --out study" in result.stdout


def test_a_folder_is_planned_like_its_file_in_chinese_too(talentflow: Call, study: Path) -> None:
    text = talentflow("experiment", "plan", study.parent, "--lang", "zh").stdout
    assert text.startswith("研究\n")
    assert "6次，分为3组" in text
    assert f"talentflow experiment run {study.parent}" in text
    assert "--out" not in text


def test_a_plan_as_json_has_the_fields_that_scripts_rely_on(talentflow: Call, study: Path) -> None:
    told = json.loads(talentflow("experiment", "plan", study, "--json", "--quiet").stdout)
    assert told["schema"] == "talentflow.plan/1"
    assert (told["experiment"], told["runs"], told["families"], told["runs_in_family"], told["chunks"]) == (
        "study", 6, 3, 2, 3,
    )  # fmt: skip
    assert set(told) >= {
        "hours",
        "gigabytes",
        "seconds_per_run",
        "bytes_per_run",
        "jobs",
        "limits",
        "most_runs",
        "draws",
    }
    assert told["pilot"]["runs"] == 2


def test_too_many_runs_are_refused_before_anything_is_run(talentflow: Call, study: Path) -> None:
    study.write_text(STUDY + "limits: {runs: 39}\n", encoding="utf-8")
    result = talentflow("experiment", "plan", study)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "the batch takes 40 runs, above its limit of 39: write 'limits: {runs: 40}' in its file, or ask for fewer "
        "replicates, draws or scenarios\n"
    )


def test_too_long_a_batch_is_refused_after_it_is_shown(talentflow: Call, study: Path) -> None:
    study.write_text(STUDY + "limits: {hours: 0.000001}\n", encoding="utf-8")
    result = talentflow("experiment", "plan", study)
    assert result.exit_code == 3
    assert "families of 2" in result.stdout
    assert "above its limit of 1e-06" in result.stderr


def test_a_wrong_file_is_told_with_line_and_column(talentflow: Call, study: Path) -> None:
    study.write_text(STUDY.replace("one-stop", "one-stopp") + "limit: {runs: 9}\n", encoding="utf-8")
    result = talentflow("experiment", "plan", study)
    assert result.exit_code == 3
    assert [line.partition("  ")[0] for line in result.stderr.splitlines()] == [f"{study}:4:13", f"{study}:7:1"]


def test_a_wrong_name_in_a_file_is_invalid_input_and_not_wrong_usage(talentflow: Call, study: Path) -> None:
    study.write_text(STUDY.replace("one-stop", "one-stopp"), encoding="utf-8")
    assert talentflow("experiment", "plan", study).exit_code == 3
    assert talentflow("run", "one-stopp").exit_code == 2


def test_sobol_draws_between_powers_of_two_are_told(talentflow: Call, study: Path) -> None:
    study.write_text(STUDY + "replicates: 1\nuncertainty: {method: sobol, draws: 5}\n", encoding="utf-8")
    assert "4 or 8 draws would be, 5 are not quite" in talentflow("experiment", "plan", study).stdout
    study.write_text(STUDY + "replicates: 1\nuncertainty: {method: sobol, draws: 4}\n", encoding="utf-8")
    assert "powers of two" not in talentflow("experiment", "plan", study).stdout


def test_what_is_assumed_and_so_not_drawn_is_told(talentflow: Call, study: Path) -> None:
    drawn = "replicates: 1\nuncertainty: {posterior: shipped, draws: 4}\n"
    study.write_text(STUDY + drawn, encoding="utf-8")
    plain = talentflow("experiment", "plan", study).stdout
    assert "of 37 parameters, out of shipped" in plain
    assert "so not drawn" not in plain
    study.write_text(STUDY + drawn + "assume: [family-lead-alone]\n", encoding="utf-8")
    held = talentflow("experiment", "plan", study).stdout
    assert "of 35 parameters, out of shipped" in held
    (line,) = (line for line in held.splitlines() if "so not drawn" in line)
    assert {"theta_mean", "lead_weight"} == set(line.rstrip(".").partition(": ")[2].split(", "))


def test_a_file_that_is_not_there_is_told(talentflow: Call, tmp_path: Path) -> None:
    result = talentflow("experiment", "plan", tmp_path)
    assert result.exit_code == 3
    assert "experiment.yaml" in result.stderr


def test_an_unknown_verb_of_a_batch_is_told_with_the_nearest(talentflow: Call) -> None:
    result = talentflow("experiment", "plann")
    assert result.exit_code == 2
    assert "did you mean 'plan'?" in result.stderr


@pytest.mark.parametrize("verb", ["plan", "expand"])
def test_each_verb_has_a_help_with_examples(talentflow: Call, verb: str) -> None:
    text = talentflow("experiment", verb, "--help").stdout
    assert f"talentflow experiment {verb}" in text.partition("Examples:")[2]


def test_an_experiment_file_is_known_by_its_schema_line(talentflow: Call, study: Path) -> None:
    assert talentflow("validate", study).exit_code == 0
    assert talentflow("validate", study.parent).exit_code == 0
    study.write_text(STUDY.replace("one-stop", "one-stopp"), encoding="utf-8")
    told = json.loads(talentflow("validate", study, "--json").stdout)
    assert [(one["line"], one["code"], one["nearest"]) for one in told["problems"]] == [
        (4, "unknown-scenario", "one-stop")
    ]
    wrong = talentflow("validate", study, "--kind", "scenario")
    assert (wrong.exit_code, "talentflow.scenario/1" in wrong.stdout) == (3, True)


def test_the_schema_of_an_experiment_file_names_what_it_may_hold(talentflow: Call) -> None:
    schema = json.loads(talentflow("schema", "--kind", "experiment").stdout)
    assert schema["required"] == ["schema", "id", "title", "scenarios"]
    assert schema["additionalProperties"] is False
    parts = schema["$defs"]
    assert "stock" in parts["KeepForm"]["properties"]["outcomes"]["items"]["enum"]
    assert {"all", "category", "category=A"} <= set(parts["KeepForm"]["properties"]["groups"]["items"]["enum"])
    assert "work_permit.category_a.points_min" in parts["ArmForm"]["properties"]["levers"]["propertyNames"]["enum"]
    assert '"null"' not in json.dumps(schema)
    named = set(_references(schema))
    assert {"ArmForm", "ReplicatesForm", "StopForm"} <= named <= set(parts)


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [str(node["$ref"]).rpartition("/")[2]] if "$ref" in node else []
        return own + [name for value in node.values() for name in _references(value)]
    return [name for item in node for name in _references(item)] if isinstance(node, list) else []


@pytest.mark.parametrize("key", PLAN_WORDS)
def test_what_is_said_of_a_plan_is_said_in_both_languages(key: str) -> None:
    english, chinese = PLAN_WORDS[key]
    blanks = [sorted(part.partition("}")[0] for part in text.split("{")[1:]) for text in (english, chinese)]
    assert blanks[0] == blanks[1]
