"""History matching: wave after wave of runs rules out parameters that cannot give what was observed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.answering import Running, answers_at
from experiments.calibration.folder import Stage
from experiments.calibration.implausible import CUTOFF, Emulators, worst
from experiments.calibration.sampler import Remaining, remaining
from experiments.calibration.shapes import shapes_of
from experiments.calibration.trial import Settings, Trial
from experiments.calibration.validity import Validity, validity_of
from experiments.design import DesignError

_HARDLY = 0.8
"""Share of what was left that a wave leaves, from which on another is not worth its runs."""
_SPREAD = 4000
"""Points over what was left, by which a wave's targets are told apart."""


@dataclass(frozen=True, eq=False)
class Wave:
    """One wave.

    Attributes
    ----------
    number
        Counted from 1.
    points, answers
        Its own draws and what they answered.
    failed
        Runs that failed.
    emulators
        Built from its draws and the earlier ones that were still left.
    region
        What is left after it.
    cuts
        Of what was left before it, the share that each goal rules out, shape (goals,).
    alone
        Of what was left before it, the share that no other goal rules out, shape (goals,).
    validity
        How the emulators of the wave before foretold this one's runs; None for the first.
    """

    number: int
    points: Any
    answers: Any
    failed: int
    emulators: Emulators
    region: Remaining
    cuts: Any
    alone: Any
    validity: Validity | None


def waves_of(trial: Trial, settings: Settings, root: Path, running: Running) -> list[Wave]:
    """Return the waves, run or kept.

    Raises
    ------
    DesignError
        If a wave leaves nothing, naming the goals that no draw comes near.
    KeyboardInterrupt
        If ``should_stop`` said so; what was run is kept.
    """
    waves: list[Wave] = []
    for number in range(1, settings.waves + 1):
        waves.append(_wave(trial, settings, Stage(root, f"wave-{number}", trial), waves, number, running))
        if number > 1 and waves[-1].region.share > _HARDLY * waves[-2].region.share:
            break
    return waves


def first_seed(settings: Settings, n_stages: int) -> int:
    """Return the first seed of the stage that follows so many."""
    return settings.seed + n_stages * settings.draws * settings.replicates


def _wave(trial: Trial, settings: Settings, stage: Stage, before: list[Wave], number: int, running: Running) -> Wave:
    rng = settings.generator(number)
    points = stage.points(lambda: _design(trial, settings, before, rng))
    answers, failed = answers_at(trial, points, stage, settings, first_seed(settings, number - 1), running)
    inputs, outputs = _with_earlier(before, points, answers)
    shapes = stage.shapes(lambda: shapes_of(inputs, outputs, trial.goals.ids, running))
    emulators = Emulators(trial.goals, inputs, outputs, trial.luck, shapes)
    earlier = [wave.emulators for wave in before]
    # The search has luck of its own, so that it is the same whether the draws were made or kept.
    rng = settings.generator(number, 1)
    spread = before[-1].region.points if before else rng.random((_SPREAD, len(trial.names)))
    cuts, alone = _cuts(emulators, spread)
    start = rng.random((settings.particles, len(trial.names)))
    region = remaining(running.heard(lambda at: worst([*earlier, emulators], at)), start, CUTOFF, rng)
    if not len(region.points):
        raise DesignError(_nothing_left(emulators, points, number, region.lowest))
    validity = validity_of(before[-1].emulators, points, answers) if before else None
    return Wave(number, points, answers, failed, emulators, region, cuts, alone, validity)


def _design(trial: Trial, settings: Settings, before: list[Wave], rng: np.random.Generator) -> Any:
    """Return the draws of a wave: spread over the prior at first, then taken from what is left."""
    from experiments.batch.draws import LATIN_HYPERCUBE, unit_cube

    if not before:
        return unit_cube(LATIN_HYPERCUBE, settings.draws, len(trial.names), settings.seed)
    left = before[-1].region.points
    return left[rng.permutation(len(left))[: settings.draws]]


def _with_earlier(before: list[Wave], points: Any, answers: Any) -> tuple[Any, Any]:
    """Return the draws of a wave with those of earlier ones that no wave has ruled out, and their answers."""
    inputs, outputs = [points], [answers]
    earlier = [wave.emulators for wave in before]
    for wave in before:
        left = worst(earlier, wave.points) < CUTOFF
        inputs.append(wave.points[left])
        outputs.append(wave.answers[left])
    return np.concatenate(inputs), np.concatenate(outputs)


def _cuts(emulators: Emulators, points: Any) -> tuple[Any, Any]:
    out = (emulators.implausibility(points) >= CUTOFF) & emulators.goals.is_used
    return out.mean(axis=0), (out & (out.sum(axis=1, keepdims=True) == 1)).mean(axis=0)


def _nothing_left(emulators: Emulators, points: Any, number: int, lowest: float) -> str:
    nearest = emulators.implausibility(points).min(axis=0)
    far = [
        f"{name} ({near:.1f})"
        for name, near, used in zip(emulators.goals.ids, nearest, emulators.goals.is_used, strict=True)
        if used and near >= CUTOFF
    ]
    named = f"; no draw comes near {', '.join(far)}" if far else ", though each alone is within reach"
    return (
        f"after wave {number} no values of the parameters are left: the best are {lowest:.1f} standard deviations off{named}; "
        "leave targets out with --without, or state a larger discrepancy"
    )
