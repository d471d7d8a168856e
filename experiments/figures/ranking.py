"""Ranking: the probability of each reform to be among the best, as bars with intervals, beside its effect.

Columns: ``label``, ``chance`` (interval of a probability from 0 to 1), ``effect`` (interval); ``ties``, yes where a row
is not told apart from the next, if the table says so. Rows stand likeliest first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, flag, heading_of, interval, is_share, text
from experiments.figures.figure_words import word
from experiments.figures.forest import Row, laid_out, tell_hollow
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import ZERO, draw_interval, ink_of
from experiments.figures.measure import line_height, width_of, wrapped
from experiments.figures.numerals import percent, signed
from experiments.figures.scales import no_y, scale_of, set_x, ticked
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

ROWS_MAX = 31
_NAMES = {True: 0.36, False: 0.34}
_PALE = "#9ecae1"


class Ranked(NamedTuple):
    """One reform."""

    label: str
    chance: Interval
    effect: Interval
    ties: bool


class Box(NamedTuple):
    """A panel's left edge and width, inches."""

    left: float
    width: float


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw probabilities, then effects; on a narrow sheet effects stand as numbers alone."""
    check(figure, "label", "chance", "effect", rows_max=ROWS_MAX)
    ranked = _ranked(figure, sheet.lang)
    size = sheet.sizes.label
    rows, height = laid_out(sheet, [(one.label, one.effect) for one in ranked], _NAMES[sheet.is_narrow] * sheet.room)
    names = max(width_of(line, size) for row in rows for line in row.lines) + 0.14
    shares = is_share(figure, "effect")
    chances = [percent(one.chance.value) for one in ranked]
    effects = [signed(one.effect.value, one.effect.noise, sheet.lang, is_share=shares) for one in ranked]
    first, second = (max(width_of(told, size, is_bold=True) for told in column) + 0.2 for column in (chances, effects))
    ties = _ties_room(ranked)
    rest = sheet.room - names - first - second - ties
    bars = Box(names, rest if sheet.is_narrow else 0.48 * rest)
    dots = Box(names + bars.width + first + ties, rest - bars.width)
    _heads(sheet, figure, bars, dots, second)
    top = sheet.top
    _draw_chances(sheet, ranked, rows, bars, height)
    if not sheet.is_narrow:
        _draw_effects(sheet, ranked, rows, dots, height, is_percent=shares)
    ends = bars.left + bars.width + 0.1, dots.left + dots.width + 0.1
    for row, one, chance, effect in zip(rows, ranked, chances, effects, strict=True):
        y = top + row.y
        sheet.place_lines(row.lines, MARGIN + names - 0.1, y, size, ha="right")
        sheet.place(chance, MARGIN + ends[0], y, size, colour=TEXT_COLOURS[0], is_bold=True)
        ink = ink_of(is_clear=one.effect.is_clear, ink=TEXT_COLOURS[0])
        sheet.place(effect, MARGIN + ends[1], y, size, colour=ink, is_bold=True)
    sheet.skip(height + sheet.axis_room)
    _tie_marks(sheet, ranked, rows, top, bars.left + bars.width + first)
    tell_hollow(sheet, [one.effect for one in ranked if not sheet.is_narrow])


def _ranked(figure: Figure, lang: str) -> list[Ranked]:
    ranked = [
        Ranked(
            text(row, "label", lang), interval(row, "chance"), interval(row, "effect"), flag(row, "ties", default=False)
        )
        for row in figure.table.rows
    ]
    # By whole percentages: among equal ones the order is the table's, in which a tie is one with the next.
    return sorted(ranked, key=lambda one: -round(one.chance.value, 2) if math.isfinite(one.chance.value) else 1.0)


def _heads(sheet: Sheet, figure: Figure, bars: Box, dots: Box, numbers: float) -> None:
    """Write what both columns are above them."""
    size = sheet.sizes.tick
    if sheet.is_narrow:
        boxes = [("chance", 0.0, sheet.room - numbers - 0.05), ("effect", dots.left, numbers)]
    else:
        boxes = [("chance", bars.left, bars.width + 0.5), ("effect", dots.left, dots.width + numbers)]
    lines = [(wrapped(heading_of(figure, key, sheet.lang), room, size, is_bold=True), x) for key, x, room in boxes]
    tall = max(len(one) for one, _ in lines) * line_height(size)
    for one, x in lines:
        sheet.place_lines(one, MARGIN + x, sheet.top + tall / 2, size, is_bold=True, colour="#3d4650")
    sheet.skip(tall + 0.05)


def _draw_chances(sheet: Sheet, ranked: Sequence[Ranked], rows: Sequence[Row], box: Box, height: float) -> None:
    axes = sheet.beside(height, left=box.left, width=box.width, top=sheet.top)
    set_x(axes, ticked(0.0, 1.0, sheet.lang, is_share=True), sheet, width=box.width, is_share=True)
    _plain(axes, height)
    for row, one in zip(rows, ranked, strict=True):
        axes.barh(row.y, one.chance.value, height=0.16, color=_PALE, zorder=2)
        if one.chance.has_range:
            axes.plot([one.chance.low, one.chance.high], [row.y, row.y], color=COLOURS[0], linewidth=1.4, zorder=3)


def _draw_effects(
    sheet: Sheet, ranked: Sequence[Ranked], rows: Sequence[Row], box: Box, height: float, *, is_percent: bool
) -> None:
    axes = sheet.beside(height, left=box.left, width=box.width, top=sheet.top)
    values = (value for one in ranked for value in one.effect)
    set_x(axes, scale_of(values, sheet.lang, is_share=is_percent), sheet, width=box.width, is_share=is_percent)
    _plain(axes, height)
    axes.axvline(0, **ZERO)
    for row, one in zip(rows, ranked, strict=True):
        colour = COLOURS[0] if one.effect.is_clear else BASELINE_COLOUR
        draw_interval(axes, one.effect, row.y, colour=colour, is_clear=one.effect.is_clear)


def _plain(axes: Any, height: float) -> None:
    axes.set_ylim(height, 0)
    no_y(axes)


def _ties_room(ranked: Sequence[Ranked]) -> float:
    return 0.16 if any(one.ties for one in ranked[:-1]) else 0.0


def _tie_marks(sheet: Sheet, ranked: Sequence[Ranked], rows: Sequence[Row], top: float, x: float) -> None:
    """Join rows that are not told apart by a bracket, said below."""
    if not _ties_room(ranked):
        return
    axes = sheet.beside(rows[-1].y + 0.1, left=x - 0.04, width=0.1, top=top)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(rows[-1].y + 0.1, 0)
    for place, one in enumerate(ranked[:-1]):
        if one.ties:
            ends = [rows[place].y, rows[place + 1].y]
            axes.plot([0.5, 0.5], ends, color=BASELINE_COLOUR, linewidth=1.2, solid_capstyle="butt")
            for y in ends:
                axes.plot([0.1, 0.9], [y, y], color=BASELINE_COLOUR, linewidth=1.2)
    sheet.write(word("ties", sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)
