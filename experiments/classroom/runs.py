"""What is asked of the model over HTTP: runs and their streams, lives, scenarios, uploads."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from experiments.classroom.bodies import read_json, read_text
from experiments.classroom.config import Config
from experiments.classroom.phrases import told
from experiments.classroom.questions import Questions
from experiments.classroom.refused import LANGUAGES, Refused
from experiments.classroom.running.errand import Errand, Event
from experiments.classroom.running.queue import Queue

_MOST_UPLOAD = 256_000
_LIFE_KEYS = {"asked", "kind", "id", "skip"}
_STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
_RETRY_MILLISECONDS = 2000


class Runs:
    """The routes of runs.

    Parameters
    ----------
    config
        Version and limits.
    queue
        Where tasks go.
    questions
        Checks what is asked.
    """

    def __init__(self, config: Config, queue: Queue, questions: Questions) -> None:
        self._config, self._queue, self._questions = config, queue, questions

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/runs", self._ask, methods=["POST"]),
            Route("/api/runs/{run}/events", self._events, methods=["GET"]),
            Route("/api/runs/{run}", self._leave, methods=["DELETE"]),
            Route("/api/lives", self._life, methods=["POST"]),
            Route("/api/scenario", self._scenario, methods=["POST"]),
            Route("/api/upload", self._upload, methods=["POST"]),
        ]

    def find(self, request: Request) -> Errand:
        """Return the run that a path names; refused (404) where it is not known."""
        errand = self._queue.find(request.path_params["run"])
        if errand is None:
            raise Refused(404, "unknown-run", told("unknown_run"))
        return errand

    async def done(self, request: Request, task: Mapping[str, Any]) -> Any:
        """Put a task in the queue, and return what it gives; refused where it gives problems or fails."""
        state = request.state
        key = key_of(task, self._config.version) if task.get("is_kept", True) else None
        errand = self._queue.ask(task, key or f"once-{id(task)}-{state.visitor}", state.visitor, state.address)
        return _result(await self._queue.answer_of(errand, state.visitor, state.address))

    async def _ask(self, request: Request) -> Response:
        asked = await self._checked(await read_json(request), request)
        task = {"kind": "answer", "asked": asked}
        key = key_of(task, self._config.version)
        errand = self._queue.ask(task, key, request.state.visitor, request.state.address)
        return JSONResponse({"run": errand.id, "key": key}, 202)

    async def _checked(self, asked: Any, request: Request) -> dict[str, Any]:
        # The first check loads the law, which takes a moment: others are not to wait for it.
        return await run_in_threadpool(self._questions.check, asked, lang_of(request))

    async def _events(self, request: Request) -> Response:
        errand = self.find(request)
        given = request.headers.get("last-event-id", "0")
        after = int(given) if given.isdecimal() and len(given) < 9 else 0
        told_so_far = self._queue.follow(errand, request.state.visitor, request.state.address, after)
        return StreamingResponse(_lines(told_so_far), media_type="text/event-stream", headers=_STREAM_HEADERS)

    async def _leave(self, request: Request) -> Response:
        self._queue.leave(self.find(request), request.state.visitor)
        return Response(status_code=204)

    async def _life(self, request: Request) -> Response:
        wish = await read_json(request)
        if unknown := sorted(set(wish) - _LIFE_KEYS):
            raise Refused(400, "unknown-key", told("unknown_key", key=unknown[0][:80]))
        asked = await self._checked(wish.get("asked", {}), request)
        life = _checked_life({name: wish[name] for name in ("kind", "id", "skip") if wish.get(name) is not None})
        task = {"life": life.pop("kind", ""), **life, "kind": "life", "asked": asked}
        return JSONResponse(await self.done(request, task))

    async def _scenario(self, request: Request) -> Response:
        asked = await self._checked(await read_json(request), request)
        found = await self.done(request, {"kind": "scenario", "asked": asked})
        return Response(found["text"], media_type="application/yaml", headers=attachment("class-question.yaml"))

    async def _upload(self, request: Request) -> Response:
        text = await read_text(request, "application/yaml", most=_MOST_UPLOAD)
        # Text, which a worker reads as data: nothing of it is parsed in this process, and nothing is kept.
        task = {"kind": "upload", "text": text, "lang": lang_of(request), "is_kept": False}
        return JSONResponse(await self.done(request, task))


def lang_of(request: Request) -> str:
    """Return the language that a request asks for."""
    lang = request.query_params.get("lang", "en")
    return lang if lang in LANGUAGES else "en"


def attachment(name: str) -> dict[str, str]:
    """Return the headers of a file to be kept."""
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}


def key_of(task: Mapping[str, Any], version: str) -> str:
    """Return the hash of what determines an answer: the task in full, and the version of the model.

    >>> key_of({"kind": "answer", "asked": {}}, "1") == key_of({"asked": {}, "kind": "answer"}, "1")
    True
    """
    text = json.dumps([version, task], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:40]


async def _lines(events: AsyncIterator[Event | None]) -> AsyncIterator[bytes]:
    yield b"retry: %d\n\n" % _RETRY_MILLISECONDS
    async for event in events:
        # A comment keeps the connection alive, and finds out whether anyone is still there.
        yield b": here\n\n" if event is None else _line(event)


def _line(event: Event) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.number, event.name.encode(), event.data)


def _checked_life(life: dict[str, Any]) -> dict[str, Any]:
    whole = all(
        isinstance(life.get(name, 0), int)
        and not isinstance(life.get(name, 0), bool)
        and 0 <= life.get(name, 0) < 10**9
        for name in ("id", "skip")
    )
    if not whole or not isinstance(life.get("kind", ""), str) or len(life.get("kind", "")) > 60:
        raise Refused(400, "life", told("life"))
    return life


def _result(last: Event) -> Any:
    value = json.loads(last.data)
    if last.name == "problems":
        problems = value["problems"]
        raise Refused(400, "problems", told("problems", n=len(problems)), problems)
    if last.name == "failed":
        raise Refused(500, "failed", {"en": value["text"], "zh": value["text"]})
    if last.name == "stopped":
        raise Refused(503, "stopped", told("closing"))
    return value
