"""The figure of a check: what the model answers to each observed number, as a share of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.design import version
from experiments.dots import Dot, Dots
from experiments.words import say

if TYPE_CHECKING:
    from experiments.checks import Answer, Check

_NINETY = 1.645
"""Standard deviations to either side that hold nine in ten of a normal error."""


def draw(result: Check, ending: str, lang: str) -> bytes:
    """Return the answers as dots, ``.svg`` or ``.png``, in English where a font for Chinese is missing."""
    from experiments.figures import NO_FONT, language_of
    from experiments.panels import draw_dots

    told = language_of(ending, lang)
    dots = dots_of(result, told)
    return draw_dots(dots if told == lang else dots._replace(notes=(*dots.notes, NO_FONT)), ending, told)


def dots_of(result: Check, lang: str) -> Dots:
    """Return what the figure shows: sections in order, hollow where a number is not met.

    The line about a dot is nine tenths of what observation, discrepancy and chance allow the ratio to be off.
    """
    answers = [answer for section in result.sections.values() for answer in section if math.isfinite(answer.ratio)]
    design = result.design
    return Dots(
        title=say("check_met", lang, met=result.n_met, total=len(result.answers)),
        axis=say("check_axis", lang),
        rows=tuple(_dot(answer, lang) for answer in answers),
        bound=1.0,
        notes=(
            say("check_figure_note", lang),
            say(
                "made_from_runs",
                lang,
                n=design.replicates - len({failure.task for failure in result.failures}),
                seed=design.seed,
                scale=f"{design.scale:,}",
                version=version(),
            ),
            say("provisional", lang),
        ),
    )


def _dot(answer: Answer, lang: str) -> Dot:
    from experiments.checks import section_of

    target = answer.target
    # One run does not tell its own chance; the line is then that of observation and discrepancy.
    chance = answer.sd / math.sqrt(answer.n) if math.isfinite(answer.sd) else 0.0
    reach = _NINETY * math.hypot(target.tolerance, chance) / abs(target.value)
    label = say(f"check_label_{section_of(target)}", lang, what=target.what[lang], period=target.period)
    return Dot(label, answer.ratio, max(0.0, answer.ratio - reach), answer.ratio + reach, answer.is_met)
