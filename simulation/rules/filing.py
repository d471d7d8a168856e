"""One case on its way through the desks: its days, its returns for missing papers, the patience of those who wait.

The public facts give mean queues and the chance of being sent back; each case draws its own path, keyed by the
ordinal of the application, so that a longer queue does not reroll anybody's dice.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import CARD, LEGALISATION, MEDICAL, NOTICE, REGISTRATION, RESIDENCE, TICKET_APPEAL, VISA
from simulation.records import Behaviour, Now, Person, Policy

CALENDAR_DAYS = 1.4
"""Calendar days per working day."""
DAYS_PER_MONTH = 30.4
RENEWAL_ORDINALS = 1000
"""Renewals are counted from here, so that no renewal shares a draw with a first application."""
VISITS_MAX = 6


@rule
def service_days(policy: Policy, station: int, lane: int) -> float:
    """Return the working days of service at a station; Category A has a faster lane (A5-11 against A5-12)."""
    days = policy.service_days[station]
    if lane == 0:
        days = days * (1.0 - policy.priority_lane_share)
    return days


@rule
def visit_days(person: Person, now: Now, region: int, station: int, lane: int, ordinal: int, visit: int) -> float:
    """Return the working days of one visit: queue and service, each with the case's own luck, within any time limit."""
    public = now.public[region]
    queue = public.priority_days[station] if lane == 0 else public.queue_days[station]
    index = station * 8 + visit
    luck = draws.exponential(now.seed, int(person.id), ordinal, draws.STATION_QUEUE, index)
    spread = 0.5 + draws.uniform(now.seed, int(person.id), ordinal, draws.STATION_SERVICE, index)
    days = queue * luck + service_days(now.policy[region], station, lane) * spread
    limit = now.policy[region].time_limit_days
    return limit if 0.0 < limit < days else days


@rule
def sent_back_again_prob(sent_back: float, policy: Policy, behaviour: Behaviour) -> float:
    """Return the chance that a file sent back is sent back once more, 0 to ``sent_back``.

    Where all faults are told at once and in writing, fewer are left the next time.
    """
    return sent_back * (1.0 - policy.reasons_given * behaviour.reasons_error_gain)


@rule
def station_days(person: Person, now: Now, region: int, station: int, lane: int, ordinal: int) -> float:
    """Return the working days at a station with all visits and repairs; negative if the case was sent back at least once.

    The sign carries the return; a station that the law has abolished takes 0 days.
    """
    if now.policy[region].service_days[station] <= 0.0:
        return 0.0
    days = visit_days(person, now, region, station, lane, ordinal, 0)
    was_sent_back = 0
    prob = now.public[region].sent_back_prob[station]
    again = sent_back_again_prob(prob, now.policy[region], now.behaviour)
    for visit in range(1, VISITS_MAX):
        index = station * 8 + visit
        if not draws.bernoulli(prob, now.seed, int(person.id), ordinal, draws.SENT_BACK, index):
            break
        was_sent_back = 1
        prob = again
        repair = draws.exponential(now.seed, int(person.id), ordinal, draws.REPAIR, index)
        days += repair * now.behaviour.repair_days
        days += visit_days(person, now, region, station, lane, ordinal, visit)
    return -days if was_sent_back == 1 else days


@rule
def is_handled_in_parallel(person: Person, now: Now, region: int) -> int:
    """Return 1 if work permit, medical and residence permit are handled side by side for this person."""
    u = draws.uniform(now.seed, int(person.id), region, draws.PARALLEL)
    return 1 if u < now.policy[region].parallel_share else 0


@rule
def size(days: float) -> float:
    """Return the absolute value."""
    return days if days >= 0.0 else -days


@rule
def days_in_china(person: Person, now: Now, region: int, lane: int, ordinal: int, with_medical: int) -> float:
    """Return the working days of work permit, medical and residence permit; negative if any was sent back."""
    card = station_days(person, now, region, CARD, lane, ordinal)
    residence = station_days(person, now, region, RESIDENCE, lane, ordinal)
    medical = 0.0
    if with_medical == 1:
        medical = station_days(person, now, region, MEDICAL, lane, ordinal)
    total = size(card) + size(residence) + size(medical)
    if is_handled_in_parallel(person, now, region) == 1:
        # Side by side, the slowest of the three decides.
        total = size(card)
        if size(residence) > total:
            total = size(residence)
        if size(medical) > total:
            total = size(medical)
    return -total if card < 0.0 or residence < 0.0 or medical < 0.0 else total


@rule
def entry_case_days(person: Person, now: Now, region: int, lane: int, ordinal: int) -> float:
    """Return the calendar days of a first permit, from papers at home to registration; negative if sent back."""
    total = 0.0
    was_sent_back = 0
    for station in (LEGALISATION, NOTICE, VISA, REGISTRATION):
        days = station_days(person, now, region, station, lane, ordinal)
        total += size(days)
        if days < 0.0:
            was_sent_back = 1
    local = days_in_china(person, now, region, lane, ordinal, 1)
    total = (total + size(local)) * CALENDAR_DAYS
    return -total if was_sent_back == 1 or local < 0.0 else total


@rule
def visa_case_days(person: Person, now: Now, region: int, ordinal: int) -> float:
    """Return the calendar days of a visa that needs no work permit first (R and K); negative if sent back."""
    return CALENDAR_DAYS * station_days(person, now, region, VISA, 0, ordinal)


@rule
def renewal_case_days(person: Person, now: Now, region: int, lane: int) -> float:
    """Return the calendar days of a renewal: work permit and residence permit; negative if sent back."""
    ordinal = RENEWAL_ORDINALS + int(person.renewals)
    return CALENDAR_DAYS * days_in_china(person, now, region, lane, ordinal, 0)


@rule
def patience_days(person: Person, now: Now, ordinal: int) -> float:
    """Return the calendar days after which the applicant, or the employer, gives up: the sooner of the two."""
    own = draws.exponential(now.seed, int(person.id), ordinal, draws.PATIENCE)
    employer = draws.exponential(now.seed, int(person.id), ordinal, draws.OFFER_PATIENCE)
    sooner = own if own < employer else employer
    # The sooner of two exponentials has half their mean; a month is always waited.
    return DAYS_PER_MONTH + 2.0 * sooner * now.behaviour.patience_days


@rule
def months_of(person: Person, now: Now, days: float, ordinal: int) -> int:
    """Return the whole months, at least 1, that a number of days spans from the person's day of filing."""
    day = draws.uniform(now.seed, int(person.id), ordinal, draws.FILING_DAY)
    months = int(day + days / DAYS_PER_MONTH)
    if months > 600:
        return 600
    return months if months >= 1 else 1


@rule
def wrong_refusal_prob(policy: Policy) -> float:
    """Return the chance that an application which meets the criteria is refused for good: appeals lost included."""
    return policy.refusal_prob * (1.0 + policy.interpretation_dispersion) * (1.0 - policy.appeal_success_share)


@rule
def is_overturned(person: Person, now: Now, region: int, ordinal: int) -> int:
    """Return 1 if an appeal against the refusal of an eligible application succeeds."""
    share = now.policy[region].appeal_success_share
    return 1 if draws.bernoulli(share, now.seed, int(person.id), ordinal, draws.APPEAL) else 0


@rule
def wait_for_appeal(person: Person, now: Now, region: int) -> None:
    """Set the month in which an appeal that succeeds is decided, and count the wait."""
    months = int(now.policy[region].appeal_months)
    person.ticket = TICKET_APPEAL
    person.ticket_month = now.month + months
    person.wait_days = person.wait_days + months * DAYS_PER_MONTH
