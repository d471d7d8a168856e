"""Queue: days to a permit by date, the median above, the wait that nine in ten do not exceed below.

Columns: ``law``, ``label``, ``date`` (a month or a year), ``median`` and ``p90`` (numbers or intervals, days). Options:
``baseline``, the name of today's law in ``law``; ``start``, when the reform starts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.figures.cells import check, interval, text, year_of
from experiments.figures.curves import Law, draw_curve, end_of, laws_of
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR
from experiments.figures.marks import ends_height, heading, name_ends
from experiments.figures.scales import Scale, scale_of, set_y, set_years
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = 1.7
_NAMES = {True: 1.2, False: 1.8}


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw one panel for each of the two waits, alike in scale of time."""
    check(figure, "law", "label", "date", "median", "p90", rows_max=10_000)
    laws = laws_of(figure, sheet.lang)
    scales = {
        key: scale_of((x for law in laws for row in law.rows for x in interval(row, key)), sheet.lang, n_ticks=4)
        for key in ("median", "p90")
    }
    left = max(scale.room(sheet.sizes.tick) for scale in scales.values()) + 0.08
    for place, (key, scale) in enumerate(scales.items()):
        sheet.skip(0.14 if place else 0.0)
        heading(sheet, word(f"queue_{key}", sheet.lang))
        _draw_panel(sheet, laws, key, scale, left, str(figure.options.get("start") or ""))


def _draw_panel(sheet: Sheet, laws: Sequence[Law], key: str, scale: Scale, left: float, start: str) -> None:
    years = [np.array([year_of(text(row, "date", "en")) for row in law.rows]) for law in laws]
    waits = [np.array([interval(row, key) for row in law.rows], float) for law in laws]
    ends = [end_of(law, wait[:, 0]) for law, wait in zip(laws, waits, strict=True)]
    right = _NAMES[sheet.is_narrow]
    height = max(_PANEL, ends_height(ends, right - 0.1, sheet))
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    set_y(axes, scale, sheet)
    low, high = min(year.min() for year in years), max(year.max() for year in years)
    set_years(axes, float(low), float(high), sheet, width=sheet.room - left - right)
    if start and low <= year_of(start) <= high:
        axes.axvline(year_of(start), color=BASELINE_COLOUR, linewidth=0.9, linestyle=":")
    for law, year, wait in zip(laws, years, waits, strict=True):
        draw_curve(axes, law, year, wait[:, 0], band=(wait[:, 1], wait[:, 2]))
    name_ends(sheet, ends, (scale.low, scale.high), (top, height), sheet.width - MARGIN - right + 0.1)
    sheet.skip(sheet.axis_room)
