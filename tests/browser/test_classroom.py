"""A class as it happens: the real server, the real model, and people at browsers."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import serious, tab_in

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
expect = playwright.expect

TOKEN = "a-token-for-the-teacher"  # noqa: S105 - opens a server that lives as long as a test
PATIENCE_MS = 240_000
"""Rules may have to be compiled first."""
COARSE = "n=4&d=0&k=10000"
GROUPS = {
    "红队": "one-stop",
    "Blue <b>team</b>": "english-manuals",
    "Green": "pension-fifteen-years",
    "Gold": "easier-visits",
}
Visit = Callable[..., Any]


class Server:
    """``talentflow classroom`` in a process of its own, on a folder that outlives it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, 0
        self.start()

    def start(self) -> None:
        """Start, on the port of the time before."""
        line = [
            "-m",
            "experiments.cli",
            "classroom",
            "--no-open",
            "--no-warm",
            "--json",
            "--jobs",
            "1",
            "--teacher-token",
            TOKEN,
        ]
        self._process = subprocess.Popen(
            [sys.executable, *line, "--folder", str(self._folder), "--port", str(self._port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = json.loads(self._process.stdout.readline())["address"].rstrip("/")
        self._port = int(self.address.rpartition(":")[2])

    def end(self, how: signal.Signals) -> int:
        """End it by a signal; return its exit code."""
        self._process.send_signal(how)
        with self._process:
            return self._process.wait(30)


@pytest.fixture(scope="module")
def server(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("class"))
    yield running
    assert running.end(signal.SIGINT) == 0


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Visit]:
    """Return what opens a page in a browser of its own; ``said`` holds what the console and other hosts were told."""
    contexts: list[Any] = []

    def _visit(place: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        tab = tab_in(context, server.address, "data:", "blob:")
        tab.set_default_timeout(15_000)
        tab.goto(server.address + place)
        return tab

    yield _visit
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Wait for as long as a first compilation may take."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


def fits(tab: Any, width: int) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth") <= width)


def test_a_student_changes_a_lever_sees_the_difference_reads_a_life_and_shares_it(visit: Visit) -> None:
    tab = visit(f"/#v=1&{COARSE}&l=en")
    slider = tab.locator("[data-path='work_permit.category_a.points_min'] input[type=range]").first
    slider.focus()
    for _ in range(10):
        tab.keyboard.press("ArrowLeft")
    while tab.evaluate("document.activeElement.id") != "run":
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator(".chip.good")).to_contain_text("4 of 4")
    finding = tab.locator("h1.finding").inner_text()
    # The page says "Your package" where the command line names the change.
    assert finding.removeprefix("Your package ") == sentence_of_compare().removeprefix("Points needed for Category A: ")

    tab.click("#tab-life")
    tab.click("#panel .buttons button >> nth=0")
    expect(tab.locator(".life")).to_be_visible()
    assert re.search(r"20\d\d", tab.locator(".life").inner_text())

    link = tab.evaluate("location.href")
    assert "work_permit.category_a.points_min@2027-01=75" in link
    friend = visit(link.removeprefix(tab.evaluate("location.origin")))
    expect(friend.locator(".chip.good")).to_contain_text("4 of 4")
    assert friend.locator("h1.finding").inner_text() == finding
    assert tab.said == friend.said == []


def sentence_of_compare() -> str:
    """Return what ``talentflow compare`` says of the same change with the same settings."""
    from experiments import compare
    from experiments.cases import outcome_labels
    from experiments.classroom.answering.asked import check
    from experiments.classroom.answering.files import scenario_of
    from experiments.findings import findings

    asked = check(
        {
            "reforms": [],
            "changes": [{"path": "work_permit.category_a.points_min", "from": "2027-01", "set": 75}],
            "replicates": 4,
            "draws": 0,
            "scale": 10_000,
        }
    )
    made = compare([scenario_of(asked)], replicates=4, draws=0, scale=10_000, jobs=1)
    return findings(made, "en", outcome_labels())[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_with_the_network_cut_the_answer_stays(visit: Visit, lang: str) -> None:
    tab = visit(f"/#v=1&r=one-stop&{COARSE}&l={lang}", width=360)
    expect(tab.locator(".chip.good")).to_contain_text("4")
    finding = tab.locator("h1.finding").inner_text()
    assert fits(tab, 360)
    assert serious(tab) == []
    assert tab.said == []
    tab.context.set_offline(True)
    tab.click("#run")
    expect(tab.locator("#answer .warning, #runbar .warning, #runbar .problem").first).to_be_visible()
    assert finding in tab.locator("#answer").inner_text() or tab.locator("h1.finding").inner_text() == finding


def test_a_lesson_is_checked_by_the_model(visit: Visit) -> None:
    tab = visit("/lessons#l=zh&lesson=points", width=360)
    expect(tab.locator("h1")).to_contain_text("积分与分类")
    first = tab.locator("form").first
    first.locator("input").first.fill("74")
    first.locator("button.button").last.click()
    expect(first.locator(".verdict.right")).to_be_visible()
    first.locator("input").first.fill("60")
    first.locator("button.button").last.click()
    expect(first.locator(".verdict.wrong")).to_be_visible()
    assert serious(tab) == []
    assert tab.said == []


def test_four_groups_play_to_the_leaderboard_through_a_power_cut(visit: Visit, server: Server) -> None:
    teacher = visit(f"/teacher#token={TOKEN}")
    make_room(teacher)
    assert TOKEN not in teacher.evaluate("location.href")
    code = teacher.locator(".rooms-code").inner_text()
    groups = [join(visit, code, name, reform) for name, reform in GROUPS.items()]
    expect(teacher.locator("tbody tr", has_text="Blue <b>team</b>")).to_be_visible()
    assert serious(teacher) == []
    assert serious(groups[0]) == []

    teacher.click("[data-to=closed]")
    teacher.click("[data-to=evaluating]")
    expect(teacher.locator("[data-to=revealed]")).to_be_visible()
    server.end(signal.SIGKILL)
    server.start()
    # The browsers find it again by themselves, with what had been handed in.
    expect(teacher.locator("[data-to=revealed]")).to_be_enabled()
    teacher.click("[data-to=revealed]")
    board = teacher.locator("table", has_text="Gold").first
    for name in GROUPS:
        expect(board).to_contain_text(name)
        expect(groups[0].locator("body")).to_contain_text(name)
    assert serious(teacher) == []
    assert serious(groups[0]) == []
    assert fits(teacher, 1280)


def make_room(teacher: Any) -> None:
    teacher.fill("input[name=pairs]", "5")
    teacher.fill("input[name=scale]", "20000")
    teacher.fill("input[name=until]", "2030")
    teacher.click("form button[type=submit]")
    expect(teacher.locator(".rooms-code")).to_be_visible()


def join(visit: Visit, code: str, name: str, reform: str) -> Any:
    tab = visit(f"/room#code={code}", width=360 if name == "红队" else 1280)
    tab.fill("input[name=name]", name)
    tab.click("form button[type=submit]")
    tab.check(f"input[name={reform}]")
    expect(tab.locator("#submit")).to_be_enabled()
    tab.click("#submit")
    expect(tab.locator("#withdraw")).to_be_visible()
    return tab


def test_a_wrong_token_opens_nothing(visit: Visit) -> None:
    tab = visit("/teacher")
    tab.fill("input[name=token]", "not-the-token")
    tab.click("form button[type=submit]")
    expect(tab.locator("#status")).not_to_be_empty()
    expect(tab.locator("input[name=token]")).to_be_visible()
