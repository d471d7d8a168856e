"""The figure of a package's shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.analyses.decision_words import tell
from experiments.analyses.decompose_telling import notes_of
from experiments.analyses.titles import label_of
from experiments.dots import Dot, Dots
from experiments.findings import subject
from experiments.words import date_label, unit_label

if TYPE_CHECKING:
    from experiments.analyses.decompose import Decomposition


def draw(found: Decomposition, ending: str, lang: str) -> bytes:
    """Return the shares of the first number asked for, and all together, as dots with intervals."""
    from experiments.figures import NO_FONT, language_of
    from experiments.panels import draw_dots

    told = language_of(ending, lang)
    dots = dots_of(found, told)
    return draw_dots(dots if told == lang else dots._replace(notes=(*dots.notes, NO_FONT)), ending, told)


def dots_of(found: Decomposition, lang: str) -> Dots:
    """Return what the figure shows: hollow where a share cannot be told from 0."""
    split = found.splits[0]
    rows = [
        Dot(one.title[lang], one.share.value, one.share.low, one.share.high, one.share.is_clear)
        for one in sorted(split.members, key=lambda one: -one.share.value)
    ]
    total = split.total
    rows.append(Dot(tell("together", lang), total.value, total.low, total.high, total.is_clear))
    return Dots(
        title=tell(
            "figure_shares",
            lang,
            title=found.division.package.title[lang],
            what=subject(label_of(split.outcome, lang), split.group, lang),
            date=date_label(split.date, lang),
        ),
        axis=tell(
            "figure_shares_axis",
            lang,
            unit=unit_label(split.unit, lang),
            percent=round(100 * found.confidence),
        ),
        rows=tuple(rows),
        bound=0.0,
        notes=tuple(notes_of(found, lang)),
    )
