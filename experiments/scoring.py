"""Work permit points of one person, block by block, by the same rules that the model runs."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from experiments.design import LAST_UNTIL
from simulation.names import (
    CATEGORY_A,
    CATEGORY_B,
    CATEGORY_B1,
    CATEGORY_C,
    EDUCATIONS,
    FIELDS,
    MODES,
    NO_CATEGORY,
    REGIONS,
)
from simulation.plain import plain_record
from simulation.records import month_index
from simulation.rules import work_permit

SCHEMA = "talentflow.score/1"
CATEGORIES = {NO_CATEGORY: "none", CATEGORY_A: "A", CATEGORY_B1: "B1", CATEGORY_B: "B", CATEGORY_C: "C"}
_MARK_UNKNOWN = 0.0


@dataclass(frozen=True)
class Score:
    """Points of one person under one law in one month.

    ``blocks`` holds the nine blocks of the table. ``route`` is the rule that opened the category. ``next_category`` is
    the next better one that points alone could open, ``to_next`` the points that miss for it, at least 0.
    """

    scenario: str
    at: str
    blocks: dict[str, float]
    points: float
    category: str
    route: str
    next_category: str | None
    to_next: float

    def to_dict(self) -> dict[str, Any]:
        """Return the score as plain values; whole points as integers."""
        return {
            "scenario": self.scenario,
            "at": self.at,
            "blocks": {name: _whole(points) for name, points in self.blocks.items()},
            "points": _whole(self.points),
            "category": self.category,
            "route": self.route,
            "next": self.next_category,
            "to_next": _whole(self.to_next),
        }


def score(person: Any, scenario: Any, at: str) -> Score:
    """Score a person under a scenario's law.

    Parameters
    ----------
    person
        What a person file holds: any object with the attributes of ``scenarios.schema.PersonForm``.
    scenario
        The law, a ``scenarios.Scenario``.
    at
        Month of the application, ``YYYY-MM``.
    """
    # To the end of the horizon: a reform of later years is a law too, which does not act yet.
    given = scenario.resolve(LAST_UNTIL)
    month, region = month_index(at), REGIONS.index(person.region)
    policy, place = plain_record(given.policy[month, region]), plain_record(given.places[month, region])
    applicant = _applicant(person, month)
    blocks = _blocks(person, applicant, place, policy, month)
    points = float(sum(blocks.values()))
    case = (applicant, points, float(person.salary_cny), place, policy, month)
    category = work_permit.category_of(*case)
    next_category, bar = _next(category, policy)
    return Score(
        scenario=scenario.id,
        at=at,
        blocks=blocks,
        points=points,
        category=CATEGORIES[category],
        route=_route(category, case),
        next_category=next_category,
        to_next=max(0.0, bar - points),
    )


def default_month(scenarios: Sequence[Any]) -> str:
    """Return the present month, or the first one in which all scenarios have begun to differ from their baselines."""
    firsts = [scenario.first_difference(LAST_UNTIL) for scenario in scenarios]
    now = dt.datetime.now(tz=dt.UTC)
    return str(max([f"{now:%Y-%m}", *(first for first in firsts if first)]))


def _applicant(person: Any, month: int) -> Any:
    """Return a person file as the rules read a person."""
    degree = month_index(person.degree_date) if person.degree_date else -math.inf
    return SimpleNamespace(
        id=1,
        birth_month=month_index(person.birth),
        work_month=month - round(12 * person.experience_years),
        education=EDUCATIONS.index(person.education),
        field=FIELDS.index(person.field),
        mode=MODES.index(person.mode),
        degree_month=-12_000 if degree == -math.inf else degree,
        mark=_MARK_UNKNOWN if person.mark is None else person.mark,
        top_university=int(person.top_university),
        fortune_500=int(person.fortune_500),
        patent=int(person.patent),
        talent_plan=int(person.talent_plan),
        former_national=int(person.former_chinese_national),
        chinese_degree=int(person.chinese_degree),
    )


def _blocks(person: Any, applicant: Any, place: Any, policy: Any, month: int) -> dict[str, float]:
    from simulation.rules import traits

    hsk, former, taught = int(person.hsk), applicant.former_national, applicant.chinese_degree
    return {
        "salary": work_permit.points_for_salary(float(person.salary_cny), policy),
        "education": work_permit.points_for_education(applicant.education, policy),
        "experience": work_permit.points_for_experience(traits.experience_years(applicant, month), policy),
        "months": work_permit.points_for_months(float(person.months_per_year), policy),
        "chinese": work_permit.points_for_chinese(hsk, former, taught, policy),
        "place": work_permit.points_for_place(place, policy),
        "age": work_permit.points_for_age(traits.age_years(applicant, month), policy),
        "extra": work_permit.points_for_extra(applicant, float(person.years_in_china), policy),
        "local": work_permit.points_for_local(policy),
    }


def _route(category: int, case: tuple[Any, float, float, Any, Any, int]) -> str:
    if category == NO_CATEGORY:
        return work_permit.ROUTES[work_permit.BY_NONE]
    if category == CATEGORY_C:
        return work_permit.ROUTES[work_permit.BY_REMAINDER]
    find = work_permit.route_to_a if category == CATEGORY_A else work_permit.route_to_b
    return work_permit.ROUTES[find(*case)]


def _next(category: int, policy: Any) -> tuple[str | None, float]:
    """Return the better category whose bar of points is nearest, and its bar."""
    bars = {
        CATEGORY_A: work_permit.local_bar(policy.category_a_points_min, policy),
        CATEGORY_B1: policy.category_b1_points_min,
        CATEGORY_B: work_permit.local_bar(policy.category_b_points_min, policy),
    }
    worst_first = (NO_CATEGORY, CATEGORY_C, CATEGORY_B, CATEGORY_B1, CATEGORY_A)
    better = [name for name in worst_first[worst_first.index(category) + 1 :] if name in bars]
    if not better:
        return None, 0.0
    # A bar may stand above that of a better category: today's law holds nobody in B1.
    nearest = min(better, key=lambda name: bars[name])
    return CATEGORIES[nearest], bars[nearest]


def _whole(points: float) -> float | int:
    return int(points) if float(points).is_integer() else points
