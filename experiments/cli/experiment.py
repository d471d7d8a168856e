"""``talentflow experiment``: the verbs of a batch."""

from __future__ import annotations

import click

from experiments.cli.group import Verbs
from experiments.cli.outcome import DESIGN_EXIT, INVALID_INPUT

VERBS = {
    "plan": ("count runs, time a small pilot, tell time and disk; run nothing else", "experiments.cli.batch.plan"),
    "run": ("run an experiment, from its file to its effects", "experiments.cli.batch.run"),
    "resume": ("go on with what is left", "experiments.cli.batch.resume"),
    "expand": ("add replicates, draws or a scenario to what is to be run", "experiments.cli.batch.expand"),
    "status": ("how far it is", "experiments.cli.batch.status"),
    "failures": ("runs that failed, and the line that repeats each", "experiments.cli.batch.failures"),
    "verify": ("check every byte of the results, and repair what can be", "experiments.cli.batch.verify"),
}
"""Verb -> (its line in the help, its module, which has a ``command``)."""

_EXAMPLES = """\
Examples:
  talentflow experiment plan study.yaml
  talentflow experiment run study.yaml --out study
  talentflow experiment resume study
  talentflow experiment expand study --replicates 40
  talentflow experiment verify study --repair
"""


@click.group(
    cls=Verbs,
    verbs=VERBS,
    examples=_EXAMPLES,
    subcommand_metavar="VERB [ARGUMENTS]...",
    options_metavar="",
)
@click.pass_context
def command(ctx: click.Context, /) -> None:
    """Plan, run, resume, grow and check a batch of many runs: scenarios, draws of what is uncertain, seeds."""
    # What a batch asks stands in a file, and a wrong file is invalid input, not wrong usage.
    ctx.meta[DESIGN_EXIT] = INVALID_INPUT
