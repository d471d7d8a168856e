"""The article's numbers beside ours, written for people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.words import group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.benchmarks import Beside
    from experiments.cli.terminal import Terminal


def show_context(context: Sequence[Beside], terminal: Terminal, *, has_reasons: bool) -> None:
    """Write the article's numbers with ours; with ``has_reasons`` also why the two are not the same thing."""
    lang = terminal.lang
    terminal.say(say("context", lang))
    names = ("article_counts", "period", "unit", "article", "ours", "nearest")
    terminal.rows(
        {name: say(name, lang) for name in names},
        [_cells(one, lang) for one in context],
        numbers=("article", "ours"),
    )
    if has_reasons:
        terminal.say()
        terminal.say(say("differs", lang))
        for one in context:
            terminal.say(f"- {one.benchmark.what[lang]} ({one.benchmark.source}): {one.benchmark.differs[lang]}")
    terminal.say()


def _cells(one: Beside, lang: str) -> dict[str, str]:
    from experiments.findings import quantum_of, rounded

    benchmark = one.benchmark
    known = math.isfinite(one.ours)
    return {
        "article_counts": benchmark.what[lang],
        "period": benchmark.period,
        "unit": unit_label(benchmark.unit, lang) or benchmark.unit,
        "article": f"{benchmark.value:,.6g}" if benchmark.value < 1e6 else f"{benchmark.value:,.0f}",
        "ours": rounded(one.ours, quantum_of(abs(one.ours)) / 10) if known else "-",
        "nearest": _nearest(one, lang) if known else "-",
    }


def _nearest(one: Beside, lang: str) -> str:
    from experiments.cases import outcome_labels

    benchmark = one.benchmark
    text = outcome_labels()[benchmark.outcome or ""][lang]
    return (
        text if benchmark.group == "all" else say("in_group", lang, what=text, group=group_label(benchmark.group, lang))
    )
