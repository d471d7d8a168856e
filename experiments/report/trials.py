"""Effects of a scenario under settings of the uncertain parameters: each pair of runs made once, and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.batch.identity import canonical, given_hash, source_sha256
from experiments.cases import warm
from experiments.design import Design, Question
from experiments.replicate import Case, CaseLaw, PairedRuns
from experiments.runner import Failure, Report, Workers, default_jobs
from experiments.seeds import RunsFailedError

if TYPE_CHECKING:
    from experiments.report.asked import Running

OUTCOME = "stock"
"""What a report's sections on uncertainty are about: people in China."""
_KEPT: dict[str, dict[str, float]] = {}
"""Effects by bench and trial, of this process: sections that ask the same run it once."""
_FILE = "effects.jsonl"


class Trial(NamedTuple):
    """One pair of runs: the values of parameters on both sides, and its seed."""

    setting: tuple[tuple[str, float], ...]
    seed: int

    @property
    def name(self) -> str:
        """What it is kept by."""
        return hashlib.sha256(canonical([self.setting, self.seed]).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Bench:
    """What is tried: a scenario beside its baseline, at a scale, read at a date, the last one simulated.

    What the scenario assumes holds over any setting.
    """

    case: Case
    scale: int
    date: str
    engine: str = "compiled"

    @property
    def name(self) -> str:
        """A hash of all that an effect depends on beside setting and seed."""
        laws = [given_hash(law.resolve(self.date)) for law in (self.case.baseline, self.case.scenario)]
        return hashlib.sha256(
            canonical([source_sha256(), laws, self.scale, self.date, self.engine]).encode()
        ).hexdigest()


def trial_of(parameters: Mapping[str, float], seed: int) -> Trial:
    """Return the trial of a setting."""
    return Trial(tuple(sorted((name, float(value)) for name, value in parameters.items())), seed)


def effects_of(bench: Bench, trials: Sequence[Trial], running: Running) -> Any:
    """Return the effect of each trial, reform less baseline; nan where its runs failed.

    Trials that were made before, here or in the folder of the report, are not made again.

    Raises
    ------
    RunsFailedError
        If none succeeded.
    KeyboardInterrupt
        If it was asked to stop; what was run is kept.
    """
    held = _held(bench, running)
    wanted = {trial.name: trial for trial in trials if trial.name not in held}
    failures: list[Failure] = []
    if wanted:
        failures = _run(bench, list(wanted.values()), held, running)
    found = np.array([held.get(trial.name, np.nan) for trial in trials])
    if len(trials) and not np.isfinite(found).any():
        raise RunsFailedError(failures)
    return found


def _run(bench: Bench, trials: list[Trial], held: dict[str, float], running: Running) -> list[Failure]:
    warm(bench.case.baseline, _design(bench))
    failures: list[Failure] = []
    # Setting by setting, as each worker keeps what the latest one gives.
    ordered = sorted(trials)
    with Workers(partial(TrialRuns, bench), min(running.jobs or default_jobs(), len(ordered))) as workers:
        for trial, effect in workers.run(ordered, running.on_progress, should_stop=running.should_stop):
            if isinstance(effect, Failure):
                failures.append(effect)
            else:
                held[trial.name] = effect
                _keep(bench, running, trial, effect)
    if running.should_stop is not None and running.should_stop():
        raise KeyboardInterrupt
    return failures


def _design(bench: Bench) -> Design:
    return Design(replicates=1, scale=bench.scale, until=bench.date, engine=bench.engine)


class TrialRuns:
    """Does trials of a bench: built once in each worker."""

    def __init__(self, bench: Bench) -> None:
        question = Question((OUTCOME,), ("all",), (bench.date,), paths=False)
        self._laws, self._case = _SetLaws(bench.case, bench.date), bench.case
        self._runs = PairedRuns(_design(bench), question, [bench.case], self._laws)

    def __call__(self, trial: Trial, report: Report) -> float:
        """Run one pair and return reform less baseline."""
        self._laws.take(dict(trial.setting))
        run = self._runs(trial.seed, report)
        name = self._case.id
        return float(run.reform[name][0, 0, -1] - run.baseline[name][0, 0, -1])


class _SetLaws:
    """A case under the setting taken last; see :class:`experiments.replicate.CaseLaws`."""

    def __init__(self, case: Case, until: str) -> None:
        from experiments.batch.experiment import Arm, Draw, Experiment, Replicates
        from experiments.batch.laws import Laws

        asked = Experiment("trials", {}, (Arm(case.id),), Design(until=until), Question(), Replicates(1), (Draw(0),))
        self._laws = Laws(asked, lambda _: case.scenario)
        self._family = self._laws.baseline_of(case.id)
        self._draw = Draw(0)

    def take(self, parameters: Mapping[str, float]) -> None:
        from experiments.batch.experiment import Draw

        self._draw = Draw(0, parameters)

    def draw(self, seed: int) -> int | None:  # noqa: ARG002 - the setting is taken, not found by seed
        return 0

    def baseline(self, family: str, seed: int) -> Any:  # noqa: ARG002 - likewise
        return self._laws.baseline(family, self._draw)

    def law(self, case: Case, seed: int) -> CaseLaw:  # noqa: ARG002 - likewise
        law = self._laws.law(case.id, self._draw)
        return CaseLaw(law.given, law.first)


def _held(bench: Bench, running: Running) -> dict[str, float]:
    """Return the effects that are known, by trial."""
    name = bench.name
    if name not in _KEPT:
        # One report is about one scenario: those of others are let go.
        _KEPT.clear()
        _KEPT[name] = {}
    if running.folder is not None:
        _KEPT[name] |= dict(_lines(_file(bench, running.folder)))
    return _KEPT[name]


def _file(bench: Bench, folder: Path) -> Path:
    return folder / "trials" / bench.name[:32] / _FILE


def _lines(file: Path) -> Iterable[tuple[str, float]]:
    """Yield what a file holds; a line that was cut off is left out."""
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            name, effect = json.loads(line)
            yield str(name), float(effect)
        except (ValueError, TypeError):
            continue


def _keep(bench: Bench, running: Running, trial: Trial, effect: float) -> None:
    if running.folder is None:
        return
    file = _file(bench, running.folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{json.dumps([trial.name, effect])}")
