"""What may be chosen in the viewer, as Mesa's viewer wants to be told."""

from __future__ import annotations

from typing import Any

from experiments.viewer.watched import AS_CHOSEN
from experiments.viewer.words import WORDS
from experiments.words import phrase
from scenarios import catalogue

SCALES = (20_000, 10_000, 5_000, 2_000, 1_000, 500)
"""People a row; at the coarsest a step is quickest and chance loudest."""
VALUES: dict[str, tuple[float, ...]] = {
    "points_a": (65, 70, 75, 80, 85, 90, 95),
    "permit_months_b": (12, 24, 36, 60),
    "refund_share": (0, 0.25, 0.5, 1),
}
"""Values that a lever may be set to, in its unit."""


def choices(lang: str) -> dict[str, dict[str, Any]]:
    """Return the inputs by argument of ``WatchedModel``, with its defaults."""
    ids = [entry.id for entry in catalogue()]
    seed = {"type": "SliderInt", "value": 1, "label": phrase(WORDS, "seed", lang), "min": 1, "max": 100, "step": 1}
    return {
        "law": _select("law", ids, "whole-article", lang),
        "seed": seed,
        "scale": _select("scale", list(SCALES), 5_000, lang),
        **{name: _select(name, [AS_CHOSEN, *values], AS_CHOSEN, lang) for name, values in VALUES.items()},
    }


def _select(name: str, values: list[Any], value: Any, lang: str) -> dict[str, Any]:
    return {"type": "Select", "value": value, "values": values, "label": phrase(WORDS, name, lang)}
