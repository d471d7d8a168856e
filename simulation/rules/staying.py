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
    TICKET_APPEAL,
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
    household,
    moving,
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
    tally.count_exit(person, counts)
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
    person.spouse_right = 0
    person.family_month = NEVER
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
    """Decide whether to stay, where, in which family mode, and whether to file for permanent residence."""
    if int(person.status) == ON_R:
        if gain_of_staying(person, now, ALONE) < -now.behaviour.inertia:
            leave(person, now, counts)
        else:
            residing.file(person, now, counts)
        return
    region = int(person.region)
    status = status_valued(person)
    away = value.utility_away(person, now)
    held = value.offer(person, now, region, status, career.salary(person, now, region))
    mode = household.best_mode(person, now, region, status, held)
    gain = value.gain_of_china(person, now, region, status, mode, 0, held, away)
    gain -= household.cost_of_living(person, now, mode)
    other = moving.NOWHERE
    if moving.may_move(person, now.month) == 1:
        other = moving.better_region(person, now, counts, mode, gain, away)
    if other != moving.NOWHERE:
        move(person, now, counts, other)
    elif gain < -now.behaviour.inertia:
        leave(person, now, counts)
        return
    household.change_mode(person, now, counts, mode)
    if ON_A <= int(person.status) <= ON_C:
        person.salary_cny = career.salary(person, now, int(person.region))
        coming.update_contributions(person, now)
    residing.file(person, now, counts)


@rule
def move(person: Person, now: Now, counts: tally.Tally, region: int) -> None:
    """Move to another region, whose office decides the permit afresh unless it recognises the category."""
    is_decided_afresh = moving.needs_case(person, now, region) == 1
    moving.change_region(person, now, counts, region)
    if is_decided_afresh:
        file_renewal(person, now, counts)


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
    category = coming.decided_category(person, now, region, career.salary(person, now, region))
    ordinal = filing.RENEWAL_ORDINALS + int(person.renewals)
    refused = 0
    if int(person.ticket) != TICKET_APPEAL:
        refused = coming.is_refused(person, now, region, ordinal)
    if category != NO_CATEGORY and refused == 1 and filing.is_overturned(person, now, region, ordinal) == 1:
        filing.wait_for_appeal(person, now, region)
        return
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    person.renewals = int(person.renewals) + 1
    if category == NO_CATEGORY or refused == 1:
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
    """Lose the post: permit holders have the grace of their category to find another.

    A resident's right to stay does not hang on the post: they think again, and may move to a post elsewhere.
    """
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
    if not draws.bernoulli(chance, now.seed, int(person.id), now.month, draws.FIND_POST):
        region = moving.region_with_post(person, now, counts)
    if region != moving.NOWHERE and takes_post(person, now, counts, region) == 1:
        return
    if now.month >= int(person.grace_until):
        leave(person, now, counts)


@rule
def takes_post(person: Person, now: Now, counts: tally.Tally, region: int) -> int:
    """Take up a post found in China, in the present region or another, if a permit can be had for it; return 1 if so."""
    is_moving = region != int(person.region)
    category = int(person.category)
    if not is_moving or moving.keeps_category(person, now, region) == 0:
        category = coming.decided_category(person, now, region, career.salary(person, now, region))
    # A quota permit is for posts filled from abroad: graduates need a route of Category A or B.
    is_graduate = 1 if int(person.mode) == STUDENT_MODE and int(person.resident_month) == NEVER else 0
    if category == NO_CATEGORY or (category > CATEGORY_B and is_graduate == 1):
        return 0
    if is_moving:
        moving.change_region(person, now, counts, region)
    residence_credit.settle(person, now)
    person.category = category
    person.status = value.status_of(category)
    months = work_permit.permit_months(category, 1, is_graduate, now.policy[region])
    person.renewals = int(person.renewals) + 1
    coming.grant_permit(person, now, counts, months)
    return 1


@rule
def graduate(person: Person, now: Now, counts: tally.Tally) -> None:
    """End the studies: stay and look for work if the law gives time and staying is worth it, or go home."""
    clocks.advance_review(person, now)
    clocks.advance_job_loss(person, now)
    person.age_band = traits.age_band(person, now.month)
    person.entry_month = now.month
    person.status = SEEKING
    region = int(person.region)
    policy = now.policy[region]
    category = coming.expected_category(person, now, region, career.salary(person, now, region))
    has_route = NO_CATEGORY < category <= CATEGORY_B
    if not has_route or gain_of_staying(person, now, ALONE) < 0.0:
        person.entry_month = NEVER
        person.status = LEFT
        person.left_month = now.month
        clocks.advance_attention(person, now)
        return
    person.grace_until = now.month + int(policy.job_seek_months)
    person.stays = int(person.stays) + 1
    person.family_mode = WITH_FAMILY if int(person.chinese_spouse) == 1 else ALONE
    family.begin_stay(person, now)
    person.is_counted = 1
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
