"""Figures of a run that is being watched: drawn anew each month, narrow, and of one run, so without an interval.

Kinds: ``tiles``, as in a report; ``lines`` with columns ``series``, ``label``, ``date``, ``value`` and the option ``start``,
when the law changes; ``bars`` with columns ``label``, ``value``, ``today``. Series whose name begins with ``today`` are those of today's law: grey and dashed.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from experiments.figures import tiles
from experiments.figures.cells import capital, check, number, text, year_of
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import End, ends_height, name_ends
from experiments.figures.measure import line_height, width_of
from experiments.figures.numerals import plain
from experiments.figures.scales import no_x, no_y, scale_of, set_y, set_years
from experiments.figures.sheet import MARGIN, Sheet, sheet_style
from experiments.figures.svg import tidied
from experiments.report.parts import Figure

TODAY = "today"
_ONE_AT_A_TIME = Lock()
_PANEL, _NAMES, _BAR = 1.9, 1.25, 0.24
_DASHED = {"color": BASELINE_COLOUR, "linestyle": "--", "linewidth": 1.5, "zorder": 3}
_MARK = {"color": BASELINE_COLOUR, "linewidth": 2.4}


class Line(NamedTuple):
    """One series along time, in years."""

    name: str
    label: str
    years: Sequence[float]
    values: Sequence[float]

    @property
    def is_today(self) -> bool:
        """Whether it is that of today's law."""
        return self.name.startswith(TODAY)


def draw_watched(figure: Figure, lang: str) -> str:
    """Return a figure as SVG text to stand in a page.

    Raises
    ------
    DesignError
        If the table lacks a column that its kind needs.
    """
    # The style is the process's, and a viewer has a thread a visitor.
    with _ONE_AT_A_TIME, sheet_style(lang):
        sheet = Sheet(lang, is_narrow=True)
        sheet.write(figure.title[lang], sheet.sizes.title, is_bold=True)
        sheet.write(figure.subtitle[lang], sheet.sizes.subtitle, colour=BASELINE_COLOUR)
        sheet.skip(0.1)
        _KINDS[figure.kind](sheet, figure)
        buffer = io.StringIO()
        sheet.finish().savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return tidied(buffer.getvalue(), figure.id, figure.title[lang], said(figure, lang), lang)


def said(figure: Figure, lang: str) -> str:
    """Return the numbers of a figure in words, for those who do not see it: of lines, where they end."""
    rows = {text(row, "series", "en") or place: row for place, row in enumerate(figure.table.rows)}
    parts = [
        f"{text(row, 'label', lang) or text(row, 'region', lang)} {_told(number(row, 'value'), lang)}"
        for row in rows.values()
    ]
    return ("；" if lang == "zh" else "; ").join([figure.subtitle[lang], *parts])


def _draw_lines(sheet: Sheet, figure: Figure) -> None:
    check(figure, "series", "label", "date", "value", rows_max=10_000)
    lines = _lines(figure, sheet.lang)
    scale = scale_of((value for line in lines for value in line.values), sheet.lang)
    left = scale.room(sheet.sizes.tick) + 0.08
    inks = _colours(lines, TEXT_COLOURS)
    ends = [End(line.values[-1], line.label, inks[line.name]) for line in lines]
    height, top = max(_PANEL, ends_height(ends, _NAMES - 0.08, sheet)), sheet.top
    axes = sheet.panel(height, left=left, right=_NAMES)
    set_y(axes, scale, sheet)
    low, high = min(line.years[0] for line in lines), max(line.years[-1] for line in lines)
    set_years(axes, low, high, sheet, width=sheet.room - left - _NAMES)
    start = str(figure.options.get("start") or "")
    if start and low <= year_of(start) <= high:
        axes.axvline(year_of(start), color=BASELINE_COLOUR, linewidth=0.9, linestyle=":")
    for line, colour in zip(lines, _colours(lines, COLOURS).values(), strict=True):
        axes.plot(line.years, line.values, **(_DASHED if line.is_today else {"color": colour, "linewidth": 1.8}))
    name_ends(sheet, ends, (scale.low, scale.high), (top, height), sheet.width - MARGIN - _NAMES + 0.08)
    sheet.skip(sheet.axis_room)


def _lines(figure: Figure, lang: str) -> list[Line]:
    found: list[Line] = []
    for name in dict.fromkeys(text(row, "series", "en") for row in figure.table.rows):
        rows = [row for row in figure.table.rows if text(row, "series", "en") == name]
        years = [year_of(text(row, "date", "en")) for row in rows]
        found.append(Line(name, text(rows[0], "label", lang), years, [number(row, "value") for row in rows]))
    return found


def _colours(lines: Sequence[Line], colours: Sequence[str]) -> dict[str, str]:
    reforms = [line.name for line in lines if not line.is_today]
    return {line.name: BASELINE_COLOUR if line.is_today else colours[reforms.index(line.name)] for line in lines}


def _draw_bars(sheet: Sheet, figure: Figure) -> None:
    """Draw a bar a row, the number of today's law as a grey stroke across it."""
    check(figure, "label", "value", "today")
    rows, size = figure.table.rows, sheet.sizes.label
    most = max((max(number(row, "value"), number(row, "today")) for row in rows), default=0.0)
    labels = [capital(text(row, "label", sheet.lang)) for row in rows]
    left = max(width_of(label, size) for label in labels) + 0.1
    told = [_told(number(row, "value"), sheet.lang) for row in rows]
    right = max(width_of(one, size) for one in told) + 0.1
    top, room = sheet.top, max(line_height(size), _BAR) + 0.06
    axes = sheet.panel(room * len(rows), left=left, right=right)
    axes.set_xlim(0, most or 1.0)
    axes.set_ylim(len(rows) * room, 0)
    no_x(axes)
    no_y(axes)
    for place, row in enumerate(rows):
        middle = (place + 0.5) * room
        axes.barh(middle, number(row, "value"), height=_BAR, color=COLOURS[0])
        axes.plot([number(row, "today")] * 2, [middle - _BAR / 2, middle + _BAR / 2], clip_on=False, **_MARK)
        sheet.place(labels[place], MARGIN, top + middle, size)
        sheet.place(told[place], sheet.width - MARGIN - right + 0.08, top + middle, size)
    sheet.skip(0.06)
    sheet.write(f"▏{word('today', sheet.lang)}", sheet.sizes.source, colour=BASELINE_COLOUR)


def _told(value: float, lang: str) -> str:
    """Return a number of three digits, of one place where it is below ten."""
    return plain(value, math.nan, lang) if value >= 10 or not value else f"{value:.1f}"


_KINDS: dict[str, Callable[[Sheet, Figure], None]] = {"tiles": tiles.draw, "lines": _draw_lines, "bars": _draw_bars}
