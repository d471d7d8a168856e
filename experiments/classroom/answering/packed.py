"""Outcomes of a model that waits to be branched, in little room: nearly all of its counts are 0."""

from __future__ import annotations

from copy import copy
from typing import Any, NamedTuple

import numpy as np

_LARGE = ("events", "levels", "days", "cohorts", "filled", "posts")


class _Sparse(NamedTuple):
    shape: tuple[int, ...]
    kind: Any
    places: Any
    values: Any


class PackedOutcomes:
    """Outcomes as a branch takes them over: the one thing it can do is to be copied."""

    def __init__(self, outcomes: Any) -> None:
        self._rest = copy(outcomes)
        self._packed: dict[str, _Sparse] = {}
        for name in _LARGE:
            whole = getattr(outcomes, name)
            places = np.flatnonzero(whole).astype(np.int32)
            self._packed[name] = _Sparse(whole.shape, whole.dtype, places, whole.ravel()[places])
            delattr(self._rest, name)

    def copy(self, given: Any = None) -> Any:
        """Return the outcomes as they were, valued by another ``given`` if there is one."""
        rest = copy(self._rest)
        for name, sparse in self._packed.items():
            # As many months as there are, and nothing in them: what is large is not copied twice.
            setattr(rest, name, np.empty((sparse.shape[0], 0), sparse.kind))
        whole = rest.copy(given)
        for name, sparse in self._packed.items():
            values = np.zeros(sparse.shape, sparse.kind)
            values.ravel()[sparse.places] = sparse.values
            setattr(whole, name, values)
        return whole
