"""Lorenz: cumulated shares of people against cumulated shares of what they have, one curve a law, with equality.

Columns: ``law``, ``label``, ``people`` and ``held`` (cumulated shares from 0 to 1). Option ``baseline`` as for survival.
A table with ``group`` in place of these is drawn by :mod:`experiments.figures.equity`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.figures import equity
from experiments.figures.cells import check, has_column, number
from experiments.figures.curves import draw_curve, laws_of
from experiments.figures.figure_words import word
from experiments.figures.marks import End, ends_height, name_ends
from experiments.figures.scales import set_x, set_y, ticked
from experiments.figures.sheet import MARGIN, Sheet
from experiments.report.parts import Figure

_PANEL = {True: 2.3, False: 3.4}


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw the curves in a square, each named beside it at the height it has for four in five people."""
    if has_column(figure, "added"):
        equity.draw(sheet, figure)
        return
    check(figure, "law", "label", "people", "held", rows_max=10_000)
    laws = laws_of(figure, sheet.lang)
    shares = [np.array([[number(row, key) for row in law.rows] for key in ("people", "held")]) for law in laws]
    scale = ticked(0.0, 1.0, sheet.lang, is_share=True)
    left, side = scale.room(sheet.sizes.tick) + 0.08, _PANEL[sheet.is_narrow]
    right = sheet.room - left - side
    middles = [End(_middle(share), law.label, law.look.ink) for law, share in zip(laws, shares, strict=True)]
    height = max(side, ends_height(middles, right - 0.3, sheet))
    top = sheet.top
    axes = sheet.panel(height, left=left, right=right)
    set_y(axes, scale, sheet)
    set_x(axes, scale, sheet, width=side, is_share=True)
    axes.plot([0, 1], [0, 1], color="#111111", linewidth=0.9)
    for law, share in zip(laws, shares, strict=True):
        draw_curve(axes, law, share[0], share[1])
    ends = [End(1.0, word("equal_line", sheet.lang), "#111111"), *middles]
    name_ends(sheet, ends, (0.0, 1.0), (top, height), sheet.width - MARGIN - right + 0.2)
    sheet.skip(sheet.axis_room)
    sheet.write(word("people_axis", sheet.lang), sheet.sizes.tick, colour="#3d4650")


def _middle(share: Any) -> float:
    """Return what four in five people hold: all curves end together, there they are apart."""
    people, held = share
    return float(np.interp(0.8, people, held)) if np.isfinite(share).all() else math.nan
