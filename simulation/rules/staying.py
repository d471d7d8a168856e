"""Life in China: renewals, work lost and found, the family, residence, retirement, and the decision to stay or leave."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    ALONE,
    BELIEF_APPROVAL,
    BELIEF_SCHOOL,
    CATEGORY_B,
    LEFT,
    NO_CATEGORY,
    NO_SCHOOL,
    NO_TICKET,
    ON_A,
    ON_B,
    ON_C,
    ON_K,
    ON_PR,
    ON_R,
    RETIRED,
    SEEKING,
    STUDENT_MODE,
    TICKET_RENEWAL,
    WITH_FAMILY,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import (
    career,
    clocks,
    coming,
    family,
    filing,
    pension,
    residence_credit,
    residing,
    tally,
    traits,
    value,
    work_permit,
)

RENEWAL_LEAD_MONTHS = 3
"""A renewal is filed three months before the permit ends (I2-17)."""
LAST_AGE_YEARS = 78
"""Age at which retired people leave the model (assumption)."""


@rule
def status_valued(person: Person) -> int:
    """Return the status under which a stay is valued: people looking for work count on Category B."""
    status = int(person.status)
    if status == SEEKING or status == ON_K:
        return ON_B
    return ON_PR if status == RETIRED else status


@rule
def gain_of_staying(person: Person, now: Now, family_mode: int) -> float:
    """Return the gain, utility a year, of staying on."""
    region = int(person.region)
    away = value.utility_away(person, now)
    if int(person.status) == ON_R:
        return coming.gain_of_visits(person, now, region, away)
    status = status_valued(person)
    offer = value.offer(person, now, region, status, career.salary(person, now, region))
    return value.gain_of_china(person, now, region, status, family_mode, 0, offer, away)


@rule
def leave(person: Person, now: Now, counts: tally.Tally) -> None:
    """Leave China, keeping the memory of it."""
    month = now.month
    residing.withdraw(person, counts)
    residing.keep_card(person, now)
    residence_credit.settle(person, now)
    tally.count_exit(person, counts, month)
    coming.stop_contributions(person, month)
    person.past_months = int(person.past_months) + traits.stay_months(person, month)
    person.entry_month = NEVER
    person.resident_month = NEVER
    person.permit_until = NEVER
    person.grace_until = NEVER
    person.term_end = NEVER
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    person.spouse_from_month = NEVER
    person.spouse_works = 0
    person.family_mode = ALONE
    person.tier = NO_SCHOOL
    person.category = NO_CATEGORY
    person.status = LEFT
    person.left_month = month
    person.news_month = month
    person.is_counted = 0
    clocks.advance_attention(person, now)


@rule
def review(person: Person, now: Now, counts: tally.Tally) -> None:
    """Decide whether to stay, in which family mode, and whether to file for permanent residence."""
    region = int(person.region)
    mode = int(person.family_mode)
    if int(person.status) != ON_R:
        status = status_valued(person)
        offer = value.offer(person, now, region, status, career.salary(person, now, region))
        mode = value.best_family_mode(person, now, region, status, offer)
    if gain_of_staying(person, now, mode) < -now.behaviour.inertia:
        leave(person, now, counts)
        return
    person.family_mode = mode
    family.update_spouse(person, now)
    if ON_A <= int(person.status) <= ON_C:
        person.salary_cny = career.salary(person, now, region)
        coming.update_contributions(person, now)
    residing.file(person, now, counts)


@rule
def file_renewal(person: Person, now: Now, counts: tally.Tally) -> None:
    """File the renewal of a permit; the case runs while the old permit does."""
    region = int(person.region)
    days = filing.renewal_case_days(person, now, region, work_permit.lane_of(int(person.status)))
    counts.filed[region, tally.LOAD_RENEWAL] += int(person.weight)
    tally.count(person, counts, tally.FILED, int(person.weight))
    if days < 0.0:
        tally.count(person, counts, tally.SENT_BACK, int(person.weight))
    ordinal = filing.RENEWAL_ORDINALS + int(person.renewals)
    person.ticket = TICKET_RENEWAL
    months = filing.months_of(person, now, filing.size(days), ordinal)
    # An applicant whose renewal runs late may stay until it is decided.
    person.ticket_month = now.month + months
    person.wait_days = filing.size(days)


@rule
def decide_renewal(person: Person, now: Now, counts: tally.Tally) -> None:
    """Let the office decide a renewal under the law of the month: a new permit, or the end of this one."""
    region = int(person.region)
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    category = coming.decided_category(person, now, region, career.salary(person, now, region))
    ordinal = filing.RENEWAL_ORDINALS + int(person.renewals)
    person.renewals = int(person.renewals) + 1
    if category == NO_CATEGORY or coming.is_refused(person, now, region, ordinal) == 1:
        tally.count_lived(person, counts, BELIEF_APPROVAL, 0.0)
        tally.count(person, counts, tally.REFUSALS, int(person.weight))
        leave(person, now, counts)
        return
    tally.count_lived(person, counts, BELIEF_APPROVAL, 1.0)
    residence_credit.settle(person, now)
    person.category = category
    person.status = value.status_of(category)
    coming.grant_permit(person, now, counts, work_permit.permit_months(category, 0, 0, now.policy[region]))


@rule
def lose_job(person: Person, now: Now, counts: tally.Tally) -> None:
    """Lose the post: permit holders have the grace of their category to find another."""
    if ON_A <= int(person.status) <= ON_C:
        policy = now.policy[int(person.region)]
        person.grace_until = now.month + work_permit.grace_months(int(person.category), policy)
        residence_credit.settle(person, now)
        person.status = SEEKING
        person.term_end = NEVER
        person.ticket = NO_TICKET
        person.ticket_month = NEVER
        coming.stop_contributions(person, now.month)
    elif int(person.status) == ON_PR:
        review(person, now, counts)


@rule
def find_post(person: Person, now: Now, counts: tally.Tally) -> None:
    """Spend a month of search in China; without a post by the end of the grace, leave."""
    region = int(person.region)
    counts.seekers[region, int(person.field)] += int(person.weight)
    chance = now.behaviour.refind_prob * now.public[region].match_share[int(person.field)]
    if draws.bernoulli(chance, now.seed, int(person.id), now.month, draws.FIND_POST):
        category = coming.decided_category(person, now, region, career.salary(person, now, region))
        # A quota permit is for posts filled from abroad: graduates need a route of Category A or B.
        is_graduate = 1 if int(person.mode) == STUDENT_MODE and int(person.resident_month) == NEVER else 0
        if category != NO_CATEGORY and (category <= CATEGORY_B or is_graduate == 0):
            residence_credit.settle(person, now)
            person.category = category
            person.status = value.status_of(category)
            months = work_permit.permit_months(category, 1, is_graduate, now.policy[region])
            person.renewals = int(person.renewals) + 1
            coming.grant_permit(person, now, counts, months)
            return
    if now.month >= int(person.grace_until):
        leave(person, now, counts)


@rule
def graduate(person: Person, now: Now, counts: tally.Tally) -> None:
    """End the studies: stay and look for work if the law gives time and staying is worth it, or go home."""
    person.past_months = now.month - int(person.pool_month)
    clocks.advance_review(person, now)
    clocks.advance_job_loss(person, now)
    person.age_band = traits.age_band(person, now.month)
    person.entry_month = now.month
    person.status = SEEKING
    policy = now.policy[int(person.region)]
    has_route = work_permit.graduate_route(person, policy, now.month) != work_permit.BY_NONE
    has_route = has_route or traits.experience_years(person, now.month) >= policy.category_b_experience_years
    if not has_route or gain_of_staying(person, now, ALONE) < 0.0:
        person.entry_month = NEVER
        person.status = LEFT
        person.left_month = now.month
        clocks.advance_attention(person, now)
        return
    person.grace_until = now.month + int(policy.job_seek_months)
    person.stays = int(person.stays) + 1
    person.is_counted = 1
    counts.cohorts[now.month, 0] += int(person.weight)
    tally.count(person, counts, tally.ARRIVALS, int(person.weight))


@rule
def end_term(person: Person, now: Now, counts: tally.Tally) -> None:
    """End an assignment: most are recalled, the others may stay on a local contract."""
    person.term_end = NEVER
    recalled = draws.bernoulli(
        now.behaviour.term_return_share, now.seed, int(person.id), int(person.stays), draws.TERM_RETURN
    )
    if recalled:
        leave(person, now, counts)
    else:
        review(person, now, counts)


@rule
def retire(person: Person, now: Now, counts: tally.Tally) -> None:
    """Reach the retirement age: with a pension or as a permanent resident one may stay; without, the work permit decides."""
    if pension.qualifies(person, now, int(person.region)) == 0:
        return
    tally.count(person, counts, tally.PENSION_QUALIFIERS, int(person.weight))
    coming.stop_contributions(person, now.month)
    residing.withdraw(person, counts)
    person.status = RETIRED
    person.permit_until = NEVER
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    if gain_of_staying(person, now, int(person.family_mode)) < -now.behaviour.inertia:
        leave(person, now, counts)


@rule
def seat_children(person: Person, now: Now, counts: tally.Tally) -> None:
    """Allocate school places in September, and reconsider when none is found or a child changes school."""
    region = int(person.region)
    income = value.lead_net_income(person, now, region, career.salary(person, now, region))
    n_children = traits.n_school_children(person, now.month)
    for tier in range(3):
        counts.school[region, tier] += int(person.weight) * n_children
    person.tier = family.best_tier(person, now, region, income, int(person.status))
    if n_children > 0:
        tally.count_lived(person, counts, BELIEF_SCHOOL, 0.0 if int(person.tier) == NO_SCHOOL else 1.0)
    is_moment = traits.has_school_moment(person, now.month) == 1
    if is_moment or (n_children > 0 and int(person.tier) == NO_SCHOOL):
        review(person, now, counts)


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
        review(person, now, counts)
    if int(person.ticket_month) == month and int(person.ticket) == TICKET_RENEWAL:
        decide_renewal(person, now, counts)
    elif ON_A <= int(person.status) <= ON_C and int(person.permit_until) - RENEWAL_LEAD_MONTHS == month:
        review(person, now, counts)
        if is_here(person) == 1 and int(person.ticket) == NO_TICKET:
            file_renewal(person, now, counts)
    elif int(person.status) == ON_R and int(person.permit_until) == month:
        review(person, now, counts)
        person.permit_until = clocks.later_month(month, 60)
    if is_here(person) == 1:
        residing.file_if_invited(person, now, counts)


@rule
def personal_events(person: Person, now: Now, counts: tally.Tally) -> None:
    """Live through what happens to a person at this date under any law: job, term, parents, reviews, age."""
    month = now.month
    job_lost = int(person.job_loss_month) == month
    clocks.advance_job_loss(person, now)
    if job_lost:
        lose_job(person, now, counts)
    reviewing = int(person.review_month) == month
    clocks.advance_review(person, now)
    if is_here(person) == 1 and int(person.term_end) == month:
        end_term(person, now, counts)
    retirement = pension.retirement_month(person, now.policy[int(person.region)])
    if is_here(person) == 1 and retirement == month and int(person.status) != RETIRED:
        retire(person, now, counts)
    reviewing = reviewing or int(person.parent_care_month) == month
    # A spouse a year without work, and the last date from which a pension can still be reached, prompt a review.
    without_work = int(person.family_mode) == WITH_FAMILY and int(person.spouse_works) == 0
    reviewing = reviewing or (without_work and month == int(person.entry_month) + 12)
    reviewing = reviewing or month == pension.feasibility_month(person, now.policy[int(person.region)])
    if is_here(person) == 1 and reviewing and int(person.status) != SEEKING and int(person.status) != ON_K:
        review(person, now, counts)


@rule
def reside(person: Person, now: Now, counts: tally.Tally) -> None:
    """Live one month in China: permits first, then what happens to the person, the search for a post, the school year."""
    person.age_band = traits.age_band(person, now.month)
    permit_events(person, now, counts)
    if is_here(person) == 1:
        personal_events(person, now, counts)
    if is_here(person) == 1 and (int(person.status) == SEEKING or int(person.status) == ON_K):
        find_post(person, now, counts)
    if is_here(person) == 1 and now.month % 12 == 8 and int(person.family_mode) == WITH_FAMILY:
        seat_children(person, now, counts)
    if is_here(person) == 1:
        family.update_spouse(person, now)
        if traits.age_years(person, now.month) >= LAST_AGE_YEARS:
            leave(person, now, counts)
