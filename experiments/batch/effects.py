"""What every arm of a batch does to the numbers kept: mean differences of pairs, their intervals, their spread over draws."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments import pairing
from experiments.batch.precision import by_replicate, unmet
from experiments.batch.store import Store
from experiments.cases import outcome_unit
from experiments.design import version
from experiments.finite import each_or_none

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "talentflow.effects/1"
SPREAD = (0.05, 0.95)
"""Quantiles of draws between which nine of ten lie."""


@dataclass(frozen=True)
class Effect:
    """One number of one arm against its baseline.

    ``low`` and ``high`` bound the mean difference over draws, as far as chance goes; ``draws_low`` and ``draws_high`` are
    the 5% and 95% quantiles of the differences of single draws, which say how well behaviour and the world are known. nan
    where there is no such number. ``n`` counts pairs, ``replicates`` and ``draws`` what they come from.
    """

    arm: str
    outcome: str
    group: str
    date: str
    unit: str
    baseline: float
    reform: float
    difference: float
    low: float
    high: float
    n: int
    replicates: int
    draws: int
    draws_low: float
    draws_high: float


def effects_of(store: Store) -> list[Effect]:
    """Return what every arm does to every outcome, group and date that is kept, in the order of the experiment."""
    question = store.experiment.question
    order = {arm: place for place, arm in enumerate(store.plan()["arm"].drop_duplicates())}
    found = []
    for outcome in question.outcomes:
        for group in question.groups:
            for date in question.dates:
                pairs = store.paired(outcome, group, date)
                found += [
                    _effect(str(arm), outcome, group, date, rows) for arm, rows in pairs.groupby("arm", sort=False)
                ]
    return sorted(found, key=lambda effect: order[effect.arm])


def _effect(arm: str, outcome: str, group: str, date: str, pairs: pd.DataFrame) -> Effect:
    confidence = pairing.CONFIDENCE
    summary = pairing.summarise(*by_replicate(pairs), confidence=confidence)
    differences = (pairs["reform"] - pairs["baseline"]).groupby(pairs["draw"]).mean().dropna()
    low, high = np.quantile(differences, SPREAD) if len(differences) > 1 else (math.nan, math.nan)
    counted = pairs.dropna(subset=["baseline", "reform"])
    return Effect(
        arm=arm,
        outcome=outcome,
        group=group,
        date=date,
        unit=outcome_unit(outcome),
        baseline=summary.baseline,
        reform=summary.reform,
        difference=summary.difference,
        low=summary.low,
        high=summary.high,
        n=len(counted),
        replicates=summary.n,
        draws=int(counted["draw"].nunique()),
        draws_low=float(low),
        draws_high=float(high),
    )


def effects_json(store: Store) -> str:
    """Return effects, and how far the batch is, as JSON."""
    status, experiment = store.status(), store.experiment
    stop = experiment.replicates.stop
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "version": version(),
        "id": experiment.id,
        "title": dict(experiment.title),
        "folder": str(store.folder),
        "runs": status.runs,
        "done": status.done,
        "failed": status.failed,
        "left": status.left,
        "replicates": experiment.replicates.least,
        "precision_reached": None if stop is None else not unmet(store),
        "confidence": pairing.CONFIDENCE,
        "rows": [each_or_none(asdict(effect)) for effect in effects_of(store)],
        "failures": [failure.to_plain() for failure in store.failures()],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
