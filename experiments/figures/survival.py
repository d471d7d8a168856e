"""Survival: the share that stays, by time since arrival, one curve a law with its band.

Columns: ``law``, ``label``, ``years`` (number, since arrival), ``stay`` (interval of a share from 0 to 1). Option
``baseline``: the name of today's law in ``law``, "baseline" if not given.
"""

from __future__ import annotations

import numpy as np

from experiments.figures.cells import check, interval, number
from experiments.figures.curves import draw_curve, end_of, laws_of
from experiments.figures.figure_words import word
from experiments.figures.marks import ends_height, name_ends
from experiments.figures.scales import set_x, set_y, ticked
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = 2.8
_NAMES = {True: 1.2, False: 1.8}


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw the curves from 0 to 100%."""
    check(figure, "law", "label", "years", "stay", rows_max=10_000)
    laws = laws_of(figure, sheet.lang)
    years = [np.array([number(row, "years") for row in law.rows]) for law in laws]
    stays = [np.array([interval(row, "stay") for row in law.rows], float) for law in laws]
    ends = [end_of(law, stay[:, 0]) for law, stay in zip(laws, stays, strict=True)]
    scale = ticked(0.0, 1.0, sheet.lang, is_share=True)
    left, right = scale.room(sheet.sizes.tick) + 0.08, _NAMES[sheet.is_narrow]
    height = max(_PANEL, ends_height(ends, right - 0.1, sheet))
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    set_y(axes, scale, sheet)
    last = max(float(np.nanmax(year)) for year in years)
    set_x(axes, ticked(0.0, last or 1.0, sheet.lang), sheet, width=sheet.room - left - right)
    axes.grid(visible=False, axis="x")
    for law, year, stay in zip(laws, years, stays, strict=True):
        draw_curve(axes, law, year, stay[:, 0], band=(stay[:, 1], stay[:, 2]))
    name_ends(sheet, ends, (0.0, 1.0), (top, height), sheet.width - MARGIN - right + 0.1)
    sheet.skip(sheet.axis_room)
    sheet.write(word("years_since", sheet.lang), sheet.sizes.tick, colour="#3d4650")
