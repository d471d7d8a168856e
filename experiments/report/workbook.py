"""The tables of a report as one Excel workbook: a sheet each, raw numbers, what they are on the first sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from experiments.design import DesignError
from experiments.exporting.workbook import EPOCH, MOST_LETTERS, OPTIONS, width_of
from experiments.report.cells import header
from experiments.report.frame import provenance_lines
from experiments.report.page_words import word
from experiments.report.parts import Column, Dossier, Table, flat

_NAME_MAX = 31
"""Letters that the name of a sheet may have."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FIRST_ROW = 2
"""Row of the first numbers of a sheet: the caption and the headers stand above."""
_LOOKED_AT = 100


class WorkbookError(DesignError):
    """A workbook that cannot be written: the library is missing."""


def write_workbook(path: Path, dossier: Dossier, lang: str) -> None:
    """Write the tables of a report as a workbook.

    Parameters
    ----------
    path
        The file, ending in ``.xlsx``; best one aside, as it is not written whole.
    dossier
        The report.
    lang
        Language of sheets, headers and texts: ``en`` or ``zh``.

    Raises
    ------
    WorkbookError
        Without the library that writes it.
    """
    if find_spec("xlsxwriter") is None:
        raise WorkbookError(word("no_xlsx", lang))
    import xlsxwriter  # type: ignore[import-untyped]

    tables = dossier.tables()
    names = sheet_names([table.id for table in tables], word("sheet_first", lang))
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        book.set_properties({"title": dossier.title[lang], "subject": dossier.headline[lang], "created": EPOCH})
        styles = _Styles(book)
        _write_first(book, dossier, lang, styles, dict(zip(names, tables, strict=True)))
        for name, table in zip(names, tables, strict=True):
            _write_table(book.add_worksheet(name), table, lang, styles)


def sheet_names(ids: Sequence[str], *taken: str) -> list[str]:
    """Return a name for the sheet of each table: short enough, unlike all others whatever their case.

    >>> sheet_names(["a" * 40, "a" * 41, "who?"])
    ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa-2', 'who-']
    """
    seen = {name.lower() for name in taken}
    names = []
    for one in ids:
        base = _FORBIDDEN.sub("-", one)
        name, n = base[:_NAME_MAX], 1
        while name.lower() in seen:
            n += 1
            name = f"{base[: _NAME_MAX - len(str(n)) - 1]}-{n}"
        seen.add(name.lower())
        names.append(name)
    return names


class _Styles:
    """The looks of cells, each made once for a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.note = book.add_format({"italic": True, "font_color": "#4a5361"})

    def number(self, form: str) -> Any:
        """Return the look of a number."""
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[form]


def _write_first(book: Any, dossier: Dossier, lang: str, styles: _Styles, tables: dict[str, Table]) -> None:
    sheet = book.add_worksheet(word("sheet_first", lang))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90, styles.text)
    sheet.set_column(2, 3, 14)
    row = 0
    for text, style in _opening(dossier, lang, styles):
        sheet.write_string(row, 1, text[:MOST_LETTERS], style)
        row += 1
    for number in dossier.numbers:
        low, high = (word(key, lang, label=number.what[lang]) for key in ("low_of", "high_of"))
        for label, value in zip((number.what[lang], low, high), number.cell, strict=True):
            if value is not None:
                sheet.write_number(row, 0, value, styles.number(_form([value])))
                sheet.write_string(row, 1, word("with_unit", lang, label=label, unit=number.unit[lang]), styles.text)
                row += 1
    row = _write_pairs(sheet, row + 1, word("provenance", lang), _made_from(dossier, lang), styles)
    row += 1
    sheet.write_string(row, 0, word("sheet", lang), styles.header)
    sheet.write_string(row, 1, word("shows", lang), styles.header)
    for name, table in tables.items():
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, table.caption[lang][:MOST_LETTERS], styles.text)


def _opening(dossier: Dossier, lang: str, styles: _Styles) -> Iterator[tuple[str, Any]]:
    yield dossier.headline[lang], styles.title
    for text in (*dossier.lead, *dossier.warnings):
        yield text[lang], styles.text
    yield word("not_forecast", lang), styles.text


def _made_from(dossier: Dossier, lang: str) -> Iterator[tuple[str, str]]:
    yield from provenance_lines(dossier, lang)
    yield word("rerun", lang), dossier.command.line


def _write_pairs(sheet: Any, row: int, title: str, pairs: Iterator[tuple[str, str]], styles: _Styles) -> int:
    sheet.write_string(row, 0, title, styles.header)
    sheet.write_string(row, 1, "", styles.header)
    for label, text in pairs:
        row += 1
        sheet.write_string(row, 0, label, styles.bold)
        sheet.write_string(row, 1, text[:MOST_LETTERS], styles.text)
    return row + 1


def _write_table(sheet: Any, table: Table, lang: str, styles: _Styles) -> None:
    headers = [text for column in table.columns for text in _headers(column, lang)]
    _, rows = flat(table, lang)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(headers)
    forms = [_form_of(column, cells) for column, cells in zip(_spread(table.columns), columns, strict=True)]
    for place, (text, cells) in enumerate(zip(headers, columns, strict=True)):
        sheet.set_column(place, place, width_of([text[:24], *cells[:_LOOKED_AT]]))
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.write_string(0, 0, table.caption[lang][:MOST_LETTERS], styles.bold)
    for place, text in enumerate(headers):
        sheet.write_string(_FIRST_ROW - 1, place, text, styles.header)
    for number, row in enumerate(rows, _FIRST_ROW):
        for place, (cell, form) in enumerate(zip(row, forms, strict=True)):
            if isinstance(cell, bool | str):
                sheet.write_string(number, place, str(cell)[:MOST_LETTERS])
            elif cell is not None:
                sheet.write_number(number, place, float(cell), styles.number(form))
    if table.note[lang]:
        sheet.write_string(_FIRST_ROW + len(rows) + 1, 0, table.note[lang][:MOST_LETTERS], styles.note)


def _headers(column: Column, lang: str) -> list[str]:
    whole = header(column, lang)
    if column.kind != "interval":
        return [whole]
    return [whole, *(word(key, lang, label=whole) for key in ("low_of", "high_of"))]


def _spread(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns for _ in range(3 if column.kind == "interval" else 1)]


def _form_of(column: Column, cells: Sequence[Any]) -> str:
    if column.kind == "share":
        return "0.0%"
    if column.kind == "count":
        return "#,##0"
    return _form([cell for cell in cells if isinstance(cell, int | float)])


def _form(values: Sequence[float]) -> str:
    """Return how numbers of a column are shown; what is kept is the number as it is."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 1000 or all(float(value).is_integer() for value in values):
        return "#,##0"
    return "#,##0.00" if largest >= 1 else "0.0000"
