"""The signs of policy effects that studies elsewhere found, read off paired runs of one seed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.design import Design
from experiments.replicate import start
from experiments.runner import Report
from scenarios import with_changes
from simulation.records import month_index, month_text

REFORM, COUNTED_FROM = "2020-01", month_index("2025-01")
"""Laws part in 2020; arrivals are counted from 2025, when the border has been open for two years."""
NO_POINTS: dict[str, float] = {"work_permit.category_a.points_min": 120, "work_permit.category_b.points_min": 120}
NO_JOB_ROUTES: dict[str, float] = {
    "work_permit.category_a.pay_multiple": 20,
    "work_permit.category_b.pay_multiple": 20,
    "work_permit.category_b.experience_years": 50,
    "work_permit.language_teacher.experience_years": 50,
    "work_permit.category_a.doctorate": 0,
}
OPEN_RESIDENCE: dict[str, float] = {
    "permanent_residence.employment_route.open_share": 0.5,
    "permanent_residence.decisions_per_year": 1_000_000,
}
RESIDENCE_FOR_ALL: dict[str, float] = {
    "permanent_residence.employment_route.open_share": 1,
    "permanent_residence.decisions_per_year": 1_000_000,
}


def signs(scenario: Any, design: Design, seed: int, report: Report) -> dict[str, float]:
    """Run one seed under today's law and others, and return the effects by pattern."""
    trunk = start(scenario.resolve(design.until), design, seed)
    while month_text(trunk.month) < REFORM:
        trunk.step()
    laws: dict[str, dict[str, float]] = {
        "today": {},
        "no points": NO_POINTS,
        "no job routes": NO_JOB_ROUTES,
        "neither": NO_POINTS | NO_JOB_ROUTES,
        "residence": OPEN_RESIDENCE,
        "treaties": _exempt(60),
        "no treaties": _exempt(0),
        "five years": RESIDENCE_FOR_ALL | {"permanent_residence.employment_route.years": 5},
        "four years": RESIDENCE_FOR_ALL | {"permanent_residence.employment_route.years": 4},
    }
    seen = {}
    for number, (name, levers) in enumerate(laws.items()):
        seen[name] = _arrivals(trunk.branch(_under(scenario, levers)))
        report(0.3 + 0.7 * (number + 1) / len(laws))
    points = _effect(seen["no job routes"], seen["neither"])
    jobs = _effect(seen["no points"], seen["neither"])
    residence = _effect(seen["residence"], seen["today"])
    treaties = _effect(seen["treaties"], seen["no treaties"])
    return {
        "points-number": points[0],
        "points-skill": points[1],
        "job-offer-number": points[0] - jobs[0],
        "job-offer-skill": points[1] - jobs[1],
        "residence-number": residence[0],
        "residence-skill": residence[1],
        "treaties-number": treaties[0],
        "treaties-skill": treaties[1],
        "residence-wait": seen["four years"][2] - seen["five years"][2],
    }


def _exempt(months: float) -> dict[str, float]:
    return {"treaties.posted_exemption_months": months}


def _under(scenario: Any, levers: dict[str, float]) -> Any:
    """Return the scenario with levers set from the reform on, leaving out those that have the value already."""
    at = month_index(REFORM)
    lines = [
        {"path": path, "from": REFORM, "set": value}
        for path, value in levers.items()
        if (scenario.column(path)[at:] != value).any()
    ]
    return with_changes(scenario, lines) if lines else scenario


def _arrivals(model: Any) -> tuple[float, float, float]:
    """Return arrivals a year, their mean skill as log pay, and the share of entries that stay five years."""
    pay_of_degree = model.given.behaviour["education_pay"][0]
    skills: list[Any] = []
    while model.month <= model.given.until:
        model.step()
        month = model.month - 1
        if month >= COUNTED_FROM and month % 12 == 11:
            people = model.people.persons
            new = people[(people["is_counted"] == 1) & (people["entry_month"] > month - 12)]
            skills.append(new["skill"] + pay_of_degree[new["education"]])
    last = model.month - 1
    months = last - COUNTED_FROM + 1
    skill = np.concatenate(skills)
    return (
        model.outcomes.value("arrivals", "all", last, months=months) * 12 / months,
        float(skill.mean()) if skill.size else math.nan,
        model.outcomes.value("stay_5y", "all", last, months=36),
    )


def _effect(with_it: tuple[float, ...], without: tuple[float, ...]) -> tuple[float, float]:
    ratio = math.log(with_it[0] / without[0]) if with_it[0] > 0.0 and without[0] > 0.0 else math.nan
    return ratio, with_it[1] - without[1]
