"""Answers as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from experiments.classroom.lessons import check
from experiments.classroom.lessons.marking import mark
from experiments.classroom.lessons.reading import read_lesson
from experiments.classroom.lessons.solving import Answer, solve
from experiments.design import DesignError


@pytest.mark.parametrize("answer", [74, 74.0, "74", " 74 ", "７４", "74.0"])
def test_a_number_is_read_however_it_is_written(answer: Any) -> None:
    assert check("points", "points-of-marta", answer)["right"]


@pytest.mark.parametrize("answer", ["14%", "0.14", 0.14, "１４％", "13.97 %"])
def test_a_share_may_be_a_percentage(answer: Any) -> None:
    assert check("one-choice", "share-at-minus-one", answer)["right"]


@pytest.mark.parametrize("answer", ["seventy", True, "nan", "inf", [74], {"a": 1}])
def test_what_is_no_number_is_told_and_not_an_error(answer: Any) -> None:
    told = check("points", "points-of-marta", answer)
    assert not told["right"]
    assert "number" in told["text"]


def test_a_thousands_comma_is_no_decimal_point() -> None:
    assert check("pension-residence", "no-cliff", "7,915")["right"]


def test_an_unknown_choice_is_answered_with_the_choices() -> None:
    told = check("points", "best-step", "north")
    assert "north-east" in told["text"]


def test_a_choice_may_have_a_hint_of_its_own() -> None:
    own = check("points", "best-step", "pay-450")["hint"]
    assert own != check("points", "best-step", "master")["hint"]


@pytest.mark.parametrize("answer", [None, "", []])
def test_no_answer_is_missing_and_not_wrong(answer: Any) -> None:
    lesson = read_lesson("points")
    assert mark(lesson, lesson.questions[0], answer, "en").verdict == "missing"


def test_an_order_is_read_from_a_list_or_from_text() -> None:
    lesson = read_lesson("beliefs-networks")
    question = next(one for one in lesson.questions if one.id == "reach-or-evenness")
    right = solve(lesson, question).value
    assert isinstance(right, tuple)
    for answer in (list(right), ", ".join(right), " > ".join(right)):
        assert mark(lesson, question, answer, "en").verdict == "right"
    assert mark(lesson, question, [right[0]], "en").verdict == "wrong"


def test_an_unknown_question_is_told_with_the_nearest_one() -> None:
    with pytest.raises(DesignError, match="points-of-marta"):
        check("points", "points-of-mart", 74)


def test_an_unknown_lesson_is_told_with_the_nearest_one() -> None:
    with pytest.raises(DesignError, match="did you mean 'points'"):
        check("point", "points-of-marta", 74)


def test_a_lesson_is_found_by_id_number_and_both() -> None:
    assert read_lesson("points") is read_lesson("2") is read_lesson("02") is read_lesson("02-points")


def test_the_range_of_a_number_that_a_rule_gave_is_the_number() -> None:
    assert Answer(3.0).range == (3.0, 3.0)
