"""What the rules of permanent residence tell: the file and its route, the register, the grant, the refusal."""

from __future__ import annotations

from typing import Any

from simulation.biography.event import Call, Told
from simulation.biography.replay import Step
from simulation.names import FILE_IN_POOL
from simulation.rules import traits

ROUTE_PATHS = {
    "post": "permanent_residence.employment_route.years",
    "salary": "permanent_residence.salary_route.pay_multiple",
    "marriage": "permanent_residence.kin_route.years",
    "contribution": "permanent_residence.talent_route.open_share",
    "investment": "permanent_residence.investment_route.years",
    "descent": "permanent_residence.heritage_route.doctorate_years",
    "degree": "permanent_residence.degree_route.years",
    "key_field": "permanent_residence.key_field_route.pay_multiple",
    "long_stay": "permanent_residence.long_stay_route.years",
    "points": "permanent_residence.points_route.pass_mark",
}
"""The lever of each route, by the ending of the rule that opens it."""
AVAILABLE = {
    "salary": "permanent_residence.salary_route.available",
    "descent": "permanent_residence.heritage_route.available",
    "degree": "permanent_residence.degree_route.available",
    "key_field": "permanent_residence.key_field_route.available",
    "long_stay": "permanent_residence.long_stay_route.available",
    "points": "permanent_residence.points_route.available",
}
"""The lever that says whether there is a route at all, for those that can be switched."""


def filed(call: Call) -> Told:
    """Tell a file handed in, and the route that it rests on."""
    route = "points" if int(call.given["points"]) > 0 else _shortest(call.caller)
    facts = {**_so_far(call), "points": int(call.after.pr_points)}
    paths = tuple(table[route] for table in (ROUTE_PATHS, AVAILABLE) if route in table)
    return call.event("residence-filed", route, facts=facts, paths=paths)


def _shortest(file: Step | None) -> str:
    """Return the route that asks for the fewest years, by the answers of the rules; the first of equals."""
    rules = [f"permanent_residence.by_{name}" for name in ROUTE_PATHS]
    asked = list(file.calls(*rules)) if file else []
    if not asked:
        return ""
    return min(asked, key=lambda step: float(step.result)).rule.partition(".by_")[2]


def _so_far(call: Call) -> dict[str, Any]:
    """Return how long a person has been here, and when the file takes its next step."""
    return {"months": traits.stay_months(call.after, call.month.now.month), "until": int(call.after.pr_month)}


def registered(call: Call) -> Told:
    """Tell that a person registers for the draws; bringing the points up to date is no news."""
    if int(call.before.pr_stage) == FILE_IN_POOL or int(call.after.pr_stage) != FILE_IN_POOL:
        return None
    facts = {**_so_far(call), "points": int(call.after.pr_points)}
    return call.event("residence-registered", facts=facts, paths=("permanent_residence.points_route.quota_per_year",))


def refused(call: Call) -> Told:
    """Tell a refusal; in most months the line only moves on."""
    if int(call.step.result) == 0:
        return None
    paths = ("permanent_residence.approval_share",)
    return call.event("residence-refused", facts=_share(call), paths=paths)


def granted(call: Call) -> Told:
    """Tell a grant: by points where they reach the mark or are drawn, else by decision."""
    if int(call.month.before.pr_points) > 0:
        return call.event("residence-granted", "points", paths=(ROUTE_PATHS["points"],))
    return call.event("residence-granted", facts=_share(call), paths=("permanent_residence.approval_share",))


def _share(call: Call) -> dict[str, Any]:
    return {"share": float(call.month.now.public[int(call.before.region)].resident_share)}
