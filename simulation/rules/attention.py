"""Who considers moving at all, when, and where they look first.

Policy, pay and networks enter only in accepting a candidate moment of a person's own clock (see ``clocks``).
"""

from __future__ import annotations

import math

from simulation import draws
from simulation.compiled import rule
from simulation.records import NEVER, Behaviour, Now, Person
from simulation.rules import beliefs, traits, visits


@rule
def age_factor(age_years: float) -> float:
    """Return how readily people of an age move, 0 to 1: highest to 32, falling to a tenth at 60.

    The shape follows migration age schedules; its numbers are an assumption.
    """
    if age_years <= 32.0:
        return 1.0
    factor = 1.0 - (age_years - 32.0) * 0.9 / 28.0
    return factor if factor > 0.1 else 0.1


@rule
def acceptance(person: Person, now: Now, appeal: float) -> float:
    """Return the chance that a candidate moment makes the person consider China, 0 to 1.

    Parameters
    ----------
    appeal
        The believed gain, bent to -1 to 1 by tanh.
    """
    behaviour = now.behaviour
    factor = age_factor(traits.age_years(person, now.month))
    factor *= draws.exp(behaviour.attention_gain * appeal)
    factor *= draws.power(1.0 + beliefs.contacts(person, now), behaviour.network_elasticity)
    if int(person.left_month) != NEVER:
        factor *= behaviour.leaver_attention
    # A visit without a visa is how many first see the country.
    factor *= 1.0 + behaviour.scouting_gain * visits.open_share(person, now)
    prob = factor / behaviour.attention_bound
    return prob if prob < 1.0 else 1.0


@rule
def notices(person: Person, now: Now, appeal: float) -> int:
    """Return 1 if the candidate moment of this month is taken up; what is at one appeal is at every greater one."""
    prob = acceptance(person, now, appeal)
    return 1 if draws.bernoulli(prob, now.seed, int(person.id), now.month, draws.ATTENTION_ACCEPT) else 0


@rule
def step_taste(person: Person, now: Now) -> None:
    """Carry the moving taste to the last January: an AR(1) on yearly knots, stepped from the last knot seen.

    The knots are fixed dates, so that no policy can move the moments at which taste is renewed.
    """
    year = now.month // 12
    if int(person.taste_year) >= year:
        return
    keep = draws.exp(-12.0 / now.behaviour.taste_memory_months)
    spread = math.sqrt(1.0 - keep * keep)
    value = person.taste
    for knot in range(int(person.taste_year) + 1, year + 1):
        value = keep * value + spread * draws.normal(now.seed, int(person.id), knot, draws.TASTE)
    person.taste = value
    person.taste_year = year


@rule
def pull_of_region(person_id: int, seed: int, posts: float, region: int, behaviour: Behaviour) -> float:
    """Return a person's lasting pull towards a region: posts in their field there, and their own preference, utility."""
    own = draws.gumbel(seed, person_id, region, draws.REGION)
    return behaviour.region_scale * (own + draws.log(1.0 + posts))


@rule
def region_pull(person: Person, now: Now, region: int) -> float:
    """Return a person's pull towards a region with the posts of the month, utility."""
    posts = now.places[region].posts[int(person.field)]
    return pull_of_region(int(person.id), now.seed, posts, region, now.behaviour)
