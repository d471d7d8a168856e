"""``talentflow schema``: JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from experiments.cli.options import language_option, option
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

_EXAMPLES = """\
talentflow schema > scenario.schema.json
talentflow schema --kind experiment > experiment.schema.json
talentflow schema --kind person --out person.schema.json
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@option(
    "Input",
    "--kind",
    type=click.Choice(["scenario", "experiment", "person"]),
    default="scenario",
    show_default=True,
    help="Kind of file.",
)
@option(
    "Output", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it to this file."
)
@language_option
def command(kind: str, out: Path | None, lang: str) -> None:
    """Print the JSON Schema of scenario, experiment or person files, with which an editor completes and checks them."""
    from experiments.files import write_whole

    terminal = Terminal(lang)
    text = json.dumps(_schema(kind), ensure_ascii=False, indent=1)
    if out is None:
        terminal.say(text)
    else:
        write_whole(out, text + "\n")
        terminal.note(say("written", lang, files=out))


def _schema(kind: str) -> dict[str, Any]:
    if kind == "experiment":
        from experiments.batch.editor_schema import experiment_schema

        return experiment_schema()
    from scenarios import json_schema

    return json_schema("person" if kind == "person" else "scenario")
