"""Regions and government departments as Mesa agents on a network: few, and each a reading of what the model computes.

They decide nothing of their own: law, desks and schools act through ``institutions``, and people choose. What an agent
here adds is a name and a place from which to look: for a lesson, a data collector or a viewer.
"""

from __future__ import annotations

from inspect import signature
from itertools import combinations, count, pairwise
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import mesa
import networkx as nx
import numpy as np
from mesa.discrete_space import FixedAgent, Network

from simulation.names import FIELDS, LANES, REGIONS, STATIONS, TIERS
from simulation.plain import plain_table
from simulation.professional import AgentSet, Professionals
from simulation.records import month_index
from simulation.rules import tally

DEPARTMENTS = (
    "immigration", "human-resources", "foreign-affairs", "science-technology", "taxation", "education",
)  # fmt: skip
"""The six that the article names (I1-06)."""

_OWNERS = {
    "legalisation": ("foreign-affairs",),
    "visa": ("foreign-affairs",),  # I1-04
    # Health centres of the customs service, which the article leaves out; immigration asks for their certificate.
    "medical": ("immigration",),
    "residence": ("immigration",),  # I1-03
    "registration": ("human-resources", "taxation"),  # I2-12
    "pr_review": ("immigration",),  # I1-03
}
_WORK_PERMITS = (
    (month_index("2000-01"), "human-resources"),  # assumption: with the foreign experts' office, beside I1-05
    (month_index("2018-03"), "science-technology"),  # I1-02; the month is that year's reform of the State Council
    (month_index("2023-03"), "human-resources"),  # I1-01
)


def owners(station: str, month: int) -> tuple[str, ...]:
    """Return the departments whose desks a station is, in a month counted from January 2000.

    Work permits (stations ``notice`` and ``card``) went from human resources to science and technology in 2018 and
    back in March 2023.

    >>> owners("card", month_index("2023-02")), owners("card", month_index("2023-03"))
    (('science-technology',), ('human-resources',))
    """
    if station in _OWNERS:
        return _OWNERS[station]
    return ([department for start, department in _WORK_PERMITS if start <= month][-1],)


def handovers() -> set[frozenset[str]]:
    """Return the pairs of departments that have ever shared a station, or passed a file from one to the next."""
    steps = [{*owners(a, month), *owners(b, month)} for a, b in pairwise(STATIONS) for month, _ in _WORK_PERMITS]
    pairs = {frozenset(pair) for step in steps for pair in combinations(step, 2)}
    # A school place is given on the residence permit of a parent (assumption).
    return pairs | {frozenset(("education", "immigration"))}


class _Counters(WeakKeyDictionary[Any, Any]):
    """Counters of agents by model. Those of Mesa 3.3 keep every model in memory for ever; Mesa 3.5 asks for none."""

    def __getitem__(self, model: Any) -> Any:
        return self.setdefault(model, count(1))


_counters = _Counters()


class Region(FixedAgent):
    """One region: what it offers, whom it holds and how long its desks take this month."""

    _ids: ClassVar[Any] = _counters

    def __init__(self, model: mesa.Model, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.name = REGIONS[index]

    @property
    def policy(self) -> Any:
        """The law in force here: a plain record of POLICY."""
        return plain_table(self.model.now.policy)[self.index]

    @property
    def place(self) -> Any:
        """The region as it is given: a plain record of PLACE."""
        return plain_table(self.model.now.places)[self.index]

    @property
    def public(self) -> Any:
        """What everybody here faces this month: a plain record of PUBLIC."""
        return plain_table(self.model.now.public)[self.index]

    @property
    def stock(self) -> int:
        """Foreign professionals here at the end of last month, people."""
        return int(self.model.memory.levels[tally.STOCK, tally.FIRST_REGION + self.index])

    @property
    def people(self) -> Professionals:
        """The rows that make up the stock, as a lazy set."""
        agents = self.model.agents
        return agents.select((agents.array("is_counted") == 1) & (agents.array("region") == self.index))

    @property
    def posts(self) -> dict[str, float]:
        """Posts open to foreign professionals by field, people."""
        return dict(zip(FIELDS, self.place.posts, strict=True))

    @property
    def seats(self) -> dict[str, float]:
        """School seats for children of foreign professionals by tier, children, under the law in force."""
        multipliers = self.policy.seats_multiplier
        return {tier: seats * by for tier, seats, by in zip(TIERS, self.place.seats, multipliers, strict=True)}

    @property
    def seat_share(self) -> dict[str, float]:
        """Share of applicants given a school seat by tier, 0 to 1."""
        return dict(zip(TIERS, self.public.seat_share, strict=True))

    @property
    def waits(self) -> dict[str, float]:
        """Mean working days in the queue of each station, ordinary lane."""
        return dict(zip(STATIONS, self.public.queue_days, strict=True))

    @property
    def days_to_permit(self) -> dict[str, float]:
        """Mean calendar days from application to decision by lane A, B, C."""
        return dict(zip(LANES, self.public.entry_days, strict=True))


class Department(FixedAgent):
    """One government department: its desks in all regions, and what they do to files this month."""

    _ids: ClassVar[Any] = _counters

    def __init__(self, model: mesa.Model, name: str) -> None:
        super().__init__(model)
        self.name = name

    @property
    def stations(self) -> tuple[str, ...]:
        """Stations of the path to a permit whose desks are this department's, alone or with another, this month."""
        return tuple(station for station in STATIONS if self.name in owners(station, self.model.now.month))

    @property
    def waits(self) -> dict[str, float]:
        """Mean working days in the queue of each of its stations, over the applications desks are staffed for."""
        return self._by_station("queue_days")

    @property
    def sent_back(self) -> dict[str, float]:
        """Share of files sent back at each of its stations, 0 to 1, over the same."""
        return self._by_station("sent_back_prob")

    @property
    def backlog(self) -> dict[str, float]:
        """Visits left over from earlier months at each of its stations, all regions."""
        left = self.model.memory.backlog.sum(axis=0).tolist()
        return {station: left[STATIONS.index(station)] for station in self.stations}

    @property
    def partners(self) -> tuple[str, ...]:
        """Departments from which, or to which, files pass, in the order of ``DEPARTMENTS``."""
        near = {agent.name for agent in self.cell.neighborhood.agents}
        return tuple(name for name in DEPARTMENTS if name in near)

    def _by_station(self, field: str) -> dict[str, float]:
        now = self.model.now
        load = [place.reference_load for place in plain_table(now.places)]
        values = [getattr(public, field) for public in plain_table(now.public)]
        means = np.average(values, axis=0, weights=load).tolist()
        return {station: means[STATIONS.index(station)] for station in self.stations}


def found(model: Any) -> tuple[AgentSet, AgentSet, Network]:
    """Make the regions and departments of a model, and the network that they stand on.

    Parameters
    ----------
    model
        A Mesa model with ``now``, ``memory`` and ``people``, which may come later than this call.

    Returns
    -------
        Regions in the order of ``REGIONS``; departments in that of ``DEPARTMENTS``; a network with a cell for each.
        Regions are all linked, because people and permits may move from any to any; departments are linked where
        files pass between them.
    """
    regions = [Region(model, index) for index in range(len(REGIONS))]
    departments = [Department(model, name) for name in DEPARTMENTS]
    pairs = handovers()
    links = [*combinations(regions, 2)]
    links += [(a, b) for a, b in combinations(departments, 2) if frozenset((a.name, b.name)) in pairs]
    # Mesa's viewer can draw a network only if its cells are numbered from 0.
    number: dict[Any, int] = {agent: node for node, agent in enumerate((*regions, *departments))}
    graph = nx.Graph()
    graph.add_nodes_from(number.values())
    graph.add_edges_from((number[a], number[b]) for a, b in links)
    # Left to itself, Mesa 3.5 draws positions from NumPy's global generator; Mesa 3.3 has none.
    positions = {"layout": nx.circular_layout} if "layout" in signature(Network).parameters else {}
    network = Network(graph, random=model.random, **positions)
    for agent, node in number.items():
        agent.cell = network[node]
    return AgentSet(regions, random=model.random), AgentSet(departments, random=model.random), network
