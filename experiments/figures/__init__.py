"""Figures: the finding is the title, every line is labelled where it ends, the same data give the same bytes."""

from experiments.figures.alternative import alt
from experiments.figures.comparison import check_plot, draw_comparison
from experiments.figures.drawing import ENDINGS, KINDS, draw
from experiments.figures.look import (
    BASELINE_COLOUR,
    COLOURS,
    MARKERS,
    NO_FONT,
    SERIES_MAX,
    TEXT_COLOURS,
    language_of,
    wrap,
)
from experiments.figures.panel import draw_panel

__all__ = [
    "BASELINE_COLOUR",
    "COLOURS",
    "ENDINGS",
    "KINDS",
    "MARKERS",
    "NO_FONT",
    "SERIES_MAX",
    "TEXT_COLOURS",
    "alt",
    "check_plot",
    "draw",
    "draw_comparison",
    "draw_panel",
    "language_of",
    "wrap",
]
