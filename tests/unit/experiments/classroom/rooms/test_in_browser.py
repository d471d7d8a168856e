"""A teacher and four groups play a room to the leaderboard in a real browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import experiments.classroom
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.settings import Settings
from tests.browsing import in_a_browser, serious, tab_in

uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")
pytestmark = in_a_browser
HERE = Path(experiments.classroom.__file__).parent
FOLDERS = (HERE / "rooms" / "page", HERE / "page")
TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html; charset=utf-8"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
HOSTILE = "<img src=x onerror=alert(1)>"
GROUPS = (
    ("North", ("fast-track", "equal-treatment", "easier-visits")),
    (HOSTILE, ("category-a-less-stringent",)),
    ("South", ("category-a-less-stringent",)),
    ("西组", ("easier-visits", "fast-track")),
)


@pytest.fixture
def address(app: Any) -> Iterator[str]:
    """Serve rooms with their pages; return the address."""
    from starlette.responses import Response
    from starlette.routing import Route

    async def page(request: Any) -> Any:
        name = request.path_params.get("name") or f"{request.url.path[1:]}.html"
        found = next((folder / name for folder in FOLDERS if (folder / name).is_file()), None)
        content = found.read_bytes() if found else b""
        kind = TYPES.get(Path(name).suffix, "image/svg+xml")
        return Response(content or b"<svg xmlns='http://www.w3.org/2000/svg'/>", media_type=kind, headers={"content-security-policy": POLICY})  # fmt: skip

    async def nothing(_: Any) -> Any:
        return Response('{"levers": {}}', media_type="application/json")

    app.router.routes += [
        Route("/room", page),
        Route("/teacher", page),
        Route("/static/{name}", page),
        Route("/qr.svg", page),
        Route("/favicon.ico", page),
        Route("/api/start", nothing),
    ]
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def _visit(path: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        tab = tab_in(context, address)
        tab.goto(f"{address}{path}")
        return tab

    yield _visit
    for context in contexts:
        context.close()


def hand_in(tab: Any, name: str, reforms: tuple[str, ...]) -> None:
    tab.fill("[name=name]", name)
    tab.keyboard.press("Enter")
    for reform in reforms:
        tab.check(f'[name="{reform}"]')
    tab.click("#submit:not([disabled])")
    tab.wait_for_selector("#withdraw:visible")


def test_a_teacher_runs_a_room_with_four_groups_to_the_leaderboard(visit: Callable[..., Any], evaluate: Any) -> None:
    evaluate()
    teacher = visit("/teacher")
    teacher.fill("[name=token]", "a teacher's token")
    teacher.keyboard.press("Enter")
    teacher.fill("[name=pairs]", "5")
    teacher.click("form .primary")
    teacher.wait_for_selector("[data-to=closed]")
    code = teacher.inner_text(".rooms-code")
    tabs = []
    for place, (name, reforms) in enumerate(GROUPS):
        tabs.append(visit(f"/room#code={code}&l={'zh' if place == 3 else 'en'}", width=360 if place == 3 else 1280))
        hand_in(tabs[-1], name, reforms)
    teacher.click("[data-to=closed]")
    teacher.click("[data-to=evaluating]")
    teacher.click("[data-to=revealed]:not([disabled])")
    teacher.wait_for_selector(".rooms-board")
    teacher.wait_for_selector(f".finding:has-text('{HOSTILE[:8]}')")
    assert teacher.locator(".rooms-board .dot").count() == 4
    assert teacher.locator(".rooms-board .dot.open").count() == 2
    assert teacher.locator("main img:not(.rooms-qr)").count() == 0
    phone = tabs[3]
    phone.wait_for_selector(".finding:has-text('西组')")
    assert phone.inner_text(".finding >> nth=0").startswith("西组")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert not serious(phone)
    assert [tab.said for tab in (teacher, *tabs)] == [[]] * 5


def test_the_printed_link_lets_the_teacher_in_and_its_token_leaves_the_address(visit: Callable[..., Any]) -> None:
    tab = visit("/teacher#token=a%20teacher's%20token")
    tab.wait_for_selector("[name=pairs]")
    assert "token" not in tab.evaluate("location.href")
    refused = visit("/teacher#token=of-somebody-else")
    refused.wait_for_selector("#status:not(:empty)")
    assert refused.locator("[name=token]").input_value() == ""
    assert "somebody" not in refused.evaluate("location.href")


def test_a_group_joins_and_hands_in_by_keyboard_alone(visit: Callable[..., Any], book: RoomBook) -> None:
    room = book.make_room("Class", "en", Settings(pairs=2))
    tab = visit(f"/room#code={room.code}")
    # What is typed before the field is there goes nowhere.
    tab.wait_for_selector("[name=name]:focus")
    tab.keyboard.type("Keys")
    tab.keyboard.press("Enter")
    tab.focus("#search")
    tab.keyboard.type("fast track")
    tab.focus('[name="fast-track"]')
    tab.keyboard.press("Space")
    tab.wait_for_selector("#submit:not([disabled])")
    tab.focus("#submit")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#withdraw:visible")
    assert [group.package.reforms for group in book.groups(room)] == [("fast-track",)]
    assert tab.get_attribute("#explore", "href").startswith("/#v=1&r=fast-track&")


def test_a_package_over_the_budget_cannot_be_handed_in_and_says_why(visit: Callable[..., Any], book: RoomBook) -> None:
    room = book.make_room("Class", "en", Settings(pairs=2))
    tab = visit(f"/room#code={room.code}")
    tab.fill("[name=name]", "Spenders")
    tab.keyboard.press("Enter")
    tab.check('[name="international-hospitals"]')
    tab.wait_for_selector("text=717 million yuan beyond the budget")
    assert tab.is_disabled("#submit")


def test_a_reload_loses_nothing_of_a_design(visit: Callable[..., Any], book: RoomBook) -> None:
    room = book.make_room("Class", "en", Settings(pairs=2))
    tab = visit(f"/room#code={room.code}")
    tab.fill("[name=name]", "Team")
    tab.keyboard.press("Enter")
    with tab.expect_response("**/draft*"):
        tab.check('[name="fast-track"]')
    tab.reload()
    tab.wait_for_selector('[name="fast-track"]')
    assert tab.is_checked('[name="fast-track"]')
