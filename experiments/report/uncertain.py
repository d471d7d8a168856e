"""Settings of the uncertain parameters that a report tries a scenario under, and its effect under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.design import default_dates
from experiments.report.trials import Bench, effects_of, trial_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.report.asked import Asked, Running
    from scenarios import Uncertainty

DRAWS = 96
"""Settings out of the posterior that a scenario is tried under; a part of the range is looked for in half of them."""
REPLICATES = 2
"""Pairs of runs of each, so that luck can be told from parameters."""
SCALE = 2000
MIDDLE_SEEDS = 6
"""Pairs of runs of each setting near the middle, the same seeds for all."""
_APART = 1_000_000
"""From the seeds of the comparison to those tried here: they share no luck with it."""
_NEAR = 2_000_000
"""The same for settings near the middle."""


@dataclass(frozen=True)
class Known:
    """What is known of one parameter: its mean over the posterior, and where nine tenths of it lie."""

    name: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Drawn:
    """A scenario under draws of the posterior.

    ``inputs`` are values of parameters, shape (draws, parameters); ``effects`` those of the scenario, people in China at
    the date, shape (draws, replicates), nothing missing. ``dropped`` draws gave no effect. ``digest`` is the SHA-256 of
    the posterior's bytes.
    """

    bench: Bench
    posterior: str
    names: tuple[str, ...]
    inputs: Any
    effects: Any
    known: Mapping[str, Known]
    dropped: int = 0
    digest: str = ""

    @property
    def n(self) -> int:
        """Draws with an effect."""
        return len(self.effects)

    @property
    def means(self) -> Any:
        """Mean effect of each draw, shape (draws,)."""
        return self.effects.mean(axis=1)

    @property
    def middle(self) -> dict[str, float]:
        """The setting in the middle: every parameter at its mean."""
        found = {name: uncertainty_of(name) for name in self.known}
        whole = {name for name, one in found.items() if one is not None and one.is_whole}
        return {name: round(one.mean) if name in whole else one.mean for name, one in self.known.items()}


def uncertainty_of(name: str) -> Uncertainty | None:
    """Return the parameter of behaviour of a name, as files of settings have it; None for a given of the world."""
    from experiments.analyses.parameters import parameter_name
    from scenarios import behaviours

    return behaviours().get(parameter_name(name).partition(".")[0])


def bench_of(asked: Asked) -> Bench:
    """Return what is tried: the one scenario, up to the date of the headline, no finer than the comparison."""
    design = asked.design
    return Bench(asked.cases[0], max(SCALE, design.scale), default_dates(design.until)[-1], design.engine)


def drawn_of(asked: Asked, running: Running) -> Drawn:
    """Run the scenario under draws of the posterior, each with seeds of its own.

    Raises
    ------
    MissingInputError
        If no posterior is shipped.
    RunsFailedError
        If no run succeeded.
    """
    from experiments.posterior import assumed_among, posterior_draws

    found = posterior_draws(DRAWS, asked.posterior, seed=asked.design.seed)
    bench = bench_of(asked)
    first = asked.design.seed + _APART
    trials = [
        trial_of(draw.parameters, first + REPLICATES * draw.number + replicate)
        for draw in found.draws
        for replicate in range(REPLICATES)
    ]
    effects = effects_of(bench, trials, running).reshape(-1, REPLICATES)
    whole = np.isfinite(effects).all(axis=1)
    assumed = assumed_among(found, asked.cases)
    names = tuple(name for name in found.parameters if name not in assumed)
    inputs = np.array([[draw.parameters[name] for name in names] for draw in found.draws])
    varied = np.ptp(inputs, axis=0) > 0
    return Drawn(
        bench=bench,
        posterior=found.posterior,
        names=tuple(name for name, varies in zip(names, varied, strict=True) if varies),
        inputs=inputs[whole][:, varied],
        effects=effects[whole],
        known=known_of(asked),
        dropped=int((~whole).sum()),
        digest=found.digest,
    )


def known_of(asked: Asked) -> dict[str, Known]:
    """Return what the posterior says of each parameter."""
    from pathlib import Path

    from experiments.batch.samples import read_sample
    from experiments.calibration.foretold import ENDS, weighted_quantiles
    from scenarios import posterior_file

    file = Path(asked.posterior or posterior_file())
    sample = read_sample(file, file.name)
    values = np.array(sample.values)
    weights = np.ones(len(values)) if sample.weights is None else np.array(sample.weights)
    return {
        name: Known(name, float(weights @ column / weights.sum()), *weighted_quantiles(column, weights, ENDS))
        for name, column in zip(sample.names, values.T, strict=True)
    }


def near_middle(
    asked: Asked, settings: Sequence[Mapping[str, float]], running: Running, *, seeds: int = MIDDLE_SEEDS
) -> Any:
    """Return effects under settings near the middle, the same people and luck for all: shape (settings, seeds)."""
    first = asked.design.seed + _NEAR
    trials = [trial_of(setting, first + number) for setting in settings for number in range(seeds)]
    return effects_of(bench_of(asked), trials, running).reshape(len(settings), seeds)
