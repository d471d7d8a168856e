"""``talentflow decompose``: the effect of a package shared among its members."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.filling import asked_of, check_output, figure_option, runs_options, store_option, workers_options
from experiments.cli.options import assume_option, option, output_options, question_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, refuse, running
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_REPLICATES

if TYPE_CHECKING:
    from experiments.analyses.decompose import Decomposition
    from experiments.analyses.splits import Split

_EXAMPLES = """\
talentflow decompose whole-article
talentflow decompose whole-article --outcome stay_3y --date 2030 --plot shares.svg
talentflow decompose whole-article --members legal-framework --members one-stop
talentflow decompose legal-framework --permutations 40 --replicates 8 --out shares
talentflow decompose study --json
"""
_IN_FILE = (
    "outcomes",
    "groups",
    "dates",
    "replicates",
    "seed",
    "scale",
    "until",
    "assume",
    "members",
    "depth",
    "permutations",
)


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("package", metavar="PACKAGE")
@option(
    "Question", "--members", multiple=True, metavar="ID",
    help="Reform inside the package that is a member; all others are one more. Repeat for more.",
)  # fmt: skip
@option(
    "Question", "--depth", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
    help="Levels of packages within packages that are opened.",
)  # fmt: skip
@option(
    "Question", "--permutations", type=click.IntRange(min=2), metavar="N",
    help="Sample N orders of joining; default all up to 5 members, 20 orders beyond.",
)  # fmt: skip
@question_options
@assume_option
@runs_options(DEFAULT_REPLICATES)
@workers_options
@output_options
@figure_option
@store_option
@click.pass_context
def command(
    ctx: click.Context, /, package: str, lang: str, as_json: bool, quiet: bool, plot: Path | None, out: Path | None,
    **asked: Any,
) -> None:  # fmt: skip
    """Share the effect of a PACKAGE, an id or a file, among its reforms: Shapley shares that add up exactly.

    PACKAGE may also be an experiment, a file or the folder of its store, whose section `decompose` then says what to do.
    """
    terminal = Terminal(lang, quiet)
    check_output(plot, out)
    found = _found(ctx, package, asked, out, terminal)
    terminal.say(found.to_json(lang=lang)) if as_json else show(found, terminal)
    _write(found, terminal, plot, out)
    end_with_failures(ctx, terminal, found.n_failed, out)


def _found(
    ctx: click.Context, package: str, asked: dict[str, Any], out: Path | None, terminal: Terminal
) -> Decomposition:
    from experiments.analyses.decompose import decompose, decompose_in

    experiment = asked_of(package, terminal.lang)
    workers = {name: asked.pop(name) for name in ("jobs", "cluster")}
    if experiment is None:
        with running(ctx, terminal, out) as how:
            return decompose(package, folder=out, **asked, **workers, **how)
    refuse(ctx, _IN_FILE, "the experiment's file says that")
    if experiment.folder is not None and out is not None:
        raise click.UsageError("a folder keeps its own results: leave out --out", ctx)
    folder = experiment.folder or out
    with running(ctx, terminal, folder) as how:
        return decompose_in(experiment.experiment, folder, **workers, **how)


def show(found: Decomposition, terminal: Terminal) -> None:
    """Write shares for people: what is due to whom, then the numbers."""
    from experiments.analyses.decompose_telling import notes_of, warnings_of
    from experiments.words import say

    lang = terminal.lang
    for warning in warnings_of(found, lang):
        terminal.say(say("warning", lang, text=warning))
    for split in found.splits:
        _show_split(found, split, terminal)
    terminal.paragraphs(notes_of(found, lang))


def _show_split(found: Decomposition, split: Split, terminal: Terminal) -> None:
    from experiments.analyses.decompose_telling import pair_table, sentences, share_table

    lang, percent = terminal.lang, round(100 * found.confidence)
    terminal.paragraphs(sentences(found, split, lang))
    terminal.say()
    headers, rows = share_table(split, lang, percent)
    terminal.table(headers, rows, numbers=range(1, len(headers)))
    terminal.say()
    if split.interactions:
        headers, rows = pair_table(split, lang, percent)
        terminal.table(headers, rows, numbers=(1, 2))
        terminal.say()


def _write(found: Decomposition, terminal: Terminal, plot: Path | None, out: Path | None) -> None:
    from experiments.batch.store import Store
    from experiments.files import write_whole
    from experiments.words import say

    written = []
    if out is not None:
        store = Store.open(out)
        written.append(store.derive("decompose.json", found.to_json(lang=terminal.lang) + "\n"))
        written.append(store.derive("decompose.csv", found.to_pandas().to_csv(index=False, lineterminator="\n")))
    if plot is not None:
        from experiments.analyses.decompose_figure import draw

        write_whole(plot, draw(found, plot.suffix, terminal.lang))
        written.append(plot)
    if written:
        terminal.note(say("written", terminal.lang, files=", ".join(map(str, written))))
