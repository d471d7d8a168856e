"""Two reforms, each alone and together: whether they help each other or get in each other's way."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from experiments.cases import outcome_unit, scenario_of
from experiments.comparison import Comparison, compare
from experiments.design import DesignError, version
from experiments.findings import notes, quantum_of, rounded, rounded_up, subject, warnings_of
from experiments.finite import each_or_none
from experiments.pairing import PairSummary
from experiments.replicate import at_date
from experiments.words import say, unit_label
from scenarios.scenario import BASELINES

SCHEMA = "talentflow.together/1"
PARTS = ("first", "second", "both", "interaction")


@dataclass(frozen=True)
class InteractionRow:
    """One number under two reforms: the difference that each makes alone, that both make, and what is left over.

    ``interaction`` is the difference of both less those of each, pair by pair: 0 where they add up.
    """

    outcome: str
    group: str
    date: str
    unit: str
    first: PairSummary
    second: PairSummary
    both: PairSummary
    interaction: PairSummary


@dataclass(frozen=True)
class Together:
    """Two scenarios side by side; ``second`` may be a set of assumptions about the world instead of a reform."""

    first: str
    second: str
    titles: tuple[dict[str, str], dict[str, str]]
    overlaps: tuple[str, ...]
    rows: tuple[InteractionRow, ...]
    comparison: Comparison

    def to_dict(self, *, lang: str = "en") -> dict[str, Any]:
        """Return the result as plain values, with None where a number does not exist."""
        design = self.comparison.design
        return {
            "schema": SCHEMA,
            "first": self.first,
            "second": self.second,
            "seed": design.seed,
            "replicates": self.comparison.replicates,
            "scale": design.scale,
            "version": version(),
            **self.comparison.drawn_to_dict(),
            "overlaps": list(self.overlaps),
            "rows": [_plain(row, part) for row in self.rows for part in PARTS],
            "warnings": list(warnings_of(self.comparison, lang)),
            "notes": notes(self.comparison, lang),
        }

    def to_json(self, *, lang: str = "en") -> str:
        """Return the result as JSON text (schema talentflow.together/1)."""
        return json.dumps(self.to_dict(lang=lang), ensure_ascii=False, allow_nan=False, indent=1)


def together(first: Any, second: Any, **runs: Any) -> Together:
    """Compare two reforms, each alone and both together, with their baseline.

    Parameters
    ----------
    first
        Id or file of a reform, or a Scenario.
    second
        The same; or a scenario of assumptions alone, such as more posts: then "both" is the first reform in that world.
    **runs
        Arguments of :func:`experiments.comparison.compare`.

    Raises
    ------
    DesignError
        If the two have no common baseline, or one contains the other.
    """
    one, other = scenario_of(first), scenario_of(second)
    _check(one, other)
    in_world = other.kind in BASELINES
    if in_world:
        changed = one.assuming(other.assumptions)
        both = replace(changed, id=f"{one.id}-with-{other.id}"[:80])
        result = compare([one, both], **runs)
    else:
        from scenarios import joined

        both = joined(one, other)
        result = compare([one, other, both], **runs)
    ids = (one.id, None if in_world else other.id, both.id)
    names = {one.id, other.id}
    paths = sorted({overlap.path for overlap in both.overlaps if {overlap.first, overlap.second} == names})
    return Together(
        first=one.id,
        second=other.id,
        titles=(dict(one.title), dict(other.title)),
        overlaps=() if in_world else tuple(paths),
        rows=tuple(_rows(result, ids)),
        comparison=result,
    )


def _check(one: Any, other: Any) -> None:
    if one.kind in BASELINES:
        raise DesignError(f"{one.id} changes no law: name a reform first, and assumptions about the world second")
    if other.kind in BASELINES:
        if not other.assumptions:
            raise DesignError(f"{other.id} changes nothing that {one.id} could be combined with")
        return
    if one.baseline.key != other.baseline.key or other.assumptions != one.assumptions:
        raise DesignError(f"{one.id} and {other.id} do not share a baseline, so that they cannot be added up")
    for whole, part in ((one, other), (other, one)):
        if part.id in {inner.id for inner in _parts(whole)}:
            raise DesignError(f"{whole.id} contains {part.id}: together they are {whole.id}")


def _parts(scenario: Any) -> Iterator[Any]:
    yield scenario
    for reform in scenario.reforms:
        yield from _parts(reform)


def _rows(result: Comparison, ids: tuple[str, str | None, str]) -> Iterator[InteractionRow]:
    first, second, both = ids
    for i, outcome in enumerate(result.question.outcomes):
        for j, group in enumerate(result.question.groups):
            for date in result.question.dates:

                def under(values: dict[str, Any], name: str, at: tuple[int, int] = (i, j), day: str = date) -> Any:
                    return float(at_date(values[name][at], day))

                base = np.array([under(run.baseline, first) for run in result.runs])
                alone = np.array([under(run.reform, first) for run in result.runs])
                # In another world, it is the baseline that differs.
                other = np.array(
                    [under(run.reform, second) if second else under(run.baseline, both) for run in result.runs]
                )
                joint = np.array([under(run.reform, both) for run in result.runs])
                yield InteractionRow(
                    outcome=outcome,
                    group=group,
                    date=date,
                    unit=outcome_unit(outcome),
                    first=result.summarise(base, alone),
                    second=result.summarise(base, other),
                    both=result.summarise(base, joint),
                    interaction=result.summarise(alone + other - base, joint),
                )


def finding_of(row: InteractionRow, lang: str, labels: dict[str, dict[str, str]]) -> str:
    """Return whether two reforms help each other, no more surely than the interval does."""
    left = row.interaction
    unit = unit_label(row.unit, lang)
    words = {
        "what": subject(labels[row.outcome][lang], row.group, lang),
        "unit": f" {unit}" if unit and lang == "en" else unit,
    }
    if not left.is_clear:
        bound = max(-left.low, left.high) if math.isfinite(left.low) else abs(left.difference)
        return say("additive", lang, size=rounded_up(bound) if bound > 0 else "0", **words)
    ends = sorted((abs(left.low), abs(left.high)))
    quantum = quantum_of((ends[1] - ends[0]) / 2)
    size, low, high = (rounded(abs(value), quantum) for value in (left.difference, *ends))
    helps = left.difference * (row.first.difference + row.second.difference) > 0
    return say("complements" if helps else "substitutes", lang, size=size, low=low, high=high, **words)


def _plain(row: InteractionRow, part: str) -> dict[str, Any]:
    summary = asdict(getattr(row, part))
    kept = {name: summary[name] for name in ("difference", "low", "high", "n", "same_sign", "method")}
    named = {"part": part, "outcome": row.outcome, "group": row.group, "date": row.date, "unit": row.unit}
    return named | each_or_none(kept)
