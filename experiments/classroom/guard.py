"""The guard at the door: what reaches the classroom comes from its own pages, by its own name, and in measure.

Plain ASGI, so that streams pass through it as they come.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from experiments.classroom.bodies import too_large, too_slow
from experiments.classroom.buckets import Buckets
from experiments.classroom.config import Config, Limits
from experiments.classroom.phrases import told
from experiments.classroom.refused import Refused, TooMuch
from experiments.classroom.visitors import Visitors, cookie_header, cookie_in, new_visitor

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("talentflow.classroom")
MOST_BYTES = 300_000
"""No body is larger, whatever an address takes."""
_MOST_LET_GO = 4_000_000
"""Bytes of a refused body that are read and thrown away."""
_REFUSED = 400
_MOST_TARGET = 2_000
_READING = frozenset({"GET", "HEAD"})
_METHODS = _READING | {"POST", "PUT", "DELETE"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""On every answer."""
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]{1,253})(?::[0-9]{1,5})?")


class Guard:
    """Refuses what should not pass, knows visitors, and adds the headers that keep browsers safe.

    Parameters
    ----------
    app
        What is guarded.
    config
        Names, limits, folder.
    """

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in config.hosts)
        self._visitors = Visitors(config.folder)
        self._limits = limits = config.limits
        self._visits = Buckets(limits.asks, limits.asks_per_second)
        # Behind one address sits a whole class: it may do what so many visitors may.
        self._addresses = Buckets(limits.asks * limits.per_address / 4, limits.asks_per_second * limits.per_address / 4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it with why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._pass(scope, receive, send)
        else:
            # There are no web sockets here: their handshake would not be subject to the checks below.
            await send({"type": "websocket.close", "code": 1008})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        lang = parse_qs(scope["query_string"].decode("latin-1")).get("lang", ["en"])[0]
        known = self._visitors.open(cookie_in(headers.get("cookie", "")))
        address = scope["client"][0] if scope.get("client") else ""
        fresh = new_visitor() if known is None and scope["method"] in _READING else None
        # Whoever keeps no cookie shares one number with all others at that address who keep none.
        visitor = known or f"@{address}"
        body = _Body(receive, self._limits)
        safe_send = _with_headers(send, {"set-cookie": cookie_header(self._visitors.seal(fresh))} if fresh else {})
        try:
            self._check(scope, headers)
            self._check_rate(scope, visitor, address)
        except Refused as refused:
            await body.let_go()
            await answer_refused(refused, lang, _with_headers(send, {}))
            return
        scope.setdefault("state", {}).update(visitor=visitor, address=address)
        started = _Started(safe_send, body)
        try:
            await self._app(scope, body, started)
        except Exception:  # noqa: BLE001 - it is logged, and whoever asked gets an answer in any case
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if not started.is_started:
                await answer_refused(Refused(500, "broken", told("broken")), lang, safe_send)

    def _check(self, scope: Scope, headers: Mapping[str, str]) -> None:
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > _MOST_TARGET:
            raise Refused(414, "address-too-long", told("address_too_long"))
        if scope["method"] not in _METHODS:
            raise Refused(405, "method", told("method"))
        self._check_host(scope, headers)
        _check_origin(scope, headers)
        length = headers.get("content-length", "0")
        # What a header claims is refused at once; what comes is counted in any case.
        if length.isdecimal() and int(length[:12]) > MOST_BYTES:
            raise too_large(MOST_BYTES)

    def _check_host(self, scope: Scope, headers: Mapping[str, str]) -> None:
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        match = _HOST.fullmatch(given[0]) if len(given) == 1 else None
        # A foreign name that points here would give that name's pages the run of this server.
        if match is None or match[1].lower() not in self._hosts:
            shown = re.sub(r"[^\w.\-:\[\]]", "?", headers.get("host", "")[:80]) or "-"
            raise Refused(403, "host", told("host", host=shown))

    def _check_rate(self, scope: Scope, visitor: str, address: str) -> None:
        if scope["method"] in _READING:
            return
        if not (self._addresses.take(address) and self._visits.take(visitor)):
            raise TooMuch("too-often", told("too_often"))


class _Body:
    """The body of a request as it comes: counted and timed."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self._receive, self._limits = receive, limits
        self._begun, self._total, self._is_over = 0.0, 0, False

    async def __call__(self) -> Message:
        """Return what comes next; refused beyond its size or its time."""
        message = await self._next()
        if self._total > MOST_BYTES:
            raise too_large(MOST_BYTES)
        return message

    async def let_go(self) -> None:
        """Read what is left of a body that is refused: whoever is cut off while sending never hears why."""
        with suppress(Refused):
            while not self._is_over and self._total < _MOST_LET_GO:
                await self._next()

    async def _next(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._begun = self._begun or now
        left = min(self._limits.piece_seconds, self._begun + self._limits.body_seconds - now)
        try:
            # After the body, this waits for the asker to leave, which may take as long as it likes.
            message = await asyncio.wait_for(self._receive(), None if self._is_over else left)
        except TimeoutError:
            self._is_over = True
            raise too_slow() from None
        self._total += len(message.get("body", b""))
        self._is_over = not message.get("more_body", False)
        return message


class _Started:
    """A way to send that knows whether an answer has begun, and lets a refused one come to its end first."""

    def __init__(self, send: Send, body: _Body) -> None:
        self._send, self._body, self.is_started = send, body, False

    async def __call__(self, message: Message) -> None:
        """Send on."""
        if message["type"] == "http.response.start" and message["status"] >= _REFUSED:
            await self._body.let_go()
        self.is_started = True
        await self._send(message)


def _check_origin(scope: Scope, headers: Mapping[str, str]) -> None:
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
    is_own = origin is None or origin.partition("://")[2].lower() == headers["host"].lower()
    # A link to a page, in a mail or on a course's page, may be followed; nothing else comes from elsewhere.
    is_link = (
        scope["method"] in _READING
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
        and not scope["path"].startswith("/api/")
    )
    if not is_own or (site in {"cross-site", "same-site"} and not is_link):
        raise Refused(403, "origin", told("origin"))


async def answer_refused(refused: Refused, lang: str, send: Send) -> None:
    """Send a refusal, and end the connection."""
    content = json.dumps(refused.body(lang), ensure_ascii=False).encode()
    headers = {
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(content)),
        "cache-control": "no-store",
        "connection": "close",
        **refused.headers,
    }
    await send({"type": "http.response.start", "status": refused.status, "headers": _encoded(headers)})
    await send({"type": "http.response.body", "body": content})


def _with_headers(send: Send, more: Mapping[str, str]) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            added = [(name, value) for name, value in _encoded({**HEADERS, **more}) if name not in own]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return send_safely


def _encoded(headers: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), str(value).encode()) for name, value in headers.items()]
