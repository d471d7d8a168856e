"""``talentflow rank``: the order of reforms under other assumptions."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import option, output_options, run_options
from experiments.cli.outcome import Verb
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
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@option(
    "Question",
    "--assume",
    multiple=True,
    metavar="SET",
    help="Assumptions, an id or a file, each held alone; repeat for more. Without it, the shipped theories of the decision.",
)
@option("Question", "--outcome", default="stock", show_default=True, metavar="NAME", help="Outcome to rank by.")
@option("Question", "--date", default="2035-12", show_default=True, metavar="DATE", help="Month YYYY-MM, or YYYY.")
@run_options(with_precision=False, replicates=DEFAULT_REPLICATES)
@output_options
def command(
    scenarios: tuple[str, ...], assume: tuple[str, ...], lang: str, as_json: bool, quiet: bool, **asked: Any
) -> None:
    """Rank each SCENARIO by what it adds, as the model stands and under other assumptions."""
    from experiments.robustness import rank_under, shipped_theories

    terminal = Terminal(lang, quiet)
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
