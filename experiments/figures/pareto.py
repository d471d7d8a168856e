"""Pareto: cost against effect of packages with their intervals; those that another one beats are pale.

Columns: ``label``, ``cost`` and ``effect`` (intervals), ``front`` (yes for a package that none beats). Names of the front
stand beside their points; one without room there is numbered, and named below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from experiments.figures.cells import Interval, check, flag, heading_of, interval, text
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import heading
from experiments.figures.measure import line_height, width_of, wrapped
from experiments.figures.scales import scale_of, set_x, set_y
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = 3.4
_NAME = {True: 1.15, False: 1.9}
_PALE = "#b4bac3"


class Point(NamedTuple):
    """One package; ``x`` and ``y`` are inches from the left and the top of the panel."""

    label: str
    cost: Interval
    effect: Interval
    is_front: bool
    x: float
    y: float


class Box(NamedTuple):
    """A rectangle on the panel, inches from its left and top."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles share a place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw points with their intervals, names beside those of the front."""
    check(figure, "label", "cost", "effect", "front")
    cells = [(row, interval(row, "cost"), interval(row, "effect")) for row in figure.table.rows]
    across = scale_of((value for _, cost, _ in cells for value in cost), sheet.lang)
    upward = scale_of((value for _, _, effect in cells for value in effect), sheet.lang, margin=0.1)
    heading(sheet, "↑ " + heading_of(figure, "effect", sheet.lang))
    left = upward.room(sheet.sizes.tick) + 0.08
    width = sheet.room - left - 0.3
    top = sheet.top
    axes = sheet.panel(_PANEL, left=left, right=0.3)
    set_y(axes, upward, sheet)
    set_x(axes, across, sheet, width=width)
    if upward.low < 0:
        axes.axhline(0, color="#333333", linewidth=1)
    points = [
        Point(
            text(row, "label", sheet.lang),
            cost,
            effect,
            flag(row, "front", default=False),
            (cost.value - across.low) / (across.high - across.low) * width,
            (upward.high - effect.value) / (upward.high - upward.low) * _PANEL,
        )
        for row, cost, effect in cells
        if math.isfinite(cost.value) and math.isfinite(effect.value)
    ]
    scales = width / (across.high - across.low), _PANEL / (upward.high - upward.low)
    for point in sorted(points, key=lambda point: point.is_front):
        _draw_point(axes, point)
    left_over = _name_points(sheet, points, (MARGIN + left, top), width, scales)
    sheet.skip(sheet.axis_room)
    sheet.write(heading_of(figure, "cost", sheet.lang) + " →", sheet.sizes.label, colour="#3d4650", is_bold=True)
    for line in left_over:
        sheet.write(line, sheet.sizes.tick, colour=TEXT_COLOURS[0])
    if not all(point.is_front for point in points):
        sheet.write(word("dominated", sheet.lang), sheet.sizes.source, colour=BASELINE_COLOUR)


def _draw_point(axes: Any, point: Point) -> None:
    colour = COLOURS[0] if point.is_front else _PALE
    look = {"color": colour, "linewidth": 1.6, "alpha": 0.5 if point.is_front else 0.6}
    if point.cost.has_range:
        axes.plot([point.cost.low, point.cost.high], [point.effect.value] * 2, **look)
    if point.effect.has_range:
        axes.plot([point.cost.value] * 2, [point.effect.low, point.effect.high], **look)
    face = "white" if point.effect.has_range and not point.effect.is_clear else colour
    dot = {"marker": "o", "markersize": 7 if point.is_front else 5, "color": colour, "markerfacecolor": face}
    axes.plot([point.cost.value], [point.effect.value], linestyle="none", zorder=4, clip_on=False, **dot)


def _name_points(
    sheet: Sheet, points: Sequence[Point], corner: tuple[float, float], width: float, scale: tuple[float, float]
) -> list[str]:
    """Write the names of the front beside its points; return lines that tell of those without room, by number."""
    (left, top), size = corner, sheet.sizes.tick
    taken = [box for point in points for box in _marks_of(point, scale)]
    told: list[str] = []
    for point in (point for point in points if point.is_front):
        lines = wrapped(point.label, _NAME[sheet.is_narrow], size)
        box = _free(point, lines, size, taken, width)
        if box is None:
            lines = [str(len(told) + 1)]
            told.append(f"{lines[0]}  {point.label}")
            box = _free(point, lines, size, taken, width) or _beside(point, lines, size)[0]
        taken.append(box)
        middle = top + (box.top + box.bottom) / 2
        sheet.place_lines(lines, left + box.left, middle, size, colour=TEXT_COLOURS[0])
    return told


def _marks_of(point: Point, scale: tuple[float, float]) -> Iterator[Box]:
    """Yield what a point and its two lines cover; ``scale`` is inches for a unit of cost and of effect."""
    yield Box(point.x - 0.07, point.y - 0.07, point.x + 0.07, point.y + 0.07)
    if point.cost.has_range:
        ends = [point.x + (end - point.cost.value) * scale[0] for end in (point.cost.low, point.cost.high)]
        yield Box(ends[0], point.y - 0.015, ends[1], point.y + 0.015)
    if point.effect.has_range:
        ends = [point.y - (end - point.effect.value) * scale[1] for end in (point.effect.high, point.effect.low)]
        yield Box(point.x - 0.015, ends[0], point.x + 0.015, ends[1])


def _free(point: Point, lines: Sequence[str], size: float, taken: Sequence[Box], width: float) -> Box | None:
    """Return the first place about a point where its name meets nothing."""
    inside = Box(0.02, 0.0, width + 0.25, _PANEL)
    for box in _beside(point, lines, size):
        is_inside = (
            box.left >= inside.left and box.right <= inside.right and box.top >= 0 and box.bottom <= inside.bottom
        )
        if is_inside and not any(box.meets(other) for other in taken):
            return box
    return None


def _beside(point: Point, lines: Sequence[str], size: float) -> list[Box]:
    """Return places for a name: right, left, above and below its point, near ones first."""
    wide, tall = max(width_of(line, size) for line in lines), len(lines) * line_height(size)
    return list(_places(point, wide, tall))


def _places(point: Point, wide: float, tall: float) -> Iterator[Box]:
    for gap in (0.1, 0.22, 0.38, 0.6):
        for x, y in (
            (point.x + gap, point.y - tall - 0.02),
            (point.x - gap - wide, point.y - tall - 0.02),
            (point.x + gap, point.y + 0.02),
            (point.x - gap - wide, point.y + 0.02),
            (point.x - wide / 2, point.y - gap - tall),
            (point.x - wide / 2, point.y + gap),
            (point.x + 0.04, point.y - gap - tall),
            (point.x + 0.04, point.y + gap),
            (point.x - 0.04 - wide, point.y - gap - tall),
            (point.x - 0.04 - wide, point.y + gap),
        ):
            yield Box(x, y, x + wide, y + tall)
