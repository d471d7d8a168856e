"""A baseline and the laws that branch off it: a past that laws share is run once.

A model is copied in the month in which a law first differs from the one it leaves, and the copy goes on under its own
law. Rows of persons stay the same people in all of them, so each can be compared with the baseline person by person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from experiments.persons import Pairing, Snapshot, Touched, snapshot_of


@dataclass(frozen=True)
class Branch:
    """A law that is run beside its baseline.

    Attributes
    ----------
    given
        What the model is given.
    first
        First month in which it differs from the baseline, counted from January 2000, within the run.
    leaves
        Place, in the sequence it stands in, of an earlier law whose past it shares; None for the baseline.
    leaves_at
        First month in which it differs from that law; ``first`` where that is the baseline.
    """

    given: Any
    first: int
    leaves: int | None = None
    leaves_at: int | None = None

    @property
    def month(self) -> int:
        """First month of its own."""
        return self.first if self.leaves_at is None else self.leaves_at


@dataclass(frozen=True)
class Ended:
    """A law run to its end, or to the error that ended it.

    ``place`` is that of its branch, None for the baseline; ``touched`` are people reached by month and group of traits;
    ``stage`` is what failed, ``draw`` or ``run``, where there is an error.
    """

    place: int | None
    model: Any = None
    touched: dict[int, dict[str, Touched]] = field(default_factory=dict)
    error: Exception | None = None
    stage: str = "run"


def months_in_all(end: int, branches: Sequence[Branch]) -> int:
    """Return the months that a baseline and its branches run together."""
    return end + 1 + sum(end + 1 - branch.month for branch in branches)


class Branching:
    """Runs baselines with their branches, each to the same last month.

    Parameters
    ----------
    start
        Builds the model of a law, before its first month.
    end
        Last month run, counted from January 2000.
    dates
        Months at whose end people are compared.
    traits
        Groups to count people in, of :func:`experiments.persons.known_traits`.
    count
        Called after each month of each law.
    """

    def __init__(
        self,
        start: Callable[[Any], Any],
        *,
        end: int,
        dates: Sequence[int],
        traits: Sequence[str],
        count: Callable[[], None],
    ) -> None:
        self._start = start
        self._end = end
        self._dates = frozenset(dates)
        self._traits = tuple(traits)
        self._count = count

    def run(self, baseline: Any, branches: Sequence[Branch]) -> Iterator[Ended]:
        """Yield the baseline, then each branch, as they end; after a baseline that fails there are no branches.

        A branch that fails takes with it only those that share the month in which it did.
        """
        trunk = _Trunk(self._dates, min((branch.first for branch in branches), default=self._end + 1))
        way = self._begin(baseline, trunk)
        forks = self._go(way, _begins(branches, None))
        yield Ended(None, way.model, {}, way.error, way.stage)
        if way.error is None:
            trunk.persons = way.model.people.persons
            yield from self._leave(way, forks, branches, None, trunk)

    def _leave(
        self, left: _Way, forks: dict[int, _Way], branches: Sequence[Branch], place: int | None, trunk: _Trunk
    ) -> Iterator[Ended]:
        """Run the branches that leave one law, each followed by those that leave it in turn."""
        for child, branch in enumerate(branches):
            if branch.leaves != place:
                continue
            way = self._way_of(branch, left, forks, trunk)
            own = self._go(way, _begins(branches, child))
            yield Ended(child, way.model, getattr(way.watch, "found", {}), way.error, way.stage)
            yield from self._leave(way, own, branches, child, trunk)

    def _way_of(self, branch: Branch, left: _Way, forks: dict[int, _Way], trunk: _Trunk) -> _Way:
        if branch.month == 0:
            # Other assumptions from the start: nobody has lived yet, and people may be drawn differently.
            return self._begin(branch.given, _Beside(trunk, self._dates, self._traits))
        if branch.month not in forks:
            # The law that is left failed in a month that both share.
            return left
        fork = forks[branch.month]
        beside = fork.watch.copy() if isinstance(fork.watch, _Beside) else _Beside(trunk, self._dates, self._traits)
        return fork.under(branch.given, beside)

    def _begin(self, given: Any, watch: _Trunk | _Beside) -> _Way:
        way = _Way(given, None, watch)
        try:
            way.model = self._start(given)
        except Exception as error:  # noqa: BLE001 - a failed run is data, and the others still count
            way.error, way.stage = error, "draw"
        return way

    def _go(self, way: _Way, begins: frozenset[int]) -> dict[int, _Way]:
        """Run a law to its end, or to its error; return copies of it in the months in which others leave it."""
        forks: dict[int, _Way] = {}
        while way.error is None and way.model.month <= self._end:
            now = int(way.model.month)
            if now in begins:
                forks[now] = way.under(way.given, way.watch.copy())
            way.step(now)
            # Outside what is caught: a worker whose driver is gone learns it here, and that is no failed run.
            self._count()
        return forks


@dataclass
class _Way:
    """A law on its way, and what is seen of its people."""

    given: Any
    model: Any
    watch: _Trunk | _Beside
    error: Exception | None = None
    stage: str = "run"
    present: _Present | None = None

    def step(self, now: int) -> None:
        try:
            self.present = self.present or _Present(self.model)
            self.model.step()
            self.watch.see(now, self.model.people.persons, self.present)
        except Exception as error:  # noqa: BLE001 - likewise
            self.error = error

    def under(self, given: Any, watch: _Trunk | _Beside) -> _Way:
        """Return a copy that goes on under another law."""
        if self.error is not None:
            return self
        try:
            return _Way(given, self.model.branch(given), watch)
        except Exception as error:  # noqa: BLE001 - likewise
            return _Way(given, None, watch, error)


class _Present:
    """Who is in China in a model: only those whose month it was are looked at again, a twentieth of all rows."""

    def __init__(self, model: Any) -> None:
        self._people = model.people
        self._here: Any = None
        self._lived: Any = None
        # Told before anybody lives the month; only they can come or leave. A model that tells nobody is read whole.
        if getattr(model, "on_facts", self) is None:
            model.on_facts = self._hear

    def _hear(self, facts: Any) -> None:
        self._lived = np.flatnonzero(self._people.wake == facts.month)

    def bits(self) -> Any:
        """Return them at the end of the month just run, a bit a row; from the first call on, for every month."""
        counted = self._people.persons["is_counted"]
        if self._here is None or self._lived is None:
            self._here = counted == 1
        else:
            self._here[self._lived] = counted[self._lived] == 1
        return np.packbits(self._here)


@dataclass
class _Trunk:
    """What is kept of a baseline: who was in China, a bit a row, by month; everybody at the dates."""

    dates: frozenset[int]
    first: int
    in_china: dict[int, Any] = field(default_factory=dict)
    snapshots: dict[int, Snapshot] = field(default_factory=dict)
    persons: Any = None

    def see(self, now: int, persons: Any, present: _Present) -> None:
        if now >= self.first:
            self.in_china[now] = present.bits()
        if now in self.dates:
            self.snapshots[now] = snapshot_of(persons)

    def copy(self) -> _Trunk:
        """Return itself: its copies are never asked what they saw."""
        return self


class _Beside:
    """The people of a branch, month by month, compared with those of the baseline."""

    def __init__(self, trunk: _Trunk, dates: frozenset[int], traits: Sequence[str]) -> None:
        self._trunk, self._dates, self._traits = trunk, dates, traits
        self._pairing: Pairing | None = None
        self.found: dict[int, dict[str, Touched]] = {}

    def see(self, now: int, persons: Any, present: _Present) -> None:
        trunk = self._trunk
        if self._pairing is None:
            self._pairing = Pairing(trunk.persons, persons, self._traits)
        self._pairing.add_month(trunk.in_china[now], present.bits())
        if now in self._dates:
            self.found[now] = self._pairing.at(trunk.snapshots[now], snapshot_of(persons))

    def copy(self) -> _Beside:
        other = _Beside(self._trunk, self._dates, self._traits)
        other._pairing = self._pairing and self._pairing.copy()
        other.found = dict(self.found)
        return other


def _begins(branches: Sequence[Branch], place: int | None) -> frozenset[int]:
    return frozenset(branch.month for branch in branches if branch.leaves == place and branch.month > 0)
