"""Attacks on the classroom itself, in a process of its own with the model behind it, while a student is being answered."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest

from experiments.classroom.downloads import safe_cell

ROOT = Path(__file__).parents[4]
TOKEN = "a-token-for-the-teacher"  # noqa: S105 - opens a server that lives as long as these tests
PATIENCE_SECONDS = 240.0
"""Rules may have to be compiled first."""
BODY_SECONDS = 1.0
SERVER = f"""
import sys
from pathlib import Path
from experiments.classroom.config import Config, Limits
from experiments.classroom.serving import listen, server_of
from experiments.classroom.wiring import app_of

limits = Limits(asks=10_000, row_months=100_000_000, body_seconds={BODY_SECONDS})
config = Config(
    folder=Path("class"), version="1", is_warmed=False, teacher_token={TOKEN!r}, limits=limits, beat_seconds=0.2
)
with listen("127.0.0.1", 0) as listening:
    tell = lambda: print(listening.getsockname()[1], flush=True)
    server_of(app_of(config), config, tell).run(sockets=[listening])
"""
POINTS = {"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 70}
QUESTION = {"changes": [POINTS], "scale": 20_000, "replicates": 6, "draws": 0, "until": "2032-12"}
YAML = {"Content-Type": "application/yaml"}
JSON = {"Content-Type": "application/json"}
SCENARIO = "schema: talentflow.scenario/1\nid: x\ntitle: {en: X, zh: X}\nchanges:\n"
HOSTILE = "<img src=x onerror=alert(1)>"
CHINESE = re.compile("[\u4e00-\u9fff]")


class Attack(NamedTuple):
    """Something that must be refused: what is sent, with which status, and what is said in both languages."""

    method: str
    path: str
    status: int
    en: str
    zh: str
    sent: Mapping[str, Any] = {}


def upload(content: str | bytes, status: int, en: str, zh: str) -> Attack:
    return Attack("POST", "/api/upload", status, en, zh, {"content": content, "headers": YAML})


def question(asked: Any, en: str, zh: str, *, status: int = 400) -> Attack:
    content = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
    return Attack("POST", "/api/runs", status, en, zh, {"content": content, "headers": JSON})


def from_elsewhere(method: str, path: str, header: str, value: str) -> Attack:
    said = {
        "Host": ("does not answer to the name evil.example", "不以evil.example"),
        "Origin": ("another origin", "其他站点"),
    }
    return Attack(method, path, 403, *said[header], {"headers": {**JSON, header: value}})


BOMB = "\n".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9))
ATTACKS = {
    "YAML bomb": upload(f"a0: &a0 [lol]\n{BOMB}\n", 400, "anchors are not read", "不读取锚点"),
    "YAML alias": upload(f"{SCENARIO}  - *all\n", 400, "aliases are not read", "不读取别名"),
    "YAML tag": upload("schema: !!python/object/apply:os.system ['id']\n", 400, "tag", "标签"),
    "YAML depth": upload("[" * 5_000, 400, "nested more than 16 deep", "嵌套超过16层"),
    "YAML file": upload("schema: talentflow.scenario/1\nid: x\ntitle: {en: X}\nreforms: [../../etc/passwd.yaml]\n", 400, "outside the folder", "之外"),
    "1 MB": upload(b"a: " + b"x" * 1_000_000, 413, "too large: at most", "内容过大：最多"),
    "binary": upload(b"\x89PNG\r\n\x1a\n\x00\xff\xfe", 400, "it is not UTF-8", "不是UTF-8编码"),
    "null bytes": upload(b"schema: \x00\x00\x07", 400, "an invisible character", "不可见字符"),
    "foreign Host, page": from_elsewhere("GET", "/", "Host", "evil.example"),
    "foreign Host, post": from_elsewhere("POST", "/api/runs", "Host", "evil.example"),
    "foreign Host, stream": from_elsewhere("GET", "/api/runs/x/events", "Host", "evil.example"),
    "foreign Origin, page": from_elsewhere("GET", "/", "Origin", "http://evil.example"),
    "foreign Origin, post": from_elsewhere("POST", "/api/rooms/price", "Origin", "null"),
    "foreign Origin, stream": from_elsewhere("GET", "/api/runs/x/events", "Origin", "https://evil.example"),
    "scale 1": question({**QUESTION, "scale": 1}, "1000 to 20000", "1000"),
    "scale 1000, 40 pairs": question(
        {**QUESTION, "scale": 1_000, "replicates": 40, "until": "2050-12"}, "people x months; the most is 100,000,000", "一次最多100,000,000人月"
    ),
    "41 pairs": question({**QUESTION, "replicates": 41}, "1 to 40", "1"),
    "until 2060": question({**QUESTION, "until": "2060-12"}, "until must be a month", "until"),
    "1,000 changes": question({**QUESTION, "changes": [{"path": "a", "set": 1}] * 1_000}, "at most 24", "24"),
    "10,000 changes": question({**QUESTION, "changes": [POINTS] * 10_000}, "too large", "过大", status=413),
    "1,000 deep": question(b'{"changes": ' + b"[" * 1_000 + b"]" * 1_000 + b"}", "nested deeper than 16", "嵌套超过16层"),
    "no teacher": Attack("GET", "/api/teacher/rooms", 403, "enter the teacher's token", "请输入教师口令"),
    "forged teacher": Attack(
        "POST", "/api/teacher/rooms", 403, "enter the teacher's token", "请输入教师口令",
        {"json": {"title": "Mine"}, "headers": {"Cookie": f"talentflow-teacher={'0' * 64}"}},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the classroom, with one worker and little patience."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=tmp_path_factory.mktemp("hostile"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.terminate()
        assert server.wait(PATIENCE_SECONDS) == 0


@pytest.fixture
def visit(address: str) -> Iterator[Callable[[], httpx.Client]]:
    """Return what opens the page for someone else each time."""
    clients: list[httpx.Client] = []

    def _visit() -> httpx.Client:
        clients.append(httpx.Client(base_url=address, timeout=PATIENCE_SECONDS, trust_env=False))
        clients[-1].get("/")
        return clients[-1]

    yield _visit
    for client in clients:
        client.close()


class Student:
    """Someone who asks one question and listens until it is answered."""

    def __init__(self, client: httpx.Client, asked: Mapping[str, Any]) -> None:
        self._client = client
        self.run = client.post("/api/runs", json=asked).raise_for_status().json()["run"]
        self.told: list[tuple[str, Any]] = []
        self.has_begun = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    @property
    def is_answered(self) -> bool:
        return not self._thread.is_alive()

    def answer(self) -> Any:
        self._thread.join(PATIENCE_SECONDS)
        name, data = self.told[-1]
        assert name == "answer", data
        return data

    def _listen(self) -> None:
        with self._client.stream("GET", f"/api/runs/{self.run}/events") as stream:
            name = ""
            for line in stream.iter_lines():
                field, _, value = line.partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    self.told.append((name, json.loads(value)))
                    if name in {"pairs", "answer"}:
                        self.has_begun.set()


@pytest.fixture(scope="module")
def undisturbed(address: str) -> dict[str, Any]:
    """Return the answer to the question, asked when nobody else is there."""
    with httpx.Client(base_url=address, timeout=PATIENCE_SECONDS, trust_env=False) as client:
        client.get("/")
        found: dict[str, Any] = Student(client, QUESTION).answer()
        return found


def refused(client: httpx.Client, attack: Attack, lang: str) -> tuple[int, str]:
    """Return the status and all that is said of an attack."""
    answer = client.request(attack.method, attack.path, params={"lang": lang}, **attack.sent)
    error = answer.json()["error"]
    assert error["text"], attack
    return answer.status_code, json.dumps(error, ensure_ascii=False)


def dripped(address: str, lang: str) -> str:
    """Send a body a byte at a time, for as long as the server takes it; return what it says."""
    where = urlsplit(address)
    head = f"POST /api/runs?lang={lang} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=BODY_SECONDS / 10) as connection:
        connection.sendall(head.encode())
        for _ in range(600):
            try:
                return connection.recv(65_536).decode()
            except TimeoutError:
                connection.sendall(b" ")
    return "nothing"


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_with_what_is_wrong_in_both_languages(
    visit: Callable[[], httpx.Client], name: str
) -> None:
    client, attack = visit(), ATTACKS[name]
    for lang, wanted in (("en", attack.en), ("zh", attack.zh)):
        status, said = refused(client, attack, lang)
        assert status == attack.status, said
        assert wanted in said
        assert bool(CHINESE.search(said)) == (lang == "zh"), said
        assert "Traceback" not in said
        assert str(ROOT) not in said
    assert client.get("/").status_code == 200


def test_a_student_is_answered_the_same_while_others_attack(
    visit: Callable[[], httpx.Client], address: str, undisturbed: dict[str, Any]
) -> None:
    # Another language is another question with the same numbers: nothing of the first answer is kept for it.
    student, attacker = Student(visit(), {**QUESTION, "lang": "zh"}), visit()
    assert student.has_begun.wait(PATIENCE_SECONDS)
    rounds = 0
    while not (rounds and student.is_answered):
        for attack in ATTACKS.values():
            assert refused(attacker, attack, "en")[0] == attack.status
        rounds += 1
    found = student.answer()
    assert [name for name, _ in student.told].count("answer") == 1
    assert numbers_of(found) == numbers_of(undisturbed)
    assert found["finding"]["difference"] == undisturbed["finding"]["difference"] != 0
    assert found["n"] == QUESTION["replicates"]


def numbers_of(answer: Mapping[str, Any]) -> Any:
    outcomes = answer["series"]["outcomes"]
    names = ("baseline", "reform", "difference", "low", "high")
    series = {outcome: [outcomes[outcome][name] for name in names] for outcome in outcomes}
    regions = [[row["baseline"], row["difference"]] for row in answer["regions"]]
    return answer["series"]["dates"], series, regions


@pytest.mark.parametrize(("lang", "text"), [("en", "came too slowly"), ("zh", "请求传输过慢")])
def test_a_body_that_drips_is_let_go_in_time(address: str, lang: str, text: str) -> None:
    said = dripped(address, lang)
    assert said.startswith("HTTP/1.1 408")
    assert text in said


def test_a_stream_opens_without_a_cookie_and_leads_to_nobody_elses_room(
    address: str, undisturbed: dict[str, Any], visit: Callable[[], httpx.Client]
) -> None:
    run = visit().post("/api/runs", json=QUESTION).json()["run"]
    bare = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS, trust_env=False)
    with bare, bare.stream("GET", f"/api/runs/{run}/events") as stream:
        text = stream.read().decode()
    assert stream.status_code == 200
    assert json.loads(text.rpartition("data: ")[2])["finding"] == undisturbed["finding"]


def test_a_run_that_was_guessed_is_not_there(visit: Callable[[], httpx.Client]) -> None:
    client = visit()
    for lang, text in (("en", "not known here any more"), ("zh", "已不在服务器上")):
        answer = client.get("/api/runs/AAAAAAAAAAAAAAAA/events", params={"lang": lang})
        assert answer.status_code == 404
        assert text in answer.json()["error"]["text"]


def test_a_title_that_is_a_formula_reaches_no_cell(visit: Callable[[], httpx.Client]) -> None:
    title = "=cmd|' /C calc'!A0"
    client = visit()
    text = f'schema: talentflow.scenario/1\nid: x\ntitle: {{en: "{title}", zh: "{title}"}}\nchanges:\n  - {json.dumps(POINTS)}\n'
    asked = client.post("/api/upload", content=text, headers=YAML).raise_for_status().json()["asked"]
    assert asked["changes"] == [POINTS]
    student = Student(client, {**QUESTION, "changes": asked["changes"]})
    student.answer()
    rows = list(csv.reader(io.StringIO(client.get(f"/api/runs/{student.run}/data.csv").text)))
    texts = [cell for row in rows for cell in row[:4]]
    assert len(texts) > 1_000
    assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@"))]
    assert title not in str(rows)
    assert safe_cell(title) == f"'{title}"


def test_names_with_markup_stay_text_in_rooms(visit: Callable[[], httpx.Client]) -> None:
    teacher, group = visit(), visit()
    assert teacher.post("/api/teacher", json={"token": TOKEN}).status_code == 200
    made = teacher.post("/api/teacher/rooms", json={"title": HOSTILE, "pairs": 5, "scale": 20_000, "until": "2030-12"})
    code = made.raise_for_status().json()["code"]
    joined = group.post(f"/api/rooms/{code}/join", json={"name": HOSTILE})
    assert joined.status_code == 200, joined.text
    assert group.put(f"/api/rooms/{code}/submission", json={"reforms": ["easier-visits"]}).status_code == 200
    view = group.get(f"/api/rooms/{code}")
    assert view.headers["content-type"].startswith("application/json")
    assert [one["name"] for one in view.json()["groups"]] == [HOSTILE]
    page = group.get("/room")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert HOSTILE not in page.text
