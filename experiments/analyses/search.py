"""A search for Pareto fronts, generation by generation, that a restart repeats to the last point.

NSGA-II (Deb et al. 2002, A fast and elitist multiobjective genetic algorithm) as Optuna has it. Nothing of it is stored:
with the same seed it proposes the same points as long as they are given the same values, so that whoever keeps the values
can stop and go on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from experiments.design import DesignError

Steps: TypeAlias = Mapping[str, int]
"""A point: for each axis, how many steps it is above its lowest value."""
POPULATION_LEAST = 4
_EXCESS = "excess"
_BEYOND = 1e300


@dataclass(frozen=True)
class Axis:
    """A value that is searched: ``low`` and ``count`` steps of ``step`` above it."""

    name: str
    low: float
    step: float
    count: int

    def value(self, steps: int) -> float:
        """Return the value some steps above the lowest, to twelve digits.

        >>> Axis("share", 0.1, 0.1, 5).value(2)
        0.3
        """
        return float(f"{self.low + steps * self.step:.12g}")


class Valued(NamedTuple):
    """What a point is worth: a value for each aim, and by how much it breaks its limit, 0 or less where it keeps it."""

    values: tuple[float, ...]
    excess: float = 0.0


class Trial(NamedTuple):
    """A point that was tried, and in which generation."""

    number: int
    generation: int
    point: Steps
    valued: Valued


Evaluate: TypeAlias = Callable[[Sequence[Steps]], Sequence[Valued]]
"""Values all points of a generation."""


def axis_of(name: str, low: float, high: float, step: float) -> Axis:
    """Return the axis from ``low`` by ``step`` to ``high``, or to the last step below it."""
    count = math.floor((high - low) / step + 1e-9)
    if count < 1:
        raise DesignError(f"{name}: from {low:g} by {step:g} no second value is at most {high:g}")
    return Axis(name, low, step, count)


def search(
    axes: Sequence[Axis],
    senses: Sequence[str],
    evaluate: Evaluate,
    *,
    trials: int,
    population: int,
    seed: int,
) -> list[Trial]:
    """Try points, each generation bred from the best of those before.

    Parameters
    ----------
    axes
        What is searched; at least one.
    senses
        ``max`` or ``min`` for each value that points are given.
    evaluate
        Values a generation; a point with a nan is worth nothing.
    trials
        Points in all, at least 1; the last generation may be smaller.
    population
        Points of one generation, at least ``POPULATION_LEAST``.
    seed
        The same seed, axes, senses and values give the same points.

    Raises
    ------
    DesignError
        If Optuna is not installed, or the population is too small.
    """
    if population < POPULATION_LEAST:
        raise DesignError(f"a generation needs {POPULATION_LEAST} trials or more, got {population}")
    optuna = _optuna()
    study = optuna.create_study(
        directions=["maximize" if sense == "max" else "minimize" for sense in senses],
        sampler=optuna.samplers.NSGAIISampler(population_size=population, seed=seed, **_limits(optuna)),
    )
    ranges = {axis.name: optuna.distributions.IntDistribution(0, axis.count) for axis in axes}
    found: list[Trial] = []
    while len(found) < trials:
        asked = [study.ask(ranges) for _ in range(min(population, trials - len(found)))]
        points = [{axis.name: int(one.params[axis.name]) for axis in axes} for one in asked]
        for one, point, valued in zip(asked, points, evaluate(points), strict=True):
            _tell(study, one, valued)
            found.append(Trial(one.number, one.number // population, point, valued))
    return found


def _optuna() -> Any:
    try:
        import optuna
    except ImportError as error:
        raise DesignError("a search needs Optuna: pip install 'talentflow[analysis]'") from error
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


def _limits(optuna: Any) -> dict[str, Any]:
    """Return how the sampler learns of limits: before version 5 it asks, since then trials tell."""
    has_constraints = hasattr(optuna.trial.Trial, "set_constraint")
    return {} if has_constraints else {"constraints_func": lambda trial: (trial.user_attrs[_EXCESS],)}


def _tell(study: Any, trial: Any, valued: Valued) -> None:
    # A value that is none would leave no order; beyond every limit, it is passed over and still counts as tried.
    known = all(map(math.isfinite, (*valued.values, valued.excess)))
    excess = valued.excess if known else _BEYOND
    if hasattr(trial, "set_constraint"):
        trial.set_constraint(_EXCESS, excess)
    else:
        trial.set_user_attr(_EXCESS, excess)
    study.tell(trial, valued.values if known else [0.0] * len(valued.values))
