"""Work in China: pay there and elsewhere, the gain to a career."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import ASSIGNEE, SELF_INITIATED
from simulation.records import Now, Person, Rival
from simulation.rules import research, traits

WAIT_MAX_YEARS = 20.0
"""Years to a settled status beyond which a longer queue is no worse: half a working life (assumption)."""
NAMED_SHARE = 0.05
"""Share of would-be movers who name a country of middling fame (H1-03 to H1-05): there fame neither adds nor takes."""
SIZE_WEIGHT = 0.78
"""Weight of log size in a choice, per standard deviation of tastes: the root of 6 over pi (McFadden 1978)."""
EVEN_RANGE = 3.4641016151377544
"""Width of an even spread, in its standard deviations: the root of 12."""


@rule
def salary(person: Person, now: Now, region: int) -> float:
    """Return the yearly salary that employers in a region offer, yuan of 2024."""
    behaviour = now.behaviour
    mode = int(person.mode)
    if mode == ASSIGNEE and traits.is_posted(person, now.month) == 0:
        # After the assignment the local contract replaces the package.
        mode = SELF_INITIATED
    log_pay = (
        now.origins[int(person.origin)].china_pay
        + traits.log_pay_relative(person, now)
        + person.china_gap
        + behaviour.field_pay[int(person.field)]
        + behaviour.mode_pay[mode]
        + now.places[region].pay_premium
    )
    return draws.exp(log_pay)


@rule
def home_salary(person: Person, now: Now) -> float:
    """Return the yearly salary at home, yuan of 2024 at purchasing power."""
    log_pay = (
        now.origins[int(person.origin)].home_pay
        + traits.log_pay_relative(person, now)
        + person.home_gap
        + now.behaviour.field_pay[int(person.field)]
    )
    return draws.exp(log_pay)


@rule
def years_to_settle(rival: Rival, origin: int) -> float:
    """Return the years to a settled status in a third country, with the queue that its law makes for an origin (G1-21)."""
    years = rival.wait_years + rival.queue_years[origin]
    return years if years < WAIT_MAX_YEARS else WAIT_MAX_YEARS


@rule
def pull_of_rival(person: Person, now: Now, index: int) -> float:
    """Return a person's lasting pull towards a third country, log pay: language, kin, firm, friends.

    Countries that more people name draw more of them, as in a choice among unequal numbers of posts. What differs
    between people is even over its range: tails would cost two logarithms a country and say nothing that is known.
    """
    named = draws.log(now.rivals[index].named_share / NAMED_SHARE)
    own = draws.uniform(now.seed, int(person.id), index, draws.RIVAL) - 0.5
    return now.behaviour.rival_taste_sd * (SIZE_WEIGHT * named + EVEN_RANGE * own)


@rule
def log_rival_pay(person: Person, now: Now) -> float:
    """Return the best log net pay that third countries offer to a person; ties to the lower index.

    The chance of a visa enters as log odds-weighted pay, the delay to a settled status as 1% of pay a year
    (assumption). People differ in which country suits them, so that each country's policy reaches some of them; each
    origin has its own access.
    """
    field = int(person.field)
    best = -1000.0
    for index in range(len(now.rivals)):
        rival = now.rivals[index]
        value = (
            rival.pay
            + rival.field_premium[field]
            + draws.log(1.0 - rival.tax)
            + now.behaviour.rival_access_weight * draws.log(rival.access)
            - 0.01 * years_to_settle(rival, int(person.origin))
            + pull_of_rival(person, now, index)
        )
        if value > best:
            best = value
    origin = now.origins[int(person.origin)]
    return best + origin.rival_access + traits.log_pay_relative(person, now) + person.rival_gap


@rule
def career_gain(person: Person, now: Now, region: int, status: int, stay_months: int) -> float:
    """Return the gain to a career in China under a status, utility a year; it fades with the months of the stay."""
    behaviour = now.behaviour
    gain = behaviour.career_gain[int(person.field)] + research.funding_gain(person, now, region, status)
    return gain * draws.exp(-stay_months / behaviour.career_fade_months)
