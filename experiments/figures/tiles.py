"""Tiles: a schematic map, one tile a province, coloured by its number.

Columns: ``region`` (a region of the model, or letters of provinces apart by spaces), ``value`` (interval). Two or three
provinces of one region share an outline and one number; more are hatched, and told below. Options: ``is_level``, true
where numbers are levels, so that none is a difference from today's law.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from experiments.design import DesignError
from experiments.figures.cells import Interval, check, interval, is_share
from experiments.figures.figure_words import word
from experiments.figures.measure import line_height, width_of, wrapped
from experiments.figures.numerals import MINUS, between, plain, signed
from experiments.figures.provinces import FURTHER, PROVINCES, Province, provinces_of
from experiments.figures.scales import no_x, no_y
from experiments.figures.sheet import INK, MARGIN, Sheet
from experiments.report.parts import Figure

BLUES = ("#deebf7", "#9ecae1", "#5aa3d0", "#2171b5", "#084a91")
ORANGES = ("#fde3cf", "#fdbe85", "#f08a45", "#b84a00", "#8f3c00")
"""Five steps from pale to dark; white letters are readable on the last two."""
_NO_NUMBER = "#eef0f3"
_EDGE = "#3d4650"
_GAP = 0.05
"""Share of a tile left empty about it."""
_HATCHED_FROM = 4
"""A region of so many provinces is hatched, its number told below the map."""
_COLUMNS, _ROWS = 9, 8
_LETTERS = {"en": ((1e9, "B"), (1e6, "M"), (1e3, "k")), "zh": ((1e8, "亿"), (1e4, "万"), (1e3, "千"))}
_SHAPE = {True: 1.0, False: 0.8}
"""Height of a tile for its width, on a narrow sheet or a wide one."""


class Region(NamedTuple):
    """Provinces that share a number, and that number as text."""

    codes: tuple[str, ...]
    value: Interval
    told: str
    colour: str

    @property
    def is_hatched(self) -> bool:
        """Whether it has too many provinces for a number on a tile."""
        return len(self.codes) >= _HATCHED_FROM

    @property
    def ink(self) -> str:
        """The colour of letters on it."""
        return "white" if self.colour in {*BLUES[3:], *ORANGES[3:]} else INK


class Grid(NamedTuple):
    """The map: a tile is one unit wide and high on its axes, ``tile`` inches wide on the sheet."""

    sheet: Sheet
    axes: Any
    tile: float

    @property
    def text_room(self) -> float:
        """Width that text has on a tile, inches."""
        return self.tile * (1 - 1.5 * _GAP)


def draw(sheet: Sheet, figure: Figure) -> None:
    """Draw the grid, then what its signs mean."""
    check(figure, "region", "value")
    is_level = bool(figure.options.get("is_level"))
    regions = _regions(figure, sheet.lang, is_level=is_level)
    tile = sheet.room / _COLUMNS
    axes = sheet.panel(_SHAPE[sheet.is_narrow] * tile * _ROWS)
    axes.set_xlim(0, _COLUMNS)
    axes.set_ylim(_ROWS, 0)
    no_x(axes)
    no_y(axes)
    grid = Grid(sheet, axes, tile)
    numbered = {code for region in regions for code in region.codes}
    blank = tuple(code for code in PROVINCES if code not in numbered)
    for region in (
        *(Region((code,), Interval(math.nan, math.nan, math.nan), "", _NO_NUMBER) for code in blank),
        *regions,
    ):
        _draw_region(grid, region)
    sheet.skip(0.1)
    for region in regions:
        if region.is_hatched or (region.told and not _number(grid, region)):
            _tell_below(sheet, region, is_percent=is_share(figure, "value"))
    sheet.write(word("schematic_levels" if is_level else "schematic", sheet.lang), sheet.sizes.source, colour=INK)


def _regions(figure: Figure, lang: str, *, is_level: bool) -> list[Region]:
    cells = []
    for row in figure.table.rows:
        try:
            codes = provinces_of(str(row["region"]))
        except KeyError as error:
            raise DesignError(f"figure {figure.id!r} of kind tiles: no province is called {error.args[0]!r}") from None
        cells.append((codes, interval(row, "value")))
    # A number of many provinces is no province's: it neither takes part in the steps of colour nor has one.
    own = [abs(value.value) for codes, value in cells if len(codes) < _HATCHED_FROM and math.isfinite(value.value)]
    most = max(own, default=0.0)
    tell, shares = plain if is_level else signed, is_share(figure, "value")
    return [
        Region(
            codes,
            value,
            tell(value.value, value.noise, lang, is_share=shares) if math.isfinite(value.value) else "",
            _colour(value, most if len(codes) < _HATCHED_FROM else math.inf, is_level=is_level),
        )
        for codes, value in cells
    ]


def _colour(value: Interval, most: float, *, is_level: bool) -> str:
    """Return one of five blues, or oranges below zero, by its share of the largest; white where it is not told from zero."""
    if not math.isfinite(value.value):
        return _NO_NUMBER
    if not is_level and not value.is_clear:
        return "white"
    step = min(4, int(5 * abs(value.value) / most)) if most else 0
    return (ORANGES if value.value < 0 else BLUES)[step]


def _draw_region(grid: Grid, region: Region) -> None:
    provinces = [PROVINCES.get(code) or FURTHER[code] for code in region.codes]
    held = {(province.column, province.row) for province in provinces}
    for province in provinces:
        _fill(grid.axes, province, region, held)
    if not region.is_hatched and (len(provinces) > 1 or region.colour == "white"):
        _outline(grid.axes, held)
    numbered = len(provinces) // 2
    for place, (code, province) in enumerate(zip(region.codes, provinces, strict=True)):
        told = _number(grid, region) if place == numbered and not region.is_hatched else ""
        _write(grid, province, code, told, region.ink)


def _number(grid: Grid, region: Region) -> str:
    """Return a region's number as long as a tile has room for, empty where there is none even for a short one."""
    size = _digits(grid.sheet)
    if not region.told or region.told.endswith("%") or width_of(region.told, size) <= grid.text_room:
        return region.told
    short = shortened(region.value.value, grid.sheet.lang, is_signed=region.told[0] in {"+", MINUS})
    return short if width_of(short, size) <= grid.tile * (1 - _GAP) else ""


def _letters(sheet: Sheet) -> float:
    """Return the size of letters on tiles, points."""
    return sheet.sizes.source - (0.0 if sheet.is_narrow else 0.5)


def _fill(axes: Any, province: Province, region: Region, held: set[tuple[int, int]]) -> None:
    """Fill a tile; between tiles that share a number there is no gap, unless they are hatched."""
    from matplotlib.patches import Rectangle

    sides = (-1, 0), (1, 0), (0, -1), (0, 1)
    at = province.column, province.row
    joined = [not region.is_hatched and (at[0] + x, at[1] + y) in held for x, y in sides]
    left, right, top, bottom = (0.0 if is_joined else _GAP / 2 for is_joined in joined)
    box = (at[0] + left, at[1] + top), 1 - left - right, 1 - top - bottom
    axes.add_patch(Rectangle(*box, facecolor=region.colour, edgecolor="none", linewidth=0))
    if region.is_hatched:
        axes.add_patch(Rectangle(*box, fill=False, hatch="////", edgecolor=_hatch(region), linewidth=0))


def _hatch(region: Region) -> str:
    return "#ffffff" if region.ink == "white" else "#b9c0ca"


def _digits(sheet: Sheet) -> float:
    """Return the size of numbers on tiles, points."""
    return sheet.sizes.source - (1.0 if sheet.is_narrow else 0.5)


def _outline(axes: Any, held: set[tuple[int, int]]) -> None:
    """Draw the edge about tiles that share a number; where two of them touch there is none."""
    near = _GAP / 2
    for column, row in sorted(held):
        left, right = (
            column + near * ((column - 1, row) not in held),
            column + 1 - near * ((column + 1, row) not in held),
        )
        top, bottom = row + near * ((column, row - 1) not in held), row + 1 - near * ((column, row + 1) not in held)
        edges = {
            (column - 1, row): ([left, left], [top, bottom]),
            (column + 1, row): ([right, right], [top, bottom]),
            (column, row - 1): ([left, right], [top, top]),
            (column, row + 1): ([left, right], [bottom, bottom]),
        }
        for neighbour, (x, y) in edges.items():
            if neighbour not in held:
                axes.plot(x, y, color=_EDGE, linewidth=1.0, solid_capstyle="projecting", clip_on=False)


def _write(grid: Grid, province: Province, code: str, told: str, ink: str) -> None:
    """Write a tile's name, by its letters where the whole has no room, and its number."""
    sheet, room = grid.sheet, grid.text_room
    size = _letters(sheet)
    whole = province.zh if sheet.lang == "zh" else province.en
    # On a narrow sheet most English names have no room: letters for all read better than a mixture.
    is_short = sheet.is_narrow and sheet.lang == "en"
    fits = width_of(whole, size, is_bold=True) <= room
    lines = [code] if is_short else [whole] if fits else _two_lines(whole, room, size) or [code]
    block = [*lines, *([told] if told else [])]
    step = 0.86 * line_height(size) / (_SHAPE[sheet.is_narrow] * grid.tile)
    look = {"ha": "center", "va": "center", "color": ink}
    for place, line in enumerate(block):
        y = province.row + 0.5 + (place - (len(block) - 1) / 2) * step
        weight = "bold" if place < len(lines) and sheet.lang == "en" else "normal"
        size = _letters(sheet) if place < len(lines) else _digits(sheet)
        grid.axes.text(province.column + 0.5, y, line, weight=weight, fontsize=size, **look)


def _two_lines(name: str, room: float, size: float) -> list[str]:
    """Return a name of two words on two lines, or nothing where that has no room."""
    words = name.split()
    fits = len(words) == 2 and all(width_of(part, size, is_bold=True) <= room for part in words)
    return words if fits else []


def shortened(value: float, lang: str, *, is_signed: bool = True) -> str:
    """Return a number in two digits with a letter for thousands or more, where the whole has no room.

    >>> shortened(17_400, "en"), shortened(-1.936e9, "en"), shortened(17_400, "zh"), shortened(120, "en", is_signed=False)
    ('+17k', '−1.9B', '+1.7万', '120')
    """
    unit, name = next((scale for scale in _LETTERS[lang] if abs(value) >= scale[0]), (1.0, ""))
    number = abs(value) / unit
    if number < 1:
        told = f"{number:.0e}".replace("e-0", f"e{MINUS}") if 0 < number < 0.01 else f"{number:.2g}"
    else:
        told = f"{number:.1f}" if number < 10 and name else f"{number:,.0f}"
    sign = "" if not value else MINUS if value < 0 else "+" if is_signed else ""
    return sign + told + name


def _tell_below(sheet: Sheet, region: Region, *, is_percent: bool) -> None:
    """Write a number that stands on no tile beside a sample of its colour."""
    size, value, lang = sheet.sizes.tick, region.value, sheet.lang
    _draw_sample(sheet, region)
    span = between(value.low, value.high, value.noise, lang, is_share=is_percent)
    number = f"{region.told or '–'} {span}".strip()
    if region.is_hatched:
        text = word("shared_number", lang, n=len(region.codes), number=number)
    else:
        provinces = [PROVINCES.get(code) or FURTHER[code] for code in region.codes]
        names = [province.zh if lang == "zh" else province.en for province in provinces]
        text = word("number_below", lang, names=("、" if lang == "zh" else ", ").join(names), number=number)
    for line in wrapped(text, sheet.room - 0.34, size):
        sheet.place(line, MARGIN + 0.34, sheet.top + line_height(size) / 2, size, colour=_EDGE)
        sheet.skip(line_height(size))
    sheet.skip(0.04)


def _draw_sample(sheet: Sheet, region: Region) -> None:
    from matplotlib.patches import Rectangle

    sample = sheet.beside(0.15, left=0.0, width=0.26, top=sheet.top + 0.02)
    sample.set_axis_off()
    sample.set_xlim(0, 1)
    sample.set_ylim(0, 1)
    sample.add_patch(Rectangle((0, 0), 1, 1, facecolor=region.colour, edgecolor=_EDGE, linewidth=0.6))
    if region.is_hatched:
        sample.add_patch(Rectangle((0, 0), 1, 1, fill=False, hatch="////", edgecolor=_hatch(region), linewidth=0.8))
