"""Section 3 of a report: outcomes under both laws, their differences, which of these can be told from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.cases import known_outcomes, outcome_labels
from experiments.report.building import (
    column,
    date_text,
    difference,
    exists,
    interval,
    level_unit,
    number,
    readable,
    said,
)
from experiments.report.parts import Column, Item, Paragraph, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS
from experiments.rows import DrawnRow

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers
    from experiments.rows import Row

MAIN_OUTCOMES = (
    "stock", "arrivals", "exits", "applications", "permits_issued", "refusals", "abandoned", "rework_share",
    "days_to_permit_median", "days_to_permit_p90", "pr_granted", "pr_stock", "stay_1y", "stay_3y", "stay_5y",
    "family_share", "spouse_employment", "pension_qualifiers", "hours_lost", "belief_gap", "mean_points",
    "share_of_workforce", "contested_posts", "public_cost", "fiscal_balance",
)  # fmt: skip
"""Outcomes of the first table."""
FEW_OUTCOMES = (
    "stock",
    "arrivals",
    "exits",
    "days_to_permit_median",
    "pr_granted",
    "stay_3y",
    "family_share",
    "hours_lost",
)
"""Outcomes of the table of several scenarios."""
_COLUMNS: dict[str, Any] = {
    "scenario": "text", "outcome": "text", "date": "date", "unit": "text", "baseline": "number", "reform": "number",
    "difference": "interval", "by_chance": "interval", "parameter_share": "share", "same_sign": "share",
    "pairs": "count", "verdict": "text",
}  # fmt: skip


def outcomes_section(numbers: Numbers) -> Section:
    """Return the main outcomes at every date of the report; at the last one alone for several scenarios."""
    is_one = numbers.asked.is_one
    rows = numbers.rows(MAIN_OUTCOMES, dates=numbers.dates) if is_one else numbers.rows(FEW_OUTCOMES)
    rows = rows or numbers.rows(known_outcomes()) or numbers.headline
    last = [row for row in rows if row.date == numbers.dates[-1]]
    earlier = [row for row in rows if row.date != numbers.dates[-1]]
    counts = {"clear": sum(row.is_clear for row in last), "total": len(last), "date": date_text(numbers.dates[-1])}
    titles = titles_in(numbers)
    items: list[Item] = [
        Paragraph(said(SECTION_WORDS, "outcomes_few", **counts)),
        outcomes_table("outcomes", said(SECTION_WORDS, "outcomes_caption"), last or rows, titles),
    ]
    if last and earlier:
        caption = said(SECTION_WORDS, "outcomes_earlier_caption")
        items.append(replace(outcomes_table("outcomes-earlier", caption, earlier, titles), is_open=False))
    return Section("outcomes", said(SECTION_WORDS, "outcomes"), tuple(items))


def rest_section(numbers: Numbers) -> Section | None:
    """Return all other outcomes at the last date, for analysts; None for several scenarios."""
    if not numbers.asked.is_one:
        return None
    rest = numbers.rows([name for name in known_outcomes() if name not in MAIN_OUTCOMES])
    if not rest:
        return None
    table = outcomes_table("outcomes-rest", said(SECTION_WORDS, "outcomes_rest_caption"), rest, titles_in(numbers))
    return Section(
        "outcomes-rest", said(SECTION_WORDS, "outcomes_rest"), (replace(table, is_open=False),), ("analyst",)
    )


def titles_in(numbers: Numbers) -> dict[str, Text]:
    """Return the titles of the scenarios by id."""
    return {case.id: case.title for case in numbers.asked.cases}


def outcomes_table(name: str, caption: Text, rows: Sequence[Row], titles: dict[str, Text]) -> Table:
    """Return a table of rows: levels, difference, its range, what the range allows to say."""
    is_drawn = any(isinstance(row, DrawnRow) for row in rows)
    left_out = {"scenario"} if len(titles) == 1 else set()
    left_out |= set() if is_drawn else {"by_chance", "parameter_share"}
    return Table(
        id=name,
        caption=caption,
        columns=tuple(_column(key) for key in _COLUMNS if key not in left_out),
        rows=tuple({"scenario": titles[row.scenario], **cells(row)} for row in rows),
        note=said(SECTION_WORDS, "outcomes_note"),
    )


def _column(key: str) -> Column:
    name = "difference_by_chance" if key == "by_chance" else key
    return column(name, said(SECTION_WORDS, key), _COLUMNS[key], is_difference=_COLUMNS[key] == "interval")


def cells(row: Row) -> dict[str, Any]:
    """Return the cells of one row, in the units that reports tell."""
    told = readable(row)
    found = {
        "outcome": outcome_labels()[row.outcome],
        "date": row.date,
        "unit": level_unit(told),
        "baseline": number(told.baseline),
        "reform": number(told.reform),
        "difference": difference(told),
        "same_sign": number(row.same_sign),
        "pairs": row.n,
        "verdict": said(SECTION_WORDS, verdict(row)),
    }
    if isinstance(told, DrawnRow):
        found["difference_by_chance"] = interval(told.difference, told.low_chance, told.high_chance)
        found["parameter_share"] = number(told.parameter_share)
    return found


def verdict(row: Row) -> str:
    """Return the key of what may be said of a difference: no more than its range allows."""
    if row.n == 0:
        return "undefined"
    if not exists(row.low):
        return "no_range"
    if row.low == row.high == 0:
        return "same"
    if row.is_clear:
        return "clear" if row.low > 0 or row.high < 0 else "one_sign"
    return "unclear"
