"""Lessons over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from experiments.classroom.lessons.routes import lesson_routes
from experiments.classroom.refused import Refused


@pytest.fixture
def asked() -> list[tuple[Any, ...]]:
    """Return what was left to the worker."""
    return []


@pytest.fixture
def client(asked: list[tuple[Any, ...]]) -> TestClient:
    async def checker(*told: Any) -> dict[str, Any]:
        asked.append(told)
        return {"right": True, "text": "from the worker", "hint": ""}

    async def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return JSONResponse(error.body("en"), error.status)

    return TestClient(Starlette(routes=lesson_routes(checker), exception_handlers={Refused: refuse}))


def test_lessons_are_listed_in_a_language(client: TestClient) -> None:
    told = client.get("/api/lessons?lang=zh").json()["lessons"]
    assert len(told) == 8
    assert told[1]["title"] == "积分与分类"


def test_a_lesson_comes_without_answers(client: TestClient) -> None:
    told = client.get("/api/lessons/points?lang=en").json()
    assert told["questions"][0].keys() == {"id", "text", "kind", "choices", "unit", "hint", "quick"}
    assert told["steps"][-1]["asked"] == {"reforms": ["category-a-less-stringent"]}


def test_a_quick_answer_is_marked_at_once(client: TestClient, asked: list[tuple[Any, ...]]) -> None:
    told = client.post("/api/lessons/points/check?lang=en", json={"question": "points-of-marta", "answer": "74"})
    assert told.json()["right"] is True
    assert asked == []


def test_an_answer_that_needs_runs_goes_to_the_worker(client: TestClient, asked: list[tuple[Any, ...]]) -> None:
    told = client.post("/api/lessons/queues/check?lang=zh", json={"question": "fast-a", "answer": "down"})
    assert told.json()["text"] == "from the worker"
    assert asked == [("queues", "fast-a", "down", "zh")]


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
def test_what_cannot_be_answered_is_refused(client: TestClient, path: str, body: Any, status: int) -> None:
    told = client.post(path, json=body)
    assert told.status_code == status
    assert told.json()["error"]["text"]


@pytest.mark.parametrize("identity", ["02-points.yaml", "..%2Fmine.yaml", "mine.yaml", "2"])
def test_a_visitor_names_no_files(client: TestClient, identity: str) -> None:
    assert client.get(f"/api/lessons/{identity}").status_code == 404
