"""``talentflow experiment failures``: which runs gave no result, why, and how to repeat them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.batch.store_words import told
from experiments.cli.options import option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.batch.failure import RunFailure

SCHEMA = "talentflow.failures/1"
_COLUMNS = ("arm", "draw", "replicate", "seed", "stage", "message")
_EXAMPLES = """\
talentflow experiment failures my-batch
talentflow experiment failures my-batch --tracebacks
talentflow experiment failures my-batch --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@option("Output", "--tracebacks", is_flag=True, help="Also where in the code each run failed.")
@output_options
def command(folder: Path, tracebacks: bool, lang: str, as_json: bool, quiet: bool) -> None:
    """List the runs of the batch in DIR that failed: at which stage, with what message, and the line that repeats each."""
    from experiments.batch.store import Store

    terminal, failures = Terminal(lang, quiet), Store.open(folder).failures()
    if as_json:
        listed = [failure.to_plain() for failure in failures]
        terminal.say(json.dumps({"schema": SCHEMA, "failures": listed}, ensure_ascii=False, indent=1))
    else:
        show(failures, terminal, str(folder), with_tracebacks=tracebacks)


def show(failures: Sequence[RunFailure], terminal: Terminal, folder: str, *, with_tracebacks: bool) -> None:
    """Write failures for people, and what runs them again."""
    lang = terminal.lang
    if not failures:
        terminal.say(told("no_failures", lang))
        return
    rows = [{name: str(getattr(failure, name)) for name in _COLUMNS} for failure in failures]
    terminal.rows({name: told(name, lang) for name in _COLUMNS}, rows, numbers=_COLUMNS[1:4])
    if with_tracebacks:
        for failure in failures:
            terminal.say()
            terminal.say(f"{failure.arm}, {failure.seed}:")
            terminal.say(failure.traceback.rstrip())
    terminal.say()
    terminal.say(told("to_repeat", lang))
    for failure in failures:
        terminal.say(f"  {failure.command}")
    terminal.say(told("to_retry", lang, folder=folder))
