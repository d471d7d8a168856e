"""Points: how many people have how many points, before and after, with the bars of the law and where they move.

Columns: ``points`` (number, the lower edge of a class), ``baseline`` and ``reform`` (counts). Options: ``width`` of a
class; ``bars``, a list of ``{"label": text, "baseline": points, "reform": points}``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.figures.cells import check, number
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, COLOURS, TEXT_COLOURS
from experiments.figures.marks import strip
from experiments.figures.measure import line_height, width_of
from experiments.figures.scales import scale_of, set_x, set_y, ticked
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = 2.6


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw both histograms as outlines, today's law filled pale, and the bars through them."""
    check(figure, "points", "baseline", "reform", rows_max=200)
    rows = sorted(figure.table.rows, key=lambda row: number(row, "points"))
    edges = np.array([number(row, "points") for row in rows])
    width = float(figure.options.get("width") or (np.diff(edges).min() if len(edges) > 1 else 1.0))
    counts = {key: np.nan_to_num([number(row, key) for row in rows]) for key in ("baseline", "reform")}
    bars = list(figure.options.get("bars", ()))
    scale = scale_of([*counts["baseline"], *counts["reform"]], sheet.lang, margin=0.16)
    left, right = scale.room(sheet.sizes.tick) + 0.08, 0.3
    reached = [edges[0], edges[-1] + width, *(float(bar[law]) for bar in bars for law in ("baseline", "reform"))]
    low, high = float(min(reached)), float(max(reached))
    across = sheet.room - left - right
    _key(sheet)
    _bar_strip(sheet, bars, low, high, left, across)
    axes = sheet.panel(_PANEL, left=left, right=right)
    set_y(axes, scale, sheet)
    set_x(axes, ticked(low, high, sheet.lang), sheet, width=across)
    axes.grid(visible=False, axis="x")
    _draw_steps(axes, edges, width, counts)
    _draw_bars(axes, bars, scale.high)
    sheet.skip(sheet.axis_room)
    sheet.write(word("points_axis", sheet.lang), sheet.sizes.tick, colour="#3d4650")


def _key(sheet: Sheet) -> None:
    """Name both outlines above the panel, in their colours."""
    size, x = sheet.sizes.label, MARGIN
    y = sheet.top + line_height(size) / 2
    for key, ink in (("today_outline", BASELINE_COLOUR), ("reform_outline", TEXT_COLOURS[0])):
        text = word(key, sheet.lang)
        sheet.place(text, x, y, size, colour=ink, is_bold=True)
        x += width_of(text, size, is_bold=True) + 0.3
    sheet.skip(line_height(size) + 0.05)


def _bar_strip(sheet: Sheet, bars: list[Any], low: float, high: float, left: float, across: float) -> None:
    marks = []
    for bar in bars:
        before, after = float(bar["baseline"]), float(bar["reform"])
        values = {"label": bar["label"][sheet.lang], "before": f"{before:g}", "after": f"{after:g}"}
        text = word("kept" if before == after else "moved", sheet.lang, **values)
        place = MARGIN + left + (min(before, after) - low) / max(high - low, 1e-9) * across
        marks.append((place, text, BASELINE_COLOUR if before == after else TEXT_COLOURS[1]))
    strip(sheet, marks, left=MARGIN, right=sheet.width - MARGIN)


def _draw_steps(axes: Any, edges: Any, width: float, counts: dict[str, Any]) -> None:
    """Draw the classes; a gap between them is a class of nobody."""
    n = max(1, round((edges[-1] - edges[0]) / width) + 1)
    places = np.rint((edges - edges[0]) / width).astype(int)
    bounds = edges[0] + width * np.arange(n + 1)
    for key, colour in (("baseline", BASELINE_COLOUR), ("reform", COLOURS[0])):
        filled = np.zeros(n)
        filled[places] = counts[key]
        dashes = "--" if key == "baseline" else "-"
        if key == "baseline":
            axes.stairs(filled, bounds, fill=True, color="#dfe3e8", zorder=1)
        axes.stairs(filled, bounds, color=colour, linewidth=1.7, linestyle=dashes, zorder=2 if key == "reform" else 3)


def _draw_bars(axes: Any, bars: list[Any], height: float) -> None:
    """Draw the bars of the law, and an arrow where a reform moves one."""
    for bar in bars:
        before, after = float(bar["baseline"]), float(bar["reform"])
        axes.axvline(before, color="#3d4650", linewidth=1.2, linestyle="--")
        if before != after:
            axes.axvline(after, color=COLOURS[1], linewidth=1.6)
            arrow = {"arrowstyle": "-|>", "color": COLOURS[1], "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", xy=(after, 0.95 * height), xytext=(before, 0.95 * height), arrowprops=arrow)
