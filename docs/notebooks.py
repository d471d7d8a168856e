"""Notebooks of the lessons, made from their files: ``python -m docs.notebooks`` writes them anew.

They hold no outputs, and their ids follow from their place, so that the same lesson gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments.classroom.lessons.form import LessonForm, QuestionForm
from experiments.classroom.lessons.marking import form_of
from experiments.classroom.lessons.reading import read_lesson, shipped

FOLDER = Path(__file__).parent / "notebooks"
_HEAD = """\
from experiments.classroom.lessons import check


def answer(question, value=None):
    \"\"\"Mark an answer: a number, the id of a choice, or a list of ids.\"\"\"
    marked = check({lesson!r}, question, value)
    print(marked["text"], marked["hint"])"""


def notebook(lesson: LessonForm) -> dict[str, Any]:
    """Return a lesson as a notebook (nbformat 4.5)."""
    cells = [
        {"id": f"{lesson.id}-{number}", "metadata": {}, "source": text.rstrip("\n").splitlines(keepends=True), **kind}
        for number, (kind, text) in enumerate(_cells(lesson))
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def text_of(lesson: LessonForm) -> str:
    """Return the bytes of a notebook's file, as text."""
    return json.dumps(notebook(lesson), ensure_ascii=False, indent=1) + "\n"


def file_of(identity: str) -> Path:
    """Return where the notebook of a shipped lesson lies."""
    return FOLDER / f"{shipped()[identity].stem}.ipynb"


def _cells(lesson: LessonForm) -> Iterator[tuple[dict[str, Any], str]]:
    said: dict[str, Any] = {"cell_type": "markdown"}
    done: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    yield said, f"# {lesson.number}. {lesson.title.en} / {lesson.title.zh}\n\n{lesson.aim.en}\n\n{lesson.aim.zh}"
    yield said, "\n\n".join(["## What is it / 这是什么", *(f"{one.en}\n\n{one.zh}" for one in lesson.story)])
    yield said, "\n\n".join(["## How it works / 如何运作", *(f"{one.en}\n\n{one.zh}" for one in lesson.how)])
    yield done, _HEAD.format(lesson=lesson.id)
    yield (
        said,
        "## How to use it / 如何使用\n\nRuns are coarse here, so that each takes seconds. 这里的模拟较粗，数秒即可。",
    )
    for step in lesson.steps:
        yield said, f"{step.text.en}\n\n{step.text.zh}" + (f"\n\n    {step.command}" if step.command else "")
        if step.code:
            yield done, step.code
    yield said, "## Questions / 问题\n\nWrite your answer in place of None. 请把None换成你的答案。"
    for question in lesson.questions:
        yield said, _asked(question)
        yield done, f"answer({question.id!r}, None)"
    for title, texts in (
        ("Things to notice / 值得留意", lesson.notice),
        ("Things to try / 可以尝试", lesson.try_),
        ("Where it misleads / 容易误解之处", lesson.misleads),
    ):
        yield said, "\n".join([f"## {title}\n", *(f"- {one.en} {one.zh}" for one in texts)])


def _asked(question: QuestionForm) -> str:
    choices = [f"- `{choice.id}`: {choice.text.en} / {choice.text.zh}" for choice in question.choices]
    unit = f"\n\n({question.unit.en} / {question.unit.zh})" if question.unit else ""
    order = (
        "\n\nAn order: a list of ids, the largest first. 排序：由大到小的编号列表。"
        if form_of(question) == "order"
        else ""
    )
    listed = "\n\n" + "\n".join(choices) if choices else ""
    return f"**{question.id}** {question.text.en}\n\n{question.text.zh}{unit}{order}{listed}"


def main() -> None:
    """Write every notebook."""
    FOLDER.mkdir(exist_ok=True)
    for identity in shipped():
        file_of(identity).write_text(text_of(read_lesson(identity)), encoding="utf-8")
        print(file_of(identity).name)


if __name__ == "__main__":
    main()
