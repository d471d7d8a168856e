"""Equity: the share of those added beside the share of all people, by group.

Columns: ``label``, ``population`` (share of all people, 0 to 1), ``added`` (interval of the share of people added);
``group`` for small headings.
"""

from __future__ import annotations

from typing import Any

from experiments.figures.cells import Interval, check, has_column, interval, number, text
from experiments.figures.figure_words import word
from experiments.figures.forest import laid_out
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import draw_interval
from experiments.figures.measure import line_height, width_of
from experiments.figures.numerals import plain
from experiments.figures.scales import no_y, scale_of, set_x
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_NAMES = {True: 0.42, False: 0.4}


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw both shares of each group on one line, joined."""
    check(figure, "label", "population", "added", rows_max=31)
    named: list[tuple[str, Interval | None]] = []
    populations: list[float] = []
    last = ""
    for row in figure.table.rows:
        group = text(row, "group", sheet.lang) if has_column(figure, "group") else ""
        if group and group != last:
            named.append((group, None))
            populations.append(float("nan"))
        last = group
        named.append((text(row, "label", sheet.lang), interval(row, "added")))
        populations.append(number(row, "population"))
    rows, height = laid_out(sheet, named, _NAMES[sheet.is_narrow] * sheet.room)
    _key(sheet)
    size = sheet.sizes.label
    left = max(width_of(line, size, is_bold=row.effect is None) for row in rows for line in row.lines) + 0.14
    told = [plain(row.effect.value, row.effect.noise, sheet.lang, is_share=True) if row.effect else "" for row in rows]
    right = max(width_of(number, size, is_bold=True) for number in told) + 0.16
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    values = [*populations, *(value for row in rows if row.effect for value in row.effect)]
    scale = scale_of(values, sheet.lang, is_share=True, margin=0.04)
    set_x(axes, scale, sheet, width=sheet.room - left - right, is_share=True)
    axes.set_ylim(height, 0)
    no_y(axes)
    for placed, population, number_told in zip(rows, populations, told, strict=True):
        is_heading = placed.effect is None
        x = MARGIN if is_heading else MARGIN + left - 0.1
        sheet.place_lines(
            placed.lines, x, top + placed.y, size, ha="left" if is_heading else "right", is_bold=is_heading
        )
        if placed.effect is not None:
            _draw_pair(axes, population, placed.effect, placed.y)
            sheet.place(
                number_told,
                sheet.width - MARGIN - right + 0.12,
                top + placed.y,
                size,
                colour=TEXT_COLOURS[0],
                is_bold=True,
            )
    sheet.skip(sheet.axis_room)


def _draw_pair(axes: Any, population: float, added: Interval, y: float) -> None:
    """Draw the share of people as a grey stroke, of those added as a dot; hollow where its range holds the former."""
    axes.plot([population, added.value], [y, y], color=BASELINE_COLOUR, linewidth=0.8, zorder=2)
    axes.plot([population], [y], color=BASELINE_COLOUR, marker="|", markersize=11, markeredgewidth=2.2, zorder=3)
    is_apart = not added.low <= population <= added.high
    draw_interval(axes, added, y, colour=COLOURS[0], is_clear=added.has_range and is_apart)


def _key(sheet: Sheet) -> None:
    size, x = sheet.sizes.label, MARGIN
    for key, ink in (("population_line", BASELINE_COLOUR), ("added_line", TEXT_COLOURS[0])):
        line = word(key, sheet.lang)
        sheet.place(line, x, sheet.top + line_height(size) / 2, size, colour=ink, is_bold=True)
        x += width_of(line, size, is_bold=True) + 0.3
    sheet.skip(line_height(size) + 0.05)
