"""A file of answers: written empty for a student to fill, and read again."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.classroom.lessons.form import LessonForm, QuestionForm
from experiments.classroom.lessons.lesson_words import say
from experiments.classroom.lessons.marking import form_of
from scenarios.checked import check_header, note_unknown_keys
from scenarios.events import read_file
from scenarios.names import shown
from scenarios.problems import ScenarioProblems

SCHEMA = "talentflow.answers/1"
_RULE = {"en": "the answers are to another lesson", "zh": "这是另一课的答案"}
_LINE = 100


def empty_sheet(lesson: LessonForm, lang: str) -> str:
    """Return the text of a file with every question and no answer."""
    title = getattr(lesson.title, lang)
    head = say("sheet_head", lang, number=lesson.number, title=title)
    lines = [f"# {head}", f"schema: {SCHEMA}", f"lesson: {lesson.id}", "answers:"]
    for question in lesson.questions:
        lines += ["", *_comments(question, lang), f'  {question.id}: ""']
    return "\n".join(lines) + "\n"


def _comments(question: QuestionForm, lang: str) -> list[str]:
    # A Chinese character is as wide as two letters.
    pieces = textwrap.wrap(getattr(question.text, lang), _LINE if lang == "en" else _LINE // 2)
    ids = ", ".join(choice.id for choice in question.choices)
    unit = say("unit", lang, unit=getattr(question.unit, lang)) if question.unit else ""
    form = form_of(question)
    asked = (
        say("number", lang, unit=unit)
        if form == "number"
        else say("choices" if form == "choice" else "order", lang, ids=ids)
    )
    return [f"  # {piece}" for piece in (*pieces, asked)]


def read_answers(file: Path, lesson: LessonForm, *, lang: str = "en") -> dict[str, Any]:
    """Return the answers of a file by question.

    Raises
    ------
    scenarios.ScenarioProblems
        If it is no file of answers, is about another lesson, or names a question that the lesson does not have.
    """
    try:
        document = read_file(file, str(file))
        found, named = document.findings, document.data.pop("lesson", lesson.id)
        if named != lesson.id:
            found.add(document.mark("lesson"), "bad-value", key="lesson", value=shown(named), rule=_RULE)
        if check_header(document, SCHEMA, "answers"):
            note_unknown_keys(document, ("answers",), [question.id for question in lesson.questions])
        found.raise_if_any()
    except ScenarioProblems as problems:
        raise problems.to_language(lang) from None
    return dict(document.data["answers"])


def read_pairs(pairs: Sequence[str], lesson: LessonForm, lang: str) -> tuple[dict[str, Any], list[str]]:
    """Return the answers of ``question=value`` texts, and what is wrong with them."""
    ids = [question.id for question in lesson.questions]
    answers: dict[str, Any] = {}
    faults = []
    for text in pairs:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign:
            faults.append(say("pair", lang, text=text))
        elif name not in ids:
            faults.append(say("unknown_question", lang, id=name, ids=", ".join(ids)))
        elif name in answers:
            faults.append(say("twice", lang, id=name))
        answers[name] = value
    return answers, faults
