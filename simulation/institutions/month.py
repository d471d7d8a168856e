"""The month of the institutions: last month's counts in, this month's public facts out."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulation.compiled import rule
from simulation.institutions import administration, labour, news, quotas, residence, schools
from simulation.names import BELIEFS, FIELDS, ORIGINS, REGIONS, SERVICES, TIERS
from simulation.records import Behaviour
from simulation.rules import tally

N_REGIONS, N_FIELDS, N_TIERS, N_ORIGINS = len(REGIONS), len(FIELDS), len(TIERS), len(ORIGINS)
N_SERVICES, N_BELIEFS = len(SERVICES), len(BELIEFS)
SMOOTHING_MONTHS = 12.0
"""Window over which desks and employers see applications: a year, so that few rows are no noise."""
FILING_MONTHS = 24.0
"""Window over which desks see the nation's files: two years, since queues answer to noise more than in proportion."""
OWN_SHARE = 0.25
"""Weight of the people who live in a region in its share of the nation's files; the rest follows its staff (assumption A58)."""
NEWS_MONTHS = 24.0
"""Window over which a community remembers its cases and its leavers (assumption A59)."""
SCHOOL_YEARS = 3.0
EMPLOYED_SHARE = 0.75
"""Share of posts filled at the reference, from which services and networks are measured (assumption)."""
FOREIGN_DEMAND_SHARE = 0.1
"""Share of foreigners in the demand for the services they use (assumption)."""


class Memory(NamedTuple):
    """What institutions remember of the past; rates are people a month."""

    filed: Any  # f8 (3,), nation: first permits, renewals, permanent residence
    files: Any  # f8 (regions, 3): what of it the desks of a region see
    seekers_region: Any  # f8 (regions,)
    seekers_field: Any  # f8 (fields,)
    desks: Any  # f8 (regions, 2, stations): visits left over, usual visits a month
    school: Any  # f8 (regions, tiers), children
    quota: Any  # f8 (2,): Category C cases, files of permanent residence that wait
    levels: Any  # i8 (levels, groups), people
    employed: Any  # i8 (regions, fields), people
    community_stock: Any  # i8 (communities,), people
    returned: Any  # f8 (communities,), exits
    met: Any  # f8 (communities, beliefs): what cases met
    promised: Any  # f8 (communities, beliefs): what the letter promised them
    residence: Any  # i8 (3 + points,): files of permanent residence that wait, decided, drawn, registered by points
    desk: Any  # f8 (regions, 3): decisions and places left of the yearly numbers, the bar of late


@rule
def smooth(old: float, new: float, window: float) -> float:
    """Return an exponential average after one more value."""
    return old + (new - old) / window


@rule
def remember_files(memory: Memory, counts: tally.Tally) -> None:
    """Take the nation's files of a month into memory, by kind."""
    for kind in range(3):
        total = 0.0
        for region in range(N_REGIONS):
            total += float(counts.filed[region, kind])
        memory.filed[kind] = smooth(memory.filed[kind], total, FILING_MONTHS)


@rule
def remember_news(memory: Memory, counts: tally.Tally) -> None:
    """Take into memory what communities lived through in a month."""
    for community in range(N_ORIGINS * N_FIELDS):
        memory.community_stock[community] += counts.community[community]
        returned = float(counts.returned[community])
        memory.returned[community] = smooth(memory.returned[community], returned, NEWS_MONTHS)
        for belief in range(N_BELIEFS):
            met = float(counts.lived[community, belief, 0]) / tally.THOUSAND
            promised = float(counts.lived[community, belief, 1]) / tally.THOUSAND
            memory.met[community, belief] = smooth(memory.met[community, belief], met, NEWS_MONTHS)
            memory.promised[community, belief] = smooth(memory.promised[community, belief], promised, NEWS_MONTHS)


@rule
def remember_residence(memory: Memory, counts: tally.Tally) -> None:
    """Take into memory which files of permanent residence wait, and how many were decided and drawn in a month."""
    for place in range(len(memory.residence)):
        kept = memory.residence[place]
        if place == tally.RESIDENCE_DECIDED or place == tally.RESIDENCE_DRAWN:
            kept = 0
        memory.residence[place] = kept + counts.residence[place]


@rule
def remember(memory: Memory, counts: tally.Tally, month: int) -> None:
    """Take the counts of a month into memory."""
    for field in range(N_FIELDS):
        total = 0.0
        for region in range(N_REGIONS):
            total += float(counts.seekers[region, field])
        memory.seekers_field[field] = smooth(memory.seekers_field[field], total, SMOOTHING_MONTHS)
    for region in range(N_REGIONS):
        total = 0.0
        for field in range(N_FIELDS):
            total += float(counts.seekers[region, field])
            memory.employed[region, field] += counts.employed[region, field]
        memory.seekers_region[region] = smooth(memory.seekers_region[region], total, SMOOTHING_MONTHS)
        if month % 12 == 8:
            for tier in range(N_TIERS):
                new = float(counts.school[region, tier])
                memory.school[region, tier] = smooth(memory.school[region, tier], new, SCHOOL_YEARS)
    remember_files(memory, counts)
    remember_news(memory, counts)
    remember_residence(memory, counts)
    memory.quota[0] = smooth(memory.quota[0], float(counts.quota[0]), SMOOTHING_MONTHS)
    memory.quota[1] = smooth(memory.quota[1], float(memory.residence[tally.RESIDENCE_WAITING]), SMOOTHING_MONTHS)
    for level in range(counts.levels.shape[0]):
        for group in range(counts.levels.shape[1]):
            memory.levels[level, group] += counts.levels[level, group]


@rule
def share_of_files(memory: Memory, places: Any, region: int) -> float:
    """Return a region's share of the nation's files: what it is staffed for, and the people who live there.

    A region's own files would come in lumps where a row stands for many people, and lumps lengthen queues.
    """
    reference = 0.0
    for other in range(N_REGIONS):
        reference += places[other].reference_load
    usual = places[region].reference_load / reference
    stock = float(memory.levels[tally.STOCK, 0])
    if stock <= 0.0:
        return usual
    living = float(memory.levels[tally.STOCK, tally.FIRST_REGION + region]) / stock
    return (1.0 - OWN_SHARE) * usual + OWN_SHARE * living


@rule
def update_labour(public: Any, places: Any, memory: Memory, behaviour: Behaviour) -> None:
    """Set the share of seekers matched, by region and field.

    Seekers and employed of a cell are taken as region times field over the total (assumption A18), so that cells
    of few rows are no lumps.
    """
    seekers = 0.0
    for region in range(N_REGIONS):
        seekers += memory.seekers_region[region]
    employed = 0.0
    for region in range(N_REGIONS):
        for field in range(N_FIELDS):
            employed += float(memory.employed[region, field])
    for region in range(N_REGIONS):
        in_region = 0.0
        for field in range(N_FIELDS):
            in_region += float(memory.employed[region, field])
        for field in range(N_FIELDS):
            in_field = 0.0
            for other in range(N_REGIONS):
                in_field += float(memory.employed[other, field])
            filled = in_region * in_field / employed if employed > 0.0 else 0.0
            looking = memory.seekers_region[region] * memory.seekers_field[field] / seekers if seekers > 0.0 else 0.0
            vacant = labour.vacancies(places[region].posts[field], filled)
            public[region].match_share[field] = labour.match_share(looking, vacant, behaviour.match_efficiency)


@rule
def update_public(
    public: Any, communities: Any, memory: Memory, policy: Any, places: Any, origins: Any, behaviour: Behaviour
) -> None:
    """Set this month's public facts, by region, and what communities believe, from what institutions remember."""
    stock = float(memory.levels[tally.STOCK, 0])
    in_a = float(memory.levels[tally.STOCK, tally.FIRST_CATEGORY])
    share_a = in_a / stock if stock > 0.0 else 0.0
    update_labour(public, places, memory, behaviour)
    for region in range(N_REGIONS):
        here = public[region]
        law = policy[region]
        share = share_of_files(memory, places, region)
        for kind in range(3):
            memory.files[region, kind] = share * memory.filed[kind]
        administration.update_desks(
            here, places[region], law, behaviour, memory.files[region], memory.desks[region], share_a
        )
        for tier in range(N_TIERS):
            here.seat_share[tier] = schools.seat_share(places[region], law, tier, memory.school[region, tier])
        posts = 0.0
        for field in range(N_FIELDS):
            posts += places[region].posts[field]
        residents = float(memory.levels[tally.STOCK, tally.FIRST_REGION + region])
        demand = 1.0 - FOREIGN_DEMAND_SHARE + FOREIGN_DEMAND_SHARE * residents / (EMPLOYED_SHARE * posts)
        for service in range(N_SERVICES):
            here.service_share[service] = schools.service_share(
                law.service_capacity[service], demand, behaviour.congestion_exponent
            )
        here.quota_share = quotas.served_share(law.category_c_quota, memory.quota[0])
        residence.update_desk(here, law, memory.residence, memory.desk[region], memory.quota[1])
    news.update_communities(communities, memory, policy, places, origins, behaviour, EMPLOYED_SHARE)
