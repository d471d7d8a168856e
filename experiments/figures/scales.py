"""Axes whose ticks are round and whose labels have room."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from experiments.figures.measure import width_of
from experiments.figures.numerals import ticks_of
from experiments.figures.sheet import Sheet

GRID = "#e5e7eb"
_GAP = 0.18
"""Inches between labels side by side."""
_STEPS = [1, 2, 2.5, 5, 10]


class Scale(NamedTuple):
    """Limits of an axis, its ticks, their labels."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    def room(self, size: float) -> float:
        """Return the width of the widest label, inches."""
        return max((width_of(label, size) for label in self.labels), default=0.0)


def scale_of(
    values: Iterable[float],
    lang: str,
    *,
    n_ticks: int = 5,
    is_share: bool = False,
    has_zero: bool = True,
    margin: float = 0.06,
) -> Scale:
    """Return a scale that holds all finite values, zero among them if asked, with ``margin`` beyond those that are not 0."""
    finite = [value for value in values if math.isfinite(value)] + ([0.0] if has_zero else [])
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    reach = margin * (high - low)
    low, high = low - (reach if low else 0.0), high + (reach if high else 0.0)
    return ticked(low, high, lang, n_ticks=n_ticks, is_share=is_share)


def ticked(low: float, high: float, lang: str, *, n_ticks: int = 5, is_share: bool = False) -> Scale:
    """Return a scale of these limits with round ticks."""
    from matplotlib.ticker import MaxNLocator

    slack = 1e-9 * (high - low)
    found = MaxNLocator(nbins=max(1, n_ticks), steps=_STEPS).tick_values(low, high)
    ticks = tuple(float(tick) for tick in found if low - slack <= tick <= high + slack)
    return Scale(low, high, ticks, tuple(ticks_of(ticks, lang, is_share=is_share)))


def set_y(axes: Any, scale: Scale, sheet: Sheet) -> None:
    """Set the upright axis."""
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.ticks, scale.labels, fontsize=sheet.sizes.tick)
    axes.grid(visible=True, axis="y", color=GRID, linewidth=0.8)
    axes.spines["left"].set_visible(False)


def set_x(axes: Any, scale: Scale, sheet: Sheet, *, width: float, is_share: bool = False) -> None:
    """Set the level axis with as many ticks as have room in ``width`` inches."""
    tries = (ticked(scale.low, scale.high, sheet.lang, n_ticks=n, is_share=is_share) for n in range(7, 0, -1))
    fitted = next((found for found in tries if _fits(found, sheet.sizes.tick, width)), None)
    fitted = fitted or _thinned(scale, sheet, width, is_share=is_share)
    axes.set_xlim(scale.low, scale.high)
    axes.set_xticks(fitted.ticks, fitted.labels, fontsize=sheet.sizes.tick)
    axes.grid(visible=True, axis="x", color=GRID, linewidth=0.8)


def _thinned(scale: Scale, sheet: Sheet, width: float, *, is_share: bool) -> Scale:
    """Return a scale of two ticks that do not meet, or of one: zero, where it is on the axis."""
    few = ticked(scale.low, scale.high, sheet.lang, n_ticks=2, is_share=is_share)
    order = sorted(few.ticks, key=lambda tick: (tick != 0, -abs(tick)))
    kept = order[:1]
    for tick in order[1:]:
        pair = few._replace(ticks=tuple(sorted((order[0], tick))))
        if len(kept) == 1 and _fits(pair, sheet.sizes.tick, width):
            kept = list(pair.ticks)
    return Scale(scale.low, scale.high, tuple(kept), tuple(few.labels[few.ticks.index(tick)] for tick in kept))


def _fits(scale: Scale, size: float, width: float) -> bool:
    """Return whether neighbouring labels keep their distance."""
    if len(scale.ticks) < 2:
        return True
    step = (scale.ticks[1] - scale.ticks[0]) / (scale.high - scale.low) * width
    return scale.room(size) + _GAP <= step


def set_years(axes: Any, low: float, high: float, sheet: Sheet, *, width: float) -> None:
    """Set the level axis to years, labelled as often as there is room."""
    if high <= low:
        low, high = low - 0.5, high + 0.5
    whole = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    need = width_of("2000", sheet.sizes.tick) + _GAP
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step / (high - low) * width >= need or step == 100)
    ticks = [year for year in whole if year % step == 0] or list(whole)[:1]
    axes.set_xlim(low, high)
    axes.set_xticks(ticks, [str(tick) for tick in ticks], fontsize=sheet.sizes.tick)


def no_x(axes: Any) -> None:
    """Leave the level axis without labels."""
    axes.set_xticks([], [])
    axes.spines["bottom"].set_visible(False)


def no_y(axes: Any) -> None:
    """Leave the upright axis without labels or line."""
    axes.set_yticks([], [])
    axes.spines["left"].set_visible(False)
