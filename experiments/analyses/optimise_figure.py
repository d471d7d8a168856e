"""The figure of a front: its first two aims against each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.analyses.decision_words import tell
from experiments.analyses.effects import COST
from experiments.analyses.optimise_telling import in_unit, notes_of, objective_label, unit_of_objective
from experiments.design import DesignError
from experiments.figures import NO_FONT, language_of
from experiments.panels import Front, Spot, draw_front

if TYPE_CHECKING:
    from experiments.analyses.objectives import Worth
    from experiments.analyses.optimise import Optimum


def draw(found: Optimum, ending: str, lang: str) -> bytes:
    """Return the front, with values from fresh seeds, among all trials, with those of the search.

    Raises
    ------
    DesignError
        If there is one aim only.
    """
    told = language_of(ending, lang)
    front = front_of(found, told)
    return draw_front(front if told == lang else front._replace(notes=[*front.notes, NO_FONT]), ending, told)


def front_of(found: Optimum, lang: str) -> Front:
    """Return what the figure shows: cost, where it is an aim, or the second one to the right, the first upwards."""
    if len(found.objectives) < 2:
        raise DesignError("a figure of a front needs two aims")
    costs = [place for place, one in enumerate(found.objectives) if one.outcome == COST]
    across = costs[0] if costs else 1
    up = next(place for place in range(len(found.objectives)) if place != across)
    aims = found.objectives[across], found.objectives[up]
    labels = [
        f"{objective_label(one, lang, is_short=True)} ({unit_of_objective(one, lang).strip() or '-'})" for one in aims
    ]
    tried = [
        tuple(in_unit(aim, trial.valued.values[place]) for aim, place in zip(aims, (across, up), strict=True))
        for trial in found.trials
    ]
    names = [objective_label(one, lang, is_short=True) for one in (aims[1], aims[0])]
    return Front(
        title=tell("figure_front", lang, n=len(found.front), first=names[0], second=names[1]),
        labels=(labels[0], labels[1]),
        tried=[(x, y) for x, y in tried if math.isfinite(x) and math.isfinite(y)],
        front=[
            Spot(_scaled(point.fresh[across], found, across), _scaled(point.fresh[up], found, up))
            for point in found.front
        ],
        names=(tell("figure_tried", lang), tell("figure_on_front", lang)),
        notes=notes_of(found, lang),
    )


def _scaled(worth: Worth, found: Optimum, place: int) -> tuple[float, float, float]:
    value, low, high = (in_unit(found.objectives[place], value) for value in worth)
    return value, low, high
