"""Section 5 of a report: groups of people that gain or lose, and the people reached one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from experiments.cases import known_groups
from experiments.persons import TRAITS
from experiments.report.building import column, date_text, group_text, joined, said
from experiments.report.figures_of import source_line
from experiments.report.parts import Figure, Item, Section, Table, Text
from experiments.report.paths import level_columns, levels
from experiments.report.regions import tiles_figure
from experiments.report.section_words import SECTION_WORDS

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers
    from experiments.rows import Row

FIGURES: dict[str, tuple[str, ...]] = {
    "who-category": ("category", "sex", "age", "mode"),
    "who-origin": ("origin", "field"),
}
"""Families of groups that one figure holds."""
_LEAST = 3
"""Groups that can be told apart."""
_COUNTS = ("touched", "additional", "displaced", "deadweight", "abroad")


def who_section(numbers: Numbers) -> Section | None:
    """Return differences by group at the last date; None for several scenarios, or where groups are not kept."""
    if not numbers.asked.is_one:
        return None
    rows = {row.group: row for row in numbers.rows(("stock",), known_groups())}
    if len(rows) < _LEAST:
        return None
    return Section("who", said(SECTION_WORDS, "who"), tuple(_items(numbers, rows)))


def _items(numbers: Numbers, rows: dict[str, Row]) -> Iterator[Item]:
    for name, families in FIGURES.items():
        members = [row for group, row in rows.items() if _family(group) in families]
        if members:
            yield _forest(numbers, name, families, members)
    regions = [row for group, row in rows.items() if _family(group) == "region"]
    if regions:
        yield tiles_figure(numbers, regions)
    if numbers.persons:
        yield _persons(numbers)


def _family(group: str) -> str:
    return group.partition("=")[0]


def _forest(numbers: Numbers, name: str, families: Sequence[str], rows: Sequence[Row]) -> Figure:
    ordered = sorted(rows, key=lambda row: (families.index(_family(row.group)), -row.difference))
    date = date_text(numbers.dates[-1])
    keys = {"group": "family", "label": "group", **{key: key for key in ("baseline", "reform", "difference", "clear")}}
    listed = joined([group_text(family) for family in families], said(SECTION_WORDS, "comma"))
    table = Table(
        id=name,
        caption=said(SECTION_WORDS, "who_caption", families=listed, date=date),
        columns=level_columns(keys),
        rows=tuple(
            {"group": group_text(_family(row.group)), "label": group_text(row.group), **levels(row)} for row in ordered
        ),
        note=said(SECTION_WORDS, "who_note"),
    )
    return Figure(
        id=name,
        kind="forest",
        title=title_of(rows),
        subtitle=said(SECTION_WORDS, "who_subtitle", date=date),
        source=source_line(numbers),
        table=table,
    )


def title_of(rows: Sequence[Row]) -> Text:
    """Return what the groups show: who gains most among those told from zero, or loses most if nobody gains."""
    clear = [row for row in rows if row.is_clear]
    counts = {"n": len(clear), "total": len(rows)}
    if not clear:
        return said(SECTION_WORDS, "who_title_none", **counts)
    most = max(clear, key=lambda row: row.difference)
    if most.difference > 0:
        return said(SECTION_WORDS, "who_title_clear", most=group_text(most.group), **counts)
    least = min(clear, key=lambda row: row.difference)
    return said(SECTION_WORDS, "who_title_losing", least=group_text(least.group), **counts)


def _persons(numbers: Numbers) -> Table:
    """Return the people reached by the last date, by traits that nobody changes."""
    date = numbers.dates[-1]
    rows = [row for row in numbers.persons if row.date == date and (row.group == "all" or _family(row.group) in TRAITS)]
    return Table(
        id="persons",
        caption=said(SECTION_WORDS, "persons_caption", date=date_text(date)),
        columns=(
            column("group", said(SECTION_WORDS, "family")),
            column("label", said(SECTION_WORDS, "group")),
            *(column(name, said(SECTION_WORDS, name), "number", said(SECTION_WORDS, "people")) for name in _COUNTS),
        ),
        rows=tuple(
            {
                "group": group_text(_family(row.group)),
                "label": group_text(row.group),
                **{name: getattr(row, name) for name in _COUNTS},
            }
            for row in rows
        ),
        note=said(SECTION_WORDS, "persons_note"),
    )
