"""What people abroad take China to be: word that is old, and a community's experience of what the letter leaves open.

Law and public facts are known as they were when word last came, by official channels or from contacts in China. Beyond
that letter, a community (people of one origin and field) takes six things for better or worse than they are; what its
members in China live through corrects it. People in China see what is so.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    BELIEF_APPROVAL,
    BELIEF_PAY,
    BELIEF_RESIDENCE,
    BELIEF_SCHOOL,
    BELIEF_SERVICES,
    BELIEF_WAIT,
    BELIEFS,
    TIER_SECTION,
)
from simulation.records import NEVER, Now, Person
from simulation.rules import filing, traits, visits

N_BELIEFS = len(BELIEFS)
GAP_MAX = 1.0
"""A belief off by more than this share counts as off by this share."""


@rule
def contacts(person: Person, now: Now) -> float:
    """Return the people in China whom a person knows: the first ones, grown with the community there."""
    return person.contacts * now.communities[traits.community(person)].network


@rule
def news_rate(person: Person, now: Now) -> float:
    """Return how often word from China reaches a person abroad, per year: official channels, contacts, own visits."""
    reach = now.policy[int(person.region)].official_reach
    seen = now.behaviour.visit_news * visits.open_share(person, now)
    return reach + now.behaviour.contact_news * contacts(person, now) + seen


@rule
def hear_news(person: Person, now: Now) -> None:
    """Carry the date of what a person abroad knows forward to the last word that came.

    Words come at a rate, so the time since the last is exponential; earlier knowledge is never lost.
    """
    rate = news_rate(person, now)
    if rate <= 0.0:
        return
    age = draws.exponential(now.seed, int(person.id), now.month, draws.NEWS) * 12.0 / rate
    if age < now.month - int(person.news_month):
        person.news_month = now.month - int(age)


@rule
def ratio(person: Person, now: Now, belief: int) -> float:
    """Return what a person takes something to be, relative to the letter: 1 for people in China.

    Those who have lived in China trust what they saw for as long as they lived there, then lean on the community.
    """
    if int(person.entry_month) != NEVER:
        return 1.0
    if int(person.left_month) != NEVER and now.month - int(person.left_month) < int(person.past_months):
        return 1.0
    return now.communities[traits.community(person)].belief[belief]


@rule
def approval_prob(person: Person, now: Now, region: int) -> float:
    """Return the believed chance that an application which meets the criteria is granted, 0 to 1.

    Offices that read criteria differently are doubted as much as they differ.
    """
    policy = now.policy[region]
    prob = 1.0 - filing.wrong_refusal_prob(policy)
    prob *= ratio(person, now, BELIEF_APPROVAL)
    return prob if prob < 1.0 else 1.0


@rule
def gap(believed: float, true: float) -> float:
    """Return by what share a belief is off, 0 to ``GAP_MAX``."""
    if true <= 0.0:
        return 0.0 if believed <= 0.0 else GAP_MAX
    off = believed / true - 1.0
    if off < 0.0:
        off = -off
    return off if off < GAP_MAX else GAP_MAX


@rule
def mean_gap(person: Person, now: Now, known: Now, lane: int) -> float:
    """Return by what share the six beliefs of a person are off on average, for the region thought of, 0 to 1.

    Parameters
    ----------
    known
        The month as the person knows it.
    lane
        The lane, 0 to 2, of the permit thought of.
    """
    region = int(person.region)
    seen, real = known.public[region], now.public[region]
    total = gap(ratio(person, now, BELIEF_PAY), 1.0)
    doubted = approval_prob(person, known, region)
    total += gap(doubted, 1.0 - filing.wrong_refusal_prob(now.policy[region]))
    total += gap(seen.entry_days[lane] * ratio(person, now, BELIEF_WAIT), real.entry_days[lane])
    total += gap(seen.filing_hours[lane] * ratio(person, now, BELIEF_SERVICES), real.filing_hours[lane])
    total += gap(seen.seat_share[TIER_SECTION] * ratio(person, now, BELIEF_SCHOOL), real.seat_share[TIER_SECTION])
    total += gap(seen.resident_share * ratio(person, now, BELIEF_RESIDENCE), real.resident_share)
    return total / N_BELIEFS
