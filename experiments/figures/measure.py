"""How much room text takes, whichever fonts the machine has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WIDE = "\u2e80-\u9fff\uff00-\uffef"
_PIECE = re.compile(rf"[（“《]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。；：）、”》％]*")
"""What is never broken: a word or number, or one Chinese character, with marks that open before it or close behind it."""


@lru_cache(maxsize=16384)
def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of a line of text, inches.

    A Chinese character is as wide as the text is high; all others are those of the font that comes with Matplotlib.
    """
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    narrow = "".join(letter for letter in text if unicodedata.east_asian_width(letter) not in "WF")
    return (_em_of(narrow, is_bold=is_bold) + wide) * size / 72


@lru_cache(maxsize=16384)
def _em_of(text: str, *, is_bold: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family="DejaVu Sans", size=100, weight="bold" if is_bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 100


def wrapped(text: str, room: float, size: float, *, is_bold: bool = False) -> list[str]:
    """Return text broken into lines no wider than ``room`` inches; only a word that is wider itself is broken inside."""
    lines: list[str] = []
    line = ""
    for piece, gap in _pieces(text, room, size, is_bold=is_bold):
        longer = f"{line}{gap}{piece}" if line else piece
        if line and width_of(longer, size, is_bold=is_bold) > room:
            lines.append(line)
            longer = piece
        line = longer
    return [*lines, line] if line else lines


def _pieces(text: str, room: float, size: float, *, is_bold: bool) -> Iterator[tuple[str, str]]:
    """Yield what may stand on a line of its own, with the space before it."""
    for found in _PIECE.finditer(text):
        gap = " " if found.start() and text[found.start() - 1].isspace() else ""
        piece = found.group()
        while width_of(piece, size, is_bold=is_bold) > room and len(piece) > 1:
            fits = max(1, sum(width_of(piece[:n], size, is_bold=is_bold) <= room for n in range(1, len(piece))))
            yield piece[:fits], gap
            piece, gap = piece[fits:], ""
        yield piece, gap


def line_height(size: float) -> float:
    """Return the inches from one line of text to the next."""
    return 1.4 * size / 72
