"""Fronts told to people and to programs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analyses.decision_words import tell
from experiments.analyses.effects import COST
from experiments.analyses.objectives import Objective, Worth
from experiments.analyses.optimise import FRESH_AFTER, FrontPoint
from experiments.analyses.titles import label_of, unit_of
from experiments.design import version
from experiments.findings import quantum_of, rounded, subject
from experiments.finite import each_or_none, or_none
from experiments.words import date_label, group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.analyses.candidates import LeverAxis
    from experiments.analyses.optimise import Optimum

SCHEMA = "talentflow.optimise/1"
_MILLION = 1e6
_ASIDE = re.compile(r"[,;(（]")
"""Where the short form of a label ends."""


def to_json(found: Optimum, lang: str) -> str:
    """Return the result as JSON text (schema talentflow.optimise/1)."""
    design = found.experiment.design
    plain = {
        "schema": SCHEMA,
        "seed": design.seed,
        "search_seed": found.seed,
        "replicates": found.experiment.replicates.least,
        "draws": len(found.experiment.draws),
        "robust": found.robust.kind,
        "scale": design.scale,
        "until": design.until,
        "trials": len(found.trials),
        "population": found.population,
        "fresh": {"seed": design.seed + FRESH_AFTER, "replicates": found.fresh_replicates},
        "budget": found.budget,
        "cost_date": found.cost_date,
        "version": version(),
        "from": found.candidates.start,
        "levers": [_plain_lever(lever, lang) for lever in found.candidates.levers],
        "reforms_held": list(found.candidates.held),
        "reforms_chosen_from": list(found.candidates.chosen),
        "objectives": [
            {"name": one.name, "outcome": one.outcome, "group": one.group, "against": one.against, "date": one.date,
             "goal": one.goal, "of": one.of, "measure": one.measure if one.against else None}
            for one in found.objectives
        ],
        "front": [_plain_point(point, found) for point in found.front],
        "tried": [
            {"trial": one.number, "generation": one.generation, "scenario": found.candidates.arm(one.point).id,
             "values": [or_none(value) for value in one.valued.values], "over_budget": or_none(max(0.0, one.valued.excess))}
            for one in found.trials
        ],
        "warnings": list(warnings_of(found, lang)),
        "notes": notes_of(found, lang),
    }  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1)


def _plain_lever(lever: LeverAxis, lang: str) -> dict[str, Any]:
    axis, (low, high) = lever.axis, lever.today
    return {
        "path": axis.name, "label": lever.label[lang], "unit": lever.unit, "today_low": low, "today_high": high,
        "low": axis.low, "high": axis.value(axis.count), "step": axis.step,
        "yuan_per_unit_year": lever.yuan_per_unit_year,
    }  # fmt: skip


def _plain_point(point: FrontPoint, found: Optimum) -> dict[str, Any]:
    values = zip(found.objectives, point.searched, point.fresh, strict=True)
    return {
        "scenario": point.arm,
        "levers": dict(point.levers),
        "reforms": list(point.reforms),
        "values": [
            {"objective": objective.name, "searched": or_none(searched), **each_or_none(fresh._asdict())}
            for objective, searched, fresh in values
        ],
        "cost": each_or_none(point.cost._asdict()),
        "within_budget": point.is_within,
        "still_on_front": point.is_still_on,
    }


def objective_label(one: Objective, lang: str, *, is_short: bool = False) -> str:
    """Return what an objective is called; in short without what its label adds after a comma or in brackets."""
    if one.outcome == COST:
        return tell("cost_name", lang)
    label = label_of(one.outcome, lang)
    label = _ASIDE.split(label)[0].strip() if is_short else label
    what = subject(label, "all" if one.against else one.group, lang)
    if one.against is not None:
        groups = {"group": group_label(one.group, lang), "against": group_label(one.against, lang)}
        return tell(f"{one.measure}_apart", lang, what=what, **groups)
    return tell("level_of" if one.of == "level" else "change_of", lang, what=what)


def unit_of_objective(one: Objective, lang: str) -> str:
    """Return the unit in which an objective is told, with the blank before it that English has; empty for a ratio."""
    if one.outcome == COST:
        unit = say("million_yuan", lang)
    elif one.against is not None and one.measure == "ratio":
        unit = ""
    else:
        unit = unit_label(unit_of(one.outcome), lang)
    return f" {unit}" if unit and lang == "en" else unit


def in_unit(one: Objective, value: float) -> float:
    """Return a value in the unit in which it is told: money in millions."""
    return value / _MILLION if one.outcome == COST else value


def _in_unit(one: Objective, worth: Worth) -> Worth:
    return Worth(*(in_unit(one, value) for value in worth))


def sentences(found: Optimum, lang: str) -> Iterator[str]:
    """Yield what the front is, what is best in each aim, and how much of it was luck."""
    tried = len({found.candidates.arm(one.point).id for one in found.trials})
    budget = "" if found.budget is None else f"{found.budget / _MILLION:,.6g}"
    if not found.front:
        yield tell("front_none", lang, tried=tried, budget=budget)
        return
    within = tell("within", lang, budget=budget) if budget else ""
    yield tell("front_head", lang, tried=tried, n=len(found.front), budget=within)
    for place, objective in enumerate(found.objectives):
        yield _best_sentence(found, place, objective, lang)
    yield _curse_sentence(found, lang)
    for key, n in (
        ("fallen", sum(point.is_within and not point.is_still_on for point in found.front)),
        ("over_budget", sum(not point.is_within for point in found.front)),
    ):
        if n:
            yield tell(key, lang, n=n)


def _best_sentence(found: Optimum, place: int, objective: Objective, lang: str) -> str:
    sign = -1 if objective.sense == "max" else 1
    keeping = [point for point in found.front if point.is_within] or list(found.front)
    best = min(keeping, key=lambda point: sign * point.fresh[place].value)
    worth = _in_unit(objective, best.fresh[place])
    quantum = _quantum(worth)
    ends = {name: rounded(getattr(worth, name), quantum) for name in ("value", "low", "high")}
    key = "best_in" if math.isfinite(worth.low) and worth.low != worth.high else "best_in_one"
    what = objective_label(objective, lang)
    return tell(key, lang, what=what, law=_law(best, lang), unit=unit_of_objective(objective, lang), **ends)


def _law(point: FrontPoint, lang: str) -> str:
    levers = [
        tell("law_levers", lang, path=_short(path), value=f"{value:,.6g}") for path, value in point.levers.items()
    ]
    names = ", ".join(point.reforms)
    return ", ".join([*levers, tell("law_reforms", lang, names=names) if names else tell("law_none", lang)])


def _short(path: str) -> str:
    return path.partition(".")[2]


def _curse_sentence(found: Optimum, lang: str) -> str:
    first = found.objectives[0]
    scale = _MILLION if first.outcome == COST else 1.0
    searched, fresh = (
        float(np.mean(values)) / scale
        for values in ([p.searched[0] for p in found.front], [p.fresh[0].value for p in found.front])
    )
    reaches = [_in_unit(first, point.fresh[0]) for point in found.front]
    quantum = max(map(_quantum, reaches))
    told = {"searched": rounded(searched, quantum), "fresh": rounded(fresh, quantum)}
    what = objective_label(first, lang)
    was_lucky = searched > fresh if first.sense == "max" else searched < fresh
    return tell(
        "curse" if was_lucky else "no_curse",
        lang,
        n=found.fresh_replicates,
        what=what,
        unit=unit_of_objective(first, lang),
        **told,
    )


def front_table(found: Optimum, lang: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and cells of the front: levers, reforms, values from fresh seeds."""
    headers = [
        tell("lever_today", lang, path=_short(one.axis.name), today=_today(one)) for one in found.candidates.levers
    ]
    has_reforms = bool(found.candidates.chosen)
    headers += [tell("reforms", lang)] if has_reforms else []
    headers += [
        tell("cost", lang) if one.outcome == COST else objective_label(one, lang, is_short=True)
        for one in found.objectives
    ]
    has_cost = any(one.outcome == COST for one in found.objectives)
    headers += [] if has_cost else [tell("cost", lang)]
    rows = []
    for point in found.front:
        row = [f"{value:,.6g}" for value in point.levers.values()]
        row += [", ".join(point.reforms) or "-"] if has_reforms else []
        row += [_ranged(_in_unit(one, worth), lang) for one, worth in zip(found.objectives, point.fresh, strict=True)]
        row += [] if has_cost else [_ranged(Worth(*(value / _MILLION for value in point.cost)), lang)]
        row[-1] += "!" if not point.is_within else "" if point.is_still_on else "?"
        rows.append(row)
    return headers, rows


def _today(lever: LeverAxis) -> str:
    low, high = lever.today
    return f"{low:,.6g}" if low == high else f"{low:,.6g}-{high:,.6g}"


def _quantum(worth: Worth) -> float:
    reach = (worth.high - worth.low) / 2
    return quantum_of(reach if math.isfinite(reach) and reach > 0 else abs(worth.value))


def _ranged(worth: Worth, lang: str) -> str:
    quantum = _quantum(worth)
    text = rounded(worth.value, quantum)
    if not math.isfinite(worth.low) or worth.low == worth.high:
        return text
    ends = say("range_text", lang, low=rounded(worth.low, quantum), high=rounded(worth.high, quantum))
    return f"{text} ({ends})"


def warnings_of(found: Optimum, lang: str) -> Iterator[str]:
    """Yield what a reader must know before reading the front."""
    for lever in found.candidates.levers:
        axis = lever.axis
        values = {point.levers[axis.name] for point in found.front}
        if len(values) == 1 and values <= {axis.low, axis.value(axis.count)}:
            yield tell("at_bound", lang, path=axis.name, value=f"{values.pop():,.6g}")
    if found.candidates.levers and not any(lever.yuan_per_unit_year for lever in found.candidates.levers):
        yield tell("free_levers", lang)


def notes_of(found: Optimum, lang: str) -> list[str]:
    """Return what stands under the front: what it is, what it was made from, what it is not."""
    design, n_draws = found.experiment.design, len(found.experiment.draws)
    key = f"robust_{found.robust.kind}" if n_draws > 1 else "robust_default"
    robust = tell(key, lang, n=n_draws, share=f"{100 * found.robust.share:g}")
    assumed = any(lever.yuan_per_unit_year for lever in found.candidates.levers)
    return [
        tell("no_recommendation", lang),
        tell(
            "front_means", lang, robust=robust, n=found.fresh_replicates, date=date_label(found.cost_date, lang),
            assumed=tell("assumed_cost", lang) if assumed else "",
        ),
        tell(
            "searched_with", lang, trials=len(found.trials), population=found.population, search_seed=found.seed,
            n=found.experiment.replicates.least, seed=design.seed, scale=f"{design.scale:,}", version=version(),
        ),
        say("provisional", lang),
    ]  # fmt: skip
