"""A household together or apart: when a family joins the one who came first, and when it goes back."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import ALONE, NO_SCHOOL, ON_A, ON_C, ON_PR, RETIRED, WITH_FAMILY
from simulation.records import NEVER, Now, Person
from simulation.rules import family, tally, traits, value

SETTLED_MONTHS = 12
"""Months after which those who came alone think again of bringing the family (assumption)."""


@rule
def cost_of_change(person: Person, now: Now) -> float:
    """Return the cost of joining later or going back, utility a year over the years that people look ahead."""
    return value.cost_a_year(now.behaviour.family_move_share * value.move_cost(person, now), now)


@rule
def best_mode(person: Person, now: Now, region: int, status: int, held: value.Offer) -> int:
    """Return the family mode worth most to a household in China, a change of mode costing the family a move.

    Ties leave the family where it is. A Chinese spouse lives here in any case.
    """
    if int(person.couple) == 0:
        return ALONE
    if int(person.chinese_spouse) == 1:
        return WITH_FAMILY
    better = value.gain_of_togetherness(person, now, region, status, held)
    cost = cost_of_change(person, now)
    if int(person.family_mode) == ALONE:
        return WITH_FAMILY if better > cost else ALONE
    return ALONE if better < -cost else WITH_FAMILY


@rule
def cost_of_living(person: Person, now: Now, mode: int) -> float:
    """Return what it costs to live in a family mode from now on, utility a year: nothing if they do already."""
    return 0.0 if int(person.family_mode) == mode else cost_of_change(person, now)


@rule
def change_mode(person: Person, now: Now, counts: tally.Tally, mode: int) -> None:
    """Let the family join or go back, if the mode is another than now."""
    if int(person.family_mode) != mode:
        person.family_mode = mode
        if mode == WITH_FAMILY:
            person.family_month = now.month
            tally.count(person, counts, tally.JOINED, int(person.weight))
        else:
            person.family_month = NEVER
            person.tier = NO_SCHOOL
            tally.count(person, counts, tally.SEPARATED, int(person.weight))
    family.update_spouse(person, now)


@rule
def has_moment(person: Person, now: Now) -> int:
    """Return 1 in a month in which a household with a lead in China thinks again of living together or apart.

    The spouse's right to work came or went; or they live apart and the school year begins, or the lead has settled.
    """
    if int(person.couple) == 0 or int(person.chinese_spouse) == 1:
        return 0
    if family.right_to_work(person, now) != int(person.spouse_right):
        return 1
    if int(person.family_mode) == WITH_FAMILY:
        return 0
    if now.month == int(person.entry_month) + SETTLED_MONTHS:
        return 1
    return 1 if now.month % 12 == 8 and traits.n_school_children(person, now.month) > 0 else 0


@rule
def is_settled(person: Person) -> int:
    """Return 1 for those whose family may come to stay: holders of a work permit, residents, the retired."""
    status = int(person.status)
    return 1 if ON_A <= status <= ON_C or status == ON_PR or status == RETIRED else 0


@rule
def is_birth(person: Person, month: int) -> int:
    """Return 1 in the month in which a child is born."""
    for born in (int(person.child_1), int(person.child_2), int(person.child_3)):
        if born == month:
            return 1
    return 0
