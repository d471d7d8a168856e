"""The shape of stay and exit in one run of the law as it stands, before the borders closed."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from experiments.design import Design
from experiments.replicate import start
from experiments.runner import Report
from simulation.names import ON_A, ON_C, WITH_FAMILY
from simulation.records import month_index

FIRST, LAST = month_index("2008-12"), month_index("2019-12")
"""Years in which stays are looked at: after the start, before the borders closed."""
RETURN_YEARS = 5
_KEPT = (
    "is_counted",
    "entry_month",
    "status",
    "salary_cny",
    "couple",
    "family_mode",
    "spouse_works",
    "left_month",
    "stays",
)
_KEPT_ONCE = ("contacts", "education", "weight", "mode")


def shapes(scenario: Any, design: Design, seed: int, report: Report) -> dict[str, float]:
    """Run one seed to December 2019 and return the measured shapes, by pattern."""
    model = start(scenario.resolve(design.until), design, seed)
    years = []
    while model.month <= LAST:
        model.step()
        month = model.month - 1
        if month >= FIRST and month % 12 == 11:
            years.append({name: model.people.persons[name].copy() for name in _KEPT})
        report(0.3 * model.month / (LAST + 1))
    who = {name: model.people.persons[name] for name in _KEPT_ONCE}
    return _exits_by_stay(model) | _exits_by_group(years) | _returns(years) | _networks(years[-1], who)


def _exits_by_stay(model: Any) -> dict[str, float]:
    """Return differences between yearly exit rates by year of stay, of entries that had five years before 2020."""
    months = LAST - FIRST + 1
    stayed = [model.outcomes.value(name, "all", LAST, months=months) for name in ("stay_1y", "stay_3y", "stay_5y")]
    one, three, five = (-math.log(share) if share > 0.0 else math.nan for share in stayed)
    return {"exit-rises": (three - one) / 2 - one, "exit-falls": (three - one) / 2 - (five - three) / 2}


def _exits_by_group(years: list[dict[str, Any]]) -> dict[str, float]:
    """Return differences in exits within a year by fifth of pay, and by work of the spouse."""
    pay, partner = [], []
    for before, after in pairwise(years):
        stays = (after["is_counted"] == 1) & (after["entry_month"] == before["entry_month"])
        on_permit = (before["is_counted"] == 1) & (before["status"] >= ON_A) & (before["status"] <= ON_C)
        fifths = np.quantile(before["salary_cny"][on_permit], [0.2, 0.4, 0.6, 0.8])
        fifth = np.searchsorted(fifths, before["salary_cny"])
        exits = [1.0 - stays[on_permit & (fifth == k)].mean() for k in (0, 2, 4)]
        pay.append((exits[0] - exits[1], exits[2] - exits[1]))
        family = on_permit & (before["couple"] == 1) & (before["family_mode"] == WITH_FAMILY)
        works = before["spouse_works"] == 1
        if (family & works).any() and (family & ~works).any():
            partner.append(stays[family & works].mean() - stays[family & ~works].mean())
    low, high = np.mean(pay, axis=0)
    return {
        "low-pay-leaves": float(low),
        "high-pay-leaves": float(high),
        "working-partner-stays": float(np.mean(partner)) if partner else math.nan,
    }


def _returns(years: list[dict[str, Any]]) -> dict[str, float]:
    """Return the share of a year's leavers who have entered again five years later."""
    left = back = 0
    for at in range(1, len(years) - RETURN_YEARS):
        then, later = years[at], years[at + RETURN_YEARS]
        end = FIRST + 12 * at
        gone = (then["left_month"] > end - 12) & (then["left_month"] <= end) & (then["is_counted"] == 0)
        left += int(gone.sum())
        back += int((later["stays"] > then["stays"])[gone].sum())
    return {"re-entry": back / left if left else math.nan}


def _networks(last: dict[str, Any], who: dict[str, Any]) -> dict[str, float]:
    """Return how much more knowing somebody raises entries below a master's degree than above, log ratio."""
    gains = []
    for skilled in (False, True):
        group = (who["education"] >= 2) == skilled
        rates = [(last["stays"][group & (known == (who["contacts"] > 0))] > 0).mean() for known in (False, True)]
        gains.append(math.log(rates[1] / rates[0]) if min(rates) > 0.0 else math.nan)
    return {"networks-less-skilled": gains[0] - gains[1]}
