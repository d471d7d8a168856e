"""Curves of several laws in one panel, each named where it ends: today's law grey, the reforms in their colours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.figures.cells import capital, check_series, text
from experiments.figures.look import BASELINE_COLOUR, COLOURS, MARKERS, SERIES_MAX, TEXT_COLOURS
from experiments.figures.marks import End
from experiments.report.parts import Figure

TODAY = "baseline"
"""The name of today's law in the column ``law``, unless the option ``baseline`` gives another."""


class Look(NamedTuple):
    """How a law is drawn."""

    colour: str
    ink: str
    marker: str
    dashes: str


class Law(NamedTuple):
    """One law's rows, in the order of the table."""

    label: str
    look: Look
    rows: Sequence[Any]


def laws_of(figure: Figure, lang: str) -> list[Law]:
    """Return rows by the column ``law``: today's law first, then the reforms in the order of the table."""
    today = str(figure.options.get("baseline", TODAY))
    names = list(dict.fromkeys(text(row, "law", "en") for row in figure.table.rows))
    names.sort(key=lambda name: name != today)
    reforms = [name for name in names if name != today]
    check_series(figure, len(names), SERIES_MAX)
    found = []
    for name in names:
        rows = [row for row in figure.table.rows if text(row, "law", "en") == name]
        look = Look(BASELINE_COLOUR, BASELINE_COLOUR, "_", "--")
        if name != today:
            place = reforms.index(name)
            look = Look(COLOURS[place], TEXT_COLOURS[place], MARKERS[place], "-")
        found.append(Law(capital(text(rows[0], "label", lang)), look, rows))
    return found


def draw_curve(axes: Any, law: Law, x: Any, y: Any, *, band: tuple[Any, Any] | None = None, n_marks: int = 8) -> None:
    """Draw a line with its band and a few markers; one place alone is a marker with its range."""
    look = law.look
    if band is not None:
        axes.fill_between(x, *band, color=look.colour, alpha=0.16, linewidth=0)
        if len(x) == 1:
            axes.plot([x[0]] * 2, [band[0][0], band[1][0]], color=look.colour, linewidth=2.2, alpha=0.5)
    is_today = look.dashes == "--"
    axes.plot(x, y, color=look.colour, linestyle=look.dashes, linewidth=1.8, zorder=3 if is_today else 2)
    if not is_today or len(x) == 1:
        at = np.arange(0, len(x), -(-len(x) // n_marks))
        axes.plot(x[at], y[at], color=look.colour, marker=look.marker, markersize=4.5, linestyle="none", clip_on=False)


def end_of(law: Law, y: Any) -> End:
    """Return the law's name where its line ends."""
    finite = y[np.isfinite(y)]
    return End(float(finite[-1]) if len(finite) else math.nan, law.label, law.look.ink)
