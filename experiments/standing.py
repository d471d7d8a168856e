"""Who is in China at a moment: shares of the stock by traits that no group of outcomes crosses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.design import DesignError, unknown
from simulation.names import AGE_BANDS, EDUCATIONS, FIELDS, MODES, ORIGINS, REGIONS, SEXES

EVERYBODY = "all"
_TRAITS: Mapping[str, tuple[str, Sequence[str]]] = {
    "region": ("region", REGIONS),
    "origin": ("origin", ORIGINS),
    "field": ("field", FIELDS),
    "education": ("education", EDUCATIONS),
    "age": ("age_band", AGE_BANDS),
    "mode": ("mode", MODES),
    "sex": ("sex", SEXES),
}
"""Column of a person and names of its values, by trait."""


def traits_of(group: str) -> dict[str, tuple[int, ...]]:
    """Return which values each trait may have in a group.

    Parameters
    ----------
    group
        ``all``, or traits that all hold, with commas between; ``+`` joins values of one trait.

    Raises
    ------
    DesignError
        If a trait or a value does not exist.

    >>> traits_of("region=beijing,education=master+doctorate")
    {'region': (1,), 'education': (2, 3)}
    """
    if group == EVERYBODY:
        return {}
    found = {}
    for part in group.split(","):
        trait, _, names = part.partition("=")
        if trait not in _TRAITS:
            raise DesignError(unknown("trait", trait, _TRAITS))
        known = _TRAITS[trait][1]
        for name in names.split("+"):
            if name not in known:
                raise DesignError(unknown(trait, name, known))
        found[trait] = tuple(known.index(name) for name in names.split("+"))
    return found


def share_of_stock(model: Any, group: str, whole: str) -> float:
    """Return the share of the people of ``whole`` in China, as the model stands, who are of ``group``; nan of nobody."""
    persons = model.people.persons[model.people.persons["is_counted"] == 1]
    is_whole = _are_of(persons, whole)
    n = float(persons["weight"][is_whole].sum())
    return float(persons["weight"][is_whole & _are_of(persons, group)].sum()) / n if n else float("nan")


def _are_of(persons: Any, group: str) -> Any:
    are = np.ones(len(persons), bool)
    for trait, values in traits_of(group).items():
        are &= np.isin(persons[_TRAITS[trait][0]], values)
    return are
