"""One thing asked: who asks, what has been told so far, and those who listen."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from experiments.classroom.running.slot import Slot

LAST = frozenset({"answer", "done", "problems", "failed", "stopped"})
"""Events after which nothing more is told."""
_ONLY_NEWEST = frozenset({"queued", "pairs"})
_ONCE = frozenset({"began", "months"})


class Event(NamedTuple):
    """What is told: its number (from 1), its name, and its data as JSON."""

    number: int
    name: str
    data: bytes


class Errand:
    """A task on its way, shared by everyone who asks for the same.

    Parameters
    ----------
    number
        Order of arrival.
    key
        Hash of what determines the answer.
    task
        What a worker is given.
    """

    def __init__(self, number: int, key: str, task: Mapping[str, Any]) -> None:
        self.id = secrets.token_urlsafe(12)
        self.number, self.key, self.task = number, key, dict(task)
        self.events: list[Event] = []
        self.askers: dict[str, str] = {}
        """Visitor -> address."""
        self.streams: Counter[str] = Counter()
        self.home: Slot | None = None
        """The worker that holds what was begun."""
        self.served = 0.0
        """Seconds that workers spent on it."""
        self._told = 0
        self._done = 0
        self._is_again = False
        self._news = asyncio.Event()

    @property
    def last(self) -> Event | None:
        """The event that ended it; None while it goes on."""
        return self.events[-1] if self.events and self.events[-1].name in LAST else None

    @property
    def ahead(self) -> bytes | None:
        """What was last told about those ahead."""
        return next((event.data for event in self.events if event.name == "queued"), None)

    def begin_again(self) -> None:
        """Forget the worker that held it: what was told stays told, and is not told twice."""
        self.home, self._is_again = None, True

    def tell(self, name: str, data: bytes, done: int | None = None) -> None:
        """Tell everyone who listens, now or later; of states that replace one another only the newest is kept."""
        if self.last is not None or (self._is_again and self._is_old(name, done)):
            return
        self._done = max(self._done, done or 0)
        if name in LAST:
            self.events.clear()
        elif name in _ONLY_NEWEST:
            self.events = [event for event in self.events if event.name != name]
        self._told += 1
        self.events.append(Event(self._told, name, data))
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _is_old(self, name: str, done: int | None) -> bool:
        return (name in _ONCE and self._done > 0) or (name == "pairs" and (done or 0) <= self._done)

    async def follow(self, after: int, beat_seconds: float) -> AsyncIterator[Event | None]:
        """Yield events later than number ``after`` until the last; None where nothing came for a while."""
        while True:
            news = self._news
            for event in [event for event in self.events if event.number > after]:
                after = event.number
                yield event
            if self.last is not None:
                return
            # What was told while the lines above were being sent has already set the older one.
            if news is self._news:
                try:
                    await asyncio.wait_for(news.wait(), beat_seconds)
                except TimeoutError:
                    yield None
