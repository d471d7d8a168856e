"""A file of permanent residence on its way: filed, reviewed, waiting for a decision, drawn, granted or refused.

The review takes six months (C1-11). The file then joins a line, from which the year's number of decisions is taken.
Under a points quota people register instead, and wait to be drawn.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    ALONE,
    BELIEF_RESIDENCE,
    FILE_IN_LINE,
    FILE_IN_POOL,
    FILE_REFUSED,
    FILE_UNDER_REVIEW,
    NO_FILE,
    NO_TICKET,
    ON_A,
    ON_C,
    ON_PR,
    ON_R,
    PR_REVIEW,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import (
    career,
    clocks,
    coming,
    family,
    filing,
    permanent_residence,
    residence_points,
    tally,
    value,
    work_permit,
)

RETRY_MONTHS = 12
"""Months after a refusal in which nobody files again (assumption)."""
RESIDENCE_ORDINALS = 2000
"""Files of residence are counted from here, so that none shares a draw with a permit."""


@rule
def would_live_here(person: Person, now: Now) -> int:
    """Return 1 for visitors on an R visa to whom life in China as a resident is worth more than the visits."""
    region = int(person.region)
    away = value.utility_away(person, now)
    held = value.offer(person, now, region, ON_PR, career.salary(person, now, region))
    gain = value.gain_of_china(person, now, region, ON_PR, ALONE, 0, held, away)
    return 1 if gain > coming.gain_of_visits(person, now, region, away) else 0


@rule
def may_file(person: Person, now: Now) -> int:
    """Return 1 for people on a permit who apply at all, have no file under way and were not refused of late."""
    status = int(person.status)
    if status < ON_A or status > ON_R or int(person.pr_stage) != NO_FILE:
        return 0
    return permanent_residence.would_apply(person, now, int(person.region))


@rule
def file(person: Person, now: Now, counts: tally.Tally) -> None:
    """Apply once a route is open, by the surest; the permit is kept meanwhile.

    A pass mark is surer than a decision, a decision surer than a rank.
    """
    if int(person.pr_stage) == FILE_IN_POOL:
        register(person, now, counts)
        return
    if may_file(person, now) == 0:
        return
    region = int(person.region)
    status = int(person.status)
    salary_cny = person.salary_cny
    points = residence_points.points_to_file(person, now, region, status, salary_cny)
    is_ranked = residence_points.is_ranked(now, region) == 1
    by_rules = permanent_residence.years_left(person, now, region, status, salary_cny) <= 0.0
    if not by_rules and points == 0:
        return
    if status == ON_R and would_live_here(person, now) == 0:
        return
    if points > 0 and not is_ranked:
        submit(person, now, counts, points)
    elif by_rules:
        submit(person, now, counts, 0)
    else:
        register(person, now, counts)


@rule
def submit(person: Person, now: Now, counts: tally.Tally, points: int) -> None:
    """Hand in a file, which rests on points or, with 0, on another route; its review begins."""
    person.residence_applications = int(person.residence_applications) + 1
    person.pr_points = points
    person.pr_stage = FILE_UNDER_REVIEW
    ordinal = RESIDENCE_ORDINALS + int(person.residence_applications)
    lane = work_permit.lane_of(int(person.status))
    days = filing.station_days(person, now, int(person.region), PR_REVIEW, lane, ordinal)
    months = filing.months_of(person, now, filing.size(days) * filing.CALENDAR_DAYS, ordinal)
    person.pr_month = clocks.later_month(now.month, months)
    counts.filed[int(person.region), tally.LOAD_PR] += int(person.weight)
    tally.count(person, counts, tally.PR_APPLICATIONS, int(person.weight))


@rule
def register(person: Person, now: Now, counts: tally.Tally) -> None:
    """Register for the draws with the points of the month, or bring a registration up to date."""
    region = int(person.region)
    is_new = int(person.pr_stage) != FILE_IN_POOL
    withdraw(person, counts)
    if residence_points.is_ranked(now, region) == 0:
        return
    points = residence_points.points_to_file(person, now, region, int(person.status), person.salary_cny)
    if points == 0:
        return
    person.pr_stage = FILE_IN_POOL
    person.pr_points = points
    person.pr_month = now.month + 1
    counts.residence[tally.FIRST_RESIDENCE_POINTS + points] += int(person.weight)
    if is_new:
        person.residence_applications = int(person.residence_applications) + 1
        counts.filed[region, tally.LOAD_PR] += int(person.weight)
        tally.count(person, counts, tally.PR_APPLICATIONS, int(person.weight))


@rule
def withdraw(person: Person, counts: tally.Tally) -> None:
    """Take a file out of the line or the register it waits in, and close it."""
    if int(person.pr_stage) == FILE_IN_LINE:
        counts.residence[tally.RESIDENCE_WAITING] -= int(person.weight)
    elif int(person.pr_stage) == FILE_IN_POOL:
        counts.residence[tally.FIRST_RESIDENCE_POINTS + int(person.pr_points)] -= int(person.weight)
    person.pr_stage = NO_FILE
    person.pr_points = 0
    person.pr_month = NEVER


@rule
def take_step(person: Person, now: Now, counts: tally.Tally) -> int:
    """Take the step that a file has this month; return 1 if it was refused."""
    stage = int(person.pr_stage)
    if stage == FILE_UNDER_REVIEW:
        person.pr_stage = FILE_IN_LINE
        person.pr_month = now.month + 1
        counts.residence[tally.RESIDENCE_WAITING] += int(person.weight)
    elif stage == FILE_IN_LINE:
        return wait_in_line(person, now, counts)
    elif stage == FILE_IN_POOL:
        wait_for_draw(person, now, counts)
    else:
        withdraw(person, counts)
    return 0


@rule
def wait_in_line(person: Person, now: Now, counts: tally.Tally) -> int:
    """Wait a month for the decision; return 1 if it comes and is a refusal.

    The line is served by each person's own draw against the share decided, so that no order matters.
    """
    share = now.public[int(person.region)].residence_turn_share
    if not draws.bernoulli(share, now.seed, int(person.id), now.month, draws.PR_TURN):
        person.pr_month = now.month + 1
        return 0
    counts.residence[tally.RESIDENCE_DECIDED] += int(person.weight)
    tally.count(person, counts, tally.PR_DECIDED, int(person.weight))
    granted = is_granted(person, now)
    if int(person.pr_points) == 0:
        promised = now.public[int(person.region)].resident_share
        tally.count_lived(person, counts, BELIEF_RESIDENCE, granted / promised if granted == 1 else 0.0)
    withdraw(person, counts)
    if granted == 1:
        grant(person, now, counts)
        return 0
    person.pr_stage = FILE_REFUSED
    person.pr_month = now.month + RETRY_MONTHS
    return 1


@rule
def wait_for_draw(person: Person, now: Now, counts: tally.Tally) -> None:
    """Wait a month to be drawn from the register."""
    if residence_points.is_ranked(now, int(person.region)) == 0:
        withdraw(person, counts)
    elif residence_points.is_drawn(person, now) == 1:
        counts.residence[tally.RESIDENCE_DRAWN] += int(person.weight)
        tally.count(person, counts, tally.PR_DECIDED, int(person.weight))
        withdraw(person, counts)
        grant(person, now, counts)
    else:
        person.pr_month = now.month + 1


@rule
def is_granted(person: Person, now: Now) -> int:
    """Return 1 if the file decided is granted: always where points reach a mark, else by the share decided in favour."""
    if int(person.pr_points) > 0:
        return 1
    u = draws.uniform(now.seed, int(person.id), int(person.residence_applications), draws.PR_DECISION)
    return 1 if u < now.public[int(person.region)].resident_share else 0


@rule
def grant(person: Person, now: Now, counts: tally.Tally) -> None:
    """Become a permanent resident: no permit, no renewal, no grace."""
    # In the groups that residents come from; the grant itself counts in those they come to.
    tally.count(person, counts, tally.PR_WON, int(person.weight))
    person.status = ON_PR
    person.permit_until = NEVER
    person.grace_until = NEVER
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    tally.count(person, counts, tally.PR_GRANTED, int(person.weight))
    coming.update_contributions(person, now)
    family.update_spouse(person, now)


@rule
def opening_month(person: Person, now: Now) -> int:
    """Return the month in which people who are invited may file, NEVER for all others."""
    region = int(person.region)
    status = int(person.status)
    if status < ON_A or status > ON_C or int(person.pr_stage) != NO_FILE:
        return NEVER
    if now.policy[region].automatic_invitation == 0.0 or permanent_residence.would_apply(person, now, region) == 0:
        return NEVER
    years = permanent_residence.years_left(person, now, region, status, person.salary_cny)
    by_points = residence_points.years_left(person, now, region, status, person.salary_cny)
    months = 12.0 * permanent_residence.shorter(years, by_points)
    whole = int(months)
    return clocks.later_month(now.month, whole if months <= whole else whole + 1)


@rule
def file_if_invited(person: Person, now: Now, counts: tally.Tally) -> None:
    """File in the month in which a route opens, where the law invites people to."""
    if now.policy[int(person.region)].automatic_invitation > 0.0 and ON_A <= int(person.status) <= ON_C:
        file(person, now, counts)


@rule
def keep_card(person: Person, now: Now) -> None:
    """Let a resident who leaves keep the card for as long as the law allows an absence (C1-16)."""
    if int(person.status) == ON_PR:
        months = int(now.policy[int(person.region)].holding_absence_months_max)
        person.card_until = clocks.later_month(now.month, months)
