"""From one region of China to another: where a person hears of, whether it is worth it, what a move takes along.

People hear of one other region at a time, in proportion to its posts, and need a post there. Without recognition
between regions the new office decides the category afresh; with it, the category is kept and no case runs.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    FILE_IN_LINE,
    FILE_UNDER_REVIEW,
    NO_CATEGORY,
    NO_TICKET,
    ON_A,
    ON_C,
    ON_PR,
    REGIONS,
    SEEKING,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import attention, career, coming, filing, household, residence_credit, tally, traits, value

N_REGIONS = len(REGIONS)
NOWHERE = -1
"""In place of a region: the person hears of none but their own."""
NO_STATUS = -1
"""In place of a status: no permit can be had there."""


@rule
def region_heard_of(person: Person, now: Now) -> int:
    """Return the other region that a person hears of this month, or NOWHERE.

    Posts are given and no law moves them, so that one draw over their shares is nobody's artefact.
    """
    field = int(person.field)
    total = 0.0
    for region in range(N_REGIONS):
        total += now.places[region].posts[field]
    reached = total * draws.uniform(now.seed, int(person.id), now.month, draws.MOVE_CANDIDATE)
    for region in range(N_REGIONS):
        reached -= now.places[region].posts[field]
        if reached < 0.0:
            return region if region != int(person.region) else NOWHERE
    return NOWHERE


@rule
def finds_post(person: Person, now: Now, region: int, chance: float) -> int:
    """Return 1 if a post in a region is open to the person this month, a chance for those whom all employers want."""
    share = chance * now.public[region].match_share[int(person.field)]
    return 1 if draws.bernoulli(share, now.seed, int(person.id), now.month, draws.MOVE_POST) else 0


@rule
def keeps_category(person: Person, now: Now, region: int) -> int:
    """Return 1 if a region would take over the category that another gave; only a work permit gives one."""
    if int(person.category) == NO_CATEGORY or int(person.resident_month) == NEVER:
        return 0
    return 1 if now.policy[region].mutual_recognition == 1.0 else 0


@rule
def status_there(person: Person, now: Now, region: int) -> int:
    """Return the status that a person may expect in another region, or NO_STATUS.

    It is their own if residents or recognised, or what the letter of the law gives.
    """
    if int(person.status) == ON_PR:
        return ON_PR
    category = int(person.category)
    if keeps_category(person, now, region) == 0:
        category = coming.expected_category(person, now, region, career.salary(person, now, region))
    return NO_STATUS if category == NO_CATEGORY else value.status_of(category)


@rule
def gain_there(person: Person, now: Now, region: int, status: int, family_mode: int, away: float) -> float:
    """Return the gain of living in another region over living abroad, utility a year, all moves paid for."""
    held = value.offer(person, now, region, status, career.salary(person, now, region))
    gain = value.gain_of_china(person, now, region, status, family_mode, 0, held, away)
    gain -= household.cost_of_living(person, now, family_mode)
    return gain - value.cost_a_year(now.behaviour.internal_move_cost, now)


@rule
def may_move(person: Person, month: int) -> int:
    """Return 1 for holders of work permits and residents with no case under way and no employer who posted them."""
    status = int(person.status)
    stage = int(person.pr_stage)
    if int(person.ticket) != NO_TICKET or stage == FILE_UNDER_REVIEW or stage == FILE_IN_LINE:
        return 0
    if traits.is_posted(person, month) == 1:
        return 0
    return 1 if ON_A <= status <= ON_C or status == ON_PR else 0


@rule
def needs_case(person: Person, now: Now, region: int) -> int:
    """Return 1 if the office of another region decides the category of the permit afresh."""
    return 1 if int(person.status) != ON_PR and keeps_category(person, now, region) == 0 else 0


@rule
def better_region(
    person: Person, now: Now, counts: tally.Tally, family_mode: int, gain_here: float, away: float
) -> int:
    """Return the region to which a person in a post moves, or NOWHERE: it is worth it, and there is a post.

    Parameters
    ----------
    counts
        Counts those to whom a move is worth it among the seekers of the region.
    family_mode
        ALONE or WITH_FAMILY, there as here.
    gain_here, away
        Gain of staying where they are, and worth of life abroad, utility a year.
    """
    region = region_heard_of(person, now)
    if region == NOWHERE:
        return NOWHERE
    status = status_there(person, now, region)
    if status == NO_STATUS:
        return NOWHERE
    there = gain_there(person, now, region, status, family_mode, away)
    if there > 0.0 and needs_case(person, now, region) == 1:
        # The new office may refuse, which ends the stay.
        there = there * (1.0 - filing.wrong_refusal_prob(now.policy[region]))
    pull = attention.region_pull(person, now, region) - attention.region_pull(person, now, int(person.region))
    if there < -now.behaviour.inertia or there + pull <= gain_here:
        return NOWHERE
    counts.seekers[region, int(person.field)] += int(person.weight)
    return region if finds_post(person, now, region, 1.0) == 1 else NOWHERE


@rule
def region_with_post(person: Person, now: Now, counts: tally.Tally) -> int:
    """Return the other region in which someone without a post finds one this month, or NOWHERE.

    It is taken if living there is worth more than leaving.
    """
    region = region_heard_of(person, now)
    if region == NOWHERE:
        return NOWHERE
    counts.seekers[region, int(person.field)] += int(person.weight)
    if finds_post(person, now, region, now.behaviour.refind_prob) == 0:
        return NOWHERE
    status = status_there(person, now, region)
    if status == NO_STATUS:
        return NOWHERE
    there = gain_there(person, now, region, status, int(person.family_mode), value.utility_away(person, now))
    return region if there >= -now.behaviour.inertia else NOWHERE


@rule
def change_region(person: Person, now: Now, counts: tally.Tally, region: int) -> None:
    """Move to another region with all one has: stay, permit, months towards residence and a pension."""
    tally.count(person, counts, tally.MOVED_OUT, int(person.weight))
    residence_credit.carry_months(person, now, int(person.region), region)
    person.region = region
    tally.count(person, counts, tally.MOVED_IN, int(person.weight))
    if int(person.status) != SEEKING:
        person.salary_cny = career.salary(person, now, region)
        coming.update_contributions(person, now)
