"""Paths: levels of up to four scenarios above, their paired differences with bands below.

Columns: ``scenario``, ``label``, ``date`` (a month or a year), ``baseline`` and ``reform`` (numbers), ``difference``
(interval); ``clear`` where the table says which differences are told from zero. Options: ``start``, the month in which
the reforms start, one for all or by scenario.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.figures.cells import check, check_series, flag, interval, is_share, number, text, year_of
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS, MARKERS, SERIES_MAX, TEXT_COLOURS
from experiments.figures.marks import ZERO, End, ends_height, heading, name_ends, strip
from experiments.figures.scales import Scale, scale_of, set_y, set_years
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = 2.1
_NAMES = {True: 1.2, False: 1.8}
"""Inches for names at the right, on a narrow sheet or a wide one."""


class Path_(NamedTuple):  # noqa: N801 - Path is a file
    """One scenario along time."""

    label: str
    start: str
    years: Any
    months: tuple[str, ...]
    baseline: Any
    reform: Any
    difference: Any
    low: Any
    high: Any
    is_clear: Any


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw both panels."""
    check(figure, "scenario", "label", "date", "baseline", "reform", "difference", rows_max=10_000)
    names = list(dict.fromkeys(text(row, "scenario", "en") for row in figure.table.rows))
    check_series(figure, len(names), SERIES_MAX)
    paths = [_path(figure, name, sheet.lang) for name in names]
    shares = is_share(figure, "reform")
    levels = scale_of(_all(paths, "baseline", "reform"), sheet.lang, is_share=shares)
    differences = scale_of(_all(paths, "difference", "low", "high"), sheet.lang, is_share=shares)
    left = max(scale.room(sheet.sizes.tick) for scale in (levels, differences)) + 0.08
    heading(sheet, word("level", sheet.lang))
    _start_strip(sheet, paths, left)
    axes = _panel(sheet, levels, left, _level_ends(paths, sheet.lang), paths)
    _draw_levels(axes, paths)
    sheet.skip(0.16)
    heading(sheet, word("difference", sheet.lang))
    axes = _panel(sheet, differences, left, _difference_ends(paths), paths)
    _draw_differences(axes, paths)


def _path(figure: Figure, name: str, lang: str) -> Path_:
    rows = [row for row in figure.table.rows if text(row, "scenario", "en") == name]
    rows.sort(key=lambda row: text(row, "date", "en"))
    differences = [interval(row, "difference") for row in rows]
    months = tuple(text(row, "date", "en") for row in rows)
    return Path_(
        label=text(rows[0], "label", lang),
        start=_start_of(figure.options.get("start"), name),
        years=np.array([year_of(month) for month in months]),
        months=months,
        baseline=np.array([number(row, "baseline") for row in rows]),
        reform=np.array([number(row, "reform") for row in rows]),
        difference=np.array([one.value for one in differences]),
        low=np.array([one.low for one in differences]),
        high=np.array([one.high for one in differences]),
        is_clear=np.array(
            [flag(row, "clear", default=one.is_clear) for row, one in zip(rows, differences, strict=True)]
        ),
    )


def _start_of(start: Any, scenario: str) -> str:
    return str(start.get(scenario) or "") if isinstance(start, Mapping) else str(start or "")


def _all(paths: Sequence[Path_], *names: str) -> list[float]:
    return [float(value) for path in paths for name in names for value in getattr(path, name)]


def _years(paths: Sequence[Path_]) -> tuple[float, float]:
    return min(path.years[0] for path in paths), max(path.years[-1] for path in paths)


def _start_strip(sheet: Sheet, paths: Sequence[Path_], left: float) -> None:
    """Write above the panel when reforms start."""
    low, high = _years(paths)
    width = sheet.room - left - _NAMES[sheet.is_narrow]
    starts = sorted({path.start for path in paths if path.start and low <= year_of(path.start) <= high})
    marks = [
        (
            MARGIN + left + (year_of(start) - low) / max(high - low, 1e-9) * width,
            word("starts", sheet.lang, date=start),
            BASELINE_COLOUR,
        )
        for start in starts
    ]
    strip(sheet, marks, left=MARGIN + left, right=sheet.width - MARGIN)


def _panel(sheet: Sheet, scale: Scale, left: float, ends: Sequence[End], paths: Sequence[Path_]) -> Any:
    """Return axes with their scale, names of lines at the right."""
    right = _NAMES[sheet.is_narrow]
    height = max(_PANEL, ends_height(ends, right - 0.08, sheet))
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    set_y(axes, scale, sheet)
    low, high = _years(paths)
    set_years(axes, low, high, sheet, width=sheet.room - left - right)
    for start in {path.start for path in paths if path.start}:
        if low <= year_of(start) <= high:
            axes.axvline(year_of(start), color=BASELINE_COLOUR, linewidth=0.9, linestyle=":")
    name_ends(sheet, ends, (scale.low, scale.high), (top, height), sheet.width - MARGIN - right + 0.08)
    sheet.skip(sheet.axis_room)
    return axes


def _baselines(paths: Sequence[Path_]) -> list[Path_]:
    """Return one path for each baseline that differs from the others."""
    found: list[Path_] = []
    for path in paths:
        if not any(np.array_equal(path.baseline, one.baseline, equal_nan=True) for one in found):
            found.append(path)
    return found


def _level_ends(paths: Sequence[Path_], lang: str) -> list[End]:
    today = [End(_last(path.baseline), word("today", lang), BASELINE_COLOUR) for path in _baselines(paths)]
    return [*today, *(End(_last(path.reform), path.label, ink) for path, ink in zip(paths, TEXT_COLOURS, strict=False))]


def _difference_ends(paths: Sequence[Path_]) -> list[End]:
    return [End(_last(path.difference), path.label, ink) for path, ink in zip(paths, TEXT_COLOURS, strict=False)]


def _last(values: Any) -> float:
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else math.nan


def _draw_levels(axes: Any, paths: Sequence[Path_]) -> None:
    for path, colour, marker in zip(paths, COLOURS, MARKERS, strict=False):
        axes.plot(path.years, path.reform, color=colour, linewidth=1.8)
        at = _marked(path)
        axes.plot(path.years[at], path.reform[at], color=colour, marker=marker, markersize=4, linestyle="none")
    for path in _baselines(paths):
        # Above the others: today's law never disappears behind a reform.
        axes.plot(path.years, path.baseline, color=BASELINE_COLOUR, linestyle="--", linewidth=1.6, zorder=3)
        if len(path.years) == 1:
            axes.plot(path.years, path.baseline, color=BASELINE_COLOUR, marker="_", markersize=9, zorder=3)


def _draw_differences(axes: Any, paths: Sequence[Path_]) -> None:
    axes.axhline(0, **ZERO)
    for path, colour, marker in zip(paths, COLOURS, MARKERS, strict=False):
        if len(path.years) == 1:
            axes.plot(path.years.repeat(2), [path.low[0], path.high[0]], color=colour, linewidth=2.2, alpha=0.5)
        axes.fill_between(path.years, path.low, path.high, color=colour, alpha=0.16, linewidth=0)
        axes.plot(path.years, path.difference, color=colour, linewidth=1.8)
        at = _marked(path)
        look = {"color": colour, "marker": marker, "markersize": 5, "linestyle": "none", "clip_on": False}
        for told, face in ((True, colour), (False, "white")):
            some = at[path.is_clear[at] == told]
            axes.plot(path.years[some], path.difference[some], markerfacecolor=face, zorder=4, **look)


def _marked(path: Path_) -> Any:
    """Return the places of markers: ends of years from the start on, or every date where the table holds years alone."""
    is_monthly = sum(month.endswith("-12") for month in path.months) < len(path.months) and "-" in path.months[0]
    return np.array(
        [
            place
            for place, month in enumerate(path.months)
            if (not is_monthly or month.endswith("-12") or len(path.months) == 1) and month >= path.start
        ],
        dtype=int,
    )
