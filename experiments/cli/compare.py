"""``talentflow compare``: scenarios against their baseline."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import (
    assume_option,
    draws_options,
    folder_option,
    option,
    output_options,
    question_options,
    run_options,
)
from experiments.cli.outcome import IMPRECISE, RUNS_FAILED, Verb
from experiments.cli.tables import run_equity, run_measures, run_together
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_REPLICATES
from experiments.words import group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.comparison import Comparison
    from experiments.cost import Cost
    from experiments.rows import Row

_LONG_SECONDS = 180.0
_TABLES = {"--measures": run_measures, "--together": run_together, "--equity": run_equity}
_EXAMPLES = """\
talentflow compare category-a-less-stringent flexible-social-insurance
talentflow compare one-stop --outcome days_to_permit_median --group region
talentflow compare whole-article --precision 5% --plot whole.svg --out results
talentflow compare us-h1b-shock home-boom
talentflow compare category-a-less-stringent --assume us-h1b-shock
talentflow compare one-stop points-based-pr --assume engine-nested-logit
talentflow compare my-reform.yaml --replicates 40 --date 2030 --json
talentflow compare one-stop --draws 0
talentflow compare fast-track --draws 20 --posterior posterior.csv
talentflow compare --measures
talentflow compare category-a-less-stringent work-residence-to-pr --together
talentflow compare fast-track --equity
"""

_COLUMNS = (
    "scenario",
    "outcome",
    "group",
    "date",
    "unit",
    "baseline",
    "reform",
    "difference",
    "interval",
    "error",
    "n",
    "same_sign",
)
_OVER_DRAWS = {"error": ("interval_chance", "parameter_share")}
"""Columns in the place of others where a comparison is made over draws."""
_NUMBERS = (
    "baseline",
    "reform",
    "difference",
    "interval",
    "interval_chance",
    "parameter_share",
    "error",
    "n",
    "same_sign",
)


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("scenarios", nargs=-1, metavar="SCENARIO...")
@run_options(with_precision=True, replicates=DEFAULT_REPLICATES)
@draws_options
@question_options
@assume_option
@option(
    "Question",
    "--measures",
    is_flag=True,
    help="Table of all measures of the article: effect, people, cost, or why none.",
)
@option("Question", "--together", is_flag=True, help="Two scenarios, each alone and both: do they help each other?")
@option("Question", "--equity", is_flag=True, help="Ratios of waits, lost hours and residence between groups.")
@output_options
@option(
    "Output",
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw the first outcome and group to this .svg or .png file.",
)
@folder_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenarios: tuple[str, ...],
    lang: str,
    as_json: bool,
    quiet: bool,
    plot: Path | None,
    out: Path | None,
    measures: bool,
    together: bool,
    equity: bool,
    **runs: Any,
) -> None:
    """Compare each SCENARIO (an id or a file) with its baseline, paired by person and by seed.

    Says first what the reforms do, with a verb that the interval supports; then the numbers.
    """
    from experiments.comparison import compare
    from experiments.files import check_folder

    terminal = Terminal(lang, quiet)
    chosen = [name for name, is_on in zip(_TABLES, (measures, together, equity), strict=True) if is_on]
    _check_tables(ctx, chosen, scenarios, plot)
    if chosen:
        _run_table(ctx, chosen[0], scenarios, terminal, runs | {"as_json": as_json, "out": out})
        return
    if plot is not None:
        from experiments.figures import check_plot

        check_plot(plot, len(scenarios))
        check_folder(plot.parent)
    if out is not None:
        check_folder(out)
    with terminal.progress() as tell:
        result = compare(
            scenarios,
            on_progress=tell,
            on_compile=lambda: terminal.note(say("compiling", lang)),
            on_start=lambda cost: _announce(cost, terminal),
            paths=plot is not None,
            **runs,
        )
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal)
    _write(result, terminal, plot, out)
    if result.failures:
        ctx.exit(RUNS_FAILED)
    if not result.precision_reached:
        ctx.exit(IMPRECISE)


def _check_tables(ctx: click.Context, chosen: list[str], scenarios: tuple[str, ...], plot: Path | None) -> None:
    """Refuse a call whose scenarios do not fit what is asked of them."""
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} are two questions: ask one at a time", ctx)
    if chosen and plot is not None:
        raise click.UsageError(f"{chosen[0]} draws no figure: leave out --plot", ctx)
    if "--measures" in chosen:
        if scenarios:
            raise click.UsageError("--measures takes the shipped scenarios of the article: name none", ctx)
    elif not scenarios:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    elif "--equity" in chosen and ctx.params.get("draws"):
        raise click.UsageError("--equity is asked with parameters at their defaults: leave out --draws", ctx)
    elif "--together" in chosen and len(scenarios) != 2:
        raise click.UsageError(f"--together takes two scenarios, got {len(scenarios)}", ctx)


def _run_table(
    ctx: click.Context, table: str, scenarios: tuple[str, ...], terminal: Terminal, runs: dict[str, Any]
) -> None:
    """Answer one of the other questions; what was not asked for is left to it."""
    from experiments.files import check_folder

    as_json, out = runs.pop("as_json"), runs.pop("out")
    if out is not None:
        check_folder(out)
    for name in ("until", "replicates", "dates", "outcomes", "groups"):
        if ctx.get_parameter_source(name) == click.core.ParameterSource.DEFAULT:
            runs.pop(name)
    runs["on_start"] = lambda cost: _announce(cost, terminal)
    if not _TABLES[table](scenarios, terminal, runs, as_json=as_json, out=out):
        ctx.exit(RUNS_FAILED)


def _announce(cost: Cost, terminal: Terminal) -> None:
    """Say what a large comparison will take, while it can still be stopped without loss."""
    if cost.seconds < _LONG_SECONDS:
        return
    lang, hours = terminal.lang, cost.seconds / 3600
    time = say("hours", lang, n=f"{hours:.0f}") if hours >= 1.5 else say("minutes", lang, n=f"{cost.seconds / 60:.0f}")
    memory = f"{cost.memory / 1e9:.1f}"
    terminal.note(say("cost_ahead", lang, rows=f"{cost.rows:,}", time=time, jobs=cost.jobs, memory=memory))


def show(result: Comparison, terminal: Terminal) -> None:
    """Write a comparison for people: warnings, findings, numbers, what they mean."""
    from experiments.cases import outcome_labels
    from experiments.findings import cost_lines, findings, notes, pairing_line, persons_lines, warnings_of
    from experiments.pairing import CONFIDENCE

    lang, labels = terminal.lang, outcome_labels()
    for warning in warnings_of(result, lang):
        terminal.say(say("warning", lang, text=warning))
    for sentence in findings(result, lang, labels):
        terminal.say(sentence)
    terminal.say()
    columns = [name for one in _COLUMNS for name in (_OVER_DRAWS.get(one, (one,)) if result.drawn else (one,))]
    terminal.rows(
        {name: say(name, lang, percent=round(100 * CONFIDENCE)) for name in columns},
        [_cells(row, lang, labels) for row in result.rows],
        numbers=_NUMBERS,
        shared=("outcome", "group", "unit"),
    )
    terminal.say()
    for line in persons_lines(result, lang):
        terminal.say(line)
    for line in cost_lines(result, lang):
        terminal.say(line)
    saved = pairing_line(result, lang)
    if saved:
        terminal.say(saved)
    if result.drawn:
        terminal.say(say("chance_means", lang))
    for note in notes(result, lang):
        terminal.say(note)


def _cells(row: Row, lang: str, labels: dict[str, dict[str, str]]) -> dict[str, str]:
    from experiments.findings import noise_of, quantum_of, rounded
    from experiments.rows import DrawnRow

    quantum = quantum_of(noise_of(row))
    mark = "*" if row.precision_reached is False else ""
    drawn = {}
    if isinstance(row, DrawnRow):
        share = row.parameter_share
        drawn = {
            "interval_chance": _range(row.low_chance, row.high_chance, quantum, lang),
            "parameter_share": f"{share:.0%}" if math.isfinite(share) else "-",
        }
    return {
        "scenario": row.scenario,
        "outcome": labels[row.outcome][lang],
        "group": group_label(row.group, lang),
        "date": row.date,
        "unit": unit_label(row.unit, lang),
        "baseline": rounded(row.baseline, quantum),
        "reform": rounded(row.reform, quantum),
        "difference": rounded(row.difference, quantum),
        "interval": _range(row.low, row.high, quantum, lang) + mark,
        "error": rounded(row.error, quantum_of(row.error)),
        "n": str(row.n),
        "same_sign": f"{100 * row.same_sign:.0f}%" if row.n else "-",
        **drawn,
    }


def _range(low: float, high: float, quantum: float, lang: str) -> str:
    from experiments.findings import rounded

    if not math.isfinite(low):
        return say("none", lang)
    return say("range_text", lang, low=rounded(low, quantum), high=rounded(high, quantum))


def _write(result: Comparison, terminal: Terminal, plot: Path | None, out: Path | None) -> None:
    from experiments.files import write_whole

    written = []
    if out is not None:
        write_whole(out / "compare.json", result.to_json(lang=terminal.lang) + "\n")
        write_whole(out / "compare.csv", result.to_csv())
        written += [out / "compare.json", out / "compare.csv"]
        if plot is not None and plot.parent == Path():
            plot = out / plot
    if plot is not None:
        from experiments.cases import outcome_labels
        from experiments.figures import draw_comparison

        write_whole(plot, draw_comparison(result, plot.suffix, terminal.lang, outcome_labels()))
        written.append(plot)
    if written:
        terminal.note(say("written", terminal.lang, files=", ".join(map(str, written))))
