"""What a classroom has beside the page of questions: a part brings its routes, and what runs beside the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from starlette.requests import Request
from starlette.routing import BaseRoute

from experiments.classroom.config import Config
from experiments.classroom.lessons.routes import lesson_routes
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import Evaluation
from experiments.classroom.rooms.routes import room_routes
from experiments.classroom.runs import Runs


class Part(Protocol):
    """A part of the classroom; started and stopped with the server."""

    def routes(self, runs: Runs) -> Sequence[BaseRoute]:
        """Return its routes; ``runs`` puts what takes long in the one queue."""
        ...

    def start(self) -> None:
        """Begin what runs beside the server."""
        ...

    def stop(self) -> None:
        """End it."""
        ...


class Lessons:
    """Lessons, whose answers a worker of the server marks where that needs runs."""

    def routes(self, runs: Runs) -> Sequence[BaseRoute]:
        """Return the routes of lessons."""

        async def mark(request: Request, lesson: str, question: str, answer: Any, lang: str) -> dict[str, Any]:
            task = {"kind": "lesson", "lesson": lesson, "question": question, "answer": answer, "lang": lang}
            marked: dict[str, Any] = await runs.done(request, task)
            return marked

        return lesson_routes(mark)

    def start(self) -> None:
        """Begin nothing: workers are the server's."""

    def stop(self) -> None:
        """End nothing, likewise."""


class Rooms:
    """Rooms, their book, and the evaluation of what was handed in.

    Parameters
    ----------
    config
        Its folder, which must be given, holds the book; its token opens the teacher's page.
    """

    def __init__(self, config: Config) -> None:
        if config.folder is None:
            raise ValueError("rooms need a folder")
        self._token = config.teacher_token
        self._book = RoomBook(config.folder / "rooms.sqlite")
        self._evaluation = Evaluation(self._book)

    def routes(self, runs: Runs) -> Sequence[BaseRoute]:  # noqa: ARG002 - rooms are evaluated beside the queue
        """Return the routes of rooms."""
        return room_routes(self._book, token=self._token)

    def start(self) -> None:
        """Go on with rooms that an earlier server left undone."""
        self._evaluation.start()

    def stop(self) -> None:
        """End the evaluation; what is done is kept."""
        self._evaluation.stop()
        self._book.close()
