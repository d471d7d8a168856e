"""Answers that need pairs of runs: one comparison for all questions of a lesson, made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.classroom.lessons.form import RunsForm
from scenarios import Scenario


class Pairs:
    """The pairs of runs of a lesson's laws.

    Parameters
    ----------
    laws
        Laws to compare with their baseline, by name.
    asked
        Outcome, group and month of every question.
    runs
        How pairs are made.
    """

    def __init__(self, laws: dict[str, Scenario], asked: Sequence[tuple[str, str, str]], runs: RunsForm) -> None:
        from experiments.comparison import compare

        outcomes, groups, dates = (tuple(dict.fromkeys(part)) for part in zip(*asked, strict=True))
        self._names = {name: law.id for name, law in laws.items()}
        self._dates = dates
        self._found = compare(
            list(laws.values()),
            replicates=runs.replicates,
            seed=runs.seed,
            scale=runs.scale,
            until=runs.until,
            outcomes=outcomes,
            groups=groups,
            dates=dates,
            draws=0,
            jobs=1,
            paths=False,
        )

    def values(self, law: str, outcome: str, group: str, date: str) -> tuple[Any, Any]:
        """Return an outcome of each pair under the baseline and under a law."""
        from experiments.replicate import at_date

        name = self._names.get(law, next(iter(self._names.values())))
        paths = self._found.paths(name, outcome, group)
        before, after = (np.array([at_date(path, date) for path in side]) for side in paths)
        return before, after


_KEPT: dict[str, Pairs] = {}


def pairs_of(key: str, laws: dict[str, Scenario], asked: Sequence[tuple[str, str, str]], runs: RunsForm) -> Pairs:
    """Return the pairs of a lesson, made now unless they were made before in this process under ``key``."""
    if key not in _KEPT:
        _KEPT[key] = Pairs(laws, asked, runs)
    return _KEPT[key]
