"""A figure of a report, drawn from its table alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from experiments.design import DesignError
from experiments.figures import (
    drivers,
    fit,
    flows,
    forest,
    lorenz,
    pareto,
    paths,
    points,
    queue,
    ranking,
    survival,
    tiles,
    waterfall,
)
from experiments.figures.alternative import alt
from experiments.figures.figure_words import word
from experiments.figures.look import BASELINE_COLOUR, readable
from experiments.figures.sheet import Sheet, sheet_style
from experiments.figures.svg import tidied
from experiments.report.parts import Figure

KINDS: dict[str, Callable[[Sheet, Figure], None]] = {
    "paths": paths.draw,
    "forest": forest.draw,
    "tiles": tiles.draw,
    "flows": flows.draw,
    "survival": survival.draw,
    "waterfall": waterfall.draw,
    "pareto": pareto.draw,
    "points": points.draw,
    "queue": queue.draw,
    "ranking": ranking.draw,
    "lorenz": lorenz.draw,
    "drivers": drivers.draw,
    "fit": fit.draw,
}
"""Drawings by the kind of figure; each module says which columns it needs."""
ENDINGS = (".svg", ".png")
_DOTS_PER_INCH = 200


def draw(figure: Figure, lang: str, ending: str, *, is_narrow: bool = False) -> bytes:
    """Return a figure as a file; the same figure gives the same bytes.

    Parameters
    ----------
    figure
        With the table that its kind needs.
    lang
        ``en`` or ``zh``. A picture of Chinese text needs a Chinese font; without one it is drawn in English and says so.
    ending
        ``.svg``, to stand in a page beside others, or ``.png``.
    is_narrow
        For a phone: 4.2 inches wide in place of 8, its text larger beside its width.

    Raises
    ------
    DesignError
        If the kind or the ending is unknown, or the table lacks a column.
    """
    if figure.kind not in KINDS:
        raise DesignError(f"figure {figure.id!r}: no drawing is called {figure.kind!r}; known: {', '.join(KINDS)}")
    if ending not in ENDINGS:
        raise DesignError(f"a figure is drawn as {' or '.join(ENDINGS)}, got {ending!r}")
    with sheet_style(lang, ending) as is_font_found:
        told = readable(ending, lang, font_found=is_font_found)
        canvas = laid_out(figure, told, asked=lang, is_narrow=is_narrow)
        content = _saved(canvas, ending)
    if ending == ".png":
        return content
    prefix = f"{figure.id}-{'n' if is_narrow else 'w'}-{told}"
    return tidied(content.decode("utf-8"), prefix, figure.title[told], alt(figure, told), told).encode()


def laid_out(figure: Figure, lang: str, *, asked: str, is_narrow: bool) -> Any:
    """Return a figure on its canvas, in ``lang``; it says so where ``asked`` is another. Needs the style of sheets."""
    sheet = Sheet(lang, is_narrow=is_narrow)
    sheet.write(figure.title[lang], sheet.sizes.title, is_bold=True)
    sheet.skip(0.02)
    sheet.write(figure.subtitle[lang], sheet.sizes.subtitle, colour=BASELINE_COLOUR)
    sheet.skip(0.1)
    KINDS[figure.kind](sheet, figure)
    sheet.foot([figure.source[lang], *([] if asked == lang else [word("no_font", lang)])])
    return sheet.finish()


def _saved(canvas: Any, ending: str) -> bytes:
    buffer = io.BytesIO()
    # Without dates and versions, the same data give the same bytes.
    metadata = {"Date": None, "Creator": None} if ending == ".svg" else {"Software": None}
    canvas.savefig(buffer, format=ending.removeprefix("."), metadata=metadata, dpi=_DOTS_PER_INCH)
    return buffer.getvalue()
