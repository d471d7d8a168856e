"""A cell of a table as people read it: rounded to its noise, with its range."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.findings import quantum_of, rounded
from experiments.report.page_words import word
from experiments.report.parts import BigNumber, Column, Table
from experiments.report.section_words import SECTION_WORDS
from experiments.words import date_label

_LEVELS = {"baseline", "reform"}
_UNITS = {"unit"}
_YES_OR_NO = {"yes": True, "no": False}
_VERDICTS = {"clear": True, "one_sign": True, "unclear": False}
_SAYS = {
    "clear": _YES_OR_NO,
    "told": _YES_OR_NO,
    "verdict": {SECTION_WORDS[key][0]: is_clear for key, is_clear in _VERDICTS.items()},
}
"""Columns that say whether the difference of a row is told from zero, and the words by which they do."""
_BY_CHANCE = "difference_by_chance"
"""The other range of a difference over draws, of which a row says nothing."""
_ROWS_ALIKE = 4
_MINUS = "−"
_COUNTED_OUT = 1000
"""Whole numbers below it are told to the last digit."""
_LONG = 40
"""Letters from which on a text is a sentence."""
UNCLEAR, SAME = "unclear", "same"
"""What is said beside a difference that cannot be told from zero."""


def shown(column: Column, row: Mapping[str, Any], lang: str) -> str:
    """Return the text of a cell.

    Parameters
    ----------
    column
        Says how the cell is read: its kind, and whether it is a difference.
    row
        Cells by key of the column.
    lang
        ``en`` or ``zh``.

    >>> column = Column("effect", {"en": "effect", "zh": "影响"}, "interval", is_difference=True)
    >>> shown(column, {"effect": (23012.0, 19870.0, 26004.0)}, "en")
    '+23,000 (+19,900 to +26,000)'
    >>> shown(Column("kept", {}, "share"), {"kept": 0.1234}, "zh"), shown(column, {}, "en")
    ('12.3%', '–')
    """
    value: Any = row.get(column.key)
    if _is_missing(value):
        return word("dash", lang)
    if column.kind == "interval":
        return interval_text(value, lang, is_signed=column.is_difference)
    if column.kind in {"number", "share", "count"}:
        return _number(column, row)
    text = value[lang] if isinstance(value, Mapping) else str(value)
    return date_label(text, lang) if column.kind == "date" and text[:4].isdigit() else text


def is_number(column: Column) -> bool:
    """Return whether the cells of a column are numbers, set to the right."""
    return column.kind in {"number", "interval", "share", "count"}


def is_long(table: Table, column: Column, lang: str) -> bool:
    """Return whether a column holds sentences, which a page gives room."""
    return column.kind == "text" and any(len(shown(column, row, lang)) > _LONG for row in table.rows)


def mark(column: Column, row: Mapping[str, Any]) -> str:
    """Return what must be said beside a difference: that its range includes zero, or that it is zero; else nothing.

    What its row says of it decides, as in figures; a row that says nothing is read by its range, which is clear where 0
    lies outside.

    >>> column = Column("effect", {}, "interval", is_difference=True)
    >>> mark(column, {"effect": (1.0, 0.0, 4.0)}), mark(column, {"effect": (0.0, 0.0, 0.0)})
    ('unclear', 'same')
    >>> mark(column, {"effect": (1.0, 0.0, 4.0), "clear": {"en": "yes", "zh": "是"}})
    ''
    """
    value: Any = row.get(column.key)
    if column.kind != "interval" or not column.is_difference or _is_missing(value):
        return ""
    middle, low, high = value
    if _is_missing(low) or _is_missing(high):
        return ""
    if middle == low == high == 0:
        return SAME
    said = None if column.key == _BY_CHANCE else _is_said_clear(row)
    is_clear = not low <= 0 <= high if said is None else said
    return "" if is_clear else UNCLEAR


def _is_said_clear(row: Mapping[str, Any]) -> bool | None:
    """Return whether a row says of its difference that it is told from zero, None where it says nothing."""
    for key, words in _SAYS.items():
        cell = row.get(key)
        found = words.get(cell["en"] if isinstance(cell, Mapping) else str(cell))
        if found is not None:
            return found
    return None


def is_unclear(column: Column, row: Mapping[str, Any]) -> bool:
    """Return whether a cell is a difference that cannot be told from zero."""
    return mark(column, row) != ""


def is_unclear_row(table: Table, row: Mapping[str, Any]) -> bool:
    """Return whether the first difference of a row is unclear; false for a row without one."""
    found = next((column for column in _differences(table) if not _is_missing(row.get(column.key))), None)
    return found is not None and is_unclear(found, row)


def measured(table: Table) -> Column | None:
    """Return the first difference of a table that has a range, None where there is none."""
    return next(iter(_differences(table)), None)


def told_once(table: Table) -> list[Column]:
    """Return the columns that say the same in every row, as the date often does: a caption tells them once.

    Never the first column, which names the rows; none of a table of three rows or fewer.
    """
    if len(table.rows) < _ROWS_ALIKE:
        return []
    columns = [column for column in table.columns[1:] if column.kind in {"text", "date", "count"}]
    return [column for column in columns if len({shown(column, row, "en") for row in table.rows}) == 1]


def named(table: Table, row: Mapping[str, Any], lang: str) -> str:
    """Return what a row is called: its texts and dates, up to the first number."""
    texts: list[str] = []
    for column in table.columns:
        if is_number(column):
            break
        if column.key in _UNITS:
            continue
        text = shown(column, row, lang)
        if text != word("dash", lang):
            texts.append(text)
    return word("row_apart", lang).join(dict.fromkeys(texts))


def header(column: Column, lang: str) -> str:
    """Return the header of a column with its unit."""
    unit = column.unit.get(lang, "")
    return word("with_unit", lang, label=column.label[lang], unit=unit) if unit else column.label[lang]


def interval_text(cell: Sequence[float | None], lang: str, *, is_signed: bool) -> str:
    """Return a number with its range, all rounded to two digits of the noise."""
    value, low, high = cell
    if value is None:
        return word("dash", lang)
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return _signed(_plain(value), is_signed=is_signed)
    quantum = quantum_of((high - low) / 2)
    # Told as one number where all runs agree.
    if quantum == 0:
        return _signed(_plain(value), is_signed=is_signed)
    texts = (_signed(rounded(end, quantum), is_signed=is_signed) for end in (value, low, high))
    return word("with_span", lang, **dict(zip(("value", "low", "high"), texts, strict=True)))


def big_number(number: BigNumber, lang: str) -> tuple[str, str]:
    """Return a number of the first page, and its range apart; the range is empty where there is none."""
    whole = interval_text(number.cell, lang, is_signed=number.is_signed)
    value, low, high = number.cell
    if low is None or high is None or low == high:
        return whole, ""
    quantum = quantum_of((high - low) / 2)
    ends = [_signed(rounded(end, quantum), is_signed=number.is_signed) for end in (low, high)]
    return _signed(rounded(value, quantum), is_signed=number.is_signed), word("range", lang, low=ends[0], high=ends[1])


def _differences(table: Table) -> list[Column]:
    return [column for column in table.columns if column.kind == "interval" and column.is_difference]


def _number(column: Column, row: Mapping[str, Any]) -> str:
    value: Any = row[column.key]
    if column.kind == "share":
        return f"{_minus(f'{100 * value:,.3g}' if abs(value) < 10 else f'{100 * value:,.0f}')}%"
    if column.kind == "count":
        return _minus(f"{value:,.0f}")
    quantum = _noise_beside(column, row)
    text = rounded(value, quantum) if quantum else _plain(value)
    return _signed(text, is_signed=column.is_difference)


def _noise_beside(column: Column, row: Mapping[str, Any]) -> float:
    """Return the step that a level is rounded to: that of the difference it goes with, 0 where there is none."""
    cell = row.get("difference") if column.key in _LEVELS else None
    if not isinstance(cell, tuple | list) or None in cell:
        return 0.0
    return quantum_of((cell[2] - cell[1]) / 2)


def _plain(value: float) -> str:
    """Return a number without a known noise: small whole ones whole, all others with three digits."""
    if float(value).is_integer() and abs(value) < _COUNTED_OUT:
        return f"{value:,.0f}"
    return rounded(value, quantum_of(abs(value)) / 10)


def _signed(text: str, *, is_signed: bool) -> str:
    is_zero = not text.strip("-0.,")
    return _minus(f"+{text}" if is_signed and not is_zero and not text.startswith("-") else text)


def _minus(text: str) -> str:
    return text.replace("-", _MINUS)


def _is_missing(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return not value or _is_missing(value[0])
    return value is None or (isinstance(value, float) and not math.isfinite(value))
