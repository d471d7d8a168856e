"""Where the effects of presets lie, as ``compare`` says with the same settings: they are told by its verbs."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from experiments.classroom.estimates.running import OUTCOMES, UNTIL, Setting
from experiments.files import write_whole
from experiments.finite import or_none

Intervals: TypeAlias = dict[str, dict[str, list[float | None]]]
"""Bounds of the difference by preset, then by outcome and date; an effect of one sign in every draw ends at 0."""


def intervals_of(presets: Sequence[str], setting: Setting, pairs: int, folder: Path) -> Intervals:
    """Return the intervals of presets, out of ``folder`` where they were found before."""
    what = [sorted(presets), asdict(setting), pairs, OUTCOMES]
    file = folder / f"intervals-{sha256(json.dumps(what).encode()).hexdigest()[:24]}.json"
    if not file.is_file():
        write_whole(file, json.dumps(_compared(presets, setting, pairs)))
    found: Intervals = json.loads(file.read_text(encoding="utf-8"))
    return found


def wide_intervals(differences: Any, spreads: Any, draws: int) -> list[list[float | None]]:
    """Return intervals that are never narrower than those of ``compare``, without running anything.

    Parameters
    ----------
    differences, spreads
        Means and standard deviations over pairs, shape (numbers,).
    draws
        Draws that the pairs are made over.

    Notes
    -----
    As if all that varies over pairs were the parameters: the prediction interval of that many draws. Luck varies, too,
    so this is too wide, and an effect that ``compare`` would tell may be left untold.
    """
    from scipy import stats

    reaches = float(stats.t.ppf(0.975, draws - 1)) * math.sqrt(1 + 1 / draws) * spreads
    ends = np.stack([differences - reaches, differences + reaches], axis=1)
    return [[or_none(float(end)) for end in own] for own in ends]


def _compared(presets: Sequence[str], setting: Setting, pairs: int) -> dict[str, dict[str, list[Any]]]:
    from experiments.comparison import compare

    result = compare(
        list(presets),
        replicates=pairs,
        draws=setting.draws,
        seed=setting.seed,
        scale=setting.scale,
        until=UNTIL,
        outcomes=OUTCOMES,
        paths=False,
        jobs=1,
    )
    found: dict[str, dict[str, list[Any]]] = {name: {} for name in presets}
    for row in result.rows:
        found[row.scenario][f"{row.outcome}@{row.date}"] = [or_none(row.low), or_none(row.high)]
    return found
