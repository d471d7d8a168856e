"""What a figure reads from its table: numbers, intervals, texts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from experiments.design import DesignError
from experiments.report.parts import Figure

_SHARES = {"share", "probability", "0-1"}
_YES = {"yes", "true", "1"}


class Interval(NamedTuple):
    """A number with its interval; nan where there is none."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval exists and excludes zero."""
        return self.low > 0 or self.high < 0

    @property
    def has_range(self) -> bool:
        """Whether there is an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def noise(self) -> float:
        """Half the width of the interval, nan without one."""
        return (self.high - self.low) / 2

    @property
    def extent(self) -> list[float]:
        """The finite ones among its three numbers."""
        return [value for value in self if math.isfinite(value)]


def check(figure: Figure, *keys: str, rows_max: int = 400) -> None:
    """Refuse a table that a drawing cannot be made from.

    Raises
    ------
    DesignError
        If a column is missing, or there are no rows or too many.
    """
    present = {column.key for column in figure.table.columns}
    missing = [key for key in keys if key not in present]
    where = f"figure {figure.id!r} of kind {figure.kind}"
    if missing:
        raise DesignError(f"{where} needs columns {', '.join(keys)}; its table lacks {', '.join(missing)}")
    if not figure.table.rows:
        raise DesignError(f"{where} has a table without rows: there is nothing to draw")
    if len(figure.table.rows) > rows_max:
        raise DesignError(f"{where} holds at most {rows_max} rows, got {len(figure.table.rows)}")


def check_series(figure: Figure, n: int, most: int) -> None:
    """Refuse more series than a reader can tell apart."""
    if n > most:
        raise DesignError(f"figure {figure.id!r} of kind {figure.kind} holds at most {most} series, got {n}")


def has_column(figure: Figure, key: str) -> bool:
    """Return whether the table has a column."""
    return any(column.key == key for column in figure.table.columns)


def is_share(figure: Figure, key: str) -> bool:
    """Return whether the numbers of a column are shares from 0 to 1, told as percentages."""
    column = next(column for column in figure.table.columns if column.key == key)
    return column.kind == "share" or column.unit.get("en", "") in _SHARES


def heading_of(figure: Figure, key: str, lang: str) -> str:
    """Return the name of a column as it stands at the head of something, with its unit unless that is a share.

    The unit stands in brackets.
    """
    column = next(column for column in figure.table.columns if column.key == key)
    unit = "" if column.kind == "share" or column.unit.get("en", "") in _SHARES else column.unit.get(lang, "")
    name = capital(column.label[lang])
    return (f"{name}（{unit}）" if lang == "zh" else f"{name} ({unit})") if unit else name


def capital(name: str) -> str:
    """Return a name with its first letter large."""
    return name[:1].upper() + name[1:]


class _Clear(Interval):
    """A number that its table tells from zero, such as one whose draws all have one sign."""

    @property
    def is_clear(self) -> bool:
        return True


class _Unclear(Interval):
    """A number that its table does not tell from zero."""

    @property
    def is_clear(self) -> bool:
        return False


def interval(row: Mapping[str, Any], key: str, *, says: str = "clear") -> Interval:
    """Return a cell as a number with its interval, whatever of the two it holds.

    Where the row has a cell called ``says``, that says whether it is told from zero.
    """
    cell = row.get(key)
    parts = list(cell) if isinstance(cell, tuple | list) else [cell, None, None]
    value, low, high = (math.nan if part is None else float(part) for part in parts)
    if row.get(says) is None:
        return Interval(value, low, high)
    return (_Clear if flag(row, says, default=False) else _Unclear)(value, low, high)


def number(row: Mapping[str, Any], key: str) -> float:
    """Return a cell as a number, nan where there is none."""
    return interval(row, key).value


def text(row: Mapping[str, Any], key: str, lang: str) -> str:
    """Return a cell as text, empty where there is none."""
    cell = row.get(key)
    return str(cell[lang]) if isinstance(cell, Mapping) else "" if cell is None else str(cell)


def flag(row: Mapping[str, Any], key: str, *, default: bool) -> bool:
    """Return a cell as yes or no; ``default`` where the table does not say."""
    cell = row.get(key)
    if isinstance(cell, Mapping):
        cell = cell["en"]
    if cell is None or cell == "":
        return default
    return cell.lower() in _YES if isinstance(cell, str) else bool(cell)


def year_of(date: str) -> float:
    """Return a month or a year as a number of years.

    >>> year_of("2027-07"), year_of("2030")
    (2027.5, 2030.0)
    """
    year, _, month = date.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)
