from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from experiments.classroom.app import build
from experiments.classroom.config import Config
from experiments.classroom.visitors import COOKIE, Visitors

from .conftest import Opens, ask, last_of

JSON = {"Content-Type": "application/json"}


class Page:
    """The application without a network and without its workers: for what is refused at the door."""

    def __init__(self, config: Config) -> None:
        self._app, self.cookies = build(config), httpx.Cookies()

    def request(self, method: str, path: str, **request: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                client.cookies = self.cookies
                answer = await client.request(method, path, **request)
                self.cookies = client.cookies
                return answer

        return asyncio.run(send())

    def get(self, path: str, **request: Any) -> httpx.Response:
        return self.request("GET", path, **request)

    def post(self, path: str, **request: Any) -> httpx.Response:
        return self.request("POST", path, **request)


@contextmanager
def page(config: Config) -> Iterator[Page]:
    yield Page(config)


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "", "a b", "localhost:x"]
)
def test_a_foreign_host_is_refused(config: Config, host: str) -> None:
    with page(config) as client:
        for path in ("/", "/api/start", "/static/app.js"):
            answer = client.get(path, headers={"Host": host})
            assert (answer.status_code, code_of(answer)) == (403, "host")


def test_a_name_that_is_allowed_is_answered(config: Config) -> None:
    with page(replace(config, hosts=config.hosts | {"class.example"})) as client:
        assert client.get("/", headers={"Host": "class.example:8000"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"]
)
def test_a_foreign_origin_is_refused_for_all_that_asks(config: Config, origin: str) -> None:
    headers = {"Origin": origin, **JSON}
    with page(config) as client:
        for method, path in [("POST", "/api/runs"), ("DELETE", "/api/runs/x"), ("GET", "/api/runs/x/events")]:
            answer = client.request(method, path, headers=headers)
            assert (answer.status_code, code_of(answer)) == (403, "origin")


def test_its_own_origin_is_let_pass(config: Config) -> None:
    with page(config) as client:
        answer = client.post("/api/runs", content=b"[]", headers={"Origin": "http://localhost", **JSON})
    assert code_of(answer) == "malformed"


def test_a_link_from_elsewhere_opens_a_page_and_nothing_else(config: Config) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    with page(config) as client:
        assert client.get("/", headers=link).status_code == 200
        assert client.get("/api/start", headers=link).status_code == 403
        assert client.get("/static/app.js", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert client.get("/", headers={**link, "Sec-Fetch-Dest": "iframe"}).status_code == 403


def test_every_answer_has_the_headers_that_keep_browsers_safe(config: Config) -> None:
    with page(config) as client:
        for path, host in [("/", "localhost"), ("/nothing", "localhost"), ("/", "evil.example")]:
            answer = client.get(path, headers={"Host": host})
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_visitor_has_a_sealed_cookie_that_scripts_cannot_read(config: Config) -> None:
    with page(config) as client:
        given = client.get("/").headers["set-cookie"]
        assert "HttpOnly" in given
        assert "SameSite=Strict" in given
        assert "set-cookie" not in client.get("/").headers


def test_a_cookie_that_was_not_sealed_here_is_no_visitor() -> None:
    sealed = Visitors(None).seal("a" * 16)
    assert Visitors(None).open(sealed) is None
    assert Visitors(None).open("a" * 16) is None


def test_whoever_keeps_no_cookie_does_not_escape_the_limits(config: Config) -> None:
    with page(replace(config, limits=replace(config.limits, asks=3, asks_per_second=0.0))) as client:
        codes = []
        for _ in range(4):
            codes.append(code_of(client.post("/api/runs", content=b"[]", headers=JSON)))
            client.cookies.clear()
    assert codes == ["malformed"] * 3 + ["too-often"]


def test_whoever_takes_a_new_cookie_each_time_meets_the_limit_of_the_address(config: Config) -> None:
    limits = replace(config.limits, asks=1, asks_per_second=0.0, per_address=8)
    with page(replace(config, limits=limits)) as client:
        codes = []
        for _ in range(4):
            client.cookies.clear()
            client.get("/")
            assert client.cookies.get(COOKIE)
            codes.append(code_of(client.post("/api/runs", content=b"[]", headers=JSON)))
    assert codes == ["malformed", "malformed", "too-often", "too-often"]


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        (b"{" + b" " * 70_000 + b"}", JSON, 413),
        (b'{"a": NaN}', JSON, 400),
        (b'{"a": 1e999}', JSON, 400),
        (b'{"a": 1, "a": 2}', JSON, 400),
        (b'{"a": ' + b"[" * 30_000 + b"}", JSON, 400),
        (b"[" * 20_000, JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"", JSON, 400),
        (b'{"nothing": 1}', JSON, 400),
        (b'{"scale": 1, "replicates": 20}', JSON, 400),
    ],
)
def test_a_hostile_question_is_refused_with_words(
    config: Config, content: bytes, headers: dict[str, str], status: int
) -> None:
    with page(config) as client:
        for lang in ("en", "zh"):
            answer = client.post("/api/runs", params={"lang": lang}, content=content, headers=headers)
            assert answer.status_code == status
            assert answer.json()["error"]["text"].isascii() == (lang == "en")


async def _pieces() -> AsyncIterator[bytes]:
    for _ in range(20):
        yield b"x" * 100_000


def test_a_body_is_counted_whatever_its_header_claims(config: Config) -> None:
    with page(config) as client:
        answer = client.post("/api/upload", content=_pieces(), headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("PATCH", "/", 405), ("POST", "/", 405), ("GET", "/x" * 1500, 414), ("GET", "/no", 404)],
)
def test_what_is_not_there_is_said_plainly(config: Config, method: str, path: str, status: int) -> None:
    with page(config) as client:
        answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["text"]


@pytest.mark.parametrize(
    "name", ["../config.py", "%2e%2e/config.py", "..%2fconfig.py", "/etc/passwd", "app.js/", "APP.JS", "app.js%00"]
)
def test_only_files_of_the_page_are_sent(config: Config, name: str) -> None:
    with page(config) as client:
        assert client.get(f"/static/{name}").status_code in {403, 404}


def test_a_file_that_did_not_change_is_not_sent_again(config: Config) -> None:
    with page(config) as client:
        first = client.get("/static/app.js")
        again = client.get("/static/app.js", headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["content-type"].startswith("text/javascript")
    assert (again.status_code, again.content) == (304, b"")


def test_an_upload_is_read_by_a_worker_and_its_problems_are_told(opens: Opens) -> None:
    headers = {"Content-Type": "application/yaml"}
    with opens().visitor() as student:
        assert student.post("/api/upload", content=b"id: y", headers=headers).json()["given"] == "id: y"
        answer = student.post("/api/upload", content=b"bad", headers=headers)
        assert (answer.status_code, answer.json()["error"]["problems"][0]["line"]) == (400, 1)
        assert student.post("/api/upload", content=b"\xff", headers=headers).status_code == 400
        assert student.post("/api/upload", content=b"a", headers=JSON).status_code == 415


def raw(address: str, content: bytes) -> bytes:
    """Return all that a server says to bytes, until it closes."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=30) as connection:
        connection.sendall(content)
        said = b""
        while piece := connection.recv(65536):
            said += piece
    return said


@pytest.mark.parametrize(
    "content", [b"\x16\x03\x01junk\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000, b"GET /\r\n\r\n"]
)
def test_junk_is_refused_and_others_are_answered(opens: Opens, content: bytes) -> None:
    classroom = opens()
    said = raw(classroom.address, content)
    assert said.startswith(b"HTTP/1.1 4")
    with classroom.visitor() as student:
        assert last_of(student, ask(student))[0] == "answer"


def test_headers_that_never_end_are_let_go(opens: Opens) -> None:
    classroom = opens(header_seconds=0.2)
    assert raw(classroom.address, b"GET / HTTP/1.1\r\nHost: local") == b""


def test_a_body_that_never_ends_is_let_go(opens: Opens, config: Config) -> None:
    classroom = opens(limits=replace(config.limits, piece_seconds=0.2))
    head = (
        b"POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
    )
    assert raw(classroom.address, head).startswith(b"HTTP/1.1 408")


def test_one_address_holds_only_so_many_connections(opens: Opens, config: Config) -> None:
    classroom = opens(limits=replace(config.limits, connections_per_address=1))
    where = urlsplit(classroom.address)
    with socket.create_connection((where.hostname or "", where.port or 0)):
        assert raw(classroom.address, b"").startswith(b"HTTP/1.1 429")


def test_a_visitor_has_only_so_many_things_on_the_way(opens: Opens, config: Config) -> None:
    limits = replace(config.limits, runs=2, queue=1)
    with opens(limits=limits).visitor() as student:
        ask(student, how="hang")
        answer = student.post("/api/runs", json={"seed": 2})
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "queue")
    assert answer.headers["retry-after"]


def test_downloads_hold_no_formulas(opens: Opens) -> None:
    with opens().visitor() as student:
        run = ask(student)
        last_of(student, run)
        lines = student.get(f"/api/runs/{run}/data.csv").text.splitlines()
        answer = student.get(f"/api/runs/{run}/answer.json")
        report = student.get(f"/api/runs/{run}/report.html")
        missing = student.get(f"/api/runs/{run}/other.exe")
    assert lines[1] == "stock,'=people,'@persons,2027-01,1.5,1.5,1.5,1.5,1.5"
    assert answer.json()["n"] == 4
    assert "attachment" in report.headers["content-disposition"]
    assert missing.status_code == 404
