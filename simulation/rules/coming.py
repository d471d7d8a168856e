"""From a thought to an arrival: choice of region, post, application, decision, entry."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    ABROAD,
    ALONE,
    APPLYING,
    ASSIGNEE,
    BELIEF_APPROVAL,
    BELIEF_PAY,
    BELIEF_WAIT,
    CATEGORY_C,
    CONSIDERING,
    LEFT,
    NO_CATEGORY,
    NO_TICKET,
    ON_A,
    ON_K,
    ON_PR,
    ON_R,
    REGIONS,
    TICKET_ABANDONED,
    TICKET_APPEAL,
    TICKET_ENTRY,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import (
    attention,
    beliefs,
    career,
    clocks,
    family,
    filing,
    pension,
    permanent_residence,
    residence_credit,
    tally,
    traits,
    value,
    visas,
    work_permit,
)

N_REGIONS = len(REGIONS)


@rule
def expected_category(person: Person, now: Now, region: int, salary_cny: float) -> int:
    """Return the category that a person can expect in a region, from the letter of the law."""
    points = work_permit.total_points(person, now, region, salary_cny, 12.0)
    return work_permit.category_of(person, points, salary_cny, now.places[region], now.policy[region], now.month)


@rule
def decided_category(person: Person, now: Now, region: int, salary_cny: float) -> int:
    """Return the category that the office gives, points read as that region's office reads them."""
    points = work_permit.total_points(person, now, region, salary_cny, 12.0)
    person.points = int(points)
    read = work_permit.points_as_read(person, points, region, now)
    return work_permit.category_of(person, read, salary_cny, now.places[region], now.policy[region], now.month)


@rule
def gain_of_visits(person: Person, now: Now, region: int, away: float) -> float:
    """Return the gain, utility a year, of short stays on an R visa while living abroad, where life is worth ``away``."""
    here = value.utility_in_china(person, now, region, ON_A, ALONE)
    share = now.behaviour.visit_share * now.policy[region].r_visa_stay_days / 180.0
    return share * (here - away) - now.behaviour.visit_cost


@rule
def believed_salary(person: Person, now: Now, region: int) -> float:
    """Return the salary that a person abroad expects of a region, yuan a year."""
    return career.salary(person, now, region) * beliefs.ratio(person, now, BELIEF_PAY)


@rule
def status_sought(person: Person, now: Now, category: int) -> int:
    """Return the status a person abroad would live under: residents who still hold the card come back as residents."""
    return ON_PR if permanent_residence.holds_card(person, now) == 1 else value.status_of(category)


@rule
def choose(person: Person, now: Now) -> float:
    """Choose region, family mode and status to apply for, and return the gain of coming, utility a year.

    The region is the best by what it is worth and by the person's lasting pull towards it; the gain returned leaves
    the pull out.
    """
    best_score = -1.0e9
    best_gain = -1.0e9
    away = value.utility_away(person, now)
    for region in range(N_REGIONS):
        salary_cny = believed_salary(person, now, region)
        category = expected_category(person, now, region, salary_cny)
        status = status_sought(person, now, category)
        if category == NO_CATEGORY and status != ON_PR:
            continue
        offer = value.offer(person, now, region, status, salary_cny)
        mode = value.best_family_mode(person, now, region, status, offer)
        gain = value.gain_of_china(person, now, region, status, mode, 1, offer, away)
        score = gain + attention.region_pull(person, now, region)
        if score > best_score:
            best_score = score
            best_gain = gain
            person.region = region
            person.category = category
            person.family_mode = mode
            person.target = status
    region = int(person.region)
    is_open = visas.may_take_r(int(person.category), now.policy[region]) == 1 and int(person.target) != ON_PR
    if best_score > -1.0e9 and is_open:
        visits = gain_of_visits(person, now, region, away)
        if visits > best_gain and visits > 0.0:
            person.target = ON_R
            person.family_mode = ALONE
            return visits
    return best_gain


@rule
def believed_gain(person: Person, now: Now) -> float:
    """Return the gain, utility a year, that a person abroad expects of the region they last thought of, alone."""
    region = int(person.region)
    salary_cny = believed_salary(person, now, region)
    category = expected_category(person, now, region, salary_cny)
    status = status_sought(person, now, category)
    offer = value.offer(person, now, region, status, salary_cny)
    return value.gain_of_china(person, now, region, status, ALONE, 1, offer, value.utility_away(person, now))


@rule
def gain_as_known(person: Person, now: Now, counts: tally.Tally, is_choosing: int) -> float:
    """Return the gain of coming, utility a year, under law and public facts as of the last word that came.

    Parameters
    ----------
    is_choosing
        1 to settle region, family mode and status, and count how far off the beliefs behind the choice are; 0 for a
        thought of the region last thought of.
    """
    beliefs.hear_news(person, now)
    # The bundle is made where it is used: compiled code cannot return one from a rule.
    known = Now(
        now.month, now.seed, now.policy_by_month[int(person.news_month)], now.places,
        now.public_by_month[int(person.news_month)], now.origins, now.rivals, now.behaviour,
        now.communities, now.policy_by_month, now.public_by_month,
    )  # fmt: skip
    if is_choosing == 0:
        return believed_gain(person, known)
    gain = choose(person, known)
    off = beliefs.mean_gap(person, now, known, work_permit.lane_of(int(person.target)))
    tally.count(person, counts, tally.SEARCHES, int(person.weight))
    tally.count(person, counts, tally.BELIEF_GAP, int(off * tally.THOUSAND) * int(person.weight))
    return gain


@rule
def is_taken_up(person: Person, now: Now, counts: tally.Tally) -> int:
    """Return 1 if the candidate moment of this month is taken up.

    Most moments pass however great the gain, and some are taken up however small: the gain is worked out for the rest.
    """
    if attention.notices(person, now, 1.0) == 0:
        return 0
    if attention.notices(person, now, -1.0) == 1:
        return 1
    return attention.notices(person, now, draws.tanh(gain_as_known(person, now, counts, 0)))


@rule
def consider(person: Person, now: Now, counts: tally.Tally) -> None:
    """Take up, or let pass, a candidate moment of attention."""
    clocks.advance_attention(person, now)
    if is_taken_up(person, now, counts) == 1:
        person.status = CONSIDERING
        person.search_until = now.month + int(now.behaviour.search_months) - 1


@rule
def give_up(person: Person, now: Now) -> None:
    """Return to life abroad."""
    clocks.advance_attention(person, now)
    person.status = ABROAD if int(person.left_month) == NEVER else LEFT
    person.category = NO_CATEGORY
    person.ticket = NO_TICKET
    person.ticket_month = NEVER


@rule
def is_offered_post(person: Person, now: Now) -> int:
    """Return 1 if an employer offers a post this month; employers send their own assignees."""
    if int(person.mode) == ASSIGNEE:
        return 1
    share = now.public[int(person.region)].match_share[int(person.field)]
    return 1 if draws.bernoulli(share, now.seed, int(person.id), now.month, draws.MATCH) else 0


@rule
def search(person: Person, now: Now, counts: tally.Tally) -> None:
    """Spend a month of search from abroad: decide, look for a post, and apply once there is one."""
    gain = gain_as_known(person, now, counts, 1)
    region = int(person.region)
    if gain <= 0.0:
        give_up(person, now)
        return
    open_share = now.policy[region].border_open_share
    is_open = draws.bernoulli(open_share, now.seed, int(person.id), now.month, draws.BORDER)
    if int(person.target) == ON_PR and permanent_residence.holds_card(person, now) == 1:
        if is_open:
            enter(person, now, counts)
        elif now.month >= int(person.search_until):
            give_up(person, now)
        return
    counts.seekers[region, int(person.field)] += int(person.weight)
    if (is_open and int(person.target) == ON_R) or (is_open and is_offered_post(person, now) == 1):
        apply(person, now, counts)
    elif is_open and visas.may_take_k(person, now, region) == 1:
        person.target = ON_K
        apply(person, now, counts)
    elif now.month >= int(person.search_until):
        give_up(person, now)


@rule
def apply(person: Person, now: Now, counts: tally.Tally) -> None:
    """File the application: draw how long the case takes, and whether patience lasts that long."""
    region = int(person.region)
    ordinal = int(person.applications)
    target = int(person.target)
    if target == ON_R or target == ON_K:
        days = filing.visa_case_days(person, now, region, ordinal)
    else:
        days = filing.entry_case_days(person, now, region, work_permit.lane_of(target), ordinal)
        counts.filed[region, tally.LOAD_ENTRY] += int(person.weight)
    was_sent_back = days < 0.0
    days = filing.size(days)
    person.status = APPLYING
    person.ticket = TICKET_ENTRY
    person.wait_days = days
    patience = filing.patience_days(person, now, ordinal)
    if patience < days:
        person.ticket = TICKET_ABANDONED
        days = patience
    person.ticket_month = now.month + filing.months_of(person, now, days, ordinal)
    person.applications = ordinal + 1
    tally.count(person, counts, tally.APPLICATIONS, int(person.weight))
    tally.count(person, counts, tally.FILED, int(person.weight))
    if was_sent_back:
        tally.count(person, counts, tally.SENT_BACK, int(person.weight))


@rule
def is_refused(person: Person, now: Now, region: int, ordinal: int) -> int:
    """Return 1 if an application is refused for reasons other than the criteria: more often where offices differ."""
    policy = now.policy[region]
    prob = policy.refusal_prob * (1.0 + policy.interpretation_dispersion)
    return 1 if draws.bernoulli(prob, now.seed, int(person.id), ordinal, draws.REFUSAL) else 0


@rule
def decide_application(person: Person, now: Now, counts: tally.Tally) -> None:
    """Let the office decide: abandoned, refused, out of quota, or admitted in the category it finds."""
    region = int(person.region)
    ordinal = int(person.applications) - 1
    if int(person.ticket) == TICKET_ABANDONED:
        tally.count(person, counts, tally.ABANDONED, int(person.weight))
        give_up(person, now)
        return
    # An application that won its appeal is not refused again.
    if int(person.ticket) != TICKET_APPEAL and is_refused(person, now, region, ordinal) == 1:
        if filing.is_overturned(person, now, region, ordinal) == 1:
            filing.wait_for_appeal(person, now, region)
            return
        tally.count_lived(person, counts, BELIEF_APPROVAL, 0.0)
        tally.count(person, counts, tally.REFUSALS, int(person.weight))
        give_up(person, now)
        return
    if int(person.target) == ON_R or int(person.target) == ON_K:
        enter(person, now, counts)
        return
    category = decided_category(person, now, region, career.salary(person, now, region))
    admitted = 1
    if category == CATEGORY_C:
        counts.quota[0] += int(person.weight)
        share = now.public[region].quota_share
        if not draws.bernoulli(share, now.seed, int(person.id), ordinal, draws.QUOTA):
            admitted = 0
    if category == NO_CATEGORY or admitted == 0:
        tally.count_lived(person, counts, BELIEF_APPROVAL, 0.0)
        tally.count(person, counts, tally.REFUSALS, int(person.weight))
        give_up(person, now)
        return
    person.category = category
    person.target = value.status_of(category)
    lane = work_permit.lane_of(int(person.target))
    tally.count_days(counts, lane, person.wait_days, int(person.weight))
    tally.count_lived(person, counts, BELIEF_WAIT, person.wait_days / now.public[region].entry_days[lane])
    tally.count_lived(person, counts, BELIEF_APPROVAL, 1.0)
    enter(person, now, counts)


@rule
def enter(person: Person, now: Now, counts: tally.Tally) -> None:
    """Arrive in China: a new stay, a first permit, the clocks of a stay."""
    month = now.month
    region = int(person.region)
    policy = now.policy[region]
    target = int(person.target)
    residence_credit.come_back(person, now)
    person.entry_month = month
    person.status = target
    person.stays = int(person.stays) + 1
    clocks.advance_review(person, now)
    clocks.advance_job_loss(person, now)
    person.ticket = NO_TICKET
    person.ticket_month = NEVER
    person.age_band = traits.age_band(person, month)
    family.begin_stay(person, now)
    is_sent = int(person.mode) == ASSIGNEE and target != ON_R and target != ON_PR
    person.term_end = month + int(person.term_months) if is_sent else NEVER
    person.is_counted = 1
    tally.count(person, counts, tally.ARRIVALS, int(person.weight))
    if target == ON_K:
        person.grace_until = month + int(policy.k_visa_stay_months)
        person.permit_until = person.grace_until
        return
    if target == ON_PR:
        resume_residence(person, now)
        return
    months = int(policy.r_visa_validity_months)
    if target != ON_R:
        months = work_permit.permit_months(int(person.category), 1, 0, policy)
    grant_permit(person, now, counts, months)


@rule
def resume_residence(person: Person, now: Now) -> None:
    """Live in China again on the card: no permit, no case, and work without an employer's application."""
    person.salary_cny = career.salary(person, now, int(person.region))
    person.permit_until = NEVER
    person.grace_until = NEVER
    update_contributions(person, now)
    family.update_spouse(person, now)


@rule
def grant_permit(person: Person, now: Now, counts: tally.Tally, months: int) -> None:
    """Issue a permit from this month on and start what comes with it: contributions, years towards residence."""
    region = int(person.region)
    salary_cny = career.salary(person, now, region)
    person.salary_cny = salary_cny
    person.permit_until = now.month + months
    person.grace_until = NEVER
    if int(person.resident_month) == NEVER:
        person.resident_month = now.month
    if int(person.status) != ON_R:
        update_contributions(person, now)
        tally.count(person, counts, tally.PERMITS_ISSUED, int(person.weight))
        tally.count(person, counts, tally.POINTS, int(person.weight) * int(person.points))
    family.update_spouse(person, now)


@rule
def update_contributions(person: Person, now: Now) -> None:
    """Start or stop the pension months as the person's employer, treaty and scheme require."""
    region = int(person.region)
    paid = pension.chosen_pension_share(person, now, region, person.salary_cny)
    if paid > 0.0:
        if int(person.contributing_month) == NEVER:
            person.contributing_month = now.month
    else:
        stop_contributions(person, now.month)


@rule
def stop_contributions(person: Person, month: int) -> None:
    """Close the running months of contributions."""
    if int(person.contributing_month) != NEVER:
        person.contributed_months = int(person.contributed_months) + month - int(person.contributing_month)
        person.contributing_month = NEVER
