"""What is calibrated: parameters, observed numbers, the model that answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from experiments.batch.identity import ID_LENGTH, canonical
from experiments.calibration.goals import Goals
from experiments.runner import Work


class Task(NamedTuple):
    """One run: its draw and replicate, counted from 0, its seed, and the values of the parameters in their order."""

    draw: int
    replicate: int
    seed: int
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Trial:
    """What is calibrated.

    Attributes
    ----------
    names
        Of the parameters.
    goals
        The observed numbers.
    make_work
        Builds, in a worker, what takes a :class:`Task` and returns an answer to each goal, in its unit.
    values_at
        From points of the unit cube, shape (n, parameters), to values of the parameters: quantiles of their priors.
    identity
        Of all that answers depend on, values and seed aside.
    luck
        Variance of the history that was observed, over that of a run; see :class:`Emulators`.
    """

    names: tuple[str, ...]
    goals: Goals
    make_work: Callable[[], Work]
    values_at: Callable[[Any], Any]
    identity: str
    luck: float

    def tasks(self, points: Any, replicates: int, first_seed: int) -> list[Task]:
        """Return the runs of some draws, draw by draw; each has seeds of its own, so that luck is not shared."""
        values = [tuple(float(value) for value in row) for row in self.values_at(points)]
        return [
            Task(draw, replicate, first_seed + draw * replicates + replicate, row)
            for draw, row in enumerate(values)
            for replicate in range(replicates)
        ]

    def name(self, task: Task) -> str:
        """Return what a run is known by: a hash of all that its answers depend on."""
        text = canonical([self.identity, list(self.names), list(task.values), task.seed])
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True)
class Settings:
    """How a trial is calibrated.

    Attributes
    ----------
    waves
        At most so many; fewer where a wave rules out hardly anything.
    draws
        Draws of each wave, for each of them ``replicates`` runs.
    replicates
        At least 2: chance is what they differ by.
    sample
        Draws of the posterior.
    particles
        Points of the searches; at least as many as draws of a wave or of the posterior.
    seed
        First seed of the runs; also where the luck of the searches comes from. Never searched.
    """

    waves: int = 3
    draws: int = 400
    replicates: int = 2
    sample: int = 400
    particles: int = 1000
    seed: int = 1

    def generator(self, *stage: int) -> np.random.Generator:
        """Return where the luck of one stage comes from; zeros at its end do not tell it from another."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence((self.seed, *stage))))


@contextmanager
def one_thread() -> Iterator[None]:
    """Let linear algebra use one thread: the order of its sums, and so the last bit, must not depend on the machine's load."""
    # What is loaded later would keep its threads.
    import sklearn.gaussian_process
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
