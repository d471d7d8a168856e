"""The terms of a decision: what each thing adds to, or takes from, the gain of living in China, utility a year.

The gain is worked out again by the rule that gave it, with one thing after another switched off: no cost of moving, no
wait, no chance of permanent residence, and so on until pay in China is pay at home. Each term is the difference that
its switch makes, so the terms sum to the gain, and no formula stands here a second time. Because logs do not add up,
a term depends a little on the order of the switches, which is fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from simulation.biography.replay import Step
from simulation.names import BELIEF_APPROVAL, FIELDS, LANES, TAX_BANDS, TIERS
from simulation.plain import copy_of
from simulation.records import Now
from simulation.rules import career, coming, traits, value

CHINA, VISITS = "value.gain_of_china", "coming.gain_of_visits"
VALUED = (CHINA, VISITS)
"""Rules that give a gain."""


class World(NamedTuple):
    """What a gain follows from: who, what everybody faces, where, and the pay there, yuan a year (None: as it is)."""

    person: Any
    now: Now
    region: int
    pay_cny: float | None


Switch: TypeAlias = Callable[[World], World]


def _behaviour(**values: Any) -> Switch:
    return lambda world: world._replace(now=world.now._replace(behaviour=world.now.behaviour._replace(**values)))


def _here(table: str, **values: Any) -> Switch:
    """Return a switch that changes a table of ``Now`` in the region looked at."""

    def switch(world: World) -> World:
        return world._replace(now=_changed(world.now, table, world.region, values))

    return switch


def _changed(now: Now, table: str, row: int, values: dict[str, Any]) -> Now:
    rows = getattr(now, table)
    changed: dict[str, Any] = {table: (*rows[:row], rows[row]._replace(**values), *rows[row + 1 :])}
    return now._replace(**changed)


def _person(**values: Any) -> Switch:
    def switch(world: World) -> World:
        person = copy_of(world.person)
        for name, number in values.items():
            setattr(person, name, number)
        return world._replace(person=person)

    return switch


def _no_distance(world: World) -> World:
    return world._replace(now=_changed(world.now, "origins", int(world.person.origin), {"distance": 0.0}))


def _no_doubt(world: World) -> World:
    """Let the person's community expect that what meets the criteria is approved."""
    row = int(traits.community(world.person))
    belief = list(world.now.communities[row].belief)
    belief[BELIEF_APPROVAL] = 1.0
    return world._replace(now=_changed(world.now, "communities", row, {"belief": tuple(belief)}))


def without_rivals(now: Now) -> Now:
    """Return facts under which no third country is worth going to."""
    return now._replace(rivals=tuple(rival._replace(pay=-1000.0) for rival in now.rivals))


def _pay_as_at_home(world: World) -> World:
    """Let pay in China be pay at home, untaxed, with nowhere else to go: the two places are then worth the same."""
    now = _changed(without_rivals(world.now), "origins", int(world.person.origin), {"home_tax": 0.0})
    now = now._replace(behaviour=now.behaviour._replace(category_a_pay=0.0, visit_share=0.0))
    return world._replace(now=now, pay_cny=career.home_salary(world.person, now))


SWITCHES: tuple[tuple[str, tuple[Switch, ...]], ...] = (
    ("moving", (_behaviour(move_cost=0.0), _no_distance)),
    ("wait", (_here("public", entry_days=(0.0,) * len(LANES)),)),
    ("doubt", (_here("policy", refusal_prob=0.0), _no_doubt)),
    ("residence", (_behaviour(residence_take_up=0.0), _here("policy", automatic_invitation=0.0))),
    ("risk", (_behaviour(job_loss_rate=0.0),)),
    ("filing", (_here("public", filing_hours=(0.0,) * len(LANES)),)),
    ("services", (_behaviour(psych_multiplier=0.0),)),
    ("lab", (_behaviour(lab_language_hours=0.0), _here("policy", administrative_hours=0.0))),
    ("career", (_behaviour(career_gain=(0.0,) * len(FIELDS), research_weight=0.0),)),
    ("settling", (_behaviour(settle_gain=0.0),)),
    ("contacts", (_behaviour(contact_gain=0.0),)),
    ("parents", (_behaviour(parent_care_cost=0.0),)),
    ("taste", (_person(theta=0.0, taste=0.0),)),
    ("separation", (_behaviour(separation_cost=0.0),)),
    (
        "children",
        (_behaviour(children_weight=0.0, public_school_cost=0.0), _here("policy", school_fee=(0.0,) * len(TIERS))),
    ),
    ("spouse", (_behaviour(spouse_idle_cost=0.0), _person(spouse_pay_share=0.0))),
    ("rent", (_here("places", rent_cny=0.0),)),
    ("pension", (_behaviour(pension_accrual=0.0, refund_value_share=0.0),)),
    ("insurance", (_here("policy", insurance_enforced_share=0.0),)),
    ("tax", (_here("policy", band_rate=(0.0,) * len(TAX_BANDS)),)),
    ("travel", (_behaviour(visit_cost=0.0),)),
    ("pay", (_pay_as_at_home,)),
)
"""Terms in the order in which they are switched off; a new one goes before ``pay``."""
OTHER = "other"
"""What is left when everything named is switched off."""
NAMES = (*(name for name, _ in SWITCHES), OTHER)


def terms(step: Step) -> dict[str, float]:
    """Return the terms of a gain, utility a year, by name in the order of ``NAMES``; they sum to the gain.

    Parameters
    ----------
    step
        A call of one of ``VALUED``.
    """
    world = World(step.before, step.given["now"], int(step.given["region"]), None)
    gain, found = gain_in(world, step), {}
    for name, switches in SWITCHES:
        for switch in switches:
            world = switch(world)
        left = gain_in(world, step)
        found[name], gain = gain - left, left
    return {**found, OTHER: gain}


def gain_in(world: World, step: Step) -> float:
    """Return what a call would have returned in another world."""
    person, now, region = world.person, world.now, world.region
    away = value.utility_away(person, now)
    given = {**step.given, "now": now, "away": away}
    if step.rule == VISITS:
        return float(coming.gain_of_visits(person, **given))
    pay_cny = step.given["held"].pay_cny if world.pay_cny is None else world.pay_cny
    given["held"] = value.offer(person, now, region, int(step.given["status"]), pay_cny)
    return float(value.gain_of_china(person, **given))


def is_home_best(step: Step) -> bool:
    """Return whether home is the best place outside China in a call, rather than a third country."""
    person, now = step.before, step.given["now"]
    return bool(value.utility_away(person, without_rivals(now)) == value.utility_away(person, now))
