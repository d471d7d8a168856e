"""``talentflow lesson check``: answers marked against the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import INVALID_INPUT, WORSE, Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.classroom.lessons.form import LessonForm

SCHEMA = "talentflow.lesson-check/1"
_EXAMPLES = """\
talentflow lesson check points --answer points-of-marta=74
talentflow lesson check points --answers answers.yaml
talentflow lesson check queues --answers answers.yaml --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("lesson", metavar="ID|FILE")
@option("Answers", "--answer", "pairs", multiple=True, metavar="Q=VALUE", help="One answer; repeat for more.")
@option(
    "Answers",
    "--answers",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="An answer sheet that is filled in; an --answer holds over it.",
)
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    lesson: str,
    pairs: tuple[str, ...],
    file: Path | None,
    lang: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Mark answers to a lesson: right, wrong or missing, each with a hint.

    The model computes what is right while you wait; questions about runs take some seconds. Without answers, the file of
    the lesson is checked and every question told as missing. Ends with 0 if all are right, with 6 if not.
    """
    from experiments.classroom.lessons.lesson_words import say
    from experiments.classroom.lessons.marking import mark
    from experiments.classroom.lessons.reading import read_lesson

    terminal, found = Terminal(lang, quiet), read_lesson(lesson, lang=lang)
    answers = _answers(ctx, found, pairs, file, lang)
    marks = [mark(found, question, answers.get(question.id), lang) for question in found.questions]
    right = sum(one.verdict == "right" for one in marks)
    if as_json:
        told = [{"id": one.question, "verdict": one.verdict, **one.to_dict()} for one in marks]
        result = {"schema": SCHEMA, "lesson": found.id, "right": right, "of": len(marks), "questions": told}
        terminal.say(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        for one in marks:
            terminal.paragraphs([f"{one.question}: {say(f'verdict_{one.verdict}', lang)}", f"   {one.text}"])
            if one.hint:
                terminal.paragraphs(["   " + say("hint", lang, text=one.hint)])
        terminal.say(say("tally", lang, right=right, all=len(marks)))
    ctx.exit(0 if right == len(marks) else WORSE)


def _answers(
    ctx: click.Context, lesson: LessonForm, pairs: tuple[str, ...], file: Path | None, lang: str
) -> dict[str, Any]:
    from experiments.classroom.lessons.answer_sheet import read_answers, read_pairs

    told, faults = read_pairs(pairs, lesson, lang)
    if faults:
        click.echo("\n".join(faults), err=True)
        ctx.exit(INVALID_INPUT)
    written = read_answers(file, lesson, lang=lang) if file else {}
    return {**written, **told}
