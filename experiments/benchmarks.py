"""The article's numbers beside ours: what each counts, our nearest number, why they differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.cases import known_groups, known_outcomes
from experiments.entries import check_names, check_source, read_entries
from experiments.finite import mean_and_sd, or_none
from experiments.targets import months_of
from scenarios.library import SHIPPED

FILE = SHIPPED / "world" / "benchmarks.yaml"
SCHEMA = "talentflow.benchmarks/1"
_NEEDED = ("id", "what", "value", "unit", "period", "source", "differs")
_OPTIONAL = ("outcome", "group", "share_of", "growth_on")
PERCENT = "%"


@dataclass(frozen=True)
class Benchmark:
    """One number of the article, and which of ours is nearest to it.

    ``what`` and ``differs`` are texts by language. ``outcome`` is None where nothing of ours is near. With ``share_of``
    the outcome is divided by that of another group; with ``growth_on``, it is its growth on an earlier period.
    """

    id: str
    what: Mapping[str, str]
    value: float
    unit: str
    period: str
    source: str
    differs: Mapping[str, str]
    outcome: str | None = None
    group: str = "all"
    share_of: str | None = None
    growth_on: str | None = None

    @property
    def last_month(self) -> int:
        """The last month of its period, counted from January 2000."""
        return months_of(self.period)[1]

    def of(self, model: Any) -> float:
        """Return our number for its period, in its unit; nan where there is none, or the model ended before."""
        if self.outcome is None or self.outcome not in known_outcomes() or model.month <= self.last_month:
            return math.nan
        value = self._value(model, self.group, self.period)
        if self.share_of is not None:
            value = _ratio(value, self._value(model, self.share_of, self.period))
        if self.growth_on is not None:
            value = _ratio(value, self._value(model, self.group, self.growth_on)) - 1.0
        return 100.0 * value if self.unit == PERCENT else value

    def _value(self, model: Any, group: str, period: str) -> float:
        first, last = months_of(period)
        return float(model.outcomes.value(self.outcome, group, last, months=last - first + 1))


@dataclass(frozen=True)
class Beside:
    """One number of the article with ours: the mean over runs, nan where there is none."""

    benchmark: Benchmark
    ours: float

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, with None where we have no number."""
        one = self.benchmark
        return {
            "id": one.id,
            "what": dict(one.what),
            "value": one.value,
            "unit": one.unit,
            "period": one.period,
            "source": one.source,
            "outcome": one.outcome,
            "group": one.group if one.outcome else None,
            "ours": or_none(self.ours),
            "differs": dict(one.differs),
        }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def beside(benchmarks: Sequence[Benchmark], runs: Iterable[Sequence[float]]) -> tuple[Beside, ...]:
    """Return each benchmark with the mean over runs of our numbers, given run by run in the order of the benchmarks."""
    pairs = zip(benchmarks, zip(*runs, strict=True), strict=True)
    return tuple(Beside(benchmark, mean_and_sd(values)[0]) for benchmark, values in pairs)


def read_benchmarks(file: Path = FILE) -> list[Benchmark]:
    """Return the benchmarks of a file.

    Raises
    ------
    scenarios.ScenarioProblems
        If the file cannot be read.
    DesignError
        If a benchmark names what does not exist, or misses a key.
    """
    entries = read_entries(file, SCHEMA, "benchmarks", needed=_NEEDED, optional=_OPTIONAL)
    return [_benchmark(entry, place) for entry, place in entries]


def _benchmark(entry: Any, place: str) -> Benchmark:
    check_names(place, [("group", entry.get(key, "all"), known_groups()) for key in ("group", "share_of")])
    check_source(place, entry["source"])
    periods = {key: _period(entry[key]) for key in ("period", "growth_on") if key in entry}
    return Benchmark(**{**entry, **periods, "value": float(entry["value"])})


def _period(value: Any) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)
