"""The addresses of rooms for groups; those of the teacher are in :mod:`.teacher_routes`, the pages in ``page/``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from experiments.classroom.bodies import read_json
from experiments.classroom.refused import Refused
from experiments.classroom.rooms import refusals
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.feed import Feed
from experiments.classroom.rooms.keys import Keys, address_of, group_cookie, set_cookie, visitor_of
from experiments.classroom.rooms.packages import Package, package_of
from experiments.classroom.rooms.prices import TEXTS, menu, price_of
from experiments.classroom.rooms.records import Group, Room
from experiments.classroom.rooms.settings import Settings, checked_language
from experiments.classroom.rooms.views import room_view

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

BODY_MOST = 16_000
"""Bytes of a body: a package is far smaller."""


def room_routes(book: RoomBook, *, token: str) -> list[Route]:
    """Return the routes of rooms: those of groups and of the teacher.

    Parameters
    ----------
    token
        The teacher's.

    Notes
    -----
    Endpoints raise Refused, which the app turns into an answer.
    """
    from experiments.classroom.rooms.teacher_routes import TeacherRoutes

    keys, feed = Keys(token), Feed(book)
    groups, teacher = GroupRoutes(book, keys, feed), TeacherRoutes(book, keys)
    return [*groups.routes(), *teacher.routes()]


class GroupRoutes:
    """What groups ask for."""

    def __init__(self, book: RoomBook, keys: Keys, feed: Feed) -> None:
        self._book, self._keys, self._feed = book, keys, feed

    def routes(self) -> list[Route]:
        """Return the routes under ``/api/rooms``."""
        from starlette.routing import Route

        return [
            Route("/api/rooms/menu", self.menu, methods=["GET"]),
            Route("/api/rooms/price", self.price, methods=["POST"]),
            Route("/api/rooms/{code}", self.view, methods=["GET"]),
            Route("/api/rooms/{code}/events", self.events, methods=["GET"]),
            Route("/api/rooms/{code}/join", self.join, methods=["POST"]),
            Route("/api/rooms/{code}/draft", self.draft, methods=["PUT"]),
            Route("/api/rooms/{code}/submission", self.submit, methods=["PUT"]),
            Route("/api/rooms/{code}/submission", self.withdraw, methods=["DELETE"]),
            Route("/api/rooms/{code}/debrief", self.debrief, methods=["GET"]),
        ]

    async def menu(self, request: Request) -> Response:
        """Return the shipped reforms with their prices."""
        lang = language_of(request)
        until = await threaded(self._until, request.query_params.get("room", ""))
        return answer({"until": until, "text": TEXTS[lang], "measures": await threaded(menu, until, lang)})

    async def price(self, request: Request) -> Response:
        """Return the price of a package while it is designed."""
        asked, lang = await read_json(request, most=BODY_MOST), language_of(request)
        until = await threaded(self._until, asked.pop("room", ""))
        package = await threaded(package_of, asked, lang, until=until)
        return answer((await threaded(price_of, package, until)).to_dict(lang))

    def _until(self, code: Any) -> str:
        return self._book.room(code).settings.until if code and isinstance(code, str) else Settings().until

    async def view(self, request: Request) -> Response:
        """Return the state of a room."""
        room = await threaded(self._book.room, request.path_params["code"])
        return answer(await threaded(self._view, room.code, request))

    def _view(self, code: str, request: Request) -> dict[str, Any]:
        room = self._book.room(code)
        own = self._group_or_none(room, request)
        return room_view(self._book, room, is_teacher=self._keys.is_teacher(request), own=own)

    async def events(self, request: Request) -> Response:
        """Stream the state of a room."""
        from starlette.responses import StreamingResponse

        room = await threaded(self._book.room, request.path_params["code"])
        visitor = visitor_of(request)
        self._feed.check(visitor)

        def view() -> dict[str, Any] | None:
            try:
                return self._view(room.code, request)
            except Refused:
                return None

        events: AsyncIterator[str] = self._feed.events(room.id, view, visitor)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def join(self, request: Request) -> Response:
        """Let a group in, or back in with its key."""
        asked = await read_json(request, most=BODY_MOST)
        room = await threaded(self._book.room, request.path_params["code"])
        key, who = asked.get("key", ""), f"{address_of(request)} {room.code}"
        self._keys.brake.check(who)
        try:
            group, key = await threaded(self._book.join, room, asked.get("name"), key if isinstance(key, str) else "")
        except Refused as refused:
            if refused.code == "name-taken" and key:
                self._keys.brake.note(who)
            raise
        response = answer({"group": group.id, "name": group.name, "key": key})
        set_cookie(request, response, group_cookie(room.code), key)
        return response

    async def draft(self, request: Request) -> Response:
        """Keep a group's draft; it may be beyond the budget."""
        room, group = await self._ours(request)
        package = await self._package(request, room)
        await threaded(self._book.draft, group, package.to_dict())
        return answer({"is_kept": True})

    async def submit(self, request: Request) -> Response:
        """Take in a group's package, if it is within the budget."""
        room, group = await self._ours(request)
        package = await self._package(request, room)
        price = await threaded(affordable, package, room)
        await threaded(self._book.submit, group, package.to_dict(), price)
        return answer({"price": price})

    async def withdraw(self, request: Request) -> Response:
        """Give a package back."""
        _, group = await self._ours(request)
        await threaded(self._book.submit, group, None, 0.0)
        return answer({"price": None})

    async def debrief(self, request: Request) -> Response:
        """Return the debrief, once the room is revealed."""
        from experiments.classroom.rooms.debrief import debrief_of

        room = await threaded(self._book.room, request.path_params["code"])
        if room.state != "revealed":
            raise refusals.wrong_state(room.state)
        return answer(await threaded(debrief_of, self._book, room, language_of(request)))

    async def _ours(self, request: Request) -> tuple[Room, Group]:
        room = await threaded(self._book.room, request.path_params["code"])
        group = await threaded(self._group_or_none, room, request)
        if group is None:
            raise refusals.not_in_room()
        return room, group

    def _group_or_none(self, room: Room, request: Request) -> Group | None:
        key = request.cookies.get(group_cookie(room.code), "")
        try:
            return self._book.group(room, key)
        except Refused:
            return None

    async def _package(self, request: Request, room: Room) -> Package:
        asked = await read_json(request, most=BODY_MOST)
        lang, until = language_of(request), room.settings.until
        package: Package = await threaded(package_of, asked, lang, until=until)
        return package


def affordable(package: Package, room: Room) -> float:
    """Return the price of a package; refused (409) beyond the room's budget."""
    price = price_of(package, room.settings.until).total
    if price > room.settings.budget:
        raise refusals.over_budget(price, room.settings.budget)
    return price


def language_of(request: Request) -> str:
    """Return the language that a request asks for."""
    return checked_language(request.query_params.get("lang"))


def answer(content: dict[str, Any]) -> Response:
    """Return a JSON answer that no cache keeps."""
    from starlette.responses import JSONResponse

    return JSONResponse(content, headers={"Cache-Control": "no-store"})


async def threaded(call: Callable[..., Any], *values: Any, **named: Any) -> Any:
    """Call what reads or writes a disk without holding up other requests."""
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(call, *values, **named)
