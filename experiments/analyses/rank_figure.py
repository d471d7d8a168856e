"""The figure of reforms ranked with probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.analyses.rank_probabilities import TOLD_APART
from experiments.analyses.rank_telling import CONFIDENCE, among, headline, made_of
from experiments.analyses.rank_words import tell
from experiments.analyses.regret_telling import percent
from experiments.analyses.titles import label_of
from experiments.chances import ChanceRow, Chances, draw_chances
from experiments.figures import NO_FONT, language_of
from experiments.findings import quantum_of, rounded, subject
from experiments.words import date_label, say

if TYPE_CHECKING:
    from experiments.analyses.rank_probabilities import RankedArm, RankProbabilities

ROWS = 12
"""Reforms shown; the others are told of in a note."""
_SHOWN_FROM = 0.01


def draw(found: RankProbabilities, ending: str, lang: str) -> bytes:
    """Return the figure: reforms by their probability to be among the best, beside their effects."""
    told = language_of(ending, lang)
    chances = chances_of(found, told)
    return draw_chances(chances if told == lang else chances._replace(notes=(*chances.notes, NO_FONT)), ending, told)


def chances_of(found: RankProbabilities, lang: str) -> Chances:
    """Return what the figure shows: reforms that may be among the best, and as many more as make a full half."""
    likely = sum(one.is_among_best.value >= _SHOWN_FROM for one in found.arms)
    n = min(len(found.arms), ROWS, max(likely, ROWS // 2))
    shown, left = found.arms[:n], found.arms[n:]
    notes = [tell("figure_bars", lang, percent=CONFIDENCE, apart=percent(TOLD_APART))]
    if left:
        most = percent(max(one.is_among_best.value for one in left))
        notes.append(tell("figure_rest", lang, n=len(left), p=most))
    what = subject(label_of(found.outcome, lang), "all", lang)
    head = headline(found, lang, is_brief=True)
    return Chances(
        title=head[:1].upper() + head[1:],
        heads=(
            tell("figure_left", lang, among=among(found.best, lang)),
            tell("figure_right", lang, what=what.partition(" (")[0], date=date_label(found.date, lang)),
        ),
        alike=tell("figure_alike", lang),
        rows=tuple(_row(one, lang) for one in shown),
        notes=(*notes, made_of(found, lang) + (" " if lang == "en" else "") + say("provisional", lang)),
    )


def _row(one: RankedArm, lang: str) -> ChanceRow:
    quantum = quantum_of((one.effect.high - one.effect.low) / 2)
    return ChanceRow(
        label=one.title[lang],
        chance=one.is_among_best,
        told=percent(one.is_among_best.value),
        effect=one.effect,
        size=rounded(one.effect.value, quantum),
        ties=one.ties_with_next,
    )
