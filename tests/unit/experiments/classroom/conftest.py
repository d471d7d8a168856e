from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from experiments.classroom.app import build
from experiments.classroom.config import Config, Limits
from experiments.classroom.serving import listen, server_of

from . import stand_in

WAIT_SECONDS = 60.0


@dataclass
class Classroom:
    """A classroom that listens on this machine, with a stand-in for the model."""

    address: str
    app: Any

    @contextmanager
    def visitor(self, **headers: str) -> Iterator[httpx.Client]:
        """Yield someone who has just opened the page, and keeps cookies."""
        with httpx.Client(base_url=self.address, timeout=WAIT_SECONDS, headers=headers, trust_env=False) as client:
            client.get("/")
            yield client

    @property
    def pids(self) -> list[int]:
        return [slot.pid for slot in self.app.state.queue.slots if slot.pid]


Opens = Callable[..., Classroom]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    # A worker imports it by name, and is told where this process finds its modules.
    monkeypatch.syspath_prepend(Path(__file__).parent)
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text("<!doctype html><title>Classroom</title>", encoding="utf-8")
    (page / "app.js").write_text("export {};", encoding="utf-8")
    return Config(
        answerer="stand_in:Answerer",
        check=stand_in.check,
        start=stand_in.start,
        version="1",
        pages=[page],
        slice_seconds=0.05,
        beat_seconds=0.2,
        leave_seconds=0.2,
        limits=Limits(asks=1000),
    )


@pytest.fixture
def opens(config: Config) -> Iterator[Opens]:
    """Return a function that opens a classroom, with changes to how it is run."""
    with ExitStack() as stack:
        yield lambda header_seconds=5.0, **changes: stack.enter_context(
            serving(replace(config, **changes), header_seconds)
        )


@contextmanager
def serving(config: Config, header_seconds: float = 5.0) -> Iterator[Classroom]:
    app, has_started = build(config), threading.Event()
    with listen("127.0.0.1", 0) as listening:
        server = server_of(app, config, has_started.set, header_seconds=header_seconds)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        assert has_started.wait(WAIT_SECONDS)
        try:
            yield Classroom(f"http://127.0.0.1:{listening.getsockname()[1]}", app)
        finally:
            server.should_exit = True
            thread.join(WAIT_SECONDS)


def ask(client: httpx.Client, **asked: Any) -> str:
    """Return the id of a run that was asked for."""
    answer = client.post("/api/runs", json=asked)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["run"])


def events(client: httpx.Client, run: str, *, after: int = 0) -> Iterator[tuple[int, str, Any]]:
    """Yield number, name and data of what is told of a run, as it comes."""
    with client.stream("GET", f"/api/runs/{run}/events", headers={"Last-Event-ID": str(after)}) as stream:
        assert stream.status_code == 200
        number, name = 0, ""
        for line in stream.iter_lines():
            field, _, value = line.partition(": ")
            if field == "id":
                number = int(value)
            elif field == "event":
                name = value
            elif field == "data":
                yield number, name, json.loads(value)


def last_of(client: httpx.Client, run: str) -> tuple[str, Any]:
    """Return name and data of how a run ended."""
    *_, (_, name, data) = events(client, run)
    return name, data


def wait_for(name: str, stream: Iterator[tuple[int, str, Any]]) -> Any:
    """Return the data of the first event of a name."""
    return next(data for _, told, data in stream if told == name)
