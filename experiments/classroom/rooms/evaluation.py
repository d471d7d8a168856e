"""Evaluates rooms one after another in one worker process; takes up where it was, whatever ended it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.hidden_runs import Task, hidden_runs
from experiments.classroom.rooms.records import Group, Room
from experiments.classroom.rooms.secrecy import Secret
from experiments.classroom.rooms.shares import coalition_packages, key_of
from experiments.worker import Failure, Work, Worker

_LOG = logging.getLogger(__name__)
SCORE, SHARES = "score", "shares"
SHARES_PAIRS = 8
"""Hidden pairs that a package is shared among its measures on: the first ones, as it takes many runs."""
TRIES = 2

MakeWork: TypeAlias = Callable[[Secret, Mapping[str, Any]], Work]
"""Builds the work inside the worker; must be importable by name."""


class Evaluation:
    """A thread that runs what is missing in rooms under evaluation, in a spawned process.

    Every pair is kept as it comes. A pair that fails twice is kept as a failure, and the others go on.
    """

    def __init__(self, book: RoomBook, *, make_work: MakeWork = hidden_runs) -> None:
        self._book, self._make_work = book, make_work
        self._wake, self._ends = threading.Event(), threading.Event()
        self._worker: Worker | None = None
        self._thread = threading.Thread(target=self._run, name="rooms", daemon=True)
        self._forget = book.listen(lambda _: self._wake.set())

    def start(self) -> None:
        """Begin, with what an earlier process left undone."""
        self._wake.set()
        self._thread.start()

    def stop(self) -> None:
        """End the worker and the thread."""
        self._ends.set()
        self._forget()
        self._wake.set()
        worker = self._worker
        if worker is not None:
            # Only killed here: the thread, which hears of it, puts its end of the pipe away.
            worker.kill()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ends.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self._evaluate_all()
            except Exception:  # noqa: BLE001 - it is logged
                # A book that cannot be read now may be readable later: the thread must be there for it.
                if not self._ends.is_set():
                    _LOG.exception("rooms under evaluation could not be read")

    def _evaluate_all(self) -> None:
        for room in _wanted(self._book):
            try:
                self._evaluate(room)
            except Exception:  # noqa: BLE001 - it is logged
                if not self._ends.is_set():
                    _LOG.exception("the evaluation of room %s broke off", room.code)
            finally:
                self._let_go()

    def _evaluate(self, room: Room) -> None:
        for one in missing_in(self._book, room):
            if self._ends.is_set() or not self._is_wanted(room):
                return
            result = self._tried(room, one.task)
            if self._ends.is_set():
                return
            self._keep(room, one, result)

    def _keep(self, room: Room, one: Missing, result: Any) -> None:
        if isinstance(result, Failure):
            self._book.keep_failure(room, one.name, result.error)
        elif one.kind == SCORE:
            values = {group.id: result[score_key(group)] for group in one.groups}
            self._book.keep_results(room, SCORE, one.pair, values)
        else:
            self._book.keep_results(room, SHARES, one.pair, {one.groups[0].id: result})

    def _is_wanted(self, room: Room) -> bool:
        return any(one.id == room.id for one in _wanted(self._book))

    def _tried(self, room: Room, task: Task) -> Any:
        result: Any = None
        for _ in range(TRIES):
            if self._worker is None:
                make = partial(self._make_work, room.secret, room.settings.to_dict())
                self._worker = Worker(make)
            # Who ends it either saw this worker, or has said so before.
            if self._ends.is_set():
                break
            result = _done(self._worker, task)
            if not isinstance(result, Failure) or self._ends.is_set():
                break
            self._let_go()
        return result

    def _let_go(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()


def _wanted(book: RoomBook) -> list[Room]:
    """Return the rooms to evaluate, the oldest first; shares may still be run once the board is revealed."""
    return [room for room in reversed(book.rooms()) if room.state in {"evaluating", "revealed"}]


def _done(worker: Worker, task: Task) -> Any:
    worker.give(task)
    while True:
        kind, value = worker.receive()
        if kind in {"done", "failed", "died"}:
            return value


class Missing(NamedTuple):
    """A hidden pair that some groups lack; ``kind`` is ``SCORE``, or ``SHARES`` with the id of the group."""

    kind: str
    pair: int
    groups: tuple[Group, ...]

    @property
    def name(self) -> str:
        """What it is called among failures."""
        return f"{self.kind}/{self.pair}"

    @property
    def task(self) -> Task:
        """What to run: all groups at once for the score, as they share the run under today's law."""
        if self.kind == SCORE:
            return Task(self.pair, tuple((score_key(one), one.package) for one in self.groups))
        packages = coalition_packages(self.groups[0].package)
        return Task(self.pair, tuple((key_of(parts), one) for parts, one in packages))


def missing_in(book: RoomBook, room: Room) -> Iterator[Missing]:
    """Yield what a room lacks and has not been given up: first the score, then the shares of each group's package."""
    groups = [group for group in book.groups(room) if group.submission]
    failed = book.failures(room)
    scores, shares = book.results(room, SCORE), book.results(room, SHARES)
    found = [
        Missing(SCORE, pair, tuple(one for one in groups if pair not in scores.get(one.id, {})))
        for pair in range(room.settings.pairs)
    ]
    # Pair by pair, so that every group has something to talk about early.
    found += [
        Missing(f"{SHARES}-{group.id}", pair, (group,))
        for pair in range(min(SHARES_PAIRS, room.settings.pairs))
        for group in groups
        if len(group.package.parts) >= 2 and pair not in shares.get(group.id, {})
    ]
    return (one for one in found if one.groups and one.name not in failed)


def score_key(group: Group) -> str:
    """Return the name that a group's package has in a run."""
    return f"g{group.id}"


class Progress(NamedTuple):
    """Tasks done or given up, and all of them: of the score, of the shares."""

    scored: int
    to_score: int
    shared: int
    to_share: int

    @property
    def is_scored(self) -> bool:
        """Whether the board can be shown."""
        return 0 < self.to_score == self.scored


def progress_of(book: RoomBook, room: Room) -> Progress:
    """Return how far the evaluation of a room is."""
    groups = [group for group in book.groups(room) if group.submission]
    to_score = room.settings.pairs if groups else 0
    to_share = sum(len(group.package.parts) >= 2 for group in groups) * min(SHARES_PAIRS, room.settings.pairs)
    missing = [one.kind for one in missing_in(book, room)]
    unscored = missing.count(SCORE)
    return Progress(to_score - unscored, to_score, to_share - len(missing) + unscored, to_share)
