"""``talentflow export``: results in the files of other programs, with a data dictionary."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.cli.options import option
from experiments.cli.outcome import INVALID_INPUT, Verb
from experiments.cli.terminal import Terminal
from experiments.words import LANGUAGES

_FORMATS = ("csv", "xlsx", "parquet", "netcdf", "iamc")
_EXAMPLES = """\
talentflow export my-batch --format xlsx --lang zh
talentflow export my-batch --format csv --out tables --outcome stock --arm one-stop
talentflow export my-batch --format netcdf --out runs.nc
talentflow export my-batch --format iamc --force
talentflow export my-comparison --format xlsx
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option("Output", "--format", "form", type=click.Choice(_FORMATS), required=True, help="Format of the files.")
@option(
    "Output",
    "--out",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A file for xlsx, netcdf and iamc, a folder for csv and parquet; default beside DIR.",
)
@option("Question", "--outcome", "outcomes", multiple=True, metavar="NAME", help="Only this outcome; repeat for more.")
@option(
    "Question", "--arm", "arms", multiple=True, metavar="ID", help="Only this arm, with its baseline; repeat for more."
)
@option("Question", "--no-runs", is_flag=True, help="Leave out the tables of single runs (csv, xlsx, parquet).")
@option("Output", "--force", is_flag=True, help="Replace files that exist.")
@option(
    "Output",
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of labels and messages.",
)
@option("Output", "--quiet", is_flag=True, help="No messages, errors aside.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    folder: Path,
    form: str,
    out: Path | None,
    outcomes: tuple[str, ...],
    arms: tuple[str, ...],
    no_runs: bool,
    force: bool,
    lang: str,
    quiet: bool,
) -> None:
    """Write the results in DIR, an experiment or what `compare --out` wrote, for other programs.

    Every export has a data dictionary: what each column, outcome, group and arm is, in both languages.
    """
    from experiments.exporting.export import Asked, export
    from experiments.exporting.held import ExportError

    terminal = Terminal(lang, quiet)
    asked = Asked(form, out, lang, outcomes, arms, with_runs=not no_runs, force=force)
    try:
        written = export(folder, asked, on_note=terminal.note)
    except ExportError as error:
        click.echo(str(error), err=True)
        ctx.exit(INVALID_INPUT)
    for path in written:
        terminal.say(str(path))
