"""Lives one person's life again from nothing, by the rules themselves, and hears which rule called which.

Who a person is follows from the seed and their number; what they meet, from the facts kept of a run. The rules run in
plain Python, and the interpreter tells of every call: so no rule needs to know that it is being told, and what is
told cannot differ from what was done.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from simulation import population
from simulation.facts import Calendar, Facts
from simulation.plain import copy_of, load_person, plain_record, store_person
from simulation.records import PERSON, Now
from simulation.rules import (
    coming,
    filing,
    life,
    month_in_china,
    moving,
    permanent_residence,
    residing,
    staying,
    value,
    work_permit,
)
from simulation.rules.tally import Tally

WATCHED: tuple[Callable[..., Any], ...] = (
    coming.consider,
    coming.search,
    coming.choose,
    coming.give_up,
    coming.apply,
    coming.decide_application,
    coming.expected_category,
    coming.decided_category,
    coming.is_refused,
    coming.enter,
    coming.gain_of_visits,
    filing.wait_for_appeal,
    month_in_china.permit_events,
    month_in_china.personal_events,
    moving.change_region,
    residing.file,
    residing.submit,
    residing.register,
    residing.take_step,
    residing.wait_in_line,
    residing.grant,
    staying.leave,
    staying.review,
    staying.file_renewal,
    staying.decide_renewal,
    staying.lose_job,
    staying.find_post,
    staying.graduate,
    staying.end_term,
    staying.retire,
    staying.seat_children,
    value.gain_of_china,
)
"""Rules whose calls are told, with the person, an argument of each, before and after."""
NOTED: tuple[Callable[..., Any], ...] = (
    work_permit.route_to_a,
    work_permit.route_to_b,
    *(rule for name, rule in vars(permanent_residence).items() if name.startswith("by_")),
)
"""Rules of which only the answer is of interest: routes to a category, and to permanent residence."""


@dataclass
class Step:
    """One call of a rule: the person before and after, what else it was given, what it returned, whom it called.

    ``rule`` reads like ``staying.leave``; ``given`` holds its arguments by name, the person apart. Of a rule that is only
    noted there is no person.
    """

    rule: str
    before: Any
    given: Mapping[str, Any]
    after: Any = None
    result: Any = None
    inner: list[Step] = field(default_factory=list)

    def calls(self, *rules: str) -> Iterator[Step]:
        """Yield the calls of some rules inside this one, at any depth, in the order in which they began."""
        for step in self.inner:
            if step.rule in rules:
                yield step
            yield from step.calls(*rules)


class Month(NamedTuple):
    """One month in which something could happen to a person."""

    now: Now
    before: Any
    after: Any
    wake: int  # the next such month
    counted: dict[str, dict[tuple[int, ...], int]]  # what went into the month's counts, by table and place
    steps: list[Step]


class Witness:
    """Hears the calls of some rules while something runs.

    Parameters
    ----------
    watched
        Rules to hear of, each with an argument ``person``.
    noted
        Rules of which only the arguments and the answer are kept, since that takes less time.
    """

    def __init__(
        self, watched: Iterable[Callable[..., Any]] = WATCHED, noted: Iterable[Callable[..., Any]] = NOTED
    ) -> None:
        self._watched = {rule.__code__: name_of(rule) for rule in watched}
        self._names = self._watched | {rule.__code__: name_of(rule) for rule in noted}
        self._open: list[Step] = []

    def hear(self, action: Callable[[], Any]) -> tuple[Any, list[Step]]:
        """Do something; return its result and the calls heard, outermost first."""
        root = Step("", None, {})
        self._open = [root]
        before = sys.getprofile()
        sys.setprofile(self._listen)
        try:
            result = action()
        finally:
            sys.setprofile(before)
        return result, root.inner

    def _listen(self, frame: FrameType, event: str, returned: Any) -> None:
        name = self._names.get(frame.f_code)
        if name is None:
            return
        is_watched = frame.f_code in self._watched
        if event == "call":
            given = dict(frame.f_locals)
            person = given.pop("person", None)
            step = Step(name, copy_of(person) if is_watched else None, given)
            self._open[-1].inner.append(step)
            self._open.append(step)
        elif event == "return":
            step = self._open.pop()
            step.result = returned
            if is_watched:
                step.after = copy_of(frame.f_locals["person"])


def name_of(rule: Callable[..., Any]) -> str:
    """Return the name under which a rule is told, such as ``staying.leave``."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"


class Counts:
    """A table of counts of one person: it has a place wherever a rule writes."""

    def __init__(self) -> None:
        self.amounts: dict[tuple[int, ...], int] = {}

    def __getitem__(self, place: Any) -> _Place:
        return _Place(self, _as_tuple(place))

    def __setitem__(self, place: Any, amount: int) -> None:
        self.amounts[_as_tuple(place)] = int(amount)


class _Place:
    """A place of a table, or a row of places: which of the two shows in what a rule does with it."""

    def __init__(self, counts: Counts, place: tuple[int, ...]) -> None:
        self._counts, self._place = counts, place

    def __getitem__(self, place: Any) -> _Place:
        return _Place(self._counts, self._place + _as_tuple(place))

    def __setitem__(self, place: Any, amount: int) -> None:
        self._counts[self._place + _as_tuple(place)] = amount

    def __int__(self) -> int:
        return self._counts.amounts.get(self._place, 0)

    def __add__(self, amount: int) -> int:
        return int(self) + int(amount)

    def __sub__(self, amount: int) -> int:
        return int(self) - int(amount)


def _as_tuple(place: Any) -> tuple[int, ...]:
    return tuple(int(index) for index in place) if isinstance(place, tuple) else (int(place),)


def draw(person_id: int, facts: Facts) -> tuple[Any, int]:
    """Draw one person as the run drew them; return the person and the first month in which anything can happen.

    Parameters
    ----------
    person_id
        From 1 to ``last_id(facts)``.
    """
    start = Calendar(facts).turn_to(0)
    given = (start.origins, start.places, [start.behaviour])
    rows, wake = np.zeros(1, PERSON), [0]
    persons = [load_person(rows, 0)]
    population.fill(persons, wake, [person_id], float(facts.scale), facts.seed, [plain_record(facts.pool)], given)
    return _as_stored(persons[0], rows), int(wake[0])


def last_id(facts: Facts) -> int:
    """Return the highest number of a person of the run."""
    return population.nominal_size(facts.pool, facts.scale, facts.months - 1)


def live_again(person: Any, wake: int, facts: Facts, *, is_told: bool = True) -> Iterator[Month]:
    """Yield the months in which something could happen to a person, from their first to the end of the run.

    Parameters
    ----------
    person, wake
        As ``draw`` gives them; the person is changed as they live.
    is_told
        Whether to hear the rules; without it ``steps`` stays empty, and it is faster.
    """
    calendar, witness, rows = Calendar(facts), Witness(), np.zeros(1, PERSON)
    laws = law_changes(facts)
    while 0 <= wake < facts.months:
        now, before = calendar.turn_to(wake), copy_of(person)
        counts = Tally(*(Counts() for _ in Tally._fields))
        month = partial(life.live, person, now, counts)
        following, steps = witness.hear(month) if is_told else (month(), [])
        person = _as_stored(person, rows)
        following = _woken(person, now.month, int(following), laws)
        yield Month(now, before, copy_of(person), following, _counted(counts), steps)
        wake = following


class LawChange(NamedTuple):
    """A month whose law reaches some people at once, with the law by region before it and in it."""

    month: int
    before: tuple[Any, ...]
    law: tuple[Any, ...]


@lru_cache(maxsize=4)
def law_changes(facts: Facts) -> list[LawChange]:
    """Return the months in which the law changes in what is heard of at once."""
    course, found = facts.courses["policy"], []
    calendar = Calendar(facts)
    months = [month for month in range(1, facts.months) if course.changed[month]]
    for month in months:
        before, law = calendar.turn_to(month - 1).policy, calendar.turn_to(month).policy
        if any(
            getattr(one, name) != getattr(other, name)
            for one, other in zip(before, law, strict=True)
            for name in life.HEARD_AT_ONCE
        ):
            found.append(LawChange(month, before, law))
    return found


def _woken(person: Any, month: int, wake: int, laws: Iterable[LawChange]) -> int:
    """Return the next month in which something can happen to a person, a change of law that wakes them included."""
    region = int(person.region)
    for change in laws:
        if month < change.month < wake and life.wakes_to_law(person, change.before[region], change.law[region]) == 1:
            return change.month
    return wake


def _as_stored(person: Any, rows: Any) -> Any:
    """Return a person as they would come back from a row of the run."""
    store_person(rows, 0, person)
    return load_person(rows, 0)


def _counted(counts: Tally) -> dict[str, dict[tuple[int, ...], int]]:
    tables = {name: table.amounts for name, table in counts._asdict().items()}
    return {name: {at: n for at, n in table.items() if n} for name, table in tables.items() if any(table.values())}
