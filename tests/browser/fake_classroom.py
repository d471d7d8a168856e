"""A stand-in for the classroom's server: serves the page and plays recorded answers, so that the page is tested without an engine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from experiments.classroom.guard import HEADERS

PAGE = Path(__file__).parents[2] / "experiments" / "classroom" / "page"
DATA = Path(__file__).parent / "data"
NO_ESTIMATES = "export const load = async () => {};\nexport const estimateOf = () => null;\n"


@dataclass
class Part:
    """What the stand-in is told to do, and what it was asked."""

    mode: str = "well"
    asked: list[dict[str, Any]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    listened: int = 0
    title: str | None = None
    estimates: str = NO_ESTIMATES

    def sample(self, name: str, lang: str) -> Any:
        return json.loads((DATA / f"{name}_{lang}.json").read_text(encoding="utf-8"))


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _lang(request: Request) -> str:
    return "zh" if request.query_params.get("lang") == "zh" else "en"


def _answer(part: Part, lang: str) -> dict[str, Any]:
    answer: dict[str, Any] = part.sample("answer", lang)
    if part.title:
        answer["finding"]["text"] = part.title
        answer["warnings"] = [{"code": "x", "text": part.title}]
        answer["groups"][0]["label"] = part.title
    return answer


async def _play(part: Part, lang: str) -> AsyncIterator[str]:
    part.listened += 1
    answer = _answer(part, lang)
    if part.mode in {"queued", "next"}:
        yield _event("queued", {"ahead": 3 if part.mode == "queued" else 0})
        await asyncio.sleep(600)
    if part.mode == "refused":
        yield _event("problems", {"problems": [{"message": "set must be 0 to 120, got 850"}]})
        return
    yield _event("began", {"pairs": 20})
    stock = answer["series"]["outcomes"]["stock"]
    dates = [f"{2027 + k // 12}-{k % 12 + 1:02d}" for k in range(24)]
    months = {law: [stock[law][-1] * (0.8 + k / 120) for k in range(24)] for law in ("baseline", "reform")}
    yield _event("months", {"pair": 1, "dates": dates, "outcomes": {"stock": months}})
    if part.mode == "breaks" and part.listened == 1:
        return
    if part.mode == "gone":
        return
    if part.mode == "first":
        await asyncio.sleep(600)
    yield _event("pairs", {"done": 4, "of": 20, "answer": {**answer, "n": 4, "is_last": False}})
    yield _event("answer", answer)


class Stand:
    """The handlers of the stand-in."""

    def __init__(self, part: Part) -> None:
        self.part = part

    async def start(self, request: Request) -> Response:
        return JSONResponse(self.part.sample("start", _lang(request)))

    async def runs(self, request: Request) -> Response:
        self.part.asked.append(await request.json())
        return JSONResponse({"run": f"r{len(self.part.asked)}", "key": "k"}, 202)

    async def events(self, request: Request) -> Response:
        if self.part.mode == "forgotten" and request.path_params["run"] == "r1":
            return JSONResponse({"error": {"code": "unknown-run", "text": "No such run."}}, 404)
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(_play(self.part, _lang(request)), media_type="text/event-stream", headers=headers)

    async def cancel(self, request: Request) -> Response:
        self.part.cancelled.append(request.path_params["run"])
        return JSONResponse({})

    async def lives(self, request: Request) -> Response:
        self.part.asked.append(await request.json())
        return JSONResponse(self.part.sample("life", _lang(request)))

    async def scenario(self, request: Request) -> Response:
        return PlainTextResponse("schema: talentflow.scenario/1\n", media_type="application/yaml")

    async def upload(self, request: Request) -> Response:
        return JSONResponse({"asked": {"reforms": ["fast-track"], "changes": []}, "notes": ["read"]})

    async def taken(self, request: Request) -> Response:
        return PlainTextResponse("x\n")

    async def lessons(self, request: Request) -> Response:
        return JSONResponse({"lessons": [self.part.sample("lesson", _lang(request))]})

    async def lesson(self, request: Request) -> Response:
        return JSONResponse(self.part.sample("lesson", _lang(request)))

    async def check(self, request: Request) -> Response:
        is_right = (await request.json())["answer"] in {60, "b"}
        return JSONResponse(
            {"right": is_right, "text": "Right: 60." if is_right else "Not yet.", "hint": "Look again."}
        )

    async def estimate(self, request: Request) -> Response:
        return PlainTextResponse(self.part.estimates, media_type="text/javascript")


async def _guarded(request: Request, call_next: Any) -> Response:
    response: Response = await call_next(request)
    response.headers.update(HEADERS)
    return response


def build(part: Part) -> Starlette:
    """Return the stand-in as an application."""
    stand = Stand(part)
    return Starlette(
        routes=[
            Route("/", lambda _: FileResponse(PAGE / "index.html")),
            Route("/lessons", lambda _: FileResponse(PAGE / "lessons.html")),
            Route("/api/start", stand.start),
            Route("/api/runs", stand.runs, methods=["POST"]),
            Route("/api/runs/{run}/events", stand.events),
            Route("/api/runs/{run}", stand.cancel, methods=["DELETE"]),
            Route("/api/runs/{run}/{name}", stand.taken),
            Route("/api/lives", stand.lives, methods=["POST"]),
            Route("/api/scenario", stand.scenario, methods=["POST"]),
            Route("/api/upload", stand.upload, methods=["POST"]),
            Route("/api/lessons", stand.lessons),
            Route("/api/lessons/{id}", stand.lesson),
            Route("/api/lessons/{id}/check", stand.check, methods=["POST"]),
            Route("/static/estimate.js", stand.estimate),
            Mount("/static", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guarded)],
    )


@contextmanager
def serving(part: Part) -> Iterator[str]:
    """Serve the stand-in on a free local port and yield its address."""
    config = uvicorn.Config(build(part), host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
