"""Fit: what the model answers to each observed number, as a multiple of it, on a log axis.

Columns: ``label``, ``observed`` and ``model`` (intervals in the same unit); ``met`` (yes or no; if not given, whether the
two intervals meet); ``group`` for small headings. A number that is not above zero has no ratio, and the row says so.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, flag, has_column, interval, text
from experiments.figures.figure_words import word
from experiments.figures.forest import laid_out
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import draw_interval
from experiments.figures.measure import line_height, width_of
from experiments.figures.numerals import plain
from experiments.figures.scales import no_y
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_NAMES = {True: 0.46, False: 0.46}
_TICKS = (0.001, 0.01, 0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0, 100.0, 1000.0)
_GREY = "#c9ced6"
_REACH = 2.5
"""The axis reaches no further than so many times beyond the outermost answer."""


class Answer(NamedTuple):
    """One observed number: its likely range and the model's answer, as multiples of it."""

    observed: Interval
    model: Interval
    is_met: bool


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw the likely range as a grey bar, the model's answer on it: a blue dot where met, else a hollow orange square."""
    check(figure, "label", "observed", "model", rows_max=80)
    answers, named = _answers(figure, sheet.lang)
    rows, height = laid_out(sheet, named, _NAMES[sheet.is_narrow] * sheet.room)
    size = sheet.sizes.label
    left = max(width_of(line, size, is_bold=row.effect is None) for row in rows for line in row.lines) + 0.14
    told = ["" if one is None else _told(one, sheet.lang) for one in answers]
    right = max(0.3, max(width_of(number, size, is_bold=True) for number in told) + 0.16)
    _key(sheet)
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    _log_axis(axes, [one for one in answers if one], sheet, sheet.room - left - right)
    axes.set_ylim(height, 0)
    no_y(axes)
    axes.axvline(1, color="#333333", linewidth=1)
    for row, one, number in zip(rows, answers, told, strict=True):
        x, ha = (MARGIN, "left") if one is None else (MARGIN + left - 0.1, "right")
        sheet.place_lines(row.lines, x, top + row.y, size, ha=ha, is_bold=one is None)
        if one is not None:
            _draw_answer(axes, one, row.y)
            ink = TEXT_COLOURS[0 if one.is_met else 1]
            sheet.place(number, sheet.width - MARGIN - right + 0.12, top + row.y, size, colour=ink, is_bold=True)
    sheet.skip(sheet.axis_room)
    if _is_cut(axes, [one for one in answers if one]):
        sheet.write(word("reaches_further", sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)


def _answers(figure: Figure, lang: str) -> tuple[list[Answer | None], list[tuple[str, Interval | None]]]:
    """Return what is drawn in each row, none for a heading, and the names of rows."""
    answers: list[Answer | None] = []
    named: list[tuple[str, Interval | None]] = []
    last = ""
    for row in figure.table.rows:
        group = text(row, "group", lang) if has_column(figure, "group") else ""
        if group and group != last:
            answers.append(None)
            named.append((group, None))
        last = group
        observed, model = interval(row, "observed"), interval(row, "model")
        meet = model.low <= observed.high and observed.low <= model.high
        scale = observed.value if observed.value > 0 else math.nan
        answers.append(
            Answer(
                Interval(*(value / scale for value in observed)),
                Interval(*(value / scale for value in model)),
                flag(row, "met", default=meet),
            )
        )
        named.append((text(row, "label", lang), model))
    return answers, named


def _told(one: Answer, lang: str) -> str:
    if not math.isfinite(one.model.value):
        return word("no_ratio", lang)
    ratio = one.model.value
    return f"×{ratio:.2f}" if 0.1 <= ratio < 10 else "×" + plain(ratio, ratio, lang)


def _log_axis(axes: Any, answers: list[Answer], sheet: Sheet, width: float) -> None:
    values = [x for one in answers for part in (one.observed, one.model) for x in part if math.isfinite(x) and x > 0]
    dots = [one.model.value for one in answers if one.model.value > 0]
    # A range that reaches far from all answers is cut, so that the others can be read.
    low = max(min([*values, 0.8]), min([*dots, 0.8]) / _REACH) / 1.08
    high = min(max([*values, 1.25]), max([*dots, 1.25]) * _REACH) * 1.08
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    reach = math.log(high / low)
    ticks: list[float] = []
    size = sheet.sizes.tick
    # 1 first: it is where the model meets what was observed.
    for tick in sorted((tick for tick in _TICKS if low <= tick <= high), key=lambda tick: abs(math.log(tick))):
        places = [abs(math.log(tick / other)) / reach * width for other in ticks]
        if all(place > max(width_of(f"×{one:g}", size) for one in (tick, *ticks)) + 0.1 for place in places):
            ticks.append(tick)
    axes.set_xticks(sorted(ticks), [f"×{tick:g}" for tick in sorted(ticks)], fontsize=sheet.sizes.tick)
    axes.minorticks_off()
    axes.grid(visible=True, axis="x", color="#e5e7eb", linewidth=0.8)


def _draw_answer(axes: Any, one: Answer, y: float) -> None:
    limits = axes.get_xlim()
    if one.observed.has_range:
        low, high = (min(max(end, limits[0]), limits[1]) for end in (one.observed.low, one.observed.high))
        axes.plot([low, high], [y, y], color=_GREY, linewidth=8, solid_capstyle="butt", zorder=1)
    if not one.model.value > 0:
        return
    colour, marker = (COLOURS[0], "o") if one.is_met else (COLOURS[1], "s")
    low, high = (min(max(end, limits[0]), limits[1]) for end in (one.model.low, one.model.high))
    shown = Interval(one.model.value, low, high) if one.model.has_range else one.model
    draw_interval(axes, shown, y, colour=colour, marker=marker, is_clear=one.is_met, size=5.5)
    for end, edge, arrow in ((one.model.low, limits[0], "<"), (-one.model.high, -limits[1], ">")):
        if end < edge:
            axes.plot([abs(edge)], [y], color=colour, marker=arrow, markersize=5, linestyle="none", clip_on=False)


def _is_cut(axes: Any, answers: list[Answer]) -> bool:
    """Return whether a range reaches beyond the axis."""
    low, high = axes.get_xlim()
    return any(one.model.value > 0 and (one.model.low < low or one.model.high > high) for one in answers)


def _key(sheet: Sheet) -> None:
    """Say what the marks are, in their colours."""
    size, x = sheet.sizes.tick, MARGIN
    for key, ink in (("observed", BASELINE_COLOUR), ("met", TEXT_COLOURS[0]), ("missed", TEXT_COLOURS[1])):
        line = word(key, sheet.lang)
        width = width_of(line, size, is_bold=True)
        if x > MARGIN and x + width > sheet.width - MARGIN:
            sheet.skip(line_height(size))
            x = MARGIN
        sheet.place(line, x, sheet.top + line_height(size) / 2, size, colour=ink, is_bold=True)
        x += width + 0.25
    sheet.skip(line_height(size) + 0.05)
