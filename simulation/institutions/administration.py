"""Desks in a row, by formula: load, queue, papers sent back, priority lane.

A desk's mean queue follows from its utilisation (Erlang's formula for the M/M/c queue) plus the backlog carried
from months in which load exceeded capacity. Papers sent back come again, so they load the desk for everybody. The waits
do not depend on how many people a row stands for.
"""

from __future__ import annotations

from typing import Any

from simulation import draws
from simulation.compiled import rule
from simulation.names import CARD, LEGALISATION, MEDICAL, NOTICE, PR_REVIEW, REGISTRATION, RESIDENCE, STATIONS, VISA
from simulation.records import Behaviour, Place, Policy, Public
from simulation.rules import filing

N_STATIONS = len(STATIONS)
WORKING_DAYS = 21.0
"""Working days of a month."""
FIRST_PERMIT_SHARE = 0.4
"""Share of first permits in the load that desks are staffed for (two in five: permits last two to three years)."""
DOCUMENTS_AT_REFERENCE = 6.0
"""Documents a file holds in the load that desks are staffed for (I2-16)."""
BACKLOG, USUAL_LOAD = range(2)
UTILISATION_MAX = 0.98
"""Beyond this the stationary formula has no meaning; backlog carries the rest."""


@rule
def mean_queue(utilisation: float, servers: float, service_days: float) -> float:
    """Return the mean days in queue of an M/M/c desk, by Erlang's formula.

    Parameters
    ----------
    utilisation
        Load over capacity, at least 0; cut at UTILISATION_MAX.
    servers
        Desks that work in parallel, at least 1; between whole numbers the mean is linear.
    service_days
        Mean days of service.

    Notes
    -----
    Erlang (1917); exact for whole numbers of desks.
    """
    if utilisation <= 0.0 or service_days <= 0.0:
        return 0.0
    u = utilisation if utilisation < UTILISATION_MAX else UTILISATION_MAX
    below = int(servers)
    queue = erlang_queue(u, below)
    part = servers - below
    if part > 0.0:
        queue += part * (erlang_queue(u, below + 1) - queue)
    return service_days * queue


@rule
def erlang_queue(utilisation: float, servers: int) -> float:
    """Return the mean queue of an M/M/c desk, in mean services: below full use, for a whole number of desks."""
    offered = utilisation * servers
    blocked = 1.0
    for desk in range(1, servers + 1):
        blocked = offered * blocked / (desk + offered * blocked)
    waiting = blocked / (1.0 - utilisation * (1.0 - blocked))
    return waiting / (servers * (1.0 - utilisation))


@rule
def error_prob(policy: Policy, behaviour: Behaviour) -> float:
    """Return the chance that one document is found wanting: less with English forms, more where offices differ."""
    english = policy.english_share * behaviour.english_error_gain
    return behaviour.error_per_document * (1.0 - english) * (1.0 + policy.interpretation_dispersion)


@rule
def sent_back_prob(policy: Policy, behaviour: Behaviour, station: int) -> float:
    """Return the chance that a visit to a station ends with the file sent back, 0 to 1.

    Documents that agencies share need not be shown; a file that went to the wrong desk comes back too.
    """
    documents = policy.documents[station] * (1.0 - policy.shared_share)
    accepted = draws.power(1.0 - error_prob(policy, behaviour), documents)
    if station == NOTICE:
        accepted *= 1.0 - policy.misrouting_prob
    return 1.0 - accepted


@rule
def visits_per_file(sent_back: float, policy: Policy, behaviour: Behaviour) -> float:
    """Return the visits that a file takes on average, at least 1, returns included."""
    return 1.0 + sent_back / (1.0 - filing.sent_back_again_prob(sent_back, policy, behaviour))


@rule
def is_in_china(station: int) -> int:
    """Return 1 for stations whose queue the model computes: those in China."""
    return 0 if station == LEGALISATION or station == VISA else 1


@rule
def visits_now(place: Place, filed: Any, station: int) -> float:
    """Return files a month at a station, people: those of foreign professionals and of other applicants."""
    first, renewals, residence = filed[0], filed[1], filed[2]
    if station == PR_REVIEW:
        return residence
    if station == CARD:
        return first + renewals
    if station == RESIDENCE:
        return first + renewals + place.local_load
    return first


@rule
def visits_at_reference(place: Place, station: int) -> float:
    """Return files a month that a station is staffed for."""
    load = place.reference_load
    if station == CARD:
        return load
    if station == RESIDENCE:
        return load + place.local_load
    return FIRST_PERMIT_SHARE * load


@rule
def staffed_visits(place: Place, behaviour: Behaviour, station: int, usual_load: float) -> float:
    """Return the visits a month that a station is staffed for, returns included.

    Staff is never cut below the reference load, and follows the usual load of the last years above it.
    """
    sent_back = 1.0 - draws.power(1.0 - behaviour.error_per_document, DOCUMENTS_AT_REFERENCE)
    visits = visits_at_reference(place, station) / (1.0 - sent_back)
    return usual_load if usual_load > visits else visits


@rule
def update_station(
    public: Public,
    place: Place,
    policy: Policy,
    behaviour: Behaviour,
    filed: Any,
    desks: Any,
    station: int,
    share_a: float,
) -> None:
    """Set the queues and the chance of return of one station for the month, and carry its backlog and staff on."""
    back = sent_back_prob(policy, behaviour, station)
    public.sent_back_prob[station] = back
    public.queue_days[station] = 0.0
    public.priority_days[station] = 0.0
    # Files of permanent residence wait for one of the year's decisions: ``residence`` keeps that line.
    if is_in_china(station) == 0 or station == PR_REVIEW:
        return
    load = visits_now(place, filed, station) * visits_per_file(back, policy, behaviour)
    staffed = staffed_visits(place, behaviour, station, desks[USUAL_LOAD, station])
    desks[USUAL_LOAD, station] += (load - desks[USUAL_LOAD, station]) / behaviour.staffing_months
    capacity = policy.desk_capacity * staffed / behaviour.desk_load
    waiting = desks[BACKLOG, station] + load - capacity
    desks[BACKLOG, station] = waiting if waiting > 0.0 else 0.0
    utilisation = load / capacity
    servers = behaviour.desks_per_station * (1.0 + 2.0 * policy.pooled_share)
    queue = mean_queue(utilisation, servers, policy.service_days[station])
    queue += desks[BACKLOG, station] / capacity * WORKING_DAYS
    u = utilisation if utilisation < UTILISATION_MAX else UTILISATION_MAX
    # Two classes without pre-emption: what the fast lane gains, the others wait (the mean is kept).
    lane = policy.priority_lane_share
    fast = queue * (1.0 - u) / (1.0 - share_a * u)
    slow = queue / (1.0 - share_a * u)
    public.priority_days[station] = lane * fast + (1.0 - lane) * queue
    public.queue_days[station] = lane * slow + (1.0 - lane) * queue


@rule
def station_mean_days(public: Public, policy: Policy, behaviour: Behaviour, station: int, lane: int) -> float:
    """Return the mean working days at a station, returns and repairs included."""
    if policy.service_days[station] <= 0.0:
        return 0.0
    service = filing.service_days(policy, station, lane)
    queue = public.priority_days[station] if lane == 0 else public.queue_days[station]
    back = public.sent_back_prob[station]
    days = service + queue
    if 0.0 < policy.time_limit_days < days:
        days = policy.time_limit_days
    visits = visits_per_file(back, policy, behaviour)
    return days * visits + behaviour.repair_days * (visits - 1.0)


@rule
def mean_entry_days(public: Public, policy: Policy, behaviour: Behaviour, lane: int) -> float:
    """Return the calendar days that a first permit is said to take: what applicants believe."""
    total = 0.0
    for station in (LEGALISATION, NOTICE, VISA, REGISTRATION):
        total += station_mean_days(public, policy, behaviour, station, lane)
    in_turn = 0.0
    longest = 0.0
    for station in (CARD, MEDICAL, RESIDENCE):
        days = station_mean_days(public, policy, behaviour, station, lane)
        in_turn += days
        if days > longest:
            longest = days
    total += policy.parallel_share * longest + (1.0 - policy.parallel_share) * in_turn
    return total * filing.CALENDAR_DAYS


@rule
def mean_filing_hours(public: Public, policy: Policy, behaviour: Behaviour, lane: int) -> float:
    """Return the hours a year that renewals take a permit holder: visits, papers, returns."""
    months = policy.category_b_permit_months
    if lane == 0:
        months = policy.category_a_permit_months
    if lane == 2:
        months = policy.category_c_permit_months
    hours = 0.0
    for station in (CARD, RESIDENCE):
        if policy.service_days[station] > 0.0:
            papers = policy.documents[station] * (1.0 - policy.shared_share)
            hours += (behaviour.visit_hours + papers) * visits_per_file(
                public.sent_back_prob[station], policy, behaviour
            )
    return hours * (1.0 - policy.one_visit_hours_share) * 12.0 / months


@rule
def update_desks(
    public: Public, place: Place, policy: Policy, behaviour: Behaviour, filed: Any, desks: Any, share_a: float
) -> None:
    """Set what the desks of one region mean for applicants this month.

    Parameters
    ----------
    filed
        Files a month, people, smoothed: first permits, renewals, permanent residence.
    desks
        Visits a month by station, carried on: those left over (row BACKLOG), the usual load (row USUAL_LOAD).
    share_a
        Share of Category A among those who file, 0 to 1.
    """
    for station in range(N_STATIONS):
        update_station(public, place, policy, behaviour, filed, desks, station, share_a)
    for lane in range(3):
        public.entry_days[lane] = mean_entry_days(public, policy, behaviour, lane)
        public.filing_hours[lane] = mean_filing_hours(public, policy, behaviour, lane)
