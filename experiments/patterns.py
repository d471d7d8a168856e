"""What evidence or theory expects without the model having been fitted to it, and what the model says.

A pattern is one number with the range that evidence puts it in. It is predicted if the interval of the model's mean over
seeds lies in that range, not predicted if it lies outside, and unclear in between.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from scipy import stats

from experiments.cases import scenario_of, warm
from experiments.design import CHECK_SCALE, DEFAULT_SEED, Design, DesignError, version
from experiments.entries import check_source, read_entries
from experiments.finite import mean_and_sd, or_none
from experiments.runner import Failure, OnProgress, Report
from experiments.seeds import run_seeds
from experiments.shapes import shapes
from experiments.signs import signs
from scenarios.library import SHIPPED

SCHEMA = "talentflow.patterns/1"
FILE = SHIPPED / "world" / "patterns.yaml"
UNTIL = "2032-12"
CONFIDENCE = 0.95
_NEEDED = ("id", "what", "unit", "source", "note")

Verdict = Literal["predicted", "not predicted", "unclear"]


@dataclass(frozen=True)
class Pattern:
    """One expected number: what it is in English and Chinese, and the range that evidence puts it in."""

    id: str
    what: Mapping[str, str]
    low: float
    high: float
    unit: str
    source: str
    note: str


@dataclass(frozen=True)
class Reading:
    """The model's number for a pattern: mean and interval over seeds (nan for one seed)."""

    pattern: Pattern
    mean: float
    interval: tuple[float, float]
    n: int

    @property
    def verdict(self) -> Verdict:
        """Whether the model predicts it, as far as these seeds tell."""
        low, high = self.interval
        if low > self.pattern.low and high < self.pattern.high:
            return "predicted"
        if high < self.pattern.low or low > self.pattern.high:
            return "not predicted"
        return "unclear"


@dataclass(frozen=True)
class Readings:
    """The model's numbers for all patterns."""

    design: Design
    answers: tuple[Reading, ...]
    failures: tuple[Failure, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the readings as plain values, with None where a number does not exist."""
        return {
            "schema": SCHEMA,
            "seed": self.design.seed,
            "replicates": self.design.replicates - len(self.failures),
            "scale": self.design.scale,
            "version": version(),
            "patterns": [
                {
                    "id": answer.pattern.id,
                    "what": dict(answer.pattern.what),
                    "unit": answer.pattern.unit,
                    "low": or_none(answer.pattern.low),
                    "high": or_none(answer.pattern.high),
                    "model": or_none(answer.mean),
                    "interval": [or_none(end) for end in answer.interval],
                    "verdict": answer.verdict,
                    "source": answer.pattern.source,
                    "note": answer.pattern.note,
                }
                for answer in self.answers
            ],
            "failures": [{"seed": failure.task, "error": failure.error} for failure in self.failures],
        }


class PatternRuns:
    """Measures every pattern with one seed after another: built once in each worker."""

    def __init__(self, design: Design, scenario: Any) -> None:
        self._design, self._scenario = design, scenario

    def __call__(self, seed: int, report: Report) -> dict[str, float]:
        """Run one seed and return its numbers by pattern."""
        return shapes(self._scenario, self._design, seed, report) | signs(self._scenario, self._design, seed, report)


def read_patterns(file: Path = FILE) -> list[Pattern]:
    """Return the patterns of a file.

    Raises
    ------
    scenarios.ScenarioProblems
        If the file cannot be read.
    DesignError
        If an entry misses a key, has one that does not exist, or has no range.
    """
    entries = read_entries(file, SCHEMA, "patterns", needed=_NEEDED, optional=("low", "high"))
    return [_pattern(entry, place) for entry, place in entries]


def _pattern(entry: Any, place: str) -> Pattern:
    if not {"low", "high"} & set(entry):
        raise DesignError(f"{place} has no low or high")
    check_source(place, entry["source"], may_assume=True)
    low, high = float(entry.get("low", -math.inf)), float(entry.get("high", math.inf))
    return Pattern(**{key: entry[key] for key in _NEEDED}, low=low, high=high)


def check_patterns(
    scenario: Any = "baseline",
    *,
    replicates: int = 4,
    seed: int = DEFAULT_SEED,
    scale: int = CHECK_SCALE,
    jobs: int | None = None,
    engine: str = "compiled",
    on_progress: OnProgress | None = None,
    on_compile: Callable[[], None] | None = None,
) -> Readings:
    """Measure every pattern of ``scenarios/world/patterns.yaml``.

    The arguments are those of :func:`experiments.checks.check`; so are the errors.
    """
    patterns = read_patterns()
    design = Design(seed=seed, replicates=replicates, scale=scale, until=UNTIL, engine=engine)
    loaded = scenario_of(scenario)
    warm(loaded, design, on_compile)
    runs, failures = run_seeds(partial(PatternRuns, design, loaded), design, jobs=jobs, on_progress=on_progress)
    answers = [_reading(pattern, [found[pattern.id] for found in runs]) for pattern in patterns]
    return Readings(design, tuple(answers), failures)


def _reading(pattern: Pattern, values: Sequence[float]) -> Reading:
    n = sum(map(math.isfinite, values))
    mean, sd = mean_and_sd(values)
    half = float(stats.t.ppf(0.5 + CONFIDENCE / 2, n - 1) * sd / math.sqrt(n)) if n > 1 else math.nan
    return Reading(pattern, mean, (mean - half, mean + half), n)
