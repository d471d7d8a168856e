"""``talentflow rank --draws``: reforms ranked over draws and theories, with probabilities."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.analyses.defaults import RANK_REPLICATES
from experiments.cli.filling import check_output
from experiments.cli.running import end_with_failures, running
from experiments.cli.terminal import Terminal

if TYPE_CHECKING:
    from experiments.analyses.rank_probabilities import RankProbabilities

RESULT = "rank.json"


def rank_over_draws(
    ctx: click.Context,
    scenarios: tuple[str, ...],
    terminal: Terminal,
    asked: dict[str, Any],
    *,
    as_json: bool,
    plot: Path | None,
    out: Path | None,
) -> None:
    """Run, write and keep a ranking with probabilities."""
    from experiments.analyses.rank_probabilities import rank_probabilities
    from experiments.batch.store import Store

    check_output(plot, out)
    asked["assume"] = asked["assume"] or None
    asked["replicates"] = asked["replicates"] or RANK_REPLICATES
    if ctx.get_parameter_source("until") != click.core.ParameterSource.COMMANDLINE:
        asked["until"] = None
    with running(ctx, terminal, out) as how:
        found = rank_probabilities(scenarios, folder=out, **asked, **how)
    terminal.say(found.to_json(lang=terminal.lang)) if as_json else show(found, terminal)
    _keep(found, terminal, plot, out)
    end_with_failures(ctx, terminal, len(Store.open(out).failures()) if out else found.draws_left_out, out)


def show(found: RankProbabilities, terminal: Terminal) -> None:
    """Write a ranking with probabilities for people: the finding, then the numbers, then what they mean."""
    from experiments.analyses.rank_telling import (
        arm_table,
        information_table,
        notes_of,
        sentences,
        theory_table,
        warnings_of,
    )
    from experiments.words import say

    lang = terminal.lang
    terminal.paragraphs(sentences(found, lang))
    for warning in warnings_of(found, lang):
        terminal.paragraphs([say("warning", lang, text=warning)])
    terminal.say()
    headers, rows = arm_table(found, lang)
    terminal.table(headers, rows, numbers=range(2, len(headers)))
    for headers, rows, numbers in (
        (*theory_table(found, lang), range(1, 6)),
        (*information_table(found, lang), (0, 2, 3, 4)),
    ):
        if rows:
            terminal.say()
            terminal.table(headers, rows, numbers=numbers)
    terminal.say()
    terminal.paragraphs(notes_of(found, lang))


def _keep(found: RankProbabilities, terminal: Terminal, plot: Path | None, out: Path | None) -> None:
    from experiments.batch.store import Store
    from experiments.words import say

    written = []
    if out is not None:
        written.append(Store.open(out).derive(RESULT, found.to_json(lang=terminal.lang) + "\n"))
    if plot is not None:
        from experiments.analyses.rank_figure import draw
        from experiments.files import write_whole

        write_whole(plot, draw(found, plot.suffix, terminal.lang))
        written.append(plot)
    if written:
        terminal.note(say("written", terminal.lang, files=", ".join(map(str, written))))
