"""``talentflow sensitivity``: which uncertain parameters move an outcome, or a reform's effect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.analyses.defaults import DEFAULT_DRAWS, METHODS
from experiments.cli.options import Month, assume_option, option, output_options, question_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, kind_of, refuse, running
from experiments.cli.terminal import Terminal
from experiments.design import DEFAULT_SEED
from experiments.words import say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.index import Index
    from experiments.analyses.sensitivity_result import Answer, Sensitivity

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
_QUESTION = ("against", "method", "over", "outcomes", "groups", "dates", "assume", "screen")
_RUNS = ("draws", "replicates", "scale", "seed", "until")
_draws = ", ".join(f"{DEFAULT_DRAWS[method]} ({method})" for method in METHODS)


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("what", metavar="SCENARIO|FILE|DIR")
@option(
    "Question",
    "--against",
    type=click.Choice(("baseline", "none")),
    default="baseline",
    show_default=True,
    help="baseline: the reform's effect; none: the level under it.",
)
@option(
    "Question",
    "--method",
    type=click.Choice(METHODS),
    default="morris",
    show_default=True,
    help="morris screens many parameters, sobol shares out the variance, pawn takes any draws.",
)
@option(
    "Question",
    "--over",
    multiple=True,
    metavar="NAME",
    help="Parameter of behaviour, or the role calibrate or sensitivity; repeat for more. Default all that have a range.",
)
@question_options
@assume_option
@option("Runs", "--screen", is_flag=True, help="Let Morris choose the parameters first; for sobol.")
@option(
    "Runs",
    "--draws",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Trajectories, base rows or points; default {_draws}.",
)
@option(
    "Runs",
    "--replicates",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="R",
    help="Runs of each point with other luck, to tell noise from effects.",
)
@option(
    "Runs",
    "--scale",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    metavar="K",
    help="People that one row stands for.",
)
@option(
    "Runs",
    "--seed",
    type=click.IntRange(min=0),
    default=DEFAULT_SEED,
    show_default=True,
    metavar="S",
    help="First seed; also that of the design.",
)
@option("Runs", "--until", type=Month(), help="Last month simulated; default the last date asked for.")
@option("Runs", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor.")
@output_options
@option(
    "Output",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the runs here; the same command goes on where it was interrupted.",
)
@option(
    "Output",
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw the first number to this .svg or .png file.",
)
@click.pass_context
def command(
    ctx: click.Context, /, what: str, lang: str, as_json: bool, quiet: bool, plot: Path | None, **asked: Any
) -> None:
    """Find which uncertain parameters move an outcome of SCENARIO, or the effect of a reform.

    Instead of a scenario: an experiment file with a section `sensitivity`, or the folder of a batch with draws.
    """
    from experiments.files import check_folder

    terminal = Terminal(lang, quiet)
    if plot is not None:
        from experiments.figures import check_plot

        check_plot(plot, 1)
        check_folder(plot.parent)
    result = _result(ctx, what, asked, terminal)
    if as_json:
        terminal.say(result.to_json(lang=lang))
    else:
        show(result, terminal)
    if plot is not None:
        _draw(result, plot, terminal)
    end_with_failures(ctx, terminal, result.failed, result.folder)


def _result(ctx: click.Context, what: str, asked: dict[str, Any], terminal: Terminal) -> Sensitivity:
    """Answer from a scenario, an experiment file or a batch that has run."""
    from experiments.analyses.sensitivity import sensitivity

    kind, folder, over = kind_of(what), asked.pop("out"), asked.pop("over") or None
    if kind == "store":
        return _of_store(ctx, what, asked)
    with running(ctx, terminal, folder) as run:
        if kind == "experiment":
            refuse(ctx, (*_QUESTION, *_RUNS), "the file says what is run")
            return _of_file(what, {"folder": folder, "jobs": asked["jobs"], **run})
        return sensitivity(what, over=over, folder=folder, **asked, **run)


def _of_file(what: str, run: dict[str, Any]) -> Sensitivity:
    from experiments.analyses.sensitivity import asked_of_file, sensitivity_of
    from experiments.batch.reading import read_experiment

    experiment, target, asked = asked_of_file(read_experiment(what))
    return sensitivity_of(experiment, [target], asked, **run)


def _of_store(ctx: click.Context, what: str, asked: dict[str, Any]) -> Sensitivity:
    from experiments.analyses.index import Settings
    from experiments.analyses.numbers import EFFECT, LEVEL, asked_of_store
    from experiments.analyses.sensitivity import sensitivity_of_store
    from experiments.batch.store import Store

    refuse(ctx, (*_RUNS, "assume", "over", "out"), "the batch has run")
    if asked["method"] != "pawn" and ctx.get_parameter_source("method") == click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError(f"{asked['method']} needs a design of its own; draws of a batch take --method pawn", ctx)
    store = Store.open(what)
    given = [
        asked[name] if ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE else ()
        for name in ("outcomes", "groups", "dates")
    ]
    targets = asked_of_store(store, *given, of=LEVEL if asked["against"] == "none" else EFFECT)
    return sensitivity_of_store(store, targets, Settings())


def show(result: Sensitivity, terminal: Terminal) -> None:
    """Write the findings, a ranked table of each number, and what the numbers mean."""
    from experiments.analyses.sensitivity_words import finding, notes

    lang = terminal.lang
    for answer in result.answers:
        terminal.paragraphs([finding(answer, lang)])
    for answer in result.answers:
        terminal.say()
        if len(result.answers) > 1:
            terminal.say(_caption(answer, lang))
        _table(answer, terminal, round(100 * result.settings.confidence))
    terminal.say()
    terminal.paragraphs(notes(result, lang))


def _caption(answer: Answer, lang: str) -> str:
    from experiments.analyses.titles import number_label

    label = number_label(answer.target, answer.title, lang)
    return label[:1].upper() + label[1:]


def _table(answer: Answer, terminal: Terminal, percent: int) -> None:
    from experiments.analyses.sensitivity_words import tell

    indices, lang = answer.indices, terminal.lang
    method = indices.method
    n_shown = max(_ROWS, len(indices.clear))
    unit = unit_label(answer.unit, lang) or "0-1"
    headers = {
        "rank": tell("rank", lang),
        "parameter": tell("parameter", lang),
        "name": say("id", lang),
        "index": tell(f"index_{method}", lang, unit=unit),
        "interval": say("interval", lang, percent=percent),
    }
    if method != "pawn":
        headers["second"] = tell(f"second_{method}", lang)
    if method == "morris":
        headers["direction"] = tell("direction", lang)
    headers["verdict"] = tell("verdict", lang)
    rows = [_cells(row, answer, lang, str(rank)) for rank, row in enumerate(indices.rows[:n_shown], 1)]
    rows.append(_cells(indices.dummy, answer, lang, "") | {"parameter": tell("dummy", lang), "verdict": ""})
    cells = [[row[name] for name in headers] for row in rows]
    numbers = [i for i, name in enumerate(headers) if name in {"rank", "index", "interval", "second"}]
    terminal.table(list(headers.values()), cells, numbers=numbers)
    if len(indices.rows) > n_shown:
        terminal.say(tell("more", lang, n=len(indices.rows) - n_shown))


def _cells(row: Index, answer: Answer, lang: str, rank: str) -> dict[str, str]:
    from experiments.analyses.parameters import parameter_label
    from experiments.analyses.sensitivity_words import sign_label, size_text, tell
    from experiments.findings import quantum_of

    method = answer.indices.method
    quantum = quantum_of((row.high - row.low) / 2)
    ends = {"low": size_text(row.low, quantum, method), "high": size_text(row.high, quantum, method)}
    return {
        "rank": rank,
        "parameter": parameter_label(row.name, lang),
        "name": row.name,
        "index": size_text(row.index, quantum, method),
        "interval": say("range_text", lang, **ends),
        "second": size_text(row.second, quantum, method),
        "direction": sign_label(row, lang) if row.is_clear else "",
        "verdict": tell("clear" if row.is_clear else "not_clear", lang),
    }


def _draw(result: Sensitivity, plot: Path, terminal: Terminal) -> None:
    from experiments.analyses.sensitivity_words import dots_of
    from experiments.files import write_whole
    from experiments.panels import draw_dots

    write_whole(plot, draw_dots(dots_of(result, terminal.lang), plot.suffix, terminal.lang))
    terminal.note(say("written", terminal.lang, files=str(plot)))
