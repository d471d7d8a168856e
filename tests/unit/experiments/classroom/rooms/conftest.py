from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from experiments.classroom.refused import Refused
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import Evaluation
from experiments.classroom.rooms.records import Room
from experiments.classroom.rooms.routes import room_routes
from experiments.classroom.rooms.settings import Settings

TOKEN = "a teacher's token"  # noqa: S105 - for tests
PATIENCE_SECONDS = 60.0
# Workers import their work by name; a module of its own stands in for the model.
FAKE = """
import os, threading

FOLDER = {folder!r}

def make_fake(secret, settings):
    return Fake(secret)

class Fake:
    def __init__(self, secret):
        self.secret = secret

    def __call__(self, task, report):
        kind = "score" if task.packages[0][0].startswith("g") else "shares"
        with open(os.path.join(FOLDER, "log"), "a") as log:
            log.write(f"{{kind}} {{task.pair}} {{len(task.packages)}}\\n")
        if os.path.exists(os.path.join(FOLDER, f"hang-{{task.pair}}")) and kind == "score":
            os.write(1, b"hanging\\n")
            threading.Event().wait()
        if os.path.exists(os.path.join(FOLDER, f"fail-{{task.pair}}")) and kind == "score":
            raise ValueError("this pair fails")
        luck = self.secret.seeds[task.pair] % 100
        return {{key: self.told(package, luck) for key, package in task.packages}}

    def told(self, package, luck):
        baseline = [360_000, 60_000, 280_000, 20_000]
        more = [20_000 * len(package.parts) + luck, 1_000, 3_000, 500]
        after = [one + added for one, added in zip(baseline, more)]
        return {{"baseline": baseline, "reform": after, "days": [40.0, 60.0], "touched": 5}}
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a module whose work takes no time, and the folder that it logs to and takes orders from."""
    folder = tmp_path / "fake"
    folder.mkdir()
    name = f"fake_{abs(hash(str(tmp_path)))}"
    (folder / f"{name}.py").write_text(FAKE.format(folder=str(folder)), encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return __import__(name)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[RoomBook]:
    opened = RoomBook(tmp_path / "rooms.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def room(book: RoomBook) -> Room:
    return book.make_room("A class", "en", Settings(pairs=4, scale=20_000, budget=3e9))


@pytest.fixture
def app(book: RoomBook) -> Any:
    return app_of(book)


def app_of(book: RoomBook) -> Any:
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse

    def tell(request: Any, refused: Any) -> Any:
        lang = request.query_params.get("lang", "en")
        return JSONResponse(refused.body(lang), status_code=refused.status, headers=refused.headers)

    return Starlette(routes=room_routes(book, token=TOKEN), exception_handlers={Refused: tell})


class Browser:
    """A browser with cookies of its own that talks to the app without a network."""

    def __init__(self, app: Any) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")

    @property
    def cookies(self) -> Any:
        return self._client.cookies

    def request(self, method: str, path: str, **asked: Any) -> Any:
        return asyncio.run(self._client.request(method, path, **asked))

    def get(self, path: str, **asked: Any) -> Any:
        return self.request("GET", path, **asked)

    def post(self, path: str, **asked: Any) -> Any:
        return self.request("POST", path, **asked)

    def put(self, path: str, **asked: Any) -> Any:
        return self.request("PUT", path, **asked)

    def delete(self, path: str, **asked: Any) -> Any:
        return self.request("DELETE", path, **asked)


@pytest.fixture
def visit(app: Any) -> Callable[[], Browser]:
    """Return what opens another browser."""
    return partial(Browser, app)


@pytest.fixture
def teacher(visit: Callable[[], Any]) -> Any:
    client = visit()
    assert client.post("/api/teacher", json={"token": TOKEN}).status_code == 200
    return client


def wait_until(book: RoomBook, is_so: Callable[[], bool]) -> None:
    """Wait until something holds, looking whenever the book changes."""
    changed = threading.Event()
    forget = book.listen(lambda _: changed.set())
    while not is_so():
        assert changed.wait(PATIENCE_SECONDS), "nothing changed any more"
        changed.clear()
    forget()


@pytest.fixture
def evaluate(book: RoomBook, fake: Any) -> Iterator[Callable[[], Evaluation]]:
    """Return what starts an evaluation with the fake."""
    started: list[Evaluation] = []

    def _evaluate(make_work: Any = None) -> Evaluation:
        evaluation = Evaluation(book, make_work=make_work or fake.make_fake)
        evaluation.start()
        started.append(evaluation)
        return evaluation

    yield _evaluate
    for evaluation in started:
        evaluation.stop()


@pytest.fixture
def wait(book: RoomBook) -> Callable[[Callable[[], bool]], None]:
    return partial(wait_until, book)
