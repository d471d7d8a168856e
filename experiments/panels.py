"""Figures of one panel: dots with intervals, and fronts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.figures import BASELINE_COLOUR, COLOURS, draw_panel, wrap

if TYPE_CHECKING:
    from experiments.dots import Dots

_THOUSANDS = "{x:,.10g}"
_ROW, _PANEL = 0.3, 3.2
"""Inches."""


class Spot(NamedTuple):
    """A point of two aims, each with its interval."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]


class Front(NamedTuple):
    """What a figure of a front shows: all that was tried, and the front; ``labels`` are those of both axes."""

    title: str
    labels: tuple[str, str]
    tried: Sequence[tuple[float, float]]
    front: Sequence[Spot]
    names: tuple[str, str]
    notes: Sequence[str]


def draw_dots(dots: Dots, ending: str, lang: str) -> bytes:
    """Return a figure of one row a name: its value as a dot, hollow where it is not clear, and its interval as a line.

    ``ending`` and ``lang`` as in :func:`experiments.figures.draw_panel`.
    """
    draw = partial(_draw_rows, dots=dots, lang=lang)
    height = _ROW * (len(dots.rows) + 1)
    return draw_panel(draw, ending, lang, title=dots.title, notes_below=dots.notes, height=height, left=0.4)


def draw_front(front: Front, ending: str, lang: str) -> bytes:
    """Return a figure of a front among all that was tried; ``ending`` and ``lang`` as in :func:`draw_dots`."""
    draw = partial(_draw_spots, front=front)
    return draw_panel(draw, ending, lang, title=front.title, notes_below=front.notes, height=_PANEL, left=0.12)


def _draw_rows(axes: Any, dots: Dots, lang: str) -> None:
    places = range(len(dots.rows), 0, -1)
    for place, row in zip(places, dots.rows, strict=True):
        axes.plot([row.low, row.high], [place, place], color=COLOURS[0], linewidth=1.4)
        face = COLOURS[0] if row.is_clear else "white"
        axes.plot(
            [row.value], [place], marker="o", markersize=5, color=COLOURS[0], markerfacecolor=face, linestyle="none"
        )
    axes.axvline(dots.bound, color=BASELINE_COLOUR, linewidth=1, linestyle="--")
    axes.set_ylim(0.4, len(dots.rows) + 0.6)
    axes.set_yticks(list(places), ["\n".join(wrap(row.label, 44, lang)[:2]) for row in dots.rows])
    axes.set_xlabel(dots.axis, fontsize=8)
    axes.xaxis.set_major_formatter(_THOUSANDS)
    axes.grid(visible=True, axis="x")


def _draw_spots(axes: Any, front: Front) -> None:
    dots = {"marker": "o", "linestyle": "none"}
    x, y = [spot[0] for spot in front.tried], [spot[1] for spot in front.tried]
    axes.plot(x, y, color=BASELINE_COLOUR, markersize=3, alpha=0.5, label=front.names[0], **dots)
    for spot in front.front:
        axes.plot(spot.x[1:], [spot.y[0]] * 2, color=COLOURS[0], linewidth=1)
        axes.plot([spot.x[0]] * 2, spot.y[1:], color=COLOURS[0], linewidth=1)
    x, y = [spot.x[0] for spot in front.front], [spot.y[0] for spot in front.front]
    axes.plot(x, y, color=COLOURS[0], markersize=5, label=front.names[1], **dots)
    axes.set_xlabel(front.labels[0], fontsize=8)
    axes.set_ylabel(front.labels[1], fontsize=8)
    axes.xaxis.set_major_formatter(_THOUSANDS)
    axes.grid(visible=True, axis="both")
    axes.legend(fontsize=8, frameon=False)
