"""Short visits before any move: who can come and see the country without asking for a visa first."""

from __future__ import annotations

from simulation.compiled import rule
from simulation.records import Now, Person


@rule
def open_share(person: Person, now: Now) -> float:
    """Return the share of short trips, 0 to 1, that a person could make without a visa asked for in advance.

    The trip goes to the region that the person thinks of first. Four doors may be open: entry free of visa for the
    origin, entry free of visa to the region, transit to a third country, a visa at the port. Each serves its share of
    the trips that the others leave; none serves anybody while the border is closed.
    """
    origin = now.origins[int(person.origin)]
    law = now.policy[int(person.region)]
    left = 1.0 - origin.visa_free_entry
    left *= 1.0 - law.regional_free_share
    left *= 1.0 - origin.transit_free_entry * law.transit_share
    left *= 1.0 - law.port_visa_share
    return (1.0 - left) * law.border_open_share
