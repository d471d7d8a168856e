from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from experiments.classroom.refused import TooMuch
from experiments.classroom.rooms.book import RoomBook
from experiments.classroom.rooms.evaluation import Evaluation, progress_of
from experiments.classroom.rooms.feed import STREAMS_EACH, Feed
from experiments.classroom.rooms.hidden_runs import hidden_runs
from experiments.classroom.rooms.keys import TRIES, Brake
from experiments.classroom.rooms.records import Room
from experiments.classroom.rooms.secrecy import is_kept
from experiments.classroom.rooms.views import room_view

HOSTILE = "<img src=x onerror=alert(1)>\"&'"
PACKAGES = (
    {"reforms": ["fast-track", "equal-treatment"]},
    {"reforms": ["category-a-less-stringent"]},
    {"reforms": ["category-a-less-stringent"]},
    {"changes": [{"path": "work_permit.category_a.points_min", "set": 80}]},
)


def play(
    teacher: Any, visit: Callable[[], Any], book: RoomBook, *, wait: Any, pairs: int, scale: int
) -> dict[str, Any]:
    """Play four groups from the room to the leaderboard; return the debrief."""
    made = teacher.post(
        "/api/teacher/rooms", json={"title": "Class", "pairs": pairs, "scale": scale, "until": "2030-12"}
    )
    code = made.json()["code"]
    names = ("North", "South", HOSTILE[:32], "西组")
    for name, package in zip(names, PACKAGES, strict=True):
        browser = visit()
        assert browser.post(f"/api/rooms/{code}/join", json={"name": name}).status_code == 200
        handed = browser.put(f"/api/rooms/{code}/submission", json=package)
        assert handed.status_code == 200, handed.text
    for state in ("closed", "evaluating"):
        assert teacher.post(f"/api/teacher/rooms/{code}/state", json={"to": state}).json()["state"] == state
    wait(lambda: _is_over(book, book.room(code)))
    shown = teacher.post(f"/api/teacher/rooms/{code}/state", json={"to": "revealed"}).json()
    assert is_kept(made.json()["commitment"], shown["secret"])
    assert {one["name"] for one in shown["board"]} == set(names)
    return {lang: teacher.get(f"/api/rooms/{code}/debrief?lang={lang}").json() for lang in ("en", "zh")} | {
        "code": code
    }


def _is_over(book: RoomBook, room: Room) -> bool:
    progress = progress_of(book, room)
    return progress.is_scored and progress.shared == progress.to_share


def test_four_groups_play_to_the_leaderboard(
    teacher: Any, visit: Callable[[], Any], book: RoomBook, evaluate: Callable[..., Evaluation], wait: Any
) -> None:
    evaluate()
    told = play(teacher, visit, book, wait=wait, pairs=5, scale=20_000)["en"]
    ranks = {one["name"]: one["rank"] for one in told["board"]}
    assert ranks["South"] == ranks[HOSTILE[:32]]
    assert ranks["North"] == 1
    first = next(one for one in told["groups"] if one["name"] == "North")
    assert "adds about" in first["finding"]
    assert [part["id"] for part in first["shares"]["parts"]] == ["fast-track", "equal-treatment"]
    assert any("nine in ten permits are out within 60 days, 40" in text for text in first["warnings"])


def test_four_groups_play_on_the_model_itself(
    teacher: Any, visit: Callable[[], Any], book: RoomBook, evaluate: Callable[..., Evaluation], wait: Any
) -> None:
    evaluate(hidden_runs)
    played = play(teacher, visit, book, wait=wait, pairs=5, scale=20_000)
    assert book.failures(book.room(played["code"])) == {}
    board = {one["name"]: one for one in played["en"]["board"]}
    assert board["South"]["score"] == board[HOSTILE[:32]]["score"]
    assert board["South"]["group"] in board[HOSTILE[:32]]["ties"]
    assert all(one["finding"] for one in played["zh"]["groups"])
    shares = next(one for one in played["zh"]["groups"] if one["name"] == "North")["shares"]
    assert sum(part["value"] for part in shares["parts"]) == pytest.approx(shares["total"]["value"])


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_an_exported_debrief_holds_hostile_names_as_text_alone(
    teacher: Any, visit: Callable[[], Any], book: RoomBook, evaluate: Callable[..., Evaluation], wait: Any
) -> None:
    evaluate()
    code = play(teacher, visit, book, wait=wait, pairs=5, scale=20_000)["code"]
    for lang in ("en", "zh"):
        answer = teacher.get(f"/api/teacher/rooms/{code}/debrief.html?lang={lang}")
        assert answer.headers["content-disposition"] == f'attachment; filename="debrief-{code}.html"'
        assert not {"img", "script", "iframe", "link"} & set(Tags(answer.text).found)
        assert "&lt;img src=x" in answer.text
    assert teacher.get(f"/api/teacher/rooms/{code}/debrief.json").json()["schema"] == "talentflow.debrief/1"


def test_only_the_teacher_may_do_what_is_the_teachers(visit: Callable[[], Any], room: Room) -> None:
    stranger = visit()
    at = f"/api/teacher/rooms/{room.code}"
    for method, path, body in (
        ("GET", "/api/teacher/rooms", None),
        ("POST", "/api/teacher/rooms", {"title": "Mine"}),
        ("POST", f"{at}/state", {"to": "closed"}),
        ("POST", f"{at}/groups", {"name": "x", "link": "#r=one-stop"}),
        ("DELETE", f"{at}/groups/1", None),
        ("DELETE", at, None),
        ("GET", f"{at}/debrief.html", None),
        ("GET", f"{at}/debrief.json", None),
    ):
        for cookie in (b"", b"0" * 64, "é".encode()):
            headers = {"cookie": b"talentflow-teacher=" + cookie}
            answer = stranger.request(method, path, json=body, headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-teacher"), path


def test_guessing_the_token_is_slowed_down(visit: Callable[[], Any]) -> None:
    guesser = visit()
    for _ in range(TRIES):
        assert guesser.post("/api/teacher", json={"token": "guess"}).status_code == 403
    answer = guesser.post("/api/teacher", json={"token": "guess"})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_a_brake_lets_go_after_a_while_and_others_through() -> None:
    now = [0.0]
    brake = Brake(lambda: now[0])
    for _ in range(TRIES):
        brake.note("one")
    brake.check("other")
    with pytest.raises(Exception, match="Too many wrong tries"):
        brake.check("one")
    now[0] = 61.0
    brake.check("one")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    teacher: Any, visit: Callable[[], Any], room: Room
) -> None:
    for answer in (
        visit().post("/api/teacher", json={"token": "a teacher's token"}),
        visit().post(f"/api/rooms/{room.code}/join", json={"name": "Team"}),
    ):
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
    assert "a teacher's token" not in str(teacher.cookies)


def test_a_group_cannot_act_for_another_or_in_another_room(
    visit: Callable[[], Any], book: RoomBook, room: Room
) -> None:
    other = book.make_room("Other", "en", room.settings)
    one, two = visit(), visit()
    key = one.post(f"/api/rooms/{room.code}/join", json={"name": "One"}).json()["key"]
    two.post(f"/api/rooms/{room.code}/join", json={"name": "Two"})
    assert one.put(f"/api/rooms/{room.code}/submission", json={"reforms": ["fast-track"]}).status_code == 200
    assert two.get(f"/api/rooms/{room.code}").json()["own"]["submission"] is None
    assert "draft" not in str(two.get(f"/api/rooms/{room.code}").json()["groups"])
    headers = {"cookie": f"talentflow-room-{other.code}={key}"}
    assert visit().put(f"/api/rooms/{other.code}/submission", json={"reforms": ["fast-track"]}, headers=headers).status_code == 403  # fmt: skip


def test_a_package_can_be_taken_back_until_the_room_is_closed(
    teacher: Any, visit: Callable[[], Any], room: Room
) -> None:
    at, group = f"/api/rooms/{room.code}", visit()
    group.post(f"{at}/join", json={"name": "Team"})
    assert group.put(f"{at}/submission", json={"reforms": ["international-hospitals"]}).json()["error"]["code"] == "over-budget"  # fmt: skip
    assert group.put(f"{at}/draft", json={"reforms": ["international-hospitals"]}).status_code == 200
    assert group.put(f"{at}/submission", json={"reforms": ["fast-track"]}).status_code == 200
    assert group.delete(f"{at}/submission").status_code == 200
    assert group.get(at).json()["own"]["submission"] is None
    assert teacher.post(f"/api/teacher/rooms/{room.code}/state", json={"to": "evaluating"}).json()["error"]["code"] == "nothing"  # fmt: skip
    teacher.post(f"/api/teacher/rooms/{room.code}/state", json={"to": "closed"})
    assert group.put(f"{at}/submission", json={"reforms": ["fast-track"]}).status_code == 409


def test_nothing_is_revealed_before_it_is_done(teacher: Any, visit: Callable[[], Any], room: Room) -> None:
    group = visit()
    group.post(f"/api/rooms/{room.code}/join", json={"name": "Team"})
    group.put(f"/api/rooms/{room.code}/submission", json={"reforms": ["fast-track"]})
    for to in ("revealed", "nonsense"):
        assert teacher.post(f"/api/teacher/rooms/{room.code}/state", json={"to": to}).status_code == 409
    teacher.post(f"/api/teacher/rooms/{room.code}/state", json={"to": "evaluating"})
    refused = teacher.post(f"/api/teacher/rooms/{room.code}/state", json={"to": "revealed"})
    assert "0 of 4 hidden pairs" in refused.json()["error"]["text"]
    assert group.get(f"/api/rooms/{room.code}/debrief").status_code == 409


def test_a_link_of_a_group_without_network_is_taken_in(teacher: Any, room: Room) -> None:
    at = f"/api/teacher/rooms/{room.code}"
    link = "http://192.0.2.1/#v=1&r=fast-track&l=zh"
    view = teacher.post(f"{at}/groups", json={"name": "Offline", "link": link}).json()
    assert [(one["name"], one["parts"]) for one in view["groups"]] == [("Offline", ["fast-track"])]
    again = teacher.post(f"{at}/groups", json={"name": "Offline", "link": "#r=easier-visits"}).json()
    assert [one["parts"] for one in again["groups"]] == [["easier-visits"]]
    assert teacher.post(f"{at}/groups", json={"name": "Offline", "link": "hello"}).json()["error"]["code"] == "link"
    teacher.post(f"{at}/state", json={"to": "closed"})
    # Names are compared as at the door, and whoever brings paper may do so until it is evaluated.
    for name in (" ＯＦＦＬＩＮＥ ", "Late"):
        assert teacher.post(f"{at}/groups", json={"name": name, "link": "#r=fast-track"}).status_code == 200
    view = teacher.post(f"{at}/state", json={"to": "evaluating"}).json()
    assert [(one["name"], one["parts"]) for one in view["groups"]] == [
        ("Offline", ["fast-track"]),
        ("Late", ["fast-track"]),
    ]
    refused = teacher.post(f"{at}/groups", json={"name": "Later", "link": "#r=fast-track"})
    assert refused.json()["error"]["code"] == "state"


def test_the_price_is_told_while_designing(visit: Callable[[], Any], room: Room) -> None:
    told = visit().post("/api/rooms/price?lang=zh", json={"room": room.code, "reforms": ["fast-track"]}).json()
    assert [part["title"] for part in told["parts"]] == ["高层次人才快速通道"]
    assert told["total"] == told["parts"][0]["price"] + told["coordination"]
    refused = visit().post("/api/rooms/price", json={"reforms": ["fast-trak"]})
    assert "fast-track" in refused.json()["error"]["problems"][0]["text"]


@pytest.mark.parametrize("code", ["ABCDEF", "%3Cscript%3E", "a' OR 1=1 --", "x" * 500])
def test_an_unknown_room_is_not_found(visit: Callable[[], Any], code: str) -> None:
    assert visit().get(f"/api/rooms/{code}").status_code == 404


def test_a_stream_tells_what_changes_and_ends_with_its_room(book: RoomBook, room: Room) -> None:
    async def heard() -> list[str]:
        events = Feed(book).events(room.id, lambda: room_view(book, room) if book.rooms() else None)
        found = [await anext(events)]
        await asyncio.to_thread(book.join, room, "Team")
        found.append(await anext(events))
        await asyncio.to_thread(book.delete_room, room)
        return [*found, *[one async for one in events]]

    first, second, third = asyncio.run(heard())
    assert json.loads(first.split("data: ")[1])["groups"] == []
    assert [one["name"] for one in json.loads(second.split("data: ")[1])["groups"]] == ["Team"]
    assert third == "event: gone\ndata: {}\n\n"


def test_a_quiet_stream_shows_that_it_lives(book: RoomBook, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.classroom.rooms.feed.HEARTBEAT_SECONDS", 0.01)

    async def heard() -> str:
        events = Feed(book).events(room.id, dict)
        await anext(events)
        return await anext(events)

    assert asyncio.run(heard()).startswith(":")


def test_one_visitor_cannot_hold_every_stream(book: RoomBook, room: Room) -> None:
    async def watched() -> None:
        feed = Feed(book)
        open_ones = [feed.events(room.id, dict, "one") for _ in range(STREAMS_EACH)]
        for events in open_ones:
            feed.check("one")
            await anext(events)
        with pytest.raises(TooMuch):
            feed.check("one")
        feed.check("another")
        await open_ones[0].aclose()  # type: ignore[attr-defined]
        feed.check("one")
        for events in open_ones[1:]:
            await events.aclose()  # type: ignore[attr-defined]

    asyncio.run(watched())
