"""Section 7 of a report: what a reform costs, what it does to the fiscal balance, what an added year costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.report.building import both, column, interval, number, said
from experiments.report.parts import Item, Paragraph, Section, Table, Text
from experiments.report.section_words import SECTION_WORDS
from experiments.words import LANGUAGES

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.report.numbers import Numbers

_MILLION = 1e-6


def cost_section(numbers: Numbers) -> Section:
    """Return costs at every date of the report, of each scenario."""
    return Section("cost", said(SECTION_WORDS, "cost"), tuple(_items(numbers)))


def _items(numbers: Numbers) -> Iterator[Item]:
    lines = {lang: numbers.told_costs(lang) for lang in LANGUAGES}
    if not lines["en"]:
        yield Paragraph(said(SECTION_WORDS, "cost_none"))
    for place in range(len(lines["en"])):
        yield Paragraph({lang: lines[lang][place] for lang in LANGUAGES}, "finding")
    yield _table(numbers)


def _table(numbers: Numbers) -> Table:
    titles = {case.id: case.title for case in numbers.asked.cases}
    money, years = said(SECTION_WORDS, "million_yuan"), said(SECTION_WORDS, "person_years")
    columns = (
        column("date", said(SECTION_WORDS, "date"), "date"),
        column("public_cost", said(SECTION_WORDS, "public_cost"), "number", money),
        column("balance_difference", said(SECTION_WORDS, "balance_difference"), "interval", money, is_difference=True),
        column("added_years", said(SECTION_WORDS, "added_years"), "interval", years, is_difference=True),
        column("cost_per_year", said(SECTION_WORDS, "per_added_year"), "interval", said(SECTION_WORDS, "yuan")),
    )
    scenario = (column("scenario", said(SECTION_WORDS, "scenario")),)
    return Table(
        id="cost",
        caption=said(SECTION_WORDS, "cost_caption"),
        columns=columns if len(titles) == 1 else scenario + columns,
        rows=tuple({"scenario": titles[row.scenario], **cost_cells(row)} for row in numbers.costs),
        note=said(SECTION_WORDS, "cost_note", source=_source(numbers)),
    )


def cost_cells(row: CostRow) -> dict[str, Any]:
    """Return the cells of one row of costs; money in millions of yuan, the cost of a year in yuan."""
    balance = (value * _MILLION for value in (row.balance, row.balance_low, row.balance_high))
    per_year = None
    if row.person_years > 0 and row.public_cost:
        per_year = interval(row.per_person_year, row.per_person_year_low, row.per_person_year_high)
    return {
        "date": row.date,
        "public_cost": number(row.public_cost * _MILLION),
        "balance_difference": interval(*balance),
        "added_years": interval(row.person_years, row.person_years_low, row.person_years_high),
        "cost_per_year": per_year,
    }


def _source(numbers: Numbers) -> Text:
    """Return where the costs of a single scenario come from, empty where its file does not say."""
    scenario = numbers.asked.cases[0].scenario
    if not numbers.asked.is_one or not scenario.cost.note:
        return both(lambda _: "")
    return said(SECTION_WORDS, "cost_source", source=scenario.cost.source, note=scenario.cost.note)
