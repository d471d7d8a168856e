"""``talentflow lesson``: list, start, check, and how they end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from experiments.classroom.lessons.reading import read_lesson
from experiments.classroom.lessons.solving import solve
from experiments.cli.outcome import IMPRECISE, INTERRUPTED, INVALID_INPUT, RUNS_FAILED, USAGE, WORSE


def right_answers(identity: str) -> list[str]:
    """Return the options that answer every question right."""
    lesson = read_lesson(identity)
    return [f"--answer={one.id}={solve(lesson, one).value}" for one in lesson.questions]


def test_list_tells_the_lessons_in_order(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "list").stdout.splitlines()
    assert len(told) == 9
    assert "one-choice" in told[1]
    assert "regions-packages" in told[8]


def test_list_as_json_names_the_fields_of_a_lesson(talentflow: Callable[..., Result]) -> None:
    told = json.loads(talentflow("lesson", "list", "--json", "--lang", "zh").stdout)
    assert told["schema"] == "talentflow.lessons/1"
    assert told["lessons"][0].keys() == {"id", "number", "title", "minutes", "aim", "questions"}


def test_start_shows_the_students_sheet_without_answers(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "start", "one-choice")
    assert told.exit_code == 0
    assert "THINGS TO NOTICE" in told.stdout
    assert "[share-at-minus-one]" in told.stdout
    assert "FOR TEACHERS" not in told.stdout


def test_start_for_teachers_holds_computed_answers(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "start", "one-choice", "--teacher", "--lang", "zh").stdout
    assert "eight-years: 5.87" in told


def test_start_and_check_with_a_sheet(talentflow: Callable[..., Result], tmp_path: Path) -> None:
    sheet = tmp_path / "answers.yaml"
    assert talentflow("lesson", "start", "one-choice", "--out", sheet).exit_code == 0
    empty = talentflow("lesson", "check", "one-choice", "--answers", sheet)
    assert empty.exit_code == 6
    assert "0 of 6 right." in empty.stdout
    text = sheet.read_text("utf-8").replace('  eight-years: ""', "  eight-years: 5.9")
    sheet.write_text(text, encoding="utf-8")
    told = json.loads(talentflow("lesson", "check", "one-choice", "--answers", sheet, "--json").stdout)
    verdicts = {one["id"]: one["verdict"] for one in told["questions"]}
    assert verdicts["eight-years"] == "right"
    assert verdicts["risky-years"] == "missing"


def test_a_sheet_is_not_written_over_another(talentflow: Callable[..., Result], tmp_path: Path) -> None:
    sheet = tmp_path / "answers.yaml"
    sheet.write_text("mine", encoding="utf-8")
    assert talentflow("lesson", "start", "one-choice", "--out", sheet).exit_code == 2
    assert sheet.read_text("utf-8") == "mine"


def test_all_right_ends_with_zero(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "check", "one-choice", *right_answers("one-choice"))
    assert told.exit_code == 0
    assert "6 of 6 right." in told.stdout


def test_a_wrong_answer_ends_with_six_and_a_hint(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "check", "one-choice", *right_answers("one-choice"), "--lang", "zh")
    assert told.exit_code == 0
    wrong = talentflow("lesson", "check", "points", "--answer", "points-of-marta=85")
    assert wrong.exit_code == 6
    assert "points-of-marta: wrong" in wrong.stdout
    assert "Hint: Go block by block" in wrong.stdout


@pytest.mark.parametrize("answer", ["points-of-marta", "nothing=1"])
def test_an_answer_that_cannot_be_read_is_invalid_input(talentflow: Callable[..., Result], answer: str) -> None:
    told = talentflow("lesson", "check", "points", "--answer", answer)
    assert told.exit_code == 3
    assert told.stderr


def test_a_question_answered_twice_is_invalid_input(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "check", "points", "--answer", "best-step=master", "--answer", "best-step=hsk-5")
    assert told.exit_code == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: talentflow.answers/1\nlesson: queues\nanswers: {best-step: master}\n", "another lesson"),
        ("schema: talentflow.answers/1\nanswers: {best-stp: master}\n", "best-step"),
        ("answers: {best-step: master}\n", "schema"),
        ("schema: talentflow.answers/1\nanswers: 3\n", "answers"),
    ],
)
def test_a_wrong_sheet_is_told_with_its_line(
    talentflow: Callable[..., Result], tmp_path: Path, text: str, code: str
) -> None:
    sheet = tmp_path / "answers.yaml"
    sheet.write_text(text, encoding="utf-8")
    told = talentflow("lesson", "check", "points", "--answers", sheet)
    assert told.exit_code == 3
    assert f"{sheet}:" in told.stderr
    assert code in told.stderr


def test_an_unknown_lesson_is_told_with_the_nearest(talentflow: Callable[..., Result]) -> None:
    told = talentflow("lesson", "start", "quees")
    assert told.exit_code == 2
    assert "did you mean 'queues'" in told.stderr


def test_a_wrong_lesson_of_ones_own_is_invalid_input(talentflow: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("schema: talentflow.lesson/1\nid: mine\n", encoding="utf-8")
    told = talentflow("lesson", "check", file)
    assert told.exit_code == 3
    assert "mine.yaml:1:1" in told.stderr


def test_the_same_sheet_twice_is_the_same_text(talentflow: Callable[..., Result]) -> None:
    first, second = (talentflow("lesson", "start", "points", "--lang", "zh").stdout for _ in range(2))
    assert first == second


def test_validate_knows_a_lesson_by_its_schema(talentflow: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("schema: talentflow.lesson/1\nid: mine\n", encoding="utf-8")
    told = talentflow("validate", file)
    assert told.exit_code == 3
    assert "'questions' is missing" in told.stdout


def test_the_examples_in_the_help_name_questions_that_there_are() -> None:
    from experiments.cli.lessons.check import _EXAMPLES

    answered = re.findall(r"lesson check (\S+) --answer ([\w-]+)=", _EXAMPLES)
    assert answered
    for identity, name in answered:
        assert name in [question.id for question in read_lesson(identity).questions]


def test_the_help_tells_every_exit_code(talentflow: Callable[..., Result]) -> None:
    told = talentflow("--help").stdout.partition("Exit codes:")[2]
    codes = (0, USAGE, INVALID_INPUT, RUNS_FAILED, IMPRECISE, WORSE, INTERRUPTED)
    assert re.findall(r"\d+", told) == [str(code) for code in codes]
