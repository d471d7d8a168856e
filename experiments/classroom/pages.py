"""The static files of the page: a fixed list, read once, with a tag for each."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from experiments.classroom.phrases import told
from experiments.classroom.refused import Refused

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
PAGES = {"/": "index.html", "/lessons": "lessons.html", "/room": "room.html", "/teacher": "teacher.html"}
_FIRST = "index.html"


class Page(NamedTuple):
    """A file as it is sent."""

    content: bytes
    type: str
    tag: str


class Pages:
    """All files there are: another name, however it is written, finds nothing.

    Parameters
    ----------
    folders
        Where files are; the first folder that has a name wins.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._pages: dict[str, Page] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix in TYPES and path.is_file():
                    self._pages.setdefault(path.relative_to(folder).as_posix(), _read(path))

    def routes(self) -> list[Route]:
        """Return the routes of pages and files."""
        return [
            *(Route(path, self._page, methods=["GET"]) for path in PAGES),
            Route("/static/{name:path}", self._file, methods=["GET"]),
            Route("/favicon.ico", self._icon, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        # A page that has no file of its own is a view of the first.
        return self._send(request, [PAGES[request.url.path], _FIRST])

    async def _file(self, request: Request) -> Response:
        return self._send(request, [request.path_params["name"]])

    async def _icon(self, request: Request) -> Response:
        names = [name for name in ("favicon.ico", "icon.svg", "favicon.svg") if name in self._pages]
        return self._send(request, names) if names else Response(status_code=204)

    def _send(self, request: Request, names: Sequence[str]) -> Response:
        page = next((self._pages[name] for name in names if name in self._pages), None)
        if page is None:
            raise Refused(404, "unknown-address", told("unknown_address"))
        # Asked again each time, answered without content: an update is seen at once.
        headers = {"etag": page.tag, "cache-control": "no-cache"}
        if page.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(page.content, media_type=page.type, headers=headers)


def _read(path: Path) -> Page:
    content = path.read_bytes()
    return Page(content, TYPES[path.suffix], f'"{sha256(content).hexdigest()[:20]}"')
