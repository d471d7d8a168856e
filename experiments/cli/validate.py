"""``talentflow validate``: all problems of scenario, experiment and person files, at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from experiments.cli.options import option, output_options
from experiments.cli.outcome import INVALID_INPUT, Verb
from experiments.cli.terminal import Terminal
from experiments.words import say

SCHEMA = "talentflow.validate/1"
KINDS = ("scenario", "experiment", "person", "lesson")
_SCHEMA_LINE = re.compile(rb"""^schema:\s*["']?talentflow\.([a-z]+)/""", re.MULTILINE)
_START = 4096
_EXAMPLES = """\
talentflow validate my-reform.yaml
talentflow validate scenarios/*.yaml --json
talentflow validate study/experiment.yaml
talentflow validate person.yaml --kind person
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option(
    "Input",
    "--kind",
    type=click.Choice(KINDS),
    help="What the files hold; told by their `schema` line, else a scenario.",
)
@output_options
@click.pass_context
def command(
    ctx: click.Context, /, files: tuple[str, ...], kind: str | None, lang: str, as_json: bool, quiet: bool
) -> None:
    """Check FILEs (or ids of shipped scenarios) and report every problem: where, what, and what to do."""
    from scenarios import ScenarioProblems

    terminal = Terminal(lang, quiet)
    problems = []
    for file in files:
        try:
            _read(file, kind or _kind_of(file), lang)
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


def _read(file: str, kind: str, lang: str) -> None:
    """Read a file as what it is; raise its problems."""
    if kind == "experiment":
        from experiments.batch.reading import read_experiment

        read_experiment(file, lang=lang)
    elif kind == "person":
        from scenarios import load_person

        load_person(Path(file), lang=lang)
    elif kind == "lesson":
        from experiments.classroom.lessons.reading import read_lesson

        read_lesson(Path(file), lang=lang)
    else:
        from scenarios import load

        load(file, lang=lang)


def _kind_of(file: str) -> str:
    """Return what a file says it is, as far as can be told before it is read strictly."""
    path = Path(file)
    if path.is_dir():
        return "experiment"
    try:
        start = path.read_bytes()[:_START] if path.is_file() else b""
    except OSError:
        start = b""  # reading it says why it cannot be read
    said = _SCHEMA_LINE.search(start)
    return said[1].decode() if said and said[1].decode() in KINDS else "scenario"
