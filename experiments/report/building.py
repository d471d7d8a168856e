"""Texts, cells and columns as sections are built from them: the same said in each language, no number that is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from experiments.rows import DrawnRow
from experiments.words import LANGUAGES, date_label, group_label, unit_label

if TYPE_CHECKING:
    from experiments.report.parts import Column, Text
    from experiments.rows import Row

Words = Mapping[str, tuple[str, str]]
Interval = tuple[float, float | None, float | None]
_SCALES = {"share": (100.0, "percentage points"), "yuan": (1e-6, "million yuan")}
"""Units that a report tells in others, and what a number is multiplied by."""
_DIFFERENCES = ("baseline", "reform", "difference", "low", "high", "error", "low_chance", "high_chance")


def both(make: Callable[[str], str]) -> Text:
    """Return a text in each language.

    >>> both(lambda lang: lang.upper())
    {'en': 'EN', 'zh': 'ZH'}
    """
    return {lang: make(lang) for lang in LANGUAGES}


def said(words: Words, key: str, **values: object) -> Text:
    """Return a sentence of a table of words in each language; values that are texts are said in it, too."""
    return both(lambda lang: words[key][LANGUAGES.index(lang)].format(**{n: _in(v, lang) for n, v in values.items()}))


def _in(value: object, lang: str) -> object:
    return value[lang] if isinstance(value, Mapping) else value


def joined(texts: Sequence[Text], mark: Text) -> Text:
    """Return texts with a mark between them."""
    return both(lambda lang: mark[lang].join(text[lang] for text in texts))


def date_text(date: str) -> Text:
    """Return a month or a year in words."""
    return both(lambda lang: date_label(date, lang))


def group_text(group: str) -> Text:
    """Return the words for a group."""
    return both(lambda lang: group_label(group, lang))


def unit_text(unit: str) -> Text:
    """Return the everyday word for a unit."""
    return both(lambda lang: unit_label(unit, lang))


def exists(value: float | None) -> bool:
    """Return whether a number is one."""
    return value is not None and math.isfinite(value)


def number(value: float | None) -> float | None:
    """Return a number, None where it is none."""
    return float(value) if value is not None and math.isfinite(value) else None


def interval(value: float | None, low: float | None, high: float | None) -> Interval | None:
    """Return a cell with its range; the range is None where there is none, the cell where there is no number.

    >>> interval(2.0, math.nan, math.nan), interval(math.nan, 1.0, 2.0)
    ((2.0, None, None), None)
    """
    if value is None or not math.isfinite(value):
        return None
    ends = number(low), number(high)
    return (float(value), *ends) if None not in ends else (float(value), None, None)


def difference(row: Row) -> Interval | None:
    """Return the difference of a row with its range."""
    return interval(row.difference, row.low, row.high)


def readable(row: Row) -> Row:
    """Return a row as a report tells it: shares as percentages, money in millions of yuan."""
    if row.unit not in _SCALES:
        return row
    times, unit = _SCALES[row.unit]
    names = [name for name in _DIFFERENCES if hasattr(row, name)]
    scaled = {name: getattr(row, name) * times for name in names}
    if isinstance(row, DrawnRow):
        scaled |= {name: getattr(row, name) * times**2 for name in ("var_parameters", "var_chance")}
    return replace(row, unit=unit, **scaled)


def level_unit(row: Row) -> Text:
    """Return the unit of a row's levels and differences, percentages as such."""
    return {"en": "%", "zh": "%"} if row.unit == "percentage points" else unit_text(row.unit)


def column(
    key: str, label: Text, kind: Any = "text", unit: Text | None = None, *, is_difference: bool = False
) -> Column:
    """Return a column of a table."""
    from experiments.report.parts import Column

    return Column(key, label, kind, unit or {"en": "", "zh": ""}, is_difference=is_difference)
