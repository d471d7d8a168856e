"""What figures of a report have in common: their source line, and the title that ranges support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.building import said
from experiments.report.first_words import FIRST_WORDS

if TYPE_CHECKING:
    from experiments.report.numbers import Numbers
    from experiments.report.parts import Text


def source_line(numbers: Numbers) -> Text:
    """Return from what a figure was made: seeds, scale, version, draws, and that it is simulated."""
    design, drawn = numbers.asked.design, numbers.asked.drawn
    values = {"version": numbers.version, "n": numbers.replicates, "seed": design.seed, "scale": f"{design.scale:,}"}
    if drawn and numbers.is_crossed:
        return said(FIRST_WORDS, "source_line_crossed", n_draws=drawn.n, **values)
    draws = said(FIRST_WORDS, "source_draws", n=drawn.n) if drawn else {"en": "", "zh": ""}
    return said(FIRST_WORDS, "source_line", draws=draws, **values)
