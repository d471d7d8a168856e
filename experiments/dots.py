"""What a figure of dots and intervals shows: one row a name."""

from __future__ import annotations

from typing import NamedTuple


class Dot(NamedTuple):
    """One row: a value and its interval; hollow where it is not clear."""

    label: str
    value: float
    low: float
    high: float
    is_clear: bool


class Dots(NamedTuple):
    """A figure: rows from the top, and a bound below which a value says nothing."""

    title: str
    axis: str
    rows: tuple[Dot, ...]
    bound: float
    notes: tuple[str, ...]
