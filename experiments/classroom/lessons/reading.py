"""Lessons read from files, with every problem told at once: file, line, column, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.classroom.lessons.form import LawForm, LessonForm
from experiments.classroom.lessons.kinds import CHOICE_KINDS, COMBINED, KINDS, ORDER_KINDS
from experiments.classroom.lessons.laws import law_named, law_of
from experiments.design import DesignError, unknown
from scenarios import ScenarioProblems, facts, levers
from scenarios.checked import checked
from scenarios.events import Document, Location, read_file
from scenarios.names import listed, nearest, shown
from scenarios.problems import check_language
from scenarios.reading import is_path
from scenarios.schema import Form

_HERE = Path(__file__).parent
SIGNS = ("up", "down", "same", "unclear")
_CHOICES_RULE = {
    "en": "the choices of a question hold every name that its computation can give",
    "zh": "选项须包含计算可能给出的全部名称",
}
_TOLERANCE_RULE = {
    "en": "a number needs `tolerance` or `tolerance_share`; a choice or an order needs `choices`",
    "zh": "数值题须有`tolerance`或`tolerance_share`；选择题和排序题须有`choices`",
}
_PARTS_RULE = {"en": "two or more computations by name", "zh": "须有两个或更多带名称的计算"}
_TWICE_RULE = {"en": "an id stands once", "zh": "id不得重复"}


def shipped() -> dict[str, Path]:
    """Return the files of the shipped lessons by id, in their order."""
    return {path.stem.partition("-")[2]: path for path in sorted(_HERE.glob("[0-9][0-9]-*.yaml"))}


def read_lesson(name: str | Path, *, lang: str = "en") -> LessonForm:
    """Return a shipped lesson by its id (or number and id, or number), or the lesson of a file.

    Raises
    ------
    DesignError
        If there is no lesson of that id.
    scenarios.ScenarioProblems
        With everything that is wrong with a file, told in ``lang``, ``en`` or ``zh``.
    """
    check_language(lang)
    text = str(name)
    try:
        known = _known_as(text)
        if known is not None:
            return _shipped(known)
        if not is_path(text):
            raise DesignError(unknown("lesson", text, tuple(shipped())))
        return lesson_from(read_file(Path(text), text))
    except ScenarioProblems as problems:
        raise problems.to_language(lang) from None


def _known_as(text: str) -> str | None:
    for identity, path in shipped().items():
        if text in {identity, path.stem, path.stem[:2], str(int(path.stem[:2]))}:
            return identity
    return None


@lru_cache(maxsize=64)
def _shipped(identity: str) -> LessonForm:
    path = shipped()[identity]
    return lesson_from(read_file(path, path.name))


def lesson_from(document: Document) -> LessonForm:
    """Return the lesson that a document describes."""
    lesson = checked(LessonForm, document)
    document.findings.raise_if_any()
    if lesson is None:
        raise AssertionError("a lesson is missing without a problem")
    _note_laws(lesson, document)
    _note_sources(lesson, document)
    _note_twice([question.id for question in lesson.questions], document)
    for number, question in enumerate(lesson.questions):
        place: Location = ("questions", number, "compute")
        if _note_computation(document, place, lesson):
            _note_form_of_answer(question, document, ("questions", number))
    document.findings.raise_if_any()
    return lesson


def _note_laws(lesson: LessonForm, document: Document) -> None:
    for name, form in lesson.laws.items():
        _note_law(name, form, document, ("laws", name))
    for number, step in enumerate(lesson.steps):
        if step.asked is not None:
            _note_law("asked", step.asked, document, ("steps", number, "asked"))


def _note_law(name: str, form: LawForm, document: Document, place: Location) -> None:
    """Note what keeps a law from being made."""
    try:
        law_of(name, form)
    except ScenarioProblems as found:
        first = found.problems[0]
        rule = {lang: first.in_languages.get(lang, first.message) for lang in ("en", "zh")}
        mark = document.mark(*place)
        document.findings.add(mark, "bad-value", key=str(place[-1]), value=shown(first.file), rule=rule)


def _note_sources(lesson: LessonForm, document: Document) -> None:
    known = facts()
    for number, source in enumerate(lesson.reading):
        if source.fact not in known:
            _note_unknown(source.fact, list(known), document, ("reading", number, "fact"))


def _note_twice(ids: Sequence[str], document: Document) -> None:
    for number, identity in enumerate(ids):
        if identity in ids[:number]:
            mark = document.mark("questions", number, "id")
            document.findings.add(mark, "bad-value", key="id", value=shown(identity), rule=_TWICE_RULE)


def _note_computation(document: Document, place: Location, lesson: LessonForm) -> bool:
    """Note what is wrong with a computation and those it is made of; return whether nothing is."""
    told = document.part(*place)
    if not isinstance(told, dict) or "kind" not in told:
        document.findings.add(document.mark(*place), "missing-key", key="kind")
        return False
    kind = told["kind"]
    if kind not in KINDS:
        _note_unknown(kind, list(KINDS), document, (*place, "kind"))
        return False
    form = checked(KINDS[kind], document, place)
    if form is None:
        return False
    # All of them are looked at, not only those up to the first fault.
    inner = [_note_computation(document, inside, lesson) for inside in _inner_places(told, place, document)]
    return _note_names(form, document, place, lesson) and all(inner)


def _inner_places(told: Mapping[str, Any], place: Location, document: Document) -> list[Location]:
    if told["kind"] == "difference-sign":
        return [(*place, "of")]
    if KINDS[told["kind"]] not in COMBINED:
        return []
    if len(told["of"]) < 2:
        document.findings.add(
            document.mark(*place, "of"), "bad-value", key="of", value=str(len(told["of"])), rule=_PARTS_RULE
        )
    return [(*place, "of", name) for name in told["of"]]


def _note_names(form: Form, document: Document, place: Location, lesson: LessonForm) -> bool:
    """Note a law or a lever that does not exist; return whether there is none."""
    before = len(document.findings.problems)
    law, path = getattr(form, "law", "baseline"), getattr(form, "path", None)
    try:
        law_named(law, lesson.laws)
    except ScenarioProblems as found:
        if law in lesson.laws:
            return False
        meant = found.problems[0].nearest or nearest(law, list(lesson.laws))
        document.findings.add(document.mark(*place, "law"), "unknown-scenario", value=shown(law), nearest=meant)
    if path is not None and path not in levers():
        _note_unknown(path, list(levers()), document, (*place, "path"))
    return len(document.findings.problems) == before


def _note_form_of_answer(question: Any, document: Document, place: Location) -> None:
    """Note a question whose choices or tolerance do not fit what its computation gives."""
    compute, ids = question.compute, [choice.id for choice in question.choices]
    kind = compute["kind"]
    is_named = kind in CHOICE_KINDS | ORDER_KINDS
    has_tolerance = question.tolerance is not None or question.tolerance_share is not None
    if is_named != bool(ids) or is_named == has_tolerance:
        document.findings.add(
            document.mark(*place), "bad-value", key="question", value=shown(question.id), rule=_TOLERANCE_RULE
        )
    wanted = set(compute["of"]) if kind in {"larger-of", "rank-of"} else set()
    if is_named and (wanted - set(ids) or len(set(ids)) < len(ids)):
        document.findings.add(
            document.mark(*place, "choices"), "bad-value", key="choices", value=listed(ids), rule=_CHOICES_RULE
        )


def _note_unknown(value: Any, known: Sequence[str], document: Document, place: Location) -> None:
    meant = nearest(value, known) if isinstance(value, str) else None
    document.findings.add(
        document.mark(*place),
        "bad-choice",
        key=str(place[-1]),
        value=shown(value),
        known=listed(known, 20),
        nearest=meant,
    )
