"""The server: listens, bounds what connections may hold, and ends in good order."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from experiments.classroom.config import Config

HEADER_SECONDS = 10.0
"""Within which the headers of a request must be there."""
_HEADER_BYTES = 16_384
_KEEP_ALIVE_SECONDS = 15
_TOO_MANY = (
    b"HTTP/1.1 429 Too Many Requests\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
    b"retry-after: 5\r\n\r\nToo many connections from this address. \xe6\x9d\xa5\xe8\x87\xaa\xe8\xaf\xa5"
    b"\xe5\x9c\xb0\xe5\x9d\x80\xe7\x9a\x84\xe8\xbf\x9e\xe6\x8e\xa5\xe8\xbf\x87\xe5\xa4\x9a\xe3\x80\x82\n"
)


class _Protocol(H11Protocol):
    """A connection whose headers must come in time, of which one address may hold only so many."""

    per_address: Counter[str]
    most_per_address: int
    header_seconds: float

    _timer: asyncio.TimerHandle | None = None
    _address = ""

    def connection_made(self, transport: Any) -> None:
        """Count the connection, and wait for its headers."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self.per_address[self._address] += 1
        if self.per_address[self._address] > self.most_per_address:
            transport.write(_TOO_MANY)
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; headers that are not whole must be so in time."""
        super().data_received(data)
        if not self._is_waiting_for_headers():
            self._stop_waiting()
        elif self._timer is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        self.per_address[self._address] -= 1
        if self.per_address[self._address] <= 0:
            del self.per_address[self._address]
        super().connection_lost(exc)

    def _is_waiting_for_headers(self) -> bool:
        # Without a first request there is no cycle, whatever the type says.
        cycle: Any = self.cycle
        return cycle is None or (cycle.response_complete and bool(self.conn.trailing_data[0]))

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.header_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Server(uvicorn.Server):
    """A server that says when it listens, ends its streams before its connections, and takes Ctrl-C for an end."""

    def __init__(self, config: uvicorn.Config, app: Starlette, on_start: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self._app, self._on_start = app, on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self._on_start is not None:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is going on, then the connections."""
        # Streams would otherwise be waited for until they are done.
        await self._app.state.queue.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl-C and SIGTERM as the way a server ends: once it has, they are not raised again."""
        try:
            before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        except ValueError:
            # Only a main thread hears signals; in another, somebody else decides what ends.
            before = {}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; an OSError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=256)


def server_of(
    app: Starlette,
    config: Config,
    on_start: Callable[[], None] | None = None,
    *,
    header_seconds: float = HEADER_SECONDS,
) -> Server:
    """Return the server of an application, with every limit on."""
    limits = config.limits
    protocol = type(
        "_LimitedProtocol",
        (_Protocol,),
        {
            "per_address": Counter(),
            "most_per_address": limits.connections_per_address,
            "header_seconds": header_seconds,
        },
    )
    settings = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_HEADER_BYTES,
        limit_concurrency=limits.connections,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
    )
    return Server(settings, app, on_start)
