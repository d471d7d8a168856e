"""A lesson as the page reads it and as a sheet to be printed, for students and for teachers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from experiments.classroom.lessons.form import LessonForm, QuestionForm, StepForm
from experiments.classroom.lessons.lesson_words import say
from experiments.classroom.lessons.marking import form_of, told
from experiments.classroom.lessons.solving import needs_runs, solve
from scenarios import facts

SCHEMA = "talentflow.lesson/1"


def student_sheet(lesson: LessonForm, lang: str) -> dict[str, Any]:
    """Return a lesson as plain values in one language, without any answer."""
    return {
        "id": lesson.id,
        "number": lesson.number,
        "title": _in(lesson.title, lang),
        "minutes": lesson.minutes,
        "aim": _in(lesson.aim, lang),
        "story": _all(lesson.story, lang),
        "how": _all(lesson.how, lang),
        "steps": [_step(step, lang) for step in lesson.steps],
        "questions": [_question(question, lang) for question in lesson.questions],
        "notice": _all(lesson.notice, lang),
        "try": _all(lesson.try_, lang),
        "misleads": _all(lesson.misleads, lang),
        "extending": _all(lesson.extending, lang),
        "reading": [source_of(source.fact, _in(source.why, lang)) for source in lesson.reading],
    }


def teacher_sheet(lesson: LessonForm, lang: str) -> dict[str, Any]:
    """Return a lesson with the teacher's notes, and answers computed now."""
    answers = []
    for question in lesson.questions:
        solved = solve(lesson, question)
        low, high = solved.range if isinstance(solved.value, float) else (None, None)
        answers.append(
            {
                "id": question.id,
                "answer": list(solved.value) if isinstance(solved.value, tuple) else solved.value,
                "text": told(question, solved, lang),
                "low": low,
                "high": high,
                "is_clear": solved.is_clear,
                "why": _in(question.why, lang),
                "hint": _in(question.hint, lang),
            }
        )
    return {**student_sheet(lesson, lang), "teacher": _all(lesson.teacher, lang), "answers": answers}


def lines_of(lesson: LessonForm, lang: str) -> Iterator[str]:
    """Yield a student's sheet as paragraphs; lines that must stay whole begin with four blanks."""
    sheet = student_sheet(lesson, lang)
    yield say("lesson", lang, number=sheet["number"], title=sheet["title"])
    yield say("minutes", lang, minutes=sheet["minutes"])
    yield from _section("aim", [sheet["aim"]], lang)
    yield from _section("what", sheet["story"], lang)
    yield from _section("how", sheet["how"], lang)
    yield from _heading("use", lang)
    for number, step in enumerate(sheet["steps"], 1):
        yield from _step_lines(number, step, lang)
    yield from _heading("questions", lang)
    for number, question in enumerate(sheet["questions"], 1):
        yield from _question_lines(number, question, lang)
    if any(needs_runs(question.compute) for question in lesson.questions):
        yield say("made_with", lang, **lesson.runs.model_dump())
    for name in ("notice", "try", "misleads", "extending"):
        yield from _section(name, sheet[name], lang, as_list=True)
    yield from _section("sources", [_source_line(source) for source in sheet["reading"]], lang, as_list=True)
    yield ""
    yield say("next", lang, id=lesson.id)


def teacher_lines(lesson: LessonForm, lang: str) -> Iterator[str]:
    """Yield the teacher's notes and the computed answers."""
    sheet = teacher_sheet(lesson, lang)
    yield from _section("teacher", sheet["teacher"], lang, as_list=True)
    yield from _heading("answers", lang)
    for number, answer in enumerate(sheet["answers"], 1):
        is_range = answer["low"] is not None and answer["low"] != answer["high"]
        reach = f" ({answer['low']:,.4g} ... {answer['high']:,.4g})" if is_range else ""
        doubt = "" if answer["is_clear"] else " " + say("unclear", lang)
        yield f"{number}. {answer['id']}: {answer['text']}{reach}{doubt}"
        yield f"   {answer['why']}"


def source_of(fact_id: str, why: str) -> dict[str, str]:
    """Return where a fact of the collection comes from, and why to read it."""
    fact = facts()[fact_id]
    year = f" ({fact.year})" if fact.year and fact.year not in fact.source_title else ""
    told_source = {"text": f"{fact.source_title}{year}: {why} [{fact_id}]"}
    address = fact.source_address
    return {**told_source, "url": address} if address.startswith(("http://", "https://")) else told_source


def _in(label: Any, lang: str) -> str:
    return str(getattr(label, lang))


def _all(labels: Sequence[Any], lang: str) -> list[str]:
    return [_in(label, lang) for label in labels]


def _step(step: StepForm, lang: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": _in(step.text, lang)}
    if step.file is not None:
        shown["file"] = step.file.model_dump()
    if step.command is not None:
        shown["command"] = step.command
    if step.asked is not None:
        shown["asked"] = asked_of(step)
    return shown


def asked_of(step: StepForm) -> dict[str, Any]:
    """Return what a step asks in the page, as ``talentflow.asked/1`` without its defaults."""
    told_asked = step.asked.model_dump(by_alias=True, exclude_none=True) if step.asked else {}
    return {key: value for key, value in told_asked.items() if value not in ([], {})}


def _question(question: QuestionForm, lang: str) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": _in(question.text, lang),
        "kind": form_of(question),
        "choices": [{"id": choice.id, "text": _in(choice.text, lang)} for choice in question.choices],
        "unit": _in(question.unit, lang) if question.unit else "",
        "hint": _in(question.hint, lang),
        "quick": not needs_runs(question.compute),
    }


def _heading(name: str, lang: str) -> Iterator[str]:
    yield ""
    yield say(name, lang).upper()


def _section(name: str, texts: Sequence[str], lang: str, *, as_list: bool = False) -> Iterator[str]:
    yield from _heading(name, lang)
    for text in texts:
        yield f"- {text}" if as_list else text


def _step_lines(number: int, step: dict[str, Any], lang: str) -> Iterator[str]:
    yield f"{number}. {step['text']}"
    if "file" in step:
        yield "   " + say("save_as", lang, name=step["file"]["name"])
        yield from (f"      {line}" for line in step["file"]["text"].rstrip().split("\n"))
    if "asked" in step:
        yield "   " + say("in_the_page", lang, asked=_asked_words(step["asked"]))
    if "command" in step:
        yield f"   $ {step['command']}"


def _asked_words(asked: dict[str, Any]) -> str:
    changed = [_change_words(change) for change in asked.get("changes", [])]
    return ", ".join([*asked.get("reforms", []), *changed])


def _change_words(change: dict[str, Any]) -> str:
    """Return a change as a reader finds it in the page.

    >>> _change_words({"path": "work_permit.category_b.permit_months", "from": "2027-01", "set": 60.0})
    'work_permit.category_b.permit_months: set 60 (2027-01)'
    """
    done = [f"{name} {change[name]:g}" for name in ("set", "add", "multiply") if name in change]
    steps = [f"{month} {value:g}" for month, value in change.get("phase", {}).items()]
    start = f" ({change['from']})" if "from" in change else ""
    return f"{change['path']}: {', '.join([*done, *steps])}{start}"


def _question_lines(number: int, question: dict[str, Any], lang: str) -> Iterator[str]:
    yield f"{number}. [{question['id']}] {question['text']}"
    yield from (f"   {choice['id']}: {choice['text']}" for choice in question["choices"])
    ids = ", ".join(choice["id"] for choice in question["choices"])
    if question["kind"] == "choice":
        yield "   " + say("choices", lang, ids=ids)
    elif question["kind"] == "order":
        yield "   " + say("order", lang, ids=ids)
    else:
        unit = say("unit", lang, unit=question["unit"]) if question["unit"] else ""
        yield "   " + say("number", lang, unit=unit)


def _source_line(source: dict[str, str]) -> str:
    return f"{source['text']} {source.get('url', '')}".rstrip()
