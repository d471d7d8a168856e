"""Blocks of text above and below panels, written out as bytes that the same data always give."""

from __future__ import annotations

import io
from html import escape
from typing import Any, NamedTuple

from experiments.figures.look import wrap

# Inches. Text takes the room it needs and the figure grows with it: nothing is cut or drawn over.
WIDTH, LEFT, MARGIN = 8.0, 0.16, 0.14
PANEL, GAP, AXIS = 2.2, 0.42, 0.34


class Lines(NamedTuple):
    """Some lines of text of one look; ``columns`` is where they are broken."""

    text: str
    size: float
    columns: int
    colour: str = "#111111"
    weight: str = "normal"


def line_height(size: float) -> float:
    """Return the inches from one line of text to the next."""
    return 1.4 * size / 72


def height_of(lines: Lines, lang: str) -> float:
    """Return the inches that lines of text take."""
    return line_height(lines.size) * (len(wrap(lines.text, lines.columns, lang)) + 0.2)


def write(figure: Any, block: list[Lines], lang: str, *, top: float) -> None:
    """Write lines of text below each other, from ``top`` inches on down."""
    height = figure.get_figheight()
    for lines in block:
        step = line_height(lines.size)
        for number, line in enumerate(wrap(lines.text, lines.columns, lang)):
            look = {"fontsize": lines.size, "weight": lines.weight, "color": lines.colour, "va": "top"}
            figure.text(LEFT / WIDTH, (top - number * step) / height, line, **look)
        top -= height_of(lines, lang)


def bytes_of(figure: Any, ending: str) -> bytes:
    """Return a figure as a file, ``.svg`` or ``.png``."""
    from matplotlib.ticker import FixedFormatter, FuncFormatter

    for axis in (axes.yaxis for axes in figure.axes):
        # Names on an axis stay as they are.
        if not isinstance(axis.get_major_formatter(), FixedFormatter | FuncFormatter):
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    buffer = io.BytesIO()
    kind = ending.removeprefix(".")
    # Without dates and versions, the same data give the same bytes.
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    figure.savefig(buffer, format=kind, metadata=metadata, dpi=150)
    return buffer.getvalue()


def described(svg: bytes, title: str, description: str) -> bytes:
    """Give an SVG a role, a title and a description, and let it take the width it is given."""
    head, mark, rest = svg.decode("utf-8").partition("<svg ")
    attributes, close, body = rest.partition(">")
    kept = " ".join(part for part in attributes.split() if not part.startswith(("width=", "height=")))
    said = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{head}{mark}role="img" {kept}{close}{said}{body}'.encode()
