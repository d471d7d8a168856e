"""``talentflow discover``: under which values of the uncertain parameters an effect or an outcome falls where it matters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import Share, option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, kind_of, running
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.analyses.discover import Discovery

_EXAMPLES = """\
talentflow discover study/ --scenario flexible-social-insurance --below 20000
talentflow discover study/ --outcome stay_3y --bottom 25%
talentflow discover study/ --of level --above 1500000 --date 2035
talentflow discover study.yaml --out study
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("what", metavar="FILE|DIR")
@option("Question", "--below", type=float, metavar="X", help="Draws of interest lie below X, in the outcome's unit.")
@option("Question", "--above", type=float, metavar="X", help="Draws of interest lie above X.")
@option(
    "Question",
    "--bottom",
    type=Share(),
    metavar="SHARE",
    help="Draws of interest are this share with the lowest numbers.",
)
@option(
    "Question",
    "--top",
    type=Share(),
    metavar="SHARE",
    help="Draws of interest are this share with the highest numbers.",
)
@option(
    "Question",
    "--of",
    type=click.Choice(("effect", "level")),
    default="effect",
    show_default=True,
    help="effect: the reform's difference from its baseline; level: the outcome under it.",
)
@option("Question", "--scenario", metavar="ID", help="Scenario of the batch; the first reform unless named.")
@option("Question", "--outcome", metavar="NAME", help="Outcome that the batch holds; the first unless named.")
@option("Question", "--group", metavar="NAME", help="Group that the batch holds; the first unless named.")
@option("Question", "--date", metavar="DATE", help="Month that the batch holds; the last unless named.")
@option(
    "Question",
    "--over",
    multiple=True,
    metavar="NAME",
    help="Parameter that the box may limit; repeat for more. Default all drawn.",
)
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@output_options
@option(
    "Output",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the runs, for an experiment given as a file.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: str,
    lang: str,
    as_json: bool,
    quiet: bool,
    out: Path | None,
    jobs: int | None,
    **asked: Any,
) -> None:
    """Find the box of parameters in which a number of a batch falls below or above a threshold.

    DIR is the folder of a batch with draws of uncertain parameters; FILE an experiment file, whose batch is run first.
    """  # fmt: skip
    from experiments.analyses.discover import asked_of_file, discover
    from experiments.batch.store import Store

    terminal, kind = Terminal(lang, quiet), kind_of(what)
    if kind == "scenario":
        raise click.UsageError(f"{what}: a box needs draws; give the folder of a batch, or an experiment file", ctx)
    store = Store.open(what) if kind == "store" else _run(ctx, what, out, jobs, terminal)
    condition = _condition(asked)
    if condition is None:
        condition, asked = asked_of_file(store.experiment)
    result = discover(store, condition, **asked)
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal)
    end_with_failures(ctx, terminal, store.status().failed, store.folder)


def _run(ctx: click.Context, what: str, out: Path | None, jobs: int | None, terminal: Terminal) -> Any:
    from experiments.batch.driver import conduct
    from experiments.batch.reading import read_experiment

    folder = out or (Path(what) if Path(what).is_dir() else None)
    if folder is None:
        raise click.UsageError("name the folder of the runs: --out DIR", ctx)
    with running(ctx, terminal, folder) as run:
        store = conduct(read_experiment(what), folder, jobs=jobs, **run)
        if store.status().left:
            raise KeyboardInterrupt
    return store


def _condition(asked: dict[str, Any]) -> Any:
    """Take the condition out of the options; None where none is given."""
    from experiments.analyses.discover import condition_of

    kinds = {kind: asked.pop(kind) for kind in ("below", "above", "bottom", "top")}
    return condition_of(**kinds) if any(value is not None for value in kinds.values()) else None


def show(result: Discovery, terminal: Terminal) -> None:
    """Write what was found, a table of the box's limits, and what the numbers mean."""
    from experiments.analyses.discover_words import again_cell, findings, label_cell, limit_cell, notes, tell

    lang, found = terminal.lang, result.found
    terminal.paragraphs(findings(result, lang))
    if found is not None and found.is_convincing:
        terminal.say()
        names = ("parameter", "limits", "limits_again", "reproduced", "quasi_p")
        cells = [
            [
                label_cell(limit, lang),
                limit_cell(limit, lang),
                again_cell(limit, lang),
                f"{100 * limit.reproduced:.0f}%",
                f"{limit.quasi_p:.2g}",
            ]
            for limit in found.limits
        ]
        terminal.table([tell(name, lang) for name in names], cells, numbers=(3, 4))
    terminal.say()
    terminal.paragraphs(notes(result, lang))
