"""Section 4 of a report: people in China year by year, and since when the difference can be told from zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.report.building import column, date_text, difference, number, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Column, Figure, Item, Kind, Paragraph, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.replicate import Case
    from experiments.report.numbers import Numbers
    from experiments.rows import Row

DRAWN_MOST = 4
"""Scenarios that a figure of paths holds."""
_LEAST = 3
"""Dates that make a path."""


def paths_section(numbers: Numbers) -> Section | None:
    """Return levels and differences of the stock by year, of the first four scenarios; None where it is not kept."""
    drawn = numbers.asked.cases[:DRAWN_MOST]
    total = len(numbers.asked.cases)
    rows = [row for row in numbers.rows(("stock",), dates=numbers.years) if _is_of(row, drawn)]
    if len({row.date for row in rows}) < _LEAST:
        return None
    figure = Figure(
        id="paths",
        kind="paths",
        title=_title(numbers, rows, drawn),
        subtitle=said(SECTION_WORDS, "paths_subtitle"),
        source=source_line(numbers),
        table=paths_table("paths", said(SECTION_WORDS, "paths_caption"), rows, drawn),
        options={"start": {case.id: case.first for case in drawn if case.first}},
    )
    items: list[Item] = [figure]
    if total > DRAWN_MOST:
        items.insert(0, Paragraph(said(SECTION_WORDS, "paths_first", n=DRAWN_MOST, total=total), "note"))
    return Section("paths", said(SECTION_WORDS, "paths"), tuple(items))


def _is_of(row: Row, cases: Sequence[Case]) -> bool:
    return any(row.scenario == case.id for case in cases)


def paths_table(name: str, caption: Text, rows: Sequence[Row], cases: Sequence[Case]) -> Table:
    """Return a table of one outcome by year, one row for each scenario and date."""
    titles = {case.id: case.title for case in cases}
    kinds = {"date": "date", "baseline": "number", "reform": "number", "difference": "interval"}
    labels = {"label": "scenario", "scenario": "code"}
    keys = ("label", "date", "baseline", "reform", "difference", "clear", "scenario")
    return Table(
        id=name,
        caption=caption,
        columns=tuple(
            column(
                key,
                said(SECTION_WORDS, labels.get(key, key)),
                kinds.get(key, "text"),
                is_difference=key == "difference",
            )
            for key in keys
        ),
        rows=tuple(
            {"scenario": row.scenario, "label": titles[row.scenario], "date": row.date, **levels(row)} for row in rows
        ),
    )


def level_columns(labels: Mapping[str, str], effect: str = "difference") -> tuple[Column, ...]:
    """Return columns by key, from the names of their labels; ``effect`` is the key of the difference."""
    kinds: dict[str, Kind] = {"baseline": "number", "reform": "number", effect: "interval"}
    people = said(SECTION_WORDS, "people")
    return tuple(
        column(
            key,
            said(SECTION_WORDS, label),
            kinds.get(key, "text"),
            people if key in kinds else None,
            is_difference=key == effect,
        )
        for key, label in labels.items()
    )


def levels(row: Row) -> dict[str, Any]:
    """Return the cells of a row that tables of figures share."""
    return {
        "baseline": number(row.baseline),
        "reform": number(row.reform),
        "difference": difference(row),
        "clear": said(SECTION_WORDS, "yes" if row.is_clear else "no"),
    }


def _title(numbers: Numbers, rows: Sequence[Row], cases: Sequence[Case]) -> Text:
    last = numbers.dates[-1]
    if len(cases) > 1:
        n = sum(row.is_clear for row in numbers.rows(("stock",), dates=(last,)))
        return said(SECTION_WORDS, "paths_title_many", n=n, total=len(numbers.asked.cases), date=date_text(last))
    since = cases[0].first or last
    later = [row for row in rows if row.date >= since]
    clear = [row.is_clear for row in later]
    if not any(clear):
        return said(SECTION_WORDS, "paths_title_none")
    first = clear.index(True)
    if all(clear[first:]):
        return said(SECTION_WORDS, "paths_title_clear", date=date_text(later[first].date))
    return said(SECTION_WORDS, "paths_title_parts", n=sum(clear), total=len(clear))
