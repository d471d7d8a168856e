"""``talentflow regret``: which scenario is likely the best, and what another choice would cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.analyses.defaults import REGRET_DATE, REGRET_DRAWS, REGRET_REPLICATES
from experiments.cli.filling import asked_of, runs_options, store_option, workers_options
from experiments.cli.options import assume_option, option, output_options
from experiments.cli.outcome import Verb
from experiments.cli.running import end_with_failures, refuse, running
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.analyses.regret import Regrets

_EXAMPLES = """\
talentflow regret study
talentflow regret study one-stop fast-track
talentflow regret study --outcome hours_lost --less-is-better --date 2030
talentflow regret one-stop fast-track points-based-pr --draws 64 --replicates 8 --out choice
talentflow regret one-stop fast-track --priors
"""
_OF_RUNS = ("draws", "priors", "replicates", "seed", "scale", "until", "assume", "jobs", "cluster", "out")


@click.command(cls=Verb, examples=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="[DIR] [SCENARIO...]")
@option("Question", "--outcome", metavar="NAME", help="Outcome to rank by; stock, or the first one that DIR keeps.")
@option("Question", "--group", metavar="NAME", help="Group of people; everyone, or the first one that DIR keeps.")
@option(
    "Question", "--date", metavar="DATE", help=f"Month YYYY-MM, or YYYY; {REGRET_DATE}, or the last one that DIR keeps."
)
@option("Question", "--less-is-better", "is_less_better", is_flag=True, help="A lower number is the better one.")
@assume_option
@option(
    "Runs", "--draws", type=click.IntRange(min=1), default=REGRET_DRAWS, show_default=True, metavar="N",
    help="Draws of what is uncertain, out of the shipped posterior.",
)  # fmt: skip
@option(
    "Runs", "--priors", is_flag=True,
    help="Draw from all priors instead (a Sobol sample): settings that observed numbers rule out, too.",
)  # fmt: skip
@runs_options(REGRET_REPLICATES)
@workers_options
@output_options
@store_option
@click.pass_context
def command(
    ctx: click.Context, /, sources: tuple[str, ...], lang: str, as_json: bool, quiet: bool, out: Path | None,
    **asked: Any,
) -> None:  # fmt: skip
    """Rank scenarios over draws of what is uncertain: those of the batch in DIR, or SCENARIOs that are run here.

    After DIR, name the scenarios to choose among; without names, all of the batch.
    """
    terminal = Terminal(lang, quiet)
    found, store, n_failed = _found(ctx, sources, asked, out, terminal)
    terminal.say(found.to_json(lang=lang)) if as_json else show(found, terminal)
    if store is not None:
        _keep(found, store, terminal)
    end_with_failures(ctx, terminal, n_failed, store)


def _found(
    ctx: click.Context, sources: tuple[str, ...], asked: dict[str, Any], out: Path | None, terminal: Terminal
) -> tuple[Regrets, Path | None, int]:
    from experiments.analyses.regret import read_regret, regret
    from experiments.batch.draws import SOBOL
    from experiments.batch.form import SHIPPED
    from experiments.batch.store import Store
    from experiments.files import check_folder

    number = {name: asked.pop(name) for name in ("outcome", "group", "date")}
    number = {name: value for name, value in number.items() if value is not None}
    is_less_better = asked.pop("is_less_better")
    batch = asked_of(sources[0], terminal.lang)
    if batch is not None:
        refuse(ctx, _OF_RUNS, "the runs of a batch are there already")
        if batch.folder is None:
            raise click.UsageError(f"run it first: talentflow experiment run {sources[0]} --out DIR", ctx)
        store = Store.open(batch.folder)
        found = read_regret(store, arms=sources[1:], **number, is_less_better=is_less_better)
        return found, batch.folder, len(store.failures())
    if out is not None:
        check_folder(out)
    source = {"method": SOBOL} if asked.pop("priors") else {"posterior": SHIPPED}
    asked["uncertainty"] = source | {"draws": asked.pop("draws")}
    with running(ctx, terminal, out) as how:
        found = regret(sources, **number, is_less_better=is_less_better, folder=out, **asked, **how)
    return found, out, len(Store.open(out).failures()) if out is not None else 0


def show(found: Regrets, terminal: Terminal) -> None:
    """Write ranks and regrets for people: what follows, then the numbers."""
    from experiments.analyses.regret_telling import arm_table, duel_table, notes_of, sentences, warnings_of
    from experiments.words import say

    lang = terminal.lang
    for warning in warnings_of(found, lang):
        terminal.say(say("warning", lang, text=warning))
    terminal.paragraphs(sentences(found, lang))
    terminal.say()
    headers, rows = arm_table(found, lang)
    terminal.table(headers, rows, numbers=range(1, len(headers)))
    terminal.say()
    headers, rows = duel_table(found, lang)
    terminal.table(headers, rows, numbers=(2, 3))
    terminal.say()
    terminal.paragraphs(notes_of(found, lang))


def _keep(found: Regrets, folder: Path, terminal: Terminal) -> None:
    from experiments.batch.store import Store
    from experiments.words import say

    written = Store.open(folder).derive("regret.json", found.to_json(lang=terminal.lang) + "\n")
    terminal.note(say("written", terminal.lang, files=str(written)))
