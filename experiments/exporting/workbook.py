"""Tables as one Excel workbook, a sheet each."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.exporting.dictionary import Entry
from experiments.exporting.words import COLUMNS, SECTIONS, SHEETS
from experiments.words import LANGUAGES

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, the header among them."""
MOST_LETTERS = 32_767
"""Letters that a cell of Excel holds."""
_WIDEST, _NARROWEST, _LOOKED_AT = 60, 8, 200
_NUMBER, _SMALL, _SHARE, _WHOLE = "#,##0.00", "0.0000", "0.0%", "#,##0"
_SHARES = {"same_sign"}
OPTIONS = {
    # Text is text: a title that begins with = must not become a formula, nor one with http a link.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes no zone; a fixed date makes the same bytes
_FROZEN = {"effects": 7, "runs": 1, "draws": 1, "dictionary": 2}
"""Columns that stay in view."""


def write_workbook(path: Path, tables: Mapping[str, Any], entries: Sequence[Entry], *, lang: str, title: str) -> None:
    """Write a workbook: what it holds, then the tables, then the dictionary.

    Parameters
    ----------
    path
        The file, ending in ``.xlsx``.
    tables
        Data frames by name, each with fewer than ``MOST_ROWS`` rows, the dictionary among them.
    entries
        The dictionary.
    lang
        Language of sheets, headers and labels.
    title
        Written into the properties of the file.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        book.set_properties({"title": title, "created": EPOCH})
        column = LANGUAGES.index(lang)
        _write_readme(book, SHEETS["readme"][column], entries, column)
        for name, table in tables.items():
            _write_table(book, SHEETS[name][column], name, table, column)


def _write_readme(book: Any, name: str, entries: Sequence[Entry], column: int) -> None:
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    told = [entry for entry in entries if entry.section in {"about", "table", "arm"}]
    for row, entry in enumerate(told):
        label, meaning = (entry.label_en, entry.meaning_en) if column == 0 else (entry.label_zh, entry.meaning_zh)
        if entry.section == "table":
            label = SHEETS[entry.name][column]
        elif entry.section == "arm":
            label = f"{SECTIONS['arm'][column]} {entry.name}"
            meaning = f"{(entry.label_en, entry.label_zh)[column]}: {meaning}"
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, meaning[:MOST_LETTERS], wrapped)


def _write_table(book: Any, title: str, name: str, table: Any, column: int) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, _FROZEN.get(name, 1))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    styles = _styles(book)
    headers = [COLUMNS[one][column] if one in COLUMNS else one for one in table.columns]
    for place, header in enumerate(headers):
        sheet.set_column(place, place, width_of([header, *table.iloc[:_LOOKED_AT, place]]))
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, bold)
    has_unit = "unit" in table.columns and name != "dictionary"
    units = table["unit"] if has_unit else [""] * len(table)
    for row, (unit, *cells) in enumerate(zip(units, *(table[one] for one in table.columns), strict=True), 1):
        for place, (one, cell) in enumerate(zip(table.columns, cells, strict=True)):
            _write_cell(sheet, row, place, cell, styles[_style_of(one, unit, cell)])
    if len(table):
        sheet.autofilter(0, 0, len(table), len(headers) - 1)


def _styles(book: Any) -> dict[str, Any]:
    return {form: book.add_format({"num_format": form}) for form in (_NUMBER, _SMALL, _SHARE, _WHOLE, "General")}


def _style_of(column: str, unit: str, cell: Any) -> str:
    if column in _SHARES:
        return _SHARE
    if isinstance(cell, str) or column in {"seed", "draw", "replicate"}:
        return "General"
    if unit in {"share", "log"}:
        return _SMALL
    if column in {"n", "draws"}:
        return _WHOLE
    return _NUMBER if unit else "General"


def _write_cell(sheet: Any, row: int, place: int, cell: Any, style: Any) -> None:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell[:MOST_LETTERS])
    else:
        sheet.write_number(row, place, float(cell), style)


def width_of(cells: Sequence[Any]) -> int:
    """Return a width, in letters, that holds most cells; Chinese characters take two."""
    widths = [_letters(f"{cell:,.2f}" if isinstance(cell, float) else str(cell)) for cell in cells]
    return min(_WIDEST, max(_NARROWEST, *widths) + 2)


def _letters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
