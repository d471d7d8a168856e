"""What is told of a life: an event with its date, numbers, clauses and the decision behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from simulation.biography import terms
from simulation.biography.replay import Month, Step
from simulation.names import CATEGORY_B1, NO_CATEGORY, REGIONS
from simulation.rules import traits, work_permit

ROUTE_PATHS = {
    ("A", work_permit.BY_POINTS): "work_permit.category_a.points_min",
    ("A", work_permit.BY_PAY): "work_permit.category_a.pay_multiple",
    ("A", work_permit.BY_TALENT_PLAN): "work_permit.category_a.talent_plan",
    ("A", work_permit.BY_DOCTORATE): "work_permit.category_a.doctorate",
    ("B", work_permit.BY_POINTS): "work_permit.category_b.points_min",
    ("B", work_permit.BY_PAY): "work_permit.category_b.pay_multiple",
    ("B", work_permit.BY_EXPERIENCE): "work_permit.category_b.experience_years",
    ("B", work_permit.BY_TEACHING): "work_permit.language_teacher.experience_years",
    ("B", work_permit.BY_MASTER): "graduates.master_waiver",
    ("B", work_permit.BY_BACHELOR): "graduates.bachelor_waiver",
}
"""The lever that opened a category, by category and route."""


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    ``kind`` is a word such as ``entry``; ``variant`` tells apart ways in which it happens; ``facts`` holds numbers and
    names; ``paths`` the levers that decided; ``gain`` the call that valued the choice, if it was one; ``status`` where
    the person stands after it.
    """

    month: int
    kind: str
    status: int
    region: str
    variant: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    gain: Step | None = None


class Call(NamedTuple):
    """A call of a rule, the calls that it stands in, outermost first, and the month of it all."""

    step: Step
    above: tuple[Step, ...]
    month: Month

    @property
    def before(self) -> Any:
        """The person as the call found them."""
        return self.step.before

    @property
    def after(self) -> Any:
        """The person as the call left them."""
        return self.step.after

    @property
    def given(self) -> Mapping[str, Any]:
        """What the call was given besides the person."""
        return self.step.given

    @property
    def caller(self) -> Step | None:
        """The call that it stands in directly."""
        return self.above[-1] if self.above else None

    def outer(self) -> Call:
        """Return the call that it stands in directly, with what that one stands in."""
        return Call(self.above[-1], self.above[:-1], self.month)

    def event(self, kind: str, variant: str = "", **more: Any) -> Event:
        """Return an event that it tells, with where the person then stands."""
        person = self.step.after
        return Event(self.month.now.month, kind, int(person.status), REGIONS[int(person.region)], variant, **more)


Told: TypeAlias = Event | None


def is_here(person: Any) -> bool:
    """Return whether a person is counted in China."""
    return int(person.is_counted) == 1


def gain_of(step: Step | None) -> Step | None:
    """Return the call that valued what a step decided: the last one, or for a choice the one that won."""
    if step is None:
        return None
    calls = list(step.calls(*terms.VALUED))
    if step.rule == "coming.choose":
        region = int(step.after.region)
        calls = [call for call in calls if call.result == step.result and int(call.given["region"]) == region]
    if step.rule == "staying.review":
        # First comes staying where one is; other regions follow.
        calls = calls[:1]
    return calls[-1] if calls else None


def first(step: Step, *rules: str) -> Step | None:
    """Return the first call of some rules inside a step, if there is one."""
    return next(step.calls(*rules), None)


def refused(call: Call, kind: str) -> Event:
    """Tell why an office said no: for reasons of its own, for want of a category, or because the quota is used up."""
    step, month = call.step, call.month
    scored = first(step, "coming.decided_category")
    if scored is not None and int(scored.result) == NO_CATEGORY:
        facts: dict[str, Any] = {"age": int(traits.age_years(step.before, month.now.month)), "points": _points(scored)}
        return call.event(kind, "no-category", facts=facts, paths=("work_permit.category_b.age_max",))
    office = first(step, "coming.is_refused")
    if office is not None and office.result == 1:
        paths = ("work_permit.refusal_prob", "work_permit.interpretation_dispersion")
        return call.event(kind, "office", paths=paths)
    facts = {"share": float(month.now.public[int(step.before.region)].quota_share)}
    return call.event(kind, "quota", facts=facts, paths=("work_permit.category_c.quota",))


def _points(scored: Step) -> int:
    return int(scored.after.points)


def category(scored: Step | None) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the category an office gave, with the points, the bar and the route, and the lever that opened it."""
    if scored is None or int(scored.result) == NO_CATEGORY:
        return "", {}, ()
    facts: dict[str, Any] = {"points": _points(scored)}
    for rule, name in (("work_permit.route_to_a", "A"), ("work_permit.route_to_b", "B")):
        call = first(scored, rule)
        if call is not None and int(call.result) != work_permit.BY_NONE:
            route = int(call.result)
            facts |= {"category": name, "route": work_permit.ROUTES[route], "read": float(call.given["points"])}
            facts |= _bars(call, name, route)
            paths = (ROUTE_PATHS[name, route], *_modifiers(call, route))
            if int(scored.result) == CATEGORY_B1:
                return "B1", facts | {"category": "B1"}, (*paths, "work_permit.category_b1.points_min")
            return name, facts, paths
    facts |= {"category": "C", "route": work_permit.ROUTES[work_permit.BY_REMAINDER]}
    below = first(scored, "work_permit.route_to_b")
    return (
        "C",
        facts | (_bars(below, "B", work_permit.BY_POINTS) if below else {}),
        ("work_permit.category_b.points_min",),
    )


def _modifiers(call: Step, route: int) -> tuple[str, ...]:
    """Return the levers that move the bar of a route away from what the national clause says."""
    policy = call.given["policy"]
    if route == work_permit.BY_POINTS and policy.local_supplement != 0.0:
        return ("work_permit.local_supplement",)
    if route == work_permit.BY_PAY and policy.pay_route_enforced_share != 1.0:
        return ("work_permit.pay_route.enforced_share",)
    return ()


def _bars(call: Step, name: str, route: int) -> dict[str, Any]:
    """Return the bar that was reached, where the route has one in points or pay."""
    policy, place = call.given["policy"], call.given["place"]
    if route == work_permit.BY_POINTS:
        national = policy.category_a_points_min if name == "A" else policy.category_b_points_min
        return {"bar": float(work_permit.local_bar(national, policy))}
    if route == work_permit.BY_PAY:
        multiple = policy.category_a_pay_multiple if name == "A" else policy.category_b_pay_multiple
        bar = float(work_permit.pay_bar(multiple, place, policy))
        return {"bar": bar, "salary": float(call.given["salary_cny"])}
    return {}
