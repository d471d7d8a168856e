"""Forest: a dot with its interval for each row, the largest first.

Columns: ``label``, ``difference`` (interval); ``group`` where rows stand under small headings. At most 31 rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, has_column, interval, is_share, text
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import ZERO, draw_interval, ink_of
from experiments.figures.measure import line_height, width_of, wrapped
from experiments.figures.numerals import between, signed
from experiments.figures.scales import no_y, scale_of, set_x
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

ROWS_MAX = 31
_GAP = 0.09
_NAMES = {True: 0.42, False: 0.4}
"""The largest share of the width that names take, on a narrow sheet or a wide one."""


class Row(NamedTuple):
    """One line of the figure: a heading without a number, or a name with one; ``y`` is inches from the panel's top."""

    lines: tuple[str, ...]
    effect: Interval | None
    y: float


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw names, dots with intervals, and numbers."""
    check(figure, "label", "difference", rows_max=ROWS_MAX)
    shares = is_share(figure, "difference")
    most = _NAMES[sheet.is_narrow] * sheet.room
    rows, height = laid_out(sheet, _ordered(figure, sheet.lang), most)
    names = max(width_of(line, sheet.sizes.label, is_bold=row.effect is None) for row in rows for line in row.lines)
    told = {row.y: _told(row.effect, sheet, is_share=shares) for row in rows if row.effect is not None}
    numbers = max(sum(_widths(parts, sheet)) for parts in told.values()) + 0.12
    left, right = names + 0.14, numbers
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    effects = [row.effect for row in rows if row.effect is not None]
    scale = scale_of((value for effect in effects for value in effect), sheet.lang, is_share=shares, margin=0.04)
    set_x(axes, scale, sheet, width=sheet.room - left - right, is_share=shares)
    axes.set_ylim(height, 0)
    no_y(axes)
    axes.axvline(0, **ZERO)
    for row in rows:
        _draw_row(sheet, axes, row, top, left)
        if row.effect:
            x = sheet.width - MARGIN - numbers + 0.12
            _write_number(sheet, told[row.y], x, top + row.y, is_clear=row.effect.is_clear)
    sheet.skip(sheet.axis_room)
    tell_hollow(sheet, effects)


def tell_hollow(sheet: Sheet, effects: Sequence[Interval], means: str = "hollow") -> None:
    """Say what a hollow mark is, where there is one."""
    if any(effect.has_range and not effect.is_clear for effect in effects):
        sheet.write(word(means, sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)


def _ordered(figure: Figure, lang: str) -> list[tuple[str, Interval | None]]:
    """Return names with numbers, largest first; a group's heading, without a number, before its rows."""
    groups: dict[str, list[tuple[str, Interval]]] = {}
    for row in figure.table.rows:
        group = text(row, "group", lang) if has_column(figure, "group") else ""
        groups.setdefault(group, []).append((text(row, "label", lang), interval(row, "difference")))
    ordered: list[tuple[str, Interval | None]] = []
    for group, found in groups.items():
        ordered += [(group, None)] if group else []
        ordered += [(name, effect) for name, effect in sorted(found, key=lambda one: _order(one[1]))]
    return ordered


def _order(effect: Interval) -> tuple[bool, float]:
    """Return what rows are sorted by: the largest first, those without a number last."""
    return math.isnan(effect.value), -effect.value


def laid_out(sheet: Sheet, named: Sequence[tuple[str, Interval | None]], room: float) -> tuple[list[Row], float]:
    """Return rows with their places, and the height of them all; a name takes as many lines as it needs."""
    size, height = sheet.sizes.label, 0.04
    rows: list[Row] = []
    for name, effect in named:
        is_heading = effect is None
        lines = wrapped(name, room, size, is_bold=is_heading) or [""]
        extra = 0.1 if is_heading and rows else 0.0
        needed = len(lines) * line_height(size)
        rows.append(Row(tuple(lines), effect, height + extra + needed / 2 + _GAP / 2))
        height += extra + needed + _GAP
    return rows, height + 0.04


def _draw_row(sheet: Sheet, axes: Any, row: Row, top: float, left: float) -> None:
    is_heading = row.effect is None
    edge, ha = (MARGIN, "left") if is_heading else (MARGIN + left - 0.1, "right")
    sheet.place_lines(row.lines, edge, top + row.y, sheet.sizes.label, is_bold=is_heading, ha=ha)
    if row.effect is not None:
        colour = COLOURS[0] if row.effect.is_clear else BASELINE_COLOUR
        draw_interval(axes, row.effect, row.y, colour=colour, is_clear=row.effect.is_clear)


def _told(effect: Interval, sheet: Sheet, *, is_share: bool) -> tuple[str, str]:
    """Return the number of a row, and its range where the sheet has room for it."""
    size = signed(effect.value, effect.noise, sheet.lang, is_share=is_share)
    if sheet.is_narrow:
        return size, ""
    return size, between(effect.low, effect.high, effect.noise, sheet.lang, is_share=is_share)


def _widths(told: tuple[str, str], sheet: Sheet) -> tuple[float, float]:
    size, span = told
    gap = 0.08 if span else 0.0
    return width_of(size, sheet.sizes.label, is_bold=True) + gap, width_of(span, sheet.sizes.source)


def _write_number(sheet: Sheet, told: tuple[str, str], x: float, y: float, *, is_clear: bool) -> None:
    ink = ink_of(is_clear=is_clear, ink=TEXT_COLOURS[0])
    sheet.place(told[0], x, y, sheet.sizes.label, colour=ink, is_bold=True)
    if told[1]:
        sheet.place(told[1], x + _widths(told, sheet)[0], y, sheet.sizes.source, colour=BASELINE_COLOUR)
