"""``talentflow experiment status``: how far a batch is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.batch.store_words import told
from experiments.cli.options import output_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.batch.status import Status
    from experiments.batch.store import Store

SCHEMA = "talentflow.status/1"
_EXAMPLES = """\
talentflow experiment status my-batch
talentflow experiment status my-batch --json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@output_options
def command(folder: Path, lang: str, as_json: bool, quiet: bool) -> None:
    """Say how many runs of the batch in DIR are done, failed and left, by scenario."""
    from experiments.batch.store import Store

    terminal, store = Terminal(lang, quiet), Store.open(folder)
    status = store.status()
    if as_json:
        told_as = {"schema": SCHEMA, "id": store.experiment.id, "title": dict(store.experiment.title)}
        terminal.say(json.dumps(told_as | status.to_plain(), ensure_ascii=False, indent=1))
    else:
        show(store, status, terminal, str(folder))


def show(store: Store, status: Status, terminal: Terminal, folder: str) -> None:
    """Write how far a batch is, for people, and what goes on from here."""
    lang = terminal.lang
    title = store.experiment.title.get(lang) or store.experiment.id
    size = f"{status.size_bytes / 1e6:,.1f}"
    counts = {"done": status.done, "runs": status.runs, "failed": status.failed, "left": status.left}
    terminal.say(told("status_head", lang, title=title, parts=status.parts, megabytes=size, **counts))
    terminal.say(told("status_balanced", lang, replicates=status.replicates_complete, of=status.replicates))
    terminal.say()
    columns = ("arm", "runs", "done", "failed", "left")
    rows = [{name: str(getattr(arm, name)) for name in columns} for arm in status.arms]
    rows.append({"arm": told("all_arms", lang), **{name: str(count) for name, count in counts.items()}})
    terminal.rows({name: told(name, lang) for name in columns}, rows, numbers=columns[1:])
    terminal.say()
    if status.damaged:
        terminal.say(told("status_damaged", lang, files=", ".join(status.damaged), folder=folder))
    if status.left:
        terminal.say(told("to_resume", lang, folder=folder))
    if status.failed:
        terminal.say(told("to_retry", lang, folder=folder))
