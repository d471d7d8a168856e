"""Lessons that check themselves: what they say is data, what is right the model computes.

The functions here take and give plain values, so that a server can call them in a worker.

>>> from experiments.classroom.lessons import lesson
>>> lesson("points", "en")["number"]
2
"""

from __future__ import annotations

from typing import Any

from experiments.classroom.lessons.form import LessonForm, QuestionForm
from experiments.classroom.lessons.marking import mark
from experiments.classroom.lessons.reading import read_lesson, shipped
from experiments.classroom.lessons.solving import needs_runs
from experiments.classroom.lessons.telling import student_sheet
from experiments.design import DesignError, unknown

__all__ = ["check", "is_quick", "lesson", "listing", "question_of"]


def listing(lang: str = "en") -> list[dict[str, Any]]:
    """Return the shipped lessons in their order: id, number, title, minutes, aim, number of questions."""
    sheets = [student_sheet(read_lesson(identity), lang) for identity in shipped()]
    return [
        {
            **{name: sheet[name] for name in ("id", "number", "title", "minutes", "aim")},
            "questions": len(sheet["questions"]),
        }
        for sheet in sheets
    ]


def lesson(name: str, lang: str = "en") -> dict[str, Any]:
    """Return a lesson, by id or file, as the page reads it: without any answer.

    Raises
    ------
    DesignError
        If there is no such lesson.
    scenarios.ScenarioProblems
        If its file is wrong.
    """
    return student_sheet(read_lesson(name, lang=lang), lang)


def check(name: str, question: str, answer: Any, lang: str = "en") -> dict[str, Any]:
    """Mark one answer: ``right``, what to say, and a hint; see :func:`marking.mark` for what an answer is.

    Raises
    ------
    DesignError
        If there is no such lesson or question.
    """
    found = read_lesson(name, lang=lang)
    return mark(found, question_of(found, question), answer, lang).to_dict()


def is_quick(name: str, question: str) -> bool:
    """Return whether an answer is marked at once; otherwise it needs pairs of runs, which take seconds."""
    return not needs_runs(question_of(read_lesson(name), question).compute)


def question_of(found: LessonForm, question: str) -> QuestionForm:
    """Return a question of a lesson by its id; raise DesignError if there is none."""
    by_id = {one.id: one for one in found.questions}
    if question not in by_id:
        raise DesignError(unknown("question", question, tuple(by_id)))
    return by_id[question]
