"""A figure of probabilities as bars beside effects as dots, one row a name."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from experiments.figures import BASELINE_COLOUR, COLOURS, TEXT_COLOURS, draw_panel, wrap

_ROW = 0.34
"""Inches."""
_LEFT, _BARS, _GAP, _SIZES = 0.32, 0.22, 0.145, 0.075
"""Shares of the width: names, bars, between the columns, numbers on the right."""
_COLUMNS, _HEAD_COLUMNS = 38, 42
_PALE, _INK = "#9ecae1", "#111111"
_BRACKET = (1.31, 1.35)
"""Where ties are bracketed, in widths of the bars."""


class ChanceRow(NamedTuple):
    """One row: a probability and an effect, each with its interval; ``ties`` says that the next row is not told apart."""

    label: str
    chance: tuple[float, float, float]
    told: str
    effect: tuple[float, float, float]
    size: str
    ties: bool


class Chances(NamedTuple):
    """A figure: rows from the top, likeliest first; ``heads`` stand over the two columns, ``alike`` beside ties."""

    title: str
    heads: tuple[str, str]
    alike: str
    rows: tuple[ChanceRow, ...]
    notes: tuple[str, ...]


def draw_chances(chances: Chances, ending: str, lang: str) -> bytes:
    """Return the figure; ``ending`` and ``lang`` as in :func:`experiments.figures.draw_panel`."""
    draw = partial(_draw, chances=chances, lang=lang)
    height = _ROW * (len(chances.rows) + 1)
    return draw_panel(draw, ending, lang, title=chances.title, notes_below=chances.notes, height=height, left=_LEFT)


def _draw(axes: Any, chances: Chances, lang: str) -> None:
    box = axes.get_position()
    start = box.x0 + _BARS + _GAP
    # Heads of two lines stand over the columns.
    height = box.height * (1 - 1 / (len(chances.rows) + 1))
    axes.set_position((box.x0, box.y0, _BARS, height))
    beside = axes.figure.add_axes((start, box.y0, box.x1 - _SIZES - start, height))
    places = range(len(chances.rows), 0, -1)
    _draw_bars(axes, chances, places, lang)
    _bracket_ties(axes, chances, places)
    _draw_effects(beside, chances, places)
    for panel, head in zip((axes, beside), chances.heads, strict=True):
        lines = "\n".join(wrap(head, _HEAD_COLUMNS, lang)[:2])
        panel.set_title(lines, fontsize=8, loc="left", color=_INK, linespacing=1.3)
        panel.set_ylim(0.4, len(chances.rows) + 0.6)
        panel.tick_params(axis="y", length=0)
        panel.grid(visible=False, axis="y")


def _draw_bars(axes: Any, chances: Chances, places: range, lang: str) -> None:
    for place, row in zip(places, chances.rows, strict=True):
        value, low, high = row.chance
        axes.barh(place, value, height=0.56, color=_PALE)
        axes.plot([low, high], [place, place], color=COLOURS[0], linewidth=1.2)
        axes.text(1.05, place, row.told, fontsize=8, va="center", color=TEXT_COLOURS[0])
    axes.set_xlim(0, 1)
    axes.set_yticks(list(places), ["\n".join(wrap(row.label, _COLUMNS, lang)[:2]) for row in chances.rows])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
    axes.grid(visible=True, axis="x")


def _bracket_ties(axes: Any, chances: Chances, places: range) -> None:
    """Bracket rows of which each cannot be told from the next, to the right of their probabilities."""
    first = None
    for place, row in zip(places, chances.rows, strict=True):
        is_last = place == places[-1]
        if first is None and row.ties and not is_last:
            first = place
        elif first is not None and (is_last or not row.ties):
            near, far = _BRACKET
            look = {"transform": axes.get_yaxis_transform(), "clip_on": False, "color": BASELINE_COLOUR}
            axes.plot([near, far, far, near], [first + 0.3, first + 0.3, place - 0.3, place - 0.3], linewidth=1, **look)
            middle = {"rotation": 90, "ha": "left", "va": "center", "fontsize": 7}
            axes.text(far + 0.03, (first + place) / 2, chances.alike, **middle, **look)
            first = None


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
