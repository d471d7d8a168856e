"""The viewer's page for Mesa's SolaraViz: ``solara run experiments.viewer.page``.

The variable ``TALENTFLOW_LANG`` is its language, ``en`` or ``zh``; Mesa's own buttons stay English.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from experiments.figures.watched import draw_watched
from experiments.viewer.choices import choices
from experiments.viewer.note import note
from experiments.viewer.pictures import PICTURES
from experiments.viewer.watched import WatchedModel
from experiments.viewer.words import WORDS
from experiments.words import phrase

LANG = "zh" if os.environ.get("TALENTFLOW_LANG") == "zh" else "en"

try:
    import solara
    from mesa.visualization import SolaraViz
    from mesa.visualization.utils import update_counter
except ImportError as missing:
    raise ImportError(phrase(WORDS, "extra", LANG)) from missing


def _picture(figure_of: Callable[[WatchedModel], Any]) -> Any:
    """Return a component that draws one figure, anew when the model or its month is another."""

    @solara.component
    def Picture(model: WatchedModel) -> None:  # noqa: N802 - a component is named like a class
        update_counter.get()
        svg = solara.use_memo(lambda: draw_watched(figure_of(model), LANG), [model, model.month])
        solara.HTML(tag="div", unsafe_innerHTML=svg, classes=["picture"])

    return Picture


@solara.component
def Note(model: WatchedModel) -> None:  # noqa: N802 - likewise
    """Say which month it is, what is seen and what is not."""
    update_counter.get()
    solara.HTML(tag="div", unsafe_innerHTML=note(model, LANG), classes=["note"])


_COMPONENTS = [(Note, 0), *((_picture(figure_of), 0) for figure_of in PICTURES)]
# Solara's own theme may be dark, the figures are drawn on white; a cell of Mesa's grid is 390 pixels high.
_STYLE = ".picture { background: white; } .picture svg { width: 100%; max-height: 372px; }"


@solara.component
def View() -> None:  # noqa: N802 - likewise
    """Show a model of each visitor's own; Mesa would let them all step the same one."""
    solara.Style(_STYLE)
    model = solara.use_memo(WatchedModel, [])
    SolaraViz(
        model,
        components=_COMPONENTS,
        model_params=choices(LANG),
        name=phrase(WORDS, "name", LANG),
        play_interval=200,
    )


page = View()
