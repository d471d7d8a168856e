"""``talentflow optimise``: levers under a budget, as a Pareto front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.filling import asked_of, check_output, figure_option, workers_options
from experiments.cli.options import option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, running
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.analyses.optimise import Optimum

_EXAMPLES = """\
talentflow optimise study.yaml --out search
talentflow optimise study.yaml --out search --trials 400
talentflow optimise study.yaml --plot front.svg --lang zh
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("place", type=click.Path(exists=True), metavar="FILE_OR_DIR")
@option(
    "Search",
    "--trials",
    type=click.IntRange(min=1),
    metavar="N",
    help="Laws tried in all; the file's number without it.",
)
@option("Search", "--population", type=click.IntRange(min=4), metavar="N", help="Laws of one generation, likewise.")
@workers_options
@output_options
@figure_option
@option(
    "Output", "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Keep runs and result in this folder: a search that was stopped goes on, a longer one builds on it.",
)  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context, /, place: str, trials: int | None, population: int | None, lang: str, as_json: bool, quiet: bool,
    plot: Path | None, out: Path | None, **workers: Any,
) -> None:  # fmt: skip
    """Search the levers that the section `optimise` of an experiment names, under its budget.

    What comes out is a front: laws of which none is better in one aim without being worse in another.
    """
    from experiments.analyses.optimise import optimise

    terminal = Terminal(lang, quiet)
    check_output(plot, out)
    asked = asked_of(place, lang)
    if asked is None:
        raise click.UsageError(f"{place} is no experiment: its first key is `schema: talentflow.experiment/1`", ctx)
    with running(ctx, terminal, out) as how:
        found = optimise(asked.experiment, out, trials=trials, population=population, **workers, **how)
    terminal.say(found.to_json(lang=lang)) if as_json else show(found, terminal)
    _write(found, terminal, plot, out)
    end_with_failures(ctx, terminal, found.n_failed, None if out is None else out / "search")


def show(found: Optimum, terminal: Terminal) -> None:
    """Write a front for people: what it says, then the laws on it."""
    from experiments.analyses.optimise_telling import front_table, notes_of, sentences, warnings_of
    from experiments.words import say

    lang = terminal.lang
    for warning in warnings_of(found, lang):
        terminal.say(say("warning", lang, text=warning))
    terminal.paragraphs(sentences(found, lang))
    terminal.say()
    if found.front:
        headers, rows = front_table(found, lang)
        terminal.table(headers, rows, numbers=range(len(headers)))
        terminal.say()
    terminal.paragraphs(notes_of(found, lang))


def _write(found: Optimum, terminal: Terminal, plot: Path | None, out: Path | None) -> None:
    from experiments.files import write_whole
    from experiments.words import say

    written = []
    if out is not None:
        write_whole(out / "optimise.json", found.to_json(lang=terminal.lang) + "\n")
        write_whole(out / "optimise.csv", found.to_pandas().to_csv(index=False, lineterminator="\n"))
        written += [out / "optimise.json", out / "optimise.csv"]
    if plot is not None:
        from experiments.analyses.optimise_figure import draw

        write_whole(plot, draw(found, plot.suffix, terminal.lang))
        written.append(plot)
    if written:
        terminal.note(say("written", terminal.lang, files=", ".join(map(str, written))))
