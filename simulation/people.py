"""The rows that stand for people, by record and by column, and the class that shows one of them as an agent."""

from __future__ import annotations

import difflib
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.records import PERSON_FIELDS

COSTLY_FROM = 200_000
"""People read one agent at a time from which on the cost is told."""
SECONDS_PER_AGENT = 1e-6
"""What it takes to make one agent, read a field and call a function, about."""


class CostWarning(UserWarning):
    """Many people are about to be read one agent at a time where columns would do."""


class People:
    """Everybody who could ever come, a row each.

    Parameters
    ----------
    persons
        Structured array of PERSON. Kept, not copied.
    wake
        Month in which each person next has anything to decide, one for each row. Kept, not copied.
    model
        The model that they live in.
    professional
        The class that shows a row as a Mesa agent: ``Professional`` or a subclass.

    Attributes
    ----------
    columns
        Views of each field of PERSON and of ``wake``, by name.
    cost_told
        Whether the cost of reading them one by one was told already.
    """

    def __init__(self, persons: NDArray[Any], wake: NDArray[np.int16], *, model: Any, professional: type) -> None:
        self.persons = persons
        self.wake = wake
        self.model = model
        self.professional = professional
        self.cost_told = False
        self.columns = self._columns()

    def _columns(self) -> dict[str, NDArray[Any]]:
        return {name: self.persons[name] for name in self.persons.dtype.names or ()} | {"wake": self.wake}

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.persons)

    def person(self, row: int) -> Any:
        """Return a new agent that shows a row, 0 to ``n`` - 1."""
        shown: Any = object.__new__(self.professional)
        # Past the agent's own __setattr__, which guards fields and would double the cost.
        object.__setattr__(shown, "people", self)
        object.__setattr__(shown, "row", row)
        return shown

    def tell_cost(self, n_agents: int) -> None:
        """Warn, once, if so many are about to be read one agent at a time that it takes long."""
        if n_agents < COSTLY_FROM or self.cost_told:
            return
        self.cost_told = True
        seconds = n_agents * SECONDS_PER_AGENT
        told = f"{n_agents:,} people are read one agent at a time: {seconds:.1f} s and what is done with each of them"
        faster = "array(), agg(), groupby() and masks in select() read columns, 100 times faster"
        warnings.warn(f"{told}; {faster}", CostWarning, stacklevel=3)

    # Views of columns would be pickled as copies, which no longer share memory with the records.
    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "columns"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.columns = self._columns()


def _field(name: str, meaning: str) -> property:
    def get(shown: Any) -> Any:
        return shown.people.columns[name].item(shown.row)

    def put(shown: Any, value: Any) -> None:
        column = shown.people.columns[name]
        if column.dtype.kind == "i" and int(value) != value:
            raise ValueError(_misfit(name, column, value))
        try:
            column[shown.row] = value
        except OverflowError as error:
            raise ValueError(_misfit(name, column, value)) from error

    return property(get, None if name == "id" else put, doc=f"{meaning[0].upper()}{meaning[1:]}.")


def _misfit(name: str, column: NDArray[Any], value: object) -> str:
    bounds = np.iinfo(column.dtype)
    return f"{name} takes whole numbers from {bounds.min} to {bounds.max}, got {value!r}"


FIELDS = {name: _field(name, meaning) for name, _, meaning in PERSON_FIELDS} | {
    "wake": _field("wake", "next month in which anything can happen"),
}
"""Attributes of the class that shows a row: each field of PERSON, and ``wake``, by name."""


def unknown_field(kind: type, name: str) -> str:
    """Return what to say when an agent of a class is asked for a field that it does not have."""
    said = f"{kind.__name__} has no field {name!r} and keeps nothing else"
    # Copying and pickling ask for many methods that are not there: they need no advice.
    near = [] if name.startswith("_") else difflib.get_close_matches(name, set(dir(kind)) - {name}, n=1)
    return f"{said}; the nearest name is {near[0]!r}" if near else said
