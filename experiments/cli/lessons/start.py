"""``talentflow lesson start``: the sheet of a lesson."""

from __future__ import annotations

import json
from pathlib import Path

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

SCHEMA = "talentflow.lesson-sheet/1"
_EXAMPLES = """\
talentflow lesson start points
talentflow lesson start queues --lang zh
talentflow lesson start points --out answers.yaml
talentflow lesson start my-lesson.yaml --teacher
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("lesson", metavar="ID|FILE")
@option("Output", "--teacher", is_flag=True, help="The teacher's notes too, with answers computed now.")
@option(
    "Output",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write an empty answer sheet to this file, which must not exist.",
)
@output_options
def command(lesson: str, teacher: bool, out: Path | None, lang: str, as_json: bool, quiet: bool) -> None:
    """Show a lesson: a shipped one by ID (or number), or one of your own in a FILE."""
    from experiments.classroom.lessons.answer_sheet import empty_sheet
    from experiments.classroom.lessons.lesson_words import say
    from experiments.classroom.lessons.reading import read_lesson
    from experiments.classroom.lessons.telling import lines_of, student_sheet, teacher_lines, teacher_sheet

    terminal, found = Terminal(lang, quiet), read_lesson(lesson, lang=lang)
    if out is not None:
        # Not over a sheet that somebody has filled in.
        with out.open("x", encoding="utf-8") as file:
            file.write(empty_sheet(found, lang))
        terminal.note(say("written", lang, file=str(out)))
    if as_json:
        sheet = (teacher_sheet if teacher else student_sheet)(found, lang)
        terminal.say(json.dumps({"schema": SCHEMA, **sheet}, ensure_ascii=False, allow_nan=False, indent=1))
        return
    terminal.paragraphs(lines_of(found, lang))
    if teacher:
        terminal.paragraphs(teacher_lines(found, lang))
