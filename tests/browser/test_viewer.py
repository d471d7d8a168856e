"""The viewer in a real browser, with no way out of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from experiments.viewer.watched import WatchedModel
from experiments.words import date_label
from tests.browsing import in_a_browser

pytestmark = [
    in_a_browser,
    pytest.mark.skipif(find_spec("solara_assets") is None, reason="the extra viewer is not installed"),
]
ROOT = Path(__file__).parents[2]
SECONDS = 300.0
"""Until the server answers: it may have to compile the rules first."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("viewer") / "log"
    command = [sys.executable, "-m", "experiments.cli", "viewer", "--no-open", "--port", str(port)]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, start_new_session=True) as server,
    ):
        until = time.monotonic() + SECONDS
        while not answers(port):
            if server.poll() is not None or time.monotonic() > until:
                server.kill()
                pytest.fail(f"the viewer did not start:\n{log.read_text(encoding='utf-8')}")
            Event().wait(0.1)
        yield f"http://127.0.0.1:{port}/"
        os.killpg(server.pid, signal.SIGKILL)


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[[], Any]]:
    contexts: list[Any] = []

    def _visit() -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        tab = context.new_page()
        tab.wrong, tab.asked = [], []
        tab.on("console", lambda message: tab.wrong.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: tab.wrong.append(str(error)))
        tab.on("requestfailed", lambda request: tab.wrong.append(request.url))
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.goto(address)
        tab.wait_for_selector(".picture >> nth=4")
        return tab

    yield _visit
    for context in contexts:
        context.close()


def heading_of(model: WatchedModel) -> str:
    stock = model.outcomes.value("stock", "all", model.last)
    return f"{date_label(model.date, 'en')}: {stock:,.0f} foreign professionals in China"


def wait_for(tab: Any, heading: str) -> None:
    tab.wait_for_function("told => document.querySelector('.note h2')?.innerText === told", arg=heading)


def press(tab: Any, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def choose(tab: Any, label: str, value: str) -> None:
    tab.locator(".v-select", has_text=label).locator(".v-select__slot").click()
    tab.locator(".menuable__content__active .v-list-item").get_by_text(value, exact=True).click()


def test_a_visit_a_step_a_reset_and_a_switch_show_the_months_and_numbers_of_the_model(visit: Any, address: str) -> None:
    model = WatchedModel()
    tab = visit()
    wait_for(tab, heading_of(model))
    assert tab.locator(".picture svg[role=img]").count() == 5
    assert all(box["width"] > 300 for box in (one.bounding_box() for one in tab.locator(".picture svg").all()))
    model.step()
    press(tab, "Step")
    wait_for(tab, heading_of(model))
    shanghai = next(region for region in model.regions if region.name == "shanghai").stock
    # Figures follow the heading, each as soon as it is drawn.
    told = f"People at the end of January 2027; Shanghai {shanghai:,};"
    tab.wait_for_function("told => document.querySelector('.picture desc')?.textContent.startsWith(told)", arg=told)
    press(tab, "Reset")
    wait_for(tab, heading_of(WatchedModel()))
    choose(tab, "Scenario", "fast-track")
    choose(tab, "Points for Category A", "65")
    press(tab, "Reset")
    tab.wait_for_selector("text=talentflow compare fast-track")
    assert "not part of that command" in tab.inner_text(".note")
    other = WatchedModel(law="fast-track", points_a=65)
    for _ in range(2):
        other.step()
        press(tab, "Step")
        wait_for(tab, heading_of(other))
    assert tab.wrong == []
    assert {url for url in tab.asked if not url.startswith((address, "data:", "blob:"))} == set()


def test_it_plays_until_paused_and_each_visitor_has_a_run_of_their_own(visit: Any) -> None:
    one, other = visit(), visit()
    start = heading_of(WatchedModel())
    press(one, "▶")
    one.wait_for_function("told => /: /.test(told) && document.querySelector('.note h2').innerText !== told", arg=start)
    one.wait_for_function("() => document.querySelector('.note h2').innerText.startsWith('February 2027')")
    press(one, "❚❚")
    wait_for(other, start)
    assert one.wrong == other.wrong == []
