"""The household: the spouse's right to work and search, school tiers and seats."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    BELIEF_SCHOOL,
    NO_SCHOOL,
    ON_PR,
    TIER_INTERNATIONAL,
    TIER_PUBLIC,
    WITH_FAMILY,
)
from simulation.records import NEVER, Now, Person, Policy
from simulation.rules import beliefs, traits, work_permit


@rule
def spouse_may_work(person: Person, status: int, policy: Policy) -> int:
    """Return 1 if the spouse may work in China: dependants of permit holders may not (B-36)."""
    if int(person.chinese_spouse) == 1:
        return 1
    if status == ON_PR:
        return 1 if policy.resident_spouse_may_work == 1.0 else 0
    return 1 if policy.permit_spouse_may_work[work_permit.lane_of(status)] == 1.0 else 0


@rule
def spouse_search_months(person: Person, now: Now) -> int:
    """Return the months that the spouse's search for work takes in this stay, at least 1: the person's own luck."""
    wait = draws.exponential(now.seed, int(person.id), int(person.stays), draws.SPOUSE_SEARCH)
    return 1 + int(wait * 12.0 / now.behaviour.spouse_search_rate)


@rule
def update_spouse(person: Person, now: Now) -> None:
    """Let the spouse start to look for work once the right exists, stop when it ends, and find work in time."""
    if int(person.couple) == 0 or int(person.family_mode) != WITH_FAMILY:
        person.spouse_works = 0
        person.spouse_from_month = NEVER
        return
    if spouse_may_work(person, int(person.status), now.policy[int(person.region)]) == 0:
        person.spouse_works = 0
        person.spouse_from_month = NEVER
        return
    if int(person.spouse_from_month) == NEVER:
        person.spouse_from_month = now.month
    if now.month >= int(person.spouse_from_month) + spouse_search_months(person, now):
        person.spouse_works = 1


@rule
def begin_stay(person: Person, now: Now) -> None:
    """Note, on arrival, since when the family lives together in China and whether the spouse may work."""
    together = int(person.family_mode) == WITH_FAMILY
    person.family_month = now.month if together else NEVER
    note_right(person, now)


@rule
def right_to_work(person: Person, now: Now) -> int:
    """Return 1 if the spouse may work, or might if they came, under the law and the status of the month."""
    if int(person.couple) == 0:
        return 0
    return spouse_may_work(person, int(person.status), now.policy[int(person.region)])


@rule
def note_right(person: Person, now: Now) -> None:
    """Note whether the spouse may work, so that a change is noticed."""
    person.spouse_right = right_to_work(person, now)


@rule
def has_seat(person: Person, now: Now, region: int, tier: int, status: int) -> int:
    """Return 1 if the family is served in a school tier, or thinks so abroad: its own draw against the share served.

    A higher share never takes a seat from a family that had one. Children of residents may enrol in public schools as
    local children do, outside the seats for foreign ones.
    """
    u = draws.uniform(now.seed, int(person.id), region, draws.SCHOOL_SEAT, tier)
    share = now.public[region].seat_share[tier] * beliefs.ratio(person, now, BELIEF_SCHOOL)
    if status == ON_PR and tier == TIER_PUBLIC and now.policy[region].card_public_enrolment_share > share:
        share = now.policy[region].card_public_enrolment_share
    return 1 if u < share else 0


@rule
def school_utility(person: Person, now: Now, tier: int) -> float:
    """Return the utility of having the children in a tier, fees apart.

    Public schools teach in Chinese, which costs foreign children most and children of Chinese descent little.
    """
    behaviour = now.behaviour
    if tier == NO_SCHOOL:
        return -behaviour.children_weight
    if tier == TIER_PUBLIC:
        cost = behaviour.public_school_cost
        return -0.3 * cost if int(person.ethnic_chinese) == 1 else -cost
    return 0.0


@rule
def school_fee(person: Person, now: Now, region: int, tier: int) -> float:
    """Return the yearly fees, yuan, of all school children in a tier; employers pay for assignees."""
    if tier == NO_SCHOOL or traits.is_posted(person, now.month) == 1:
        return 0.0
    return now.policy[region].school_fee[tier] * traits.n_school_children(person, now.month)


@rule
def best_tier(person: Person, now: Now, region: int, income_cny: float, status: int) -> int:
    """Return the tier with a seat that is worth most to the household, or NO_SCHOOL; ties go to the lower tier.

    Parameters
    ----------
    income_cny
        Household income in China before fees, yuan a year.
    status
        Status in China, which decides how the children may enrol.
    """
    if traits.n_school_children(person, now.month) == 0:
        return NO_SCHOOL
    best = NO_SCHOOL
    floor = 0.2 * income_cny
    best_value = school_utility(person, now, NO_SCHOOL) + now.behaviour.beta * draws.log(income_cny)
    for tier in range(TIER_INTERNATIONAL + 1):
        if has_seat(person, now, region, tier, status) == 1:
            left = income_cny - school_fee(person, now, region, tier)
            if left < floor:
                left = floor
            value = school_utility(person, now, tier) + now.behaviour.beta * draws.log(left)
            if value > best_value:
                best_value = value
                best = tier
    return best
