"""Lives of single people, lived again from the facts kept of a run, and where the lives of one person under two laws part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.clauses import Clause, clause_at
from experiments.design import DesignError
from experiments.public_facts import Kept
from scenarios import Scenario
from simulation.biography import terms
from simulation.biography.event import Event, gain_of
from simulation.biography.event import first as first_call
from simulation.biography.events import events
from simulation.biography.replay import Month, Step, draw, last_id, live_again
from simulation.names import ORIGINS
from simulation.plain import copy_of
from simulation.records import month_text

_PARTED_BY = ("kind", "variant", "status", "region")


@dataclass(frozen=True)
class Life:
    """The life of one person under one law.

    ``born`` is the person as drawn, before anything happened; ``months`` are those in which something could.
    """

    scenario: Scenario
    kept: Kept
    born: Any
    months: Sequence[Month]

    @cached_property
    def events(self) -> list[Event]:
        """What happened, in order."""
        return list(events(self.months))

    @property
    def ended(self) -> Any:
        """The person at the end of the run."""
        return self.months[-1].after if self.months else self.born

    @property
    def until(self) -> str:
        """Last month of the run, ``YYYY-MM``."""
        return month_text(self.kept.facts.months - 1)

    def clauses(self, event: Event) -> list[Clause]:
        """Return the clauses that decided an event."""
        return [clause_of(self, path, event.month, event.facts.get("from", event.region)) for path in event.paths]

    def month_at(self, month: int) -> Month | None:
        """Return a month of the life, if anything could happen in it."""
        return next((each for each in self.months if each.now.month == month), None)


def live(person_id: int, scenario: Scenario, kept: Kept) -> Life:
    """Live a person's life under a scenario again.

    Raises
    ------
    DesignError
        If the run has no person of that number.
    """
    last = last_id(kept.facts)
    if not 1 <= person_id <= last:
        raise DesignError(
            f"people are numbered 1 to {last} where one row stands for {kept.facts.scale}, got {person_id}; "
            "a smaller --scale has more people, and its own numbers"
        )
    person, wake = draw(person_id, kept.facts)
    return Life(scenario, kept, copy_of(person), list(live_again(person, wake, kept.facts)))


def clause_of(life: Life, path: str, month: int, region: str) -> Clause:
    """Return the clause of a life's law in a month, in a region or for the person's origin, as the lever goes."""
    scope = life.scenario.library.levers[path].scope
    place = ORIGINS[int(life.born.origin)] if scope == "origin" else region
    return clause_at(life.scenario, path, month_text(month), place)


def terms_of(gain: Step) -> dict[str, float]:
    """Return the terms of a decision, those left out that are nought."""
    return {name: term for name, term in terms.terms(gain).items() if abs(term) >= 5e-13}


@dataclass(frozen=True)
class Parting:
    """Where two lives of one person part.

    ``month`` is the first month with another event, None if there is none; ``shared`` the number of events before it.
    """

    month: int | None
    shared: int


def parting(first: Life, second: Life) -> Parting:
    """Return where two lives of one person part: at the first event that differs in more than its numbers."""
    for shared, (one, other) in enumerate(zip(first.events, second.events, strict=False)):
        if one.month != other.month or any(getattr(one, name) != getattr(other, name) for name in _PARTED_BY):
            return Parting(min(one.month, other.month), shared)
    shared = min(len(first.events), len(second.events))
    longer = max(first.events, second.events, key=len)
    return Parting(longer[shared].month if len(longer) > shared else None, shared)


def differing_clauses(first: Life, second: Life, month: int) -> list[tuple[Clause, Clause]]:
    """Return the clauses that decided what either life met in a month and that are not the same under both laws."""
    paths = {
        path: event.facts.get("from", event.region)
        for life in (first, second)
        for event in life.events
        if event.month == month
        for path in event.paths
    }
    pairs = [tuple(clause_of(life, path, month, region) for life in (first, second)) for path, region in paths.items()]
    return [(one, other) for one, other in pairs if one.value != other.value]


def same_decision(first: Life, second: Life, month: int) -> tuple[Step, Step] | None:
    """Return the balances of a decision that both lives face in a month, if they face one and the balances differ."""
    lived = [life.month_at(month) for life in (first, second)]
    if lived[0] is None or lived[1] is None:
        return None
    for step in lived[0].steps:
        twin = next((other for other in lived[1].steps if other.rule == step.rule), None)
        gains = _balance(step), _balance(twin)
        if gains[0] is not None and gains[1] is not None and gains[0].result != gains[1].result:
            return gains[0], gains[1]
    return None


def _balance(step: Step | None) -> Step | None:
    """Return the call that valued what a step decided: in a search, the choice that won."""
    choice = first_call(step, "coming.choose") if step else None
    return gain_of(choice or step)
