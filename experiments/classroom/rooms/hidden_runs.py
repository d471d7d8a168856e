"""What one hidden pair gives each package: run in a process of its own, told in plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.classroom.rooms.packages import Package
from experiments.classroom.rooms.secrecy import Secret
from experiments.posterior import PosteriorDraws, posterior_draws
from experiments.worker import Report

if TYPE_CHECKING:
    from experiments.replicate import PairedRuns

GROUPS = ("all", "category=A", "category=B", "category=C")
OUTCOMES = ("stock", "days_to_permit_p90")
_NICE = 10
_KEPT = 16
"""Sets of packages that are kept ready: those of all groups, as they take turns."""


class Task(NamedTuple):
    """One hidden pair for some packages, each under a key."""

    pair: int
    packages: tuple[tuple[str, Package], ...]


@dataclass(frozen=True)
class HiddenDraws(PosteriorDraws):
    """Draws of parameters, one for each hidden seed."""

    seeds: tuple[int, ...] = ()

    def number_at(self, seed: int, first_seed: int) -> int:  # noqa: ARG002 - hidden seeds follow no order
        """Return the draw that a hidden seed has."""
        return self.seeds.index(seed)


class HiddenRuns:
    """Runs packages on hidden pairs: built in the worker.

    Returns, by key, ``baseline`` and ``reform``: people in China by ``GROUPS`` in the last month; ``days``: the nine in
    ten days to a permit under both laws; ``touched``: people whose life the package changed.
    """

    def __init__(self, secret: Secret, *, scale: int, until: str) -> None:
        with suppress(AttributeError, OSError):
            # Pages are answered first; who waits for a leaderboard can wait a little longer.
            os.nice(_NICE)
        self._secret, self._scale, self._until = secret, scale, until
        drawn = posterior_draws(len(secret.seeds), None, seed=secret.draws_seed)
        self._drawn = HiddenDraws(drawn.draws, drawn.posterior, drawn.digest, (), secret.seeds)
        self._built = lru_cache(maxsize=_KEPT)(self._runs)

    def __call__(self, task: Task, report: Report) -> dict[str, Any]:
        """Return what one pair gives each package."""
        run = self._built(task.packages)(self._secret.seeds[task.pair], report)
        return {key: _told(run, key, self._until) for key, _ in task.packages}

    def _runs(self, packages: Sequence[tuple[str, Package]]) -> PairedRuns:
        from experiments.cases import cases_of
        from experiments.design import Design, Question
        from experiments.drawn_laws import drawn_runs

        design = Design(seed=0, replicates=len(self._secret.seeds), scale=self._scale, until=self._until)
        question = Question(OUTCOMES, GROUPS, (self._until,), paths=False)
        cases = cases_of([package.scenario(key) for key, package in packages], self._until)
        return drawn_runs(design, question, cases, self._drawn)


def _told(run: Any, key: str, until: str) -> dict[str, Any]:
    before, after = run.baseline[key][..., -1], run.reform[key][..., -1]
    return {
        "baseline": before[0].tolist(),
        "reform": after[0].tolist(),
        "days": [_number(before[1, 0]), _number(after[1, 0])],
        "touched": int(run.persons[key][until].touched),
    }


def _number(value: Any) -> float | None:
    return float(value) if value == value else None  # noqa: PLR0124 - nan is not itself, and has no place in JSON


def hidden_runs(secret: Secret, settings: Mapping[str, Any]) -> HiddenRuns:
    """Return what runs hidden pairs, as a worker builds it."""
    return HiddenRuns(secret, scale=settings["scale"], until=settings["until"])
