"""One month of one person in China: what the calendar of permits and their own life hold, in which order."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.names import (
    NO_TICKET,
    ON_A,
    ON_C,
    ON_K,
    ON_R,
    RETIRED,
    SEEKING,
    TICKET_APPEAL,
    TICKET_RENEWAL,
    WITH_FAMILY,
)
from simulation.records import Now, Person
from simulation.rules import (
    career,
    clocks,
    family,
    household,
    pension,
    residing,
    staying,
    tally,
    traits,
    value,
    welcome,
)


@rule
def reconsider_family(person: Person, now: Now, counts: tally.Tally) -> None:
    """Let the family join or go back at a moment of its own; the stay of the lead is not in question."""
    region = int(person.region)
    status = staying.status_valued(person)
    held = value.offer(person, now, region, status, career.salary(person, now, region))
    household.change_mode(person, now, counts, household.best_mode(person, now, region, status, held))


@rule
def is_here(person: Person) -> int:
    """Return 1 for people counted in China."""
    return int(person.is_counted)


@rule
def permit_events(person: Person, now: Now, counts: tally.Tally) -> None:
    """Live through what the calendar of permits and residence holds for this month."""
    month = now.month
    if int(person.pr_month) == month and residing.take_step(person, now, counts) == 1:
        # A refusal is a moment to reconsider.
        staying.review(person, now, counts)
    if int(person.ticket_month) == month and int(person.ticket) in (TICKET_RENEWAL, TICKET_APPEAL):
        staying.decide_renewal(person, now, counts)
    elif ON_A <= int(person.status) <= ON_C and int(person.permit_until) - staying.RENEWAL_LEAD_MONTHS == month:
        staying.review(person, now, counts)
        if is_here(person) == 1 and int(person.ticket) == NO_TICKET:
            staying.file_renewal(person, now, counts)
    elif int(person.status) == ON_R and int(person.permit_until) == month:
        staying.review(person, now, counts)
        person.permit_until = clocks.later_month(month, int(now.policy[int(person.region)].r_visa_validity_months))
    if is_here(person) == 1:
        residing.file_if_invited(person, now, counts)


@rule
def personal_events(person: Person, now: Now, counts: tally.Tally) -> None:
    """Live through what happens to a person at this date under any law: job, term, parents, reviews, age."""
    month = now.month
    job_lost = int(person.job_loss_month) == month
    clocks.advance_job_loss(person, now)
    if job_lost:
        staying.lose_job(person, now, counts)
    reviewing = int(person.review_month) == month
    clocks.advance_review(person, now)
    if is_here(person) == 1 and int(person.term_end) == month:
        staying.end_term(person, now, counts)
    retirement = pension.retirement_month(person, now.policy[int(person.region)])
    if is_here(person) == 1 and retirement == month and int(person.status) != RETIRED:
        staying.retire(person, now, counts)
    reviewing = reviewing or int(person.parent_care_month) == month
    # A birth, a spouse here for a year without work, and the last date from which a pension can be reached are too.
    reviewing = reviewing or household.is_birth(person, month) == 1
    reviewing = reviewing or (int(person.spouse_works) == 0 and month == int(person.family_month) + 12)
    reviewing = reviewing or month == pension.last_call_month(person, now)
    if is_here(person) == 1 and reviewing and int(person.status) != SEEKING and int(person.status) != ON_K:
        staying.review(person, now, counts)


@rule
def reside(person: Person, now: Now, counts: tally.Tally) -> None:
    """Live one month in China: permits first, then what happens to the person, the search for a post, the school year."""
    person.age_band = traits.age_band(person, now.month)
    welcome.attend_lessons(person, now)
    permit_events(person, now, counts)
    if is_here(person) == 1:
        personal_events(person, now, counts)
    if is_here(person) == 1 and (int(person.status) == SEEKING or int(person.status) == ON_K):
        staying.find_post(person, now, counts)
    if household.is_settled(person) == 1 and household.has_moment(person, now) == 1:
        reconsider_family(person, now, counts)
    if is_here(person) == 1 and now.month % 12 == 8 and int(person.family_mode) == WITH_FAMILY:
        staying.seat_children(person, now, counts)
    if is_here(person) == 1:
        family.update_spouse(person, now)
        family.note_right(person, now)
        if traits.age_years(person, now.month) >= staying.LAST_AGE_YEARS:
            staying.leave(person, now, counts)
