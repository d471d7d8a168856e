"""Marks that figures share: dots with intervals, names where lines end, strips of dates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import Interval
from experiments.figures.look import BASELINE_COLOUR
from experiments.figures.measure import line_height, width_of, wrapped
from experiments.figures.sheet import MARGIN, Sheet

ZERO = {"color": "#333333", "linewidth": 1.0}
_PAD = 0.06
_APART = 0.05
"""Inches between names that are moved apart."""


class End(NamedTuple):
    """A line's name, where the line ends: ``at`` in the units of the panel."""

    at: float
    name: str
    colour: str


def draw_interval(
    axes: Any, x: Interval, y: float, *, colour: str, marker: str = "o", is_clear: bool = True, size: float = 6.0
) -> None:
    """Draw a number as a dot on the line of its interval; hollow where it is not clear."""
    if x.has_range:
        axes.plot([x.low, x.high], [y, y], color=colour, linewidth=2.2, alpha=0.5, solid_capstyle="round", zorder=3)
    face = colour if is_clear else "white"
    look = {"marker": marker, "markersize": size, "color": colour, "markerfacecolor": face, "markeredgewidth": 1.5}
    axes.plot([x.value], [y], linestyle="none", zorder=4, clip_on=False, **look)


def ends_height(ends: Sequence[End], room: float, sheet: Sheet) -> float:
    """Return the inches that names at the ends of lines need in all."""
    lines = [wrapped(end.name, room, sheet.sizes.label) for end in ends]
    return sum(len(one) * line_height(sheet.sizes.label) + _APART for one in lines)


def name_ends(
    sheet: Sheet, ends: Sequence[End], limits: tuple[float, float], box: tuple[float, float], x: float
) -> None:
    """Write each name beside the end of its line, moved apart where lines end together.

    ``limits`` are those of the upright axis, ``box`` the panel's top and height, ``x`` where names begin, inches.
    """
    size = sheet.sizes.label
    low, high = limits
    top, height = box
    room = sheet.width - MARGIN - x
    named = [(end, wrapped(end.name, room, size)) for end in ends if math.isfinite(end.at)]
    wanted = [((high - end.at) / (high - low) * height, len(lines) * line_height(size)) for end, lines in named]
    for (end, lines), middle in zip(named, spread(wanted, height), strict=True):
        sheet.place_lines(lines, x, top + middle, size, colour=end.colour)


def spread(wanted: Sequence[tuple[float, float]], height: float, *, apart: float = _APART) -> list[float]:
    """Return middles near those wanted, in the same order, such that blocks of given heights do not overlap.

    They stay between 0 and ``height`` where all have room.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i][0])
    places = [0.0] * len(wanted)
    floor = 0.0
    for i in order:
        middle, size = wanted[i]
        places[i] = max(middle, floor + size / 2)
        floor = places[i] + size / 2 + apart
    ceiling = height
    for i in reversed(order):
        size = wanted[i][1]
        places[i] = min(places[i], ceiling - size / 2)
        ceiling = places[i] - size / 2 - apart
    # Pushed above the panel for want of room: all go down together.
    short = max(0.0, max((wanted[i][1] / 2 - places[i] for i in order), default=0.0))
    return [place + short for place in places]


def strip(sheet: Sheet, marks: Sequence[tuple[float, str, str]], *, left: float, right: float) -> None:
    """Write labels above a panel at places across it, moved to further rows where they would meet.

    Each mark is its place in inches from the left of the sheet, its text, its colour.
    """
    size = sheet.sizes.tick
    # How far to the right each row is written.
    reached: list[float] = []
    for x, text, colour in sorted(marks):
        lines = wrapped(text, right - left, size)
        width = max(width_of(line, size) for line in lines)
        start = max(left, min(x, right - width))
        row = _free_row(reached, start, len(lines))
        reached += [-math.inf] * (row + len(lines) - len(reached))
        for place, line in enumerate(lines, start=row):
            reached[place] = start + width
            sheet.place(line, start, sheet.top + (place + 0.5) * line_height(size), size, colour=colour)
    sheet.skip(len(reached) * line_height(size) + (0.03 if reached else 0.0))


def _free_row(reached: Sequence[float], start: float, n: int) -> int:
    """Return the first of ``n`` rows in which nothing stands at ``start`` yet."""
    is_free = [end + _PAD < start for end in reached] + [True] * n
    return next(row for row in range(len(reached) + 1) if all(is_free[row : row + n]))


def heading(sheet: Sheet, text: str) -> None:
    """Write what a panel shows above it."""
    sheet.write(text, sheet.sizes.label, is_bold=True, colour="#3d4650")
    sheet.skip(0.06)


def ink_of(*, is_clear: bool, ink: str) -> str:
    """Return the colour of a number as text: grey where it is not told from zero."""
    return ink if is_clear else BASELINE_COLOUR
