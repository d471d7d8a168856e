"""Levers: what the law decides, each with unit, limits and dated, sourced values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from scenarios.months import MONTHS, Steps, between
from simulation.levers import ORIGIN_LEVERS, POLICY_LEVERS, field_of
from simulation.names import ORIGINS, REGIONS

Scope: TypeAlias = Literal["region", "origin"]
PLACES: Mapping[Scope, tuple[str, ...]] = {"region": REGIONS, "origin": ORIGINS}


class Slot(NamedTuple):
    """Where the records hold a lever: by region or by origin, the field, the element of a vector."""

    scope: Scope
    field: str
    element: int | None


@dataclass(frozen=True)
class Provision:
    """One dated value of a lever, in force from ``start`` in ``where`` (everywhere if empty).

    ``steps`` holds one month and value, or several for a value that is phased in.
    """

    steps: Steps
    where: tuple[str, ...]
    source: str
    note: str

    @property
    def start(self) -> int:
        """The month from which it is in force."""
        return self.steps[0][0]


@dataclass(frozen=True)
class Lever:
    """One number that the law decides, for every month and place.

    ``scope`` is ``region`` or ``origin``; ``field`` and ``element`` say where a record holds it. ``low`` and
    ``high`` are hard limits; ``plausible`` is the range in which a reform makes sense.
    """

    path: str
    scope: Scope
    field: str
    element: int | None
    label: Mapping[str, str]
    unit: str
    low: float
    high: float
    plausible: tuple[float, float]
    is_whole: bool
    provisions: tuple[Provision, ...]
    file: str
    line: int

    @property
    def places(self) -> tuple[str, ...]:
        """The regions or origins for which the law sets it."""
        return PLACES[self.scope]

    def admits(self, value: float) -> bool:
        """Return whether ``value`` lies within the hard limits and is whole where it has to be."""
        return self.low <= value <= self.high and (not self.is_whole or float(value).is_integer())

    def timeline(self) -> Any:
        """Return its values in the law as it stands, shape (months, places).

        Provisions act in the order of their dates; where dates are equal, the one written later holds.
        """
        values = np.full((MONTHS, len(self.places)), np.nan)
        for provision in sorted(self.provisions, key=lambda item: item.start):
            at = [self.places.index(name) for name in provision.where] or slice(None)
            values[provision.start :, at] = between(provision.steps)[provision.start :, None]
        return values


@cache
def lever_slots() -> Mapping[str, Slot]:
    """Return every lever of the records: its full path and where it is held."""
    trees: tuple[tuple[Scope, Mapping[str, Mapping[str, tuple[str, ...] | None]]], ...] = (
        ("region", POLICY_LEVERS),
        ("origin", ORIGIN_LEVERS),
    )
    slots: dict[str, Slot] = {}
    for scope, tree in trees:
        for table in (f"{area}.{leaf}" for area, leaves in tree.items() for leaf in leaves):
            area, _, leaf = table.partition(".")
            elements = tree[area][leaf]
            if elements is None:
                slots[table] = Slot(scope, field_of(table), None)
            for index, element in enumerate(elements or ()):
                slots[f"{table}.{element}"] = Slot(scope, field_of(table), index)
    return slots


def elements_of(table: str) -> list[str]:
    """Return the full paths of the elements of a table of levers, or none if it is no table.

    >>> elements_of("social_insurance.retirement_age")
    ['social_insurance.retirement_age.men', 'social_insurance.retirement_age.women']
    """
    return [
        path for path, slot in lever_slots().items() if slot.element is not None and path.rpartition(".")[0] == table
    ]
