"""Scenarios of one report beside each other: the difference that each makes to the people in China."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.building import date_text, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Figure, Section, Table
from experiments.report.paths import level_columns, levels
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers


def ranking_section(numbers: Numbers) -> Section | None:
    """Return all scenarios by their difference at the last date, the largest first; None for a single one, or where it is not kept."""
    if numbers.asked.is_one:
        return None
    rows = sorted(numbers.rows(("stock",)), key=lambda row: -row.difference)
    if not rows:
        return None
    titles = {case.id: case.title for case in numbers.asked.cases}
    date = date_text(numbers.dates[-1])
    keys = {
        "label": "scenario",
        "baseline": "baseline",
        "reform": "reform",
        "difference": "difference",
        "clear": "clear",
    }
    table = Table(
        id="ranking",
        caption=said(SECTION_WORDS, "ranking_caption", date=date),
        columns=level_columns(keys),
        rows=tuple({"label": titles[row.scenario], **levels(row)} for row in rows),
        note=said(SECTION_WORDS, "ranking_note"),
    )
    n = sum(row.is_clear for row in rows)
    figure = Figure(
        id="ranking",
        kind="forest",
        title=said(SECTION_WORDS, "paths_title_many", n=n, total=len(rows), date=date),
        subtitle=said(SECTION_WORDS, "ranking_subtitle", date=date),
        source=source_line(numbers),
        table=table,
    )
    return Section("ranking", said(SECTION_WORDS, "ranking"), (figure,))
