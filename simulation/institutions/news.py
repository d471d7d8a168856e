"""How communities learn: contacts that grow with the stock, experience that corrects first impressions, leavers who tell."""

from __future__ import annotations

from typing import Any

from simulation import draws
from simulation.compiled import rule
from simulation.names import BELIEF_SERVICES, BELIEF_WAIT, BELIEFS, FIELDS, ORIGINS

N_BELIEFS, N_ORIGINS, N_FIELDS = len(BELIEFS), len(ORIGINS), len(FIELDS)
PRIOR_CASES = 5.0
"""Cases a month, as the letter says, that weigh as much as a community's own (assumption A59)."""


@rule
def network_growth(stock: float, reference: float, elasticity: float) -> float:
    """Return how many contacts in China people have, relative to the reference stock of their community.

    A fifth of the reference is added on both sides, so that an empty start is no barrier (assumption).
    """
    if reference <= 0.0:
        return 1.0
    return draws.power((stock + 0.2 * reference) / (1.2 * reference), elasticity)


@rule
def first_impression(belief: int, pessimism: float) -> float:
    """Return what is believed before any word comes, relative to what is so: longer waits and losses, less of the rest."""
    if belief == BELIEF_WAIT or belief == BELIEF_SERVICES:
        return 1.0 + pessimism
    return 1.0 - pessimism


@rule
def experienced(met: float, promised: float) -> float:
    """Return what members met, relative to what the letter promised them: 1 where there were no cases.

    Parameters
    ----------
    met, promised
        Sums a month over the community's cases, of one unit, at least 0.
    """
    return (met + PRIOR_CASES) / (promised + PRIOR_CASES)


@rule
def next_belief(old: float, impression: float, lived: float, official: float, told: float, forgetting: float) -> float:
    """Return a belief a month later, pulled by three rates a year: towards the letter, experience, first impressions.

    Parameters
    ----------
    old, impression, lived
        Ratios to the letter, which is 1.
    official, told, forgetting
        Rates per year, at least 0.
    """
    rate = official + told + forgetting
    if rate <= 0.0:
        return old
    settled = (official + told * lived + forgetting * impression) / rate
    return settled + (old - settled) * draws.exp(-rate / 12.0)


@rule
def update_community(
    community: Any, memory: Any, at: int, origin: Any, reference: float, reach: float, behaviour: Any
) -> None:
    """Set contacts and beliefs of one community for this month.

    Parameters
    ----------
    at
        Its index.
    reference
        People of the community in China at the reference, from which contacts are measured.
    reach
        Official words a year, mean of the regions.
    """
    stock = float(memory.community_stock[at])
    community.network = network_growth(stock, reference, behaviour.network_growth_elasticity)
    told = behaviour.contact_news * origin.contacts_mean * community.network
    # Leavers tell those who stayed at home: as many a year, relative to the community, as went back.
    told += behaviour.leaver_news * 12.0 * memory.returned[at] / (stock + reference)
    for belief in range(N_BELIEFS):
        lived = experienced(memory.met[at, belief], memory.promised[at, belief])
        impression = first_impression(belief, behaviour.initial_pessimism)
        old = community.belief[belief]
        community.belief[belief] = next_belief(old, impression, lived, reach, told, behaviour.belief_forgetting)


@rule
def update_communities(
    communities: Any, memory: Any, policy: Any, places: Any, origins: Any, behaviour: Any, filled_share: float
) -> None:
    """Set contacts and beliefs of all communities.

    Parameters
    ----------
    filled_share
        Share of posts filled at the reference, 0 to 1.
    """
    reach = 0.0
    n_regions = len(places)
    for region in range(n_regions):
        reach += policy[region].official_reach / n_regions
    for field in range(N_FIELDS):
        posts = 0.0
        for region in range(n_regions):
            posts += places[region].posts[field]
        for origin in range(N_ORIGINS):
            at = origin * N_FIELDS + field
            given = origins[origin]
            reference = filled_share * posts * given.pool_share
            update_community(communities[at], memory, at, given, reference, reach, behaviour)
