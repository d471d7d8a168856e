"""``talentflow validate``: all problems of scenario and person files, at once."""

from __future__ import annotations

import json
from pathlib import Path

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import INVALID_INPUT, Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

SCHEMA = "talentflow.validate/1"
_EXAMPLES = """\
talentflow validate my-reform.yaml
talentflow validate scenarios/*.yaml --json
talentflow validate person.yaml --kind person
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option(
    "Input",
    "--kind",
    type=click.Choice(["scenario", "person"]),
    default="scenario",
    show_default=True,
    help="What the files hold.",
)
@output_options
@click.pass_context
def command(ctx: click.Context, /, files: tuple[str, ...], kind: str, lang: str, as_json: bool, quiet: bool) -> None:
    """Check FILEs (or ids of shipped scenarios) and report every problem: where, what, and what to do."""
    from scenarios import ScenarioProblems, load, load_person

    terminal = Terminal(lang, quiet)
    problems = []
    for file in files:
        try:
            if kind == "person":
                load_person(Path(file), lang=lang)
            else:
                load(file, lang=lang)
        except ScenarioProblems as found:
            problems += found.to_language(lang).problems
        else:
            if not as_json and not quiet:
                terminal.say(say("valid", lang, file=file))
    if as_json:
        fields = ("file", "line", "column", "code", "message", "nearest")
        listed = [{name: getattr(problem, name) for name in fields} for problem in problems]
        terminal.say(
            json.dumps({"schema": SCHEMA, "ok": not problems, "problems": listed}, ensure_ascii=False, indent=1)
        )
    else:
        for problem in problems:
            terminal.say(problem.render())
    if problems:
        ctx.exit(INVALID_INPUT)
