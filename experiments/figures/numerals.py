"""Numbers as a figure writes them: rounded to the noise, large ones in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from experiments.figures.figure_words import word
from experiments.findings import quantum_of, rounded

MINUS = "−"
_MILLION = 1e6
_SCALES = {"en": ((1e9, "billion"), (1e6, "million")), "zh": ((1e8, "yi"), (1e4, "wan"))}
_LARGE = 1e7
"""From here on a number is told in millions."""


def plain(value: float, noise: float, lang: str, *, is_share: bool = False) -> str:
    """Return a number rounded to its noise; to three digits where the noise is unknown.

    >>> plain(7893.4, 4413.0, "en"), plain(0.237, 0.02, "en", is_share=True), plain(2.34e7, 1e5, "zh")
    ('7,900', '23.7%', '2,340万')
    """
    if not math.isfinite(value):
        return "–"
    quantum = quantum_of(noise) or quantum_of(abs(value)) / 10
    if is_share:
        return rounded(100 * value, 100 * quantum).replace("-", MINUS) + "%"
    unit, name = next((scale for scale in _SCALES[lang] if abs(value) >= max(scale[0], _LARGE)), (1.0, ""))
    told = rounded(value / unit, quantum / unit).replace("-", MINUS)
    return told + (word(name, lang) if name else "")


def signed(value: float, noise: float, lang: str, *, is_share: bool = False) -> str:
    """Return a difference with its sign; one of shares in percentage points.

    >>> signed(7893.4, 4413.0, "en"), signed(-0.034, 0.02, "en", is_share=True), signed(0.4, 30.0, "en")
    ('+7,900', '−3.4 points', '0')
    """
    told = plain(value, noise, lang, is_share=is_share)
    if is_share and told.endswith("%"):
        told = told[:-1] + word("percentage_points", lang)
    return f"+{told}" if value > 0 and any(digit in told for digit in "123456789") else told


def between(low: float, high: float, noise: float, lang: str, *, is_share: bool = False) -> str:
    """Return the ends of an interval in brackets, empty where there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    ends = [plain(end, noise, lang, is_share=is_share) for end in (low, high)]
    return word("from_to", lang, low=ends[0], high=ends[1])


def percent(chance: float) -> str:
    """Return a probability as a whole percentage; one that is nearly 0 or 1 is not told as 0 or 1.

    >>> percent(0.373), percent(0.001), percent(0.999), percent(1.0), percent(float("nan"))
    ('37%', '<1%', '>99%', '100%', '–')
    """
    if not math.isfinite(chance):
        return "–"
    if 0 < chance < 0.005:
        return "<1%"
    return ">99%" if 0.995 < chance < 1 else f"{100 * chance:.0f}%"


def ticks_of(ticks: Sequence[float], lang: str, *, is_share: bool = False) -> list[str]:
    """Return the labels of an axis, alike in unit and digits.

    >>> ticks_of([0.0, 1e6, 2e6], "en"), ticks_of([0.0, 0.25, 0.5], "en", is_share=True), ticks_of([-50.0, 0.0], "en")
    (['0', '1 million', '2 million'], ['0%', '25%', '50%'], ['−50', '0'])
    """
    largest = max((abs(tick) for tick in ticks), default=0.0)
    scales = _SCALES[lang] if largest >= _MILLION and not is_share else ()
    unit, name = next((scale for scale in scales if largest >= scale[0]), (0.01 if is_share else 1.0, ""))
    step = min((abs(b - a) for a, b in pairwise(ticks)), default=largest) / unit
    digits = _digits(step)
    if digits > 6:
        return [f"{tick:.3g}".replace("-", MINUS) if tick else "0" for tick in ticks]
    suffix = "%" if is_share else word(name, lang) if name else ""
    return [_tick(tick / unit, digits) + (suffix if tick or is_share else "") for tick in ticks]


def _digits(step: float) -> int:
    """Return the digits behind the point that tell ticks of this step apart."""
    if not step:
        return 0
    return next((n for n in range(12) if math.isclose(step, round(step, n), rel_tol=1e-6)), 12)


def _tick(value: float, digits: int) -> str:
    told = f"{value:,.{digits}f}"
    return told.replace("-", MINUS) if any(digit in told for digit in "123456789") else f"{0:.0f}"
