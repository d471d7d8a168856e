"""School seats for the children of foreign professionals, by tier, and other services that crowd."""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import TIER_PUBLIC
from simulation.records import Place, Policy


@rule
def seat_share(place: Place, policy: Policy, tier: int, children: float) -> float:
    """Return the share of children who are given a seat in a tier, 0 to 1.

    Parameters
    ----------
    children
        Children who want a seat, smoothed over three Septembers.
    """
    seats = place.seats[tier] * policy.seats_multiplier[tier]
    share = 1.0 if children <= seats else seats / children
    if tier == TIER_PUBLIC:
        return share * policy.public_enrolment_share
    return share


@rule
def service_share(capacity: float, demand: float, exponent: float) -> float:
    """Return the share of demand that a service can meet, 0 to 1: min(1, (capacity / demand) ^ exponent)."""
    if demand <= capacity:
        return 1.0
    return draws.power(capacity / demand, exponent)
