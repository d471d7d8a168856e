"""Lessons over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from experiments.classroom.lessons.routes import lesson_routes
from experiments.classroom.refused import Refused


class Client:
    """Asks an application without a server."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self._ask("GET", path))

    def post(self, path: str, *, json: Any) -> httpx.Response:
        return asyncio.run(self._ask("POST", path, json=json))

    async def _ask(self, method: str, path: str, **body: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://classroom") as client:
            return await client.request(method, path, **body)


@pytest.fixture
def asked() -> list[tuple[Any, ...]]:
    """Return what was left to the worker."""
    return []


@pytest.fixture
def client(asked: list[tuple[Any, ...]]) -> Client:
    async def checker(*told: Any) -> dict[str, Any]:
        asked.append(told)
        return {"right": True, "text": "from the worker", "hint": ""}

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return JSONResponse(error.body("en"), error.status)

    return Client(Starlette(routes=lesson_routes(checker), exception_handlers={Refused: refuse}))


def test_lessons_are_listed_in_a_language(client: Client) -> None:
    told = client.get("/api/lessons?lang=zh").json()["lessons"]
    assert len(told) == 8
    assert told[1]["title"] == "积分与分类"


def test_a_lesson_comes_without_answers(client: Client) -> None:
    told = client.get("/api/lessons/points?lang=en").json()
    assert told["questions"][0].keys() == {"id", "text", "kind", "choices", "unit", "hint", "quick"}
    assert told["steps"][-1]["asked"] == {"reforms": ["category-a-less-stringent"]}


def test_a_quick_answer_is_marked_at_once(client: Client, asked: list[tuple[Any, ...]]) -> None:
    told = client.post("/api/lessons/points/check?lang=en", json={"question": "points-of-marta", "answer": "74"})
    assert told.json()["right"] is True
    assert asked == []


def test_an_answer_that_needs_runs_goes_to_the_worker(client: Client, asked: list[tuple[Any, ...]]) -> None:
    told = client.post("/api/lessons/queues/check?lang=zh", json={"question": "fast-a", "answer": "down"})
    assert told.json()["text"] == "from the worker"
    assert [one[1:] for one in asked] == [("queues", "fast-a", "down", "zh")]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/lessons/nothing/check", {"question": "a", "answer": 1}, 404),
        ("/api/lessons/points/check", {"question": "nothing", "answer": 1}, 404),
        ("/api/lessons/points/check", {"question": "points-of-marta", "answer": {"a": 1}}, 400),
        ("/api/lessons/points/check", {"question": "points-of-marta", "answer": "9" * 300}, 400),
        ("/api/lessons/points/check", {"question": 1, "answer": 1}, 400),
        ("/api/lessons/points/check", {"question": "points-of-marta", "answer": 1, "more": 2}, 400),
    ],
)
def test_what_cannot_be_answered_is_refused(client: Client, path: str, body: Any, status: int) -> None:
    told = client.post(path, json=body)
    assert told.status_code == status
    assert told.json()["error"]["text"]


@pytest.mark.parametrize("identity", ["02-points.yaml", "..%2Fmine.yaml", "mine.yaml", "2"])
def test_a_visitor_names_no_files(client: Client, identity: str) -> None:
    assert client.get(f"/api/lessons/{identity}").status_code == 404
