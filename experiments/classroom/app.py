"""The classroom as an application: its routes, behind its guard."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from experiments.classroom.addresses import qr_svg
from experiments.classroom.config import Config
from experiments.classroom.downloads import Downloads
from experiments.classroom.guard import Guard
from experiments.classroom.kept import Kept
from experiments.classroom.pages import Pages
from experiments.classroom.parts import Part
from experiments.classroom.phrases import told
from experiments.classroom.questions import Questions
from experiments.classroom.refused import LANGUAGES, Refused
from experiments.classroom.running.queue import Queue
from experiments.classroom.runs import Runs, lang_of

_LOG = logging.getLogger("talentflow.classroom")
_ROOT = Path(__file__).resolve().parents[2]
_PACKAGES = ("simulation", "scenarios", "experiments")
_DETERMINES = {".py", ".yaml", ".csv"}
_IN_QR = re.compile(r"/[A-Za-z0-9#=&_-]{0,80}")
"""Pages of this server, and what stands after ``#``: the code sends nobody elsewhere."""


def build(config: Config, parts: Sequence[Part] = ()) -> Starlette:
    """Return the application.

    Parameters
    ----------
    config
        How it is run; for its ``version`` see :func:`source_version`.
    parts
        Lessons and rooms: their routes are behind the same guard, and know visitors by ``request.state.visitor``.
    """
    limits = config.limits
    folder = None if config.folder is None else config.folder / "answers"
    queue = Queue(config, Kept(folder, limits.kept_bytes, limits.kept_bytes_on_disk))
    questions = Questions(config)
    runs = Runs(config, queue, questions)
    app = Starlette(
        routes=[
            Route("/api/start", _start_with(questions), methods=["GET"]),
            Route("/qr.svg", _send_qr, methods=["GET"]),
            Route("/api/estimates", _send_estimates, methods=["GET"]),
            *runs.routes(),
            *Downloads(runs).routes(),
            *(route for part in parts for route in part.routes(runs)),
            *Pages(config.pages).routes(),
        ],
        middleware=[Middleware(Guard, config=config)],
        exception_handlers={Refused: _tell_refused, HTTPException: _tell_http},
        lifespan=_lifespan(queue, questions, parts),
    )
    app.state.queue, app.state.config = queue, config
    return app


def source_version() -> str:
    """Return a hash of everything that determines an answer: rules, law, givens, and how answers are made."""
    digest = sha256()
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix in _DETERMINES:
                digest.update(f"{path.relative_to(_ROOT)}".encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]


def _lifespan(
    queue: Queue, questions: Questions, parts: Sequence[Part]
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        queue.start()
        for part in parts:
            part.start()
        # The law is read while the first page is being looked at.
        warming = asyncio.create_task(_warm(questions))
        try:
            yield
        finally:
            warming.cancel()
            await queue.close()
            for part in parts:
                # It may wait for a worker to end.
                await run_in_threadpool(part.stop)

    return live


async def _warm(questions: Questions) -> None:
    try:
        for lang in LANGUAGES:
            await run_in_threadpool(questions.start, lang)
        await run_in_threadpool(_estimates)
    except Exception:  # noqa: BLE001 - it is logged
        # Whoever asks for it will be told; the server is needed for that.
        _LOG.exception("what the page needs to know could not be read")


def _start_with(questions: Questions) -> Callable[[Request], Awaitable[Response]]:
    async def start(request: Request) -> Response:
        found = await run_in_threadpool(questions.start, lang_of(request))
        return JSONResponse(found, headers={"cache-control": "no-cache"})

    return start


async def _send_estimates(request: Request) -> Response:  # noqa: ARG001 - an endpoint's signature
    # The first call finds out whether the file belongs to this model, which takes a moment.
    content = await run_in_threadpool(_estimates)
    if content is None:
        raise Refused(404, "no-estimates", told("unknown_address"))
    return Response(content, media_type="application/json", headers={"cache-control": "no-cache"})


def _estimates() -> str | None:
    from experiments.classroom.estimates.made import FILE, shipped

    return shipped() if FILE.is_file() else None


async def _send_qr(request: Request) -> Response:
    addresses = request.app.state.config.addresses
    if not addresses:
        raise Refused(404, "unknown-address", told("unknown_address"))
    path = request.query_params.get("path", "/")
    if not _IN_QR.fullmatch(path):
        raise Refused(404, "unknown-address", told("unknown_address"))
    address = addresses[-1].rstrip("/") + path
    return Response(qr_svg(address), media_type="image/svg+xml", headers={"cache-control": "no-store"})


async def _tell_refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    headers = {"cache-control": "no-store", **error.headers}
    if error.status in {408, 413}:
        # What is left of the body, if it is very large, is not read.
        headers["connection"] = "close"
    return JSONResponse(error.body(lang_of(request)), error.status, headers=headers)


async def _tell_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    phrase = {404: "unknown_address", 405: "method"}.get(status, "broken")
    return await _tell_refused(request, Refused(status, phrase.replace("_", "-"), told(phrase)))
