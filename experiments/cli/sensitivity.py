"""``talentflow sensitivity``: which uncertain parameters move an outcome, or a reform's effect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.analyses.sampling import DEFAULT_DRAWS, METHODS
from experiments.cli.options import Month, assume_option, option, output_options, question_options
from experiments.cli.outcome import Verb
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_SEED
from experiments.words import say

if TYPE_CHECKING:
    from experiments.analyses.sensitivity import Answer, Sensitivity

_ROWS = 12
"""Rows shown of each number, and however many are clear."""
_EXAMPLES = """\
talentflow sensitivity flexible-social-insurance
talentflow sensitivity flexible-social-insurance --method sobol --over beta --over move_cost --over inertia
talentflow sensitivity whole-article --method sobol --screen --out whole
talentflow sensitivity one-stop --against none --outcome days_to_permit_median
talentflow sensitivity study/ --method pawn
talentflow sensitivity study.yaml --out study --plot sensitivity.svg
"""
_draws = ", ".join(f"{DEFAULT_DRAWS[method]} ({method})" for method in METHODS)


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("what", metavar="SCENARIO|FILE|DIR")
@option(
    "Question", "--against", type=click.Choice(("baseline", "none")), default="baseline", show_default=True,
    help="baseline: the reform's effect; none: the level under it.",
)
@option(
    "Question", "--method", type=click.Choice(METHODS), default="morris", show_default=True,
    help="morris screens many parameters, sobol shares out the variance, pawn takes any draws.",
)
@option(
    "Question", "--over", multiple=True, metavar="NAME",
    help="Parameter of behaviour, or the role calibrate or sensitivity; repeat for more. Default all that have a range.",
)
@question_options
@assume_option
@option("Runs", "--screen", is_flag=True, help="Let Morris choose the parameters first; for sobol.")
@option(
    "Runs", "--draws", type=click.IntRange(min=1), metavar="N",
    help=f"Trajectories, base rows or points; default {_draws}.",
)
@option(
    "Runs", "--replicates", type=click.IntRange(min=1), default=4, show_default=True, metavar="R",
    help="Runs of each point with other luck, to tell noise from effects.",
)
@option(
    "Runs", "--scale", type=click.IntRange(min=1), default=2000, show_default=True, metavar="K",
    help="People that one row stands for.",
)
@option("Runs", "--seed", type=click.IntRange(min=0), default=DEFAULT_SEED, show_default=True, metavar="S", help="First seed; also that of the design.")
@option("Runs", "--until", type=Month(), help="Last month simulated; default the last date asked for.")
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@output_options
@option(
    "Output", "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="Keep the runs here; the same command goes on where it was interrupted.",
)
@option(
    "Output", "--plot", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Also draw the first number to this .svg or .png file.",
)
@click.pass_context
def command(
    ctx: click.Context, /, what: str, lang: str, as_json: bool, quiet: bool, plot: Path | None, **asked: Any
) -> None:
    """Find which uncertain parameters move an outcome of SCENARIO, or the effect of a reform.

    Instead of a scenario: an experiment file with a section `sensitivity`, or the folder of a batch with draws.
    """  # fmt: skip
    from experiments.files import check_folder

    terminal = Terminal(lang, quiet)
    if plot is not None:
        from experiments.figures import check_plot

        check_plot(plot, 1)
        check_folder(plot.parent)
    with terminal.progress("runs") as tell:
        result = _result(ctx, what, asked, on_progress=tell)
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal)
    if plot is not None:
        _draw(result, plot, terminal)
