"""Runs the points beforehand, a chunk at a time, and keeps what is done: begun again, it goes on where it stopped."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from experiments.cases import case_of, scenario_of, warm
from experiments.classroom.estimates.points import Point
from experiments.design import Design, Question
from experiments.drawn_laws import DrawnLaws
from experiments.posterior import PosteriorDraws, posterior_draws
from experiments.replicate import Case, PairedRuns

UNTIL = "2040-12"
YEARS = tuple(f"{year}-12" for year in range(2026, 2041))
"""Months that are kept; flows count the twelve months up to each."""
OUTCOMES = (
    "stock", "inflow", "outflow", "net", "applications", "permits_issued", "refusals", "abandoned", "rework_share",
    "days_to_permit_median", "days_to_permit_p90", "hours_lost", "pr_granted", "pr_stock", "stay_1y", "stay_3y", "stay_5y",
    "family_share", "spouse_employment", "pension_qualifiers", "belief_gap", "mean_points", "share_of_workforce",
    "public_cost", "fiscal_balance", "contested_posts",
)  # fmt: skip
_CHUNK = 16
"""Points a chunk: fewer than the laws that a worker keeps whole, so that none is resolved twice."""
OnDone = Callable[[int, int], None]
"""Told of the points done and of all."""


@dataclass(frozen=True)
class Setting:
    """How the points are run: as a class runs them unless told.

    ``scale`` is people a row; ``draws`` settings of the uncertain parameters take turns over the pairs.
    """

    scale: int = 2000
    draws: int = 10
    seed: int = 1


@dataclass(frozen=True)
class Ran:
    """What the pairs of one point say: means under both laws and of the difference, shape (outcomes, years).

    ``spread`` is the standard deviation of the difference over pairs; nan where an outcome is not defined.
    """

    point: Point
    baseline: Any
    difference: Any
    spread: Any


def ran(points: Sequence[Point], setting: Setting, folder: Path, on_done: OnDone | None = None) -> list[Ran]:
    """Return what every point says, running those that ``folder`` does not hold yet.

    Files there are named after all that their numbers depend on but the model's source: empty it after a change.
    """
    drawn = posterior_draws(setting.draws, None, seed=setting.seed)
    chunks = list(_chunks(points))
    found, done = list[Ran](), 0
    for chunk in chunks:
        file = folder / f"{_name(chunk, setting, drawn)}.json"
        if not file.is_file():
            _write(file, _run(chunk, setting, drawn))
        found += _read(file, chunk)
        done += len(chunk)
        if on_done is not None:
            on_done(done, len(points))
    return found


def _chunks(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield points that are run together: all of one number of pairs, those of levers taken alone apart."""
    for kind in dict.fromkeys((point.is_alone, point.pairs) for point in points):
        alike = [point for point in points if (point.is_alone, point.pairs) == kind]
        for begin in range(0, len(alike), _CHUNK):
            yield alike[begin : begin + _CHUNK]


def _name(chunk: Sequence[Point], setting: Setting, drawn: PosteriorDraws) -> str:
    what = [[asdict(point) for point in chunk], asdict(setting), drawn.digest, OUTCOMES, YEARS]
    return sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:24]


def _run(chunk: Sequence[Point], setting: Setting, drawn: PosteriorDraws) -> dict[str, Any]:
    design = Design(seed=setting.seed, replicates=chunk[0].pairs, scale=setting.scale, until=UNTIL)
    cases = [_case(point) for point in chunk]
    warm(cases[0].baseline, design)
    question = Question(OUTCOMES, ("all",), (UNTIL,), paths=False)
    pairs = PairedRuns(design, question, cases, DrawnLaws(design, question, cases, drawn), read=_yearly)
    # Draw by draw, as what the latest draw gives is kept.
    seeds = sorted(design.seeds, key=lambda seed: (seed - design.seed) % setting.draws)
    runs = [pairs(seed, _tell_nobody) for seed in seeds]
    return {
        point.id: _summary([run.baseline[point.id] for run in runs], [run.reform[point.id] for run in runs])
        for point in chunk
    }


def _case(point: Point) -> Case:
    return case_of(law_of(point), UNTIL)


def law_of(point: Point) -> Any:
    """Return the scenario of a point, named after it: as ``compare`` would make it of reforms and changes."""
    from dataclasses import replace

    from scenarios import joined, with_changes

    law = scenario_of(point.reforms[0] if point.reforms else "baseline")
    for name in point.reforms[1:]:
        law = joined(law, scenario_of(name))
    law = with_changes(law, point.lines(), name="asked") if point.changes else law
    return replace(law, id=point.id)


def _yearly(model: Any, question: Question, end: int) -> Any:  # noqa: ARG001 - the same for all
    from simulation.records import month_index

    values = [[model.outcomes.value(outcome, "all", month_index(date)) for date in YEARS] for outcome in OUTCOMES]
    return np.array(values, float)


def _summary(baseline: Sequence[Any], reform: Sequence[Any]) -> dict[str, Any]:
    before, after = np.array(baseline), np.array(reform)
    apart = after - before
    parts = {"baseline": before.mean(axis=0), "difference": apart.mean(axis=0), "spread": apart.std(axis=0, ddof=1)}
    return {
        name: [[None if math.isnan(value) else float(f"{value:.7g}") for value in row] for row in part]
        for name, part in parts.items()
    }


def _write(file: Path, content: Mapping[str, Any]) -> None:
    from experiments.files import write_whole

    write_whole(file, json.dumps(content, separators=(",", ":")))


def _read(file: Path, chunk: Sequence[Point]) -> Iterator[Ran]:
    held = json.loads(file.read_text(encoding="utf-8"))
    for point in chunk:
        parts = {name: np.array(held[point.id][name], float) for name in ("baseline", "difference", "spread")}
        yield Ran(point, **parts)


def _tell_nobody(part: float) -> None:
    """Take a report of progress that nobody asked for."""
