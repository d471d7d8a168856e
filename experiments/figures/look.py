"""The look of all figures: colours, fonts, how lines of text are broken."""

from __future__ import annotations

import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SERIES_MAX = 4
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#004B78")
"""One colour a scenario throughout; blue is the first, usually the package."""
TEXT_COLOURS = ("#0072B2", "#a84300", "#00704f", "#004B78")
"""The same as text, dark enough to read."""
MARKERS = ("o", "s", "^", "D")
BASELINE_COLOUR = "#6b7480"
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "Droid Sans Fallback",
)  # fmt: skip
NO_FONT = "No Chinese font on this machine: drawn in English."


def language_of(ending: str, lang: str) -> str:
    """Return the language in which a figure is drawn: English for a picture that lacks a font for Chinese."""
    with style(lang) as font_found:
        return readable(ending, lang, font_found=font_found)


def readable(ending: str, lang: str, *, font_found: bool) -> str:
    """Return the language that a file of this ending can be read in."""
    return "en" if ending == ".png" and not font_found else lang


def wrap(text: str, columns: int, lang: str) -> list[str]:
    """Return text broken into lines of at most ``columns`` Latin letters; a Chinese one takes the room of 1.8."""
    if lang != "zh":
        return textwrap.wrap(text, columns)
    lines, used = [""], 0.0
    # Numbers and names stay whole, and no line begins with a mark that closes what was said before.
    for piece in re.findall(r"(?:[!-~]+|.)[，。；：）、”]*", text):
        room = sum(1.0 if letter.isascii() else 1.8 for letter in piece)
        if used and used + room > columns:
            lines.append("")
            used = 0.0
        lines[-1] += piece
        used += room
    return lines


@contextmanager
def style(lang: str) -> Iterator[bool]:
    """Draw in one look and reproducibly; yield whether a font for the language exists."""
    import matplotlib as mpl
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    chinese = [name for name in CHINESE_FONTS if name in known][:1] if lang == "zh" else []
    settings: dict[Any, Any] = {
        "font.family": [*chinese, "DejaVu Sans"],
        "svg.fonttype": "none",
        "svg.hashsalt": "talentflow",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": "#e5e7eb",
        "xtick.labelsize": 8,
        "ytick.labelsize": 8,
        "axes.axisbelow": True,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # In SVG, text stays text: the reader's machine has the font that this one lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield bool(chinese) or lang != "zh"
