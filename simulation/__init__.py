"""The model: foreign professionals who decide to come to China, stay or leave, under dated policy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.model import TalentModel
    from simulation.outcomes import Outcomes
    from simulation.professional import Professional, Professionals
    from simulation.records import Given

__all__ = ["Given", "Outcomes", "Professional", "Professionals", "TalentModel"]

_HOMES = {
    "Given": "records",
    "Outcomes": "outcomes",
    "Professional": "professional",
    "Professionals": "professional",
    "TalentModel": "model",
}


def __getattr__(name: str) -> Any:
    # Mesa takes a second to import: rules and records are to be had without it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
