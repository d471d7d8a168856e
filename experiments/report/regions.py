"""Regions in a report: what each gains, for a map of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.report.building import date_text, difference, group_text, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Figure, Table, Text
from experiments.report.paths import level_columns, levels
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers
    from experiments.rows import Row


def tiles_figure(numbers: Numbers, rows: Sequence[Row]) -> Figure:
    """Return the map of the regions that the model knows, from rows of the stock by region."""
    date = date_text(numbers.dates[-1])
    keys = {
        "label": "region",
        "baseline": "baseline",
        "reform": "reform",
        "value": "difference",
        "clear": "clear",
        "region": "code",
    }
    table = Table(
        id="regions",
        caption=said(SECTION_WORDS, "tiles_caption", date=date),
        columns=level_columns(keys, "value"),
        rows=tuple(
            {
                "region": row.group.partition("=")[2],
                "label": group_text(row.group),
                **levels(row),
                "value": difference(row),
            }
            for row in sorted(rows, key=lambda row: -row.difference)
        ),
        note=said(SECTION_WORDS, "tiles_note"),
    )
    return Figure(
        id="regions",
        kind="tiles",
        title=_title(rows),
        subtitle=said(SECTION_WORDS, "tiles_subtitle", date=date),
        source=source_line(numbers),
        table=table,
    )


def _title(rows: Sequence[Row]) -> Text:
    gaining = [row for row in rows if row.is_clear and row.difference > 0]
    if not gaining:
        n = sum(row.is_clear for row in rows)
        return said(SECTION_WORDS, "tiles_title_none" if not n else "tiles_title_fewer", n=n, total=len(rows))
    most = max(gaining, key=lambda row: row.difference)
    n = sum(row.is_clear for row in rows)
    return said(SECTION_WORDS, "tiles_title", most=group_text(most.group), n=n, total=len(rows))
