"""The same people, law, luck and months in five engines: compiled, as lazy agents, and three plain Mesa models.

A plain Mesa model holds one Python object a person, whose attributes are the fields of PERSON, and runs the same rules
uncompiled. It is written three ways:

- ``awake``: a calendar of agents by month, so that only those in whose month something can happen are stepped;
- ``everyone checks``: each agent's ``step`` is called each month, and most return at once;
- ``everyone evaluates``: without such bookkeeping an agent cannot know that nothing happens, so each compares life in
  China with life away every month, and then lives its month if it is one.

All start from one state and run the same months in turn. They must end with the same people, to the bit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from functools import partial
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

import scenarios
from benchmarks.measure import Spent, machine, table
from simulation import TalentModel, institutions
from simulation.model import meet_in_plain_python, new_tally
from simulation.names import ALONE, ON_A, ON_B, OUT
from simulation.plain import plain_now
from simulation.records import NEVER, PERSON_FIELDS, month_index, month_text
from simulation.rules import life, staying, value

NAMES = tuple(name for name, _, _ in PERSON_FIELDS)
VALUES_OF = attrgetter(*NAMES)
SEED = 1
BLOCK = 2048


class Resident(mesa.Agent):  # type: ignore[misc]  # Mesa has no types
    """A person as Mesa users write one: an object of its own, with ordinary attributes."""

    def __init__(self, model: PlainModel, values: tuple[Any, ...], wake: int) -> None:
        super().__init__(model)
        for name, field in zip(NAMES, values, strict=True):
            setattr(self, name, field)
        self.wake = wake

    def step(self) -> None:
        """Live this month, if it is one of this person's."""
        if self.wake == self.model.month:
            self.wake = life.live(self, self.model.now, self.model.tally)


class Evaluator(Resident):
    """A person who compares life in China with life away every month."""

    status: int
    region: int
    pool_month: int
    balance: float = 0.0

    def step(self) -> None:
        """Weigh the two lives, then live the month."""
        if self.pool_month <= self.model.month and self.status != OUT:
            now = self.model.now
            status = staying.status_valued(self) if self.status >= ON_A else ON_B
            here = value.utility_in_china(self, now, self.region, status, ALONE)
            self.balance = here - value.utility_away(self, now)
        super().step()


class PlainModel(mesa.Model):  # type: ignore[misc]  # likewise
    """The model in plain Mesa: institutions meet, each agent steps, institutions remember."""

    def __init__(self, start: TalentModel, kind: type[Resident]) -> None:
        super().__init__(rng=SEED)
        trunk = start.branch(start.given)
        self.given, self.public, self.memory, self.month = trunk.given, trunk.public, trunk.memory, trunk.month
        self.communities, self.public_by_month = trunk.communities, trunk.public_by_month
        self.now = trunk.now
        self.tally = new_tally(trunk.given.until + 1)
        persons, wake = trunk.people.persons, trunk.people.wake
        for row in range(len(persons)):
            kind(self, persons[row].item(), int(wake[row]))
        self.people = list(self.agents)

    def step(self) -> None:
        """Run one month."""
        given, at = self.given, self.month
        for counts in self.tally:
            counts[...] = 0
        facts = self.now._replace(
            month=at,
            policy=given.policy[at],
            places=given.places[at],
            public=self.public,
            origins=given.origins[at],
            rivals=given.rivals[at],
            behaviour=given.behaviour,
            communities=self.communities,
            policy_by_month=given.policy,
            public_by_month=self.public_by_month,
        )
        meet_in_plain_python(facts, self.memory)
        self.public_by_month[at] = self.public
        self.now = plain_now(facts)
        self.step_people()
        institutions.remember(self.memory, self.tally, at)
        self.month += 1

    def step_people(self) -> None:
        """Step everybody, as ``agents.do`` does in most Mesa models."""
        self.agents.do("step")

    def state(self) -> bytes:
        """Return all persons, their wake months and the public facts as bytes."""
        persons = np.zeros(len(self.people), [(name, kind) for name, kind, _ in PERSON_FIELDS])
        for row, person in enumerate(self.people):
            persons[row] = VALUES_OF(person)
        wake = np.array([person.wake for person in self.people], np.int16)
        return persons.tobytes() + wake.tobytes() + self.public.tobytes()


class CalendarModel(PlainModel):
    """The plain model with a calendar, so that nobody is stepped in vain."""

    def __init__(self, start: TalentModel) -> None:
        super().__init__(start, Resident)
        self.calendar: dict[int, list[Resident]] = defaultdict(list)
        for person in self.people:
            self.calendar[person.wake].append(person)

    def step_people(self) -> None:
        """Step those whose month it is."""
        for person in self.calendar.pop(self.month, []):
            person.step()
            if person.wake < NEVER:
                self.calendar[person.wake].append(person)


def state_of(model: TalentModel) -> bytes:
    """Return all persons, their wake months and the public facts as bytes."""
    persons = model.people.persons
    packed = persons.astype([(name, kind) for name, kind, _ in PERSON_FIELDS])
    return packed.tobytes() + model.people.wake.tobytes() + model.public.tobytes()


def trunk(given: Any, *, rows: int, start: str, threads: int) -> TalentModel:
    """Return a compiled model of about some number of rows, run up to the month before the start."""
    pool = TalentModel(given, scale=100_000, seed=SEED)
    scale = max(1, round(100_000 * pool.people.n / rows))
    model = TalentModel(given, scale=scale, seed=SEED, threads=threads, block=BLOCK)
    model.run_until(month_text(month_index(start) - 1))
    return model


def as_agents(start: TalentModel) -> TalentModel:
    """Return a branch that steps people through Mesa, as lazy views."""
    model = start.branch(start.given)
    model.engine = "agents"
    return model


def race(one: TalentModel, two: TalentModel, months: int) -> tuple[dict[str, Spent], dict[str, bytes], int]:
    """Run all engines for some months, in turn, month by month; the fast ones through all months each turn.

    Returns
    -------
        Time of one run of all months, the state at the end, by engine, and how many were awake in all.
    """
    slow: dict[str, Any] = {
        "as lazy agents": as_agents(one),
        "Mesa, awake": CalendarModel(one),
        "Mesa, everyone checks": PlainModel(one, Resident),
        "Mesa, everyone evaluates": PlainModel(one, Evaluator),
    }
    spent = {name: Spent() for name in ("compiled, 1 thread", "compiled, 2 threads", *slow)}
    states: dict[str, bytes] = {}
    awake = 0
    turns = list(slow.items())
    for _ in range(months):
        for name, start in (("compiled, 1 thread", one), ("compiled, 2 threads", two)):
            model = start.branch(start.given)
            awake = spent[name].on(partial(_run, model, months))
            states[name] = state_of(model)
        for name, model in turns:
            spent[name].on(model.step)
        # The first of a month makes plain records of the law, which the others find ready: each is first in its turn.
        turns.append(turns.pop(0))
    for name in ("compiled, 1 thread", "compiled, 2 threads"):
        spent[name] = Spent(spent[name].wall / months, spent[name].cpu / months)
    for name, model in slow.items():
        states[name] = state_of(model) if isinstance(model, TalentModel) else model.state()
    return spent, states, awake


def _run(model: TalentModel, months: int) -> int:
    awake = 0
    for _ in range(months):
        model.step()
        awake += model.awake
    return awake


def digests(states: dict[str, bytes]) -> dict[str, str]:
    """Return a short hash of each state.

    Raises
    ------
    SystemExit
        If two differ: then their times are of different work.
    """
    found = {name: hashlib.sha256(state).hexdigest()[:16] for name, state in states.items()}
    if len(set(found.values())) != 1:
        raise SystemExit(f"the engines end in different states: {found}")
    return found


def main() -> None:
    """Run the race and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000, help="people, about (default: 20,000)")
    parser.add_argument("--months", type=int, default=12, help="months timed, from --start on (default: 12)")
    parser.add_argument("--start", default="2018-01", help="first month timed (default: 2018-01)")
    parser.add_argument("--json", action="store_true", help="print JSON rather than lines")
    asked = parser.parse_args()
    until = month_text(month_index(asked.start) + asked.months)
    given = scenarios.load("baseline").resolve(until)
    one, two = (trunk(given, rows=asked.rows, start=asked.start, threads=threads) for threads in (1, 2))
    spent, states, awake = race(one, two, asked.months)
    digest = next(iter(digests(states).values()))
    person_months = one.people.n * asked.months
    unit = spent["compiled, 1 thread"].cpu
    rows = [
        {
            "engine": name,
            "person-months/s": person_months / time.wall,
            "wall s": time.wall,
            "cpu s": time.cpu,
            "cpu us per awake": 1e6 * time.cpu / awake,
            "cpu, compiled = 1": time.cpu / unit,
        }
        for name, time in spent.items()
    ]
    report = {
        "machine": machine(),
        "rows": one.people.n,
        "months": asked.months,
        "start": asked.start,
        "awake_share": awake / person_months,
        "state": digest,
        "engines": rows,
    }
    if asked.json:
        print(json.dumps(report, indent=1))
        return
    print(" ".join(f"{name} {version}" for name, version in machine().items()))
    print(f"{one.people.n:,} rows, {asked.months} months from {asked.start}, {awake / person_months:.1%} awake a month")
    print(table(rows))
    print(f"every engine ends with the same people: {digest}")


if __name__ == "__main__":
    main()
