"""Answers marked: right or not, with a hint that helps to think again."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from experiments.classroom.lessons.form import LessonForm, QuestionForm
from experiments.classroom.lessons.kinds import CHOICE_KINDS, ORDER_KINDS
from experiments.classroom.lessons.lesson_words import say
from experiments.classroom.lessons.solving import Answer, solve

Form = Literal["number", "choice", "order"]


@dataclass(frozen=True)
class Mark:
    """What is said of an answer: ``verdict`` is right, wrong or missing; ``hint`` is empty if it is right."""

    question: str
    verdict: Literal["right", "wrong", "missing"]
    text: str
    hint: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as the page reads it."""
        return {"right": self.verdict == "right", "text": self.text, "hint": self.hint}


class _Unreadable(Exception):  # noqa: N818 - an answer that is none of those asked for is told, not an error
    """An answer that is no number, choice or order."""


def form_of(question: QuestionForm) -> Form:
    """Return what is to be answered: a number, a choice or an order."""
    kind = question.compute["kind"]
    return "order" if kind in ORDER_KINDS else "choice" if kind in CHOICE_KINDS else "number"


def mark(lesson: LessonForm, question: QuestionForm, answer: Any, lang: str) -> Mark:
    """Mark an answer.

    Parameters
    ----------
    answer
        A number or its text (``0.35``, ``35%``), the id of a choice, or ids in order; None or nothing if there is none.
    """
    hint = question.hint.model_dump()[lang]
    if answer is None or answer in ("", []):
        return Mark(question.id, "missing", say("missing", lang), hint)
    try:
        given = _read(question, answer, lang)
    except _Unreadable as fault:
        return Mark(question.id, "wrong", str(fault), hint)
    solved = solve(lesson, question)
    if is_right(question, given, solved):
        why = question.why.model_dump()[lang]
        return Mark(question.id, "right", say("right", lang, answer=told(question, solved, lang), why=why))
    own = next((choice.hint for choice in question.choices if choice.id == given and choice.hint), None)
    return Mark(question.id, "wrong", say("wrong", lang), own.model_dump()[lang] if own else hint)


def is_right(question: QuestionForm, given: Any, solved: Answer) -> bool:
    """Return whether an answer is the model's, within the tolerance of the question."""
    if not isinstance(solved.value, float):
        return bool(given == solved.value)
    off = max(question.tolerance or 0.0, (question.tolerance_share or 0.0) * abs(solved.value))
    # A number on the edge of a tolerance should not fall to the last bit of a sum.
    return bool(abs(given - solved.value) <= off * (1 + 1e-9) + 1e-9)


def told(question: QuestionForm, solved: Answer, lang: str) -> str:
    """Return an answer as people read it: with its unit, its range, or the words of the choices."""
    words = {choice.id: str(getattr(choice.text, lang)) for choice in question.choices}
    if isinstance(solved.value, tuple):
        return (", " if lang == "en" else "、").join(words.get(name, name) for name in solved.value)
    if isinstance(solved.value, str):
        return words.get(solved.value, solved.value)
    unit = f" {question.unit.model_dump()[lang]}" if question.unit else ""
    return f"{_plain(solved.value)}{unit}"


def _plain(number: float) -> str:
    """Return a number with three digits, or all digits of a large whole one.

    >>> _plain(0.123456), _plain(74.0), _plain(21666.7)
    ('0.123', '74', '21,667')
    """
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}" if abs(number) < 100 else f"{number:.4g}"


def _read(question: QuestionForm, answer: Any, lang: str) -> Any:
    form, ids = form_of(question), [choice.id for choice in question.choices]
    if form == "number":
        return _number(answer, lang)
    listed = (", " if lang == "en" else "、").join(ids)
    if form == "choice":
        if str(answer).strip() not in ids:
            raise _Unreadable(say("no_choice", lang, ids=listed))
        return str(answer).strip()
    names = _names(answer)
    if sorted(names) != sorted(ids):
        raise _Unreadable(say("no_order", lang, ids=listed))
    return tuple(names)


def _names(answer: Any) -> list[str]:
    told_names: Sequence[Any] = answer if isinstance(answer, list | tuple) else str(answer).replace(">", ",").split(",")
    return [str(name).strip(" []") for name in told_names]


def _number(answer: Any, lang: str) -> float:
    """Return the number that an answer is: full-width digits, thousands and percentages are read, too."""
    text = unicodedata.normalize("NFKC", str(answer)).replace(",", "").replace("−", "-").strip()
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise _Unreadable(say("no_number", lang)) from None
    if isinstance(answer, bool) or not math.isfinite(number):
        raise _Unreadable(say("no_number", lang))
    return number
