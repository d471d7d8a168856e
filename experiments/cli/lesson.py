"""``talentflow lesson``: lessons that check themselves."""

from __future__ import annotations

import click

from experiments.cli.group import Verbs

VERBS = {
    "list": ("the lessons, one line each", "experiments.cli.lessons.list"),
    "start": ("the sheet of a lesson: story, steps, questions", "experiments.cli.lessons.start"),
    "check": ("answers marked against the model, with hints", "experiments.cli.lessons.check"),
}
"""Verb -> (its line in the help, its module, which has a ``command``)."""

_EXAMPLES = """\
Examples:
  talentflow lesson list
  talentflow lesson start points
  talentflow lesson start points --out answers.yaml
  talentflow lesson check points --answers answers.yaml
  talentflow lesson start my-lesson.yaml --teacher

Exit codes: 0 done, all right; 2 usage; 3 invalid input; 6 an answer wrong or missing.
"""


@click.group(
    cls=Verbs,
    verbs=VERBS,
    examples=_EXAMPLES,
    subcommand_metavar="VERB [ARGUMENTS]...",
    options_metavar="",
)
def command() -> None:
    """Teach with lessons that check themselves: every right answer is computed by the model."""
