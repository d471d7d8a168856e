"""``talentflow run``: one scenario along time."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.context import show_context
from experiments.cli.options import assume_option, folder_option, output_options, question_options, run_options
from experiments.cli.outcome import RUNS_FAILED, Verb
from experiments.cli.terminal import Terminal
from experiments.words import group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.series import RunSeries

_EXAMPLES = """\
talentflow run baseline
talentflow run whole-article --outcome stock --outcome inflow --group category
talentflow run baseline --until 2030-12 --json > baseline.json
talentflow run baseline --replicates 10 --date 2022 --date 2022-12
"""


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenario", metavar="SCENARIO")
@run_options(with_precision=False, replicates=1)
@question_options
@assume_option
@output_options
@folder_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: str,
    replicates: int | None,
    lang: str,
    as_json: bool,
    quiet: bool,
    out: Path | None,
    **runs: Any,
) -> None:
    """Run one SCENARIO (an id or a file) and report its outcomes by month.

    The table shows the years, or the dates asked for; --json and --out hold every month.
    """
    from experiments.files import check_folder
    from experiments.series import run

    terminal = Terminal(lang, quiet)
    if out is not None:
        check_folder(out)
    with terminal.progress() as tell:
        result = run(
            scenario,
            replicates=replicates or 1,
            on_progress=tell,
            on_compile=lambda: terminal.note(say("compiling", lang)),
            **runs,
        )
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal, has_dates=bool(runs["dates"]))
    if out is not None:
        _write(result, terminal, out)
    if result.failures:
        ctx.exit(RUNS_FAILED)


def show(result: RunSeries, terminal: Terminal, *, has_dates: bool) -> None:
    """Write a run for people: the years, or the dates asked for."""
    from experiments.cases import outcome_labels
    from experiments.design import version
    from experiments.findings import quantum_of, rounded, subject

    lang, labels, design = terminal.lang, outcome_labels(), result.design
    rows = [
        {
            "date": point.date,
            "outcome": labels[point.outcome][lang],
            "group": group_label(point.group, lang),
            "unit": unit_label(point.unit, lang),
            # Five digits: what a single run is good for at most.
            "value": rounded(point.value, quantum_of(abs(point.value)) / 1000),
        }
        for point in result.points(result.question.dates if has_dates else _years(result))
    ]
    terminal.say(result.title[lang])
    dates = _years(result)
    for outcome in result.question.outcomes:
        for group in result.question.groups:
            values = [point.value for point in result.points(dates) if (point.outcome, point.group) == (outcome, group)]
            what = subject(labels[outcome][lang], group, lang)
            terminal.path(say("by_year", lang, what=what, first=dates[0][:4], last=dates[-1][:4]), values)
    terminal.say()
    headers = {name: say(name, lang) for name in ("outcome", "group", "unit", "date", "value")}
    terminal.rows(headers, rows, numbers=("value",), shared=("outcome", "group", "unit"))
    terminal.say()
    if any(math.isfinite(one.ours) for one in result.context):
        show_context(result.context, terminal, has_reasons=False)
    scale = f"{design.scale:,}"
    if result.assumed:
        terminal.say(say("assumes", lang, ids=", ".join(result.assumed)))
    if result.question.outcomes != ("stock",):
        terminal.say(say("flows_are", lang))
    terminal.say(say("made_from_runs", lang, n=result.replicates, seed=design.seed, scale=scale, version=version()))
    terminal.say(say("provisional", lang))


def _years(result: RunSeries) -> list[str]:
    until = result.design.until
    return [f"{year}-12" for year in range(2018, int(until[:4]) + 1) if f"{year}-12" <= until] or [until]


def _write(result: RunSeries, terminal: Terminal, out: Path) -> None:
    from experiments.files import write_whole

    write_whole(out / "run.json", result.to_json(lang=terminal.lang) + "\n")
    write_whole(out / "run.csv", result.to_csv())
    terminal.note(say("written", terminal.lang, files=f"{out / 'run.json'}, {out / 'run.csv'}"))
