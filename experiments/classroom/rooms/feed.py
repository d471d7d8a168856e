"""Streams the state of a room to browsers: at once when it changes, and a heartbeat when it does not."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

from experiments.classroom.refused import TooMuch
from experiments.classroom.rooms.book import RoomBook

STREAMS_MOST, STREAMS_EACH = 200, 10
"""Open streams in all, and of one visitor: a few tabs, not the whole room's share."""
HEARTBEAT_SECONDS = 15.0
_GATHER_SECONDS = 0.5
"""Changes that come this close together are told once."""


class Feed:
    """Who listens to which room."""

    def __init__(self, book: RoomBook) -> None:
        self._book, self._open = book, Counter[str]()

    def check(self, visitor: str) -> None:
        """Refuse (429) a stream beyond the most there may be, of a visitor or in all."""
        if self._open.total() >= STREAMS_MOST or self._open[visitor] >= STREAMS_EACH:
            raise TooMuch(
                "streams", {"en": "Too many pages watch rooms at once.", "zh": "同时查看房间的页面过多。"}, 30
            )

    async def events(
        self, room: int, view: Callable[[], dict[str, Any] | None], visitor: str = ""
    ) -> AsyncIterator[str]:
        """Yield server-sent events: ``room`` with a view, ``gone`` once there is none.

        Parameters
        ----------
        view
            Called in a thread; None where the room is no longer there.
        visitor
            Who watches.
        """
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def tell(which: int) -> None:
            if which == room:
                loop.call_soon_threadsafe(changed.set)

        forget = self._book.listen(tell)
        self._open[visitor] += 1
        try:
            while True:
                changed.clear()
                shown = await asyncio.to_thread(view)
                if shown is None:
                    yield "event: gone\ndata: {}\n\n"
                    return
                yield f"event: room\ndata: {json.dumps(shown, ensure_ascii=False)}\n\n"
                while not await _is_set(changed):
                    yield ": still here\n\n"
                await asyncio.sleep(_GATHER_SECONDS)
        finally:
            self._open[visitor] -= 1
            self._open += Counter()  # lets go of who watches nothing any more
            forget()


async def _is_set(changed: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return False
    return True
