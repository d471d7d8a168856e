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
            worker.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ends.is_set():
            self._wake.wait()
            self._wake.clear()
            for room in _wanted(self._book):
                try:
                    self._evaluate(room)
                except Exception:
                    if not self._ends.is_set():
                        logging.getLogger(__name__).exception("the evaluation of room %s broke off", room.code)
                finally:
                    self._let_go()

    def _evaluate(self, room: Room) -> None:
        for kind, task in tasks_of(self._book, room):
            if self._ends.is_set() or not self._is_wanted(room):
                return
            result = self._tried(room, task)
            if self._ends.is_set():
                return
            if isinstance(result, Failure):
                self._book.keep_failure(room, task_name(kind, task), result.error)
            elif kind == SCORE:
                self._book.keep_results(room, kind, task.pair, {int(key[1:]): value for key, value in result.items()})
            else:
                group = int(kind.partition("-")[2])
                self._book.keep_results(room, SHARES, task.pair, {group: result})

    def _is_wanted(self, room: Room) -> bool:
        return any(one.id == room.id for one in _wanted(self._book))

    def _tried(self, room: Room, task: Task) -> Any:
        result: Any = None
        for _ in range(TRIES):
            if self._worker is None:
                make = partial(self._make_work, room.secret, room.settings.to_dict())
                self._worker = Worker(make)
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


def tasks_of(book: RoomBook, room: Room) -> Iterator[tuple[str, Task]]:
    """Yield what is missing in a room: first the pairs of the score, then the shares of each group's package.

    A pair of the score runs all groups at once, as they share its run under today's law.
    """
    groups = [group for group in book.groups(room) if group.submission]
    failed, there = book.failures(room), book.results(room, SCORE)
    for pair in range(room.settings.pairs):
        missing = tuple((score_key(one), one.package) for one in groups if pair not in there.get(one.id, {}))
        if missing and task_name(SCORE, Task(pair, ())) not in failed:
            yield SCORE, Task(pair, missing)
    there = book.results(room, SHARES)
    # Pair by pair, so that every group has something to talk about early.
    for pair in range(min(SHARES_PAIRS, room.settings.pairs)):
        for group in (one for one in groups if len(one.package.parts) >= 2):
            kind = f"{SHARES}-{group.id}"
            if pair not in there.get(group.id, {}) and task_name(kind, Task(pair, ())) not in failed:
                packages = coalition_packages(group.package)
                yield kind, Task(pair, tuple((key_of(parts), one) for parts, one in packages))


def score_key(group: Group) -> str:
    """Return the name that a group's package has in a run."""
    return f"g{group.id}"


def task_name(kind: str, task: Task) -> str:
    """Return the name of a task among failures."""
    return f"{kind}/{task.pair}"


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
    missing = [kind for kind, _ in tasks_of(book, room)]
    unscored = missing.count(SCORE)
    return Progress(to_score - unscored, to_score, to_share - len(missing) + unscored, to_share)
