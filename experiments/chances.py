"""A figure of probabilities as bars beside effects as dots, one row a name."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from experiments.figures import BASELINE_COLOUR, COLOURS, TEXT_COLOURS, draw_panel, wrap

_ROW = 0.34
"""Inches."""
_LEFT, _GAP, _BARS = 0.33, 0.05, 0.29
"""Shares of the width: names, between the columns, the bars."""
_COLUMNS = 40
_PALE = "#9ecae1"


class ChanceRow(NamedTuple):
    """One row: a probability and an effect, each with its interval; ``mark`` stands behind the probability."""

    label: str
    chance: tuple[float, float, float]
    told: str
    effect: tuple[float, float, float]
    size: str
    mark: str


class Chances(NamedTuple):
    """A figure: rows from the top, likeliest first; ``heads`` stand over the two columns."""

    title: str
    heads: tuple[str, str]
    rows: tuple[ChanceRow, ...]
    notes: tuple[str, ...]


def draw_chances(chances: Chances, ending: str, lang: str) -> bytes:
    """Return the figure; ``ending`` and ``lang`` as in :func:`experiments.figures.draw_panel`."""
    draw = partial(_draw, chances=chances, lang=lang)
    height = _ROW * (len(chances.rows) + 0.6)
    return draw_panel(draw, ending, lang, title=chances.title, notes_below=chances.notes, height=height, left=_LEFT)


def _draw(axes: Any, chances: Chances, lang: str) -> None:
    box = axes.get_position()
    start = box.x0 + _BARS + _GAP
    axes.set_position((box.x0, box.y0, _BARS, box.height))
    beside = axes.figure.add_axes((start, box.y0, box.x1 - start, box.height))
    places = range(len(chances.rows), 0, -1)
    _draw_bars(axes, chances, places, lang)
    _draw_effects(beside, chances, places)
    for panel, head in zip((axes, beside), chances.heads, strict=True):
        panel.set_title(head, fontsize=8.5, loc="left", color=TEXT_COLOURS[0], weight="bold")
        panel.set_ylim(0.4, len(chances.rows) + 0.6)
        panel.tick_params(axis="y", length=0)
        panel.grid(visible=False, axis="y")


def _draw_bars(axes: Any, chances: Chances, places: range, lang: str) -> None:
    for place, row in zip(places, chances.rows, strict=True):
        value, low, high = row.chance
        axes.barh(place, value, height=0.56, color=_PALE)
        axes.plot([low, high], [place, place], color=COLOURS[0], linewidth=1.2)
        axes.text(1.04, place, f"{row.told} {row.mark}".rstrip(), fontsize=8, va="center", color=TEXT_COLOURS[0])
    axes.set_xlim(0, 1)
    axes.set_yticks(list(places), ["\n".join(wrap(row.label, _COLUMNS, lang)[:2]) for row in chances.rows])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
    axes.grid(visible=True, axis="x")


def _draw_effects(axes: Any, chances: Chances, places: range) -> None:
    for place, row in zip(places, chances.rows, strict=True):
        value, low, high = row.effect
        face = COLOURS[0] if low > 0 or high < 0 else "white"
        axes.plot([low, high], [place, place], color=COLOURS[0], linewidth=1.4)
        dot = {"marker": "o", "markersize": 5, "color": COLOURS[0], "markerfacecolor": face, "linestyle": "none"}
        axes.plot([value], [place], **dot)
        axes.annotate(
            row.size, (1.02, place), xycoords=("axes fraction", "data"), fontsize=8, va="center", color=TEXT_COLOURS[0]
        )
    axes.axvline(0, color=BASELINE_COLOUR, linewidth=1)
    axes.set_yticks([], [])
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter("{x:,.10g}")
    axes.grid(visible=True, axis="x")
