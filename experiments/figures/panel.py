"""A figure of one panel, in the look of all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from experiments.figures.blocks import AXIS, GAP, MARGIN, WIDTH, Lines, bytes_of, described, height_of, write
from experiments.figures.look import BASELINE_COLOUR, style


def draw_panel(
    draw: Callable[[Any], None],
    ending: str,
    lang: str,
    *,
    title: str,
    notes_below: Sequence[str],
    height: float,
    left: float,
) -> bytes:
    """Return a figure of one panel with its finding above and notes below, in the look of all others.

    Parameters
    ----------
    draw
        Draws into the axes that it is given.
    ending, lang
        As in :func:`draw_comparison`; :func:`language_of` says which language can be drawn.
    height
        Of the panel, inches.
    left
        Share of the width that labels on its left take, 0 to 1.
    """
    from matplotlib.figure import Figure

    with style(lang):
        above = [Lines(title, 10, 92, weight="bold")]
        below = [Lines(text, 7, 128, BASELINE_COLOUR) for text in notes_below]
        head, foot = (sum(height_of(lines, lang) for lines in block) for block in (above, below))
        total = MARGIN + head + GAP / 2 + height + 2 * AXIS + foot + MARGIN
        figure = Figure(figsize=(WIDTH, total))
        write(figure, above, lang, top=total - MARGIN)
        write(figure, below, lang, top=MARGIN + foot)
        draw(figure.add_axes((left, (MARGIN + foot + 2 * AXIS) / total, 0.96 - left, height / total)))
        content = bytes_of(figure, ending)
    return described(content, title, " ".join(notes_below)) if ending == ".svg" else content
