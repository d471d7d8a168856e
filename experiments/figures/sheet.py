"""The sheet that a figure of a report is drawn on: filled from the top down, as tall as its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from experiments.figures.look import BASELINE_COLOUR, style
from experiments.figures.measure import line_height, wrapped

INK = "#111111"
RULE = "#d4d8de"
MARGIN = 0.12
"""Inches; so are all lengths here."""
_LATIN = "DejaVu Sans"
_EDGE = 0.5
"""Width of the edge that stands in for bold letters, points."""
_TALL = 60.0
"""Taller than any sheet while it is being filled; cut to the content at the end."""


class Sizes(NamedTuple):
    """Sizes of text, points."""

    title: float
    subtitle: float
    label: float
    tick: float
    source: float


_WIDE, _NARROW = (8.0, Sizes(13, 9.5, 9.5, 9, 8)), (4.2, Sizes(13, 10.5, 10, 9.5, 9))
"""Width, and sizes that stay readable where a page shows it: 8 inches fill a column, 4.2 a phone."""


class Sheet:
    """A sheet: lines of text and panels below each other; ``top`` is where the next one begins, inches from above."""

    def __init__(self, lang: str, *, is_narrow: bool = False) -> None:
        from matplotlib.figure import Figure

        self.lang, self.is_narrow = lang, is_narrow
        self.width, self.sizes = _NARROW if is_narrow else _WIDE
        self.canvas: Any = Figure(figsize=(self.width, _TALL))
        self.top = MARGIN
        self._lacks_bold = _lacks_bold()
        self._lines: list[tuple[Any, float]] = []
        self._panels: list[tuple[Any, float, float]] = []

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - 2 * MARGIN

    @property
    def axis_room(self) -> float:
        """Height that labels below a panel take."""
        return line_height(self.sizes.tick) + 0.08

    def skip(self, height: float) -> None:
        """Leave some height empty."""
        self.top += height

    def write(self, text: str, size: float, *, colour: str = INK, is_bold: bool = False) -> None:
        """Write a paragraph over the full width."""
        for line in wrapped(text, self.room, size, is_bold=is_bold):
            self.place(line, MARGIN, self.top + line_height(size) / 2, size, colour=colour, is_bold=is_bold)
            self.top += line_height(size)

    def place(
        self,
        line: str,
        x: float,
        y: float,
        size: float,
        *,
        colour: str = INK,
        is_bold: bool = False,
        ha: str = "left",
    ) -> None:
        """Write one line whose middle is at ``y`` from above, at ``x`` from the left."""
        look: dict[str, Any] = {"fontsize": size, "color": colour, "ha": ha, "va": "center"}
        if is_bold:
            look |= _thickened(colour) if self._lacks_bold else {"weight": "bold"}
        artist = self.canvas.text(x / self.width, 1 - y / _TALL, line, **look)
        self._lines.append((artist, y))

    def place_lines(self, lines: Sequence[str], x: float, y: float, size: float, **look: Any) -> None:
        """Write lines below each other, ``y`` being the middle of them all."""
        first = y - (len(lines) - 1) / 2 * line_height(size)
        for number, line in enumerate(lines):
            self.place(line, x, first + number * line_height(size), size, **look)

    def panel(self, height: float, *, left: float = 0.0, right: float = 0.0) -> Any:
        """Return axes of some height at ``top``, ``left`` and ``right`` inches inside the margins."""
        axes = self.beside(height, left=left, width=self.room - left - right, top=self.top)
        self.top += height
        return axes

    def beside(self, height: float, *, left: float, width: float, top: float) -> Any:
        """Return axes at a place of their own, which moves nothing."""
        box = ((MARGIN + left) / self.width, 1 - (top + height) / _TALL, width / self.width, height / _TALL)
        axes = self.canvas.add_axes(box)
        self._panels.append((axes, top, height))
        return axes

    def foot(self, texts: Sequence[str]) -> None:
        """Write the source lines below a rule."""
        from matplotlib.lines import Line2D

        self.skip(0.1)
        y = 1 - self.top / _TALL
        ends = (MARGIN / self.width, 1 - MARGIN / self.width)
        rule = Line2D(ends, (y, y), color=RULE, linewidth=0.8, transform=self.canvas.transFigure)
        self.canvas.add_artist(rule)
        self._lines.append((rule, self.top))
        self.skip(0.05)
        for text in texts:
            self.write(text, self.sizes.source, colour=BASELINE_COLOUR)

    def finish(self) -> Any:
        """Cut the sheet to its content; return the canvas."""
        total = self.top + MARGIN
        self.canvas.set_size_inches(self.width, total)
        for artist, y in self._lines:
            artist.set_y(1 - y / total) if not hasattr(artist, "set_ydata") else artist.set_ydata([1 - y / total] * 2)
        for axes, top, height in self._panels:
            box = axes.get_position()
            axes.set_position((box.x0, 1 - (top + height) / total, box.width, height / total))
        return self.canvas


@contextmanager
def sheet_style(lang: str, ending: str = ".svg") -> Iterator[bool]:
    """Draw in the look of sheets; yield whether a font for the language exists."""
    import matplotlib as mpl

    with style(lang) as is_font_found:
        # Latin letters are the same in both languages, so their widths are known. An SVG holds text, which the reader's
        # machine has a font for; naming none of this machine's keeps its bytes the same everywhere.
        families = [_LATIN] if ending == ".svg" else list(reversed(mpl.rcParams["font.family"]))
        settings: dict[Any, Any] = {
            "font.family": families,
            "text.parse_math": False,
            "axes.grid": False,
            "axes.edgecolor": "#8a929c",
            "axes.linewidth": 0.8,
            "xtick.color": "#3d4650",
            "ytick.color": "#3d4650",
            "xtick.major.size": 3,
            "ytick.major.size": 0,
            "hatch.linewidth": 0.5,
        }
        with mpl.rc_context(settings):
            yield is_font_found


def _lacks_bold() -> bool:
    """Return whether a font in use has no bold letters, so that bold lines would be half bold."""
    import matplotlib as mpl
    from matplotlib import font_manager

    bold = {font.name for font in font_manager.fontManager.ttflist if str(font.weight) in {"bold", "600", "700", "800"}}
    return any(family not in bold for family in mpl.rcParams["font.family"])


def _thickened(colour: str) -> dict[str, Any]:
    """Return a look that makes letters bold by an edge of their own colour."""
    from matplotlib.patheffects import withStroke

    return {"weight": "normal", "path_effects": [withStroke(linewidth=_EDGE, foreground=colour)]}
