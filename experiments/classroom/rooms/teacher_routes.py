"""What the teacher asks for: make, close, evaluate, reveal, export and delete rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.classroom.bodies import read_json
from experiments.classroom.rooms import refusals
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.debrief import debrief_of
from experiments.classroom.rooms.evaluation import progress_of
from experiments.classroom.rooms.export import debrief_page
from experiments.classroom.rooms.keys import TEACHER_COOKIE, Keys
from experiments.classroom.rooms.packages import asked_of_link, package_of
from experiments.classroom.rooms.records import Room
from experiments.classroom.rooms.routes import BODY_MOST, affordable, answer, language_of, threaded
from experiments.classroom.rooms.settings import checked_language, settings_of
from experiments.classroom.rooms.views import room_view

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


class TeacherRoutes:
    """The routes under ``/api/teacher``; each but the first refuses who is not the teacher."""

    def __init__(self, book: RoomBook, keys: Keys) -> None:
        self._book, self._keys = book, keys

    def routes(self) -> list[Route]:
        """Return the routes."""
        from starlette.routing import Route

        room = "/api/teacher/rooms/{code}"
        return [
            Route("/api/teacher", self.who, methods=["GET"]),
            Route("/api/teacher", self.enter, methods=["POST"]),
            Route("/api/teacher", self.leave, methods=["DELETE"]),
            Route("/api/teacher/rooms", self.rooms, methods=["GET"]),
            Route("/api/teacher/rooms", self.make, methods=["POST"]),
            Route(room, self.delete, methods=["DELETE"]),
            Route(f"{room}/state", self.move, methods=["POST"]),
            Route(f"{room}/groups", self.add_group, methods=["POST"]),
            Route(f"{room}/groups/{{group:int}}", self.remove_group, methods=["DELETE"]),
            Route(f"{room}/debrief.html", self.export_page, methods=["GET"]),
            Route(f"{room}/debrief.json", self.export_json, methods=["GET"]),
        ]

    async def who(self, request: Request) -> Response:
        """Return whether this browser is the teacher's."""
        return answer({"is_teacher": self._keys.is_teacher(request)})

    async def enter(self, request: Request) -> Response:
        """Let the teacher in."""
        asked = await read_json(request, most=BODY_MOST)
        response, token = answer({"is_teacher": True}), asked.get("token", "")
        self._keys.let_in(request, response, token if isinstance(token, str) else "")
        return response

    async def leave(self, request: Request) -> Response:  # noqa: ARG002 - whoever leaves may
        """Let the teacher out."""
        response = answer({"is_teacher": False})
        response.delete_cookie(TEACHER_COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def rooms(self, request: Request) -> Response:
        """Return all rooms in short."""
        self._keys.check_teacher(request)
        await threaded(self._book.forget_old)
        found = await threaded(self._book.rooms)
        return answer({"rooms": [{"code": one.code, "title": one.title, "state": one.state, "made": one.made} for one in found]})  # fmt: skip

    async def make(self, request: Request) -> Response:
        """Make a room."""
        self._keys.check_teacher(request)
        asked = await read_json(request, most=BODY_MOST)
        title, lang = asked.pop("title", ""), checked_language(asked.pop("lang", language_of(request)))
        room = await threaded(self._book.make_room, title, lang, settings_of(asked))
        return answer(await threaded(room_view, self._book, room, is_teacher=True))

    async def move(self, request: Request) -> Response:
        """Open or close a room, evaluate what was handed in, reveal."""
        room = await self._room(request)
        asked = await read_json(request, most=BODY_MOST)
        room = await threaded(self._moved, room, asked.get("to"))
        return answer(await threaded(room_view, self._book, room, is_teacher=True))

    def _moved(self, room: Room, to: Any) -> Room:
        if to == "open":
            return self._book.move(room, "open", among=("closed",))
        if to == "closed":
            return self._book.move(room, "closed", among=("open",))
        if to == "evaluating":
            if not any(group.submission for group in self._book.groups(room)):
                raise refusals.nothing_handed_in()
            return self._book.move(room, "evaluating", among=("open", "closed", "evaluating"))
        progress = progress_of(self._book, room)
        if to != "revealed" or not progress.is_scored:
            raise refusals.not_done(progress.scored, progress.to_score)
        return self._book.move(room, "revealed", among=("evaluating",))

    async def add_group(self, request: Request) -> Response:
        """Take in a link for a group that has no network; it joins if it has not."""
        room = await self._room(request)
        asked = await read_json(request, most=BODY_MOST)
        link = asked.get("link", "")
        question = asked_of_link(link if isinstance(link, str) else "")
        await threaded(self._take_in, room, asked.get("name"), question, language_of(request))
        return answer(await threaded(room_view, self._book, room, is_teacher=True))

    def _take_in(self, room: Room, name: Any, question: dict[str, Any], lang: str) -> None:
        package = package_of(question, lang, until=room.settings.until)
        price = affordable(package, room)
        group = self._book.group_named(room, name) or self._book.join(room, name, late=True)[0]
        self._book.submit(group, package.to_dict(), price, late=True)

    async def remove_group(self, request: Request) -> Response:
        """Forget a group."""
        room = await self._room(request)
        await threaded(self._book.remove_group, room, request.path_params["group"])
        return answer(await threaded(room_view, self._book, room, is_teacher=True))

    async def delete(self, request: Request) -> Response:
        """Forget a room."""
        room = await self._room(request)
        await threaded(self._book.delete_room, room)
        return answer({"is_deleted": True})

    async def export_page(self, request: Request) -> Response:
        """Return the debrief as one HTML file."""
        from starlette.responses import HTMLResponse

        room = await self._revealed(request)
        told = await threaded(debrief_of, self._book, room, language_of(request))
        return HTMLResponse(debrief_page(told), headers=_attachment(f"debrief-{room.code}.html"))

    async def export_json(self, request: Request) -> Response:
        """Return the debrief as JSON."""
        room = await self._revealed(request)
        response = answer(await threaded(debrief_of, self._book, room, language_of(request)))
        response.headers.update(_attachment(f"debrief-{room.code}.json"))
        return response

    async def _revealed(self, request: Request) -> Room:
        room = await self._room(request)
        if room.state != "revealed":
            raise refusals.wrong_state(room.state)
        return room

    async def _room(self, request: Request) -> Room:
        self._keys.check_teacher(request)
        room: Room = await threaded(self._book.room, request.path_params["code"])
        return room


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
