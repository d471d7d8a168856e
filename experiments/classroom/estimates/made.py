"""The file of estimates: made from points that were run, read by the page and by :func:`estimate_of`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from experiments.classroom.estimates.featured import Featured
from experiments.classroom.estimates.holding import LEVERS, MOST, TOGETHER, HeldOut, held_out_by_kind
from experiments.classroom.estimates.intervals import Intervals, wide_intervals
from experiments.classroom.estimates.points import FITTED, START, TESTED, Size
from experiments.classroom.estimates.running import OUTCOMES, UNTIL, YEARS, Ran, Setting
from experiments.classroom.estimates.surface import Surface, Term, features_of, fitted, terms_of
from experiments.design import version

SCHEMA = "talentflow.estimates/1"
FILE = Path(__file__).with_name("estimates.json")
DATES = ("2035-12", "2040-12")
"""Months that are estimated: those that ``compare`` shows unless told."""
TOLD = (
    "stock", "inflow", "outflow", "applications", "permits_issued", "refusals", "rework_share", "days_to_permit_median",
    "hours_lost", "pr_stock", "stay_3y", "family_share", "spouse_employment", "pension_qualifiers", "mean_points",
    "public_cost", "fiscal_balance",
)  # fmt: skip
"""Outcomes of the file, of all that are kept of the runs: it is to be sent at once."""
_DIGITS = 5


def presets() -> Mapping[str, frozenset[str]]:
    """Return every shipped reform and package, with the levers that each sets."""
    from scenarios import catalogue, load

    ids = [entry.id for entry in catalogue() if entry.kind in {"reform", "package"}]
    return {name: frozenset(change.path for change in load(name).changes) for name in ids}


def model_hashes() -> dict[str, str]:
    """Return what estimates depend on: the model's source, all that the baseline is given, the posterior."""
    from experiments.batch.identity import given_hash, source_sha256
    from experiments.posterior import posterior_draws
    from scenarios import load

    return {
        "source": source_sha256(),
        "given": given_hash(load("baseline").resolve(UNTIL)),
        "posterior": posterior_draws(1, None, seed=1).digest,
    }


def made(
    levers: Sequence[Featured],
    found: Sequence[Ran],
    intervals: Intervals | None,
    setting: Setting,
    size: Size,
    command: str,
) -> dict[str, Any]:
    """Return the content of the file."""
    alone = {one.point.reforms[0]: one for one in found if one.point.kind == "preset"}
    terms = terms_of(levers)
    keys = keys_of()
    surfaces, tests = _fit(levers, found), {}
    held = [one for one in found if one.point.kind in TESTED]
    guesses = _guesses(held, levers, surfaces, alone)
    for number, key in enumerate(keys):
        tests[key] = held_out_by_kind([one.point.kind for one in held], guesses[:, number], _numbers(held)[:, number])
    return {
        "schema": SCHEMA,
        "version": version(),
        "made_with": command,
        "model": model_hashes(),
        "settings": {
            "scale": setting.scale, "draws": setting.draws, "seed": setting.seed, "until": UNTIL,
            "pairs": size.pairs, "pairs_of_presets": size.full,
            "intervals": "wide" if intervals is None else "compare",
        },
        "laws": len(found),
        "runs": sum(one.point.pairs for one in found),
        "rule": {"most": MOST, "of": "root mean square of the effects of laws that were not fitted"},
        "start": START,
        "dates": list(DATES),
        "levers": [_lever(lever) for lever in levers],
        "terms": [list(term) for term in terms],
        "baseline": {key: _short(float(value)) for key, value in zip(keys, _flat(next(iter(alone.values())).baseline), strict=True)},
        "series": _series(alone),
        "presets": {name: _preset(name, one, (intervals or _wide(alone, setting))[name]) for name, one in alone.items()},
        "outcomes": {key: _outcome(surfaces[number], tests[key]) for number, key in enumerate(keys)},
    }  # fmt: skip


def keys_of() -> list[str]:
    """Return the numbers that are estimated, as the file names them."""
    return [f"{outcome}@{date}" for date in DATES for outcome in TOLD]


def numbers_of(one: Ran) -> Any:
    """Return the differences of a point, in the order of :func:`keys_of`."""
    return _flat(one.difference)


def rounded_to_file(values: Any) -> list[float | None]:
    """Return numbers with the digits that the file holds.

    >>> rounded_to_file([12_345.6, float("nan")])
    [12346, None]
    """
    return [_short(float(value)) for value in values]


def _fit(levers: Sequence[Featured], found: Sequence[Ran]) -> list[Surface]:
    fits = [one for one in found if one.point.kind in FITTED]
    terms = terms_of(levers)
    features = features_of([one.point.changes for one in fits], levers, terms)
    effects = _numbers(fits)
    # A number that is not defined anywhere gives no surface: it is off by its tests.
    scale = np.nan_to_num(effects).std(axis=0)
    scale[scale == 0.0] = 1.0
    weights = np.array([float(one.point.pairs) for one in fits])
    folded = np.array([one.point.kind == "fill" for one in fits])
    surfaces = fitted(features, np.nan_to_num(effects / scale), weights, folded, _held(levers, terms))
    return [
        Surface(one.coefficients * unit, one.penalty, one.curved) for one, unit in zip(surfaces, scale, strict=True)
    ]


def _held(levers: Sequence[Featured], terms: Sequence[Term]) -> Any:
    """Return how far each term is held back: slopes once, curves more, what a lever does alone not at all."""
    return np.array([0 if levers[term[0]].is_alone else 1 if len(term) == 1 else 2 for term in terms])


def _guesses(
    held: Sequence[Ran], levers: Sequence[Featured], surfaces: Sequence[Surface], alone: Mapping[str, Ran]
) -> Any:
    features = features_of([one.point.changes for one in held], levers, terms_of(levers))
    guesses = np.stack([surface.at(features) for surface in surfaces], axis=1)
    for row, one in enumerate(held):
        for name in one.point.reforms:
            guesses[row] += _flat(alone[name].difference)
    return guesses


def _numbers(found: Sequence[Ran]) -> Any:
    return np.stack([_flat(one.difference) for one in found])


def _flat(values: Any) -> Any:
    """Return the values at the dates that are estimated, in the order of the file's keys."""
    rows = [OUTCOMES.index(outcome) for outcome in TOLD]
    return np.concatenate([values[rows, YEARS.index(date)] for date in DATES])


def _lever(lever: Featured) -> dict[str, Any]:
    names = ("path", "low", "today", "high", "is_whole", "is_switch", "family", "is_alone")
    return {name: getattr(lever, name) for name in names}


def _preset(name: str, one: Ran, intervals: Mapping[str, Sequence[float | None]]) -> dict[str, Any]:
    keys = keys_of()
    bounds = {key: [None if end is None else _short(end, 4) for end in intervals[key]] for key in keys}
    return {
        "paths": sorted(presets()[name]),
        "differences": dict(zip(keys, rounded_to_file(_flat(one.difference)), strict=True)),
        "intervals": bounds,
    }


def _wide(alone: Mapping[str, Ran], setting: Setting) -> Intervals:
    def of(one: Ran) -> list[list[float | None]]:
        return wide_intervals(_flat(one.difference), _flat(one.spread), setting.draws)

    return {name: dict(zip(keys_of(), of(one), strict=True)) for name, one in alone.items()}


def _series(alone: Mapping[str, Ran]) -> dict[str, Any]:
    """Return people in China each December: under today's law, and what each preset adds."""
    stock = OUTCOMES.index("stock")
    baseline = next(iter(alone.values())).baseline[stock]
    apart = {name: [round(float(value)) for value in one.difference[stock]] for name, one in alone.items()}
    return {
        "dates": list(YEARS),
        "outcome": "stock",
        "baseline": [round(float(value)) for value in baseline],
        "presets": apart,
    }


def _outcome(surface: Surface, tests: Mapping[str, HeldOut]) -> dict[str, Any]:
    levers, together = tests["levers"], tests["together"]
    told: dict[str, Any] = {
        "is_on": levers.is_on,
        "is_on_together": levers.is_on and together.is_on,
        "error": _short(levers.error),
        "errors": {kind: _short(tests[kind].error) for kind in (*LEVERS, *TOGETHER)},
        "effect": _short(levers.effect),
        "r2": _short(levers.r2, 3),
        "r2_together": _short(together.r2, 3),
        "tested": levers.n + together.n,
        "held_back": [_short(float(surface.penalty), 2), surface.curved],
    }
    return told | (
        {"coefficients": [_short(float(value), 3) for value in surface.coefficients]} if levers.is_on else {}
    )


def _short(value: float, digits: int = _DIGITS) -> float | None:
    """Return a number with few digits; None where there is none."""
    if not math.isfinite(value):
        return None
    short = float(f"{value:.{digits}g}")
    return int(short) if short.is_integer() else short


def written(content: Mapping[str, Any]) -> str:
    """Return the file's text: a line for each part, so that a change can be read."""
    lines = [f"{json.dumps(name)}: {_lines(value)}" for name, value in content.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(value: Any) -> str:
    short = json.dumps(value, separators=(",", ":"), allow_nan=False)
    if not isinstance(value, Mapping) or len(short) < 400:
        return short
    return (
        "{\n "
        + ",\n ".join(f"{json.dumps(name)}: {json.dumps(one, separators=(',', ':'))}" for name, one in value.items())
        + "\n}"
    )


def read(file: Path = FILE) -> dict[str, Any]:
    """Return the content of a file of estimates, and whether it belongs to this model, as ``is_current``."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {**content, "is_current": content["model"] == model_hashes()}


@cache
def shipped() -> str:
    """Return what ``/api/estimates`` sends: the shipped file as JSON text, with ``is_current``."""
    return json.dumps(read(), separators=(",", ":"), ensure_ascii=False)
