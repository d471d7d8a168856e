"""``talentflow rank``: the order of reforms under other assumptions."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.analyses.defaults import RANK_BEST
from experiments.cli.filling import figure_option, store_option
from experiments.cli.options import option, output_options, run_options
from experiments.cli.outcome import Verb
from experiments.cli.rank_draws import rank_over_draws
from experiments.cli.running import refuse
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_REPLICATES
from experiments.words import date_label, say

if TYPE_CHECKING:
    from experiments.robustness import RankedReform, Rankings

SCHEMA = "talentflow.rank/1"
_EXAMPLES = """\
talentflow rank one-stop points-based-pr flexible-social-insurance
talentflow rank one-stop fast-track --assume engine-prospect --replicates 40
talentflow rank whole-article one-stop --outcome stay_3y --date 2030 --json
talentflow rank --measures --draws 32 --replicates 2 --scale 2000 --out ranking --plot ranking.svg
talentflow rank one-stop fast-track easier-visits five-star-card --draws 16 --posterior my-draws.csv
"""
_OVER_DRAWS = ("posterior", "best", "is_less_better", "cluster", "out", "plot")
"""Options of the ranking over draws alone."""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO...]")
@option("Question", "--measures", is_flag=True, help="Rank all shipped scenarios of the article's measures.")
@option(
    "Question",
    "--assume",
    multiple=True,
    metavar="SET",
    help="Assumptions, an id or a file, each held alone; repeat for more. Without it, the shipped theories of the decision.",
)
@option("Question", "--outcome", default="stock", show_default=True, metavar="NAME", help="Outcome to rank by.")
@option("Question", "--date", default="2035-12", show_default=True, metavar="DATE", help="Month YYYY-MM, or YYYY.")
@option(
    "Over draws",
    "--draws",
    type=click.IntRange(min=1),
    metavar="N",
    help="Rank over N draws of what is uncertain and over the theories, with probabilities.",
)
@option(
    "Over draws",
    "--posterior",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file to draw from: a column a parameter, perhaps one called weight. Without it, the shipped one.",
)
@option(
    "Over draws",
    "--best",
    type=click.IntRange(min=1),
    default=RANK_BEST,
    show_default=True,
    metavar="K",
    help="Of how many best reforms the probability is asked.",
)
@option("Over draws", "--less-is-better", "is_less_better", is_flag=True, help="A lower number is the better one.")
@run_options(with_precision=False, replicates=DEFAULT_REPLICATES)
@option(
    "Over draws", "--cluster", metavar="ADDRESS", help="Dask scheduler whose workers do the runs; `local` starts one."
)
@output_options
@figure_option
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenarios: tuple[str, ...],
    lang: str,
    as_json: bool,
    quiet: bool,
    measures: bool,
    draws: int | None,
    plot: Path | None,
    out: Path | None,
    **asked: Any,
) -> None:
    """Rank each SCENARIO by what it adds, as the model stands and under other assumptions.

    With --draws, over draws of what is uncertain, too: how likely each is among the best, and what would be worth knowing.
    Replicates, 2 unless told, then have seeds of their own in every draw and under every theory.
    """
    terminal = Terminal(lang, quiet)
    named = _named(ctx, scenarios, measures=measures)
    if draws:
        rank_over_draws(ctx, named, terminal, {**asked, "draws": draws}, as_json=as_json, plot=plot, out=out)
        return
    refuse(ctx, _OVER_DRAWS, "only a ranking over --draws N has it")
    for name in _OVER_DRAWS:
        asked.pop(name, None)
    _rank(named, terminal, asked, as_json=as_json)


def _named(ctx: click.Context, scenarios: tuple[str, ...], *, measures: bool) -> tuple[str, ...]:
    """Return the scenarios to rank."""
    if measures and scenarios:
        raise click.UsageError("--measures takes the shipped scenarios of the article: name none", ctx)
    if measures:
        from experiments.analyses.rank_probabilities import measure_ids

        return tuple(measure_ids())
    if not scenarios:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    return scenarios


def _rank(scenarios: tuple[str, ...], terminal: Terminal, asked: dict[str, Any], *, as_json: bool) -> None:
    from experiments.robustness import rank_under, shipped_theories

    lang, assume = terminal.lang, asked.pop("assume")
    with terminal.progress() as tell:
        found = rank_under(
            scenarios,
            assume or shipped_theories(),
            on_progress=tell,
            on_compile=lambda: terminal.note(say("compiling", lang)),
            **asked,
        )
    if as_json:
        terminal.say(json.dumps(_plain(found), ensure_ascii=False, allow_nan=False, indent=1))
    else:
        show(found, terminal)


def _plain(found: Rankings) -> dict[str, Any]:
    from experiments.finite import each_or_none

    rows, agreement = [each_or_none(asdict(row)) for row in found.rows], each_or_none(found.agreement)
    return {"schema": SCHEMA, "outcome": found.outcome, "date": found.date, "rows": rows, "agreement": agreement}


def show(found: Rankings, terminal: Terminal) -> None:
    """Write a table of reforms by assumptions, in the order of the model as it stands."""
    from experiments.cases import outcome_labels

    lang = terminal.lang
    terminal.say(f"{outcome_labels()[found.outcome][lang]}, {date_label(found.date, lang)}")
    cells = {(row.scenario, row.assumption): _cell(row) for row in found.rows}
    names = list(found.agreement)
    first = [row.scenario for row in found.rows if row.assumption == names[0]]
    rows = [[scenario, *(cells[scenario, name] for name in names)] for scenario in first]
    rows.append([say("agreement", lang), *(_tau(found.agreement[name]) for name in names)])
    terminal.table([say("scenario", lang), *names], rows, numbers=range(1, len(names) + 1))
    terminal.say(say("rank_means", lang))
    terminal.say(say("provisional", lang))


def _cell(row: RankedReform) -> str:
    from experiments.findings import quantum_of, rounded

    reach = (row.high - row.low) / 2
    size = rounded(row.difference, quantum_of(reach if math.isfinite(reach) else 0.0))
    return f"{row.rank}. {size}{'' if row.low > 0 or row.high < 0 else '~'}"


def _tau(value: float) -> str:
    return f"{value:.2f}" if math.isfinite(value) else "-"
