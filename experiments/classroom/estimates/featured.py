"""The levers that estimates know: those whose effect can be told, in the article's four families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from experiments.design import DesignError

FAMILIES: Mapping[str, Mapping[str, tuple[float, float] | None]] = {
    "legal": {
        "work_permit.category_a.points_min": None,
        "work_permit.category_a.pay_multiple": None,
        "work_permit.category_b.permit_months": None,
        "work_permit.category_b.age_max": None,
        "work_permit.refusal_prob": None,
        "work_permit.appeal_success_share": None,
        "work_permit.interpretation_dispersion": None,
        "visas.r_visa.category_b": None,
        "permanent_residence.points_route.available": None,
        "permanent_residence.decisions_per_year": (500, 12_000),
    },
    "management": {
        "administration.one_visit_hours_share": None,
        "administration.service_days.notice": (0, 15),
        "administration.service_days.residence": (0, 15),
        "administration.documents.residence": (0, 10),
        "administration.misrouting_prob": None,
    },
    "services": {
        "social_insurance.refund_pool_share": None,
        "social_insurance.short_term.available": None,
        "social_insurance.totalisation": None,
        "social_insurance.proportional_pension": None,
        "family.permit_spouse_may_work.category_b": None,
    },
    "environment": {
        "services.passport.government": None,
        "services.language_hours": None,
        "services.mentoring_share": None,
        "research.administrative_hours": None,
    },
}
"""Levers by family, with the range that is simulated: the plausible one, or a narrower one that a quadratic can follow.

Each has one value in the whole nation today, as an estimate counts from there. They were picked out of all such levers by
what they do alone at both ends. Left out are desks and time limits, where a queue jams or a rule first binds: a cliff.
"""
ALONE: Mapping[str, Mapping[str, tuple[float, float] | None]] = {
    "legal": {
        "work_permit.category_b.points_min": None,
        "permanent_residence.employment_route.years": None,
    },
    "management": {"administration.priority_lane_share": None},
    "services": {"graduates.job_seek_months": None, "family.public_enrolment_share": None},
    "environment": {
        "communication.official_reach": None,
        "visas.port_visa_share": None,
        "research.grant_cny": None,
    },
}
"""Further levers that the page features, which do little: simulated at both ends, taken to act by themselves."""


@dataclass(frozen=True)
class Featured:
    """A lever between its bounds: ``low`` and ``high`` in its unit, with the value that holds today.

    ``is_alone`` says that it has no interactions: see :data:`ALONE`.
    """

    path: str
    low: float
    today: float
    high: float
    is_whole: bool
    is_switch: bool
    family: str = ""
    is_alone: bool = False

    @property
    def reach(self) -> float:
        """Distance from today to the farther bound: the unit in which a move is counted."""
        return max(self.high - self.today, self.today - self.low)

    def at(self, share: float) -> float:
        """Return the value at a share of the range, 0 to 1, as a person would set it: three digits, whole where it must be."""
        if self.is_switch:
            return self.high if share >= 0.5 else self.low
        value = self.low + share * (self.high - self.low)
        step = 1.0 if self.is_whole or self.high - self.low >= 10 else 10.0 ** -(2 if self.high - self.low <= 1 else 1)
        return min(self.high, max(self.low, round(round(value / step) * step, 6)))


@cache
def featured_levers() -> tuple[Featured, ...]:
    """Return the levers in the order of their families, those that are taken alone behind all others.

    Raises
    ------
    DesignError
        If one has more than one value today.
    """
    return tuple(
        _featured(path, own, family, is_alone=is_alone)
        for is_alone, families in ((False, FAMILIES), (True, ALONE))
        for family, levers in families.items()
        for path, own in levers.items()
    )


def _featured(path: str, own: tuple[float, float] | None, family: str, *, is_alone: bool) -> Featured:
    from experiments.classroom.estimates.points import START
    from scenarios import levers, load
    from simulation.records import month_index

    lever = levers()[path]
    column = load("baseline").column(path)[month_index(START) :]
    today = float(column.flat[0])
    if (column != today).any():
        raise DesignError(f"{path} has more than one value from {START} on: an estimate cannot count from there")
    low, high = own or lever.plausible
    return Featured(
        path=path,
        low=min(low, today),
        today=today,
        high=max(high, today),
        is_whole=lever.is_whole,
        is_switch=lever.unit == "switch",
        family=family,
        is_alone=is_alone,
    )
