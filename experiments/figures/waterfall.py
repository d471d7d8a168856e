"""Waterfall: what each part of a package adds to the parts before it, from today's law to the whole.

Columns: ``label``, ``share`` (interval), ``role`` ("part", or "total" for the whole package). Parts stand in the order of
the table; the bar of a total begins at zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, interval, is_share, text
from experiments.figures.figure_words import word
from experiments.figures.forest import Row, laid_out
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import ZERO, ink_of
from experiments.figures.measure import width_of
from experiments.figures.numerals import signed
from experiments.figures.scales import no_y, scale_of, set_x
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_BAR = 0.17
"""Height of a bar, inches."""
_NAMES = {True: 0.42, False: 0.42}


class Step(NamedTuple):
    """One bar: where it begins, what it adds, whether it is the whole."""

    start: float
    share: Interval
    is_total: bool

    @property
    def ends(self) -> list[float]:
        """All places on the axis that the bar and its whisker reach."""
        return [self.start, *(self.start + value for value in self.share.extent)]


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw bars from the left of each sum to the next, whiskers about their ends."""
    check(figure, "label", "share", "role", rows_max=31)
    shares = is_share(figure, "share")
    steps = _steps(figure)
    labels = [text(row, "label", sheet.lang) for row in figure.table.rows]
    rows, height = laid_out(
        sheet,
        [(name, step.share) for name, step in zip(labels, steps, strict=True)],
        _NAMES[sheet.is_narrow] * sheet.room,
    )
    told = [signed(step.share.value, step.share.noise, sheet.lang, is_share=shares) for step in steps]
    left = max(width_of(line, sheet.sizes.label) for row in rows for line in row.lines) + 0.14
    right = max(width_of(number, sheet.sizes.label, is_bold=True) for number in told) + 0.14
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    scale = scale_of((end for step in steps for end in step.ends), sheet.lang, is_share=shares, margin=0.04)
    set_x(axes, scale, sheet, width=sheet.room - left - right, is_share=shares)
    axes.set_ylim(height, 0)
    no_y(axes)
    axes.axvline(0, **ZERO)
    _draw_bars(axes, rows, steps)
    for row, step, number in zip(rows, steps, told, strict=True):
        sheet.place_lines(
            row.lines, MARGIN + left - 0.1, top + row.y, sheet.sizes.label, ha="right", is_bold=step.is_total
        )
        ink = ink_of(is_clear=step.share.is_clear, ink=TEXT_COLOURS[0] if step.share.value >= 0 else TEXT_COLOURS[1])
        sheet.place(
            number, sheet.width - MARGIN - right + 0.12, top + row.y, sheet.sizes.label, colour=ink, is_bold=True
        )
    sheet.skip(sheet.axis_room)
    sheet.write(word("waterfall_note", sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)


def _steps(figure: Figure) -> list[Step]:
    steps, reached = [], 0.0
    for row in figure.table.rows:
        share, is_total = interval(row, "share"), text(row, "role", "en") == "total"
        steps.append(Step(0.0 if is_total else reached, share, is_total))
        reached = 0.0 if not math.isfinite(share.value) and is_total else reached
        reached = share.value if is_total else reached + (share.value if math.isfinite(share.value) else 0.0)
    return steps


def _draw_bars(axes: Any, rows: Sequence[Row], steps: Sequence[Step]) -> None:
    for place, (row, step) in enumerate(zip(rows, steps, strict=True)):
        if not math.isfinite(step.share.value):
            continue
        colour = COLOURS[0] if step.share.value >= 0 else COLOURS[1]
        edge = colour if step.share.is_clear else BASELINE_COLOUR
        face = colour if step.share.is_clear else "white"
        look = {"height": _BAR, "facecolor": face, "edgecolor": edge, "linewidth": 1.2, "zorder": 2}
        axes.barh(row.y, step.share.value, left=step.start, alpha=1.0 if step.is_total else 0.62, **look)
        end = step.start + step.share.value
        if step.share.has_range:
            ends = [step.start + step.share.low, step.start + step.share.high]
            axes.plot(ends, [row.y, row.y], color="#111111", linewidth=1.1, zorder=4)
            for at in ends:
                axes.plot([at, at], [row.y - 0.05, row.y + 0.05], color="#111111", linewidth=1.1, zorder=4)
        if place + 1 < len(rows):
            axes.plot(
                [end, end], [row.y, rows[place + 1].y], color=BASELINE_COLOUR, linewidth=0.8, linestyle=":", zorder=1
            )
