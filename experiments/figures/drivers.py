"""Drivers: the effect where a parameter is in the low third of its range, against the high third.

Columns: ``label``, ``low`` and ``high`` (intervals, the effect in each third); ``told`` where the table says which parameters are
found to matter. Rows stand by how far apart the two are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, interval, is_share, text
from experiments.figures.figure_words import word
from experiments.figures.forest import laid_out, tell_hollow
from experiments.figures.look import COLOURS, TEXT_COLOURS
from experiments.figures.marks import ZERO, draw_interval
from experiments.figures.measure import line_height, width_of
from experiments.figures.numerals import plain
from experiments.figures.scales import no_y, scale_of, set_x
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_NAMES = {True: 0.42, False: 0.4}
_APART = 0.045
"""Inches by which the two stand above and below the middle of a row."""


class Pair(NamedTuple):
    """One parameter."""

    label: str
    low: Interval
    high: Interval

    @property
    def reach(self) -> float:
        """How far apart the effects are, -1 where that is unknown."""
        apart = abs(self.high.value - self.low.value)
        return apart if apart == apart else -1.0  # noqa: PLR0124


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw a pair of marks for each parameter, and both numbers."""
    check(figure, "label", "low", "high", rows_max=31)
    shares = is_share(figure, "low")
    pairs = [
        Pair(text(row, "label", sheet.lang), interval(row, "low", says="told"), interval(row, "high", says="told"))
        for row in figure.table.rows
    ]
    pairs.sort(key=lambda pair: -pair.reach)
    size = sheet.sizes.label
    rows, height = laid_out(sheet, [(pair.label, pair.low) for pair in pairs], _NAMES[sheet.is_narrow] * sheet.room)
    left = max(width_of(line, size) for row in rows for line in row.lines) + 0.14
    told = [
        [plain(one.value, one.noise, sheet.lang, is_share=shares) for one in (pair.low, pair.high)] for pair in pairs
    ]
    low_room, high_room = (max(width_of(row[i], size, is_bold=True) for row in told) + 0.12 for i in (0, 1))
    right = low_room + high_room
    _key(sheet)
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    scale = scale_of((x for pair in pairs for one in (pair.low, pair.high) for x in one), sheet.lang, is_share=shares)
    set_x(axes, scale, sheet, width=sheet.room - left - right, is_share=shares)
    axes.set_ylim(height, 0)
    no_y(axes)
    axes.axvline(0, **ZERO)
    for row, pair, numbers in zip(rows, pairs, told, strict=True):
        _draw_pair(axes, pair, row.y)
        sheet.place_lines(row.lines, MARGIN + left - 0.1, top + row.y, size, ha="right")
        x = sheet.width - MARGIN - right + 0.12
        for number, colour, at in zip(numbers, (TEXT_COLOURS[1], TEXT_COLOURS[0]), (x, x + low_room), strict=True):
            sheet.place(number, at, top + row.y, size, colour=colour, is_bold=True)
    sheet.skip(sheet.axis_room)
    tell_hollow(sheet, [one for pair in pairs for one in (pair.low, pair.high)], "hollow_drivers")


def _draw_pair(axes: Any, pair: Pair, y: float) -> None:
    axes.plot([pair.low.value, pair.high.value], [y, y], color="#c9ced6", linewidth=5, solid_capstyle="butt", zorder=1)
    draw_interval(axes, pair.low, y - _APART, colour=COLOURS[1], marker="s", is_clear=pair.low.is_clear, size=5.5)
    draw_interval(axes, pair.high, y + _APART, colour=COLOURS[0], is_clear=pair.high.is_clear, size=5.5)


def _key(sheet: Sheet) -> None:
    """Name both marks above, in their colours."""
    size, x = sheet.sizes.label, MARGIN
    for key, ink in (("low_third", TEXT_COLOURS[1]), ("high_third", TEXT_COLOURS[0])):
        line = word(key, sheet.lang)
        sheet.place(line, x, sheet.top + line_height(size) / 2, size, colour=ink, is_bold=True)
        x += width_of(line, size, is_bold=True) + 0.3
    sheet.skip(line_height(size) + 0.05)
