"""What a month's events add up to: whole numbers of people, by group, from which shared facts and outcomes come."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulation.compiled import rule
from simulation.names import ALONE, CATEGORY_A, CATEGORY_C, ON_A, ON_B, ON_C, ON_K, ON_PR, ON_R, RETIRED
from simulation.records import Person
from simulation.rules import traits

EVENTS = (
    "inflow", "outflow", "applications", "permits_issued", "refusals", "abandoned", "sent_back", "filed",
    "pr_applications", "pr_granted", "pension_qualifiers", "points", "arrivals", "searches", "belief_gap",
    "joined", "separated", "moved_in", "moved_out",
    "exits", "refunds", "skill_in", "skill_out", "points_in", "points_out", "waited", "days_waited",
    "pr_decided", "pr_won",
)  # fmt: skip
(
    INFLOW, OUTFLOW, APPLICATIONS, PERMITS_ISSUED, REFUSALS, ABANDONED, SENT_BACK, FILED,
    PR_APPLICATIONS, PR_GRANTED, PENSION_QUALIFIERS, POINTS, ARRIVALS, SEARCHES, BELIEF_GAP,
    JOINED, SEPARATED, MOVED_IN, MOVED_OUT,
    EXITS, REFUNDS, SKILL_IN, SKILL_OUT, POINTS_IN, POINTS_OUT, WAITED, DAYS_WAITED,
    PR_DECIDED, PR_WON,
) = range(29)  # fmt: skip
LEVELS = ("stock", "couples", "families", "spouses_working", "tax", "insurance", "hours_lost", "pupils", "insured")
STOCK, COUPLES, FAMILIES, SPOUSES_WORKING, TAX, INSURANCE, HOURS_LOST, PUPILS, INSURED = range(9)

CATEGORY_GROUPS = ("A", "B", "C", "R", "K", "seeking", "PR", "retired")
RESIDENTS = 6
"""Index of permanent residents in CATEGORY_GROUPS."""
FIRST_CATEGORY, FIRST_REGION, FIRST_ORIGIN, FIRST_FIELD, FIRST_AGE, FIRST_MODE, FIRST_SEX = 1, 9, 19, 31, 39, 43, 48
N_GROUPS = 50
"""Where each family of groups starts; group 0 is everybody."""

LOAD_ENTRY, LOAD_RENEWAL, LOAD_PR = range(3)
N_DAY_BINS = 120
DAYS_PER_BIN = 5
"""Waiting times are counted in bins of 5 days to 600 days."""
N_RESIDENCE_POINTS = 200
RESIDENCE_WAITING, RESIDENCE_DECIDED, RESIDENCE_DRAWN, FIRST_RESIDENCE_POINTS = range(4)
"""Counts of files of permanent residence; the people registered for draws follow, by points."""
THOUSAND = 1000
"""Quantities that are not whole are counted in thousandths."""


class Tally(NamedTuple):
    """Whole-number counts of people in one month, to be summed over blocks in any order."""

    events: Any  # (EVENTS, groups)
    levels: Any  # (LEVELS, groups), change this month
    days: Any  # (lanes, bins) of first permits decided
    cohorts: Any  # (months, groups): exits this month, by month and group of entry
    filed: Any  # (regions, 3): first applications, renewals, permanent residence
    seekers: Any  # (regions, fields): people looking for a post
    employed: Any  # (regions, fields): change in posts filled
    school: Any  # (regions, tiers): children who want a place
    quota: Any  # (1,): Category C cases
    community: Any  # (communities,): change in the stock
    returned: Any  # (communities,): exits
    lived: Any  # (communities, beliefs, 2): what cases met and what the letter promised them, thousandths
    residence: Any  # (3 + points,): change in files that wait, files decided, drawn, change in the register by points


@rule
def category_group(status: int, category: int) -> int:
    """Return the group, 0 to 7, of a person by status; people abroad are grouped by the category they apply for."""
    if status == ON_A:
        return 0
    if status == ON_B:
        return 1
    if status == ON_C:
        return 2
    if status == ON_R:
        return 3
    if status == ON_K:
        return 4
    if status == ON_PR:
        return RESIDENTS
    if status == RETIRED:
        return 7
    if status > ON_PR or status < ON_A:
        if category == CATEGORY_A:
            return 0
        return 2 if category == CATEGORY_C else 1
    return 5


@rule
def standing(person: Person) -> int:
    """Return where a counted person stands, packed in one number, or -1 for people not in the stock."""
    if int(person.is_counted) == 0:
        return -1
    code = category_group(int(person.status), int(person.category))
    code = code * 10 + int(person.region)
    code = code * 4 + int(person.age_band)
    code = code * 2 + int(person.couple)
    code = code * 2 + (0 if int(person.family_mode) == ALONE else 1)
    code = code * 2 + int(person.spouse_works)
    has_post = int(person.status) <= ON_C or int(person.status) == ON_PR
    return code * 2 + (1 if has_post else 0)


@rule
def add_to_groups(row: Any, person: Person, category: int, region: int, age: int, amount: int) -> None:
    """Add an amount to each group that a person belongs to."""
    row[0] += amount
    row[FIRST_CATEGORY + category] += amount
    row[FIRST_REGION + region] += amount
    row[FIRST_ORIGIN + int(person.origin)] += amount
    row[FIRST_FIELD + int(person.field)] += amount
    row[FIRST_AGE + age] += amount
    row[FIRST_MODE + int(person.mode)] += amount
    row[FIRST_SEX + int(person.sex)] += amount


@rule
def count(person: Person, tally: Tally, event: int, amount: int) -> None:
    """Count an event of a person in each of their groups; ``amount`` is people, or people times a quantity."""
    category = category_group(int(person.status), int(person.category))
    add_to_groups(tally.events[event], person, category, int(person.region), int(person.age_band), amount)


@rule
def add_standing(person: Person, tally: Tally, code: int, amount: int) -> None:
    """Add people to, or with a negative amount take them from, the levels of a packed standing."""
    employed = code % 2
    spouse_works = (code // 2) % 2
    with_family = (code // 4) % 2
    couple = (code // 8) % 2
    age = age_of(code)
    region = region_of(code)
    category = category_of(code)
    add_to_groups(tally.levels[STOCK], person, category, region, age, amount)
    if couple == 1:
        add_to_groups(tally.levels[COUPLES], person, category, region, age, amount)
        if with_family == 1:
            add_to_groups(tally.levels[FAMILIES], person, category, region, age, amount)
            if spouse_works == 1:
                add_to_groups(tally.levels[SPOUSES_WORKING], person, category, region, age, amount)
    if employed == 1:
        tally.employed[region, int(person.field)] += amount
    tally.community[traits.community(person)] += amount


@rule
def add_flow(person: Person, tally: Tally, event: int, code: int, other: int) -> None:
    """Count an entry to, or exit from, the groups of one standing that the other standing does not share.

    Within a group the stock also moves by changes of category, region and age, so each counts as in and out.
    """
    weight = int(person.weight)
    row = tally.events[event]
    if other < 0:
        row[0] += weight
        row[FIRST_ORIGIN + int(person.origin)] += weight
        row[FIRST_FIELD + int(person.field)] += weight
        row[FIRST_MODE + int(person.mode)] += weight
        row[FIRST_SEX + int(person.sex)] += weight
    if other < 0 or category_of(code) != category_of(other):
        row[FIRST_CATEGORY + category_of(code)] += weight
    if other < 0 or region_of(code) != region_of(other):
        row[FIRST_REGION + region_of(code)] += weight
    if other < 0 or age_of(code) != age_of(other):
        row[FIRST_AGE + age_of(code)] += weight


@rule
def count_move(person: Person, tally: Tally, before: int, after: int) -> None:
    """Record that a person's standing went from one packed value to another in this month."""
    if before == after:
        return
    weight = int(person.weight)
    if before >= 0:
        add_standing(person, tally, before, -weight)
        add_flow(person, tally, OUTFLOW, before, after)
    if after >= 0:
        add_standing(person, tally, after, weight)
        add_flow(person, tally, INFLOW, after, before)


@rule
def count_days(tally: Tally, lane: int, days: float, weight: int) -> None:
    """Count the days that a first permit took in the histogram of its lane."""
    place = int(days / DAYS_PER_BIN)
    if place >= N_DAY_BINS:
        place = N_DAY_BINS - 1
    tally.days[lane, place] += weight


@rule
def count_lived(person: Person, tally: Tally, belief: int, met: float) -> None:
    """Count what a case met, relative to what the letter promised, as its community's experience."""
    row = tally.lived[traits.community(person), belief]
    row[0] += int(met * THOUSAND) * int(person.weight)
    row[1] += THOUSAND * int(person.weight)


@rule
def count_exit(person: Person, tally: Tally) -> None:
    """Count an exit from China, which carries news of it to the community of origin."""
    tally.returned[traits.community(person)] += int(person.weight)
    count(person, tally, EXITS, int(person.weight))


@rule
def category_of(code: int) -> int:
    """Return the category group of a packed standing."""
    return code // 640


@rule
def region_of(code: int) -> int:
    """Return the region of a packed standing."""
    return (code // 64) % 10


@rule
def age_of(code: int) -> int:
    """Return the age band of a packed standing."""
    return (code // 16) % 4


@rule
def count_at(person: Person, tally: Tally, event: int, code: int, amount: int) -> None:
    """Count an event in the groups of a packed standing."""
    add_to_groups(tally.events[event], person, category_of(code), region_of(code), age_of(code), amount)
