"""``talentflow lesson list``: what there is to teach."""

from __future__ import annotations

import json

import click

from experiments.cli.options import output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

SCHEMA = "talentflow.lessons/1"
_EXAMPLES = """\
talentflow lesson list
talentflow lesson list --lang zh
talentflow lesson list --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@output_options
def command(lang: str, as_json: bool, quiet: bool) -> None:
    """List the shipped lessons, in the order in which they build on each other."""
    from experiments.classroom.lessons import listing
    from experiments.classroom.lessons.lesson_words import say

    terminal, lessons = Terminal(lang, quiet), listing(lang)
    if as_json:
        terminal.say(json.dumps({"schema": SCHEMA, "lessons": lessons}, ensure_ascii=False, indent=1))
        return
    names = ("number", "id", "title", "minutes", "questions")
    rows = [[str(lesson[name]) for name in names] for lesson in lessons]
    terminal.table([say(f"{name}_column", lang) for name in names], rows, numbers=(0, 3, 4))
