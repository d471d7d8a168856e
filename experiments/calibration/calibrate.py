"""Calibrates the model: waves that rule out, a posterior of what is left, and what it is worth."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from experiments.batch.durable import write_durably
from experiments.calibration.answering import Running
from experiments.calibration.emulator import require_library
from experiments.calibration.folder import take_folder
from experiments.calibration.foretold import foretold
from experiments.calibration.goals import fitted_targets, goals_of
from experiments.calibration.learned import bound, learned
from experiments.calibration.posterior import Posterior, posterior_of
from experiments.calibration.ranks import LEAST, known_truths
from experiments.calibration.result import Calibration, record_of
from experiments.calibration.trial import Settings, Task, Trial, one_thread
from experiments.calibration.waves import waves_of
from experiments.design import DEFAULT_SEED, Design, DesignError
from experiments.runner import OnProgress, Report

SCALE = 500
"""People that one row stands for, unless told: permanent residence is granted to a thousand people a year, one row in two."""
DRAWS_A_PARAMETER = 10
SAMPLE = 400
POSTERIOR, RESULT = "posterior.csv", "calibration.json"
_LEAST_DRAWS = 20
_FIRST_UNTIL = "2018-01"


class DrawAnswers:
    """Answers the targets under one draw of parameters after another: built once in each worker."""

    def __init__(self, design: Design, scenario: Any, targets: Sequence[Any], names: tuple[str, ...]) -> None:
        self._design, self._scenario, self._targets, self._names = design, scenario, targets, names

    def __call__(self, task: Task, report: Report) -> list[float]:
        """Run one seed under one draw and return an answer to each target, in its unit."""
        from experiments.checks import TargetRuns

        drawn = self._scenario.with_assumptions(dict(zip(self._names, task.values, strict=True)))
        return TargetRuns(self._design, drawn, self._targets, ())(task.seed, report)[0]


def calibrate(
    folder: str | Path,
    *,
    over: Sequence[str] | str | None = None,
    without: Sequence[str] = (),
    targets: str | Path | None = None,
    waves: int = 3,
    draws: int | None = None,
    replicates: int = 2,
    sample: int = SAMPLE,
    scale: int = SCALE,
    seed: int = DEFAULT_SEED,
    truths: int = 0,
    jobs: int | None = None,
    engine: str = "compiled",
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Calibration:
    """Fit uncertain parameters of the baseline to observed numbers.

    Parameters
    ----------
    folder
        Where draws, answers and results are kept; an interrupted calibration goes on.
    over
        Names of parameters of behaviour, or roles; the role ``calibrate`` if None.
    without
        Targets that are not fitted, only foretold.
    targets
        File of observed numbers; that of the package if None.
    waves, draws, replicates, sample, seed
        See :class:`Settings`; ``draws`` is ten for each parameter if None.
    scale
        People that one row stands for.
    truths
        Known truths to recover, 20 or more; none if 0.

    Raises
    ------
    DesignError
        If it cannot be done as asked, the library is missing, or the folder holds something else.
    KeyboardInterrupt
        If ``should_stop`` said so; what was run is kept.
    RunsFailedError
        If all runs of a wave failed.
    """
    from experiments.analyses.parameters import varied
    from experiments.targets import read_targets

    require_library()
    if 0 < truths < LEAST:
        raise DesignError(f"known truths: {LEAST} or more are needed for a test, got {truths}")
    names = varied("calibrate" if over is None else over)
    wanted = fitted_targets(read_targets() if targets is None else read_targets(Path(targets)))
    settings = _settings(len(names), waves, draws, replicates, sample, seed)
    trial = _trial(names, wanted, without, Design(scale=scale, seed=seed, until=_until(wanted), engine=engine))
    root = Path(folder)
    result = calibrated(trial, settings, root, Running(jobs, on_progress, should_stop), truths=truths)
    result = result.about(wanted, scale, engine)
    write_durably(root / RESULT, (result.to_json() + "\n").encode(), root)
    return result


def calibrated(trial: Trial, settings: Settings, root: Path, running: Running, *, truths: int = 0) -> Calibration:
    """Calibrate a trial, of this model or another; arguments and errors as :func:`calibrate`."""
    require_library()
    take_folder(root, trial, settings)
    with one_thread():
        waves = waves_of(trial, settings, root, running)
        posterior = posterior_of(trial, settings, waves, root, running)
        result = Calibration(
            names=trial.names,
            settings=settings,
            luck=trial.luck,
            goals=trial.goals,
            waves=tuple(record_of(wave) for wave in waves),
            parameters=tuple(learned(trial.names, posterior.particles, posterior.informed, trial.values_at)),
            bound=tuple(bound(trial.names, posterior.particles, posterior.informed)),
            targets=tuple(foretold(posterior, waves, settings, running)),
            validity=posterior.validity,
            effective=posterior.effective,
            failed=sum(wave.failed for wave in waves) + posterior.failed,
            ranks=known_truths(waves, truths, trial.names, settings, running) if truths else None,
            folder=root,
        )
    write_durably(root / POSTERIOR, _csv(trial, posterior).encode(), root)
    return result


def _settings(n_names: int, waves: int, draws: int | None, replicates: int, sample: int, seed: int) -> Settings:
    draws = max(_LEAST_DRAWS, DRAWS_A_PARAMETER * n_names) if draws is None else draws
    if replicates < 2:
        raise DesignError("calibrate needs 2 replicates or more: chance is what they differ by")
    if draws < _LEAST_DRAWS:
        raise DesignError(f"a wave needs {_LEAST_DRAWS} draws or more, got {draws}")
    particles = max(Settings.particles, draws, sample)
    return Settings(waves, draws, replicates, sample, particles, seed)


def _trial(names: tuple[str, ...], targets: Sequence[Any], without: Sequence[str], design: Design) -> Trial:
    from experiments.batch.draws import draw_values
    from experiments.batch.identity import RunNames, given_hash
    from experiments.cases import scenario_of, warm

    scenario = scenario_of("baseline")
    warm(scenario, design, None)
    law = given_hash(scenario.resolve(design.until))
    asked = [(one.id, one.outcome, one.group, one.period, one.share_of, one.over) for one in targets]
    return Trial(
        names=names,
        goals=goals_of(targets, without),
        make_work=partial(DrawAnswers, design, scenario, tuple(targets), names),
        values_at=partial(draw_values, names),
        identity=RunNames(design.scale, design.until).law(law, repr(asked)),
        luck=1 / design.scale,
    )


def _until(targets: Sequence[Any]) -> str:
    from simulation.records import month_text

    if not targets:
        raise DesignError("the file has no target that may be fitted")
    return max(_FIRST_UNTIL, month_text(max(target.months[1] for target in targets)))


def _csv(trial: Trial, posterior: Posterior) -> str:
    """Return the draws as a table that an experiment file can name under ``uncertainty``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*trial.names, "weight"])
    for row, weight in zip(trial.values_at(posterior.points), posterior.weights, strict=True):
        writer.writerow([*(repr(float(value)) for value in row), f"{weight * len(posterior.weights):.6g}"])
    return text.getvalue()
