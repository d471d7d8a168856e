"""The model: a nation's foreign professionals, month by month, as a Mesa model."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import mesa
import numpy as np

from simulation import institutions, places, population
from simulation.compiled import compiled, rule
from simulation.institutions import Memory
from simulation.institutions.news import first_impression
from simulation.limits import scarce_things
from simulation.names import BELIEFS, FIELDS, LANES, ORIGINS, REGIONS, STATIONS, TIERS
from simulation.outcomes import GROUPS, Outcomes
from simulation.people import People
from simulation.plain import plain_now
from simulation.professional import PeopledModel, Professional
from simulation.records import COMMUNITY, PUBLIC, Given, Now, month_index, month_text
from simulation.rules import life
from simulation.rules.tally import (
    EVENTS,
    FIRST_RESIDENCE_POINTS,
    LEVELS,
    N_DAY_BINS,
    N_RESIDENCE_POINTS,
    Tally,
)

COLLECTED = ("stock", "inflow", "outflow")
"""Outcomes that the model's data collector keeps."""
ENGINES = ("compiled", "agents")
N_COMMUNITIES = len(ORIGINS) * len(FIELDS)


@rule
def live_rows(
    persons: Any, wake: Any, first: int, last: int, month: int, seed: int, given: Any, behaviour: Any, counts: Tally
) -> int:
    """Let the people of some rows live a month if it is theirs; return how many were awake."""
    policy, regions, public, origins, rivals, communities, policy_by_month, public_by_month = given
    now = Now(
        month, seed, policy, regions, public, origins, rivals, behaviour[0],
        communities, policy_by_month, public_by_month,
    )  # fmt: skip
    awake = 0
    for row in range(first, last):
        if wake[row] == month:
            wake[row] = life.live(persons[row], now, counts)
            awake += 1
    return awake


def tables_of(facts: Now) -> tuple[Any, ...]:
    """Return the tables of a month's facts in the order in which ``live_rows`` takes them."""
    return (
        facts.policy, facts.places, facts.public, facts.origins, facts.rivals,
        facts.communities, facts.policy_by_month, facts.public_by_month,
    )  # fmt: skip


@rule
def wake_to_law(persons: Any, wake: Any, month: int, before: Any, policy: Any) -> None:
    """Wake those in China to whom the law of this month gives or takes something at once; ``before`` is last month's."""
    for row in range(len(wake)):
        region = int(persons[row].region)
        if life.wakes_to_law(persons[row], before[region], policy[region]) == 1:
            wake[row] = month


@rule
def meet(
    public: Any, communities: Any, memory: Memory, policy: Any, regions: Any, origins: Any, behaviour: Any
) -> None:
    """Let the institutions turn last month's counts into this month's public facts."""
    institutions.update_public(public, communities, memory, policy, regions, origins, behaviour[0])


def meet_in_plain_python(facts: Now, memory: Memory) -> None:
    """Let the institutions meet by the same rule as in compiled code, on rows that are read by attribute."""
    records = (facts.policy, facts.places, facts.origins, facts.behaviour)
    public, communities = facts.public.view(np.recarray), facts.communities.view(np.recarray)
    meet(public, communities, memory, *(table.view(np.recarray) for table in records))


def new_tally(n_months: int) -> Tally:
    """Return a tally of zeros."""
    regions, fields = len(REGIONS), len(FIELDS)
    shapes = (
        (len(EVENTS), len(GROUPS)),
        (len(LEVELS), len(GROUPS)),
        (len(LANES), N_DAY_BINS),
        (n_months, len(GROUPS)),
        (regions, 3),
        (regions, fields),
        (regions, fields),
        (regions, len(TIERS)),
        (1,),
        (N_COMMUNITIES,),
        (N_COMMUNITIES,),
        (N_COMMUNITIES, len(BELIEFS), 2),
        (FIRST_RESIDENCE_POINTS + N_RESIDENCE_POINTS,),
    )
    return Tally(*(np.zeros(shape, np.int64) for shape in shapes))


def new_memory() -> Memory:
    """Return what institutions remember at the start: the load that desks are staffed for, and nobody in China."""
    regions, fields = len(REGIONS), len(FIELDS)
    return Memory(
        filed=np.zeros(3),
        files=np.zeros((regions, 3)),
        seekers_region=np.zeros(regions),
        seekers_field=np.zeros(fields),
        desks=np.zeros((regions, 2, len(STATIONS))),
        school=np.zeros((regions, len(TIERS))),
        quota=np.zeros(2),
        levels=np.zeros((len(LEVELS), len(GROUPS)), np.int64),
        employed=np.zeros((regions, fields), np.int64),
        community_stock=np.zeros(N_COMMUNITIES, np.int64),
        returned=np.zeros(N_COMMUNITIES),
        met=np.zeros((N_COMMUNITIES, len(BELIEFS))),
        promised=np.zeros((N_COMMUNITIES, len(BELIEFS))),
        residence=np.zeros(FIRST_RESIDENCE_POINTS + N_RESIDENCE_POINTS, np.int64),
        desk=np.zeros((regions, 3)),
    )


def new_communities(behaviour: Any) -> Any:
    """Return the communities at the start: nobody in China, and first impressions."""
    communities = np.zeros(N_COMMUNITIES, COMMUNITY)
    for belief in range(len(BELIEFS)):
        communities["belief"][:, belief] = first_impression(belief, float(behaviour["initial_pessimism"][0]))
    return communities


class TalentModel(PeopledModel):
    """Foreign professionals who come to China, stay or leave, under dated law.

    Parameters
    ----------
    scenario
        A scenario, or a ``Given``.
    scale
        People that one row stands for, at least 1; 1 is the nation, person by person.
    seed
        Any integer from 0 to 2**63 - 1: it fixes every person's luck. ``rng`` is another name for it.
    until
        Last month that will be run, ``YYYY-MM``.
    engine
        ``compiled`` runs the rules over rows as machine code; ``agents`` steps each person through Mesa in plain
        Python. The same bits from both.
    threads
        Threads that share the rows, at least 1.
    block
        Rows of a block, at least 1; changes no result.
    professional
        The class that shows a row as an agent; its ``decide`` runs under ``engine="agents"``.

    Raises
    ------
    ValueError
        If an argument is out of its range.
    """

    def __init__(
        self,
        scenario: Any = None,
        *,
        scale: int = 1000,
        seed: int | None = None,
        rng: int | None = None,
        until: str = "2040-12",
        engine: str = "compiled",
        threads: int = 1,
        block: int = 4096,
        professional: type[Professional] = Professional,
    ) -> None:
        chosen = seed if seed is not None else rng
        chosen = 1 if chosen is None else int(chosen)
        _check(scale=scale, seed=chosen, threads=threads, block=block, engine=engine)
        super().__init__(rng=chosen)
        self.draw_seed, self.scale, self.engine, self.threads, self.block = chosen, scale, engine, threads, block
        given: Given = scenario if isinstance(scenario, Given) else scenario.resolve(until)
        persons, wake = population.draw_pool(given, scale=scale, seed=chosen)
        self._begin(given, People(persons, wake, model=self, professional=professional))
        self.month = 0
        self.public = np.zeros(len(REGIONS), PUBLIC)
        self.communities = new_communities(given.behaviour)
        self.public_by_month = np.zeros((given.until + 1, len(REGIONS)), PUBLIC)
        self.memory = new_memory()
        self.outcomes = Outcomes(given)
        self.now = self._facts()
        self.regions, self.departments, self.network = places.found(self)

    def _begin(self, given: Given, people: People) -> None:
        self.given, self.people = given, people
        self.awake = 0
        # Told what everybody faces, once a month, before anybody lives it.
        self.on_facts: Callable[[Now], None] | None = None
        # Mesa's batch_run runs while this is true, and reads the collector.
        self.running = True
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(_newest, name=name) for name in COLLECTED}
        )
        self._tallies = [new_tally(given.until + 1) for _ in range(self.threads)]
        self.tally = self._tallies[0]

    def _facts(self) -> Now:
        """Return the facts of the month as arrays of records."""
        at, given = min(self.month, self.given.until), self.given
        return Now(
            self.month, self.draw_seed, given.policy[at], given.places[at], self.public,
            given.origins[at], given.rivals[at], given.behaviour,
            self.communities, given.policy, self.public_by_month,
        )  # fmt: skip

    def step(self) -> None:
        """Run one month: institutions, then every person whose month it is, then the accounts."""
        if self.month > self.given.until:
            raise ValueError(
                f"the horizon ends with {month_text(self.given.until)}; build the model with a later `until`"
            )
        facts = self._facts()
        self._clear()
        self._wake_to_law(facts)
        if self.engine == "compiled":
            self._live_compiled(facts)
        else:
            self._live_as_agents(facts)
        self.outcomes.record(self.tally, self.memory.levels, scarce_things(self.public, self.memory, facts.places))
        self.month += 1
        self.now = self._facts()
        self.datacollector.collect(self)
        self.running = self.month <= self.given.until

    def run_until(self, last: str) -> None:
        """Run up to and including a month, ``YYYY-MM``."""
        while self.month <= month_index(last):
            self.step()

    def _wake_to_law(self, facts: Now) -> None:
        before = self.given.policy[max(0, self.month - 1)]
        if any((before[name] != facts.policy[name]).any() for name in life.HEARD_AT_ONCE):
            compiled(wake_to_law, cache=True)(self.people.persons, self.people.wake, self.month, before, facts.policy)

    def _tell(self, facts: Now) -> None:
        if self.on_facts is not None:
            self.on_facts(facts)

    def _clear(self) -> None:
        for tally in self._tallies:
            for counts in tally:
                counts[...] = 0

    def _live_compiled(self, facts: Now) -> None:
        compiled(meet, cache=True)(
            facts.public, facts.communities, self.memory, facts.policy, facts.places, facts.origins, facts.behaviour
        )
        self.public_by_month[self.month] = self.public
        self._tell(facts)
        live = compiled(live_rows, cache=True)
        shared = tables_of(facts)
        persons, wake, n = self.people.persons, self.people.wake, self.people.n

        def live_blocks(worker: int) -> int:
            awake = 0
            for first in range(worker * self.block, n, self.block * self.threads):
                last = min(first + self.block, n)
                awake += live(
                    persons,
                    wake,
                    first,
                    last,
                    self.month,
                    self.draw_seed,
                    shared,
                    facts.behaviour,
                    self._tallies[worker],
                )
            return awake

        if self.threads == 1:
            self.awake = live_blocks(0)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                self.awake = sum(pool.map(live_blocks, range(self.threads)))
            for tally in self._tallies[1:]:
                for total, counts in zip(self.tally, tally, strict=True):
                    np.add(total, counts, out=total)
        compiled(institutions.remember, cache=True)(self.memory, self.tally, self.month)

    def _live_as_agents(self, facts: Now) -> None:
        meet_in_plain_python(facts, self.memory)
        self.public_by_month[self.month] = self.public
        self._tell(facts)
        self.awake = int((self.people.wake == self.month).sum())
        self.now = plain_now(facts)
        self.agents.select(self.people.wake == self.month).do("step")
        institutions.remember(self.memory, self.tally, self.month)

    def branch(self, scenario: Any) -> TalentModel:
        """Return a model that goes on from here under another law: same people, same luck, same past.

        Parameters
        ----------
        scenario
            A scenario, or a ``Given``, that differs from this model's only from the present month on.

        Raises
        ------
        ValueError
            If it ends earlier than this model, or differs in behaviour.
        """
        given: Given = scenario if isinstance(scenario, Given) else scenario.resolve(month_text(self.given.until))
        if given.until != self.given.until:
            raise ValueError(
                f"a branch ends with its trunk: {month_text(self.given.until)}, got {month_text(given.until)}"
            )
        if given.behaviour.tobytes() != self.given.behaviour.tobytes():
            raise ValueError("a branch may differ in law and world, not in behaviour: people were drawn with it")
        other = type(self).__new__(type(self))
        mesa.Model.__init__(other, rng=self.draw_seed)
        other._go_on_from(self, given)  # noqa: SLF001 - a model of this class
        return other

    def _go_on_from(self, trunk: TalentModel, given: Given) -> None:
        """Take over the state of a model, in arrays of one's own."""
        self.draw_seed, self.scale, self.engine = trunk.draw_seed, trunk.scale, trunk.engine
        self.threads, self.block, self.month = trunk.threads, trunk.block, trunk.month
        persons, wake = trunk.people.persons.copy(), trunk.people.wake.copy()
        self._begin(given, People(persons, wake, model=self, professional=trunk.people.professional))
        self.public, self.communities = trunk.public.copy(), trunk.communities.copy()
        self.public_by_month = trunk.public_by_month.copy()
        self.memory = Memory(*(part.copy() for part in trunk.memory))
        self.outcomes = trunk.outcomes.copy(given)
        self.now = self._facts()
        self.regions, self.departments, self.network = places.found(self)


def _newest(model: TalentModel, *, name: str) -> float:
    """Return an outcome of everybody in the month just run."""
    return model.outcomes.value(name, "all", model.month - 1, months=1)


def _check(*, scale: int, seed: int, threads: int, block: int, engine: str) -> None:
    for name, value in (("scale", scale), ("threads", threads), ("block", block)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, got {value!r}")
    if not 0 <= seed < 2**63:
        raise ValueError(f"seed must be 0 to 2**63 - 1, got {seed}")
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {', '.join(ENGINES)}, got {engine!r}")
